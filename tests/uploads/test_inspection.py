"""What may come in, what may not, and why."""

from __future__ import annotations

import os
import random
import struct
import zipfile
import zlib
from contextlib import nullcontext, suppress
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from blauwdrukken.uploads import IMAGE_KINDS, FileKind, RefusalReason, check, inspect, pdf
from blauwdrukken.uploads.ooxml import XmlGuard
from tests.uploads import files

pytestmark = pytest.mark.once

GOOD = {
    "plan.pdf": (files.pdf(), FileKind.PDF),
    "Plan van aanpak.DOCX": (files.word(), FileKind.DOCX),
    "begroting.xlsx": (files.excel(), FileKind.XLSX),
    "plan.v2.pdf": (files.pdf(), FileKind.PDF),
    "brief.odt": (files.odt(), FileKind.ODT),
    "met foto.docx": (files.word(picture=files.photo("PNG")), FileKind.DOCX),
    "lang.docx": (files.word("Een lange zin die steeds terugkomt. " * 5_000), FileKind.DOCX),
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
ODF_DDE = '<t:dde-link xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0"/>'
ODF_TEXT = (
    '<t:p xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:x="http://www.w3.org/1999/xlink">'
    '<t:a x:href="https://voorbeeld.nl/">een adres</t:a> DDE is een afkorting '
    '<d:image xmlns:d="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" x:href="Pictures/x.png"/></t:p>'
)
LONG_FIELD = b"<a><instrText>DDE" + b" " * 70_000 + b"x" * 70_000 + b"</instrText></a>"
SPLIT_FIELD = b"<a><instrText>" + b" " * 200_000 + b"DDEA</instrText><instrText>UTO c:</instrText></a>"
ACTIVEX_TYPE = '<Default Extension="x" ContentType="application/vnd.ms-office.activeX+xml"/>'
NO_PARTS = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0, 0, 0, 4, 0)
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
    ("pdf", files.pdf(), RefusalReason.SOORT),
    ("x.png", b"<" + b" " * 4_091 + b"<svg", RefusalReason.SVG),
    ("x.png", b"<" + b" " * 4_092 + b"<svg", RefusalReason.NAAM_KLOPT_NIET),
    ("x.pdf", b'<?xml version="1.0"?><a/>', RefusalReason.NAAM_KLOPT_NIET),
    ("x.txt", b"Zo begint een tekening: <svg", RefusalReason.SOORT),
    ("plan.pdf.exe", files.pdf(), RefusalReason.SOORT),
    ("plan.docm", files.word(), RefusalReason.MACRO),
    ("PLAN.XLSM", files.excel(), RefusalReason.MACRO),
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
    ("plan.pdf", files.pdf() + files.small_zip(), RefusalReason.BESCHADIGD),
    ("plan.pdf", files.pdf()[:200], RefusalReason.BESCHADIGD),
    ("plan.pdf", files.pdf() + b"\n" * 1_019, RefusalReason.BESCHADIGD),
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
    ("plan.docx", files.word()[:-2] + b"\x01\x00", RefusalReason.BESCHADIGD),
    ("plan.docx", b"PK\x03\x04ervoor" + files.word(), RefusalReason.BESCHADIGD),
    ("plan.docx", b"PK\x03\x04", RefusalReason.BESCHADIGD),
    ("plan.docx", b"PK\x03\x04" + NO_PARTS, RefusalReason.NAAM_KLOPT_NIET),
    ("plan.docx", files.with_parts(files.word(), {"x.bin": b"x" * 99}, zipfile.ZIP_BZIP2), RefusalReason.BESCHADIGD),
    ("plan.docx", files.twice(files.word(), "word/document.xml"), RefusalReason.BESCHADIGD),
    ("plan.docx", files.word_with_damaged_end(), RefusalReason.BESCHADIGD),
    ("plan.docx", files.with_false_end(files.word()), RefusalReason.BESCHADIGD),
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
    ("plan.docx", word_with("word/embeddings/x.zip", files.small_zip()), RefusalReason.INGESLOTEN),
    ("plan.docx", word_with("word/embeddings/a.docx", word_with("b.xlsx", files.excel())), RefusalReason.INGESLOTEN),
    ("plan.docx", word_with("word/embeddings/a.xlsx", word_with("c.bin", OLE)), RefusalReason.INGESLOTEN),
    ("plan.docx", word_with("word/embeddings/a.docx", files.excel()), RefusalReason.INGESLOTEN),
    ("plan.docx", word_with("customXml/item1.xml", DTD), RefusalReason.BESCHADIGD),
    ("plan.docx", word_with("customXml/item1.xml", DTD.decode().encode("utf-16")), RefusalReason.BESCHADIGD),
    ("plan.docx", word_with("customXml/ITEM1.XML", DTD), RefusalReason.BESCHADIGD),
    ("plan.docx", word_with("customXml/item1.xml", b"<a><b></a>"), RefusalReason.BESCHADIGD),
    ("plan.docx", word_with("customXml/item1.xml", b"<a><b></b>"), RefusalReason.BESCHADIGD),
    ("plan.docx", word_with("../../etc/passwd", b"x"), RefusalReason.BESCHADIGD),
    ("plan.docx", word_with("/etc/passwd", b"x"), RefusalReason.BESCHADIGD),
    ("plan.docx", word_with("c:x", b"x"), RefusalReason.BESCHADIGD),
    ("plan.docx", word_with("word\\x", b"x"), RefusalReason.BESCHADIGD),
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
    ("plan.docx", word_with("word/x.xml", b'<a><fldSimple instr=" DDE c:\\x "/></a>'), RefusalReason.VERWIJST),
    ("plan.docx", word_with("word/x.xml", LONG_FIELD), RefusalReason.VERWIJST),
    ("plan.docx", word_with("word/x.xml", SPLIT_FIELD), RefusalReason.VERWIJST),
    ("plan.xlsx", files.with_parts(files.excel(), {"xl/x.xml": b"<a><ddeLink/></a>"}), RefusalReason.VERWIJST),
    (
        "plan.docx",
        files.replace_text(files.word(), files.CONTENT_TYPES, "<Default", f"{ACTIVEX_TYPE}<Default"),
        RefusalReason.MACRO,
    ),
    ("plan.odt", files.odt(meer={"Basic/Standard/Module1.xml": b"<a/>"}), RefusalReason.MACRO),
    ("plan.odt", files.odt(meer={"Scripts/python/x.py": b"import os"}), RefusalReason.MACRO),
    ("plan.odt", files.odt(ODF_SCRIPT), RefusalReason.MACRO),
    ("plan.odt", files.odt(ODF_IMAGE), RefusalReason.VERWIJST),
    ("plan.odt", files.odt(manifest=ODF_ENCRYPTED), RefusalReason.VERSLEUTELD),
    ("plan.odt", files.odt(ODF_DDE), RefusalReason.VERWIJST),
    ("plan.odt", files.odt(mime="application/vnd.oasis.opendocument.sheet"), RefusalReason.NAAM_KLOPT_NIET),
    ("plan.odt", files.odt(mime="application/vnd.oasis.opendocument.math"), RefusalReason.NAAM_KLOPT_NIET),
    ("plan.odt", files.odt(mime="text/plain"), RefusalReason.NAAM_KLOPT_NIET),
    ("plan.odt", files.odt(first="mimetypes"), RefusalReason.NAAM_KLOPT_NIET),
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
    assert read_kind(files.odt(ODF_TEXT), "plan.odt") is FileKind.ODT


