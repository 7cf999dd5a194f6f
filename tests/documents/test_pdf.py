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

from blauwdrukken.documents.formats.pdf import document as pdf
from blauwdrukken.documents.formats.pdf import glyphs as letters
from blauwdrukken.documents.formats.pdf import typesetting as zetsel
from blauwdrukken.documents.limits import Mislukt
from blauwdrukken.text.tree import blokken
from tests.documents import ua
from tests.documents.samples import VIJANDIG, alinea, bundel, los, met_blokken, vergelijking

pytestmark = pytest.mark.once

Document = dict[str, Any]
HOOGTE, KOP, VOET = 842, 54, 56  # points: page, and what its head and foot take


def tekens(tekst: str) -> str:
    """Letters and digits: what hyphens, line ends and list marks do not touch."""
    return "".join(teken for teken in tekst if teken.isalnum())


def gelezen(inhoud: bytes) -> str:
    """The text of all pages without their heads and feet."""
    delen = []
    for nummer, blad in enumerate(pypdfium2.PdfDocument(inhoud)):
        boven = blad.get_height() - (KOP if nummer else 0)
        delen.append(blad.get_textpage().get_text_bounded(bottom=VOET, top=boven))
    return "".join(delen)


def blaadjes(knoop: Any) -> Iterator[str]:
    """Every text in blocks, in reading order."""
    if isinstance(knoop, str):
        yield knoop
    elif isinstance(knoop, list):
        for deel in knoop:
            yield from blaadjes(deel)
    elif knoop["t"] == "tabel":
        vol = [kolom for kolom in range(len(knoop["koppen"])) if any(rij[kolom] != [""] for rij in knoop["rijen"])]
        yield from (knoop["koppen"][kolom] for kolom in vol)
        yield from blaadjes(knoop["rijen"])
    elif "c" in knoop:
        yield from blaadjes(knoop["c"])


def staat_in_volgorde(stukken: list[str], tekst: str) -> bool:
    """Whether all pieces are in the text, one after the other."""
    plaats = 0
    for stuk in map(tekens, stukken):
        gevonden = tekst.find(stuk, plaats)
        assert gevonden >= 0, f"{stuk!r} is not after {tekst[max(0, plaats - 60) : plaats]!r}"
        plaats = gevonden + len(stuk)
    return True


@pytest.fixture
def nummer(documenten: list[Document], request: pytest.FixtureRequest) -> Document:
    return documenten[request.param]


@pytest.mark.parametrize("nummer", range(25), indirect=True)
def test_every_blueprint_is_accessible_and_complete(nummer: Document) -> None:
    inhoud = pdf.maak(los(nummer))
    assert ua.fouten(inhoud) == []
    assert ua.titel(inhoud) == nummer["titel"]
    koppen = [sectie["kop"] for sectie in nummer["secties"]]
    assert [kop for niveau, kop in ua.bladwijzers(inhoud) if niveau == 2] == [*koppen, "Over deze blauwdruk"]
    tekst = tekens(gelezen(inhoud))
    kort = [nummer["titel"], nummer["samenvatting"]]
    kort += [deel for cijfer in nummer["kerncijfers"] for deel in (cijfer["waarde"], cijfer["omschrijving"])]
    assert staat_in_volgorde(kort, tekst)
    for naam, waarde in nummer["kenmerken"]:
        assert tekens(naam + waarde) in tekst
    for sectie in nummer["secties"]:
        assert staat_in_volgorde([sectie["kop"], *blaadjes(sectie["blokken"])], tekst)
    assert staat_in_volgorde(koppen, tekst)


def test_each_page_tells_what_it_is_how_old_and_how_far(branchestraten: Document) -> None:
    bladen = list(pypdfium2.PdfDocument(pdf.maak(los(branchestraten))))
    for nummer, blad in enumerate(bladen, 1):
        voet = " ".join(blad.get_textpage().get_text_bounded(top=VOET).split())
        assert f"Pagina {nummer} van {len(bladen)}" in voet
        assert f"versie van {branchestraten['versie_van']} · actueel op {branchestraten['actueel_op']}" in voet
        assert "/b/4" in voet
    assert "Branchestraten" in bladen[1].get_textpage().get_text_bounded(bottom=HOOGTE - KOP)


def test_the_qr_code_and_the_links_lead_to_the_site(branchestraten: Document) -> None:
    with pikepdf.open(io.BytesIO(pdf.maak(los(branchestraten)))) as document:
        adressen = {
            str(a.A.URI) for blad in document.pages for a in blad.get("/Annots", []) if "/URI" in a.get("/A", {})
        }
        figuren = [str(e.Alt) for e in ua.elementen(document) if str(e.S) == "/Figure"]
    assert {branchestraten["adres"], branchestraten["kort_adres"]} <= adressen
    assert f"QR-code naar {branchestraten['kort_adres']}" in figuren


