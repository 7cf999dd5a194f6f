"""What may come in, what may not, and why."""

from __future__ import annotations

import contextlib
import os
import struct
import zipfile
import zlib
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from blauwdrukken.uploads import Reden, Soort, controleer, keur
from tests.uploads import files as maak

pytestmark = pytest.mark.once

GOED = {
    "plan.pdf": (maak.pdf(), Soort.PDF),
    "Plan van aanpak.DOCX": (maak.word(), Soort.DOCX),
    "begroting.xlsx": (maak.excel(), Soort.XLSX),
    "brief.odt": (maak.odt(), Soort.ODT),
    "foto.png": (maak.foto("PNG"), Soort.PNG),
    "foto.jpg": (maak.foto("JPEG"), Soort.JPG),
    "foto.jpeg": (maak.foto("JPEG"), Soort.JPG),
    "foto.webp": (maak.foto("WEBP"), Soort.WEBP),
}


def lees(inhoud: bytes, naam: str) -> Soort:
    return controleer(ContentFile(inhoud), naam)


@pytest.mark.parametrize("naam", GOED)
def test_what_is_allowed_is_recognised_by_its_content(naam: str) -> None:
    inhoud, soort = GOED[naam]
    assert lees(inhoud, naam) is soort


def actie(soort: str) -> Any:
    def zet(document: pikepdf.Pdf) -> None:
        document.Root.OpenAction = document.make_indirect(pikepdf.Dictionary(S=pikepdf.Name(soort), JS="app.alert(1)"))

    return zet


def bijlage(document: pikepdf.Pdf) -> None:
    document.attachments["geheim.exe"] = b"MZ kwaad"


