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


def file_response(request: HttpRequest, path: Path, name: str) -> HttpResponseBase:
    """Answer with the file as a download called `name`: 200, 206, 304, 412 or 416; FileNotFoundError when it is gone.

    Its extension says of what kind it is. A browser may keep it, but has to ask each time whether it is still the one.
    """
    stat = path.stat()
    etag, changed = _etag(path, stat.st_ino, stat.st_mtime_ns), int(stat.st_mtime)
    conditional: HttpResponseBase | None = get_conditional_response(request, etag, changed)
    response = conditional or _body(request, path, stat.st_size, _requested_part(request, stat.st_size, etag, changed))
    headers = {
        "Content-Type": BY_EXTENSION[name.rpartition(".")[2]].mime,
        "Content-Disposition": attachment(name),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-cache",
        "Accept-Ranges": "bytes",
        "ETag": etag,
        "Last-Modified": http_date(changed),
    }
    for header, value in headers.items():
        response[header] = value
    return response


class FilePart:
    """Some bytes of a file, to be read once; without a file number, so that no server sends the rest as well."""

    def __init__(self, path: Path, part: range) -> None:
        self._file = path.open("rb")
        self._file.seek(part.start)
        self._remaining = len(part)

    def read(self, count: int) -> bytes:
        """The next bytes, at most so many."""
        piece = self._file.read(min(count, self._remaining))
        self._remaining -= len(piece)
        return piece

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def attachment(name: str) -> str:
    """Content-Disposition of a download, with plain letters for who cannot read the others."""
    name = " ".join(re.sub(r'[\x00-\x1f\x7f"\\/:*?<>|%]', " ", name).split())
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return f"attachment; filename=\"{bare}\"; filename*=UTF-8''{quote(name, safe='')}"


@lru_cache(maxsize=2_000)
def _etag(path: Path, inode: int, mtime: int) -> str:
    """Hash of the content, remembered for as long as it is the same file."""
    with path.open("rb") as file:
        return quote_etag(hashlib.file_digest(file, "sha256").hexdigest()[:32])


def _body(request: HttpRequest, path: Path, size: int, part: range | None) -> HttpResponseBase:
    """The whole file, the part that is asked for, or nothing of it."""
    response: HttpResponseBase
    if part is not None and not part:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return response
    if request.method == "HEAD":
        response = HttpResponse()
    elif part is None:
        response = FileResponse(path.open("rb"))
    else:
        response = FileResponse(FilePart(path, part), status=206)
        response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    response["Content-Length"] = str(size if part is None else len(part))
    return response


def _requested_part(request: HttpRequest, size: int, etag: str, changed: int) -> range | None:
    """Bytes that are asked for, empty when the file does not reach there; None is the whole file."""
    requested = BYTE_RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if request.method != "GET" or requested is None or not any(requested.groups()):
        return None
    if_range = request.headers.get("If-Range", etag)
    if if_range != etag and parse_http_date_safe(if_range) != changed:
        return None
    start, end = requested.groups()
    if not start:
        return range(max(0, size - int(end)), size)
    if end and int(end) < int(start):
        return None
    return range(min(int(start), size), min(int(end) + 1, size) if end else size)
