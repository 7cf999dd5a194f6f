"""Word, Excel and OpenDocument: archives of XML, measured by their list of contents before a byte is unpacked."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from xml.parsers import expat

from .kinds import Reden, Soort, weiger
from .ooxml import XmlWacht

MAX_ONDERDELEN = 5_000
MAX_LIJST = 2_000_000
MAX_UITGEPAKT = 200_000_000
MAX_VERHOUDING = 250
KLEIN = 1_000_000
MAX_DIEPTE = 1
MAX_INGESLOTEN = 25_000_000

EINDE = struct.Struct("<4s4H2LH")
BROKEN = (
    zipfile.BadZipFile, zlib.error, expat.ExpatError, struct.error,
    ValueError, EOFError, LookupError, NotImplementedError, RuntimeError, OSError,
)  # fmt: skip
HOOFDTYPE = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": Soort.DOCX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": Soort.XLSX,
}
MACRODELEN = ("vbaproject", "vbadata", "macrosheets", "dialogsheets", "activex", "basic/", "scripts/")
PROGRAMMAS = (b"MZ", b"\x7fELF", b"#!")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def controleer(inhoud: bytes, diepte: int = 0) -> Soort | None:
    """Kind of this document; ValidationError when it is not sound, or holds more than text, tables and pictures."""
    _weiger_ongewone_bouw(inhoud)
    try:
        with zipfile.ZipFile(BytesIO(inhoud)) as archief:
            onderdelen = archief.infolist()
            _weiger_vreemde_lijst(onderdelen)
            wacht = XmlWacht()
            for onderdeel in onderdelen:
                _bekijk(archief, onderdeel, wacht, diepte)
            return _soort(archief, wacht)
    except BROKEN:
        weiger(Reden.BESCHADIGD)


def _weiger_ongewone_bouw(inhoud: bytes) -> None:
    """The list of contents must close the file and begin where it says: nothing hides before, between or behind."""
    if len(inhoud) < EINDE.size:
        weiger(Reden.BESCHADIGD)
    merk, _, _, _, aantal, lengte, begin, opmerking = EINDE.unpack(inhoud[-EINDE.size :])
    if merk != b"PK\x05\x06" or opmerking or begin + lengte + EINDE.size != len(inhoud):
        weiger(Reden.BESCHADIGD)
    if aantal > MAX_ONDERDELEN or lengte > MAX_LIJST:
        weiger(Reden.BOM)


def _weiger_vreemde_lijst(onderdelen: list[zipfile.ZipInfo]) -> None:
    """Refuse by the list alone: bombs, secrets, tricks with names and parts that run."""
    maten = [(deel.file_size, deel.compress_size) for deel in onderdelen]
    samen = (sum(maat for maat, _ in maten), sum(ingepakt for _, ingepakt in maten))
    if samen[0] > MAX_UITGEPAKT or any(_verdacht_klein(*maat) for maat in (samen, *maten)):
        weiger(Reden.BOM)
    if any(deel.flag_bits & 0x1 for deel in onderdelen):
        weiger(Reden.VERSLEUTELD)
    namen = [deel.filename for deel in onderdelen]
    if len(set(namen)) < len(namen) or not all(map(_gewone_naam, namen)):
        weiger(Reden.BESCHADIGD)
    if any(macro in naam.lower() for naam in namen for macro in MACRODELEN):
        weiger(Reden.MACRO)


def _verdacht_klein(maat: int, ingepakt: int) -> bool:
    return maat > KLEIN and maat > MAX_VERHOUDING * max(ingepakt, 1)


def _gewone_naam(naam: str) -> bool:
    """A path that stays inside."""
    pad = PurePosixPath(naam)
    return not (pad.is_absolute() or ".." in pad.parts or set(naam) & set("\\:\x00"))


def _bekijk(archief: zipfile.ZipFile, deel: zipfile.ZipInfo, wacht: XmlWacht, diepte: int) -> None:
    """Read one part to its end: its checksum must be right, its beginning harmless and its XML without surprises."""
    if deel.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        weiger(Reden.BESCHADIGD)
    stukken = _stukken(archief, deel)
    begin = next(stukken, b"")
    if begin.startswith(PROGRAMMAS):
        weiger(Reden.PROGRAMMA)
    if begin.startswith(OLE):
        weiger(Reden.INGESLOTEN)
    if begin.startswith(b"PK\x03\x04"):
        _bekijk_ingesloten(archief, deel, diepte)
    if deel.filename.lower().endswith((".xml", ".rels", ".rdf")):
        wacht.lees(begin, stukken)
    for _ in stukken:
        pass


def _stukken(archief: zipfile.ZipFile, deel: zipfile.ZipInfo) -> Iterator[bytes]:
    with archief.open(deel) as stroom:
        while stuk := stroom.read(65_536):
            yield stuk


def _bekijk_ingesloten(archief: zipfile.ZipFile, deel: zipfile.ZipInfo, diepte: int) -> None:
    """The table behind a chart is a workbook of its own: one deep it may be there, when it is sound too."""
    beloofd = Soort.van_naam(deel.filename)
    if beloofd is None or diepte >= MAX_DIEPTE or deel.file_size > MAX_INGESLOTEN:
        weiger(Reden.INGESLOTEN)
    if controleer(archief.read(deel), diepte + 1) is not beloofd:
        weiger(Reden.INGESLOTEN)


def _soort(archief: zipfile.ZipFile, wacht: XmlWacht) -> Soort | None:
    if "[Content_Types].xml" in archief.namelist():
        return next((soort for type_, soort in HOOFDTYPE.items() if type_ in wacht.typen), None)
    eerste = archief.infolist()[0] if archief.infolist() else None
    if eerste and eerste.filename == "mimetype" and eerste.file_size < 100:
        return Soort.ODT if archief.read(eerste) == Soort.ODT.mime.encode() else None
    return None