def formulier(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = pikepdf.Dictionary(XFA=pikepdf.String("<xdp/>"))


STROMEN = pikepdf.ObjectStreamMode.generate
WACHTWOORD = pikepdf.Encryption(owner="geheim", user="geheim")
ALLEEN_LEZEN = pikepdf.Encryption(owner="geheim", user="")
RELATIES = "word/_rels/document.xml.rels"
NAAR_BUITEN = (
    '<Relationship Id="x" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
    'Target="https://kwaad.voorbeeld/x" TargetMode="External"/></Relationships>'
)
HOOFD = "wordprocessingml.document.main+xml"
VELD = "<w:p><w:r><w:instrText>DDEA</w:instrText></w:r><w:r><w:instrText>UTO c:\\x</w:instrText></w:r></w:p>"
ODF_SCRIPT = '<s:event-listener xmlns:s="urn:oasis:names:tc:opendocument:xmlns:script:1.0"/>'
ODF_GEHEIM = "<manifest:encryption-data/>"
ODF_BEELD = (
    '<d:image xmlns:d="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:x="http://www.w3.org/1999/xlink" x:href="https://kwaad.voorbeeld/x.png"/>'
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500
DTD = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'


def word_met(naam: str, inhoud: bytes) -> bytes:
    return maak.met_delen(maak.word(), {naam: inhoud})


def png_van(breedte: int, hoogte: int) -> bytes:
    """A PNG that says how large it is, and holds nothing of it."""

    def stuk(soort: bytes, inhoud: bytes) -> bytes:
        return struct.pack(">I", len(inhoud)) + soort + inhoud + struct.pack(">I", zlib.crc32(soort + inhoud))

    kop = struct.pack(">IIBBBBB", breedte, hoogte, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + stuk(b"IHDR", kop) + stuk(b"IDAT", zlib.compress(b"")) + stuk(b"IEND", b"")


FOUT: list[tuple[str, bytes, Reden]] = [
    ("leeg.pdf", b"", Reden.LEEG),
    ("x.exe", b"MZ" + b"\x00" * 100, Reden.PROGRAMMA),
    ("x.pdf", b"MZ" + b"\x00" * 100, Reden.PROGRAMMA),
    ("x.docx", b"\x7fELF" + b"\x00" * 100, Reden.PROGRAMMA),
    ("x.png", b"\xcf\xfa\xed\xfe" + b"\x00" * 100, Reden.PROGRAMMA),
    ("x.pdf", b"#!/bin/sh\nrm -rf /", Reden.SCRIPT),
    ("x.pdf", b"<!DOCTYPE html><script>alert(1)</script>", Reden.WEBPAGINA),
    ("x.html", b"\xef\xbb\xbf  <HTML>", Reden.WEBPAGINA),
    ("x.png", b"<script>", Reden.WEBPAGINA),
    ("x.svg", b'<?xml version="1.0"?><svg onload="alert(1)"/>', Reden.SVG),
    ("x.png", '\ufeff<svg xmlns="x"/>'.encode("utf-16"), Reden.SVG),
    ("x.doc", OLE, Reden.OUD_OFFICE),
    ("x.docx", OLE + "EncryptedPackage".encode("utf-16-le"), Reden.VERSLEUTELD),
    ("x.rar", b"Rar!\x1a\x07\x01\x00" + b"\x00" * 100, Reden.ARCHIEF),
    ("x.pdf", b"7z\xbc\xaf'\x1c" + b"\x00" * 300, Reden.ARCHIEF),
    ("x.zip", maak.word(), Reden.SOORT),
    ("x", maak.pdf(), Reden.SOORT),
    ("plan.pdf.exe", maak.pdf(), Reden.SOORT),
    ("plan.docm", maak.word(), Reden.MACRO),
    ("plan.txt", b"tekst", Reden.SOORT),
    ("plan.pdf", maak.word(), Reden.NAAM_KLOPT_NIET),
    ("plan.docx", maak.pdf(), Reden.NAAM_KLOPT_NIET),
    ("plan.docx", maak.excel(), Reden.NAAM_KLOPT_NIET),
    ("plan.odt", maak.word(), Reden.NAAM_KLOPT_NIET),
    ("foto.png", maak.foto("JPEG"), Reden.NAAM_KLOPT_NIET),
    ("foto.jpg", maak.foto("GIF"), Reden.NAAM_KLOPT_NIET),
    ("foto.webp", b"RIFF\x00\x00\x00\x00WAVEfmt ", Reden.BESCHADIGD),
    ("plan.pdf", b"  " + maak.pdf(), Reden.NAAM_KLOPT_NIET),
    ("plan.pdf", maak.pdf() + maak.word(), Reden.BESCHADIGD),
    ("plan.pdf", maak.pdf()[:200], Reden.BESCHADIGD),
    ("plan.pdf", b"%PDF-1.7\n%%EOF", Reden.BESCHADIGD),
    ("plan.pdf", maak.pdf(encryption=WACHTWOORD), Reden.VERSLEUTELD),
    ("plan.pdf", maak.pdf(encryption=ALLEEN_LEZEN), Reden.VERSLEUTELD),
    ("plan.pdf", maak.pdf(actie("/JavaScript")), Reden.PDF_SCRIPT),
    ("plan.pdf", maak.pdf(actie("/JavaScript"), object_stream_mode=STROMEN), Reden.PDF_SCRIPT),
    ("plan.pdf", maak.pdf(actie("/Launch")), Reden.PDF_SCRIPT),
    ("plan.pdf", maak.pdf(formulier), Reden.PDF_SCRIPT),
    ("plan.pdf", maak.pdf(bijlage), Reden.PDF_BIJLAGE),
    ("plan.docx", b"MZ" + maak.word(), Reden.PROGRAMMA),
    ("plan.docx", maak.word() + b"erachter", Reden.BESCHADIGD),
    ("plan.docx", maak.word()[:-200], Reden.BESCHADIGD),
    ("plan.docx", maak.versleuteld(maak.word()), Reden.VERSLEUTELD),
    ("plan.docx", word_met("word/vbaProject.bin", b"x"), Reden.MACRO),
    ("plan.docx", maak.vervang(maak.word(), maak.TYPEN, HOOFD, "macroEnabled.main+xml"), Reden.MACRO),
    ("plan.xlsx", maak.met_delen(maak.excel(), {"xl/macrosheets/sheet1.xml": b"<a/>"}), Reden.MACRO),
    ("plan.docx", word_met("word/activeX/activeX1.xml", b"<a/>"), Reden.MACRO),
    ("plan.docx", word_met("word/embeddings/oleObject1.bin", OLE), Reden.INGESLOTEN),
    ("plan.docx", word_met("word/media/image1.png", b"MZ" + b"\x00" * 100), Reden.PROGRAMMA),
    ("plan.docx", word_met("word/embeddings/x.zip", maak.excel()), Reden.INGESLOTEN),
    ("plan.docx", word_met("word/embeddings/a.docx", word_met("b.xlsx", maak.excel())), Reden.INGESLOTEN),
    ("plan.docx", word_met("word/embeddings/a.xlsx", word_met("c.bin", OLE)), Reden.INGESLOTEN),
    ("plan.docx", word_met("customXml/item1.xml", DTD), Reden.BESCHADIGD),
    ("plan.docx", word_met("customXml/item1.xml", DTD.decode().encode("utf-16")), Reden.BESCHADIGD),
    ("plan.docx", word_met("customXml/item1.xml", b"<a><b></a>"), Reden.BESCHADIGD),
    ("plan.docx", word_met("../../etc/passwd", b"x"), Reden.BESCHADIGD),
    ("plan.docx", word_met("/etc/passwd", b"x"), Reden.BESCHADIGD),
    ("plan.docx", word_met("c:\\x", b"x"), Reden.BESCHADIGD),
    ("plan.docx", word_met("word/bom.xml", b"<a>" + b" " * 20_000_000 + b"</a>"), Reden.BOM),
    ("plan.docx", maak.met_delen(maak.word(), {f"word/{i}.xml": b"<a>" + b" " * 900_000 + b"</a>" for i in range(40)}),
     Reden.BOM),
    ("plan.docx", maak.met_delen(maak.word(), {f"word/{i}.bin": b"" for i in range(5_001)}), Reden.BOM),
    ("plan.docx", maak.vervang(maak.word(), RELATIES, "</Relationships>", NAAR_BUITEN.format("attachedTemplate")),
     Reden.VERWIJST),
    ("plan.docx", maak.vervang(maak.word(), RELATIES, "</Relationships>", NAAR_BUITEN.format("image")), Reden.VERWIJST),
    ("plan.docx", maak.vervang(maak.word(), "word/document.xml", "<w:sectPr", f"{VELD}<w:sectPr"), Reden.VERWIJST),
    ("plan.odt", maak.odt(meer={"Basic/Standard/Module1.xml": b"<a/>"}), Reden.MACRO),
    ("plan.odt", maak.odt(meer={"Scripts/python/x.py": b"import os"}), Reden.MACRO),
    ("plan.odt", maak.odt(ODF_SCRIPT), Reden.MACRO),
    ("plan.odt", maak.odt(ODF_BEELD), Reden.VERWIJST),
    ("plan.odt", maak.odt(manifest=ODF_GEHEIM), Reden.VERSLEUTELD),
    ("foto.png", png_van(30_000, 30_000), Reden.PIXELS),
    ("foto.png", png_van(8_000, 8_000), Reden.PIXELS),
    ("foto.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, Reden.BESCHADIGD),
]  # fmt: skip


@pytest.mark.parametrize(("naam", "inhoud", "reden"), FOUT, ids=range(len(FOUT)))
def test_what_is_hostile_is_refused_with_the_reason(naam: str, inhoud: bytes, reden: Reden) -> None:
    with pytest.raises(ValidationError) as fout:
        lees(inhoud, naam)
    assert fout.value.code == reden.name.lower(), fout.value


def test_every_reason_has_a_file_that_gives_it() -> None:
    assert set(Reden) - {reden for _, _, reden in FOUT} == {Reden.TE_GROOT}


def test_a_file_over_the_limit_is_refused_before_it_is_read(settings: Any) -> None:
    settings.MAX_UPLOAD_MB = 1

    class Groot:
        size = 1024 * 1024 + 1

    with pytest.raises(ValidationError, match="hooguit 1 MB"):
        controleer(Groot(), "plan.pdf")


def test_a_link_to_click_and_a_table_behind_a_chart_are_fine() -> None:
    met_link = maak.vervang(maak.word(), RELATIES, "</Relationships>", NAAR_BUITEN.format("hyperlink"))
    assert lees(met_link, "plan.docx") is Soort.DOCX
    assert lees(word_met("word/embeddings/Grafiek.xlsx", maak.excel()), "plan.docx") is Soort.DOCX


def test_a_list_that_lies_about_sizes_is_refused() -> None:
    """Also when the part is larger than the list says."""
    ruw = bytearray(word_met("word/x.xml", b"<a>" + b"b" * 1000 + b"</a>"))
    plaats = ruw.rfind(b"PK\x01\x02")
    ruw[plaats + 24 : plaats + 28] = struct.pack("<I", 5)
    with pytest.raises(ValidationError):
        lees(bytes(ruw), "plan.docx")


def test_a_document_of_more_elements_than_anybody_writes_is_refused(monkeypatch: Any) -> None:
    monkeypatch.setattr("blauwdrukken.uploads.ooxml.MAX_ELEMENTEN", 50)
    with pytest.raises(ValidationError, match="veel te groot"):
        lees(word_met("word/x.xml", b"<a>" + b"<b/>" * 50 + b"</a>"), "plan.docx")


def test_a_picture_is_kept_upright_and_without_hidden_data() -> None:
    schoon = keur(ContentFile(maak.foto_met_plaats()), "foto.jpg")
    inhoud = schoon.read()
    assert b"Geheim" not in inhoud
    with Image.open(BytesIO(inhoud)) as afbeelding:
        assert afbeelding.size == (48, 64)
        assert not dict(afbeelding.getexif())


@pytest.mark.parametrize("naam", ["foto.png", "foto.jpg", "foto.webp"])
def test_what_hides_behind_a_picture_does_not_come_in(naam: str) -> None:
    inhoud = GOED[naam][0] + maak.word() + b"<script>alert(1)</script>"
    schoon = keur(ContentFile(inhoud), naam).read()
    assert b"script" not in schoon
    assert not zipfile.is_zipfile(BytesIO(schoon))


def test_a_picture_that_is_larger_than_a_page_is_made_smaller() -> None:
    schoon = keur(ContentFile(maak.foto("PNG", (6_000, 300))), "foto.png").read()
    with Image.open(BytesIO(schoon)) as afbeelding:
        assert afbeelding.size == (2_560, 128)


def processor_time() -> float:
    """Seconds that this process and the ones it waited for have worked."""
    return sum(os.times()[:4])


def test_a_pdf_that_unpacks_to_gigabytes_is_refused_in_time() -> None:
    bom = zlib.compress(b"0 " * 100_000_000, 9)
    kop = b"%PDF-1.7\n1 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length " + str(len(bom)).encode()
    inhoud = kop + b">>stream\n" + bom + b"\nendstream endobj\ntrailer<</Root 2 0 R>>\nstartxref\n9\n%%EOF"
    begin = processor_time()
    with pytest.raises(ValidationError):
        lees(inhoud, "plan.pdf")
    assert processor_time() - begin < 25


def oordeel(inhoud: bytes, naam: str) -> None:
    """A verdict, never anything else."""
    with contextlib.suppress(ValidationError):
        keur(ContentFile(inhoud), naam)


NAMEN = st.sampled_from([*GOED, "x.exe", "", ".", "x.\x00pdf", "\u202efdp.docx"])


@settings(max_examples=300)
@given(inhoud=st.binary(max_size=400), naam=NAMEN, begin=st.sampled_from([b"", *(soort.begin for soort in Soort)]))
def test_random_bytes_get_a_verdict(inhoud: bytes, naam: str, begin: bytes) -> None:
    oordeel(begin + inhoud, naam)


@settings(max_examples=300)
@given(naam=st.sampled_from(list(GOED)), data=st.data())
def test_damaged_files_get_a_verdict(naam: str, data: st.DataObject) -> None:
    inhoud = bytearray(GOED[naam][0])
    for _ in range(data.draw(st.integers(1, 8))):
        plaats = data.draw(st.integers(0, len(inhoud) - 1))
        inhoud[plaats : plaats + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    oordeel(bytes(inhoud), naam)
