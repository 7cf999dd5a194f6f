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
    uit = BytesIO()
    document.save(uit)
    return uit.getvalue()


def excel(text: str = "Begroting") -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = text
    uit = BytesIO()
    book.save(uit)
    return uit.getvalue()


def odt(content: str = "<a/>", manifest: str = "", meer: dict[str, bytes] | None = None) -> bytes:
    parts = {"content.xml": content.encode(), "META-INF/manifest.xml": ODT_MANIFEST.format(manifest).encode()}
    uit = BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        for name, part in (parts | (meer or {})).items():
            archive.writestr(name, part)
    return uit.getvalue()


def pdf(bewerk: Any = None, **opslaan: Any) -> bytes:
    uit = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        if bewerk:
            bewerk(document)
        document.save(uit, **opslaan)
    return uit.getvalue()


def photo(formaat: str = "JPEG", size: tuple[int, int] = (64, 48), **options: Any) -> bytes:
    uit = BytesIO()
    Image.new("RGB", size, "teal").save(uit, formaat, **options)
    return uit.getvalue()


def photo_with_location() -> bytes:
    """A photo that tells where it was taken, lying on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Geheime camera"
    exif.get_ifd(0x8825)[1] = "N"
    return photo("JPEG", exif=exif, comment=b"Geheim")


def with_parts(zipbestand: bytes, parts: dict[str, bytes], compressie: int = zipfile.ZIP_DEFLATED) -> bytes:
    uit = BytesIO()
    with zipfile.ZipFile(BytesIO(zipbestand)) as old, zipfile.ZipFile(uit, "w", compressie) as new:
        for part in old.infolist():
            if part.filename not in parts:
                new.writestr(part.filename, old.read(part), zipfile.ZIP_STORED if part.compress_type == 0 else None)
        for name, content in parts.items():
            new.writestr(name, content)
    return uit.getvalue()


def replace_text(zipbestand: bytes, name: str, old: str, new: str) -> bytes:
    """The archive with other text in one of its parts."""
    with zipfile.ZipFile(BytesIO(zipbestand)) as archive:
        text = archive.read(name).decode()
    assert old in text
    return with_parts(zipbestand, {name: text.replace(old, new, 1).encode()})


def flagged_encrypted(zipbestand: bytes) -> bytes:
    """The archive with the flag "encrypted" on each part."""
    raw = bytearray(zipbestand)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = raw.find(mark)
        while start >= 0:
            raw[start + place] |= 1
            start = raw.find(mark, start + 4)
    return bytes(raw)
