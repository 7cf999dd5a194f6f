from __future__ import annotations

import io
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from blauwdrukken.documents.formats.pdf import document as pdf_document
from blauwdrukken.documents.formats.pdf import glyphs, typesetting
from blauwdrukken.documents.limits import Failed
from blauwdrukken.text.tree import parse_blocks
from tests.documents import ua
from tests.documents.samples import HOSTILE, bundel, comparison, one_blauwdruk, paragraph, with_blocks

pytestmark = pytest.mark.once

Document = dict[str, Any]
HEIGHT, HEAD, FOOT = 842, 54, 56  # points: page, and what its head and foot take


def letters_and_digits(tekst: str) -> str:
    """Letters and digits: what hyphens, line ends and list marks do not touch."""
    return "".join(teken for teken in tekst if teken.isalnum())


def read_text(inhoud: bytes) -> str:
    """The text of all pages without their heads and feet."""
    delen = []
    for nummer, blad in enumerate(pypdfium2.PdfDocument(inhoud)):
        boven = blad.get_height() - (HEAD if nummer else 0)
        delen.append(blad.get_textpage().get_text_bounded(bottom=FOOT, top=boven))
    return "".join(delen)


def leaf_texts(knoop: Any) -> Iterator[str]:
    """Every text in blocks, in reading order."""
    if isinstance(knoop, str):
        yield knoop
    elif isinstance(knoop, list):
        for deel in knoop:
            yield from leaf_texts(deel)
    elif knoop["t"] == "tabel":
        vol = [kolom for kolom in range(len(knoop["koppen"])) if any(rij[kolom] != [""] for rij in knoop["rijen"])]
        yield from (knoop["koppen"][kolom] for kolom in vol)
        yield from leaf_texts(knoop["rijen"])
    elif "c" in knoop:
        yield from leaf_texts(knoop["c"])


def stands_in_order(stukken: list[str], tekst: str) -> bool:
    """Whether all pieces are in the text, one after the other."""
    plaats = 0
    for stuk in map(letters_and_digits, stukken):
        gevonden = tekst.find(stuk, plaats)
        assert gevonden >= 0, f"{stuk!r} is not after {tekst[max(0, plaats - 60) : plaats]!r}"
        plaats = gevonden + len(stuk)
    return True


@pytest.fixture
def chosen_document(documents: list[Document], request: pytest.FixtureRequest) -> Document:
    return documents[request.param]


@pytest.mark.parametrize("chosen_document", range(25), indirect=True)
def test_every_blueprint_is_accessible_and_complete(chosen_document: Document) -> None:
    inhoud = pdf_document.make(one_blauwdruk(chosen_document))
    assert ua.faults(inhoud) == []
    assert ua.title_of(inhoud) == chosen_document["titel"]
    koppen = [sectie["kop"] for sectie in chosen_document["secties"]]
    assert [kop for niveau, kop in ua.bookmarks(inhoud) if niveau == 2] == [*koppen, "Over deze blauwdruk"]
    tekst = letters_and_digits(read_text(inhoud))
    kort = [chosen_document["titel"], chosen_document["samenvatting"]]
    kort += [deel for cijfer in chosen_document["kerncijfers"] for deel in (cijfer["waarde"], cijfer["omschrijving"])]
    assert stands_in_order(kort, tekst)
    for naam, waarde in chosen_document["kenmerken"]:
        assert letters_and_digits(naam + waarde) in tekst
    for sectie in chosen_document["secties"]:
        assert stands_in_order([sectie["kop"], *leaf_texts(sectie["blokken"])], tekst)
    assert stands_in_order(koppen, tekst)