NOISE = random.Random(1).randbytes(1_000_000)


def with_so_many_parts(count: int) -> bytes:
    more = count - len(zipfile.ZipFile(BytesIO(files.word())).namelist())
    return files.with_parts(files.word(), {f"word/{i}.bin": b"" for i in range(more)})


def with_large_table_behind_chart(size: int) -> bytes:
    table = files.with_parts(files.excel(), {"xl/media/x.png": NOISE[:200_000]})
    return files.with_list_that_says(word_with("word/embeddings/x.xlsx", table), size)


def unpacked_to(total: int) -> bytes:
    archive = files.with_parts(files.word(), {"word/x.bin": NOISE})
    return files.with_list_that_says(archive, total - files.size_of_others(archive))


LIMITS: dict[str, tuple[Any, int, RefusalReason]] = {
    "parts": (with_so_many_parts, 5_000, RefusalReason.BOM),
    "list of contents": (partial(files.with_list_of_length, files.word()), 2_000_000, RefusalReason.BOM),
    "all of it": (unpacked_to, 200_000_000, RefusalReason.BOM),
    "a part that is packed well": (
        lambda size: word_with("word/x.xml", b"<a>" + b" " * (size - 7) + b"</a>"), 1_000_000, RefusalReason.BOM,
    ),
    "how well a part is packed": (
        lambda size: files.with_list_that_says(
            files.with_parts(files.word(), {"word/x.bin": NOISE[:10_000]}, zipfile.ZIP_STORED), size
        ), 2_500_000, RefusalReason.BOM,
    ),
    "a table behind a chart": (with_large_table_behind_chart, 25_000_000, RefusalReason.INGESLOTEN),
}  # fmt: skip


