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


def letters_and_digits(text: str) -> str:
    """Letters and digits: what hyphens, line ends and list marks do not touch."""
    return "".join(character for character in text if character.isalnum())


def read_text(content: bytes) -> str:
    """The text of all pages without their heads and feet."""
    parts = []
    for nummer, sheet in enumerate(pypdfium2.PdfDocument(content)):
        above = sheet.get_height() - (HEAD if nummer else 0)
        parts.append(sheet.get_textpage().get_text_bounded(bottom=FOOT, top=above))
    return "".join(parts)


def leaf_texts(node: Any) -> Iterator[str]:
    """Every text in blocks, in reading order."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for part in node:
            yield from leaf_texts(part)
    elif node["t"] == "tabel":
        full = [column for column in range(len(node["koppen"])) if any(row[column] != [""] for row in node["rijen"])]
        yield from (node["koppen"][column] for column in full)
        yield from leaf_texts(node["rijen"])
    elif "c" in node:
        yield from leaf_texts(node["c"])


def stands_in_order(pieces: list[str], text: str) -> bool:
    """Whether all pieces are in the text, one after the other."""
    place = 0
    for piece in map(letters_and_digits, pieces):
        found = text.find(piece, place)
        assert found >= 0, f"{piece!r} is not after {text[max(0, place - 60) : place]!r}"
        place = found + len(piece)
    return True


@pytest.fixture
def chosen_document(documents: list[Document], request: pytest.FixtureRequest) -> Document:
    return documents[request.param]


@pytest.mark.parametrize("chosen_document", range(25), indirect=True)
def test_every_blueprint_is_accessible_and_complete(chosen_document: Document) -> None:
    content = pdf_document.make(one_blauwdruk(chosen_document))
    assert ua.faults(content) == []
    assert ua.title_of(content) == chosen_document["titel"]
    headings = [sectie["kop"] for sectie in chosen_document["secties"]]
    assert [heading for level, heading in ua.bookmarks(content) if level == 2] == [*headings, "Over deze blauwdruk"]
    text = letters_and_digits(read_text(content))
    short = [chosen_document["titel"], chosen_document["samenvatting"]]
    short += [part for cijfer in chosen_document["kerncijfers"] for part in (cijfer["waarde"], cijfer["omschrijving"])]
    assert stands_in_order(short, text)
    for name, value in chosen_document["kenmerken"]:
        assert letters_and_digits(name + value) in text
    for sectie in chosen_document["secties"]:
        assert stands_in_order([sectie["kop"], *leaf_texts(sectie["blokken"])], text)
    assert stands_in_order(headings, text)


def test_each_page_tells_what_it_is_how_old_and_how_far(branchestraten: Document) -> None:
    sheets = list(pypdfium2.PdfDocument(pdf_document.make(one_blauwdruk(branchestraten))))
    for nummer, sheet in enumerate(sheets, 1):
        footer = " ".join(sheet.get_textpage().get_text_bounded(top=FOOT).split())
        assert f"Pagina {nummer} van {len(sheets)}" in footer
        assert f"versie van {branchestraten['versie_van']} · opgehaald op {branchestraten['opgehaald_op']}" in footer
        assert "/b/4" in footer
    assert "Branchestraten" in sheets[1].get_textpage().get_text_bounded(bottom=HEIGHT - HEAD)


def test_the_qr_code_and_the_links_lead_to_the_site(branchestraten: Document) -> None:
    with pikepdf.open(io.BytesIO(pdf_document.make(one_blauwdruk(branchestraten)))) as document:
        urls = {str(a.A.URI) for sheet in document.pages for a in sheet.get("/Annots", []) if "/URI" in a.get("/A", {})}
        figures = [str(e.Alt) for e in ua.elements(document) if str(e.S) == "/Figure"]
    assert {branchestraten[name] for name in ("adres", "kort_adres", "uitleg_trede")} <= urls
    assert f"QR-code naar {branchestraten['kort_adres']}" in figures


def test_the_same_content_gives_the_same_bytes(branchestraten: Document) -> None:
    assert pdf_document.make(one_blauwdruk(branchestraten)) == pdf_document.make(one_blauwdruk(branchestraten))


def test_a_book_has_cover_foreword_contents_and_registers_that_are_right(documents: list[Document]) -> None:
    chosen = documents[:6]
    content = pdf_document.make(bundel(chosen))
    assert ua.faults(content) == []
    sheets = [letters_and_digits(sheet.get_textpage().get_text_bounded()) for sheet in pypdfium2.PdfDocument(content)]
    assert all(
        letters_and_digits(part) in sheets[0]
        for part in ("Blauwdrukboek van onze regio", "Noordoost-Brabant", "21 november")
    )
    assert "BestecollegaDitboekbundelt" in sheets[1]
    for document in chosen:
        start = next(i for i, sheet in enumerate(sheets, 1) if f"Blauwdruk{document['nummer']}" in sheet[:60] and i > 3)
        assert letters_and_digits(document["titel"]) in sheets[start - 1]
        assert f"{letters_and_digits(document['titel'])}{start}" in sheets[2]
        register = "".join(sheets[-3:])
        for word in map(letters_and_digits, document["themas"] + document["regios"]):
            places = [place.end() for place in re.finditer(word, register)]
            assert any(f"{letters_and_digits(document['titel'])}{start}" in register[place:] for place in places), word
    names = [name for level, name in ua.bookmarks(content) if level == 1]
    assert names == ["Voorwoord", *(d["titel"] for d in chosen), "Register op thema", "Register op regio"]


def test_a_book_without_foreword_subtitle_or_organisation_is_a_book_too(documents: list[Document]) -> None:
    content = pdf_document.make(bundel(documents[:1], voorwoord="", ondertitel="", organisatie=""))
    assert ua.faults(content) == []
    assert "Voorwoord" not in read_text(content)


@pytest.mark.parametrize("count", [2, 3, 4])
def test_a_comparison_is_a_wide_table_that_marks_what_differs(documents: list[Document], count: int) -> None:
    order = comparison(documents[:count])
    content = pdf_document.make(order)
    assert ua.faults(content) == []
    sheets = list(pypdfium2.PdfDocument(content))
    assert all(sheet.get_width() > sheet.get_height() for sheet in sheets)
    for sheet in sheets:
        heading = letters_and_digits(sheet.get_textpage().get_text_bounded())
        assert all(letters_and_digits(document["titel"]) in heading for document in documents[:count])
    text = "".join(sheet.get_textpage().get_text_bounded() for sheet in sheets)
    rows = [row for group in order["vergelijking"]["groepen"] for row in group["rijen"]]
    assert len(re.findall("≠ verschilt", text)) == sum(row["anders"] for row in rows) + 1  # and one in the legend
    expected = Counter(letters_and_digits("".join(leaf_texts([row["cellen"] for row in rows]))))
    assert expected - Counter(letters_and_digits(text)) == Counter()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_plain_text(branchestraten: Document, text: str) -> None:
    hostile = with_blocks(branchestraten, [paragraph(text, {"t": "b", "c": [text]})])
    content = pdf_document.make(
        one_blauwdruk(hostile | {"titel": text, "samenvatting": text, "regios": [text], "stand": text})
    )
    assert ua.faults(content) == []
    if text.isascii():
        assert letters_and_digits(read_text(content)).count(letters_and_digits(text)) >= 4


def test_typesetting_language_is_never_run(branchestraten: Document) -> None:
    hostile = '#read("stijl.typ") #panic("kwaad") $x$ @ref <label> *a* `b` = kop'
    assert letters_and_digits(hostile) in letters_and_digits(
        read_text(pdf_document.make(one_blauwdruk(with_blocks(branchestraten, [paragraph(hostile)]))))
    )


def test_only_addresses_that_can_be_followed_become_links(branchestraten: Document) -> None:
    urls = [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "/regios/",
        "https://voorbeeld.nl/a b",
        "https://goed.nl/x",
    ]
    block = paragraph(*({"t": "a", "h": url, "c": [f"tekst {url}"]} for url in urls))
    content = pdf_document.make(one_blauwdruk(with_blocks(branchestraten, [block])))
    with pikepdf.open(io.BytesIO(content)) as document:
        found = {str(a.A.URI) for sheet in document.pages for a in sheet.get("/Annots", [])}
    assert found - {branchestraten[name] for name in ("adres", "kort_adres", "uitleg_trede")} == {
        "http://127.0.0.1:8000/regios/",
        "https://goed.nl/x",
    }
    assert "passwd" in read_text(content)


def test_what_no_typeface_has_becomes_a_mark_that_is_explained(branchestraten: Document) -> None:
    text = read_text(
        pdf_document.make(one_blauwdruk(with_blocks(branchestraten, [paragraph("Vier 👩‍👩‍👧‍👦 feest 🎉\x07\u202e!")])))
    )
    assert "Vier ▯ feest ▯!" in text
    assert "Het teken ▯ staat voor" in text
    assert "Het teken" not in read_text(pdf_document.make(one_blauwdruk(branchestraten)))


@pytest.mark.parametrize("stijl", ["#d", "#strong(d)", "#emph(d)", "#strong(emph(d))", "#text(weight: 600, d)"])
def test_all_characters_that_are_let_through_can_be_shown_in_every_style(stijl: str) -> None:
    ranges = [part.split("-") for part in glyphs.GLYPHS.split()]
    text = " ".join(chr(character) for part in ranges for character in range(int(part[0], 16), int(part[-1], 16) + 1))
    (typefaces,) = re.findall(r"font: (\(.*?\))", (pdf_document.TEMPLATES / "stijl.typ").read_text())
    source = f'#set document(title: "x")\n#set text(font: {typefaces})\n#let d = sys.inputs.d\n{stijl}'
    options: dict[str, Any] = {
        "font_paths": [pdf_document.TYPEFACES],
        "ignore_system_fonts": True,
        "sys_inputs": {"d": text},
    }
    assert typst.compile(source.encode(), pdf_standards="ua-1", **options)


@settings(max_examples=25)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), min_size=1, max_size=6))
def test_any_text_at_all_makes_a_document(texts: list[str]) -> None:
    names = ("titel", "beschreven", "leeftijd", "stand", "bron", "versie_van", "opgehaald_op", "samenvatting")
    document = dict.fromkeys(names, "x")
    empty = document | {
        "adres": "http://x.nl/a",
        "kort_adres": "http://x.nl/b/1",
        "nummer": 1,
        "toelichting": texts[0],
    }
    lists: dict[str, Any] = {
        "themas": texts,
        "regios": texts,
        "kenmerken": [["Naam", texts[0]]],
        "kerncijfers": [],
        "citaten": [{"tekst": text, "wie": text} for text in texts],
    }
    headings = [{"t": "h", "c": [text]} for text in texts]
    sectie = {"kop": texts[-1], "blokken": [*(paragraph(text) for text in texts), *headings]}
    whole = empty | lists | {"secties": [sectie]}
    assert ua.faults(pdf_document.make(one_blauwdruk(whole))) == []
    assert ua.faults(pdf_document.make(bundel([whole | {"titel": texts[0]}], titel=texts[0]))) == []


def test_deep_lists_long_words_and_wide_tables_fit(branchestraten: Document) -> None:
    deep = parse_blocks("<ul><li>a" * 60 + "</li></ul>" * 60)
    deeper: Any = paragraph("onderaan")
    for _ in range(60):
        deeper = {"t": "ul", "c": [[deeper]]}
    wide = {"t": "tabel", "koppen": ["W" * 300] * 5, "rijen": [[["arbeidsmarkt" * 25]] * 5]}
    content = pdf_document.make(one_blauwdruk(with_blocks(branchestraten, [*deep, deeper, paragraph("W" * 300), wide])))
    assert ua.faults(content) == []
    for sheet in pypdfium2.PdfDocument(content):
        text = sheet.get_textpage()
        boxes = [text.get_charbox(i) for i in range(text.count_chars()) if text.get_text_range(i, 1).strip()]
        assert max(box[2] for box in boxes) <= sheet.get_width()


def test_a_paragraph_of_a_megabyte_is_set_and_more_than_that_is_refused(branchestraten: Document) -> None:
    sentence = "Werkgevers leren meer over het onderwerp en kunnen er beter mee omgaan. "
    assert pdf_document.make(one_blauwdruk(with_blocks(branchestraten, [paragraph(sentence * 14_000)])))
    with pytest.raises(Failed, match="te lang"):
        pdf_document.make(
            one_blauwdruk(
                with_blocks(branchestraten, [paragraph(sentence * (typesetting.MAX_CHARACTERS // len(sentence) + 1))])
            )
        )


def test_the_checks_see_what_is_wrong(branchestraten: Document) -> None:
    bare = typst.compile(
        b"= Kop\n#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>\"))\n=== Sprong"
    )
    assert {"no title", "does not say that it is PDF/UA-1", "heading 3 after 1"} <= set(ua.faults(bare))
    piece = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_document.make(one_blauwdruk(branchestraten)))) as document:
        del document.Root.Lang, document.Root.MarkInfo, document.Root.Outlines, document.Root.ViewerPreferences
        for element in ua.elements(document):
            if str(element.S) == "/Figure":
                del element.Alt
            elif str(element.S) == "/TH":
                del element.A
        for sheet in document.pages:
            del sheet.Tabs
            for hyperlink in sheet.get("/Annots", []):
                del hyperlink.Contents, hyperlink.StructParent
        for object_ in document.objects:
            if isinstance(object_, pikepdf.Dictionary) and "/ToUnicode" in object_:
                del object_.ToUnicode
        document.save(piece)
    assert len({re.sub(r"\d+|/\S+", "", error) for error in ua.faults(piece.getvalue())}) >= 10


def test_the_process_that_makes_it_starts_without_django() -> None:
    code = "import sys, blauwdrukken.documents.formats.pdf.document; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
