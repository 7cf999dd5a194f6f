from __future__ import annotations

from typing import Any

from blauwdrukken.explain import Explainer, explain
from blauwdrukken.models import Begrip
from blauwdrukken.models.blauwdruk import FilledSectie
from blauwdrukken.secties import SECTIES_BY_FIELD

WSP = Begrip(term="WSP", slug="wsp", voluit="Werkgeversservicepunt")
SW = Begrip(term="SW", slug="sw", voluit="Sociale werkvoorziening")
PRO = Begrip(term="pro", slug="pro", voluit="Praktijkonderwijs")
SOCIAL = Begrip(term="Social return", slug="social-return", voluit="Social return (bij inkoop)")
LINK = '<a class="begrip" href="/begrippen/#wsp"><abbr title="Werkgeversservicepunt">WSP</abbr></a>'


def test_an_abbreviation_is_explained_only_the_first_time() -> None:
    explainer = Explainer([WSP])
    assert explainer("<p>Het WSP en het WSP.</p>") == f"<p>Het {LINK} en het WSP.</p>"
    assert explainer("<p>WSP</p>") == "<p>WSP</p>"


def test_links_headings_and_parts_of_words_are_left_alone() -> None:
    html = '<h3>WSP</h3><p><a href="/x">het <b>WSP</b></a> WSPs xWSP pro-actief MSW</p>'
    assert Explainer([WSP, SW, PRO])(html) == html


def test_an_abbreviation_before_a_hyphen_is_explained() -> None:
    assert "#sw" in Explainer([SW])("<p>SW-bedrijven</p>")


def test_a_phrase_is_linked_as_it_is_written_in_any_case_and_number() -> None:
    for text in ("Social return", "social return", "SOCIAL RETURN", "social returns"):
        linked = f'<p><a class="begrip" href="/begrippen/#social-return">{text}</a>.</p>'
        assert Explainer([SOCIAL])(f"<p>{text}.</p>") == linked
    for text in ("asocial return", "social return-eis", "social returnering"):
        assert Explainer([SOCIAL])(f"<p>{text}</p>") == f"<p>{text}</p>"


def test_one_term_of_two_names_is_linked_once() -> None:
    carving = Begrip(term="Jobcarving / functiecreatie", slug="jobcarving")
    html = Explainer([carving])("<p>Functiecreatie, jobcarving.</p>")
    assert html == '<p><a class="begrip" href="/begrippen/#jobcarving">Functiecreatie</a>, jobcarving.</p>'


def test_a_term_with_a_sign_is_found_as_html_writes_it() -> None:
    fonds = Begrip(term="O&O-fonds", slug="oeno-fonds", voluit="")
    html = Explainer([fonds])("<p>Een O&amp;O-fonds.</p>")
    assert html == '<p>Een <a class="begrip" href="/begrippen/#oeno-fonds">O&amp;O-fonds</a>.</p>'


def test_an_explanation_cannot_break_out_of_its_attribute() -> None:
    hostile = Begrip(term="XSS", slug="xss", voluit='"><script>')
    assert "<script>" not in Explainer([hostile])("<p>XSS</p>")


def test_without_terms_the_text_stays_as_it_is() -> None:
    assert Explainer([])("<p>WSP</p>") == "<p>WSP</p>"


def test_of_two_terms_that_begin_alike_the_longest_is_explained() -> None:
    short, long_text = Begrip(term="RMC", slug="kort", voluit="x"), Begrip(term="RMC-Z", slug="lang", voluit="y")
    for begrippen in ([short, long_text], [long_text, short]):
        assert "#lang" in Explainer(begrippen)("<p>RMC-Z</p>")


def test_what_follows_a_link_or_heading_is_explained_and_other_elements_hide_nothing() -> None:
    assert Explainer([WSP])("<h3>WSP</h3><p>WSP</p>") == f"<h3>WSP</h3><p>{LINK}</p>"
    assert Explainer([WSP])('<p><a href="/x">WSP</a> WSP</p>') == f'<p><a href="/x">WSP</a> {LINK}</p>'
    assert Explainer([WSP])("<article><b>WSP</b></article>") == f"<article><b>{LINK}</b></article>"


def test_each_term_is_explained_once() -> None:
    html = Explainer([WSP, SW])("<p>SW WSP SW WSP</p>")
    assert html.count("<abbr") == 2
    assert html.index("#sw") < html.index("#wsp")


def test_only_texts_are_explained(django_assert_num_queries: Any) -> None:
    target, partijen = (SECTIES_BY_FIELD[field] for field in ("doel", "partijen"))
    sections = [FilledSectie(target, "<p>WSP</p>"), FilledSectie(partijen, [1])]
    explain(sections)  # the terms are read once for each state of the content
    with django_assert_num_queries(1):
        filled = explain(sections)
    assert "<abbr" in filled[0].content
    assert filled[1].content == [1]
