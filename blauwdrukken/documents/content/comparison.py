"""Blueprints side by side as plain data: facts first, then every section, the same for page and documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings

from ...costs import BASES, incomparable, kosten
from ...facts import AUDIENCE, RECORD, STATE, Fact, compared, format_post
from ...models import Blauwdruk, Kerncijfer, Partij, Project
from ...secties import SECTIES
from ...text.notation import WHOLE_COUNTRY, join_words
from ...text.tree import Block, inline_text, link, paragraph
from .document import document

# A row is {"kop", "anders", "cellen": one list of blocks for each column}.
Row = dict[str, Any]
Cell = list[Block]
KINDS = list(Kerncijfer.Soort)
# Shown among the facts already, in full and aligned.
SHOWN_AMONG_FACTS = {"themas", "partijen"}
TEXTS = "De tekst per onderdeel"
NOT_FILLED: Cell = [paragraph("Niet ingevuld")]


def make_comparison(blauwdrukken: Sequence[Blauwdruk], url: str, datum: str) -> dict[str, Any]:
    """The comparison; reads what with_all_content() fetches, and the projects with 2 queries."""
    return {
        "titel": join_words((f"“{b.titel}”" for b in blauwdrukken), separator=" en ") + " vergeleken",
        "adres": url,
        "datum": datum,
        "kolommen": [
            {"titel": b.titel, "adres": f"{settings.BASE_URL}{b.get_absolute_url()}", "nummer": b.nummer}
            for b in blauwdrukken
        ],
        "groepen": [group for group in _groups(blauwdrukken) if group["rijen"]],
    }


def _groups(blauwdrukken: Sequence[Blauwdruk]) -> list[dict[str, Any]]:
    return [
        {"naam": "Waar en voor wie", "rijen": _fact_rows(AUDIENCE, blauwdrukken)},
        {"naam": "Thema's", "rijen": _themas(blauwdrukken)},
        {"naam": "Hoe ver en hoe zeker", "rijen": _state_rows(blauwdrukken)},
        {"naam": "Kosten", "rijen": _kosten(blauwdrukken)},
        {"naam": "Cijfers", "rijen": _kerncijfer_rows(blauwdrukken)},
        {"naam": "Betrokken partijen", "rijen": _partijen(blauwdrukken)},
        {"naam": TEXTS, "rijen": _secties(blauwdrukken)},
    ]


def _row(heading: str, cells: list[Cell], ordered: bool = True) -> Row:
    """A row that knows whether its columns differ, whatever their spaces, capitals and (unordered) order of items."""
    words: list[Any] = [_words(cell) for cell in cells]
    compared_words = words if ordered else [sorted(word) for word in words]
    return {"kop": heading, "anders": any(value != compared_words[0] for value in compared_words), "cellen": cells}


def _fact_rows(group: str, blauwdrukken: Sequence[Blauwdruk]) -> list[Row]:
    """Rows of the facts of one group of facts.py."""
    return [_fact_row(fact, blauwdrukken) for fact in compared(group)]


def _fact_row(fact: Fact, blauwdrukken: Sequence[Blauwdruk]) -> Row:
    known = [fact.words(b) if fact.words else [] for b in blauwdrukken]
    unknown = fact.compared_unknown or fact.unknown
    if fact.is_list:
        return _row(fact.heading, [_list_cell(words, unknown) for words in known], ordered=False)
    if fact.drawn:
        return _row(fact.heading, [[paragraph(*fact.drawn(b))] for b in blauwdrukken])
    row = _text_row(fact.heading, [", ".join(words) or unknown for words in known])
    return row if fact.differs else row | {"anders": False}


def _text_row(heading: str, texts: list[str]) -> Row:
    return _row(heading, [[paragraph(text)] for text in texts])


def _list_cell(words: Iterable[Any], otherwise: str) -> Cell:
    """Words below each other, or the word that says there are none."""
    items = [[content if isinstance(content, dict) else paragraph(str(content))] for content in words]
    return [{"t": "ul", "c": items}] if items else [paragraph(otherwise)]


def _themas(blauwdrukken: Sequence[Blauwdruk]) -> list[Row]:
    """Themes that all share apart from those of some."""
    per_column = [b.named_themas() for b in blauwdrukken]
    shared = [name for name in per_column[0] if all(name in names for names in per_column)] if per_column else []
    own = [[name for name in names if name not in shared] for names in per_column]
    return [
        _row("Gedeeld door alle", [_list_cell(shared, "Geen") for _ in blauwdrukken]),
        _row("Niet bij alle", [_list_cell(names, "Geen andere") for names in own], ordered=False),
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
    count = len({regio.pk for project in projecten for regio in project.regios.all()})
    return "Niet genoemd" if projecten and not count else str(count)


def _kosten(blauwdrukken: Sequence[Blauwdruk]) -> list[Row]:
    """What can be compared under its head, with the reason where nobody knows, and the other amounts as they are."""
    per_column = [list(b.kosten.all()) for b in blauwdrukken]
    rows = []
    for basis in BASES:
        bedragen = [kosten(posten, basis) for posten in per_column]
        row = _row(basis.name.capitalize(), [_amount_cell(str(bedrag), bedrag.remarks) for bedrag in bedragen])
        rows.append(row | {"anders": len({(bedrag.lowest, bedrag.highest) for bedrag in bedragen}) > 1})
    others = [[paragraph(format_post(post)) for post in incomparable(posten)] for posten in per_column]
    return [*rows, _row("Andere bedragen", [_list_cell(bedragen, "Geen") for bedragen in others], ordered=False)]


def _amount_cell(value: str, remarks: str) -> Cell:
    return [
        paragraph(value[:1].upper() + value[1:]),
        *([paragraph({"t": "i", "c": [remarks]})] if remarks else []),
    ]


def _kerncijfer_rows(blauwdrukken: Sequence[Blauwdruk]) -> list[Row]:
    """A row for every kind of figure that somebody has, what came of it first."""
    per_column = [b.ordered_kerncijfers() for b in blauwdrukken]
    rows = {soort: [[_kerncijfer(c) for c in column if c.soort == soort] for column in per_column] for soort in KINDS}
    return [
        _row(soort.label, [_list_cell(cijfers, "Geen cijfer") for cijfers in cells], ordered=False)
        for soort, cells in rows.items()
        if any(cells)
    ]


def _kerncijfer(cijfer: Kerncijfer) -> str:
    return f"{cijfer}: {cijfer.omschrijving}"


def _partijen(blauwdrukken: Sequence[Blauwdruk]) -> list[Row]:
    """A row for every role that somebody has, in the order of the format, those that the source calls crucial first."""
    per_column = [dict(b.partijen_by_rol()) for b in blauwdrukken]
    names = [Partij(rol=rol, cruciaal=cruciaal).rol_in_woorden for rol in Partij.Rol for cruciaal in (True, False)]
    roles = [role for role in names if any(role in rows for rows in per_column)]
    return [
        _row(role, [_list_cell(map(_partij, rows.get(role, [])), "Niet genoemd") for rows in per_column], ordered=False)
        for role in roles
    ]


def _partij(partij: Partij) -> Block:
    toelichting = f" ({partij.toelichting})" if partij.toelichting else ""
    return paragraph(link(partij.organisatie.website, partij.organisatie.naam), toelichting)


def _secties(blauwdrukken: Sequence[Blauwdruk]) -> list[Row]:
    per_column = [{sectie["veld"]: sectie["blokken"] for sectie in document(b)["secties"]} for b in blauwdrukken]
    return [
        _row(
            sectie.kort,
            [_fit_cell(filled.get(sectie.veld, [])) or NOT_FILLED for filled in per_column],
        )
        for sectie in SECTIES
        if sectie.veld not in SHOWN_AMONG_FACTS and any(sectie.veld in filled for filled in per_column)
    ]


def _fit_cell(blocks: list[Block]) -> Cell:
    """Blocks that fit a narrow column: a heading is a bold line and a table a list."""
    return [fitting for block in blocks for fitting in _fit_block(block)]


def _fit_block(block: Block) -> list[Block]:
    if block["t"] == "h":
        return [paragraph({"t": "b", "c": block["c"]})]
    if block["t"] == "tabel":
        return [{"t": "ul", "c": [[_row_as_line(row)] for row in block["rijen"]]}]
    return [block]


def _row_as_line(row: list[list[Any]]) -> Block:
    """A row of a table as one line: what it is about in bold, then what is known of it."""
    first, *others = row
    rest = [cell for cell in others if inline_text(cell).strip()]
    return paragraph(
        {"t": "b", "c": first}, *(part for n, cell in enumerate(rest) for part in (", " if n else ": ", *cell))
    )


def _words(cell: Cell) -> list[str]:
    """What a cell says, line by line, without spaces and capitals that make no difference."""
    return [" ".join(line.casefold().split()) for block in cell for line in _lines(block)]


def _lines(block: Block) -> list[str]:
    if block["t"] in {"ul", "ol"}:
        return [line for item in block["c"] for child in item for line in _lines(child)]
    return [inline_text(block["c"])]
