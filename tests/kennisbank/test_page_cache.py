"""Pages that are kept: which, for whom, at which address, and when something fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.conf import settings as site_settings
from django.contrib import messages
from django.core.cache import caches
from django.db import OperationalError, connection
from django.db.models import F
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from blauwdrukken.depends import Dependence, On, dependence_of
from blauwdrukken.models import Blauwdruk, Misser
from blauwdrukken.search import gateway as gateway_module
from blauwdrukken.search.index import IndexState
from blauwdrukken.search.triggers import LOG, STATE_TABLE, TABLES
from blauwdrukken.tally import tally
from kennisbank import page_cache, version
from tests.doors import DOORS, INSIDE
from tests.kennisbank.keeping import DETAIL, KEPT, LIST, is_kept, made_anew

# Tables that pages read and that need not raise the state, with the reason.
UNCHANGING = {
    STATE_TABLE: "it holds the state itself",
    LOG: "it is written with the state, by the same triggers",
    "blauwdrukken_afbeeldingrendition": "it is made when a page first shows a picture, and goes only with the picture",
    "wagtailcore_revision": "what an old version says is never written over (Publicatie.save_revision)",
    "django_content_type": "kinds of models: only a migration changes them, and then the code changes too",
}


def public_patterns(patterns: Any = None, start: str = "") -> Iterator[tuple[str, Any]]:
    """Route and view of every address outside the back office."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        route = start + str(pattern.pattern)
        if isinstance(pattern, URLResolver) and route not in INSIDE:
            yield from public_patterns(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and not route.startswith(INSIDE):
            yield route, pattern.callback


def kept_urls(without: On = On.NOTHING) -> list[str]:
    """Every address whose page may be kept, and does not depend on this."""
    views = ((route, dependence_of(view)) for route, view in public_patterns())
    routes = [route for route, said in views if said and not said.on & (On.NEVER | without)]
    return [url for route in routes for url in DOORS[route](route)]


# Who says what


def test_every_public_view_says_itself_what_it_depends_on() -> None:
    for route, view in public_patterns():
        said = vars(view.view_class) if hasattr(view, "view_class") else vars(type(view)) | vars(view)
        assert "depends_on" in said, f"{route}: say @depends(...) of its view"


def test_every_table_that_a_kept_page_reads_raises_the_state(client: Client) -> None:
    Blauwdruk.objects.update(landelijk=F("landelijk"))  # a new state: nothing is remembered of it
    read = set()
    for url in kept_urls():
        with CaptureQueriesContext(connection) as queries:
            status = client.get(url).status_code
        for query in queries if status == 200 else ():
            read |= {(table, url) for table in re.findall(r'(?:FROM|JOIN) "?(\w+)"?', query["sql"])}
    unseen = {(table, url) for table, url in read if table not in TABLES and table not in UNCHANGING}
    assert not unseen, "add these to TABLES of blauwdrukken/search/triggers.py"
    assert {"blauwdrukken_verhaal", "kennisbank_pagina"} <= {table for table, _ in read}


def test_a_page_that_does_not_name_the_day_is_the_same_in_two_years(client: Client) -> None:
    later = timezone.now() + timedelta(days=730)
    for url in kept_urls(without=On.DAY):
        today = client.get(url)
        with mock.patch.object(timezone, "now", return_value=later):
            assert client.get(url).content == today.content or b"<feed" in today.content[:200], url


def test_at_most_six_layers_of_the_site_stand_around_a_page() -> None:
    ours = [name for name in site_settings.MIDDLEWARE if name.startswith(("kennisbank.", "blauwdrukken."))]
    assert len(ours) <= 6, ours


# For whom


@pytest.mark.parametrize("url", KEPT)
@pytest.mark.usefixtures("kept")
def test_a_page_is_kept_for_the_next_visitor_as_it_was_made(url: str) -> None:
    first = Client().get(url)
    assert is_kept(Client(), url)
    second = Client().get(url)
    assert (second.status_code, second.content) == (200, first.content)
    assert dict(second.items()) == dict(first.items())
    assert not second.cookies
    if b"<feed" not in first.content[:200]:
        assert second.content == made_anew(url).content


@pytest.mark.usefixtures("kept")
def test_nothing_is_shared_with_who_has_a_choice_or_an_account(create_user: Any) -> None:
    Client().get(LIST)
    chooser = Client()
    chooser.post("/keuze/", {"erbij": "branchestraten", "terug": "/"})
    response = chooser.get(LIST)
    assert "1 blauwdruk gekozen" in response.content.decode()
    assert response["Cache-Control"] == "private, no-cache"
    assert "ETag" not in response
    member = Client()
    member.force_login(create_user(None))
    for client in (chooser, member):
        assert not is_kept(client, LIST)
        client.get(DETAIL)
    assert "gekozen</strong>" not in Client().get(LIST).content.decode()
    assert not is_kept(Client(), DETAIL)  # what they saw was kept for nobody
    chooser.get("/blauwdrukken.atom")
    assert is_kept(chooser, "/blauwdrukken.atom")  # a feed shows no choice: all have the same


@pytest.mark.parametrize("cookie", ["csrftoken=x", "messages=x", "sessionid=x"])
@pytest.mark.usefixtures("kept")
def test_a_cookie_that_matters_gets_no_kept_page_and_another_one_does(cookie: str) -> None:
    Client().get(LIST)
    assert not is_kept(Client(headers={"cookie": cookie}), LIST)
    assert is_kept(Client(headers={"cookie": "voorkeur=x"}), LIST)
    assert not is_kept(Client(), LIST, authorization="Basic eA==")


class OddViews:
    """Answers that must not be kept, though their address is that of a page that is."""

    @staticmethod
    def token(request: HttpRequest) -> HttpResponse:
        return HttpResponse(get_token(request) * 9)

    @staticmethod
    def session(request: HttpRequest) -> HttpResponse:
        request.session["x"] = 1
        return HttpResponse("x" * 900)

    @staticmethod
    def cookie(request: HttpRequest) -> HttpResponse:
        response = HttpResponse("x" * 900)
        response.set_cookie("voorkeur", "x")
        return response

    @staticmethod
    def message(request: HttpRequest) -> HttpResponse:
        messages.info(request, "Voor u alleen")
        return HttpResponse("".join(map(str, messages.get_messages(request))) * 90)

    @staticmethod
    def private(request: HttpRequest) -> HttpResponse:
        return HttpResponse("x" * 900, headers={"Cache-Control": "private"})

    @staticmethod
    def varies(request: HttpRequest) -> HttpResponse:
        return HttpResponse("x" * 900, headers={"Vary": "User-Agent"})

    @staticmethod
    def stream(request: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse(["x"] * 900)

    @staticmethod
    def large(request: HttpRequest) -> HttpResponse:
        return HttpResponse("x" * (page_cache.MAX_BYTES + 1))

    @staticmethod
    def broken(request: HttpRequest) -> HttpResponse:
        return HttpResponse("x" * 900, status=503)

    @staticmethod
    def redirect(request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=302, headers={"Location": "/"})

    @staticmethod
    def counts(request: HttpRequest) -> HttpResponse:
        tally.add(print, "x", 0)
        return HttpResponse("x" * 900)


ODD = [name for name in vars(OddViews) if not name.startswith("_")]


@pytest.mark.parametrize("name", ODD)
@pytest.mark.usefixtures("kept")
def test_what_is_for_one_visitor_or_no_page_is_never_kept(name: str) -> None:
    written: list[Any] = []
    with (
        mock.patch.object(page_cache, "write", side_effect=lambda *page: written.append(page)),
        mock.patch.object(page_cache, "dependence_at", return_value=Dependence(On.CONTENT, ())),
        mock.patch("django.core.handlers.base.BaseHandler.resolve_request", odd_resolver(name)),
    ):
        Client().get("/robots.txt")
    assert written == []


def odd_resolver(name: str) -> Any:
    return lambda handler, request: (getattr(OddViews, name), (), {})


@pytest.mark.parametrize("url", ["/blauwdrukken/bestaat-niet/", "/blauwdrukken/?pagina=99", "/b/1", "/over"])
@pytest.mark.usefixtures("kept")
def test_no_answer_but_a_page_is_kept(url: str) -> None:
    with mock.patch.object(page_cache, "write", side_effect=AssertionError):
        assert Client().get(url).status_code != 200
        assert Client().post(LIST).status_code == 405


@pytest.mark.usefixtures("kept")
def test_a_search_without_result_is_counted_each_time() -> None:
    tally.flush()
    for _ in range(3):
        Client().get(LIST, {"zoek": "xylofoonzwam"})
    tally.flush()
    assert Misser.objects.get(term="xylofoonzwam").aantal == 3


# Which address


@pytest.mark.parametrize(
    ("said", "query", "left"),
    [
        (None, "utm_source=x&thema=a&gclid=1&thema=b&fbclid=%20", "thema=a&thema=b"),
        (None, "zoek=a+b%26c&&Utm=1", "zoek=a+b%26c&Utm=1"),
        ((), "thema=a&x", ""),
        (("b",), "b=1&c=2&b=3&%62=4", "b=1&b=3&%62=4"),
    ],
)
def test_a_query_loses_what_the_page_does_not_read(said: Any, query: str, left: str) -> None:
    assert Dependence(On.CONTENT, said).clean_query(query) == left


@pytest.mark.usefixtures("kept")
def test_who_sent_a_visitor_makes_no_other_page_and_shows_nowhere() -> None:
    plain = Client().get(f"{LIST}?thema=scholing").content
    assert is_kept(Client(), f"{LIST}?utm_source=nieuwsbrief&thema=scholing&fbclid=mijnnaam")
    assert Client().get(f"{LIST}?thema=scholing&gclid=mijnnaam").content == plain
    Client().get("/")
    assert is_kept(Client(), "/?wat=dan-ook")
    assert not is_kept(Client(), f"{LIST}?thema=matching")
    assert b"mijnnaam" not in Client().get(f"{DETAIL}?gclid=mijnnaam").content


@pytest.mark.usefixtures("kept")
def test_a_host_or_a_scheme_has_pages_of_its_own_and_a_strange_host_none(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "voorbeeld.nl"]
    Client().get(LIST)
    assert not is_kept(Client(), LIST, host="voorbeeld.nl")
    assert Client().get(LIST, headers={"host": "vreemd.nl"}).status_code == 400
    with CaptureQueriesContext(connection) as queries:
        Client().get(LIST, secure=True)
    assert len(queries) > 1


# What a browser may keep


@pytest.mark.parametrize("url", KEPT)
@pytest.mark.usefixtures("kept")
def test_who_has_the_page_hears_that_it_is_still_right(url: str) -> None:
    tags = {Client().get(url, headers=how)["ETag"].removeprefix("W/") for how in ({}, {"accept-encoding": "gzip"}) * 2}
    caches["pages"].clear()
    tags.add(Client().get(url, headers={"accept-encoding": "gzip"})["ETag"].removeprefix("W/"))  # another process
    assert len(tags) == 1
    for _ in range(2):
        response = Client().get(url, headers={"if-none-match": f"W/{tags.copy().pop()}"})
        assert (response.status_code, response.content) == (304, b"")
        assert response["Cache-Control"] == "no-cache"
        assert response["ETag"].removeprefix("W/") in tags
    assert Client().get(url, headers={"if-none-match": '"iets anders"'}).status_code == 200


@pytest.mark.usefixtures("kept")
def test_the_headers_tell_what_a_page_depends_on() -> None:
    for _ in range(2):
        page = Client().get(LIST, headers={"accept-encoding": "gzip"})
        assert page["Cache-Control"] == "no-cache"
        assert {"Cookie", "Accept-Encoding"} <= {name.strip() for name in page["Vary"].split(",")}
        assert page["Content-Encoding"] == "gzip"
        assert "Content-Encoding" not in Client().get(LIST)
        assert "Cookie" not in Client().get("/blauwdrukken.atom").get("Vary", "")
        head = Client().head(LIST)
        assert (head.status_code, head["ETag"].removeprefix("W/")) == (200, page["ETag"].removeprefix("W/"))


# When something fails


class BrokenCache:
    def get(self, key: str) -> Any:
        raise ConnectionError

    def set(self, key: str, value: Any, timeout: int) -> None:
        raise ConnectionError


@pytest.mark.usefixtures("kept")
def test_a_cache_that_does_not_answer_keeps_nobody_waiting_for_a_page() -> None:
    with mock.patch.object(page_cache, "caches", {"pages": BrokenCache()}):
        assert Client().get(LIST).status_code == 200


@pytest.mark.usefixtures("kept")
def test_a_kept_page_outlives_a_database_that_does_not_answer() -> None:
    client = Client()
    client.get(LIST)
    with mock.patch.object(IndexState, "from_database", side_effect=OperationalError):
        assert client.get(LIST).status_code == 200


@pytest.mark.usefixtures("kept")
def test_a_page_made_of_an_index_that_is_behind_is_not_kept() -> None:
    Client().get(LIST)
    Blauwdruk.objects.filter(slug="branchestraten").update(titel="Xylofoonstraten")
    with mock.patch.object(gateway_module.EngineGateway, "_refresh"):
        behind = Client().get(f"{LIST}?zoek=xylofoonstraten").content.decode()
        assert not is_kept(Client(), LIST)
    assert "/blauwdrukken/branchestraten/" not in behind
    assert "/blauwdrukken/branchestraten/" in Client().get(f"{LIST}?zoek=xylofoonstraten").content.decode()


def test_other_code_templates_or_settings_make_another_site(settings: Any, tmp_path: Any) -> None:
    make = version.site_version.__wrapped__
    old = make()
    assert make() == old
    settings.SITE_NAME = "Een andere naam"
    renamed = make()
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "x.html").write_text("x")
    settings.BASE_DIR = tmp_path
    other = make()
    (tmp_path / "templates" / "x.html").write_text("y")
    assert len({old, renamed, other, make()}) == 4
