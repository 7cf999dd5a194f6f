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


def check(content: bytes, *, embedded: bool = False) -> FileKind | None:
    """Kind of this document; ValidationError when it is not sound, or holds more than text, tables and pictures."""
    try:
        _refuse_odd_structure(content)
        with zipfile.ZipFile(BytesIO(content)) as archive:
            onderdelen = archive.infolist()
            _refuse_odd_directory(onderdelen)
            guard = XmlGuard()
            for onderdeel in onderdelen:
                _examine(archive, onderdeel, guard, embedded=embedded)
            return _kind(archive, guard)
    except BROKEN:
        refuse(RefusalReason.BESCHADIGD)


def _refuse_odd_structure(content: bytes) -> None:
    """The list of contents must close the file and begin where it says: nothing hides before, between or behind."""
    mark, _, _, _, count, length, start, opmerking = END_RECORD.unpack(content[-END_RECORD.size :])
    if mark != b"PK\x05\x06" or opmerking or start + length + END_RECORD.size != len(content):
        refuse(RefusalReason.BESCHADIGD)
    if count > MAX_PARTS or length > MAX_DIRECTORY_BYTES:
        refuse(RefusalReason.BOM)


def _refuse_odd_directory(parts: list[zipfile.ZipInfo]) -> None:
    """Refuse by the list alone: bombs, secrets, tricks with names and parts that run."""
    sizes = [(part.file_size, part.compress_size) for part in parts]
    total = (sum(size for size, _ in sizes), sum(packed for _, packed in sizes))
    if total[0] > MAX_UNPACKED or any(_suspiciously_small(*size) for size in (total, *sizes)):
        refuse(RefusalReason.BOM)
    if any(part.flag_bits & 0x1 for part in parts):
        refuse(RefusalReason.VERSLEUTELD)
    names = [part.filename for part in parts]
    if len(set(names)) < len(names) or not all(map(_is_ordinary_name, names)):
        refuse(RefusalReason.BESCHADIGD)
    if any(macro in name.lower() for name in names for macro in MACRO_PARTS):
        refuse(RefusalReason.MACRO)


def _suspiciously_small(size: int, packed: int) -> bool:
    return size > SMALL and size > MAX_RATIO * packed


def _is_ordinary_name(name: str) -> bool:
    """A path that stays inside."""
    path = PurePosixPath(name)
    return not (path.is_absolute() or ".." in path.parts or set(name) & set("\\:\x00"))


def _examine(archive: zipfile.ZipFile, part: zipfile.ZipInfo, guard: XmlGuard, *, embedded: bool) -> None:
    """Read one part to its end: its checksum must be right, its beginning harmless and its XML without surprises."""
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        refuse(RefusalReason.BESCHADIGD)
    pieces = _chunks(archive, part)
    start = next(pieces, b"")
    if start.startswith(EXECUTABLES):
        refuse(RefusalReason.PROGRAMMA)
    if start.startswith(OLE):
        refuse(RefusalReason.INGESLOTEN)
    if start.startswith(b"PK\x03\x04"):
        if embedded:
            refuse(RefusalReason.INGESLOTEN)
        _examine_embedded(archive, part)
    if part.filename.lower().endswith((".xml", ".rels", ".rdf")):
        guard.read(start, pieces)
    for _ in pieces:
        pass


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as stream:
        while piece := stream.read(65_536):
            yield piece


def _examine_embedded(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """The table behind a chart is a workbook of its own: one deep it may be there, when it is sound too."""
    promised = FileKind.from_name(part.filename)
    if promised is None or part.file_size > MAX_EMBEDDED:
        refuse(RefusalReason.INGESLOTEN)
    if check(archive.read(part), embedded=True) is not promised:
        refuse(RefusalReason.INGESLOTEN)


def _kind(archive: zipfile.ZipFile, guard: XmlGuard) -> FileKind | None:
    if "[Content_Types].xml" in archive.namelist():
        return next((kind for type_, kind in MAIN_TYPES.items() if type_ in guard.types), None)
    first = next(iter(archive.infolist()), None)
    if first is None or (first.filename, first.file_size) != ("mimetype", len(FileKind.ODT.mime)):
        return None
    return FileKind.ODT if archive.read(first) == FileKind.ODT.mime.encode() else None
