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

from blauwdrukken.uploads import FileKind, RefusalReason, check, inspect
from tests.uploads import files

pytestmark = pytest.mark.once

GOOD = {
    "plan.pdf": (files.pdf(), FileKind.PDF),
    "Plan van aanpak.DOCX": (files.word(), FileKind.DOCX),
    "begroting.xlsx": (files.excel(), FileKind.XLSX),
    "brief.odt": (files.odt(), FileKind.ODT),
    "foto.png": (files.photo("PNG"), FileKind.PNG),
    "foto.jpg": (files.photo("JPEG"), FileKind.JPG),
    "foto.jpeg": (files.photo("JPEG"), FileKind.JPG),
    "foto.webp": (files.photo("WEBP"), FileKind.WEBP),
}


def read_kind(content: bytes, name: str) -> FileKind:
    return check(ContentFile(content), name)


@pytest.mark.parametrize("name", GOOD)
def test_what_is_allowed_is_recognised_by_its_content(name: str) -> None:
    content, kind = GOOD[name]
    assert read_kind(content, name) is kind


def open_action(kind: str) -> Any:
    def put(document: pikepdf.Pdf) -> None:
        document.Root.OpenAction = document.make_indirect(pikepdf.Dictionary(S=pikepdf.Name(kind), JS="app.alert(1)"))

    return put


def add_attachment(document: pikepdf.Pdf) -> None:
    document.attachments["geheim.exe"] = b"MZ kwaad"


