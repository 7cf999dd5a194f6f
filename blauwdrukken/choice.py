"""What a visitor chose to compare or to bundle: kept in the session, named in the address when used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from .models import Blauwdruk
from .text.notation import join_words

CHOICE, MESSAGE = "keuze", "keuze_melding"  # in the session
MAX_CHOSEN = 50
MAX_SIDE_BY_SIDE = 4
SLUG = re.compile(r"[-\w]{1,120}", re.ASCII)


def make_url(name: str, slugs: Iterable[str], extension: str = "", **rest: str) -> str:
    """Address of the page or file with this name for these blueprints: it can be shared, for it says all."""
    pairs = [("b", slug) for slug in slugs] + [(key, value) for key, value in rest.items() if value]
    return reverse(name, args=[extension] if extension else []) + (f"?{urlencode(pairs)}" if pairs else "")


@dataclass
class ParsedSlugs:
    """What an address names: slugs of published blueprints in its order, and sentences about the others."""

    slugs: list[str]
    messages: list[str] = field(default_factory=list)


def parse_slugs(requested: Sequence[str]) -> ParsedSlugs:
    """The published blueprints among these words; 1 query, none without words."""
    well_formed = [slug for slug in dict.fromkeys(requested) if SLUG.fullmatch(slug)]
    known = (
        set(Blauwdruk.objects.published().filter(slug__in=well_formed).values_list("slug", flat=True))
        if well_formed
        else set()
    )
    parsed = ParsedSlugs([slug for slug in well_formed if slug in known])
    unknown = [slug for slug in dict.fromkeys(requested) if slug and slug not in known]
    if unknown:
        named = join_words((f"“{word[:60]}”" for word in unknown), 3)
        parsed.messages.append(f"{named} staat niet (meer) in de kennisbank. Die laten wij weg.")
    if any(requested.count(slug) > 1 for slug in parsed.slugs):
        parsed.messages.append("Een blauwdruk stond er twee keer bij. U ziet hem één keer.")
    return parsed


class Keuze:
    """The chosen blueprints of one visitor; a session, and so a cookie, exists only while there are any."""

    def __init__(self, request: HttpRequest) -> None:
        self._session: Any = getattr(request, "session", {})

    @cached_property
    def slugs(self) -> list[str]:
        """What is chosen and still public; what was withdrawn drops out, with a sentence."""
        chosen = self._session.get(CHOICE) or []
        left = parse_slugs(chosen).slugs
        if len(left) < len(chosen):
            self._notify("Een blauwdruk uit uw keuze is ingetrokken. Die staat er niet meer bij.")
            self._save(left)
        return left

    def add(self, slug: str) -> None:
        """Choose one more; above MAX_CHOSEN a sentence instead."""
        if slug in self.slugs:
            return
        if len(self.slugs) < MAX_CHOSEN:
            self._save([*self.slugs, slug])
        else:
            self._notify(f"U kunt hooguit {MAX_CHOSEN} blauwdrukken kiezen. Haal er eerst een weg.")

    def remove(self, slug: str) -> None:
        self._save([chosen for chosen in self.slugs if chosen != slug])

    def clear(self) -> None:
        self._save([])

    @cached_property
    def message(self) -> str:
        """A sentence for the visitor, once."""
        message: str = self._session.pop(MESSAGE, "") if self._session.get(MESSAGE) else ""
        return message

    @property
    def comparison_url(self) -> str:
        """Where to compare; with more than fit side by side that page asks which."""
        return make_url("vergelijk", self.slugs if len(self.slugs) <= MAX_SIDE_BY_SIDE else [])

    @property
    def bundel_url(self) -> str:
        return make_url("bundel", self.slugs)

    def _notify(self, sentence: str) -> None:
        self._session[MESSAGE] = sentence

    def _save(self, slugs: list[str]) -> None:
        self.slugs = slugs
        if slugs or MESSAGE in self._session:
            self._session[CHOICE] = slugs
            return
        self._session.pop(CHOICE, None)
        if not self._session.keys():
            self._session.flush()  # nothing is kept any more: the cookie goes as well


def keuze(request: HttpRequest) -> dict[str, Keuze]:
    """Context processor: the visitor's choice, read only by the templates that show it."""
    return {"keuze": Keuze(request)}
