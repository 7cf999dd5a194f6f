"""What a reader asks first of a blueprint: outcome, for whom, costs, duration, how sure, when and whom to ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from . import costs
from .charts.people import Part, make_part
from .facts import format_looptijd
from .models import Blauwdruk, Kerncijfer
from .text.notation import join_words

Soort = Kerncijfer.Soort
UNKNOWN = "Onbekend"
NO_OUTCOME = "Er staan geen cijfers bij over wat het opleverde."
MAX_REMARKS = 2
# Units of which each is drawn as a person; of anything else each is a dot.
PEOPLE = {"deelnemers", "kandidaten", "klanten", "medewerkers", "mensen", "werknemers", "werkzoekenden"}


@dataclass(frozen=True)
class Cell:
    """One question with its answer; without a value it says that the answer is not known."""

    name: str
    heading: str
    icon: str
    value: str = ""
    remarks: list[str] = field(default_factory=list)
    figure: str = ""  # the number that is drawn large before the value
    part: Part | None = None  # the same as a picture, where it is so many of so many

    @property
    def is_known(self) -> bool:
        return bool(self.figure or self.value)

    @property
    def words(self) -> str:
        """The answer, or that it is not known."""
        return " ".join(filter(None, [self.figure, self.value])) or UNKNOWN


def glance(blauwdruk: Blauwdruk) -> list[Cell]:
    """The cells below the title, the outcome first."""
    return [make(blauwdruk) for make in CELLS]


def line(blauwdruk: Blauwdruk) -> list[Cell]:
    """What a row of a list tells: outcome, costs, and how it stood; how sure it is stands beside them."""
    return [outcome(blauwdruk), price(blauwdruk), state(blauwdruk)]


def outcome(blauwdruk: Blauwdruk) -> Cell:
    """What came of it; what was meant to come of it, or whom it reached, is not that but says more than nothing."""
    cijfers = _of(blauwdruk, Soort.UITKOMST)
    if not cijfers:
        others = _of(blauwdruk, Soort.BEREIK, Soort.DOEL)
        remarks = [f"{cijfer.soort_in_woorden}: {_in_words(cijfer)}" for cijfer in others][:MAX_REMARKS]
        return Cell("uitkomst", "Uitkomst", "ster", remarks=[NO_OUTCOME, *remarks])
    first, *rest = cijfers
    value = f"{first.eenheid} {first.omschrijving}".strip()
    remarks = [_in_words(cijfer) for cijfer in rest][:MAX_REMARKS]
    return Cell("uitkomst", "Uitkomst", "ster", value, remarks, first.waarde, _part(first))


def audience(blauwdruk: Blauwdruk) -> Cell:
    """Whom it is for."""
    groups = [groep.naam for groep in blauwdruk.doelgroepen.all()]
    return Cell("voor-wie", "Voor wie", "mens", join_words(groups, 3) if groups else "")


def price(blauwdruk: Blauwdruk) -> Cell:
    """What it costs under the first head that its rows allow; else why that is not known."""
    figures = costs.comparable(blauwdruk.kosten.all())
    known = [(basis, kosten) for basis, kosten in figures if kosten.is_known]
    if not known:
        return Cell("kosten", "Kosten", "weegschaal", remarks=[_sentence(figures[0][1].reden)])
    (basis, kosten), *others = known
    rest = [f"{_sentence(str(other))} {head.name}" for head, other in others]
    return Cell("kosten", "Kosten", "weegschaal", f"{_sentence(str(kosten))} {basis.name}", rest[:MAX_REMARKS])


def effort(blauwdruk: Blauwdruk) -> Cell:
    """How long it takes and how much work it is; a figure of the duration only where no words say it."""
    duration = format_looptijd(blauwdruk)
    kinds = (Soort.INZET,) if duration else (Soort.DUUR, Soort.INZET)
    first, *rest = [*filter(None, [duration]), *map(_in_words, _of(blauwdruk, *kinds))] or [""]
    return Cell("duur", "Duur en inzet", "klok", first, rest[:MAX_REMARKS])


def certainty(blauwdruk: Blauwdruk) -> Cell:
    """How sure it is that it works."""
    return Cell("hoe-zeker", "Hoe zeker", "oog", blauwdruk.zekerheid.label)


def state(blauwdruk: Blauwdruk) -> Cell:
    """How it stood, and when."""
    return Cell("stand", "Stand", "kalender", blauwdruk.fase_met_moment)


def contact(blauwdruk: Blauwdruk) -> Cell:
    """Whom to ask."""
    organisatie = blauwdruk.contactorganisatie
    return Cell("bij-wie", "Bij wie", "plek", str(organisatie) if organisatie else "")


CELLS: tuple[Callable[[Blauwdruk], Cell], ...] = (outcome, audience, price, effort, certainty, state, contact)


def _part(cijfer: Kerncijfer) -> Part | None:
    both = cijfer.part_of_whole
    return make_part(*both, of_people=cijfer.eenheid in PEOPLE) if both else None


def _of(blauwdruk: Blauwdruk, *kinds: Soort) -> list[Kerncijfer]:
    return [cijfer for cijfer in blauwdruk.ordered_kerncijfers() if cijfer.soort in kinds]


def _in_words(cijfer: Kerncijfer) -> str:
    return f"{cijfer} {cijfer.omschrijving}".strip()


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
