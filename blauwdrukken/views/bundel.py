"""An own blauwdrukboek as a page, as a file, and on the way to a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..choice import Keuze
from ..documents.content.book import voorwoord
from ..documents.content.bundel import Bundel
from ..documents.limits import Mislukt
from ..documents.workshop import queue as achtergrond
from ..documents.workshop.bundel_file import bestandsnaam, bundelbestand
from ..documents.workshop.response import SOORTEN, bestand_antwoord
from .comparison import titels, verplaatst
from .documents import met_uitleg

BESTANDEN = {"pdf": "PDF", "docx": "Word", "epub": "E-boek (EPUB)", "zip": "Alles in één zip"}
VERVERS = 2  # seconds


@require_safe
def bundel(request: HttpRequest) -> HttpResponse:
    """The book as a page that can be shared, with what is needed to change and to download it."""
    boek = Bundel(request.GET)
    nieuw = herschikt(request, boek.slugs)
    if nieuw is not None:
        return redirect(boek.adres(slugs=nieuw))
    context = {
        "boek": boek,
        "voorwoord": voorwoord(boek.teksten["voorwoord"]),
        "gekozen": [] if boek.slugs else titels(Keuze(request).slugs),
        "keuze_adres": Keuze(request).bundel_adres,
        "bestanden": [(naam, boek.adres("bundel-bestand", formaat=f)) for f, naam in BESTANDEN.items()],
    }
    return render(request, "bundel/bundel.html", context)


def herschikt(request: HttpRequest, slugs: list[str]) -> list[str] | None:
    """The blueprints after a button of the form was pressed; the address that follows no longer names the button."""
    for knop, stap in (("omhoog", -1), ("omlaag", 1)):
        if (slug := request.GET.get(knop)) in slugs:
            return verplaatst(slugs, slugs.index(slug), stap)
    weg = request.GET.get("weg")
    return [slug for slug in slugs if slug != weg] if weg in slugs else None


def gevraagd(request: HttpRequest) -> Bundel:
    """The book of the address; not found without blueprints, Mislukt when it cannot be made like this."""
    boek = Bundel(request.GET)
    if not boek.slugs:
        raise Http404
    if boek.bezwaren:
        raise Mislukt(" ".join(boek.bezwaren))
    return boek


@require_safe
@met_uitleg
def bundel_bestand(request: HttpRequest, formaat: str) -> HttpResponseBase:
    """The book as a file, at once when that takes a few seconds; else first a page that tells how far it is."""
    boek = gevraagd(request)
    if achtergrond.meteen(formaat, boek):
        pad = bundelbestand(formaat, boek)
    else:
        stand = achtergrond.bekijk(formaat, boek)
        if stand is None or stand.pad is None:
            return redirect(boek.adres("bundel-maken", als=formaat))
        pad = stand.pad
    return bestand_antwoord(request, pad, f"{bestandsnaam(boek.titel)}.{formaat}", SOORTEN[formaat])


@require_safe
@never_cache
@met_uitleg
def maken(request: HttpRequest) -> HttpResponseBase:
    """How far a large book is; loads itself again until the file is there."""
    boek, formaat = gevraagd(request), request.GET.get("als", "")
    if formaat not in BESTANDEN:
        raise Http404
    stand = achtergrond.bekijk(formaat, boek) or achtergrond.vraag_aan(formaat, boek)
    if stand.status == "mislukt" and "opnieuw" in request.GET:
        achtergrond.vraag_aan(formaat, boek)
        return redirect(boek.adres("bundel-maken", als=formaat))
    context = {
        "boek": boek,
        "stand": stand,
        "soort": BESTANDEN[formaat],
        "bestand": boek.adres("bundel-bestand", formaat=formaat),
        "opnieuw": boek.adres("bundel-maken", als=formaat, opnieuw="ja"),
    }
    antwoord = render(request, "bundel/maken.html", context)
    if stand.status in {"wacht", "bezig"}:
        achtergrond.start_werker()
        antwoord["Refresh"] = str(VERVERS)
    return antwoord
