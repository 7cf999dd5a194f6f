"""An own blauwdrukboek as a page, as a file, and on the way to a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..choice import Keuze
from ..depends import On, depends
from ..documents.content.book import foreword_blocks
from ..documents.content.bundel import Bundel
from ..documents.formats.table import Subject, labels
from ..documents.limits import Failed
from ..documents.workshop import queue
from ..documents.workshop.bundel_file import bundel_file, file_name
from ..documents.workshop.response import file_response
from ..throttle import check, client_of
from .comparison import load_titles, move_slug
from .documents import visitor, with_explanation

FORMATS = labels(Subject.BUNDEL)
REFRESH_SECONDS = 2


@depends(On.NEVER)  # it may hold what its maker wrote
@require_safe
def bundel(request: HttpRequest) -> HttpResponse:
    """The book as a page that can be shared, with what is needed to change and to download it."""
    book = Bundel(request.GET)
    new = rearrange(request, book.slugs)
    if new is not None:
        return redirect(book.url(slugs=new))
    context = {
        "boek": book,
        "voorwoord": foreword_blocks(book.texts["voorwoord"]),
        "gekozen": [] if book.slugs else load_titles(Keuze(request).slugs),
        "keuze_adres": Keuze(request).bundel_url,
        "bestanden": [(name, book.url("bundel-bestand", extension=f)) for f, name in FORMATS.items()],
    }
    return render(request, "bundel/bundel.html", context)


def rearrange(request: HttpRequest, slugs: list[str]) -> list[str] | None:
    """The blueprints after a button of the form was pressed; the address that follows no longer names the button."""
    for button, step in (("omhoog", -1), ("omlaag", 1)):
        if (slug := request.GET.get(button)) in slugs:
            return move_slug(slugs, slugs.index(slug), step)
    removed = request.GET.get("weg")
    return [slug for slug in slugs if slug != removed] if removed in slugs else None


def requested_bundel(request: HttpRequest) -> Bundel:
    """The book of the address; not found without blueprints, Failed when it cannot be made like this."""
    book = Bundel(request.GET)
    if not book.slugs:
        raise Http404
    if book.objections:
        raise Failed(" ".join(book.objections))
    return book


@depends(On.NEVER)
@require_safe
@with_explanation
def download(request: HttpRequest, extension: str) -> HttpResponseBase:
    """The book as a file, at once when that takes a few seconds; else first a page that tells how far it is."""
    book = requested_bundel(request)
    if queue.is_immediate(extension, book):
        path = bundel_file(extension, book, visitor(request))
    else:
        state = queue.get_progress(extension, book)
        if state is None or state.path is None:
            return redirect(book.url("bundel-maken", als=extension))
        path = state.path
    return file_response(request, path, f"{file_name(book.titel)}.{extension}")


@depends(On.NEVER)
@require_safe
@never_cache
@with_explanation
def bundel_progress(request: HttpRequest) -> HttpResponseBase:
    """How far a large book is; loads itself again until the file is there."""
    book, extension = requested_bundel(request), request.GET.get("als", "")
    if extension not in FORMATS:
        raise Http404
    state = queue.get_progress(extension, book)
    if state is None or (state.status == "mislukt" and "opnieuw" in request.GET):
        check("boeken", request)
        queue.enqueue_bundel(extension, book, client_of(request))
        if "opnieuw" in request.GET:
            return redirect(book.url("bundel-maken", als=extension))
        state = queue.get_progress(extension, book) or queue.Progress("wacht")
    context = {
        "boek": book,
        "stand": state,
        "soort": FORMATS[extension],
        "bestand": book.url("bundel-bestand", extension=extension),
        "opnieuw": book.url("bundel-maken", als=extension, opnieuw="ja"),
    }
    response = render(request, "bundel/maken.html", context)
    if state.status in {"wacht", "bezig"}:
        response["Refresh"] = str(REFRESH_SECONDS)
    return response