def test_each_page_tells_what_it_is_how_old_and_how_far(branchestraten: Document) -> None:
    bladen = list(pypdfium2.PdfDocument(pdf_document.make(one_blauwdruk(branchestraten))))
    for nummer, blad in enumerate(bladen, 1):
        voet = " ".join(blad.get_textpage().get_text_bounded(top=FOOT).split())
        assert f"Pagina {nummer} van {len(bladen)}" in voet
        assert f"versie van {branchestraten['versie_van']} · actueel op {branchestraten['actueel_op']}" in voet
        assert "/b/4" in voet
    assert "Branchestraten" in bladen[1].get_textpage().get_text_bounded(bottom=HEIGHT - HEAD)


def test_the_qr_code_and_the_links_lead_to_the_site(branchestraten: Document) -> None:
    with pikepdf.open(io.BytesIO(pdf_document.make(one_blauwdruk(branchestraten)))) as document:
        adressen = {
            str(a.A.URI) for blad in document.pages for a in blad.get("/Annots", []) if "/URI" in a.get("/A", {})
        }
        figuren = [str(e.Alt) for e in ua.elements(document) if str(e.S) == "/Figure"]
    assert {branchestraten["adres"], branchestraten["kort_adres"]} <= adressen
    assert f"QR-code naar {branchestraten['kort_adres']}" in figuren


def test_the_same_content_gives_the_same_bytes(branchestraten: Document) -> None:
    assert pdf_document.make(one_blauwdruk(branchestraten)) == pdf_document.make(one_blauwdruk(branchestraten))


def test_a_book_has_cover_foreword_contents_and_registers_that_are_right(documents: list[Document]) -> None:
    gekozen = documents[:6]
    inhoud = pdf_document.make(bundel(gekozen))
    assert ua.faults(inhoud) == []
    bladen = [letters_and_digits(blad.get_textpage().get_text_bounded()) for blad in pypdfium2.PdfDocument(inhoud)]
    assert all(
        letters_and_digits(deel) in bladen[0]
        for deel in ("Blauwdrukboek van onze regio", "Noordoost-Brabant", "21 november")
    )
    assert "BestecollegaDitboekbundelt" in bladen[1]
    for document in gekozen:
        begin = next(i for i, blad in enumerate(bladen, 1) if f"Blauwdruk{document['nummer']}" in blad[:60] and i > 3)
        assert letters_and_digits(document["titel"]) in bladen[begin - 1]
        assert f"{letters_and_digits(document['titel'])}{begin}" in bladen[2]
        register = "".join(bladen[-3:])
        for woord in map(letters_and_digits, document["themas"] + document["regios"]):
            plaatsen = [plaats.end() for plaats in re.finditer(woord, register)]
            assert any(f"{letters_and_digits(document['titel'])}{begin}" in register[plaats:] for plaats in plaatsen), (
                woord
            )
    namen = [naam for niveau, naam in ua.bookmarks(inhoud) if niveau == 1]
    assert namen == ["Voorwoord", *(d["titel"] for d in gekozen), "Register op thema", "Register op regio"]


def test_a_book_without_foreword_subtitle_or_organisation_is_a_book_too(documents: list[Document]) -> None:
    inhoud = pdf_document.make(bundel(documents[:1], voorwoord="", ondertitel="", organisatie=""))
    assert ua.faults(inhoud) == []
    assert "Voorwoord" not in read_text(inhoud)


@pytest.mark.parametrize("aantal", [2, 3, 4])
def test_a_comparison_is_a_wide_table_that_marks_what_differs(documents: list[Document], aantal: int) -> None:
    opdracht = comparison(documents[:aantal])
    inhoud = pdf_document.make(opdracht)
    assert ua.faults(inhoud) == []
    bladen = list(pypdfium2.PdfDocument(inhoud))
    assert all(blad.get_width() > blad.get_height() for blad in bladen)
    for blad in bladen:
        kop = letters_and_digits(blad.get_textpage().get_text_bounded())
        assert all(letters_and_digits(document["titel"]) in kop for document in documents[:aantal])
    tekst = "".join(blad.get_textpage().get_text_bounded() for blad in bladen)
    rijen = [rij for groep in opdracht["vergelijking"]["groepen"] for rij in groep["rijen"]]
    assert len(re.findall("≠ verschilt", tekst)) == sum(rij["anders"] for rij in rijen) + 1  # and one in the legend
    verwacht = Counter(letters_and_digits("".join(leaf_texts([rij["cellen"] for rij in rijen]))))
    assert verwacht - Counter(letters_and_digits(tekst)) == Counter()


