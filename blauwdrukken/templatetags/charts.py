"""Pictures of what is known of an entry."""

from __future__ import annotations

from collections.abc import Sequence

from django import template

from ..charts.bars import Bar, make_bars
from ..charts.scheme import Group, Name, Place, Scheme, make_scheme
from ..charts.timeline import Days, Part, Span, Timeline, make_timeline
from ..models import Blauwdruk, Partij, Project
from ..prices import Beside, Price, beside_others
from ..text.dates import PartialDate

register = template.Library()
PLACES = {
    Partij.Rol.OPDRACHTGEVER: Place.GIVES,
    Partij.Rol.SUBSIDIEGEVER: Place.GIVES,
    Partij.Rol.OPDRACHTNEMER: Place.DOES,
    Partij.Rol.UITVOERDER: Place.DOES,
}


@register.simple_tag
def scheme_of(blauwdruk: Blauwdruk) -> Scheme | None:
    """Who works with whom, by role; None when there is nothing to draw."""
    by_role: dict[str, list[Name]] = {}
    for partij in blauwdruk.partijen.all():
        by_role.setdefault(partij.rol, []).append(Name(partij.organisatie.naam, partij.cruciaal))
    return make_scheme([_group(rol, by_role[rol]) for rol in Partij.Rol if rol in by_role])


def _group(rol: Partij.Rol, names: list[Name]) -> Group:
    role = "Andere rol" if rol is Partij.Rol.ANDERS else rol.label
    return Group(role, PLACES.get(rol, Place.TAKES_PART), names)


@register.simple_tag
def prices_of(blauwdruk: Blauwdruk) -> list[tuple[Beside, list[tuple[Price, Bar | None]], bool, bool]]:
    """What it costs beside others, a table a head: rows with their bars, and whether any has a spread or goes on."""
    return [_with_bars(table) for table in beside_others(blauwdruk)]


def _with_bars(table: Beside) -> tuple[Beside, list[tuple[Price, Bar | None]], bool, bool]:
    drawn = make_bars([price.ends for price in table.prices])
    bars = drawn.bars if drawn else [None] * len(table.prices)
    spread, goes_on = any(bar.possible for bar in bars if bar), any(bar.is_open for bar in bars if bar)
    return table, list(zip(table.prices, bars, strict=True)), spread, goes_on


@register.simple_tag
def timeline_of(projecten: Sequence[Project]) -> Timeline | None:
    """When these projects ran; None when of none of them a period is known."""
    return make_timeline([_span(project) for project in projecten])


def _span(project: Project) -> Span:
    return Span(_days(project.periode_begin), _days(project.periode_eind), _days(project.described))


def _days(moment: PartialDate | None) -> Days | None:
    return (moment.first, moment.last) if moment else None


@register.filter
def with_parts(timeline: Timeline, projecten: Sequence[Project]) -> zip[tuple[Project, list[Part]]]:
    """Pairs of a project and the parts of its period."""
    return zip(projecten, timeline.rows, strict=True)
