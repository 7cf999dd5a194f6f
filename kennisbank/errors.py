"""Which page a fault becomes: one table for every exception that is an answer and no mistake of the site's."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import DataError, InterfaceError, OperationalError
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from wagtail.admin.admin_url_finder import AdminURLFinder

from blauwdrukken.facets import UnknownChoiceError
from blauwdrukken.models.publication import AddressTakenError
from blauwdrukken.outage import outage_of
from blauwdrukken.search.engine import DamagedIndexError, NoIndexError
from blauwdrukken.search.gateway import gateway
from blauwdrukken.throttle import TooManyRequests

from .context_processors import site

logger = logging.getLogger(__name__)


def error_page(request: HttpRequest, template: str, status: int, **context: Any) -> HttpResponse:
    """Error page that needs no database, no session and no account."""
    return HttpResponse(render_to_string(template, site(request) | context), status=status)


def anywhere(request: HttpRequest) -> bool:
    """Every address."""
    return True


def in_beheer(request: HttpRequest) -> bool:
    """An address of the back office."""
    return request.path.startswith("/beheer/")


def sent_to_beheer(request: HttpRequest) -> bool:
    """A form sent to the back office."""
    return in_beheer(request) and request.method == "POST"


def address_taken(request: HttpRequest, error: Exception) -> HttpResponse:
    """Tell an editor that another entry has the address, on the form of the entry."""
    messages.error(request, str(error))
    entry = error.entry if isinstance(error, AddressTakenError) else None
    return redirect(AdminURLFinder(request.user).get_edit_url(entry) or "wagtailadmin_home")


def unreadable(request: HttpRequest, error: Exception) -> HttpResponse:
    """400 to what no browser sends, such as rows without a key: Wagtail asks the database for whatever stands there."""
    logger.warning("A request that cannot be read", exc_info=error)
    return error_page(request, "400.html", 400)


def unknown_choice(request: HttpRequest, error: Exception) -> HttpResponse:
    """400 that names what no filter knows, to who asked for a file or feed."""
    context = site(request) | {"meldingen": getattr(error, "messages", [])}
    return HttpResponse(render_to_string("onbekende_keuze.html", context), status=400)


def in_use(request: HttpRequest, error: Exception) -> HttpResponse:
    """409 when something cannot be deleted because other things need it."""
    return error_page(request, "beheer/in_gebruik.html", 409)


def no_index(request: HttpRequest, error: Exception) -> HttpResponse:
    """503 while no search index can be read; the next request makes it anew."""
    if isinstance(error, DamagedIndexError):
        gateway().forget()
    response = error_page(request, "503.html", 503)
    response["Retry-After"] = "10"
    return response


def outage(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """503 with the reason while the database or the disk cannot do its work; None to a fault of another kind."""
    reason = outage_of(error)
    if reason is None:
        return None
    logger.error("Not answered: %s", reason.name, exc_info=error)
    sent = request.method == "POST"
    response = error_page(request, "storing.html", 503, reden=reason.words, verstuurd=sent)
    response["Retry-After"] = str(reason.retry_after)
    return response


def too_many(request: HttpRequest, error: Exception) -> HttpResponse:
    """429 to a client that asks too often."""
    response = error_page(request, "te_veel.html", 429)
    response["Retry-After"] = str(error.seconds if isinstance(error, TooManyRequests) else 60)
    return response


class WebError(NamedTuple):
    """An exception, where it counts as an answer, and that answer; none when it is a mistake after all."""

    exception: type[Exception]
    answer: Callable[[HttpRequest, Exception], HttpResponse | None]
    where: Callable[[HttpRequest], bool] = anywhere


# The first row that fits answers; what is in no row is a fault of the site's and becomes a 500.
ERRORS = (
    WebError(UnknownChoiceError, unknown_choice),
    WebError(AddressTakenError, address_taken),
    WebError(OverflowError, unreadable, in_beheer),
    WebError(DataError, unreadable, in_beheer),
    WebError(KeyError, unreadable, sent_to_beheer),
    WebError(ValidationError, unreadable, sent_to_beheer),
    WebError(ProtectedError, in_use),
    WebError(NoIndexError, no_index),
    WebError(TooManyRequests, too_many),
    WebError(OperationalError, outage),
    WebError(InterfaceError, outage),
    WebError(OSError, outage),
)


class ErrorsMiddleware:
    """Answers with the page of the table above when a view could not answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        for error in ERRORS:
            if isinstance(exception, error.exception) and error.where(request):
                return error.answer(request, exception)
        return None
