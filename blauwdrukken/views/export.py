"""The filtered set of blueprints as a file: exactly what the list page finds, all of its pages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.formats import date_format
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from ..documents.content import listing as lijst
from ..documents.formats.stream import csv_regels, json_regels
from ..documents.workshop import store as opslag
from ..documents.workshop.process import GEDULD, plaats, sloten
from ..documents.workshop.response import SOORTEN, bestand_antwoord, bijlage
from ..filters import BlauwdrukFilter
from ..models import Blauwdruk
from .documents import met_uitleg

MEESTE_RIJEN = 10_000  # in a spreadsheet; longer lists are there as CSV
LANG = 2_000  # rows from which a list is made for a few visitors at a time
TEGELIJK = 3
STROMEN: dict[str, tuple[str, Callable[[BlauwdrukFilter], Iterator[str]]]] = {
    "csv": ("text/csv; charset=utf-8", csv_regels),
    "json": ("application/json", json_regels),
}


@require_safe
@met_uitleg
def lijst_bestand(request: HttpRequest, formaat: str) -> HttpResponseBase:
    """The filtered set as CSV, JSON or spreadsheet, with the same query as the page."""
    filterset = BlauwdrukFilter(request.GET, Blauwdruk.objects.gepubliceerd())
    maak = _rekenblad if formaat == "xlsx" else _stroom
    antwoord = maak(request, filterset, formaat)
    antwoord["X-Robots-Tag"] = "noindex"
    return antwoord


def _rekenblad(request: HttpRequest, filterset: BlauwdrukFilter, formaat: str) -> HttpResponseBase:
    """A spreadsheet, or a page that says it would be too long."""
    if len(filterset.qs) > MEESTE_RIJEN:
        context = {"filterset": filterset, "aantal": len(filterset.qs), "meeste": MEESTE_RIJEN}
        return render(request, "blauwdrukken/lijst_te_lang.html", context, status=413)
    pad = opslag.bestand(formaat, ("lijst", _versie(filterset)), lambda: _opdracht(filterset))
    return bestand_antwoord(request, pad, _naam(formaat), SOORTEN[formaat])


def _stroom(request: HttpRequest, filterset: BlauwdrukFilter, formaat: str) -> HttpResponseBase:
    """A list that is sent while it is read."""
    soort, regels = STROMEN[formaat]
    etag = quote_etag(hashlib.sha256(repr((formaat, opslag.versie(), _versie(filterset))).encode()).hexdigest()[:32])
    antwoord: Any = get_conditional_response(request, etag)
    if antwoord is None:
        leeg = request.method == "HEAD"
        antwoord = HttpResponse() if leeg else StreamingHttpResponse(Beurt(regels(filterset), _plaats(filterset)))
    antwoord["Content-Type"], antwoord["ETag"], antwoord["Cache-Control"] = soort, etag, "no-cache"
    if formaat == "csv":
        antwoord["Content-Disposition"] = bijlage(_naam(formaat))
    return antwoord


class Beurt:
    """Lines that hold a place while they are read."""

    def __init__(self, regels: Iterator[str], slot: ExitStack) -> None:
        self._regels, self._slot = regels, slot

    def __iter__(self) -> Iterator[str]:
        return self._regels

    def close(self) -> None:
        """Give the place to another."""
        self._slot.close()


def _plaats(filterset: BlauwdrukFilter) -> ExitStack:
    """A place to read a long list, kept until it is closed; raises Druk when all are taken."""
    slot = ExitStack()
    if len(filterset.qs) > LANG:
        slot.enter_context(plaats(sloten("lijst", TEGELIJK), GEDULD))
    return slot


def _opdracht(filterset: BlauwdrukFilter) -> dict[str, Any]:
    with _plaats(filterset):
        return lijst.opdracht(filterset)


def _versie(filterset: BlauwdrukFilter) -> tuple[Any, ...]:
    """All that decides what is in the list: the question, the state of the database and what has expired."""
    verlopen = Blauwdruk.objects.filter(live=True, expire_at__lte=timezone.now()).count()
    return (filterset.als_vraag, *filterset.meldingen, filterset.machine.stand, timezone.localdate(), verlopen)


def _naam(formaat: str) -> str:
    return f"Blauwdrukken {date_format(timezone.localdate(), 'j F Y')}.{formaat}"