def test_the_same_content_gives_the_same_bytes(branchestraten: Document) -> None:
    assert pdf.maak(los(branchestraten)) == pdf.maak(los(branchestraten))


def test_a_book_has_cover_foreword_contents_and_registers_that_are_right(documenten: list[Document]) -> None:
    gekozen = documenten[:6]
    inhoud = pdf.maak(bundel(gekozen))
    assert ua.fouten(inhoud) == []
    bladen = [tekens(blad.get_textpage().get_text_bounded()) for blad in pypdfium2.PdfDocument(inhoud)]
    assert all(
        tekens(deel) in bladen[0] for deel in ("Blauwdrukboek van onze regio", "Noordoost-Brabant", "21 november")
    )
    assert "BestecollegaDitboekbundelt" in bladen[1]
    for document in gekozen:
        begin = next(i for i, blad in enumerate(bladen, 1) if f"Blauwdruk{document['nummer']}" in blad[:60] and i > 3)
        assert tekens(document["titel"]) in bladen[begin - 1]
        assert f"{tekens(document['titel'])}{begin}" in bladen[2]
        register = "".join(bladen[-3:])
        for woord in map(tekens, document["themas"] + document["regios"]):
            plaatsen = [plaats.end() for plaats in re.finditer(woord, register)]
            assert any(f"{tekens(document['titel'])}{begin}" in register[plaats:] for plaats in plaatsen), woord
    namen = [naam for niveau, naam in ua.bladwijzers(inhoud) if niveau == 1]
    assert namen == ["Voorwoord", *(d["titel"] for d in gekozen), "Register op thema", "Register op regio"]


def test_a_book_without_foreword_subtitle_or_organisation_is_a_book_too(documenten: list[Document]) -> None:
    inhoud = pdf.maak(bundel(documenten[:1], voorwoord="", ondertitel="", organisatie=""))
    assert ua.fouten(inhoud) == []
    assert "Voorwoord" not in gelezen(inhoud)


@pytest.mark.parametrize("aantal", [2, 3, 4])
def test_a_comparison_is_a_wide_table_that_marks_what_differs(documenten: list[Document], aantal: int) -> None:
    opdracht = vergelijking(documenten[:aantal])
    inhoud = pdf.maak(opdracht)
    assert ua.fouten(inhoud) == []
    bladen = list(pypdfium2.PdfDocument(inhoud))
    assert all(blad.get_width() > blad.get_height() for blad in bladen)
    for blad in bladen:
        kop = tekens(blad.get_textpage().get_text_bounded())
        assert all(tekens(document["titel"]) in kop for document in documenten[:aantal])
    tekst = "".join(blad.get_textpage().get_text_bounded() for blad in bladen)
    rijen = [rij for groep in opdracht["vergelijking"]["groepen"] for rij in groep["rijen"]]
    assert len(re.findall("≠ verschilt", tekst)) == sum(rij["anders"] for rij in rijen) + 1  # and one in the legend
    verwacht = Counter(tekens("".join(blaadjes([rij["cellen"] for rij in rijen]))))
    assert verwacht - Counter(tekens(tekst)) == Counter()


@pytest.mark.parametrize("tekst", VIJANDIG)
def test_hostile_text_is_plain_text(branchestraten: Document, tekst: str) -> None:
    vijandig = met_blokken(branchestraten, [alinea(tekst, {"t": "b", "c": [tekst]})])
    inhoud = pdf.maak(los(vijandig | {"titel": tekst, "samenvatting": tekst, "regios": [tekst], "stand": tekst}))
    assert ua.fouten(inhoud) == []
    if tekst.isascii():
        assert tekens(gelezen(inhoud)).count(tekens(tekst)) >= 4


def test_typesetting_language_is_never_run(branchestraten: Document) -> None:
    kwaad = '#read("stijl.typ") #panic("kwaad") $x$ @ref <label> *a* `b` = kop'
    assert tekens(kwaad) in tekens(gelezen(pdf.maak(los(met_blokken(branchestraten, [alinea(kwaad)])))))


