"""Themes with what tells them apart: how many blueprints they have, and for whom these are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from .models import Blauwdruk, Doelgroep, Thema

COMMON = 4  # a group of more than one in so many blueprints tells no theme from another
MOST_GROUPS = 3  # on a tile
FULLEST_GROUPS = 6  # on the page of a theme


@dataclass(frozen=True)
class Group:
    """A target group within a theme, with its number of blueprints and the list that shows them."""

    doelgroep: Doelgroep
    count: int
    url: str


@dataclass(frozen=True)
class ThemaTile:
    """A theme with its telling groups; `share` is its part of all blueprints, in percents."""

    thema: Thema
    groups: list[Group]
    share: int


def thema_tiles(total: int, counted: Iterable[Any]) -> list[ThemaTile]:
    """The themes with blueprints of `counted`, of `total` published ones; "anders" is no subject; 2 queries."""
    themas = [thema for thema in counted if thema.aantal and thema.slug != "anders"]
    groups = _telling_groups(total)
    return [_tile(thema, groups[thema.pk], total) for thema in themas]


def groups_of(thema: Thema) -> list[Group]:
    """The target groups that the blueprints of one theme are most often for; 1 query."""
    published = Blauwdruk.objects.published().filter(themas=thema).order_by()
    doelgroepen = Doelgroep.objects.filter(blauwdrukken__in=published).annotate(aantal=Count("blauwdrukken"))
    fullest = doelgroepen.order_by("-aantal", "naam")[:FULLEST_GROUPS]
    return [Group(doelgroep, doelgroep.aantal, _list_of(thema, doelgroep)) for doelgroep in fullest]


def _tile(thema: Any, groups: Iterable[tuple[Doelgroep, int]], total: int) -> ThemaTile:
    fullest = sorted(groups, key=lambda group: (-group[1], group[0].naam))[:MOST_GROUPS]
    links = [Group(doelgroep, count, _list_of(thema, doelgroep)) for doelgroep, count in fullest]
    return ThemaTile(thema, links, round(100 * thema.aantal / total))


def _telling_groups(total: int) -> dict[int, list[tuple[Doelgroep, int]]]:
    """Groups with their counts per theme, the fullest first; without those that are nearly everywhere."""
    published = Blauwdruk.objects.published().order_by()
    doelgroepen = Doelgroep.objects.filter(blauwdrukken__in=published).annotate(aantal=Count("blauwdrukken"))
    telling = {group.pk: group for group in doelgroepen if group.aantal * COMMON <= total}
    found = defaultdict(list)
    for thema, doelgroep, count in published.values_list("themas", "doelgroepen").annotate(count=Count("pk")):
        if doelgroep in telling:
            found[thema].append((telling[doelgroep], count))
    return found


def _list_of(thema: Thema, doelgroep: Doelgroep) -> str:
    return f"{reverse('blauwdruk-list')}?{urlencode({'thema': thema.slug, 'doelgroep': doelgroep.slug})}"
