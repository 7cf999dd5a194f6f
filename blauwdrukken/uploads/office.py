"""Word, Excel and OpenDocument: archives of XML, measured by their list of contents before a byte is unpacked."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from xml.parsers import expat

from .kinds import FileKind, RefusalReason, refuse
from .ooxml import XmlGuard

MAX_PARTS = 5_000
MAX_DIRECTORY_BYTES = 2_000_000
MAX_UNPACKED = 200_000_000
MAX_RATIO = 250
SMALL = 1_000_000
MAX_DEPTH = 1
MAX_EMBEDDED = 25_000_000

END_RECORD = struct.Struct("<4s4H2LH")
BROKEN = (
    zipfile.BadZipFile, zlib.error, expat.ExpatError, struct.error,
    ValueError, EOFError, LookupError, NotImplementedError, RuntimeError, OSError,
)  # fmt: skip
MAIN_TYPES = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": FileKind.DOCX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": FileKind.XLSX,
}
MACRO_PARTS = ("vbaproject", "vbadata", "macrosheets", "dialogsheets", "activex", "basic/", "scripts/")
EXECUTABLES = (b"MZ", b"\x7fELF", b"#!")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def check(inhoud: bytes, diepte: int = 0) -> FileKind | None:
    """Kind of this document; ValidationError when it is not sound, or holds more than text, tables and pictures."""
    _refuse_odd_structure(inhoud)
    try:
        with zipfile.ZipFile(BytesIO(inhoud)) as archief:
            onderdelen = archief.infolist()
            _refuse_odd_directory(onderdelen)
            wacht = XmlGuard()
            for onderdeel in onderdelen:
                _examine(archief, onderdeel, wacht, diepte)
            return _kind(archief, wacht)
    except BROKEN:
        refuse(RefusalReason.BESCHADIGD)


def _refuse_odd_structure(inhoud: bytes) -> None:
    """The list of contents must close the file and begin where it says: nothing hides before, between or behind."""
    if len(inhoud) < END_RECORD.size:
        refuse(RefusalReason.BESCHADIGD)
    merk, _, _, _, aantal, lengte, begin, opmerking = END_RECORD.unpack(inhoud[-END_RECORD.size :])
    if merk != b"PK\x05\x06" or opmerking or begin + lengte + END_RECORD.size != len(inhoud):
        refuse(RefusalReason.BESCHADIGD)
    if aantal > MAX_PARTS or lengte > MAX_DIRECTORY_BYTES:
        refuse(RefusalReason.BOM)


def _refuse_odd_directory(onderdelen: list[zipfile.ZipInfo]) -> None:
    """Refuse by the list alone: bombs, secrets, tricks with names and parts that run."""
    maten = [(deel.file_size, deel.compress_size) for deel in onderdelen]
    samen = (sum(maat for maat, _ in maten), sum(ingepakt for _, ingepakt in maten))
    if samen[0] > MAX_UNPACKED or any(_suspiciously_small(*maat) for maat in (samen, *maten)):
        refuse(RefusalReason.BOM)
    if any(deel.flag_bits & 0x1 for deel in onderdelen):
        refuse(RefusalReason.VERSLEUTELD)
    namen = [deel.filename for deel in onderdelen]
    if len(set(namen)) < len(namen) or not all(map(_is_ordinary_name, namen)):
        refuse(RefusalReason.BESCHADIGD)
    if any(macro in naam.lower() for naam in namen for macro in MACRO_PARTS):
        refuse(RefusalReason.MACRO)


def _suspiciously_small(maat: int, ingepakt: int) -> bool:
    return maat > SMALL and maat > MAX_RATIO * max(ingepakt, 1)


def _is_ordinary_name(naam: str) -> bool:
    """A path that stays inside."""
    pad = PurePosixPath(naam)
    return not (pad.is_absolute() or ".." in pad.parts or set(naam) & set("\\:\x00"))


def _examine(archief: zipfile.ZipFile, deel: zipfile.ZipInfo, wacht: XmlGuard, diepte: int) -> None:
    """Read one part to its end: its checksum must be right, its beginning harmless and its XML without surprises."""
    if deel.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        refuse(RefusalReason.BESCHADIGD)
    stukken = _chunks(archief, deel)
    begin = next(stukken, b"")
    if begin.startswith(EXECUTABLES):
        refuse(RefusalReason.PROGRAMMA)
    if begin.startswith(OLE):
        refuse(RefusalReason.INGESLOTEN)
    if begin.startswith(b"PK\x03\x04"):
        _examine_embedded(archief, deel, diepte)
    if deel.filename.lower().endswith((".xml", ".rels", ".rdf")):
        wacht.read(begin, stukken)
    for _ in stukken:
        pass


def _chunks(archief: zipfile.ZipFile, deel: zipfile.ZipInfo) -> Iterator[bytes]:
    with archief.open(deel) as stroom:
        while stuk := stroom.read(65_536):
            yield stuk


def _examine_embedded(archief: zipfile.ZipFile, deel: zipfile.ZipInfo, diepte: int) -> None:
    """The table behind a chart is a workbook of its own: one deep it may be there, when it is sound too."""
    beloofd = FileKind.from_name(deel.filename)
    if beloofd is None or diepte >= MAX_DEPTH or deel.file_size > MAX_EMBEDDED:
        refuse(RefusalReason.INGESLOTEN)
    if check(archief.read(deel), diepte + 1) is not beloofd:
        refuse(RefusalReason.INGESLOTEN)


def _kind(archief: zipfile.ZipFile, wacht: XmlGuard) -> FileKind | None:
    if "[Content_Types].xml" in archief.namelist():
        return next((soort for type_, soort in MAIN_TYPES.items() if type_ in wacht.types), None)
    eerste = archief.infolist()[0] if archief.infolist() else None
    if eerste and eerste.filename == "mimetype" and eerste.file_size < 100:
        return FileKind.ODT if archief.read(eerste) == FileKind.ODT.mime.encode() else None
    return None
