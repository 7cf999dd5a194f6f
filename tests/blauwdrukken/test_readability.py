"""Hints for plain Dutch: what they find, what they leave alone, and that they end in time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blauwdrukken.completeness import known_abbreviations
from blauwdrukken.models import Begrip
from blauwdrukken.text.readability import explained_abbreviations, hints

pytestmark = pytest.mark.once

WORDS = "wij maken samen een plan voor de regio en de mensen die daar wonen"


def sentence_of(words: int) -> str:
    return " ".join(["Wij", *["lopen"] * (words - 1)]) + "."


def test_a_sentence_of_more_than_25_words_is_quoted_by_its_first_words() -> None:
    assert hints(f"<p>{sentence_of(25)}</p>", set()) == []
    (hint,) = hints(f"<p>Kort. {sentence_of(26)} Kort.</p>", set())
    assert hint == "Lange zin, 26 woorden: ‘Wij lopen lopen lopen lopen lopen …’ Maak er twee van."


def test_items_of_a_list_are_sentences_of_their_own() -> None:
    assert hints("<ul>" + f"<li>{sentence_of(20)}</li>" * 5 + "</ul>", set()) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Het WSP helpt.", ["WSP"]),
        ("Het WSP en het XYZ.", ["WSP", "XYZ"]),
        ("WSP WSP WSP, zegt zij.", ["WSP"]),
        ("De EU betaalt.", []),
        ("Een mbo-school in A.", []),
        ("WSP-team", ["WSP"]),
    ],
)
def test_capitals_that_nobody_explains_are_named_once(text: str, found: list[str]) -> None:
    hinted = [hint.split("’")[0][1:] for hint in hints(f"<p>{text}</p>", {"EU"})]
    assert hinted == found


def test_terms_of_the_site_and_what_a_text_writes_out_are_known() -> None:
    Begrip.objects.create(term="QXZ", slug="qxz", uitleg="x", synoniemen="QXY\nQXW")
    assert {"QXZ", "QXY", "QXW", "BTW"} <= known_abbreviations()
    assert explained_abbreviations(["Het Werkgeversservicepunt (WSP)", "ABC (Alfabet)", "Het DEF."]) == {"WSP", "ABC"}


@pytest.mark.parametrize(
    ("text", "begin"),
    [
        ("Dit is ten behoeve van de regio.", "‘ten behoeve van’: schrijf liever ‘voor’."),
        ("Tevens bellen wij.", "‘tevens’: schrijf liever ‘ook’."),
        ("Er wordt veel gebeld met bedrijven.", "Wie doet het? ‘Er wordt veel gebeld met bedrijven.‘"),
        ("De kandidaten worden elke week door iemand gebeld.", "Wie doet het? ‘De kandidaten worden elke week door"),
    ],
)
def test_wordy_and_passive_dutch_gets_a_plainer_way(text: str, begin: str) -> None:
    (hint,) = hints(f"<p>{text}</p>", set())
    assert hint.startswith(begin[:38])


def test_a_long_paragraph_and_a_long_text_without_headings_are_mentioned() -> None:
    (long_text,) = hints(f"<p>{f'{WORDS}. Ja. ' * 9}</p>", set())
    assert long_text.startswith("Lange alinea, ")
    without = "".join(f"<p>{WORDS}.</p>" for _ in range(30))
    assert [hint.split(". ")[0] for hint in hints(without, set())] == ["420 woorden zonder tussenkop of lijst"]
    assert hints(f"<h3>Kop</h3>{without}", set()) == []


def test_plain_text_gets_no_hints() -> None:
    assert hints("<h3>WAT WIJ DOEN</h3><p>Wij bellen elk bedrijf. Daarna gaan we langs.</p>", set()) == []
    assert hints("", set()) == []


def test_of_many_the_first_are_shown_and_the_rest_is_counted() -> None:
    found = hints("".join(f"<p>Wij {nummer} {sentence_of(30)}</p>" for nummer in range(8)), set())
    assert len(found) == 6
    assert found[-1] == "En nog 3 lange zinnen."


@given(st.text(max_size=500))
def test_any_text_gives_an_answer(text: str) -> None:
    assert all(isinstance(hint, str) and len(hint) < 500 for hint in hints(text, set()))


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "A",
        "AB ",
        "<",
        "<p>",
        "<ul><li>x",
        "&amp;",
        "wordt ",
        "wordt x ",
        "er wordt ",
        "ten behoeve ",
        ". ",
        "(AB ",
        "\n",
    ],
)
def test_a_megabyte_of_anything_is_answered_in_seconds(piece: str) -> None:
    start = time.process_time()
    hints(piece * (1_000_000 // len(piece)), set())
    explained_abbreviations([piece * (1_000_000 // len(piece))])
    assert time.process_time() - start < 10
