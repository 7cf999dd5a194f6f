"""Dates as precise as their source: read from Dutch words or EDTF, written as both.

EDTF (ISO 8601-2) writes a year as "2006", a season as "2020-22", a quarter as "2020-35", a month as "2020-08" and a day
as "2021-06-08". A date that its source names in other words keeps those: "eind augustus 2020" is the month August.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from django.utils.formats import date_format

FIRST_YEAR, LAST_YEAR = 1900, 2100
EXAMPLES = "Bijvoorbeeld 2006, zomer 2020, 3e kwartaal 2020, augustus 2020 of 3-4-2021."
SEASONS = {21: "voorjaar", 22: "zomer", 23: "najaar", 24: "winter"}
QUARTERS = {33: "eerste kwartaal", 34: "tweede kwartaal", 35: "derde kwartaal", 36: "vierde kwartaal"}
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


class Precision(IntEnum):
    """How much of a date is known."""

    YEAR = 1
    SEASON = 2
    QUARTER = 3
    MONTH = 4
    DAY = 5


class UnreadableDateError(ValueError):
    """No date can be read in this text; the message says why, for who typed it."""


@dataclass(frozen=True)
class PartialDate:
    """A year, or a season, quarter, month or day of it.

    `part` is the number of the season, quarter or month in EDTF and 0 when only the year is known, `day` 0 when the
    day is not known, and `own_words` what the source says when that is more than the date tells.
    """

    year: int
    part: int = 0
    day: int = 0
    own_words: str = ""

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise UnreadableDateError(f"Het jaar {self.year} kan niet: kies een jaar van {FIRST_YEAR} tot {LAST_YEAR}.")
        if self.part not in (0, *range(1, 13), *SEASONS, *QUARTERS):
            raise UnreadableDateError(f"Maand {self.part} bestaat niet.")
        if self.day and not (1 <= self.part <= 12 and self.day <= monthrange(self.year, self.part)[1]):
            raise UnreadableDateError(f"{self.day} {MONTHS[(self.part - 1) % 12]} {self.year} bestaat niet.")

    @property
    def precision(self) -> Precision:
        if self.day:
            return Precision.DAY
        if not self.part:
            return Precision.YEAR
        if self.part in SEASONS:
            return Precision.SEASON
        return Precision.QUARTER if self.part in QUARTERS else Precision.MONTH

    @property
    def first(self) -> date:
        """The first day that it can be."""
        return date(self.year, self._first_month, self.day or 1)

    @property
    def last(self) -> date:
        """The last day that it can be; a winter lasts into the next year."""
        if self.day:
            return self.first
        months = {Precision.YEAR: 12, Precision.MONTH: 1}.get(self.precision, 3)
        year, month = divmod(self.year * 12 + self._first_month - 1 + months, 12)
        return date(year, month + 1, 1) - timedelta(days=1)

    @property
    def exact_day(self) -> date | None:
        """The day, when it is known to the day."""
        return self.first if self.day else None

    @property
    def _first_month(self) -> int:
        if self.part in SEASONS:
            return (self.part - min(SEASONS) + 1) * 3
        if self.part in QUARTERS:
            return (self.part - min(QUARTERS)) * 3 + 1
        return self.part or 1

    @property
    def edtf(self) -> str:
        """As in EDTF, levels 0 and 1 and the quarters of level 2."""
        parts = [f"{self.year:04}", f"{self.part:02}", f"{self.day:02}"]
        return "-".join(parts[: 3 if self.day else 2 if self.part else 1])

    @property
    def words(self) -> str:
        """In Dutch words, those of the source when it has its own."""
        return self.own_words or self._plain_words

    @property
    def _plain_words(self) -> str:
        if self.day:
            return date_format(self.first, "j F Y")
        return f"{self._part_words} {self.year}".strip()

    @property
    def _part_words(self) -> str:
        names = SEASONS | QUARTERS | dict(enumerate(MONTHS, 1))
        return names.get(self.part, "")

    @property
    def month_words(self) -> str:
        """In words, without the day."""
        return PartialDate(self.year, self.part).words if self.day else self.words

    @property
    def moment(self) -> str:
        """When something was so ("in juni 2021"); without the day, which says too much of a state."""
        if self.own_words:
            return f"in de {self.own_words}" if "helft" in self.own_words else self.own_words
        if self.precision in {Precision.SEASON, Precision.QUARTER}:
            article = "de" if self.part in {22, 24} else "het"
            return f"in {article} {self._part_words} van {self.year}"
        return f"in {self._part_words} {self.year}".replace("  ", " ")

    def __str__(self) -> str:
        return self.words

    @classmethod
    def from_date(cls, day: date) -> PartialDate:
        """The date of one day."""
        return cls(day.year, day.month, day.day)


_EDTF = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_YEAR = r"(?P<year>\d{4})"
_MONTH = rf"(?P<month>{'|'.join(MONTHS)}|{'|'.join(name[:3] for name in MONTHS)}|mrt|sept)\.?"
_NUMBERS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4}
_NUMBER = rf"(?P<number>[1-4]|{'|'.join(_NUMBERS)})(?:e|ste|de)?"
_SEASON_WORDS = {"voorjaar": 21, "lente": 21, "zomer": 22, "najaar": 23, "herfst": 23, "winter": 24}
# What makes a date no more precise, and says more than it: such a date keeps its words.
_VAGUE = r"(?:aan het )?(?:begin|eind|einde|medio|midden|halverwege|rond|circa|ongeveer|omstreeks)(?: van)?"
_HALF = r"(?:eerste|tweede) helft van"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        _YEAR,
        rf"(?P<season>{'|'.join(_SEASON_WORDS)})(?: van)? {_YEAR}",
        rf"{_NUMBER} (?:kwartaal|kw\.?)(?: van)? {_YEAR}",
        rf"(?:kwartaal |[kq]){_NUMBER}(?: van)?[ -]{_YEAR}",
        rf"{_YEAR}-[kq]{_NUMBER}",
        rf"{_MONTH} {_YEAR}",
        rf"(?P<day>\d{{1,2}}) {_MONTH} {_YEAR}",
        rf"(?P<day>\d{{1,2}})[-/.](?P<part>\d{{1,2}})[-/.]{_YEAR}",
        rf"(?P<part>\d{{1,2}})[-/]{_YEAR}",
    )
)
_OPENING = re.compile(rf"(?:{_VAGUE}|{_HALF}) (?P<rest>.+)")


def parse_edtf(text: str) -> PartialDate:
    """The date that is written so in EDTF; UnreadableDateError when it is another."""
    found = _EDTF.fullmatch(text)
    if not found:
        raise _unreadable(text)
    year, part, day = (int(number or 0) for number in found.groups())
    if (found[2] and not part) or (found[3] and not day):
        raise _unreadable(text)
    return PartialDate(year, part, day)


def parse_date(text: str) -> PartialDate:
    """The date in Dutch words, figures or EDTF; UnreadableDateError when there is none or more than one."""
    text = " ".join(text.split())
    if _EDTF.fullmatch(text):
        return parse_edtf(text)
    plain = re.sub(r"^in (?:de |het )?", "", text.lower())
    for shape in _SHAPES:
        if found := shape.fullmatch(plain):
            return _from_groups(found.groupdict())
    if opening := _OPENING.fullmatch(plain):
        known = parse_date(opening["rest"])
        if not known.day and not known.own_words:
            return PartialDate(known.year, known.part, own_words=plain)
    raise _unreadable(text)


def _unreadable(text: str) -> UnreadableDateError:
    return UnreadableDateError(f"“{text[:40]}” is geen datum. {EXAMPLES}")


def _from_groups(found: dict[str, str | None]) -> PartialDate:
    return PartialDate(int(found["year"] or 0), next(_part(found)), int(found.get("day") or 0))


def _part(found: dict[str, str | None]) -> Iterator[int]:
    if season := found.get("season"):
        yield _SEASON_WORDS[season]
    if number := found.get("number"):
        yield min(QUARTERS) - 1 + (_NUMBERS.get(number) or int(number))
    if month := found.get("month"):
        yield _month_number(month)
    yield int(found.get("part") or 0)


def _month_number(name: str) -> int:
    name = {"mrt": "maart", "sept": "september"}.get(name, name)
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name))


def format_partial_period(start: PartialDate | None, eind: PartialDate | None) -> str:
    """A period of which either end may be unknown."""
    if start and eind:
        return start.words if start == eind else f"{start} tot en met {eind}"
    return f"vanaf {start}" if start else f"tot en met {eind}" if eind else ""


def with_moment(words: str, described: PartialDate | None, *, ended: bool) -> str:
    """What was so with the moment at which it was: nobody can read it as how it is today.

    Of what has `ended`, what is known is when it was written down, not when it ended.
    """
    if described is None:
        return f"{words}, datum onbekend"
    return f"{words}, beschreven {described.moment}" if ended else f"{words} {described.moment}"
