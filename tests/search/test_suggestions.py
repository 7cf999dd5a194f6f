"""Suggestions while typing: which names, in which order, and never what is not public."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from blauwdrukken.models import Begrip, Blauwdruk, Thema
from regios.models import Gemeente, Regio

SUGGEST_URL = "/zoek/suggesties"
KINDS = {"blauwdruk", "thema", "regio", "gemeente", "programma", "begrip"}


@pytest.fixture
def suggest(client: Client) -> Any:
    """Suggestions for a text."""
    return lambda q: client.get(SUGGEST_URL, {"q": q}).json()["suggesties"]


@pytest.fixture
def suggested_texts(suggest: Any) -> Any:
    """Names that are suggested for a text."""
    return lambda q: [suggestion["tekst"] for suggestion in suggest(q)]


@pytest.mark.parametrize(
    ("q", "text", "kind", "url"),
    [
        ("branche", "Branchestraten", "blauwdruk", "/blauwdrukken/branchestraten/"),
        ("schol", "Scholing", "thema", "/themas/scholing/"),
        ("west", "West-Brabant", "regio", "/regios/west-brabant/"),
        ("breda", "Breda", "gemeente", "/regios/west-brabant/"),
        ("ws", "WSP", "begrip", "/begrippen/#wsp"),
    ],
)
def test_each_kind_of_name_is_suggested_with_its_address(suggest: Any, q: str, text: str, kind: str, url: str) -> None:
    assert {"tekst": text, "soort": kind, "url": url} in suggest(q)


def test_every_suggested_address_exists_and_every_kind_is_known(client: Client, suggest: Any) -> None:
    found = [suggestion for letter in "abcdefghijklmnopqrstuvwxyz" for suggestion in suggest(letter)]
    assert {suggestion["soort"] for suggestion in found} == KINDS
    assert {client.get(url).status_code for url in {suggestion["url"].split("#")[0] for suggestion in found}} == {200}


def test_every_name_can_be_found_by_typing_it(suggest: Any) -> None:
    names = [("blauwdruk", titel) for titel in Blauwdruk.objects.published().values_list("titel", flat=True)]
    for kind, model, field in (("thema", Thema, "naam"), ("regio", Regio, "naam"), ("begrip", Begrip, "term")):
        names += [(kind, name) for name in model.objects.values_list(field, flat=True)]
    names += [("gemeente", name) for name in Gemeente.objects.values_list("naam", flat=True)]
    missed = [name for name in names if name not in {(s["soort"], s["tekst"]) for s in suggest(name[1])}]
    assert missed == []


@pytest.mark.parametrize("q", ["werkgevers", "raadpleging in", "RAADPLEGING", "straat"])
def test_words_count_from_their_beginning_and_all_of_them(suggested_texts: Any, create_blauwdruk: Any, q: str) -> None:
    create_blauwdruk(titel="Een raadpleging van werkgevers in de hoofdstraat")
    assert ("Een raadpleging van werkgevers in de hoofdstraat" in suggested_texts(q)) == (q != "straat")


def test_names_that_begin_like_this_come_before_names_with_such_a_word(
    suggested_texts: Any, create_blauwdruk: Any
) -> None:
    for titel in ("Aan de slag met kwartels", "Kwartels tellen", "De kwartelmarkt"):
        create_blauwdruk(titel=titel)
    Thema.objects.create(naam="Kwartelzorg", slug="kwartelzorg")
    assert suggested_texts("kwartel") == [
        "Kwartels tellen",
        "Kwartelzorg",
        "Aan de slag met kwartels",
        "De kwartelmarkt",
    ]


def test_titles_are_five_at_most_and_the_shortest_is_among_them(suggested_texts: Any, create_blauwdruk: Any) -> None:
    for place in "abcdefghijklmnop":
        create_blauwdruk(titel=f"Kwartelroute {place}")
    create_blauwdruk(titel="Kwartelroute")
    assert suggested_texts("kwartelroute") == ["Kwartelroute", *(f"Kwartelroute {place}" for place in "abcd")]


@pytest.mark.parametrize("q", ["kwartel", "KWARTEL", "Kwártel"])
def test_a_title_that_begins_like_this_comes_first_among_many_with_such_a_word(
    suggested_texts: Any, create_blauwdruk: Any, q: str
) -> None:
    for place in "abcdefghijklmnop":
        create_blauwdruk(titel=f"Aan de kwartels {place}")
    create_blauwdruk(titel="Kwartelroute")
    assert suggested_texts(q) == ["Kwartelroute", *(f"Aan de kwartels {place}" for place in "abcd")]


@pytest.mark.parametrize(("q", "text"), [("vnon", "VNO-NCW"), ("vno ncw", "VNO-NCW"), ("shert", "'s-Hertogenbosch")])
def test_a_name_with_a_hyphen_may_be_typed_as_one_word_or_as_two(suggested_texts: Any, q: str, text: str) -> None:
    assert text in suggested_texts(q)


def test_eight_suggestions_at_most(suggest: Any) -> None:
    assert max(len(suggest(letter)) for letter in "abcdefghijklmnopqrstuvwxyz") == 8


@pytest.mark.parametrize("q", ["fryslân", "FRYSLAN", "frysla\u0302n"])
def test_another_name_of_a_region_leads_to_it_whatever_its_accents(suggest: Any, q: str) -> None:
    assert suggest(q)[0] == {"tekst": "Fryslân (Friesland)", "soort": "regio", "url": "/regios/friesland/"}
    assert "Súdwest-Fryslân" in [suggestion["tekst"] for suggestion in suggest(q)]


def test_a_title_is_found_with_an_accent_a_hyphen_or_neither(suggested_texts: Any) -> None:
    titel = "Persoonsgebonden re-integratiebudget in Breda en Eindhoven"
    assert titel in suggested_texts("reinteg")
    assert titel in suggested_texts("persoonsgebonden reïn")
    assert titel in suggested_texts("persoonsgebonden re-in")


@pytest.mark.parametrize(
    ("q", "text", "url"),
    [
        ("uden", "Uden (Maashorst)", "/regios/noordoost-brabant/"),
        ("den bo", "Den Bosch ('s-Hertogenbosch)", "/regios/noordoost-brabant/"),
        ("'s-hert", "'s-Hertogenbosch", "/regios/noordoost-brabant/"),
        ("hertogen", "'s-Hertogenbosch", "/regios/noordoost-brabant/"),
        ("hengelo", "Hengelo (O.)", "/regios/twente/"),
    ],
)
def test_a_municipality_by_another_name_or_the_name_of_before_a_merger(
    suggest: Any, q: str, text: str, url: str
) -> None:
    assert {"tekst": text, "soort": "gemeente", "url": url} in suggest(q)


def test_a_short_form_is_found_by_what_it_stands_for(suggested_texts: Any) -> None:
    assert "Werkgeversservicepunt (WSP)" in suggested_texts("werkgeversserv")


def test_what_is_not_public_is_never_suggested(suggest: Any, hidden_word: str) -> None:
    for q in (hidden_word, hidden_word[:4], "concept", "verlopen", "nieuwe titel", "conceptproject"):
        assert [s for s in suggest(q) if hidden_word in f"{s}".lower()] == []


def test_what_is_withdrawn_or_renamed_is_no_longer_suggested(suggested_texts: Any, create_blauwdruk: Any) -> None:
    blauwdruk = create_blauwdruk(titel="Kwartelroute")
    assert suggested_texts("kwar") == ["Kwartelroute"]
    blauwdruk.titel = "Merelroute"
    blauwdruk.save()
    assert (suggested_texts("kwar"), suggested_texts("merel")) == ([], ["Merelroute"])
    Blauwdruk.objects.filter(pk=blauwdruk.pk).update(live=False)
    assert suggested_texts("merel") == []


def test_an_index_that_lags_behind_does_not_show_what_was_withdrawn(
    suggested_texts: Any, create_blauwdruk: Any, settings: Any
) -> None:
    first, other = create_blauwdruk(titel="Kwartelroute een"), create_blauwdruk(titel="Kwartelroute twee")
    assert len(suggested_texts("kwartel")) == 2
    settings.SEARCH_IN_TRANSACTION = False
    Blauwdruk.objects.filter(pk=first.pk).update(live=False)
    Blauwdruk.objects.filter(pk=other.pk).update(titel="Merelroute")
    assert suggested_texts("kwartel") == []


def test_a_new_name_is_suggested_at_once(suggested_texts: Any) -> None:
    assert suggested_texts("kwartel") == []
    Thema.objects.create(naam="Kwartelzorg", slug="kwartelzorg")
    Regio.objects.filter(slug="twente").update(aliassen="Kwartelland")
    assert suggested_texts("kwartel") == ["Kwartelzorg", "Kwartelland (Twente)"]


NONSENSE = [
    "",
    "%00",
    "%20%20",
    "%28",
    "%5B",
    "*",
    ".",
    "%5C",
    "%ED%A0%80",
    "%FF",
    "%F0%9F%90%A4",
    "%E2%80%AE",
    "%22%27%3B--",
]


@pytest.mark.parametrize("q", NONSENSE)
def test_what_holds_no_word_gives_an_empty_list(client: Client, q: str) -> None:
    response = client.get(f"{SUGGEST_URL}?q={q}")
    assert response.status_code == 200
    assert response.json() == {"suggesties": []}


@pytest.mark.parametrize("character", [*"()[]{}*.\\^$|?+-\"'/:~", "\x00", "\n", "\u0301", "🐤"])
def test_signs_around_a_word_do_no_harm(suggested_texts: Any, character: str) -> None:
    assert "Branchestraten" in suggested_texts(f"{character}branche")
    assert "Branchestraten" in suggested_texts(f"branche{character}")


@pytest.mark.parametrize(
    "q", ["a" * 10_000, "a " * 5_000, "(" * 10_000, "㎯" * 10_000, "½ ㎯ " * 2_000, "\u0301" * 10_000]
)
def test_a_very_long_text_is_answered(client: Client, q: str) -> None:
    response = client.get(SUGGEST_URL, {"q": q})
    assert response.status_code == 200
    assert len(response.json()["suggesties"]) <= 8


def test_without_a_text_the_list_is_empty(client: Client) -> None:
    assert client.get(SUGGEST_URL).json() == {"suggesties": []}


@settings(max_examples=200)
@given(q=st.text(max_size=30))
def test_no_text_is_a_server_error(q: str) -> None:
    response = Client().get(f"{SUGGEST_URL}?q={quote(q.encode('utf-8', 'surrogatepass'))}")
    assert response.status_code == 200
    assert {suggestion["soort"] for suggestion in response.json()["suggesties"]} <= KINDS


def test_the_answer_may_be_kept_for_a_minute_by_the_visitor_alone(client: Client) -> None:
    response = client.get(SUGGEST_URL, {"q": "a"})
    assert response["Content-Type"] == "application/json"
    assert sorted(response["Cache-Control"].split(", ")) == ["max-age=60", "private"]
    assert not response.cookies
    assert client.post(SUGGEST_URL).status_code == 405


def test_a_keystroke_costs_two_queries_at_most(client: Client, django_assert_max_num_queries: Any) -> None:
    client.get(SUGGEST_URL, {"q": "a"})
    for q in ("b", "breda", "werkgevers in", "wsp", "("):
        with django_assert_max_num_queries(2):
            client.get(SUGGEST_URL, {"q": q})


def test_only_pages_with_a_search_field_load_the_script(client: Client) -> None:
    for url in ("/", "/blauwdrukken/", "/blauwdrukken/?zoek=scholing"):
        html = client.get(url).content.decode()
        assert html.count('data-suggesties="/zoek/suggesties"') == 1
        assert html.count("js/suggesties.js") == 1
    for url in ("/projecten/", "/regios/", "/themas/", "/blauwdrukken/branchestraten/", "/bestaatniet/"):
        assert "js/suggesties.js" not in client.get(url).content.decode()
