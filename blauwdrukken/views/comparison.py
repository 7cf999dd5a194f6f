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
from ..depends import On, depends
from ..documents.content.comparison import make_comparison
from ..documents.content.document import with_all_content
from ..documents.formats.table import Subject, labels
from ..documents.workshop import store
from ..documents.workshop.response import file_response
from ..facts import regio_names
from ..models import Blauwdruk
from ..search.engine import SearchRequest
from ..search.gateway import gateway
from ..search.results import ResultList, related_blauwdrukken
from ..side_by_side import facts_beside, has_ranges, known_of, of_all, other_facts, texts_beside
from ..text.notation import format_day, join_words
from .documents import site, visitor, with_explanation

MAX_FOUND = 8
ALL = "alle"  # opens every text


@dataclass(frozen=True)
class Column:
    """A blueprint of the comparison with the addresses that move or remove it; empty where it cannot go."""

    blauwdruk: Blauwdruk
    remove_url: str
    left_url: str
    right_url: str

    @property
    def where(self) -> str:
        """Its regions, as far as they are named."""
        return join_words(regio_names(self.blauwdruk), 2) or "Regio niet genoemd"


class ComparisonQuery:
    """What the address of a comparison asks for."""

    def __init__(self, request: HttpRequest) -> None:
        parsed = parse_slugs(request.GET.getlist("b"))
        self.named_slugs, self.messages = parsed.slugs, parsed.messages
        self.slugs = self.named_slugs[:MAX_SIDE_BY_SIDE]
        self.opened = self._read_opened(request.GET.get("teksten", ""))
        self.zoek = request.GET.get("zoek", "").replace("\x00", " ").strip()[:100]
        if len(self.named_slugs) > MAX_SIDE_BY_SIDE:
            self.messages.append(
                f"U kunt {MAX_SIDE_BY_SIDE} blauwdrukken tegelijk vergelijken. U ziet de eerste {MAX_SIDE_BY_SIDE}. "
                "Onder de tabel kiest u welke u wilt zien."
            )

    def _read_opened(self, value: str) -> str:
        """The word that opens all texts, or nothing and a sentence about another word."""
        if value in ("", ALL):
            return value
        self.messages.append(f"“{value[:60]}” is geen keuze bij de teksten. U opent ze hieronder zelf.")
        return ""

    @cached_property
    def blauwdrukken(self) -> list[Blauwdruk]:
        """The blueprints in the order of the address; 9 queries, none when it names none."""
        rows = {b.slug: b for b in with_all_content(Blauwdruk.objects.published().filter(slug__in=self.slugs))}
        return [rows[slug] for slug in self.slugs if slug in rows]

    @property
    def comparison(self) -> dict[str, Any]:
        """The comparison itself, for the page and for the documents."""
        here = settings.BASE_URL + make_url("vergelijk", self.slugs)
        return make_comparison(self.blauwdrukken, here, format_day(timezone.localdate()))

    def url_with(self, slugs: list[str]) -> str:
        """Address of this comparison with these blueprints."""
        return make_url("vergelijk", slugs, teksten=self.opened)

    def columns(self) -> list[Column]:
        last = len(self.slugs) - 1
        return [
            Column(
                blauwdruk,
                self.url_with([slug for slug in self.slugs if slug != blauwdruk.slug]),
                self.url_with(move_slug(self.slugs, n, -1)) if n else "",
                self.url_with(move_slug(self.slugs, n, 1)) if n < last else "",
            )
            for n, blauwdruk in enumerate(self.blauwdrukken)
        ]

    def additions(self) -> list[tuple[Blauwdruk, str]]:
        """Blueprints to add, each with the address that does so: found by words, or like the only one."""
        if self.zoek:
            found = ResultList(gateway().engine(), SearchRequest(self.zoek, {}, "relevantie", 0, MAX_FOUND))[:MAX_FOUND]
        elif len(self.blauwdrukken) == 1:
            found = related_blauwdrukken(gateway().engine(), self.blauwdrukken[0], 3)
        else:
            found = []
        return [(b, self.url_with([*self.slugs, b.slug])) for b in found if b.slug not in self.slugs]


def move_slug(slugs: list[str], place: int, step: int) -> list[str]:
    """The same slugs with the one at this place moved."""
    new = slugs.copy()
    new.insert(place + step, new.pop(place))
    return new


@depends(On.CONTENT | On.CHOICE | On.DAY, query=("b", "teksten", "zoek"))
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """The comparison, or how to come to one."""
    query = ComparisonQuery(request)
    offered = query.named_slugs if len(query.named_slugs) > MAX_SIDE_BY_SIDE else []
    if not query.slugs:
        offered = Keuze(request).slugs
    context = {
        "vraag": query,
        "kolommen": query.columns(),
        "erbij": query.additions() if len(query.slugs) < MAX_SIDE_BY_SIDE else [],
        "mag_erbij": len(query.slugs) < MAX_SIDE_BY_SIDE,
        "te_kiezen": load_titles(offered),
        "hier": make_url("vergelijk", query.slugs),
        "wissel": make_url("vergelijk", query.slugs, teksten="" if query.opened else ALL),
        "bundel_adres": make_url("bundel", query.slugs),
        "bestanden": [
            (name, make_url("vergelijk-bestand", query.slugs, extension=f))
            for f, name in labels(Subject.VERGELIJKING).items()
        ],
    } | (_beside(query) if len(query.blauwdrukken) > 1 else {"feiten": []})
    return render(request, "vergelijk/vergelijk.html", context)


def _beside(query: ComparisonQuery) -> dict[str, Any]:
    """What stands beside each other."""
    facts, comparison = facts_beside(query.blauwdrukken), query.comparison
    return {
        "feiten": facts,
        "bekend": known_of(facts),
        "met_bereik": has_ranges(facts),
        "alle": of_all(len(query.blauwdrukken)),
        "meer_feiten": other_facts(comparison["groepen"]),
        "teksten": texts_beside(comparison["groepen"], [b.titel for b in query.blauwdrukken]),
        "datum": comparison["datum"],
    }


def load_titles(slugs: list[str]) -> list[tuple[str, str]]:
    """Pairs of slug and title in this order; 1 query, none without slugs."""
    names = dict(Blauwdruk.objects.published().filter(slug__in=slugs).values_list("slug", "titel")) if slugs else {}
    return [(slug, names[slug]) for slug in slugs if slug in names]


@depends(On.NEVER)
@require_safe
@with_explanation
def comparison_file(request: HttpRequest, extension: str) -> HttpResponseBase:
    """The whole comparison as PDF, Word or spreadsheet; not found when the address names fewer than two."""
    query = ComparisonQuery(request)
    if len(query.slugs) < 2:
        raise Http404

    def order() -> dict[str, Any]:
        return {"soort": "vergelijking", "site": site(), "vergelijking": query.comparison}

    path = store.get_file(extension, ("vergelijking", *query.slugs), order, visitor(request))
    return file_response(request, path, f"Vergelijking van {len(query.slugs)} blauwdrukken.{extension}")
