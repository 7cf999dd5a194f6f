"""Makes files: sound ones, and hostile ones that look like them."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pikepdf
from PIL import Image

CONTENT_TYPES = "[Content_Types].xml"
ODT_MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    "{}</manifest:manifest>"
)


def word(text: str = "Projectplan", picture: bytes = b"") -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    if picture:
        document.add_picture(BytesIO(picture))
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def excel(text: str = "Begroting") -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = text
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def odt(
    content: str = "<a/>",
    manifest: str = "",
    meer: dict[str, bytes] | None = None,
    *,
    first: str = "mimetype",
    mime: str = "application/vnd.oasis.opendocument.text",
) -> bytes:
    parts = {"content.xml": content.encode(), "META-INF/manifest.xml": ODT_MANIFEST.format(manifest).encode()}
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(first, mime, zipfile.ZIP_STORED)
        for name, part in (parts | (meer or {})).items():
            archive.writestr(name, part)
    return buffer.getvalue()


def pdf(edit: Any = None, **options: Any) -> bytes:
    buffer = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        if edit:
            edit(document)
        document.save(buffer, **options)
    return buffer.getvalue()


def photo(format_: str = "JPEG", size: tuple[int, int] = (64, 48), **options: Any) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size, "teal").save(buffer, format_, **options)
    return buffer.getvalue()


def photo_with_location() -> bytes:
    """A photo that tells where it was taken, lying on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Geheime camera"
    exif.get_ifd(0x8825)[1] = "N"
    return photo("JPEG", exif=exif, comment=b"Geheim")


def small_zip() -> bytes:
    """An archive of a few bytes, of no kind that we know."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("x", "x")
    return buffer.getvalue()


def with_parts(archive: bytes, parts: dict[str, bytes], compressie: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(archive)) as old, zipfile.ZipFile(buffer, "w", compressie) as new:
        for part in old.infolist():
            if part.filename not in parts:
                new.writestr(part.filename, old.read(part), zipfile.ZIP_STORED if part.compress_type == 0 else None)
        for name, content in parts.items():
            new.writestr(name, content)
    return buffer.getvalue()


def replace_text(archive: bytes, name: str, old: str, new: str) -> bytes:
    """The archive with other text in one of its parts."""
    with zipfile.ZipFile(BytesIO(archive)) as opened:
        text = opened.read(name).decode()
    assert old in text
    return with_parts(archive, {name: text.replace(old, new, 1).encode()})


def twice(archive: bytes, name: str) -> bytes:
    """The archive that has a part of this name two times."""
    other = name[:-1] + "_"
    return with_parts(archive, {other: b"<a/>"}).replace(other.encode(), name.encode())


def with_false_end(archive: bytes) -> bytes:
    """The archive whose list of contents is followed by a remark that looks like the end of one, but for its mark."""
    start = len(archive)
    return archive[:-2] + struct.pack("<H4s4H2LH", 22, b"KWIK", 0, 0, 0, 0, 0, start, 0)


def word_with_damaged_end() -> bytes:
    """A document with a picture of which a byte far from its beginning fell over."""
    content = with_parts(word(), {"word/media/x.png": b"x" * 100_000 + b"einde"}, zipfile.ZIP_STORED)
    return content.replace(b"xeinde", b"xeindf")


def size_of_others(archive: bytes) -> int:
    """Bytes of all parts but the last."""
    with zipfile.ZipFile(BytesIO(archive)) as opened:
        return sum(part.file_size for part in opened.infolist()[:-1])


def flagged_encrypted(archive: bytes) -> bytes:
    """The archive with the flag "encrypted" on each part."""
    raw = bytearray(archive)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = raw.find(mark)
        while start >= 0:
            raw[start + place] |= 1
            start = raw.find(mark, start + 4)
    return bytes(raw)


def with_list_that_says(archive: bytes, size: int) -> bytes:
    """The archive whose list of contents gives its last part this size."""
    raw = bytearray(archive)
    place = raw.rfind(b"PK\x01\x02") + 24
    raw[place : place + 4] = struct.pack("<I", size)
    return bytes(raw)


def with_list_of_length(archive: bytes, length: int) -> bytes:
    """The archive with empty parts, whose names make its list of contents this long."""
    with zipfile.ZipFile(BytesIO(archive)) as opened:
        lacking = length - sum(46 + len(part.filename) + len(part.extra) for part in opened.infolist())
    names: list[str] = []
    while lacking:
        size = min(lacking, 60_000) if lacking >= 60_100 or lacking <= 60_000 else 30_000
        names.append(f"{len(names):02}" + "x" * (size - 46 - 2))
        lacking -= size
    return with_parts(archive, dict.fromkeys(names, b""))