@pytest.mark.parametrize("what", LIMITS)
def test_a_document_may_be_as_large_as_the_limit_and_not_one_larger(what: str) -> None:
    make, limit, reason = LIMITS[what]
    assert read_kind(make(limit), "plan.docx") is FileKind.DOCX
    with pytest.raises(ValidationError) as error:
        read_kind(make(limit + 1), "plan.docx")
    assert error.value.code == reason.name.lower()


@pytest.mark.parametrize(("width", "height", "fine"), [(8_000, 5_000, True), (40_000_001, 1, False)])
def test_a_picture_may_have_forty_million_pixels(width: int, height: int, fine: bool) -> None:
    with nullcontext() if fine else pytest.raises(ValidationError, match=f"{width} bij {height} beeldpunten"):
        assert read_kind(png_of_size(width, height), "foto.png") is FileKind.PNG


def test_a_file_may_be_as_large_as_the_limit_and_not_one_byte_larger(settings: Any) -> None:
    settings.MAX_UPLOAD_MB = 1
    content = files.photo("PNG").ljust(1024 * 1024, b"\x00")
    assert read_kind(content, "foto.png") is FileKind.PNG
    with pytest.raises(ValidationError, match="hooguit 1 MB"):
        read_kind(content + b"\x00", "foto.png")


def test_the_mark_at_the_end_of_a_pdf_may_be_followed_by_a_little() -> None:
    assert read_kind(files.pdf() + b"\n" * 1_018, "plan.pdf") is FileKind.PDF


def test_a_file_is_read_from_its_start_wherever_it_stood_and_can_be_read_again() -> None:
    content = files.pdf()
    file = ContentFile(content)
    file.seek(100)
    assert check(file, "plan.pdf") is FileKind.PDF
    assert file.read() == content


def test_where_only_pictures_are_asked_for_a_document_is_refused_with_what_can_be() -> None:
    with pytest.raises(ValidationError, match=r"Dit kan wel: png, jpg, webp\."):
        check(ContentFile(files.pdf()), "plan.pdf", IMAGE_KINDS)


