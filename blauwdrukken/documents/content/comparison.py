"""Blueprints side by side as plain data: facts first, then every section, the same for page and documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.conf import settings

from ...costs import GRONDSLAGEN, andere_kosten, kosten
from ...models import Blauwdruk, Partij, Project
from ...secties import SECTIES
from ...text.tree import Blok, alinea, link, tekst
from .document import dag, document, looptijd, regios

# A row is {"kop", "anders", "cellen": one list of blocks for each column}.
Rij = dict[str, Any]
Cel = list[Blok]
# Shown among the facts already, in full and aligned.
BIJ_DE_FEITEN = {"themas", "partijen"}


def vergelijking(blauwdrukken: Sequence[Blauwdruk], adres: str, datum: str) -> dict[str, Any]:
    """The comparison of the contract; reads what document.compleet fetches, and the projects with 2 queries."""
    return {
        "titel": " en ".join(f"“{b.titel}”" for b in blauwdrukken) + " vergeleken",
        "adres": adres,
        "datum": datum,
        "kolommen": [
            {"titel": b.titel, "adres": f"{settings.BASE_URL}{b.get_absolute_url()}", "nummer": b.nummer}
            for b in blauwdrukken
        ],
        "groepen": [groep for groep in _groepen(blauwdrukken) if groep["rijen"]],
    }


def alleen_verschillen(groepen: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The groups with only the rows in which the columns differ."""
    over = [groep | {"rijen": [rij for rij in groep["rijen"] if rij["anders"]]} for groep in groepen]
    return [groep for groep in over if groep["rijen"]]


def _groepen(blauwdrukken: Sequence[Blauwdruk]) -> list[dict[str, Any]]:
    return [
        {"naam": "Waar en voor wie", "rijen": _voor_wie(blauwdrukken)},
        {"naam": "Thema's", "rijen": _themas(blauwdrukken)},
        {"naam": "Hoe ver en hoe zeker", "rijen": _stand(blauwdrukken)},
        {"naam": "Kosten", "rijen": _kosten(blauwdrukken)},
        {"naam": "Cijfers", "rijen": _cijfers(blauwdrukken)},
        {"naam": "Betrokken partijen", "rijen": _partijen(blauwdrukken)},
        {"naam": "De tekst per onderdeel", "rijen": _secties(blauwdrukken)},
    ]


def _rij(kop: str, cellen: list[Cel], geordend: bool = True) -> Rij:
    """A row that knows whether its columns differ, whatever their spaces, capitals and (unordered) order of items."""
    woorden: list[Any] = [_woorden(cel) for cel in cellen]
    vergeleken = woorden if geordend else [sorted(woord) for woord in woorden]
    return {"kop": kop, "anders": any(waarde != vergeleken[0] for waarde in vergeleken), "cellen": cellen}


def _feit(kop: str, blauwdrukken: Sequence[Blauwdruk], waarde: Callable[[Blauwdruk], str]) -> Rij:
    return _rij(kop, [[alinea(waarde(b))] for b in blauwdrukken])


def _lijst(woorden: Iterable[Any], anders: str) -> Cel:
    """Words below each other, or the word that says there are none."""
    items = [[inhoud if isinstance(inhoud, dict) else alinea(str(inhoud))] for inhoud in woorden]
    return [{"t": "ul", "c": items}] if items else [alinea(anders)]


def _voor_wie(blauwdrukken: Sequence[Blauwdruk]) -> list[Rij]:
    return [
        _rij("Regio", [_lijst(regios(b), "Niet genoemd") for b in blauwdrukken], geordend=False),
        _rij("Doelgroep", [_lijst(b.doelgroepen.all(), "Niet genoemd") for b in blauwdrukken], geordend=False),
        _feit("Programma", blauwdrukken, lambda b: str(b.programma or "Geen")),
        _feit("Organisatie om te benaderen", blauwdrukken, lambda b: str(b.contactorganisatie or "Geen")),
    ]


def _themas(blauwdrukken: Sequence[Blauwdruk]) -> list[Rij]:
    """Themes that all share apart from those of some."""
    per_kolom = [[_thema(b, thema) for thema in b.themas.all()] for b in blauwdrukken]
    gedeeld = [naam for naam in per_kolom[0] if all(naam in namen for namen in per_kolom)] if per_kolom else []
    eigen = [[naam for naam in namen if naam not in gedeeld] for namen in per_kolom]
    return [
        _rij("Gedeeld door alle", [_lijst(gedeeld, "Geen") for _ in blauwdrukken]),
        _rij("Niet bij alle", [_lijst(namen, "Geen andere") for namen in eigen], geordend=False),
    ]


def _thema(blauwdruk: Blauwdruk, thema: Any) -> str:
    anders = thema.slug == "anders" and blauwdruk.thema_anders
    return f"{thema.naam}: {blauwdruk.thema_anders}" if anders else thema.naam


def _stand(blauwdrukken: Sequence[Blauwdruk]) -> list[Rij]:
    projecten = _projecten(blauwdrukken)
    return [
        _feit("Fase", blauwdrukken, lambda b: b.get_fase_display()),
        _feit("Onderbouwing", blauwdrukken, lambda b: b.get_onderbouwing_display()),
        _feit("Looptijd", blauwdrukken, looptijd),
        _feit("Projecten", blauwdrukken, lambda b: str(len(projecten[b.pk]))),
        _feit("Regio's met een project", blauwdrukken, lambda b: _waar(projecten[b.pk])),
        _feit("Datum blauwdruk", blauwdrukken, lambda b: dag(b.laatst_gewijzigd) or "Onbekend"),
        _feit("Nummer", blauwdrukken, lambda b: str(b.nummer)) | {"anders": False},  # a name, not a property
    ]