@pytest.mark.parametrize("tekst", HOSTILE)
def test_hostile_text_is_plain_text(branchestraten: Document, tekst: str) -> None:
    vijandig = with_blocks(branchestraten, [paragraph(tekst, {"t": "b", "c": [tekst]})])
    inhoud = pdf_document.make(
        one_blauwdruk(vijandig | {"titel": tekst, "samenvatting": tekst, "regios": [tekst], "stand": tekst})
    )
    assert ua.faults(inhoud) == []
    if tekst.isascii():
        assert letters_and_digits(read_text(inhoud)).count(letters_and_digits(tekst)) >= 4


def test_typesetting_language_is_never_run(branchestraten: Document) -> None:
    kwaad = '#read("stijl.typ") #panic("kwaad") $x$ @ref <label> *a* `b` = kop'
    assert letters_and_digits(kwaad) in letters_and_digits(
        read_text(pdf_document.make(one_blauwdruk(with_blocks(branchestraten, [paragraph(kwaad)]))))
    )


def test_only_addresses_that_can_be_followed_become_links(branchestraten: Document) -> None:
    adressen = [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "/regios/",
        "https://voorbeeld.nl/a b",
        "https://goed.nl/x",
    ]
    blok = paragraph(*({"t": "a", "h": adres, "c": [f"tekst {adres}"]} for adres in adressen))
    inhoud = pdf_document.make(one_blauwdruk(with_blocks(branchestraten, [blok])))
    with pikepdf.open(io.BytesIO(inhoud)) as document:
        gevonden = {str(a.A.URI) for blad in document.pages for a in blad.get("/Annots", [])}
    assert gevonden - {branchestraten["adres"], branchestraten["kort_adres"]} == {
        "http://127.0.0.1:8000/regios/",
        "https://goed.nl/x",
    }
    assert "passwd" in read_text(inhoud)


def test_what_no_typeface_has_becomes_a_mark_that_is_explained(branchestraten: Document) -> None:
    tekst = read_text(
        pdf_document.make(one_blauwdruk(with_blocks(branchestraten, [paragraph("Vier 👩‍👩‍👧‍👦 feest 🎉\x07\u202e!")])))
    )
    assert "Vier ▯ feest ▯!" in tekst
    assert "Het teken ▯ staat voor" in tekst
    assert "Het teken" not in read_text(pdf_document.make(one_blauwdruk(branchestraten)))


@pytest.mark.parametrize("stijl", ["#d", "#strong(d)", "#emph(d)", "#strong(emph(d))", "#text(weight: 600, d)"])
def test_all_characters_that_are_let_through_can_be_shown_in_every_style(stijl: str) -> None:
    reeksen = [reeks.split("-") for reeks in glyphs.GLYPHS.split()]
    tekst = " ".join(chr(teken) for reeks in reeksen for teken in range(int(reeks[0], 16), int(reeks[-1], 16) + 1))
    (lettertypen,) = re.findall(r"font: (\(.*?\))", (pdf_document.TEMPLATES / "stijl.typ").read_text())
    bron = f'#set document(title: "x")\n#set text(font: {lettertypen})\n#let d = sys.inputs.d\n{stijl}'
    opties: dict[str, Any] = {
        "font_paths": [pdf_document.TYPEFACES],
        "ignore_system_fonts": True,
        "sys_inputs": {"d": tekst},
    }
    assert typst.compile(bron.encode(), pdf_standards="ua-1", **opties)