def read_by(program: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Why a PDF is refused when this program reads it."""
    reader = folder / "reader.py"
    reader.write_text(program)
    monkeypatch.setattr(pdf, "READER", reader)
    with pytest.raises(ValidationError) as error:
        read_kind(files.pdf(), "plan.pdf")
    return str(error.value.code)


@pytest.mark.parametrize("program", ["raise SystemExit(9)", "print(9)"])
def test_a_reader_that_gives_up_says_nothing_good(
    program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_by(program, tmp_path, monkeypatch) == "beschadigd"


def test_a_reader_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "TIMEOUT_SECONDS", 0.2)
    assert read_by("while True: pass", tmp_path, monkeypatch) == "bom"


def test_a_list_that_lies_about_sizes_is_refused() -> None:
    """Also when the part is larger than the list says."""
    raw = bytearray(word_with("word/x.xml", b"<a>" + b"b" * 1000 + b"</a>"))
    place = raw.rfind(b"PK\x01\x02")
    raw[place + 24 : place + 28] = struct.pack("<I", 5)
    with pytest.raises(ValidationError):
        read_kind(bytes(raw), "plan.docx")


def test_a_document_of_more_elements_than_anybody_writes_is_refused(monkeypatch: Any) -> None:
    monkeypatch.setattr("blauwdrukken.uploads.ooxml.MAX_ELEMENTS", 50)
    of_this_size = {count: files.odt("<a>" + "<b/>" * (count - 2) + "</a>") for count in (50, 51)}  # and the manifest
    assert read_kind(of_this_size[50], "plan.odt") is FileKind.ODT
    with pytest.raises(ValidationError, match="veel te groot"):
        read_kind(of_this_size[51], "plan.odt")


def test_of_long_field_text_only_a_little_is_kept() -> None:
    guard = XmlGuard()
    guard.read(b"<a>", [b"<instrText>REF boek </instrText>" * 50_000, b"</a>"])
    assert len(guard.field_text) < 110_000


def test_a_picture_is_kept_upright_and_without_hidden_data() -> None:
    clean = inspect(ContentFile(files.photo_with_location()), "foto.jpg")
    content = clean.read()
    assert b"Geheim" not in content
    with Image.open(BytesIO(content)) as afbeelding:
        assert afbeelding.size == (48, 64)
        assert not dict(afbeelding.getexif())


@pytest.mark.parametrize(
    ("mode", "name", "kept"),
    [("RGBA", "x.png", "RGBA"), ("P", "x.png", "RGB"), ("L", "x.png", "RGB"), ("CMYK", "x.jpg", "RGB"),
     ("RGBA", "x.webp", "RGBA"), ("RGB", "x.webp", "RGB")],
)  # fmt: skip
def test_a_picture_keeps_what_one_can_see_through_and_has_plain_colours(mode: str, name: str, kept: str) -> None:
    content = BytesIO()
    Image.new(mode, (8, 8)).save(content, {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}[name[2:]])
    with Image.open(inspect(ContentFile(content.getvalue()), name)) as afbeelding:
        assert afbeelding.mode == kept


@pytest.mark.parametrize(
    ("kind", "name", "options"),
    [
        ("PNG", "x.png", {"optimize": True}),
        ("JPEG", "x.jpg", {"quality": 88, "progressive": True}),
        ("WEBP", "x.webp", {"quality": 88}),
    ],
)
def test_a_picture_is_drawn_anew_sharp_and_no_larger_than_needed(kind: str, name: str, options: Any) -> None:
    sent, expected = BytesIO(), BytesIO()
    Image.effect_noise((64, 64), 50).convert("RGB").save(sent, kind, quality=95)
    with Image.open(sent) as afbeelding:
        afbeelding.load()
        afbeelding.convert("RGB").save(expected, kind, **options)
    assert inspect(ContentFile(sent.getvalue()), name).read() == expected.getvalue()


def test_a_picture_of_which_the_end_is_missing_does_not_come_in() -> None:
    with pytest.raises(ValidationError, match="beschadigd"):
        inspect(ContentFile(files.photo("JPEG", (400, 400))[:1_000]), "foto.jpg")


@pytest.mark.parametrize("naam", ["foto.png", "foto.jpg", "foto.webp"])
def test_what_hides_behind_a_picture_does_not_come_in(naam: str) -> None:
    content = GOOD[naam][0] + files.word() + b"<script>alert(1)</script>"
    clean = inspect(ContentFile(content), naam).read()
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
    with suppress(ValidationError):
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