def _projecten(blauwdrukken: Sequence[Blauwdruk]) -> dict[int, list[Project]]:
    """The public projects of each blueprint."""
    per_blauwdruk: dict[int, list[Project]] = {b.pk: [] for b in blauwdrukken}
    for project in Project.objects.gepubliceerd().filter(blauwdruk__in=blauwdrukken).prefetch_related("regios"):
        per_blauwdruk[project.blauwdruk_id].append(project)
    return per_blauwdruk


def _waar(projecten: list[Project]) -> str:
    """Number of regions that took the approach over; a project that names none is not nowhere."""
    if any(project.landelijk for project in projecten):
        return "Heel Nederland"
    aantal = len({regio.pk for project in projecten for regio in project.regios.all()})
    return "Niet genoemd" if projecten and not aantal else str(aantal)


def _kosten(blauwdrukken: Sequence[Blauwdruk]) -> list[Rij]:
    per_kolom = [list(b.kosten.all()) for b in blauwdrukken]
    rijen = []
    for grondslag in GRONDSLAGEN:
        bedragen = [kosten(posten, grondslag) for posten in per_kolom]
        rij = _rij(grondslag, [_bedrag(str(bedrag), bedrag.toelichting) for bedrag in bedragen])
        rijen.append(rij | {"anders": len({(bedrag.van, bedrag.tot) for bedrag in bedragen}) > 1})
    andere = [[alinea(f"{naam}: {bedrag}") for naam, bedrag in andere_kosten(p).items()] for p in per_kolom]
    return [*rijen, _rij("Andere bedragen", [_lijst(bedragen, "Geen") for bedragen in andere], geordend=False)]


def _bedrag(waarde: str, toelichting: str) -> Cel:
    return [alinea(waarde[:1].upper() + waarde[1:]), *([alinea({"t": "i", "c": [toelichting]})] if toelichting else [])]


def _cijfers(blauwdrukken: Sequence[Blauwdruk]) -> list[Rij]:
    uren: list[Cel] = []
    andere: list[Cel] = []
    for blauwdruk in blauwdrukken:
        cijfers = list(blauwdruk.kerncijfers.all())
        uren.append(_lijst([_cijfer(c) for c in cijfers if c.eenheid.split()[:1] == ["uur"]], "Onbekend"))
        andere.append(_lijst([_cijfer(c) for c in cijfers if c.eenheid.split()[:1] != ["uur"]], "Geen"))
    return [_rij("Uren", uren, geordend=False), _rij("Andere cijfers", andere, geordend=False)]


def _cijfer(cijfer: Any) -> str:
    return f"{cijfer}: {cijfer.omschrijving}"


def _partijen(blauwdrukken: Sequence[Blauwdruk]) -> list[Rij]:
    """A row for every role that somebody has, in the order of the format."""
    per_kolom = [dict(b.partijen_per_rol()) for b in blauwdrukken]
    rollen = [rol for rol in Partij.Rol.labels if any(rol in rijen for rijen in per_kolom)]
    return [
        _rij(rol, [_lijst(map(_partij, rijen.get(rol, [])), "Niet genoemd") for rijen in per_kolom], geordend=False)
        for rol in rollen
    ]


def _partij(partij: Partij) -> Blok:
    toelichting = f" ({partij.toelichting})" if partij.toelichting else ""
    return alinea(link(partij.organisatie.website, partij.organisatie.naam), toelichting)


def _secties(blauwdrukken: Sequence[Blauwdruk]) -> list[Rij]:
    per_kolom = [{sectie["veld"]: sectie["blokken"] for sectie in document(b)["secties"]} for b in blauwdrukken]
    return [
        _rij(sectie.kort, [_in_cel(gevuld.get(sectie.veld, [])) or [alinea("Niet ingevuld")] for gevuld in per_kolom])
        for sectie in SECTIES
        if sectie.veld not in BIJ_DE_FEITEN and any(sectie.veld in gevuld for gevuld in per_kolom)
    ]


def _in_cel(blokken: list[Blok]) -> Cel:
    """Blocks that fit a narrow column: a heading is a bold line and a table a list."""
    return [passend for blok in blokken for passend in _passend(blok)]


def _passend(blok: Blok) -> list[Blok]:
    if blok["t"] == "h":
        return [alinea({"t": "b", "c": blok["c"]})]
    if blok["t"] == "tabel":
        return [{"t": "ul", "c": [[_regel(rij)] for rij in blok["rijen"]]}]
    return [blok]


def _regel(rij: list[list[Any]]) -> Blok:
    """A row of a table as one line: what it is about in bold, then what is known of it."""
    eerste, *overige = rij
    rest = [cel for cel in overige if tekst(cel).strip()]
    return alinea(
        {"t": "b", "c": eerste}, *(deel for n, cel in enumerate(rest) for deel in (", " if n else ": ", *cel))
    )


def _woorden(cel: Cel) -> list[str]:
    """What a cell says, line by line, without spaces and capitals that make no difference."""
    return [" ".join(regel.casefold().split()) for blok in cel for regel in _regels(blok)]


def _regels(blok: Blok) -> list[str]:
    if blok["t"] in {"ul", "ol"}:
        return [regel for item in blok["c"] for onder in item for regel in _regels(onder)]
    return [tekst(blok["c"])]
