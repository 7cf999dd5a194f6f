"""Blueprints side by side as plain data: facts first, then every section, the same for page and documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings

from ...costs import COST_BASES, kosten, other_kosten
from ...facts import AUDIENCE, RECORD, STATE, Fact, compared
from ...models import Blauwdruk, Partij, Project
from ...secties import SECTIES
from ...text.notation import WHOLE_COUNTRY, join_words
from ...text.tree import Block, inline_text, link, paragraph
from .document import document

# A row is {"kop", "anders", "cellen": one list of blocks for each column}.
Row = dict[str, Any]
Cell = list[Block]
# Shown among the facts already, in full and aligned.
SHOWN_AMONG_FACTS = {"themas", "partijen"}


def make_comparison(blauwdrukken: Sequence[Blauwdruk], adres: str, datum: str) -> dict[str, Any]:
    """The comparison of the contract; reads what document.compleet fetches, and the projects with 2 queries."""
    return {
        "titel": join_words((f"“{b.titel}”" for b in blauwdrukken), tussen=" en ") + " vergeleken",
        "adres": adres,
        "datum": datum,
        "kolommen": [
            {"titel": b.titel, "adres": f"{settings.BASE_URL}{b.get_absolute_url()}", "nummer": b.nummer}
            for b in blauwdrukken
        ],
        "groepen": [groep for groep in _groups(blauwdrukken) if groep["rijen"]],
    }


def only_differences(groepen: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The groups with only the rows in which the columns differ."""
    over = [groep | {"rijen": [rij for rij in groep["rijen"] if rij["anders"]]} for groep in groepen]
    return [groep for groep in over if groep["rijen"]]


def _groups(blauwdrukken: Sequence[Blauwdruk]) -> list[dict[str, Any]]:
    return [
        {"naam": "Waar en voor wie", "rijen": _fact_rows(AUDIENCE, blauwdrukken)},
        {"naam": "Thema's", "rijen": _themas(blauwdrukken)},
        {"naam": "Hoe ver en hoe zeker", "rijen": _state_rows(blauwdrukken)},
        {"naam": "Kosten", "rijen": _kosten(blauwdrukken)},
        {"naam": "Cijfers", "rijen": _kerncijfer_rows(blauwdrukken)},
        {"naam": "Betrokken partijen", "rijen": _partijen(blauwdrukken)},
        {"naam": "De tekst per onderdeel", "rijen": _secties(blauwdrukken)},
    ]


def _row(kop: str, cellen: list[Cell], geordend: bool = True) -> Row:
    """A row that knows whether its columns differ, whatever their spaces, capitals and (unordered) order of items."""
    woorden: list[Any] = [_words(cel) for cel in cellen]
    vergeleken = woorden if geordend else [sorted(woord) for woord in woorden]
    return {"kop": kop, "anders": any(waarde != vergeleken[0] for waarde in vergeleken), "cellen": cellen}


def _fact_rows(group: str, blauwdrukken: Sequence[Blauwdruk]) -> list[Row]:
    """Rows of the facts of one group of facts.py."""
    return [_fact_row(fact, blauwdrukken) for fact in compared(group)]


def _fact_row(fact: Fact, blauwdrukken: Sequence[Blauwdruk]) -> Row:
    known = [fact.words(b) if fact.words else [] for b in blauwdrukken]
    unknown = fact.compared_unknown or fact.unknown
    if fact.is_list:
        return _row(fact.heading, [_list_cell(words, unknown) for words in known], geordend=False)
    row = _text_row(fact.heading, [", ".join(words) or unknown for words in known])
    return row if fact.differs else row | {"anders": False}


def _text_row(kop: str, teksten: list[str]) -> Row:
    return _row(kop, [[paragraph(tekst)] for tekst in teksten])


def _list_cell(woorden: Iterable[Any], anders: str) -> Cell:
    """Words below each other, or the word that says there are none."""
    items = [[inhoud if isinstance(inhoud, dict) else paragraph(str(inhoud))] for inhoud in woorden]
    return [{"t": "ul", "c": items}] if items else [paragraph(anders)]


def _themas(blauwdrukken: Sequence[Blauwdruk]) -> list[Row]:
    """Themes that all share apart from those of some."""
    per_kolom = [b.named_themas() for b in blauwdrukken]
    gedeeld = [naam for naam in per_kolom[0] if all(naam in namen for namen in per_kolom)] if per_kolom else []
    eigen = [[naam for naam in namen if naam not in gedeeld] for namen in per_kolom]
    return [
        _row("Gedeeld door alle", [_list_cell(gedeeld, "Geen") for _ in blauwdrukken]),
        _row("Niet bij alle", [_list_cell(namen, "Geen andere") for namen in eigen], geordend=False),
    ]


def _state_rows(blauwdrukken: Sequence[Blauwdruk]) -> list[Row]:
    """How far and how sure, with what became of the approach in between."""
    projecten = _projecten(blauwdrukken)
    return [
        *_fact_rows(STATE, blauwdrukken),
        _text_row("Projecten", [str(len(projecten[b.pk])) for b in blauwdrukken]),
        _text_row("Regio's met een project", [_where(projecten[b.pk]) for b in blauwdrukken]),
        *_fact_rows(RECORD, blauwdrukken),
    ]


