"""What the age of a text means for its reader."""

from __future__ import annotations

from datetime import date

from .dates import PartialDate, Precision

NUMBERS = (
    "nul één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien "
    "achttien negentien twintig"
).split()
# What changed in the field, in the order of time: year, and what a reader of an older text has to know.
CHANGES = (
    (2009, "Het CWI hoort sinds 2009 bij UWV."),
    (2015, "In plaats van de bijstandswet (WWB) is er sinds 2015 de Participatiewet."),
)


def age_note(described: PartialDate | None, today: date, old_after: int) -> str:
    """What may have changed since a text was written down `old_after` years ago or more; else nothing."""
    age = age_in_words(described, today, old_after)
    if described is None or not age:
        return ""
    changes = [text for year, text in CHANGES if described.last.year < year]
    return " ".join(
        [
            f"{age}.",
            f"Sinds {described.month_words} heeft niemand bevestigd of dit nog klopt.",
            *changes,
            "Vraag na of bedragen, regels en namen nog gelden.",
        ]
    )


def age_in_words(described: PartialDate | None, today: date, old_after: int) -> str:
    """How old a text is, when that is at least `old_after` years; else nothing.

    Of a date that is known to the year only the years are told, of any other that it is a bit more.
    """
    if described is None or _whole_years(described.last, today) < old_after:
        return ""
    if described.precision is Precision.YEAR:
        return f"{_spell(today.year - described.year).capitalize()} jaar oud"
    return f"Ruim {_spell(_whole_years(described.last, today))} jaar oud"


def _whole_years(since: date, today: date) -> int:
    return today.year - since.year - ((today.month, today.day) < (since.month, since.day))


def _spell(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else str(number)
