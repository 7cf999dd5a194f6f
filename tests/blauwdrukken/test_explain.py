from __future__ import annotations

from blauwdrukken.explain import Explainer
from blauwdrukken.models import Begrip

WSP = Begrip(term="WSP", slug="wsp", voluit="Werkgeversservicepunt")
SW = Begrip(term="SW", slug="sw", voluit="Sociale werkvoorziening")
PRO = Begrip(term="pro", slug="pro", voluit="Praktijkonderwijs")
SOCIAL = Begrip(term="Social return", slug="social-return", voluit="Social return (bij inkoop)")
LINK = '<a class="begrip" href="/begrippen/#wsp"><abbr title="Werkgeversservicepunt">WSP</abbr></a>'


def test_an_abbreviation_is_explained_only_the_first_time() -> None:
    uitlegger = Explainer([WSP])
    assert uitlegger("<p>Het WSP en het WSP.</p>") == f"<p>Het {LINK} en het WSP.</p>"
    assert uitlegger("<p>WSP</p>") == "<p>WSP</p>"


def test_links_headings_and_parts_of_words_are_left_alone() -> None:
    html = '<h3>WSP</h3><p><a href="/x">het <b>WSP</b></a> WSPs xWSP pro-actief MSW</p>'
    assert Explainer([WSP, SW, PRO])(html) == html


def test_an_abbreviation_before_a_hyphen_is_explained() -> None:
    assert "#sw" in Explainer([SW])("<p>SW-bedrijven</p>")


def test_a_whole_phrase_is_not_an_abbreviation() -> None:
    assert Explainer([SOCIAL])("<p>Social return</p>") == "<p>Social return</p>"


def test_an_explanation_cannot_break_out_of_its_attribute() -> None:
    hostiel = Begrip(term="XSS", slug="xss", voluit='"><script>')
    assert "<script>" not in Explainer([hostiel])("<p>XSS</p>")


def test_without_terms_the_text_stays_as_it_is() -> None:
    assert Explainer([])("<p>WSP</p>") == "<p>WSP</p>"
