"""How amounts, days and periods are written in Dutch."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format

WHOLE_COUNTRY = "Heel Nederland"  # in place of the names of regions


def join_words(words: Iterable[Any], at_most: int | None = None, separator: str = ", ") -> str:
    """Words in a row; of more than `at_most` only the number is told ("a, b, c en 2 meer")."""
    names = [str(word) for word in words]
    rest = len(names) - at_most if at_most else 0
    return f"{separator.join(names[:at_most])} en {rest} meer" if rest > 0 else separator.join(names)


# Where a long compound may break in a narrow column: after its first part.
_BREAK = re.compile(
    r"(?i)\b(werkgevers|mobiliteits|arbeidsmarkt|samenwerkings|communicatie|opdracht|subsidie|onder|regio)"
    r"(?=organisatie|service|dienst|benadering|raadpleging|regio|partner|werkgroep|gever|nemer|bouwing|coördinator)"
)


def hyphenate(text: str) -> str:
    """The text with soft hyphens in compounds that are too long for a narrow column."""
    return _BREAK.sub("\\1\N{SOFT HYPHEN}", text)


def euro(bedrag: Decimal) -> str:
    """Amount with a euro sign: cents only when there are any ("€ 2.750", "€ 12,50")."""
    decimals = 0 if bedrag == bedrag.to_integral_value() else 2
    return f"€\N{NO-BREAK SPACE}{number_format(bedrag, decimals, force_grouping=True)}"


def format_amount_range(van: Decimal | None, tot: Decimal | None) -> str:
    """A range of which either end may be unknown."""
    if van is None and tot is None:
        return "onbekend"
    if van is None:
        return f"hooguit {euro(tot)}"  # type: ignore[arg-type]
    if tot is None:
        return f"vanaf {euro(van)}"
    return euro(van) if van == tot else f"{euro(van)} tot {euro(tot)}"


def format_period(start: date | None, end: date | None) -> str:
    """A period of which either end may be unknown; whole years are written as years."""
    whole_years = (start is None or (start.month, start.day) == (1, 1)) and (
        end is None or (end.month, end.day) == (12, 31)
    )
    pattern = "Y" if whole_years else "j F Y"
    first, last = (date_format(day, pattern) if day else "" for day in (start, end))
    if first and last:
        return first if first == last else f"{first} tot en met {last}"
    return f"vanaf {first}" if first else f"tot en met {last}" if last else ""


def format_day(moment: date | datetime | None) -> str:
    """A date or moment in Dutch words ("8 juni 2021"), empty when there is none."""
    return (
        date_format(timezone.localtime(moment) if isinstance(moment, datetime) else moment, "j F Y") if moment else ""
    )
