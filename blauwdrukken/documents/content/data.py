"""Blueprints as data for programs: the one shape of the API, the JSON files and the spreadsheets."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from regios.models import Regio

from ...facts import FACTS, name_of
from ...models import Blauwdruk, Programma, Project
from ...rows import ROWS
from ...secties import SECTIES, Soort


def short_data(blauwdruk: Blauwdruk) -> dict[str, Any]:
    """What a list tells of a blueprint; reads regions, themes, target groups, programme and organisation."""
    return {
        "nummer": blauwdruk.nummer,
        "slug": blauwdruk.slug,
        "titel": blauwdruk.titel,
        "samenvatting": blauwdruk.samenvatting,
        "url": f"{settings.BASE_URL}{blauwdruk.get_absolute_url()}",
        **{key: value for fact in FACTS if fact.data for key, value in fact.data(blauwdruk).items()},
    }


def full_data(blauwdruk: Blauwdruk) -> dict[str, Any]:
    """All of a blueprint: sections as HTML under the names of the format, and its rows."""
    return short_data(blauwdruk) | {
        "stand": blauwdruk.stand,
        "thema_anders": blauwdruk.thema_anders,
        "toelichting": blauwdruk.toelichting,
        "bron": blauwdruk.bron,
        "secties": {
            sectie.veld: {"kop": sectie.kop, "html": html}
            for sectie in SECTIES
            if sectie.soort is Soort.TEKST and (html := getattr(blauwdruk, sectie.veld))
        },
        **{rows.veld: [rows.data(row) for row in rows.ranked(blauwdruk)] for rows in ROWS if rows.data},
    }


def project(project: Project) -> dict[str, Any]:
    """What a list tells of a project; `blauwdruk` must have been read from published ones only."""
    return {
        "slug": project.slug,
        "titel": project.titel,
        "url": f"{settings.BASE_URL}{project.get_absolute_url()}",
        "doel": project.doel,
        "blauwdruk": project.blauwdruk.slug if project.blauwdruk else None,
        "landelijk": project.landelijk,
        "regios": [name_of(regio) for regio in project.regios.all()],
        "programma": name_of(project.programma),
        "programmadoel": name_of(project.programmadoel),
        "nummer": project.nummer,
        "organisatie": str(project.organisatie) if project.organisatie else None,
        "status": project.status,
        "status_met_moment": project.status_met_moment,
        "beschreven": project.described.edtf if project.described else None,
        "beschreven_in_woorden": project.described.words if project.described else None,
        "prioriteit": project.prioriteit,
        "periode_begin": project.periode_begin.exact_day if project.periode_begin else None,
        "periode_eind": project.periode_eind.exact_day if project.periode_eind else None,
        "begin": project.periode_begin.edtf if project.periode_begin else None,
        "eind": project.periode_eind.edtf if project.periode_eind else None,
        "periode": project.periode,
        "budget": project.budget,
        "wat_aangepast": project.wat_aangepast,
        "resultaat": project.resultaat,
    }


def regio(regio: Regio) -> dict[str, Any]:
    """A region with its provinces and municipalities."""
    return {
        "slug": regio.slug,
        "naam": regio.naam,
        "cbs_code": regio.cbs_code,
        "url": f"{settings.BASE_URL}{regio.get_absolute_url()}",
        "provincies": [name_of(provincie) for provincie in regio.provincies.all()],
        "centrumgemeente": str(regio.centrumgemeente) if regio.centrumgemeente else None,
        "gemeenten": [gemeente.naam for gemeente in regio.gemeenten.all()],
    }


def thema(thema: Any) -> dict[str, Any]:
    """A theme of ThemaManager.with_count()."""
    return {
        "slug": thema.slug,
        "naam": thema.naam,
        "uitleg": thema.uitleg,
        "url": f"{settings.BASE_URL}{thema.get_absolute_url()}",
        "aantal": thema.aantal,
    }


def programma(programma: Programma) -> dict[str, Any]:
    """A programme of ProgrammaManager.with_counts(), with its goals and its text as HTML."""
    return {
        "slug": programma.slug,
        "naam": programma.naam,
        "uitleg": programma.uitleg,
        "url": f"{settings.BASE_URL}{programma.get_absolute_url()}",
        "jaar_van": programma.jaar_van,
        "jaar_tot": programma.jaar_tot,
        "tekst": programma.tekst,
        "bron": programma.source_words,
        "doelen": [name_of(doel) for doel in programma.doelen.all()],
        "aantal_blauwdrukken": programma.aantal_blauwdrukken,
        "aantal_projecten": programma.aantal_projecten,
    }