def test_only_addresses_that_can_be_followed_become_links(branchestraten: Document) -> None:
    adressen = [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "/regios/",
        "https://voorbeeld.nl/a b",
        "https://goed.nl/x",
    ]
    blok = alinea(*({"t": "a", "h": adres, "c": [f"tekst {adres}"]} for adres in adressen))
    inhoud = pdf.maak(los(met_blokken(branchestraten, [blok])))
    with pikepdf.open(io.BytesIO(inhoud)) as document:
        gevonden = {str(a.A.URI) for blad in document.pages for a in blad.get("/Annots", [])}
    assert gevonden - {branchestraten["adres"], branchestraten["kort_adres"]} == {
        "http://127.0.0.1:8000/regios/",
        "https://goed.nl/x",
    }
    assert "passwd" in gelezen(inhoud)


def test_what_no_typeface_has_becomes_a_mark_that_is_explained(branchestraten: Document) -> None:
    tekst = gelezen(pdf.maak(los(met_blokken(branchestraten, [alinea("Vier 👩‍👩‍👧‍👦 feest 🎉\x07\u202e!")]))))
    assert "Vier ▯ feest ▯!" in tekst
    assert "Het teken ▯ staat voor" in tekst
    assert "Het teken" not in gelezen(pdf.maak(los(branchestraten)))


@pytest.mark.parametrize("stijl", ["#d", "#strong(d)", "#emph(d)", "#strong(emph(d))", "#text(weight: 600, d)"])
def test_all_characters_that_are_let_through_can_be_shown_in_every_style(stijl: str) -> None:
    reeksen = [reeks.split("-") for reeks in letters.LETTERS.split()]
    tekst = " ".join(chr(teken) for reeks in reeksen for teken in range(int(reeks[0], 16), int(reeks[-1], 16) + 1))
    (lettertypen,) = re.findall(r"font: (\(.*?\))", (pdf.SJABLONEN / "stijl.typ").read_text())
    bron = f'#set document(title: "x")\n#set text(font: {lettertypen})\n#let d = sys.inputs.d\n{stijl}'
    opties: dict[str, Any] = {"font_paths": [pdf.LETTERTYPEN], "ignore_system_fonts": True, "sys_inputs": {"d": tekst}}
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
    sectie = {"kop": teksten[-1], "blokken": [*(alinea(tekst) for tekst in teksten), *koppen]}
    heel = leeg | lijsten | {"secties": [sectie]}
    assert ua.fouten(pdf.maak(los(heel))) == []
    assert ua.fouten(pdf.maak(bundel([heel | {"titel": teksten[0]}], titel=teksten[0]))) == []


def test_deep_lists_long_words_and_wide_tables_fit(branchestraten: Document) -> None:
    diep = blokken("<ul><li>a" * 60 + "</li></ul>" * 60)
    dieper: Any = alinea("onderaan")
    for _ in range(60):
        dieper = {"t": "ul", "c": [[dieper]]}
    breed = {"t": "tabel", "koppen": ["W" * 300] * 5, "rijen": [[["arbeidsmarkt" * 25]] * 5]}
    inhoud = pdf.maak(los(met_blokken(branchestraten, [*diep, dieper, alinea("W" * 300), breed])))
    assert ua.fouten(inhoud) == []
    for blad in pypdfium2.PdfDocument(inhoud):
        tekst = blad.get_textpage()
        vakken = [tekst.get_charbox(i) for i in range(tekst.count_chars()) if tekst.get_text_range(i, 1).strip()]
        assert max(vak[2] for vak in vakken) <= blad.get_width()


def test_a_paragraph_of_a_megabyte_is_set_and_more_than_that_is_refused(branchestraten: Document) -> None:
    zin = "Werkgevers leren meer over het onderwerp en kunnen er beter mee omgaan. "
    assert pdf.maak(los(met_blokken(branchestraten, [alinea(zin * 14_000)])))
    with pytest.raises(Mislukt, match="te lang"):
        pdf.maak(los(met_blokken(branchestraten, [alinea(zin * (zetsel.MAX_TEKENS // len(zin) + 1))])))


def test_the_checks_see_what_is_wrong(branchestraten: Document) -> None:
    kaal = typst.compile(
        b"= Kop\n#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>\"))\n=== Sprong"
    )
    assert {"no title", "does not say that it is PDF/UA-1", "heading 3 after 1"} <= set(ua.fouten(kaal))
    stuk = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf.maak(los(branchestraten)))) as document:
        del document.Root.Lang, document.Root.MarkInfo, document.Root.Outlines, document.Root.ViewerPreferences
        for element in ua.elementen(document):
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
    assert len({re.sub(r"\d+|/\S+", "", fout) for fout in ua.fouten(stuk.getvalue())}) >= 10


def test_the_process_that_makes_it_starts_without_django() -> None:
    code = "import sys, blauwdrukken.documents.formats.pdf.document; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