def add_form(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = pikepdf.Dictionary(XFA=pikepdf.String("<xdp/>"))


OBJECT_STREAMS = pikepdf.ObjectStreamMode.generate
WITH_PASSWORD = pikepdf.Encryption(owner="geheim", user="geheim")
READ_ONLY = pikepdf.Encryption(owner="geheim", user="")
RELATIONS = "word/_rels/document.xml.rels"
EXTERNAL_LINK = (
    '<Relationship Id="x" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
    'Target="https://kwaad.voorbeeld/x" TargetMode="External"/></Relationships>'
)
MAIN_PART = "wordprocessingml.document.main+xml"
FIELD = "<w:p><w:r><w:instrText>DDEA</w:instrText></w:r><w:r><w:instrText>UTO c:\\x</w:instrText></w:r></w:p>"
ODF_SCRIPT = '<s:event-listener xmlns:s="urn:oasis:names:tc:opendocument:xmlns:script:1.0"/>'
ODF_ENCRYPTED = "<manifest:encryption-data/>"
ODF_IMAGE = (
    '<d:image xmlns:d="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:x="http://www.w3.org/1999/xlink" x:href="https://kwaad.voorbeeld/x.png"/>'
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500
DTD = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'


def word_with(name: str, content: bytes) -> bytes:
    return files.with_parts(files.word(), {name: content})


def png_of_size(width: int, height: int) -> bytes:
    """A PNG that says how large it is, and holds nothing of it."""

    def piece(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    heading = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + piece(b"IHDR", heading) + piece(b"IDAT", zlib.compress(b"")) + piece(b"IEND", b"")


WRONG: list[tuple[str, bytes, RefusalReason]] = [
    ("leeg.pdf", b"", RefusalReason.LEEG),
    ("x.exe", b"MZ" + b"\x00" * 100, RefusalReason.PROGRAMMA),
    ("x.pdf", b"MZ" + b"\x00" * 100, RefusalReason.PROGRAMMA),
    ("x.docx", b"\x7fELF" + b"\x00" * 100, RefusalReason.PROGRAMMA),
    ("x.png", b"\xcf\xfa\xed\xfe" + b"\x00" * 100, RefusalReason.PROGRAMMA),
    ("x.pdf", b"#!/bin/sh\nrm -rf /", RefusalReason.SCRIPT),
    ("x.pdf", b"<!DOCTYPE html><script>alert(1)</script>", RefusalReason.WEBPAGINA),
    ("x.html", b"\xef\xbb\xbf  <HTML>", RefusalReason.WEBPAGINA),
    ("x.png", b"<script>", RefusalReason.WEBPAGINA),
    ("x.svg", b'<?xml version="1.0"?><svg onload="alert(1)"/>', RefusalReason.SVG),
    ("x.png", '\ufeff<svg xmlns="x"/>'.encode("utf-16"), RefusalReason.SVG),
    ("x.doc", OLE, RefusalReason.OUD_OFFICE),
    ("x.docx", OLE + "EncryptedPackage".encode("utf-16-le"), RefusalReason.VERSLEUTELD),
    ("x.rar", b"Rar!\x1a\x07\x01\x00" + b"\x00" * 100, RefusalReason.ARCHIEF),
    ("x.pdf", b"7z\xbc\xaf'\x1c" + b"\x00" * 300, RefusalReason.ARCHIEF),
    ("x.zip", files.word(), RefusalReason.SOORT),
    ("x", files.pdf(), RefusalReason.SOORT),
    ("plan.pdf.exe", files.pdf(), RefusalReason.SOORT),
    ("plan.docm", files.word(), RefusalReason.MACRO),
    ("plan.txt", b"tekst", RefusalReason.SOORT),
    ("plan.pdf", files.word(), RefusalReason.NAAM_KLOPT_NIET),
    ("plan.docx", files.pdf(), RefusalReason.NAAM_KLOPT_NIET),
    ("plan.docx", files.excel(), RefusalReason.NAAM_KLOPT_NIET),
    ("plan.odt", files.word(), RefusalReason.NAAM_KLOPT_NIET),
    ("foto.png", files.photo("JPEG"), RefusalReason.NAAM_KLOPT_NIET),
    ("foto.jpg", files.photo("GIF"), RefusalReason.NAAM_KLOPT_NIET),
    ("foto.webp", b"RIFF\x00\x00\x00\x00WAVEfmt ", RefusalReason.BESCHADIGD),
    ("plan.pdf", b"  " + files.pdf(), RefusalReason.NAAM_KLOPT_NIET),
    ("plan.pdf", files.pdf() + files.word(), RefusalReason.BESCHADIGD),
    ("plan.pdf", files.pdf()[:200], RefusalReason.BESCHADIGD),
    ("plan.pdf", b"%PDF-1.7\n%%EOF", RefusalReason.BESCHADIGD),
    ("plan.pdf", files.pdf(encryption=WITH_PASSWORD), RefusalReason.VERSLEUTELD),
    ("plan.pdf", files.pdf(encryption=READ_ONLY), RefusalReason.VERSLEUTELD),
    ("plan.pdf", files.pdf(open_action("/JavaScript")), RefusalReason.PDF_SCRIPT),
    ("plan.pdf", files.pdf(open_action("/JavaScript"), object_stream_mode=OBJECT_STREAMS), RefusalReason.PDF_SCRIPT),
    ("plan.pdf", files.pdf(open_action("/Launch")), RefusalReason.PDF_SCRIPT),
    ("plan.pdf", files.pdf(add_form), RefusalReason.PDF_SCRIPT),
    ("plan.pdf", files.pdf(add_attachment), RefusalReason.PDF_BIJLAGE),
    ("plan.docx", b"MZ" + files.word(), RefusalReason.PROGRAMMA),
    ("plan.docx", files.word() + b"erachter", RefusalReason.BESCHADIGD),
    ("plan.docx", files.word()[:-200], RefusalReason.BESCHADIGD),
    ("plan.docx", files.flagged_encrypted(files.word()), RefusalReason.VERSLEUTELD),
    ("plan.docx", word_with("word/vbaProject.bin", b"x"), RefusalReason.MACRO),
    (
        "plan.docx",
        files.replace_text(files.word(), files.CONTENT_TYPES, MAIN_PART, "macroEnabled.main+xml"),
        RefusalReason.MACRO,
    ),
    ("plan.xlsx", files.with_parts(files.excel(), {"xl/macrosheets/sheet1.xml": b"<a/>"}), RefusalReason.MACRO),
    ("plan.docx", word_with("word/activeX/activeX1.xml", b"<a/>"), RefusalReason.MACRO),
    ("plan.docx", word_with("word/embeddings/oleObject1.bin", OLE), RefusalReason.INGESLOTEN),
    ("plan.docx", word_with("word/media/image1.png", b"MZ" + b"\x00" * 100), RefusalReason.PROGRAMMA),
    ("plan.docx", word_with("word/embeddings/x.zip", files.excel()), RefusalReason.INGESLOTEN),
    ("plan.docx", word_with("word/embeddings/a.docx", word_with("b.xlsx", files.excel())), RefusalReason.INGESLOTEN),
    ("plan.docx", word_with("word/embeddings/a.xlsx", word_with("c.bin", OLE)), RefusalReason.INGESLOTEN),
    ("plan.docx", word_with("customXml/item1.xml", DTD), RefusalReason.BESCHADIGD),
    ("plan.docx", word_with("customXml/item1.xml", DTD.decode().encode("utf-16")), RefusalReason.BESCHADIGD),
    ("plan.docx", word_with("customXml/item1.xml", b"<a><b></a>"), RefusalReason.BESCHADIGD),
    ("plan.docx", word_with("../../etc/passwd", b"x"), RefusalReason.BESCHADIGD),
    ("plan.docx", word_with("/etc/passwd", b"x"), RefusalReason.BESCHADIGD),
    ("plan.docx", word_with("c:\\x", b"x"), RefusalReason.BESCHADIGD),
    ("plan.docx", word_with("word/bom.xml", b"<a>" + b" " * 20_000_000 + b"</a>"), RefusalReason.BOM),
    (
        "plan.docx",
        files.with_parts(files.word(), {f"word/{i}.xml": b"<a>" + b" " * 900_000 + b"</a>" for i in range(40)}),
        RefusalReason.BOM,
    ),
    ("plan.docx", files.with_parts(files.word(), {f"word/{i}.bin": b"" for i in range(5_001)}), RefusalReason.BOM),
    (
        "plan.docx",
        files.replace_text(files.word(), RELATIONS, "</Relationships>", EXTERNAL_LINK.format("attachedTemplate")),
        RefusalReason.VERWIJST,
    ),
    (
        "plan.docx",
        files.replace_text(files.word(), RELATIONS, "</Relationships>", EXTERNAL_LINK.format("image")),
        RefusalReason.VERWIJST,
    ),
    (
        "plan.docx",
        files.replace_text(files.word(), "word/document.xml", "<w:sectPr", f"{FIELD}<w:sectPr"),
        RefusalReason.VERWIJST,
    ),
    ("plan.odt", files.odt(more={"Basic/Standard/Module1.xml": b"<a/>"}), RefusalReason.MACRO),
    ("plan.odt", files.odt(more={"Scripts/python/x.py": b"import os"}), RefusalReason.MACRO),
    ("plan.odt", files.odt(ODF_SCRIPT), RefusalReason.MACRO),
    ("plan.odt", files.odt(ODF_IMAGE), RefusalReason.VERWIJST),
    ("plan.odt", files.odt(manifest=ODF_ENCRYPTED), RefusalReason.VERSLEUTELD),
    ("foto.png", png_of_size(30_000, 30_000), RefusalReason.PIXELS),
    ("foto.png", png_of_size(8_000, 8_000), RefusalReason.PIXELS),
    ("foto.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, RefusalReason.BESCHADIGD),
]


@pytest.mark.parametrize(("name", "content", "reason"), WRONG, ids=range(len(WRONG)))
def test_what_is_hostile_is_refused_with_the_reason(name: str, content: bytes, reason: RefusalReason) -> None:
    with pytest.raises(ValidationError) as error:
        read_kind(content, name)
    assert error.value.code == reason.name.lower(), error.value


def test_every_reason_has_a_file_that_gives_it() -> None:
    assert set(RefusalReason) - {reason for _, _, reason in WRONG} == {RefusalReason.TE_GROOT}


def test_a_file_over_the_limit_is_refused_before_it_is_read(settings: Any) -> None:
    settings.MAX_UPLOAD_MB = 1

    class Groot:
        size = 1024 * 1024 + 1

    with pytest.raises(ValidationError, match="hooguit 1 MB"):
        check(Groot(), "plan.pdf")


def test_a_link_to_click_and_a_table_behind_a_chart_are_fine() -> None:
    with_link = files.replace_text(files.word(), RELATIONS, "</Relationships>", EXTERNAL_LINK.format("hyperlink"))
    assert read_kind(with_link, "plan.docx") is FileKind.DOCX
    assert read_kind(word_with("word/embeddings/Grafiek.xlsx", files.excel()), "plan.docx") is FileKind.DOCX


def test_a_list_that_lies_about_sizes_is_refused() -> None:
    """Also when the part is larger than the list says."""
    raw = bytearray(word_with("word/x.xml", b"<a>" + b"b" * 1000 + b"</a>"))
    place = raw.rfind(b"PK\x01\x02")
    raw[place + 24 : place + 28] = struct.pack("<I", 5)
    with pytest.raises(ValidationError):
        read_kind(bytes(raw), "plan.docx")


def test_a_document_of_more_elements_than_anybody_writes_is_refused(monkeypatch: Any) -> None:
    monkeypatch.setattr("blauwdrukken.uploads.ooxml.MAX_ELEMENTS", 50)
    with pytest.raises(ValidationError, match="veel te groot"):
        read_kind(word_with("word/x.xml", b"<a>" + b"<b/>" * 50 + b"</a>"), "plan.docx")


def test_a_picture_is_kept_upright_and_without_hidden_data() -> None:
    clean = inspect(ContentFile(files.photo_with_location()), "foto.jpg")
    content = clean.read()
    assert b"Geheim" not in content
    with Image.open(BytesIO(content)) as afbeelding:
        assert afbeelding.size == (48, 64)
        assert not dict(afbeelding.getexif())


@pytest.mark.parametrize("name", ["foto.png", "foto.jpg", "foto.webp"])
def test_what_hides_behind_a_picture_does_not_come_in(name: str) -> None:
    content = GOOD[name][0] + files.word() + b"<script>alert(1)</script>"
    clean = inspect(ContentFile(content), name).read()
    assert b"script" not in clean
    assert not zipfile.is_zipfile(BytesIO(clean))


def test_a_picture_that_is_larger_than_a_page_is_made_smaller() -> None:
    clean = inspect(ContentFile(files.photo("PNG", (6_000, 300))), "foto.png").read()
    with Image.open(BytesIO(clean)) as afbeelding:
        assert afbeelding.size == (2_560, 128)


def processor_time() -> float:
    """Seconds that this process and the ones it waited for have worked."""
    return sum(os.times()[:4])


def test_a_pdf_that_unpacks_to_gigabytes_is_refused_in_time() -> None:
    bom = zlib.compress(b"0 " * 100_000_000, 9)
    heading = b"%PDF-1.7\n1 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length " + str(len(bom)).encode()
    content = heading + b">>stream\n" + bom + b"\nendstream endobj\ntrailer<</Root 2 0 R>>\nstartxref\n9\n%%EOF"
    start = processor_time()
    with pytest.raises(ValidationError):
        read_kind(content, "plan.pdf")
    assert processor_time() - start < 25


def judge(content: bytes, name: str) -> None:
    """A verdict, never anything else."""
    with contextlib.suppress(ValidationError):
        inspect(ContentFile(content), name)


NAMES = st.sampled_from([*GOOD, "x.exe", "", ".", "x.\x00pdf", "\u202efdp.docx"])


@settings(max_examples=300)
@given(content=st.binary(max_size=400), name=NAMES, begin=st.sampled_from([b"", *(kind.begin for kind in FileKind)]))
def test_random_bytes_get_a_verdict(content: bytes, name: str, begin: bytes) -> None:
    judge(begin + content, name)


@settings(max_examples=300)
@given(name=st.sampled_from(list(GOOD)), data=st.data())
def test_damaged_files_get_a_verdict(name: str, data: st.DataObject) -> None:
    content = bytearray(GOOD[name][0])
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    judge(bytes(content), name)
