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

from ..choice import MAX_SIDE_BY_SIDE, Keuze, make_url, parse_slugs
from ..documents.content.comparison import make_comparison, only_differences
from ..documents.content.document import with_all_content
from ..documents.formats.table import Subject, labels
from ..documents.workshop import store
from ..documents.workshop.response import file_response
from ..models import Blauwdruk
from ..search.engine import SearchRequest
from ..search.gateway import gateway
from ..search.results import ResultList, related_blauwdrukken
from ..text.notation import format_day
from .documents import site, with_explanation

MAX_FOUND = 8


@dataclass(frozen=True)
class Column:
    """A blueprint of the comparison with the addresses that move or remove it; empty where it cannot go."""

    blauwdruk: Blauwdruk
    remove_url: str
    left_url: str
    right_url: str


class ComparisonQuery:
    """What the address of a comparison asks for."""

    def __init__(self, request: HttpRequest) -> None:
        gelezen = parse_slugs(request.GET.getlist("b"))
        self.named_slugs, self.messages = gelezen.slugs, gelezen.messages
        self.slugs = self.named_slugs[:MAX_SIDE_BY_SIDE]
        self.only_differences = "verschillen" if request.GET.get("alleen") == "verschillen" else ""
        self.zoek = request.GET.get("zoek", "").replace("\x00", " ").strip()[:100]
        if len(self.named_slugs) > MAX_SIDE_BY_SIDE:
            self.messages.append(
                f"U kunt {MAX_SIDE_BY_SIDE} blauwdrukken tegelijk vergelijken. U ziet de eerste {MAX_SIDE_BY_SIDE}. "
                "Onder de tabel kiest u welke u wilt zien."
            )

    @cached_property
    def blauwdrukken(self) -> list[Blauwdruk]:
        """The blueprints in the order of the address; 9 queries, none when it names none."""
        rijen = {b.slug: b for b in with_all_content(Blauwdruk.objects.published().filter(slug__in=self.slugs))}
        return [rijen[slug] for slug in self.slugs if slug in rijen]

    @property
    def comparison(self) -> dict[str, Any]:
        """The comparison itself, for the page and for the documents."""
        hier = settings.BASE_URL + make_url("vergelijk", self.slugs)
        return make_comparison(self.blauwdrukken, hier, format_day(timezone.localdate()))

    def url_with(self, slugs: list[str]) -> str:
        """Address of this comparison with these blueprints."""
        return make_url("vergelijk", slugs, alleen=self.only_differences)

    def columns(self) -> list[Column]:
        laatste = len(self.slugs) - 1
        return [
            Column(
                blauwdruk,
                self.url_with([slug for slug in self.slugs if slug != blauwdruk.slug]),
                self.url_with(move_slug(self.slugs, n, -1)) if n else "",
                self.url_with(move_slug(self.slugs, n, 1)) if n < laatste else "",
            )
            for n, blauwdruk in enumerate(self.blauwdrukken)
        ]

    def additions(self) -> list[tuple[Blauwdruk, str]]:
        """Blueprints to add, each with the address that does so: found by words, or like the only one."""
        if self.zoek:
            gevonden = ResultList(gateway().engine(), SearchRequest(self.zoek, {}, "relevantie", 0, MAX_FOUND))[
                :MAX_FOUND
            ]
        elif len(self.blauwdrukken) == 1:
            gevonden = related_blauwdrukken(gateway().engine(), self.blauwdrukken[0], 3)
        else:
            gevonden = []
        return [(b, self.url_with([*self.slugs, b.slug])) for b in gevonden if b.slug not in self.slugs]


def move_slug(slugs: list[str], plaats: int, stap: int) -> list[str]:
    """The same slugs with the one at this place moved."""
    nieuw = slugs.copy()
    nieuw.insert(plaats + stap, nieuw.pop(plaats))
    return nieuw


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """The comparison, or how to come to one."""
    vraag = ComparisonQuery(request)
    te_kiezen = vraag.named_slugs if len(vraag.named_slugs) > MAX_SIDE_BY_SIDE else []
    if not vraag.slugs:
        te_kiezen = Keuze(request).slugs
    groepen = vraag.comparison["groepen"] if len(vraag.blauwdrukken) > 1 else []
    context = {
        "vraag": vraag,
        "kolommen": vraag.columns(),
        "groepen": only_differences(groepen) if vraag.only_differences else groepen,
        "erbij": vraag.additions() if len(vraag.slugs) < MAX_SIDE_BY_SIDE else [],
        "mag_erbij": len(vraag.slugs) < MAX_SIDE_BY_SIDE,
        "te_kiezen": load_titles(te_kiezen),
        "hier": make_url("vergelijk", vraag.slugs),
        "wissel": make_url("vergelijk", vraag.slugs, alleen="" if vraag.only_differences else "verschillen"),
        "bundel_adres": make_url("bundel", vraag.slugs),
        "bestanden": [
            (naam, make_url("vergelijk-bestand", vraag.slugs, formaat=f))
            for f, naam in labels(Subject.VERGELIJKING).items()
        ],
    }
    return render(request, "vergelijk/vergelijk.html", context)


def load_titles(slugs: list[str]) -> list[tuple[str, str]]:
    """Pairs of slug and title in this order; 1 query, none without slugs."""
    namen = dict(Blauwdruk.objects.published().filter(slug__in=slugs).values_list("slug", "titel")) if slugs else {}
    return [(slug, namen[slug]) for slug in slugs if slug in namen]


@require_safe
@with_explanation
def comparison_file(request: HttpRequest, formaat: str) -> HttpResponseBase:
    """The whole comparison as PDF, Word or spreadsheet; not found when the address names fewer than two."""
    vraag = ComparisonQuery(request)
    if len(vraag.slugs) < 2:
        raise Http404

    def opdracht() -> dict[str, Any]:
        return {"soort": "vergelijking", "site": site(), "vergelijking": vraag.comparison}

    pad = store.get_file(formaat, ("vergelijking", *vraag.slugs), opdracht)
    return file_response(request, pad, f"Vergelijking van {len(vraag.slugs)} blauwdrukken.{formaat}")
