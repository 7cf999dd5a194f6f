"""The filtered set of blueprints as a file: exactly what the list page finds, all of its pages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.formats import date_format
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from ..depends import On, depends
from ..documents.content import listing
from ..documents.formats.stream import csv_lines, json_lines
from ..documents.formats.table import BY_EXTENSION
from ..documents.workshop import store
from ..documents.workshop.process import VISITOR, hold_place, lock_files
from ..documents.workshop.response import attachment, file_response
from ..filters import BlauwdrukFilter
from ..models import Blauwdruk
from .documents import visitor, with_explanation

MAX_ROWS = 10_000  # in a spreadsheet; longer lists are there as CSV
LONG_LIST = 2_000  # rows from which a list is made for a few visitors at a time
MAX_CONCURRENT = 3
STREAMS: dict[str, Callable[[BlauwdrukFilter], Iterator[str]]] = {"csv": csv_lines, "json": json_lines}


@depends(On.NEVER)
@require_safe
@with_explanation
def list_file(request: HttpRequest, extension: str) -> HttpResponseBase:
    """The filtered set as CSV, JSON or spreadsheet, with the same query as the page."""
    filterset = BlauwdrukFilter(request.GET, Blauwdruk.objects.published())
    filterset.refuse_unknown()
    make = _stream if extension in STREAMS else _spreadsheet
    response = make(request, filterset, extension)
    response["X-Robots-Tag"] = "noindex"
    return response


def _spreadsheet(request: HttpRequest, filterset: BlauwdrukFilter, extension: str) -> HttpResponseBase:
    """A spreadsheet, or a page that says it would be too long."""
    if len(filterset.qs) > MAX_ROWS:
        context = {"filterset": filterset, "aantal": len(filterset.qs), "meeste": MAX_ROWS}
        return render(request, "blauwdrukken/lijst_te_lang.html", context, status=413)
    path = store.get_file(
        extension, ("lijst", _list_version(filterset)), lambda: _make_order(filterset), visitor(request)
    )
    return file_response(request, path, _file_name(extension))


def _stream(request: HttpRequest, filterset: BlauwdrukFilter, extension: str) -> HttpResponseBase:
    """A list that is sent while it is read."""
    etag = quote_etag(
        hashlib.sha256(repr((extension, store.makers_version(), _list_version(filterset))).encode()).hexdigest()[:32]
    )
    response: Any = get_conditional_response(request, etag)
    if response is None:
        is_read = request.method != "HEAD"
        response = StreamingHttpResponse(
            LinesInTurn(STREAMS[extension](filterset), _take_place(filterset)) if is_read else []
        )
    response["Content-Type"], response["ETag"] = BY_EXTENSION[extension].mime, etag
    response["Cache-Control"] = "no-cache"
    if extension == "csv":
        response["Content-Disposition"] = attachment(_file_name(extension))
    return response


class LinesInTurn:
    """Lines that hold a place while they are read."""

    def __init__(self, lines: Iterator[str], lock: ExitStack) -> None:
        self._lines, self._lock = lines, lock

    def __iter__(self) -> Iterator[str]:
        return self._lines

    def close(self) -> None:
        """Give the place to another."""
        self._lock.close()


def _take_place(filterset: BlauwdrukFilter) -> ExitStack:
    """A place to read a long list, kept until it is closed; raises Busy when all are taken."""
    lock = ExitStack()
    if len(filterset.qs) > LONG_LIST:
        lock.enter_context(hold_place(lock_files("lijst", MAX_CONCURRENT), VISITOR.patience))
    return lock


def _make_order(filterset: BlauwdrukFilter) -> dict[str, Any]:
    with _take_place(filterset):
        return listing.make_order(filterset)


def _list_version(filterset: BlauwdrukFilter) -> tuple[Any, ...]:
    """All that decides what is in the list: the question, the state of the database and what has expired."""
    expired = Blauwdruk.objects.filter(live=True, expire_at__lte=timezone.now()).count()
    return (filterset.query_string, filterset.engine.state, timezone.localdate(), expired)


def _file_name(extension: str) -> str:
    return f"Blauwdrukken {date_format(timezone.localdate(), 'j F Y')}.{extension}"
