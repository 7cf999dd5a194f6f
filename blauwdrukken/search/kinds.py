"""The kinds of things that one search finds, and what of each row it is found by and shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from regios.models import Gemeente, Regio

from ..models import Begrip, Doelgroep, Programma, Project, Thema, Verhaal
from ..text.notation import WHOLE_COUNTRY, join_words
from .schema import without_tags

MAX_REGIOS = 3  # names of regions in one line
_END_OF_HEADING = re.compile(r"(?<![?!.:])(?=</h[2-6]>)")


@dataclass(frozen=True)
class Entry:
    """One row of a kind: what a result shows of it, and the words and facet values by which it is found."""

    kind: str
    pk: int
    titel: str
    url: str
    line: str = ""  # stands below the title
    summary: str = ""
    text: str = ""
    parts: str = ""  # shown where a word stands in them, but found by a facet value
    parts_name: str = ""
    names: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    until: datetime | None = None  # when it stops being public


@dataclass(frozen=True)
class Kind:
    """A kind of thing: its names, its public rows, and the list that searches them by itself, if there is one."""

    name: str
    one: str
    many: str
    read: Callable[[], Iterable[Entry]] | None = None
    own_list: str = ""


def plain(rich_text: str) -> str:
    """Text without tags, in which a colon parts a heading from what it is about."""
    return without_tags(_END_OF_HEADING.sub(":", rich_text))


def read_begrippen() -> Iterator[Entry]:
    """Terms with their explanation."""
    for begrip in Begrip.objects.all():
        full = begrip.voluit if begrip.voluit != begrip.term else ""
        names = (full, *begrip.synoniemen.splitlines())
        yield Entry("begrip", begrip.pk, begrip.term, begrip.get_absolute_url(), full, begrip.uitleg, names=names)


def read_regios() -> Iterator[Entry]:
    """Regions; the names of municipalities lead to them as places, for parts of these names are everyday words."""
    for regio in Regio.objects.prefetch_related("provincies", "gemeenten"):
        gemeenten = ", ".join(map(_with_other_names, regio.gemeenten.all()))
        line = join_words(provincie.naam for provincie in regio.provincies.all())
        yield Entry(
            "regio",
            regio.pk,
            regio.naam,
            regio.get_absolute_url(),
            line,
            parts=gemeenten,
            parts_name="Gemeenten",
            names=tuple(regio.aliassen.splitlines()),
            facets=tuple(_places([regio])),
        )


def read_projecten() -> Iterator[Entry]:
    """Published projects."""
    rows = Project.objects.published().select_related("programma", "programmadoel", "organisatie", "herkomst")
    for project in rows.prefetch_related("regios__provincies"):
        texts = (plain(project.omschrijving), project.wat_aangepast, project.resultaat)
        belongs_to = (project.organisatie, project.programma, project.programmadoel)
        yield Entry(
            "project",
            project.pk,
            project.titel,
            project.get_absolute_url(),
            f"{project.status_met_moment} · {_where(project)}",
            project.doel,
            " ".join(texts),
            names=tuple(row.naam for row in belongs_to if row),
            facets=(*_places(project.regios.all()), *_facets("programma", filter(None, [project.programma]))),
            until=project.expire_at,
        )


def read_verhalen() -> Iterator[Entry]:
    """Published stories."""
    rows = Verhaal.objects.published().select_related("organisatie")
    for verhaal in rows.prefetch_related("regios__provincies", "themas"):
        yield Entry(
            "verhaal",
            verhaal.pk,
            verhaal.titel,
            verhaal.get_absolute_url(),
            f"{verhaal.get_soort_display()} · {_where(verhaal)}",
            verhaal.intro,
            plain(verhaal.tekst),
            names=(verhaal.organisatie.naam,) if verhaal.organisatie else (),
            facets=(*_places(verhaal.regios.all()), *_facets("thema", verhaal.themas.all())),
            until=verhaal.expire_at,
        )


def read_themas() -> Iterator[Entry]:
    """Themes; "anders" is none."""
    for thema in Thema.objects.exclude(slug="anders"):
        facets = tuple(_facets("thema", [thema]))
        yield Entry("thema", thema.pk, thema.naam, thema.get_absolute_url(), summary=thema.uitleg, facets=facets)


def read_doelgroepen() -> Iterator[Entry]:
    """Target groups, each with the blueprints for it."""
    for groep in Doelgroep.objects.all():
        url = f"{reverse('blauwdruk-list')}?{urlencode({'doelgroep': groep.slug})}"
        facets = tuple(_facets("doelgroep", [groep]))
        yield Entry("doelgroep", groep.pk, groep.naam, url, summary=groep.uitleg, facets=facets)


def read_programmas() -> Iterator[Entry]:
    """Programmes."""
    for programma in Programma.objects.all():
        yield Entry(
            "programma",
            programma.pk,
            programma.naam,
            programma.get_absolute_url(),
            programma.years,
            programma.uitleg,
            plain(programma.tekst),
            facets=tuple(_facets("programma", [programma])),
        )


def _where(entry: Any) -> str:
    """Regions of a project or story, in one line."""
    if entry.landelijk:
        return WHOLE_COUNTRY
    return join_words(entry.regios.all(), MAX_REGIOS) or "regio niet genoemd"


def _with_other_names(gemeente: Gemeente) -> str:
    others = ", ".join(gemeente.aliassen.splitlines())
    return f"{gemeente.naam} (ook {others})" if others else gemeente.naam


def _facets(name: str, rows: Iterable[Any]) -> Iterator[str]:
    return (f"{name}:{row.slug}" for row in rows)


def _places(regios: Iterable[Regio]) -> Iterator[str]:
    for regio in regios:
        yield f"regio:{regio.slug}"
        yield from _facets("provincie", regio.provincies.all())


# In the order in which results stand: what explains or places a word comes before what goes on about it.
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("begrip", "Begrip", "Begrippen", read_begrippen),
        Kind("regio", "Regio", "Regio's", read_regios),
        Kind("blauwdruk", "Blauwdruk", "Blauwdrukken", own_list="blauwdruk-list"),
        Kind("project", "Project", "Projecten", read_projecten, "project-list"),
        Kind("verhaal", "Verhaal", "Verhalen", read_verhalen, "verhaal-list"),
        Kind("thema", "Thema", "Thema's", read_themas),
        Kind("doelgroep", "Doelgroep", "Doelgroepen", read_doelgroepen),
        Kind("programma", "Programma", "Programma's", read_programmas),
    )
}


def register(kind: Kind) -> None:
    """Let a kind be found that lives on a higher floor."""
    KINDS[kind.name] = kind
