"""Blueprints to take along, as a file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache, wraps
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from ..depends import On, depends
from ..documents.content import data as content_data
from ..documents.content.document import document, with_all_content
from ..documents.limits import Busy, Failed, Slow
from ..documents.workshop import store
from ..documents.workshop.late import NotYet, put_in_queue
from ..documents.workshop.process import VISITOR, Pace
from ..documents.workshop.response import file_response
from ..models import Blauwdruk
from ..search.index import IndexState
from ..throttle import client_of

View = Callable[..., HttpResponseBase]
RETRY_AFTER = "20"  # seconds
REFRESH_AFTER = "5"  # seconds, for who waits for a document that is being made


def with_explanation(view: View) -> View:
    """A view that answers with a Dutch page when its document cannot be made, now or at all."""

    @wraps(view)
    def explained(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (NotYet, Busy, Slow, Failed) as error:
            return explain_absence(request, error)

    return explained


def visitor(request: HttpRequest) -> Pace:
    """The pace of a visitor, with who that is."""
    return VISITOR._replace(client=client_of(request))


def explain_absence(request: HttpRequest, error: Exception) -> HttpResponse:
    """Why there is no document, or not yet; what takes longer than a visitor waits is put in the queue."""
    if isinstance(error, Failed):
        return render(request, "blauwdrukken/mislukt.html", {"reden": error.reason}, status=422)
    if isinstance(error, NotYet):
        try:
            put_in_queue(error, client_of(request))
        except Busy as busy:
            return explain_absence(request, busy)
        page = render(request, "blauwdrukken/nog_even.html", status=503)
        page["Retry-After"] = page["Refresh"] = REFRESH_AFTER
        return page
    page = render(request, "blauwdrukken/druk.html", status=503)
    page["Retry-After"] = RETRY_AFTER
    return page


@depends(On.NEVER)
@require_safe
@with_explanation
def blauwdruk_file(request: HttpRequest, slug: str, extension: str) -> HttpResponseBase:
    """One blueprint as PDF, Word or EPUB; what is not public any more is not found, whatever is in the store."""
    state = IndexState.from_database()
    pk, nummer, titel, expires = _published(state, slug)
    if expires and expires <= timezone.now():
        raise Http404

    def order() -> dict[str, Any]:
        blauwdruk = get_object_or_404(with_all_content(Blauwdruk.objects.published()), pk=pk)
        return {"soort": "blauwdruk", "site": site(), "documenten": [document(blauwdruk)]}

    path = store.get_file(extension, ("blauwdruk", pk), order, visitor(request), state)
    response = file_response(request, path, f"Blauwdruk {nummer} {titel}.{extension}")
    response["Link"] = f'<{settings.BASE_URL}{reverse("blauwdruk-detail", args=[slug])}>; rel="canonical"'
    return response


@lru_cache(2_000)
def _published(state: IndexState, slug: str) -> tuple[int, int, str, datetime | None]:
    """Key, number, title and end of a published blueprint; whatever changes these makes another state."""
    rows = Blauwdruk.objects.published().values_list("pk", "nummer", "titel", "expire_at")
    return get_object_or_404(rows, slug=slug)


@depends(On.CONTENT | On.DAY)
@require_safe
def blauwdruk_json(request: HttpRequest, slug: str) -> HttpResponse:
    """One blueprint as data."""
    blauwdrukken: QuerySet[Blauwdruk] = with_all_content(Blauwdruk.objects.published())
    content = content_data.full_data(get_object_or_404(blauwdrukken, slug=slug))
    response = JsonResponse(content, DjangoJSONEncoder, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Cache-Control"] = "no-cache"
    response["ETag"] = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    return get_conditional_response(request, response["ETag"], None, response) or response


def site() -> dict[str, str]:
    """The site as a document names it."""
    return {"naam": settings.SITE_NAME, "adres": settings.BASE_URL}
