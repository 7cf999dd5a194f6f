"""Few middlewares, and one of them that turns an exception into a page: each row of its table is tried here."""

from __future__ import annotations

import errno
from typing import Any, NamedTuple

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DataError, InterfaceError, OperationalError
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from blauwdrukken.facets import UnknownChoiceError
from blauwdrukken.models import Blauwdruk
from blauwdrukken.models.publication import AddressTakenError
from blauwdrukken.search.engine import DamagedIndexError, NoIndexError
from blauwdrukken.throttle import TooManyRequests
from kennisbank.errors import ERRORS, ErrorsMiddleware
from kennisbank.urls import *  # noqa: F403 (the handlers: this module stands in for the addresses of the site)
from kennisbank.urls import urlpatterns as of_the_site

pytestmark = [pytest.mark.once, pytest.mark.urls(__name__)]

OURS = ("kennisbank.", "blauwdrukken.", "regios.", "wagtail_patches.")
UNREADABLE = (400, "Dit adres begrijpen we niet")
UNKNOWN_CHOICE = (400, "zoekt op een onbekend woord")
IN_USE = (409, "Dit wordt nog gebruikt")
NO_INDEX = (503, "We maken de zoekindex")
AWAY = (503, "De database van de site antwoordt niet")
FULL = (503, "De schijf van de server is vol")
TOO_MANY = (429, "U vraagt te veel tegelijk")
RETRY_AFTER = {NO_INDEX: "10", TOO_MANY: "7", AWAY: "60", FULL: "300"}
PUBLIC, BEHEER = "/stuk/", "/beheer/stuk/"
EVERYWHERE = [(how, url) for how in ("get", "post") for url in (PUBLIC, BEHEER)]
raised: list[Exception] = []


def broken(request: HttpRequest) -> HttpResponse:
    """A view that cannot answer."""
    raise raised[0]


urlpatterns = [path("stuk/", broken), path("beheer/stuk/", broken), *of_the_site]


class Case(NamedTuple):
    """An exception at an address, and the page it becomes; none when the fault is the site's."""

    error: Exception
    method: str
    url: str
    page: tuple[int, str] | None = None

    def __str__(self) -> str:
        return f"{type(self.error).__name__}-{self.method}-{self.url.strip('/')}"


PAGES = [
    *(Case(error, how, BEHEER, UNREADABLE) for error in (OverflowError(), DataError()) for how in ("get", "post")),
    *(Case(error, "post", BEHEER, UNREADABLE) for error in (KeyError("x"), ValidationError("x"))),
    *(Case(ProtectedError("x", set()), how, url, IN_USE) for how in ("get", "post") for url in (PUBLIC, BEHEER)),
    *(Case(error, "get", url, NO_INDEX) for error in (NoIndexError(), DamagedIndexError()) for url in (PUBLIC, BEHEER)),
    *(Case(UnknownChoiceError(["zoekt op een onbekend woord"]), how, url, UNKNOWN_CHOICE) for how, url in EVERYWHERE),
    *(Case(TooManyRequests(7), how, url, TOO_MANY) for how, url in EVERYWHERE),
    *(Case(error, how, url, AWAY) for error in (OperationalError(), InterfaceError()) for how, url in EVERYWHERE),
    *(Case(OSError(errno.ENOSPC, "x"), how, url, FULL) for how, url in EVERYWHERE),
]
FAULTS = [
    *(Case(error, how, PUBLIC) for error in (OverflowError(), DataError()) for how in ("get", "post")),
    *(Case(error, "post", PUBLIC) for error in (KeyError("x"), ValidationError("x"))),
    *(Case(error, "get", url) for error in (KeyError("x"), ValidationError("x")) for url in (PUBLIC, BEHEER)),
    *(Case(OSError(errno.ENOENT, "x"), how, url) for how, url in EVERYWHERE),
    *(Case(error, "post", BEHEER) for error in (ZeroDivisionError(), LookupError(), ValueError("x"))),
]


@pytest.fixture
def forgotten(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked of the search engine's gateway, in place of opening the index anew."""
    calls: list[str] = []
    gateway = type("Gateway", (), {"forget": lambda self: calls.append("forget")})
    monkeypatch.setattr("kennisbank.errors.gateway", gateway)
    return calls


@pytest.fixture
def throw(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let the view raise this."""
    return lambda error: monkeypatch.setattr(f"{__name__}.raised", [error])


def test_a_page_passes_few_middlewares_of_ours() -> None:
    ours = [name for name in settings.MIDDLEWARE if name.startswith(OURS)]
    assert len(ours) <= 6, ours


def test_every_row_of_the_table_is_tried_here() -> None:
    tried = {type(case.error) for case in PAGES} | {AddressTakenError}
    assert tried - {DamagedIndexError} == {row.exception for row in ERRORS}


def assert_page(response: HttpResponse | None, case: Case) -> None:
    assert response is not None
    assert case.page is not None
    assert response.status_code == case.page[0]
    assert case.page[1] in response.content.decode()
    assert response.headers.get("Retry-After") == RETRY_AFTER.get(case.page)
    assert ("is niet bewaard" in response.content.decode()) == (case.method == "post" and case.page in (AWAY, FULL))


@pytest.mark.parametrize("case", PAGES, ids=str)
def test_an_exception_of_the_table_becomes_its_page(
    case: Case, editor_client: Client, throw: Any, forgotten: list[str]
) -> None:
    throw(case.error)
    assert_page(getattr(editor_client, case.method)(case.url), case)
    assert forgotten == ["forget"] * isinstance(case.error, DamagedIndexError)


@pytest.mark.parametrize("case", PAGES, ids=str)
def test_the_page_needs_no_session_and_no_account(case: Case, rf: Any, forgotten: list[str]) -> None:
    request = getattr(rf, case.method)(case.url)
    assert_page(ErrorsMiddleware(broken).process_exception(request, case.error), case)


@pytest.mark.parametrize("case", FAULTS, ids=str)
def test_what_is_no_answer_there_is_raised_on(case: Case, editor_client: Client, throw: Any, rf: Any) -> None:
    throw(case.error)
    request = getattr(rf, case.method)(case.url)
    assert ErrorsMiddleware(broken).process_exception(request, case.error) is None
    with pytest.raises(type(case.error)):
        getattr(editor_client, case.method)(case.url)


@pytest.mark.parametrize("url", [PUBLIC, BEHEER])
def test_a_taken_address_leads_back_to_the_form_of_the_entry(url: str, editor_client: Client, throw: Any) -> None:
    entry = Blauwdruk.objects.get(nummer=1)
    throw(AddressTakenError(entry, "bezet"))
    response = editor_client.post(url, follow=True)
    assert response.redirect_chain == [(f"/beheer/snippets/blauwdrukken/blauwdruk/edit/{entry.pk}/", 302)]
    assert "het adres ‘bezet’ is al in gebruik" in response.content.decode()
