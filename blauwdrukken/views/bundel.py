"""An own blauwdrukboek as a page, as a file, and on the way to a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..choice import Keuze
from ..documents.content.book import foreword_blocks
from ..documents.content.bundel import Bundel
from ..documents.formats.table import Subject, labels
from ..documents.limits import Failed
from ..documents.workshop import queue
from ..documents.workshop.bundel_file import bundel_file, file_name
from ..documents.workshop.response import file_response
from .comparison import load_titles, move_slug
from .documents import with_explanation

FORMATS = labels(Subject.BUNDEL)
REFRESH_SECONDS = 2  # seconds


@require_safe
def bundel(request: HttpRequest) -> HttpResponse:
    """The book as a page that can be shared, with what is needed to change and to download it."""
    boek = Bundel(request.GET)
    nieuw = rearrange(request, boek.slugs)
    if nieuw is not None:
        return redirect(boek.url(slugs=nieuw))
    context = {
        "boek": boek,
        "voorwoord": foreword_blocks(boek.texts["voorwoord"]),
        "gekozen": [] if boek.slugs else load_titles(Keuze(request).slugs),
        "keuze_adres": Keuze(request).bundel_url,
        "bestanden": [(naam, boek.url("bundel-bestand", formaat=f)) for f, naam in FORMATS.items()],
    }
    return render(request, "bundel/bundel.html", context)


def rearrange(request: HttpRequest, slugs: list[str]) -> list[str] | None:
    """The blueprints after a button of the form was pressed; the address that follows no longer names the button."""
    for knop, stap in (("omhoog", -1), ("omlaag", 1)):
        if (slug := request.GET.get(knop)) in slugs:
            return move_slug(slugs, slugs.index(slug), stap)
    weg = request.GET.get("weg")
    return [slug for slug in slugs if slug != weg] if weg in slugs else None


def requested_bundel(request: HttpRequest) -> Bundel:
    """The book of the address; not found without blueprints, Failed when it cannot be made like this."""
    boek = Bundel(request.GET)
    if not boek.slugs:
        raise Http404
    if boek.objections:
        raise Failed(" ".join(boek.objections))
    return boek


@require_safe
@with_explanation
def download(request: HttpRequest, formaat: str) -> HttpResponseBase:
    """The book as a file, at once when that takes a few seconds; else first a page that tells how far it is."""
    boek = requested_bundel(request)
    if queue.is_immediate(formaat, boek):
        pad = bundel_file(formaat, boek)
    else:
        stand = queue.get_progress(formaat, boek)
        if stand is None or stand.path is None:
            return redirect(boek.url("bundel-maken", als=formaat))
        pad = stand.path
    return file_response(request, pad, f"{file_name(boek.titel)}.{formaat}")


@require_safe
@never_cache
@with_explanation
def bundel_progress(request: HttpRequest) -> HttpResponseBase:
    """How far a large book is; loads itself again until the file is there."""
    boek, formaat = requested_bundel(request), request.GET.get("als", "")
    if formaat not in FORMATS:
        raise Http404
    stand = queue.get_progress(formaat, boek) or queue.enqueue_bundel(formaat, boek)
    if stand.status == "mislukt" and "opnieuw" in request.GET:
        queue.enqueue_bundel(formaat, boek)
        return redirect(boek.url("bundel-maken", als=formaat))
    context = {
        "boek": boek,
        "stand": stand,
        "soort": FORMATS[formaat],
        "bestand": boek.url("bundel-bestand", formaat=formaat),
        "opnieuw": boek.url("bundel-maken", als=formaat, opnieuw="ja"),
    }
    antwoord = render(request, "bundel/maken.html", context)
    if stand.status in {"wacht", "bezig"}:
        queue.start_worker()
        antwoord["Refresh"] = str(REFRESH_SECONDS)
    return antwoord
