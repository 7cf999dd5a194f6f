"""Two to four blueprints side by side, as a page and as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from ..choice import NAAST_ELKAAR, Keuze, adres, lees
from ..documents.content.comparison import alleen_verschillen, vergelijking
from ..documents.content.document import compleet, dag
from ..documents.workshop import store as opslag
from ..documents.workshop.response import SOORTEN, bestand_antwoord
from ..models import Blauwdruk
from ..search.engine import Opdracht
from ..search.gateway import loket
from ..search.results import Resultaat, verwante
from .documents import met_uitleg, site

GEVONDEN = 8


@dataclass(frozen=True)
class Kolom:
    """A blueprint of the comparison with the addresses that move or remove it; empty where it cannot go."""

    blauwdruk: Blauwdruk
    weg: str
    naar_links: str
    naar_rechts: str


class Vergelijkvraag:
    """What the address of a comparison asks for."""

    def __init__(self, request: HttpRequest) -> None:
        gelezen = lees(request.GET.getlist("b"))
        self.genoemd, self.meldingen = gelezen.slugs, gelezen.meldingen
        self.slugs = self.genoemd[:NAAST_ELKAAR]
        self.alleen = "verschillen" if request.GET.get("alleen") == "verschillen" else ""
        self.zoek = request.GET.get("zoek", "").replace("\x00", " ").strip()[:100]
        if len(self.genoemd) > NAAST_ELKAAR:
            self.meldingen.append(
                f"U kunt {NAAST_ELKAAR} blauwdrukken tegelijk vergelijken. U ziet de eerste {NAAST_ELKAAR}. "
                "Onder de tabel kiest u welke u wilt zien."
            )

    @cached_property
    def blauwdrukken(self) -> list[Blauwdruk]:
        """The blueprints in the order of the address; 9 queries, none when it names none."""
        rijen = {b.slug: b for b in compleet(Blauwdruk.objects.gepubliceerd().filter(slug__in=self.slugs))}
        return [rijen[slug] for slug in self.slugs if slug in rijen]

    @property
    def volledig(self) -> dict[str, Any]:
        """The comparison itself, for the page and for the documents."""
        hier = settings.BASE_URL + adres("vergelijk", self.slugs)
        return vergelijking(self.blauwdrukken, hier, dag(timezone.localdate()))

    def naar(self, slugs: list[str]) -> str:
        """Address of this comparison with these blueprints."""
        return adres("vergelijk", slugs, alleen=self.alleen)

    def kolommen(self) -> list[Kolom]:
        laatste = len(self.slugs) - 1
        return [
            Kolom(
                blauwdruk,
                self.naar([slug for slug in self.slugs if slug != blauwdruk.slug]),
                self.naar(verplaatst(self.slugs, n, -1)) if n else "",
                self.naar(verplaatst(self.slugs, n, 1)) if n < laatste else "",
            )
            for n, blauwdruk in enumerate(self.blauwdrukken)
        ]

    def erbij(self) -> list[tuple[Blauwdruk, str]]:
        """Blueprints to add, each with the address that does so: found by words, or like the only one."""
        if self.zoek:
            gevonden = Resultaat(loket().machine(), Opdracht(self.zoek, {}, "relevantie", 0, GEVONDEN))[:GEVONDEN]
        elif len(self.blauwdrukken) == 1:
            gevonden = verwante(loket().machine(), self.blauwdrukken[0], 3)
        else:
            gevonden = []
        return [(b, self.naar([*self.slugs, b.slug])) for b in gevonden if b.slug not in self.slugs]


def verplaatst(slugs: list[str], plaats: int, stap: int) -> list[str]:
    """The same slugs with the one at this place moved."""
    nieuw = slugs.copy()
    nieuw.insert(plaats + stap, nieuw.pop(plaats))
    return nieuw


@require_safe
def vergelijk(request: HttpRequest) -> HttpResponse:
    """The comparison, or how to come to one."""
    vraag = Vergelijkvraag(request)
    te_kiezen = vraag.genoemd if len(vraag.genoemd) > NAAST_ELKAAR else []
    if not vraag.slugs:
        te_kiezen = Keuze(request).slugs
    groepen = vraag.volledig["groepen"] if len(vraag.blauwdrukken) > 1 else []
    context = {
        "vraag": vraag,
        "kolommen": vraag.kolommen(),
        "groepen": alleen_verschillen(groepen) if vraag.alleen else groepen,
        "erbij": vraag.erbij() if len(vraag.slugs) < NAAST_ELKAAR else [],
        "mag_erbij": len(vraag.slugs) < NAAST_ELKAAR,
        "te_kiezen": titels(te_kiezen),
        "hier": adres("vergelijk", vraag.slugs),
        "wissel": adres("vergelijk", vraag.slugs, alleen="" if vraag.alleen else "verschillen"),
        "bundel_adres": adres("bundel", vraag.slugs),
        "bestanden": [(naam, adres("vergelijk-bestand", vraag.slugs, formaat=f)) for f, naam in BESTANDEN.items()],
    }
    return render(request, "vergelijk/vergelijk.html", context)


BESTANDEN = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel"}


def titels(slugs: list[str]) -> list[tuple[str, str]]:
    """Pairs of slug and title in this order; 1 query, none without slugs."""
    namen = dict(Blauwdruk.objects.gepubliceerd().filter(slug__in=slugs).values_list("slug", "titel")) if slugs else {}
    return [(slug, namen[slug]) for slug in slugs if slug in namen]


@require_safe
@met_uitleg
def vergelijk_bestand(request: HttpRequest, formaat: str) -> HttpResponseBase:
    """The whole comparison as PDF, Word or spreadsheet; not found when the address names fewer than two."""
    vraag = Vergelijkvraag(request)
    if len(vraag.slugs) < 2:
        raise Http404

    def opdracht() -> dict[str, Any]:
        return {"soort": "vergelijking", "site": site(), "vergelijking": vraag.volledig}

    pad = opslag.bestand(formaat, ("vergelijking", *vraag.slugs), opdracht)
    return bestand_antwoord(
        request, pad, f"Vergelijking van {len(vraag.slugs)} blauwdrukken.{formaat}", SOORTEN[formaat]
    )
