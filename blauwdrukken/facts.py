"""The facts of a blueprint: one table of heading and value, read by page, documents, comparison, lists and data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from . import costs
from .contact import contact_data, ways_to_reach
from .models import Blauwdruk, Kostenpost
from .text.notation import WHOLE_COUNTRY
from .text.tree import Inline, inline_text, link, step

# Groups of the comparison; what happened with an approach stands between the last two.
AUDIENCE, STATE, RECORD = "audience", "state", "record"


@dataclass(frozen=True)
class Column:
    """A column of a spreadsheet: heading, kind ("tekst", "getal", "bedrag", "datum" or "adres"), value for JSON."""

    heading: str
    kind: str
    value: Callable[[Blauwdruk], Any]


@dataclass(frozen=True)
class Fact:
    """One fact: `words` is what is known of it, and `unknown` what a document says when that is nothing.

    `place` is its place on the page and `page` what stands there, which is nothing when the page leaves the fact out.
    `drawn` is what page and comparison show where they draw it.
    `compared` is its group in the comparison, where some say `compared_unknown` instead. `column` is for lists and
    `data` for programs. A fact without heading is only in those two.
    """

    heading: str = ""
    words: Callable[[Blauwdruk], list[str]] | None = None
    unknown: str = ""
    place: int = 0
    page: Callable[[Blauwdruk], list[Inline]] | None = None
    drawn: Callable[[Blauwdruk], list[Inline]] | None = None
    compared: str = ""
    compared_unknown: str = ""
    is_list: bool = False
    differs: bool = True
    column: Column | None = None
    data: Callable[[Blauwdruk], dict[str, Any]] | None = None

    def text(self, blauwdruk: Blauwdruk) -> str:
        """What a document says."""
        return ", ".join(self.words(blauwdruk) if self.words else []) or self.unknown

    def on_page(self, blauwdruk: Blauwdruk) -> list[Inline]:
        """What the page says, with links; nothing when the fact is left out there."""
        shown = self.page or self.drawn
        return shown(blauwdruk) if shown else [self.text(blauwdruk)]


def name_of(word: Any) -> dict[str, str] | None:
    """A word of a vocabulary, or a region, for programs."""
    return {"slug": word.slug, "naam": word.naam} if word else None


def joined(parts: list[Inline]) -> list[Inline]:
    """The parts with commas between them."""
    return [inline for number, part in enumerate(parts) for inline in ([", "] if number else []) + [part]]


def regio_names(blauwdruk: Blauwdruk) -> list[str]:
    """Names of its regions, the whole country first."""
    return [WHOLE_COUNTRY] * blauwdruk.landelijk + [regio.naam for regio in blauwdruk.regios.all()]


def _names(words: Any) -> list[str]:
    return [word.naam for word in words.all()]


def _one(word: Any) -> list[str]:
    return [str(word)] if word else []


def _known(text: str) -> list[str]:
    return [text] if text else []


def _regios_on_page(blauwdruk: Blauwdruk) -> list[Inline]:
    if blauwdruk.landelijk:
        return [WHOLE_COUNTRY]
    regios = [link(regio.get_absolute_url(), regio.naam) for regio in blauwdruk.regios.all()]
    return joined(regios) or ["Niet genoemd in de bron"]


def _programma_on_page(blauwdruk: Blauwdruk) -> list[Inline]:
    programma = blauwdruk.programma
    if not programma:
        return []
    years = f" ({programma.years})" if programma.years else ""
    return [link(programma.get_absolute_url(), programma.naam), years]


def format_looptijd(blauwdruk: Blauwdruk) -> str:
    """Duration in words, empty when it is not known."""
    maanden, words = blauwdruk.looptijd_maanden, blauwdruk.looptijd_toelichting
    number = f"{maanden} maand{'en' * (maanden != 1)}" if maanden else ""
    return f"{number} ({words})" if number and words else number or f"{words[:1].upper()}{words[1:]}"


def _gronden(blauwdruk: Blauwdruk) -> str:
    """Each judgement with by whom, when and on what ground."""
    parts = ((bewijs.get_niveau_display(), bewijs.moment, bewijs.grond) for bewijs in blauwdruk.bewijzen.all())
    return "; ".join(": ".join(filter(None, part)) for part in parts)


def _reach(blauwdruk: Blauwdruk) -> str:
    """What the organisation to ask became part of, and how to reach it."""
    organisatie = blauwdruk.contactorganisatie
    if organisatie is None:
        return ""
    successor = [f"Opgegaan in {organisatie.opgegaan_in}"] if organisatie.opgegaan_in else []
    return "; ".join([*successor, *map(inline_text, ways_to_reach(organisatie))])


def _partijen(blauwdruk: Blauwdruk) -> str:
    return "; ".join(
        f"{role}: {', '.join(partij.organisatie.naam for partij in partijen)}"
        for role, partijen in blauwdruk.partijen_by_rol()
    )


def format_post(post: Kostenpost) -> str:
    """An amount with all that it says of itself, but its own remark."""
    kind = f" ({post.soort_in_woorden})" if post.soort_in_woorden else ""
    return f"{post.omschrijving}: {post.bedrag} {post.waarvoor}{kind}"


def _kosten(blauwdruk: Blauwdruk) -> str:
    return "; ".join(format_post(post) for post in blauwdruk.kosten.all())


def _with_remarks(words: str, remarks: str) -> str:
    return f"{words} ({remarks})" if remarks else words


def known_kosten(blauwdruk: Blauwdruk) -> list[str]:
    """What it costs as far as that can be compared; that nobody knows what carrying it out costs, with the reason."""
    posten = blauwdruk.kosten.all()
    figures = costs.comparable(posten) if posten else []
    known = [_with_remarks(f"{k} {basis.name}", k.toelichting) for basis, k in figures if k.is_known]
    reasons = [f"{basis.name} niet bekend: {k.reden}" for basis, k in figures[:1] if not k.is_known]
    return known + reasons


def _kosten_on_page(blauwdruk: Blauwdruk) -> list[Inline]:
    """Each amount on a line of its own."""
    lines = [words[:1].upper() + words[1:] for words in known_kosten(blauwdruk)] or ["Niet bekend"]
    return [inline for line in lines for inline in (line, {"t": "br"})][:-1]


def _comparable_words(blauwdruk: Blauwdruk) -> str:
    return "; ".join(
        _with_remarks(f"{basis.name}: {kosten}", kosten.remarks)
        for basis, kosten in costs.comparable(blauwdruk.kosten.all())
    )


def _comparable_data(blauwdruk: Blauwdruk) -> list[dict[str, Any]]:
    return [
        {
            "per": basis.per,
            "laagste": kosten.lowest,
            "hoogste": kosten.highest,
            "toelichting": kosten.toelichting,
            "reden_onbekend": kosten.reden,
        }
        for basis, kosten in costs.comparable(blauwdruk.kosten.all())
    ]


def _highest(basis: costs.Basis) -> Column:
    """The highest amount under one head, as a column."""

    def value(blauwdruk: Blauwdruk) -> str | None:
        bedrag = costs.highest(blauwdruk.kosten.all(), basis)
        return None if bedrag is None else str(bedrag)

    return Column(f"Kosten {basis.name}, hoogste bedrag", "bedrag", value)


def _kerncijfers(blauwdruk: Blauwdruk) -> str:
    return "; ".join(
        f"{cijfer.soort_in_woorden or 'Cijfer'}: {cijfer} {cijfer.omschrijving}"
        for cijfer in blauwdruk.ordered_kerncijfers()
    )


def _dates(blauwdruk: Blauwdruk) -> dict[str, Any]:
    """Its date when that is known to the day, and when it was written down, in EDTF and in words."""
    own, described = blauwdruk.laatst_gewijzigd, blauwdruk.described
    return {
        "laatst_gewijzigd": own.exact_day if own else None,
        "beschreven": described.edtf if described else None,
        "beschreven_in_woorden": described.words if described else None,
    }


# In the order of documents, comparison, lists and data.
FACTS = (
    Fact(
        "Regio",
        words=regio_names,
        unknown="Niet genoemd",
        place=1,
        page=_regios_on_page,
        compared=AUDIENCE,
        is_list=True,
        column=Column("Regio's", "tekst", lambda b: "; ".join(regio_names(b))),
        data=lambda b: {"landelijk": b.landelijk, "regios": [name_of(regio) for regio in b.regios.all()]},
    ),
    Fact(
        "Thema",
        words=lambda b: _names(b.themas),
        unknown="Niet genoemd",
        column=Column("Thema's", "tekst", lambda b: "; ".join(_names(b.themas))),
        data=lambda b: {"themas": [name_of(thema) for thema in b.themas.all()]},
    ),
    Fact(
        "Doelgroep",
        words=lambda b: _names(b.doelgroepen),
        unknown="Niet genoemd",
        place=4,
        compared=AUDIENCE,
        is_list=True,
        column=Column("Doelgroepen", "tekst", lambda b: "; ".join(_names(b.doelgroepen))),
        data=lambda b: {"doelgroepen": [name_of(group) for group in b.doelgroepen.all()]},
    ),
    Fact(
        "Programma",
        words=lambda b: _one(b.programma),
        unknown="Geen",
        place=2,
        page=_programma_on_page,
        compared=AUDIENCE,
        column=Column("Programma", "tekst", lambda b: b.programma.naam if b.programma else ""),
        data=lambda b: {"programma": name_of(b.programma)},
    ),
    Fact(
        "Fase",
        words=lambda b: [b.fase_met_moment],
        place=5,
        compared=STATE,
        column=Column("Fase", "tekst", lambda b: b.fase_met_moment),
        data=lambda b: {"fase": b.fase, "fase_met_moment": b.fase_met_moment},
    ),
    Fact(
        "Onderbouwing",
        words=lambda b: [b.get_onderbouwing_display()],
        drawn=lambda b: [step(b.zekerheid.trede, b.zekerheid.label)],
        place=6,
        compared=STATE,
        column=Column("Onderbouwing", "tekst", lambda b: b.get_onderbouwing_display()),
        data=lambda b: {"onderbouwing": b.onderbouwing},
    ),
    Fact(column=Column("Waarop de onderbouwing rust", "tekst", _gronden)),
    Fact(
        "Looptijd",
        words=lambda b: _known(format_looptijd(b)),
        unknown="Niet bekend",
        place=7,
        page=lambda b: [*_known(format_looptijd(b))],
        compared=STATE,
        column=Column("Looptijd in maanden", "getal", lambda b: b.looptijd_maanden),
        data=lambda b: {"looptijd_maanden": b.looptijd_maanden, "looptijd_toelichting": b.looptijd_toelichting},
    ),
    Fact(column=Column("Looptijd in woorden", "tekst", format_looptijd)),
    Fact(
        "Kosten",
        words=lambda b: _known("; ".join(known_kosten(b))),
        unknown="Niet bekend",
        place=8,
        page=_kosten_on_page,
        data=lambda b: {"kosten_vergelijkbaar": _comparable_data(b)},
    ),
    *(Fact(column=_highest(basis)) for basis in costs.BASES),
    Fact(column=Column("Kosten om te vergelijken", "tekst", _comparable_words)),
    Fact(column=Column("Kosten", "tekst", _kosten)),
    Fact(column=Column("Kerncijfers", "tekst", _kerncijfers)),
    Fact(column=Column("Aantal partijen", "getal", lambda b: len(b.partijen.all()))),
    Fact(column=Column("Betrokken partijen", "tekst", _partijen)),
    Fact(
        "Organisatie om te benaderen",
        words=lambda b: _one(b.contactorganisatie),
        unknown="Geen",
        place=3,
        page=lambda b: [],  # in a panel of its own, with how to reach it
        compared=AUDIENCE,
        column=Column(
            "Organisatie om te benaderen", "tekst", lambda b: b.contactorganisatie.naam if b.contactorganisatie else ""
        ),
        data=lambda b: {
            "contactorganisatie": str(b.contactorganisatie) if b.contactorganisatie else None,
            "contact": contact_data(b.contactorganisatie),
        },
    ),
    Fact(column=Column("Zo bereikt u die organisatie", "tekst", _reach)),
    Fact(
        "Datum blauwdruk",
        words=lambda b: _one(b.described),
        unknown="Niet bekend",
        place=9,
        compared=RECORD,
        compared_unknown="Onbekend",
        column=Column("Datum blauwdruk", "tekst", lambda b: b.described.words if b.described else ""),
        data=_dates,
    ),
    Fact(
        "Nummer",
        words=lambda b: [str(b.nummer)],
        place=10,
        compared=RECORD,
        differs=False,  # a name, not a property
    ),
    Fact(column=Column("Datum in EDTF", "tekst", lambda b: b.described.edtf if b.described else "")),
    Fact(
        column=Column("Herzien vóór", "datum", lambda b: b.herzien_voor.isoformat() if b.herzien_voor else None),
        data=lambda b: {"herzien_voor": b.herzien_voor},
    ),
)
DOCUMENT_FACTS = [fact for fact in FACTS if fact.heading]
PAGE_FACTS = sorted((fact for fact in FACTS if fact.place), key=lambda fact: fact.place)
COLUMNS = [fact.column for fact in FACTS if fact.column]


def compared(group: str) -> Iterator[Fact]:
    """The facts of one group of the comparison."""
    return (fact for fact in FACTS if fact.compared == group)