@settings(max_examples=25)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), min_size=1, max_size=6))
def test_any_text_at_all_makes_a_document(teksten: list[str]) -> None:
    document = dict.fromkeys(("titel", "datum", "stand", "bron", "versie_van", "actueel_op", "samenvatting"), "x")
    leeg = document | {
        "adres": "http://x.nl/a",
        "kort_adres": "http://x.nl/b/1",
        "nummer": 1,
        "toelichting": teksten[0],
    }
    lijsten: dict[str, Any] = {
        "themas": teksten,
        "regios": teksten,
        "kenmerken": [["Naam", teksten[0]]],
        "kerncijfers": [],
    }
    koppen = [{"t": "h", "c": [tekst]} for tekst in teksten]
    sectie = {"kop": teksten[-1], "blokken": [*(paragraph(tekst) for tekst in teksten), *koppen]}
    heel = leeg | lijsten | {"secties": [sectie]}
    assert ua.faults(pdf_document.make(one_blauwdruk(heel))) == []
    assert ua.faults(pdf_document.make(bundel([heel | {"titel": teksten[0]}], titel=teksten[0]))) == []


def test_deep_lists_long_words_and_wide_tables_fit(branchestraten: Document) -> None:
    diep = parse_blocks("<ul><li>a" * 60 + "</li></ul>" * 60)
    dieper: Any = paragraph("onderaan")
    for _ in range(60):
        dieper = {"t": "ul", "c": [[dieper]]}
    breed = {"t": "tabel", "koppen": ["W" * 300] * 5, "rijen": [[["arbeidsmarkt" * 25]] * 5]}
    inhoud = pdf_document.make(one_blauwdruk(with_blocks(branchestraten, [*diep, dieper, paragraph("W" * 300), breed])))
    assert ua.faults(inhoud) == []
    for blad in pypdfium2.PdfDocument(inhoud):
        tekst = blad.get_textpage()
        vakken = [tekst.get_charbox(i) for i in range(tekst.count_chars()) if tekst.get_text_range(i, 1).strip()]
        assert max(vak[2] for vak in vakken) <= blad.get_width()


def test_a_paragraph_of_a_megabyte_is_set_and_more_than_that_is_refused(branchestraten: Document) -> None:
    zin = "Werkgevers leren meer over het onderwerp en kunnen er beter mee omgaan. "
    assert pdf_document.make(one_blauwdruk(with_blocks(branchestraten, [paragraph(zin * 14_000)])))
    with pytest.raises(Failed, match="te lang"):
        pdf_document.make(
            one_blauwdruk(with_blocks(branchestraten, [paragraph(zin * (typesetting.MAX_CHARACTERS // len(zin) + 1))]))
        )


def test_the_checks_see_what_is_wrong(branchestraten: Document) -> None:
    kaal = typst.compile(
        b"= Kop\n#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>\"))\n=== Sprong"
    )
    assert {"no title", "does not say that it is PDF/UA-1", "heading 3 after 1"} <= set(ua.faults(kaal))
    stuk = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_document.make(one_blauwdruk(branchestraten)))) as document:
        del document.Root.Lang, document.Root.MarkInfo, document.Root.Outlines, document.Root.ViewerPreferences
        for element in ua.elements(document):
            if str(element.S) == "/Figure":
                del element.Alt
            elif str(element.S) == "/TH":
                del element.A
        for blad in document.pages:
            del blad.Tabs
            for koppeling in blad.get("/Annots", []):
                del koppeling.Contents, koppeling.StructParent
        for voorwerp in document.objects:
            if isinstance(voorwerp, pikepdf.Dictionary) and "/ToUnicode" in voorwerp:
                del voorwerp.ToUnicode
        document.save(stuk)
    assert len({re.sub(r"\d+|/\S+", "", fout) for fout in ua.faults(stuk.getvalue())}) >= 10


def test_the_process_that_makes_it_starts_without_django() -> None:
    code = "import sys, blauwdrukken.documents.formats.pdf.document; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
