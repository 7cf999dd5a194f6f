"""What a list makes of its address: what it leaves out, what it says of that, and what its links keep."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils.html import escape

from blauwdrukken.facets import Facet, Option
from blauwdrukken.filters import BlauwdrukFilter, ProjectFilter, VerhaalFilter
from blauwdrukken.models import Blauwdruk, Project, Verhaal
from blauwdrukken.search.engine import PAGE_SIZE, SearchEngine, SearchRequest
from regios.models import Regio

LIST = "/blauwdrukken/"
TOO_LONG = "Uw zoekvraag is te lang. We zochten op de eerste 200 tekens."


def unknown_filter(name: str) -> str:
    return f"Het filter “{name}” kennen we niet. We hebben het niet gebruikt."


def unknown_theme(value: str) -> str:
    return f"Bij thema kennen we “{value}” niet. We hebben deze keuze niet gebruikt."


def unknown_order(value: str) -> str:
    return f"Sorteren op “{value}” kan niet. U ziet de gewone volgorde."


def filters_of(client: Client, query: str, url: str = LIST) -> Any:
    return client.get(f"{url}?{query}", follow=True).context["filterset"]


@pytest.mark.parametrize(
    ("query", "messages"),
    [
        ("utm_source=nieuwsbrief&pagina=1&thema=&sorteer=&zoek=", []),
        ("kleur=rood", [unknown_filter("kleur")]),
        (f"{'k' * 70}=rood", [unknown_filter("k" * 60)]),
        ("thema=rood&thema=scholing", [unknown_theme("rood")]),
        (f"thema={'r' * 70}", [unknown_theme("r" * 60)]),
        ("sorteer=gek", [unknown_order("gek")]),
        (f"sorteer={'g' * 70}", [unknown_order("g" * 60)]),
        (f"zoek={'a' * 200}", []),
        (f"zoek={'a' * 201}", [TOO_LONG]),
        ("&".join(f"x{i}=1" for i in range(7)), [unknown_filter(f"x{i}") for i in range(5)]),
    ],
)
def test_what_is_not_known_is_left_out_and_said(client: Client, query: str, messages: list[str]) -> None:
    response = client.get(f"{LIST}?{query}", follow=True)
    assert response.context["filterset"].messages == messages
    assert all(escape(message) in response.content.decode() for message in messages)


def test_the_links_of_a_list_hold_what_is_known_once(client: Client) -> None:
    filterset = filters_of(client, "thema=rood&thema=scholing&thema=scholing&kleur=x&zoek=&sorteer=titel")
    assert filterset.chosen_pairs == [("thema", "scholing"), ("sorteer", "titel")]
    assert filterset.query_string == "?thema=scholing&sorteer=titel"
    assert filterset.active_count == 1  # an order narrows nothing


@pytest.mark.parametrize("query", ["", "zoek=", "thema=rood", "pagina=2"])
def test_a_list_of_everything_has_an_address_without_a_query(client: Client, query: str) -> None:
    assert filters_of(client, query).query_string == ""


def test_words_are_searched_without_what_nobody_sees_and_can_be_dropped(client: Client) -> None:
    filterset = filters_of(client, "zoek=%20werk%00%20%0Aplek%20&fase=lopend")
    assert filterset.data["zoek"] == "werk plek"
    assert filterset.without_search == "?fase=lopend"


@pytest.mark.parametrize(
    ("url", "query", "ordering"),
    [
        ("/verhalen/", "", "nieuwste"),
        ("/verhalen/", "sorteer=titel", "titel"),
        (LIST, "", "nieuwste"),
        (LIST, "zoek=werk", "relevantie"),
        (LIST, "sorteer=relevantie", "nieuwste"),
        (LIST, "zoek=werk&sorteer=titel", "titel"),
        (LIST, "sorteer=titel", "titel"),
    ],
)
def test_a_list_has_the_order_that_was_asked_or_its_own(client: Client, url: str, query: str, ordering: str) -> None:
    assert filters_of(client, query, url).ordering == ordering


def test_each_page_holds_its_part_of_the_list(client: Client) -> None:
    pages = [client.get(f"{LIST}?pagina={number}").context["blauwdrukken"] for number in (1, 2)]
    first, second = ({blauwdruk.pk for blauwdruk in page} for page in pages)
    assert first | second == set(Blauwdruk.objects.published().values_list("pk", flat=True))
    assert first & second == set()
    assert second


@pytest.mark.parametrize(("page", "offset"), [("", 0), ("1", 0), ("2", PAGE_SIZE)])
def test_a_page_asks_the_engine_once(client: Client, monkeypatch: pytest.MonkeyPatch, page: str, offset: int) -> None:
    asked: list[SearchRequest] = []
    search = SearchEngine.search

    def ask(engine: SearchEngine, request: SearchRequest) -> Any:
        asked.append(request)
        return search(engine, request)

    monkeypatch.setattr(SearchEngine, "search", ask)
    assert client.get(f"{LIST}?pagina={page}", follow=True).status_code == 200
    assert [request.offset for request in asked] == [offset]


def test_titles_stand_from_a_to_z_whatever_their_case_and_stories_from_new_to_old() -> None:
    for titel in ("aab", "AAA", "AAC"):
        Project.objects.create(titel=titel, slug=titel.lower(), live=True)
        Verhaal.objects.create(titel=titel, slug=titel.lower(), intro="x", live=True)
    projects = ProjectFilter(QueryDict(), Project.objects.published()).qs
    by_title = VerhaalFilter(QueryDict("sorteer=titel"), Verhaal.objects.published()).qs
    assert [row.titel for row in projects][:3] == [row.titel for row in by_title][:3] == ["AAA", "aab", "AAC"]
    newest = VerhaalFilter(QueryDict(), Verhaal.objects.published()).qs
    assert list(newest) == list(Verhaal.objects.published().newest_first()) != list(by_title)


def facet_of(count: int, chosen: int = 0) -> Facet:
    """A facet with so many choices, each fuller than the one before; the first ones are chosen."""
    return Facet("x", "X", [Option(str(i), str(i), i + 1, i < chosen, "") for i in range(count)])


@pytest.mark.parametrize(("count", "chosen", "shown"), [(8, 0, 8), (9, 0, 6), (9, 3, 6), (20, 7, 7)])
def test_a_long_facet_folds_what_is_not_chosen_and_least_full(count: int, chosen: int, shown: int) -> None:
    facet = facet_of(count, chosen)
    assert len(facet.visible) == shown
    assert len(facet.more) == count - shown
    assert {option.value for option in facet.chosen} <= {option.value for option in facet.visible}
    if chosen < shown < count:
        assert facet.visible[-1].value == str(count - shown + chosen)
        assert [int(option.value) for option in facet.more] == sorted(int(option.value) for option in facet.more)


@pytest.mark.parametrize("counts", [[0, 0, 0], [2, 0, 1], [0] * 12, [0, *range(1, 12)]])
def test_what_gives_nothing_is_folded_away_unless_it_was_chosen(counts: list[int]) -> None:
    options = [Option(str(i), str(i), count, i == 1, "") for i, count in enumerate(counts)]
    facet = Facet("x", "X", options)
    assert all(option.count or option.chosen for option in facet.visible)
    assert options[1] in facet.visible
    assert {option.value for option in facet.visible + facet.more} == {option.value for option in options}
    assert len(facet.visible) + len(facet.more) == len(options)


@pytest.mark.parametrize(
    ("counts", "words"),
    [([0, 0], "1 zonder resultaat"), ([0] * 4, "3 zonder resultaat"), ([*range(12)], "Toon 6 meer")],
)
def test_the_fold_says_whether_there_is_anything_in_it(counts: list[int], words: str) -> None:
    options = [Option(str(i), str(i), count, i == 0, "") for i, count in enumerate(counts)]
    assert Facet("x", "X", options).words_for_more == words


def test_each_facet_says_what_its_words_mean(client: Client) -> None:
    explained = {facet.parameter for facet in filters("").facets() if facet.explained}
    assert explained == {"thema", "doelgroep", "fase", "onderbouwing", "programma"}
    without = [facet.parameter for facet in filters("").facets() if not (facet.explained or facet.uitleg)]
    assert without == ["regio", "provincie", "kosten_deelnemer", "kosten"]
    html = client.get(LIST).content.decode()
    assert "<dt>Matching</dt><dd>Hoe u werkzoekenden en werkgevers bij elkaar brengt.</dd>" in html


@pytest.mark.parametrize(("url", "model"), [(LIST, "fase"), ("/projecten/", "status")])
def test_every_stage_is_explained(client: Client, url: str, model: str) -> None:
    facets = client.get(url).context["facetten"]
    (stages,) = [facet for facet in facets if facet.parameter == model]
    assert stages.explained == stages.options


@pytest.mark.parametrize(
    ("url", "asked", "clean"),
    [
        (LIST, "?thema=&zoek=&sorteer=&pagina=", ""),
        (LIST, "?zoek=&thema=scholing&kosten_uitvoering=", "?thema=scholing"),
        ("/projecten/", "?status=lopend&regio=", "?status=lopend"),
        ("/verhalen/", "?soort=", ""),
    ],
)
def test_what_was_not_filled_in_does_not_stay_in_the_address(client: Client, url: str, asked: str, clean: str) -> None:
    response = client.get(url + asked)
    assert (response.status_code, response["Location"]) == (302, url + clean)


@pytest.mark.parametrize("query", ["kleur=", "kleur", "thema=scholing&thema=bestaatniet"])
def test_what_is_not_known_is_not_hidden_by_a_clean_address(client: Client, query: str) -> None:
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    assert response.context["filterset"].messages


def test_years_stand_from_new_to_old_and_the_unknown_last(create_blauwdruk: Any) -> None:
    for year in range(2013, 2025):
        create_blauwdruk(laatst_gewijzigd=f"{year}-05-01")
    create_blauwdruk(laatst_gewijzigd=None)
    (jaar,) = [facet for facet in filters("").facets() if facet.parameter == "jaar"]
    *years, last = [option.value for option in jaar.options]
    assert years == sorted(years, reverse=True)
    assert set(map(str, range(2013, 2025))) <= set(years)
    assert last == "onbekend"


def filters(query: str) -> BlauwdrukFilter:
    return BlauwdrukFilter(QueryDict(query), Blauwdruk.objects.published())


@pytest.mark.parametrize(
    ("query", "helps"),
    [
        ("fase=idee&regio=twente", ["Twente", "Idee toen het werd opgeschreven"]),
        ("fase=idee&fase=proef&regio=twente", ["Twente"]),
        ("zoek=xqzwvkkr&fase=idee", ["“xqzwvkkr”"]),
    ],
)
def test_when_nothing_is_found_each_choice_that_helps_can_be_dropped_with_what_that_gives(
    create_blauwdruk: Any, query: str, helps: list[str]
) -> None:
    Blauwdruk.objects.update(live=False)
    for fase, regio in (("idee", "zeeland"), ("lopend", "twente")):
        create_blauwdruk(fase=fase, regios=Regio.objects.filter(slug=regio))
    filterset = filters(query)
    assert len(filterset.qs) == 0
    assert sorted(way_out.naam for way_out in filterset.ways_out()) == sorted(helps)
    for way_out in filterset.ways_out():
        assert way_out.count == len(filters(way_out.query.removeprefix("?")).qs) == 1


def test_words_that_look_like_three_unknown_ones_are_offered_when_they_give_something(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    filterset = filters("zoek=xqzwvkkr+xqzwvkkq+xqzwvkkp+xqzwvkkn")
    asked: list[str] = []

    def near(dictionary: Any, word: str) -> list[str]:
        asked.append(word)
        return ["scholing", "xqzwvkkz"]

    monkeypatch.setattr(type(filterset.engine.dictionary), "near", near)
    (scholing,) = filterset.near_words()
    assert (scholing.naam, scholing.query) == ("scholing", "?zoek=scholing")
    assert scholing.count == len(filters("zoek=scholing").qs) > 0
    assert asked == filterset.query.unknown[:3] != filterset.query.unknown


def test_without_another_choice_dropping_the_words_is_no_way_out() -> None:
    assert filters("zoek=xqzwvkkr").ways_out() == []
    assert [way.naam for way in filters("zoek=xqzwvkkr&thema=scholing").ways_out()] == ["“xqzwvkkr”"]


def test_the_whole_of_a_theme_is_offered_only_where_there_is_something_in_it() -> None:
    (scholing,) = filters("zoek=xqzwvkkr&thema=scholing").whole_themas()
    assert scholing.count == len(filters(scholing.query.removeprefix("?")).qs) > 0
    Blauwdruk.objects.update(live=False)
    assert filters("zoek=xqzwvkkr&thema=scholing").whole_themas() == []
