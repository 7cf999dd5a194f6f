"""Blueprints beside each other: what a reader asks first, with bars where amounts share a unit, and the texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from . import costs
from .charts.bars import Bar, Bars, make_bars
from .documents.content.comparison import NOT_FILLED, TEXTS
from .glance import Cell, audience, certainty, contact, effort, outcome, price, state
from .models import Blauwdruk
from .text.notation import euro

# Facts that stand in full among the answers already.
ANSWERED = {"Fase", "Onderbouwing", "Organisatie om te benaderen"}
NUMBERS = {2: "twee", 3: "drie", 4: "vier"}


@dataclass(frozen=True)
class Amount:
    """A line of an answer with its bar, when it has one, and what to know of it."""

    words: str
    bar: Bar | None = None
    note: str = ""


@dataclass(frozen=True)
class Answer:
    """What one blueprint says to one question: the cell of its own page, with its amounts drawn where they compare."""

    cell: Cell
    amounts: list[Amount] = field(default_factory=list)
    trede: int | None = None


@dataclass(frozen=True)
class Row:
    """One question with the answer of each blueprint; `note` says what is drawn."""

    answers: list[Answer]
    note: str = ""

    @property
    def first(self) -> Cell:
        """The cell that names the question."""
        return self.answers[0].cell

    @property
    def is_equal(self) -> bool:
        """Whether all give the same answer."""
        return all(answer == self.answers[0] for answer in self.answers)

    @property
    def known(self) -> int:
        """How many blueprints have an answer."""
        return sum(answer.cell.is_known for answer in self.answers)


@dataclass(frozen=True)
class Text:
    """A section with what each blueprint writes in it; `note` says who does."""

    heading: str
    cells: list[list[dict[str, Any]]]
    note: str


def facts_beside(blauwdrukken: Sequence[Blauwdruk]) -> list[Row]:
    """A row for each question, in the order of the page of one blueprint."""
    return [
        _plain(outcome, blauwdrukken),
        _plain(audience, blauwdrukken),
        _costs(blauwdrukken),
        _effort(blauwdrukken),
        Row([Answer(certainty(b), trede=b.zekerheid.trede) for b in blauwdrukken]),
        _plain(_state_and_age, blauwdrukken),
        _plain(contact, blauwdrukken),
    ]


def has_ranges(rows: Sequence[Row]) -> bool:
    """Whether a bar has a part that is not full, and so needs a legend."""
    drawn = [amount.bar for row in rows for answer in row.answers for amount in answer.amounts if not row.is_equal]
    return any(bar.possible or bar.is_open for bar in drawn if bar)


def known_of(rows: Sequence[Row]) -> str:
    """How many blueprints say what came of it and what it costs, as a sentence."""
    named = {row.first.name: row for row in rows}
    outcomes, prices = (_share(named[name]) for name in ("uitkomst", "kosten"))
    if outcomes == prices:
        return f"De uitkomst en de kosten zijn bekend van {outcomes}."
    return f"De uitkomst is bekend van {outcomes}, de kosten van {prices}."


def texts_beside(groups: Sequence[dict[str, Any]], titels: Sequence[str]) -> list[Text]:
    """The sections among the groups of a comparison."""
    rows = [row for group in groups if group["naam"] == TEXTS for row in group["rijen"]]
    return [Text(row["kop"], row["cellen"], _written_by(row["cellen"], titels)) for row in rows]


def other_facts(groups: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The groups of facts of a comparison, without what stands among the answers."""
    facts = [group for group in groups if group["naam"] != TEXTS]
    return [group | {"rijen": [row for row in group["rijen"] if row["kop"] not in ANSWERED]} for group in facts]


def of_all(count: int) -> str:
    """All of so many, in words."""
    return "allebei" if count == 2 else f"alle {in_words(count)}"


def in_words(count: int) -> str:
    """A number of blueprints that stand beside each other, in words."""
    return NUMBERS.get(count, str(count))


def _share(row: Row) -> str:
    total = len(row.answers)
    if row.known == total:
        return of_all(total)
    known = {0: "geen", 1: "één"}.get(row.known, in_words(row.known))
    return f"{known} van de {in_words(total)}"


def _written_by(cells: Sequence[Any], titels: Sequence[str]) -> str:
    """Whether all wrote it, or who did or did not, whichever are fewer."""
    pairs = list(zip(titels, cells, strict=True))
    without = [titel for titel, cell in pairs if cell == NOT_FILLED]
    writers = [titel for titel, cell in pairs if cell != NOT_FILLED]
    if not without:
        return f"van {of_all(len(cells))}"
    if len(writers) < len(without):
        return f"alleen van {' en '.join(writers)}"
    return f"niet van {' en '.join(without)}"


def _state_and_age(blauwdruk: Blauwdruk) -> Cell:
    """How it stood and when, and how old that is."""
    cell = replace(state(blauwdruk), heading="Stand en leeftijd")
    return replace(cell, remarks=[f"{blauwdruk.age}."]) if blauwdruk.age else cell


def _plain(make: Callable[[Blauwdruk], Cell], blauwdrukken: Sequence[Blauwdruk]) -> Row:
    return Row([Answer(make(b)) for b in blauwdrukken])


def _costs(blauwdrukken: Sequence[Blauwdruk]) -> Row:
    """Every amount under its head; each head that two or more blueprints know has a scale of its own."""
    figures = [costs.comparable(b.kosten.all()) for b in blauwdrukken]
    scales = [
        make_bars([(column[n][1].lowest, column[n][1].highest) for column in figures])
        for n, _ in enumerate(costs.BASES)
    ]
    answers = [
        Answer(
            price(b),
            [_amount(*pair, scale, place) for pair, scale in zip(column, scales, strict=True) if pair[1].is_known],
        )
        for place, (b, column) in enumerate(zip(blauwdrukken, figures, strict=True))
    ]
    tops = [f"{euro(scale.top)} {basis.name}" for basis, scale in zip(costs.BASES, scales, strict=True) if scale]
    return Row(answers, _scale_note(tops))


def _amount(basis: costs.Basis, kosten: costs.Kosten, scale: Bars | None, place: int) -> Amount:
    words = f"{kosten} {basis.name}"
    return Amount(words[:1].upper() + words[1:], scale.bars[place] if scale else None, kosten.toelichting)


def _effort(blauwdrukken: Sequence[Blauwdruk]) -> Row:
    """How long it takes; drawn where two or more say it in months."""
    months = [None if b.looptijd_maanden is None else Decimal(b.looptijd_maanden) for b in blauwdrukken]
    scale = make_bars([(month, month) for month in months])
    cells = [effort(b) for b in blauwdrukken]
    bars = scale.bars if scale else [None] * len(cells)
    answers = [Answer(cell, [Amount(cell.value, bar)] if bar else []) for cell, bar in zip(cells, bars, strict=True)]
    return Row(answers, _scale_note([f"{scale.top} maanden"] if scale else []))


def _scale_note(tops: list[str]) -> str:
    """How far each scale goes."""
    if not tops:
        return ""
    return f"Langste balk: {' of '.join(tops)}."
