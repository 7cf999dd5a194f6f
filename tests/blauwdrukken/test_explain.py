from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from blauwdrukken.explain import Explainer
from blauwdrukken.models import (
    Begrip,
    Bewijs,
    Blauwdruk,
    Bron,
    Citaat,
    Kerncijfer,
    Kostenpost,
    Organisatie,
    Partij,
    Project,
    Voorbeeld,
    Werkdocument,
)
from blauwdrukken.text.tree import link, paragraph, step
from kennisbank.models import Pagina

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


def test_plain_words_are_escaped_and_explained() -> None:
    assert Explainer([WSP]).words("Het WSP <b> meer") == f"Het {LINK} &lt;b&gt; meer"


def test_a_list_of_rows_is_explained_except_what_is_a_link_itself() -> None:
    small = {"t": "small", "look": "", "c": ["Het WSP."]}
    block = {"t": "ul", "c": [[paragraph(link("/x", "WSP"), {"t": "br"}, step(1, "SW"), small)]]}
    item = Explainer([WSP, SW]).block(block)["c"][0][0]["c"]
    assert item == [link("/x", "WSP"), {"t": "br"}, step(1, "SW"), small | {"c": [f"Het {LINK}."]}]
    assert small["c"] == ["Het WSP."]  # the rows themselves stay as they are


def test_a_table_is_explained_from_the_cell_that_is_asked_for() -> None:
    table = {"t": "tabel", "rijen": [[["WSP"], ["WSP"]], [["SW"], ["WSP"]]]}
    assert Explainer([WSP]).block(table)["rijen"] == [[[LINK], ["WSP"]], [["SW"], ["WSP"]]]
    assert Explainer([WSP]).block(table, from_cell=1)["rijen"] == [[["WSP"], [LINK]], [["SW"], ["WSP"]]]


def test_a_term_goes_to_whichever_comes_first_of_a_text_and_the_rows() -> None:
    explainer = Explainer([WSP])
    explainer.block(paragraph("Het WSP."))
    assert explainer("<p>WSP</p>") == "<p>WSP</p>"


TERM = "Zoekfunctietje"


def occurrences(html: str) -> list[str]:
    """Where the term stands among what a reader sees, with L for a link."""
    main = html.split("<main", 1)[1].split("</main>", 1)[0]
    found = re.findall(rf'(<a class="begrip" href="/begrippen/#term">)?{TERM}', main)
    return ["L" if link else "-" for link in found]


@pytest.fixture
def term() -> Begrip:
    return Begrip.objects.create(term=TERM, slug="term", uitleg="Iets.")


def named(naam: str) -> Organisatie:
    return Organisatie.objects.get_or_create(naam=naam)[0]


def add(model: Any, **fields: Any) -> Callable[[Blauwdruk], object]:
    """How a row of this kind comes to a blueprint."""
    return lambda blauwdruk: model.objects.create(blauwdruk=blauwdruk, **fields)


def party(naam: str, **fields: Any) -> Callable[[Blauwdruk], object]:
    return lambda blauwdruk: Partij.objects.create(
        blauwdruk=blauwdruk, rol=Partij.Rol.ANDERS, organisatie=named(naam), **fields
    )


def write(field: str) -> Callable[[Blauwdruk], object]:
    """How the term comes in a field of a blueprint itself."""
    return lambda blauwdruk: Blauwdruk.objects.filter(pk=blauwdruk.pk).update(**{field: TERM})


PLACES: dict[str, Callable[[Blauwdruk], object]] = {
    "party": party(TERM),
    "note of a party": party("Organisatie zonder site", toelichting=TERM),
    "cost": add(Kostenpost, omschrijving=TERM),
    "note of a cost": add(Kostenpost, omschrijving="x", toelichting=TERM),
    "key figure": add(Kerncijfer, waarde="1", omschrijving=TERM),
    "unit of a key figure": add(Kerncijfer, waarde="1", eenheid=TERM, omschrijving="x"),
    "document": add(Werkdocument, titel=TERM),
    "note of a document": add(Werkdocument, titel="x", toelichting=TERM),
    "example": add(Voorbeeld, titel=TERM),
    "ground of evidence": add(Bewijs, grond=TERM),
    "who judged": add(Bewijs, door=TERM),
    "what is not sure": write("toelichting"),
    "its state": write("stand"),
    "summary": write("samenvatting"),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_term_in_a_row_or_note_of_a_blueprint_is_linked(
    place: str, client: Client, create_blauwdruk: Any, term: Begrip
) -> None:
    blauwdruk = create_blauwdruk()
    PLACES[place](blauwdruk)
    assert occurrences(client.get(blauwdruk.get_absolute_url()).content.decode()).count("L") == 1


def test_of_all_places_on_a_page_only_the_first_is_a_link(client: Client, create_blauwdruk: Any, term: Begrip) -> None:
    blauwdruk = create_blauwdruk(leerpunten=f"<p>{TERM}</p>", doel=f"<p>{TERM}</p>")
    for write_term in PLACES.values():
        write_term(blauwdruk)
    found = occurrences(client.get(blauwdruk.get_absolute_url()).content.decode())
    assert len(found) > len(PLACES)
    assert found.count("L") == 1
    assert found[0] == "L"


def test_a_quote_stays_as_it_was_said(client: Client, create_blauwdruk: Any, term: Begrip) -> None:
    blauwdruk = create_blauwdruk(doel="<p>Doel.</p>")
    add(Citaat, tekst=TERM, functie="Iemand", jaar=2021, herkomst=Bron.objects.first())(blauwdruk)
    assert occurrences(client.get(blauwdruk.get_absolute_url()).content.decode()) == ["-"]


@pytest.mark.parametrize("field", ["doel", "omschrijving", "wat_aangepast", "resultaat", "periode_toelichting"])
def test_a_term_in_a_text_of_a_project_is_linked(field: str, client: Client, term: Begrip) -> None:
    project = Project.objects.create(titel="Proef", slug="proef", live=True, **{field: TERM})
    assert occurrences(client.get(project.get_absolute_url()).content.decode()) == ["L"]


def test_a_term_on_a_page_of_the_site_is_linked_once_and_not_in_a_heading(client: Client, term: Begrip) -> None:
    tekst = f"<h3>{TERM}</h3><p>{TERM} en {TERM}, {{contact}}.</p>"
    Pagina.objects.create(titel="Proef", slug="proef", tekst=tekst, live=True)
    assert occurrences(client.get("/proef/").content.decode()) == ["-", "L", "-"]


def test_the_explanation_of_a_law_is_one_step_away_on_the_page_about_privacy(client: Client) -> None:
    html = client.get("/privacy/").content.decode()
    assert html.count('class="begrip" href="/begrippen/#avg"') == 1


def test_lessons_of_all_blueprints_link_a_term_once(client: Client, create_blauwdruk: Any, term: Begrip) -> None:
    for number in range(3):
        create_blauwdruk(slug=f"les-{number}", leerpunten=f"<p>{TERM}</p>", laatst_gewijzigd="2026-11-01")
    assert "".join(occurrences(client.get("/wat-tegenviel/").content.decode())) == "L--"
