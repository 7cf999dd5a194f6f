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


def word(tekst: str = "Projectplan") -> bytes:
    document = docx.Document()
    document.add_paragraph(tekst)
    uit = BytesIO()
    document.save(uit)
    return uit.getvalue()


def excel(tekst: str = "Begroting") -> bytes:
    boek = openpyxl.Workbook()
    boek.worksheets[0]["A1"] = tekst
    uit = BytesIO()
    boek.save(uit)
    return uit.getvalue()


def odt(inhoud: str = "<a/>", manifest: str = "", meer: dict[str, bytes] | None = None) -> bytes:
    delen = {"content.xml": inhoud.encode(), "META-INF/manifest.xml": ODT_MANIFEST.format(manifest).encode()}
    uit = BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as archief:
        archief.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        for naam, deel in (delen | (meer or {})).items():
            archief.writestr(naam, deel)
    return uit.getvalue()


def pdf(bewerk: Any = None, **opslaan: Any) -> bytes:
    uit = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        if bewerk:
            bewerk(document)
        document.save(uit, **opslaan)
    return uit.getvalue()


def photo(formaat: str = "JPEG", maat: tuple[int, int] = (64, 48), **opties: Any) -> bytes:
    uit = BytesIO()
    Image.new("RGB", maat, "teal").save(uit, formaat, **opties)
    return uit.getvalue()


def photo_with_location() -> bytes:
    """A photo that tells where it was taken, lying on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Geheime camera"
    exif.get_ifd(0x8825)[1] = "N"
    return photo("JPEG", exif=exif, comment=b"Geheim")


def with_parts(zipbestand: bytes, delen: dict[str, bytes], compressie: int = zipfile.ZIP_DEFLATED) -> bytes:
    uit = BytesIO()
    with zipfile.ZipFile(BytesIO(zipbestand)) as oud, zipfile.ZipFile(uit, "w", compressie) as nieuw:
        for deel in oud.infolist():
            if deel.filename not in delen:
                nieuw.writestr(deel.filename, oud.read(deel), zipfile.ZIP_STORED if deel.compress_type == 0 else None)
        for naam, inhoud in delen.items():
            nieuw.writestr(naam, inhoud)
    return uit.getvalue()


def replace_text(zipbestand: bytes, naam: str, oud: str, nieuw: str) -> bytes:
    """The archive with other text in one of its parts."""
    with zipfile.ZipFile(BytesIO(zipbestand)) as archief:
        tekst = archief.read(naam).decode()
    assert oud in tekst
    return with_parts(zipbestand, {naam: tekst.replace(oud, nieuw, 1).encode()})


def flagged_encrypted(zipbestand: bytes) -> bytes:
    """The archive with the flag "encrypted" on each part."""
    ruw = bytearray(zipbestand)
    for merk, plaats in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        begin = ruw.find(merk)
        while begin >= 0:
            ruw[begin + plaats] |= 1
            begin = ruw.find(merk, begin + 4)
    return bytes(ruw)