def _projecten(blauwdrukken: Sequence[Blauwdruk]) -> dict[int, list[Project]]:
    """The public projects of each blueprint."""
    per_blauwdruk: dict[int, list[Project]] = {b.pk: [] for b in blauwdrukken}
    for project in Project.objects.published().filter(blauwdruk__in=blauwdrukken).prefetch_related("regios"):
        per_blauwdruk[project.blauwdruk_id].append(project)
    return per_blauwdruk


def _where(projecten: list[Project]) -> str:
    """Number of regions that took the approach over; a project that names none is not nowhere."""
    if any(project.landelijk for project in projecten):
        return WHOLE_COUNTRY
    aantal = len({regio.pk for project in projecten for regio in project.regios.all()})
    return "Niet genoemd" if projecten and not aantal else str(aantal)


def _kosten(blauwdrukken: Sequence[Blauwdruk]) -> list[Row]:
    per_kolom = [list(b.kosten.all()) for b in blauwdrukken]
    rijen = []
    for grondslag in COST_BASES:
        bedragen = [kosten(posten, grondslag) for posten in per_kolom]
        rij = _row(grondslag, [_amount_cell(str(bedrag), bedrag.toelichting) for bedrag in bedragen])
        rijen.append(rij | {"anders": len({(bedrag.lowest, bedrag.highest) for bedrag in bedragen}) > 1})
    andere = [[paragraph(f"{naam}: {bedrag}") for naam, bedrag in other_kosten(p).items()] for p in per_kolom]
    return [*rijen, _row("Andere bedragen", [_list_cell(bedragen, "Geen") for bedragen in andere], geordend=False)]


def _amount_cell(waarde: str, toelichting: str) -> Cell:
    return [
        paragraph(waarde[:1].upper() + waarde[1:]),
        *([paragraph({"t": "i", "c": [toelichting]})] if toelichting else []),
    ]


def _kerncijfer_rows(blauwdrukken: Sequence[Blauwdruk]) -> list[Row]:
    uren: list[Cell] = []
    andere: list[Cell] = []
    for blauwdruk in blauwdrukken:
        cijfers = list(blauwdruk.kerncijfers.all())
        uren.append(_list_cell([_kerncijfer(c) for c in cijfers if c.eenheid.split()[:1] == ["uur"]], "Onbekend"))
        andere.append(_list_cell([_kerncijfer(c) for c in cijfers if c.eenheid.split()[:1] != ["uur"]], "Geen"))
    return [_row("Uren", uren, geordend=False), _row("Andere cijfers", andere, geordend=False)]


def _kerncijfer(cijfer: Any) -> str:
    return f"{cijfer}: {cijfer.omschrijving}"


def _partijen(blauwdrukken: Sequence[Blauwdruk]) -> list[Row]:
    """A row for every role that somebody has, in the order of the format."""
    per_kolom = [dict(b.partijen_by_rol()) for b in blauwdrukken]
    rollen = [rol for rol in Partij.Rol.labels if any(rol in rijen for rijen in per_kolom)]
    return [
        _row(rol, [_list_cell(map(_partij, rijen.get(rol, [])), "Niet genoemd") for rijen in per_kolom], geordend=False)
        for rol in rollen
    ]


def _partij(partij: Partij) -> Block:
    toelichting = f" ({partij.toelichting})" if partij.toelichting else ""
    return paragraph(link(partij.organisatie.website, partij.organisatie.naam), toelichting)


def _secties(blauwdrukken: Sequence[Blauwdruk]) -> list[Row]:
    per_kolom = [{sectie["veld"]: sectie["blokken"] for sectie in document(b)["secties"]} for b in blauwdrukken]
    return [
        _row(
            sectie.kort,
            [_fit_cell(gevuld.get(sectie.veld, [])) or [paragraph("Niet ingevuld")] for gevuld in per_kolom],
        )
        for sectie in SECTIES
        if sectie.veld not in SHOWN_AMONG_FACTS and any(sectie.veld in gevuld for gevuld in per_kolom)
    ]


def _fit_cell(blokken: list[Block]) -> Cell:
    """Blocks that fit a narrow column: a heading is a bold line and a table a list."""
    return [passend for blok in blokken for passend in _fit_block(blok)]


def _fit_block(blok: Block) -> list[Block]:
    if blok["t"] == "h":
        return [paragraph({"t": "b", "c": blok["c"]})]
    if blok["t"] == "tabel":
        return [{"t": "ul", "c": [[_row_as_line(rij)] for rij in blok["rijen"]]}]
    return [blok]


def _row_as_line(rij: list[list[Any]]) -> Block:
    """A row of a table as one line: what it is about in bold, then what is known of it."""
    eerste, *overige = rij
    rest = [cel for cel in overige if inline_text(cel).strip()]
    return paragraph(
        {"t": "b", "c": eerste}, *(deel for n, cel in enumerate(rest) for deel in (", " if n else ": ", *cel))
    )


def _words(cel: Cell) -> list[str]:
    """What a cell says, line by line, without spaces and capitals that make no difference."""
    return [" ".join(regel.casefold().split()) for blok in cel for regel in _lines(blok)]


def _lines(blok: Block) -> list[str]:
    if blok["t"] in {"ul", "ol"}:
        return [regel for item in blok["c"] for onder in item for regel in _lines(onder)]
    return [inline_text(blok["c"])]
