"""Makes files: sound ones, and hostile ones that look like them."""

from __future__ import annotations

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


def word(text: str = "Projectplan") -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def excel(text: str = "Begroting") -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = text
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def odt(content: str = "<a/>", manifest: str = "", more: dict[str, bytes] | None = None) -> bytes:
    parts = {"content.xml": content.encode(), "META-INF/manifest.xml": ODT_MANIFEST.format(manifest).encode()}
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        for name, part in (parts | (more or {})).items():
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


def with_parts(archive: bytes, parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(archive)) as old, zipfile.ZipFile(buffer, "w", compression) as new:
        for part in old.infolist():
            if part.filename not in parts:
                new.writestr(part.filename, old.read(part), zipfile.ZIP_STORED if part.compress_type == 0 else None)
        for name, content in parts.items():
            new.writestr(name, content)
    return buffer.getvalue()


def replace_text(zipbestand: bytes, name: str, old: str, new: str) -> bytes:
    """The archive with other text in one of its parts."""
    with zipfile.ZipFile(BytesIO(zipbestand)) as archive:
        text = archive.read(name).decode()
    assert old in text
    return with_parts(zipbestand, {name: text.replace(old, new, 1).encode()})


def flagged_encrypted(archive: bytes) -> bytes:
    """The archive with the flag "encrypted" on each part."""
    raw = bytearray(archive)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = raw.find(mark)
        while start >= 0:
            raw[start + place] |= 1
            start = raw.find(mark, start + 4)
    return bytes(raw)
