from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import time
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from blauwdrukken.documents.formats import word
from blauwdrukken.text.tree import MAX_DEPTH, parse_blocks
from tests.documents.samples import (
    FOREWORD,
    HOSTILE,
    LONGEST_WORD,
    block_texts,
    bundel,
    comparison,
    document_texts,
    missing_texts,
    one_blauwdruk,
    paragraph,
    with_blocks,
)

pytestmark = pytest.mark.once


def open_word(order: dict[str, Any]) -> Any:
    return Document(io.BytesIO(word.make(order)))


def in_office(files: dict[str, bytes], folder: Path) -> dict[str, str]:
    """Text of each document as LibreOffice reads it, all in one process."""
    for name, content in files.items():
        (folder / f"{name}.docx").write_bytes(content)
    office = shutil.which("soffice") or shutil.which("libreoffice")
    assert office, "LibreOffice Writer is needed: see bin/test"
    subprocess.run(
        [
            *(office, f"-env:UserInstallation=file://{folder}/profiel", "--headless"),
            *("--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(folder)),
            *(f"{folder}/{name}.docx" for name in files),
        ],
        env=os.environ | {"HOME": str(folder)},
        check=True,
        capture_output=True,
        timeout=180,
    )
    return {name: (folder / f"{name}.txt").read_text("utf-8-sig") for name in files}


def heading_levels(document: Any) -> list[int]:
    """Levels of the headings in order, the title as 0."""
    styles = [para.style.name for para in document.paragraphs]
    return [0 if style == "Title" else int(style[-1]) for style in styles if re.match(r"Title|Heading \d", style)]


def test_every_blueprint_and_a_bundle_of_all_open_in_libreoffice_with_all_their_text_in_order(
    documents: list[dict[str, Any]], tmp_path: Path
) -> None:
    files = {document["slug"]: word.make(one_blauwdruk(document)) for document in documents}
    parsed = in_office(files | {"bundel": word.make(bundel(documents))}, tmp_path)
    lost = {
        document["slug"]: missing_texts(document_texts(document), parsed[document["slug"]]) for document in documents
    }
    assert len(documents) == 25
    assert {slug: piece for slug, piece in lost.items() if piece} == {}
    everything = (piece for document in documents for piece in document_texts(document))
    assert missing_texts(everything, parsed["bundel"]) == []
    assert missing_texts(iter([*FOREWORD.split("\n"), "Inhoud", "Branchestraten"]), parsed["bundel"]) == []


def test_every_numbered_list_begins_at_one_and_levels_count_by_themselves(
    branchestraten: dict[str, Any], tmp_path: Path
) -> None:
    html = "<ol><li>een<ol><li>diep</li><li>dieper</li></ol></li><li>twee<ol><li>weer</li></ol></li></ol><p>tussen</p>"
    content = parse_blocks(html + "<ol><li>opnieuw</li></ol><ul><li>punt<ol><li>onder punt</li></ol></li></ul>")
    parsed = in_office({"lijst": word.make(one_blauwdruk(with_blocks(branchestraten, content)))}, tmp_path)["lijst"]
    lines = [" ".join(line.split()) for line in parsed.splitlines()]
    for line in ("1. een", "a. diep", "b. dieper", "2. twee", "a. weer", "1. opnieuw", "• punt", "a. onder punt"):
        assert line in lines, line


def test_headings_are_real_and_skip_no_level(documents: list[dict[str, Any]]) -> None:
    for order, start in ((bundel(documents), 0), (one_blauwdruk(documents[0]), 0), (comparison(documents[:3]), 0)):
        found = heading_levels(open_word(order))
        assert found[0] == start
        assert found.count(0) == 1
        assert all(following <= previous + 1 for previous, following in pairwise(found))


def test_the_sections_of_a_blueprint_are_its_headings(branchestraten: dict[str, Any]) -> None:
    document = open_word(one_blauwdruk(branchestraten))
    headings = [para.text for para in document.paragraphs if para.style.name == "Heading 1"]
    assert headings == [*(sectie["kop"] for sectie in branchestraten["secties"]), "Over deze tekst"]


def test_every_table_has_a_header_row_that_comes_back(documents: list[dict[str, Any]]) -> None:
    for order in (bundel(documents), comparison(documents[:4])):
        tables = open_word(order).tables
        assert tables
        for table in tables:
            headings = [
                row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows
            ]
            assert headings == [True] + [False] * (len(headings) - 1)
            assert table.style.name == "Kennisbank"


def test_the_file_says_what_it_is_and_speaks_dutch(branchestraten: dict[str, Any]) -> None:
    document = open_word(one_blauwdruk(branchestraten))
    properties = document.core_properties
    assert (properties.title, properties.author, properties.language) == (
        "Branchestraten",
        "Kennisbank Blauwdrukken",
        "nl-NL",
    )
    assert properties.keywords == ", ".join(branchestraten["themas"])
    assert f"{properties.created:%Y}" in branchestraten["versie_van"]
    assert {language.get(qn("w:val")) for language in document.styles.element.iter(qn("w:lang"))} == {"nl-NL"}


def test_every_page_tells_its_state_its_number_and_its_address(branchestraten: dict[str, Any]) -> None:
    sectie = open_word(one_blauwdruk(branchestraten)).sections[0]
    state = f"Versie van {branchestraten['versie_van']}, opgehaald op {branchestraten['opgehaald_op']}"
    assert state in sectie.header.paragraphs[0].text
    footer = sectie.footer.paragraphs[0]
    assert branchestraten["kort_adres"] in footer.text
    assert [field.text.strip() for field in footer._p.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
    assert [link.address for link in footer.hyperlinks] == [branchestraten["kort_adres"]]


def test_links_lead_where_they_should_and_never_to_a_script(branchestraten: dict[str, Any]) -> None:
    content = [
        paragraph({"t": "a", "h": "https://www.uwv.nl/a b?x=1&y=é", "c": ["goed"]}),
        paragraph({"t": "a", "h": "javascript:alert(1)", "c": ["script"]}),
        paragraph({"t": "a", "h": "http://[stuk", "c": ["stuk"]}),
    ]
    document = open_word(one_blauwdruk(with_blocks(branchestraten, content)))
    links = {link.text: link.address for para in document.paragraphs for link in para.hyperlinks}
    assert links["goed"] == "https://www.uwv.nl/a%20b?x=1&y=%C3%A9"
    assert not {"script", "stuk"} & links.keys()
    assert {"script", "stuk"} <= {para.text for para in document.paragraphs}


def test_contents_and_index_of_a_bundle_lead_to_its_blueprints(documents: list[dict[str, Any]]) -> None:
    document = open_word(bundel(documents))
    spots = {spot.get(qn("w:name")) for spot in document.element.iter(qn("w:bookmarkStart"))}
    for style in ("toc 1", "index 2"):
        lines = [para for para in document.paragraphs if para.style.name == style]
        for line in lines:
            (link,) = line.hyperlinks
            assert link.fragment in spots
            fields = [field.text for field in line._p.iter(qn("w:instrText"))]
            assert f" PAGEREF {link.fragment} \\h " in fields
        assert {d["titel"] for d in documents} - {line.text.strip() for line in lines} <= {
            d["titel"] for d in documents if style == "index 2" and not d["themas"] + d["regios"]
        }
    names = {para.text for para in document.paragraphs if para.style.name == "index 1"}
    assert names == {name for d in documents for name in d["themas"] + d["regios"]}


def test_every_blueprint_of_a_bundle_begins_on_a_new_page(documents: list[dict[str, Any]]) -> None:
    document = open_word(bundel(documents[:3]))
    assert document.styles["Heading 1"].paragraph_format.page_break_before
    headings = [para.text for para in document.paragraphs if para.style.name == "Heading 1"]
    assert headings == ["Voorwoord", *(d["titel"] for d in documents[:3]), "Register"]


def test_a_bundle_without_foreword_subtitle_and_organisation_has_none(documents: list[dict[str, Any]]) -> None:
    document = open_word(bundel(documents[:1], voorwoord=" \n", ondertitel="", organisatie=""))
    assert "Voorwoord" not in [para.text for para in document.paragraphs]
    assert document.paragraphs[0].text == "Kennisbank Blauwdrukken"


def test_a_comparison_lies_on_its_side_and_marks_what_differs(documents: list[dict[str, Any]]) -> None:
    order = comparison(documents[:4])
    document = open_word(order)
    assert document.sections[0].page_width > document.sections[0].page_height
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert rows[0] == ["Kenmerk", *(d["titel"] for d in documents[:4])]
    for group in order["vergelijking"]["groepen"]:
        for row in group["rijen"]:
            found = next(r for r in rows if r[0] == f"{'≠ ' * row['anders']}{row['kop']}")
            for cell, content in zip(found[1:], row["cellen"], strict=True):
                sought = (t for b in content for t in block_texts([b | {"koppen": []}]))
                assert missing_texts(sought, cell) == []


def test_the_same_content_gives_the_same_bytes(documents: list[dict[str, Any]]) -> None:
    for order in (one_blauwdruk(documents[0]), bundel(documents[:2]), comparison(documents[:2])):
        first = word.make(order)
        with zipfile.ZipFile(io.BytesIO(first)) as zip_:
            assert {part.date_time for part in zip_.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            for part in zip_.namelist():
                if part.endswith((".xml", ".rels")):
                    etree.fromstring(zip_.read(part))
        assert word.make(order) == first


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_text_comes_out_as_plain_text(branchestraten: dict[str, Any], hostile: str) -> None:
    document = with_blocks(branchestraten, [paragraph(hostile), {"t": "ul", "c": [[paragraph(hostile)]]}])
    document |= {"titel": hostile, "samenvatting": hostile, "toelichting": hostile, "kenmerken": [[hostile, hostile]]}
    paragraphs = [para.text for para in open_word(one_blauwdruk(document)).paragraphs]
    assert paragraphs.count(hostile) == 4
    assert f"{hostile}\t{hostile}" in paragraphs


def test_control_characters_disappear_and_nothing_else(branchestraten: dict[str, Any]) -> None:
    document = with_blocks(branchestraten, [paragraph("voor\x00\x0b\x1f\ufffe\ud800na")])
    assert "voorna" in [para.text for para in open_word(one_blauwdruk(document)).paragraphs]


def test_deep_lists_and_long_texts_stay_within_bounds(branchestraten: dict[str, Any], tmp_path: Path) -> None:
    deep = "<ul><li>bodem</li></ul>"
    for _ in range(60):
        deep = f"<ol><li>laag{deep}</li></ol>"
    long_text = "woord " * 170_000
    content = [
        *parse_blocks(deep),
        paragraph(long_text),
        {"t": "tabel", "koppen": ["a", "b"], "rijen": [[[LONGEST_WORD], [long_text]]]},
    ]
    start = time.process_time()
    file = word.make(one_blauwdruk(with_blocks(branchestraten, content)))
    assert time.process_time() - start < 10
    document = Document(io.BytesIO(file))
    assert sum(para.text == "laag" for para in document.paragraphs) == 60
    deepest = max(int(ilvl.get(qn("w:val"))) for ilvl in document.element.iter(qn("w:ilvl")))
    assert deepest == MAX_DEPTH - 1
    assert [cell.text.strip() for cell in document.tables[0].rows[1].cells] == [LONGEST_WORD, long_text.strip()]


# Order in which the format (ECMA-376) wants the children of these elements; Word refuses a file that differs.
CHILD_ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens spacing ind contextualSpacing jc outlineLvl cnfStyle rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike noProof vanish color spacing kern position sz szCs "
    "highlight u shd vertAlign rtl cs lang",
    "style": "name aliases basedOn next link hidden uiPriority semiHidden unhideWhenUsed qFormat locked rsid pPr rPr "
    "tblPr trPr tcPr tblStylePr",
    "pBdr": "top left bottom right between bar",
    "numPr": "ilvl numId",
    "abstractNum": "nsid multiLevelType tmpl name lvl",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlJc pPr rPr",
    "numbering": "abstractNum num",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "cnfStyle tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign",
    "tbl": "tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
}


def test_all_elements_stand_in_the_order_that_the_format_asks(documents: list[dict[str, Any]]) -> None:
    long_text = (
        "<ol><li>a<ol><li>b<ol><li>c<ol><li>d</li></ol></li></ol></li></ol></li></ol><ul><li>a<p>b</p></li></ul>"
    )
    full = with_blocks(documents[0], [*parse_blocks(long_text), paragraph({"t": "b", "c": [{"t": "i", "c": ["vet"]}]})])
    for order in (one_blauwdruk(full), bundel([*documents[:4], full]), comparison(documents[:4])):
        with zipfile.ZipFile(io.BytesIO(word.make(order))) as zip_:
            parts = [etree.fromstring(zip_.read(n)) for n in zip_.namelist() if re.fullmatch(r"word/\w+\.xml", n)]
        for element in (element for part in parts for element in part.iter(etree.Element)):
            ordering = CHILD_ORDER.get(etree.QName(element).localname, "").split()
            children = [etree.QName(child).localname for child in element] if ordering else []
            assert set(children) <= set(ordering), etree.tostring(element)[:300]
            assert children == sorted(children, key=ordering.index), etree.tostring(element)[:300]
