"""What is shown of a blueprint that matches: the words that match marked, and the piece of text with most of them."""

from __future__ import annotations

import pytest

from blauwdrukken.models import Blauwdruk
from blauwdrukken.search.snippet import highlight, make_snippet

HARMFUL = "<b onclick=a()>Banen</b> & <i>bus</i>"


@pytest.mark.parametrize(
    ("hits", "html"),
    [
        ({"banen"}, "&lt;b onclick=a()&gt;<mark>Banen</mark>&lt;/b&gt; &amp; &lt;i&gt;bus&lt;/i&gt;"),
        ({"bus"}, "&lt;b onclick=a()&gt;Banen&lt;/b&gt; &amp; &lt;i&gt;<mark>bus</mark>&lt;/i&gt;"),
        (set(), "&lt;b onclick=a()&gt;Banen&lt;/b&gt; &amp; &lt;i&gt;bus&lt;/i&gt;"),
    ],
)
def test_what_stands_before_between_and_after_marked_words_is_text(hits: set[str], html: str) -> None:
    assert highlight(HARMFUL, hits) == html


def test_a_word_is_marked_whatever_its_capitals_accents_and_hyphens() -> None:
    assert highlight("Één CAFÉ-avond, één caféhouder", {"cafe"}) == "Één <mark>CAFÉ</mark>-avond, één caféhouder"
    assert highlight("Vraag 'bus' en bus’je", {"bus"}) == "Vraag <mark>&#x27;bus&#x27;</mark> en <mark>bus’je</mark>"


def numbers(start: int, end: int) -> str:
    """Words of six letters that differ."""
    return " ".join(f"woord{nummer % 10}" for nummer in range(start, end))


def snippet_of(hits: set[str], **secties: str) -> tuple[str, str] | None:
    """Field and HTML of the snippet of a blueprint with these sections."""
    found = make_snippet(Blauwdruk(**secties), hits)
    return (found.sectie.veld, found.html) if found else None


def test_a_short_text_is_shown_whole() -> None:
    assert snippet_of({"bus"}, doel="<p>De <b>bus</b></p><p>rijdt.</p>") == ("doel", "De <mark>bus</mark> rijdt.")


def test_without_a_match_nothing_is_shown() -> None:
    assert snippet_of({"tram"}, doel="<p>De bus rijdt.</p>") is None


def test_the_section_with_most_different_words_is_shown_and_the_first_of_equals() -> None:
    secties = {"doel": "<p>bus bus bus</p>", "uitvoering": "<p>bus en tram</p>", "leerpunten": "<p>tram en bus</p>"}
    assert snippet_of({"bus", "tram"}, **secties) == ("uitvoering", "<mark>bus</mark> en <mark>tram</mark>")


def test_a_long_text_is_cut_between_words_around_what_matches() -> None:
    text = f"{numbers(0, 60)} bus {numbers(60, 120)}"
    start = text.index("bus")
    _, html = snippet_of({"bus"}, doel=f"<p>{text}</p>") or ("", "")
    piece = html.replace("<mark>", "").replace("</mark>", "")
    assert piece.startswith("… woord")
    assert piece.endswith(" …")
    core = piece.removeprefix("… ").removesuffix(" …")
    spot = text.index(core)
    assert text[spot - 1] == text[spot + len(core)] == " "
    assert 40 <= start - spot < 48
    assert 216 < spot + len(core) - start <= 224


def test_at_either_end_nothing_is_said_to_be_left_out() -> None:
    assert (snippet_of({"bus"}, doel=f"<p>bus {numbers(0, 60)}</p>") or ("", ""))[1].startswith("<mark>bus</mark> ")
    assert (snippet_of({"bus"}, doel=f"<p>{numbers(0, 60)} bus</p>") or ("", ""))[1].endswith(" <mark>bus</mark>")


def test_the_richest_stretch_is_shown_and_what_lies_beyond_does_not_count() -> None:
    text = f"bus {numbers(0, 60)} tram {numbers(0, 60)} bus {numbers(0, 20)} tram trein {numbers(0, 60)}"
    _, html = snippet_of({"bus", "tram", "trein"}, doel=f"<p>{text}</p>") or ("", "")
    assert [word in html for word in ("<mark>bus</mark>", "<mark>tram</mark>", "<mark>trein</mark>")] == [True] * 3


def test_the_word_that_begins_a_stretch_counts_too() -> None:
    _, html = snippet_of({"bus", "tram", "trein"}, doel=f"<p>bus bus {numbers(0, 60)} tram trein</p>") or ("", "")
    assert html.endswith("<mark>tram</mark> <mark>trein</mark>")


def test_a_word_just_beyond_a_stretch_does_not_count() -> None:
    too_far = f"bus {numbers(0, 31)} ik tram"
    assert too_far.index("tram") == 224
    assert snippet_of({"bus", "tram"}, doel=too_far, leerpunten="bus tram") == (
        "leerpunten",
        "<mark>bus</mark> <mark>tram</mark>",
    )
    _, html = snippet_of({"bus", "tram"}, doel=f"{too_far} {numbers(0, 60)} bus tram") or ("", "")
    assert html.endswith("<mark>bus</mark> <mark>tram</mark>")


def test_forty_signs_before_the_match_are_shown() -> None:
    assert snippet_of({"bus"}, doel="a " * 100 + "bus") == ("doel", f"… {'a ' * 20}<mark>bus</mark>")


def test_a_text_as_long_as_a_stretch_is_shown_whole() -> None:
    text = f"bus {numbers(0, 31)} eind"
    assert snippet_of({"bus"}, doel=text[:224]) == ("doel", f"<mark>bus</mark>{text[3:224]}")
    assert snippet_of({"bus"}, doel=text) == ("doel", f"<mark>bus</mark>{text[3:220]} …")
