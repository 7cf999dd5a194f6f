"""A file as an answer: with its name, its version, and in parts when asked."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe, quote_etag

from ..formats.table import BY_EXTENSION

BYTE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def file_response(request: HttpRequest, pad: Path, naam: str) -> HttpResponseBase:
    """Answer with the file as a download called `naam`: 200, 206, 304, 412 or 416; FileNotFoundError when it is gone.

    Its extension says of what kind it is. A browser may keep it, but has to ask each time whether it is still the one.
    """
    staat = pad.stat()
    etag, gewijzigd = _etag(pad, staat.st_ino, staat.st_mtime_ns), int(staat.st_mtime)
    anders: HttpResponseBase | None = get_conditional_response(request, etag, gewijzigd)
    antwoord = anders or _body(request, pad, staat.st_size, _requested_part(request, staat.st_size, etag, gewijzigd))
    koppen = {
        "Content-Type": BY_EXTENSION[naam.rpartition(".")[2]].mime,
        "Content-Disposition": attachment(naam),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-cache",
        "Accept-Ranges": "bytes",
        "ETag": etag,
        "Last-Modified": http_date(gewijzigd),
    }
    for kop, waarde in koppen.items():
        antwoord[kop] = waarde
    return antwoord


class FilePart:
    """Some bytes of a file, to be read once; without a file number, so that no server sends the rest as well."""

    def __init__(self, pad: Path, deel: range) -> None:
        self._file = pad.open("rb")
        self._file.seek(deel.start)
        self._remaining = len(deel)

    def read(self, aantal: int) -> bytes:
        """The next bytes, at most so many."""
        stuk = self._file.read(min(aantal, self._remaining))
        self._remaining -= len(stuk)
        return stuk

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def attachment(naam: str) -> str:
    """Content-Disposition of a download, with plain letters for who cannot read the others."""
    naam = " ".join(re.sub(r'[\x00-\x1f\x7f"\\/:*?<>|%]', " ", naam).split())
    kaal = unicodedata.normalize("NFKD", naam).encode("ascii", "ignore").decode()
    return f"attachment; filename=\"{kaal}\"; filename*=UTF-8''{quote(naam, safe='')}"


@lru_cache(maxsize=2_000)
def _etag(pad: Path, inode: int, tijd: int) -> str:
    """Hash of the content, remembered for as long as it is the same file."""
    with pad.open("rb") as bestand:
        return quote_etag(hashlib.file_digest(bestand, "sha256").hexdigest()[:32])


def _body(request: HttpRequest, pad: Path, grootte: int, deel: range | None) -> HttpResponseBase:
    """The whole file, the part that is asked for, or nothing of it."""
    antwoord: HttpResponseBase
    if deel is not None and not deel:
        antwoord = HttpResponse(status=416)
        antwoord["Content-Range"] = f"bytes */{grootte}"
        return antwoord
    if request.method == "HEAD":
        antwoord = HttpResponse()
    elif deel is None:
        antwoord = FileResponse(pad.open("rb"))
    else:
        antwoord = FileResponse(FilePart(pad, deel), status=206)
        antwoord["Content-Range"] = f"bytes {deel.start}-{deel.stop - 1}/{grootte}"
    antwoord["Content-Length"] = str(grootte if deel is None else len(deel))
    return antwoord


def _requested_part(request: HttpRequest, grootte: int, etag: str, gewijzigd: int) -> range | None:
    """Bytes that are asked for, empty when the file does not reach there; None is the whole file."""
    gevraagd = BYTE_RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if request.method != "GET" or gevraagd is None or not any(gevraagd.groups()):
        return None
    als = request.headers.get("If-Range", etag)
    if als != etag and parse_http_date_safe(als) != gewijzigd:
        return None
    begin, eind = gevraagd.groups()
    if not begin:
        return range(max(0, grootte - int(eind)), grootte)
    if eind and int(eind) < int(begin):
        return None
    return range(min(int(begin), grootte), min(int(eind) + 1, grootte) if eind else grootte)
