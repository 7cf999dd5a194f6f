"""How complete a blueprint is, and what a reader would miss in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Exists, ExpressionWrapper, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.fields import BooleanField
from django.utils.html import strip_tags

from .models import Begrip, Blauwdruk
from .secties import SECTIES, TEXT_FIELDS, Sectie
from .text.readability import COMMON, explained_abbreviations, hints

TOTAL = len(SECTIES)

# What a reader looks for first: field of the form -> its short name, and what is said when it is empty.
SOUGHT = {
    "doel": ("doel", "Er staat geen doel in. De lezer weet niet waar het goed voor is."),
    "kosten": ("kosten", "Er staan geen kosten in. De lezer weet niet of het haalbaar is."),
    "regios": ("regio", "Er is geen regio gekozen. De lezer weet niet waar dit gebeurt."),
    "contactorganisatie": ("organisatie om te benaderen", "Er is geen organisatie om te benaderen."),
    "laatst_gewijzigd": ("datum", "Er staat geen datum bij. De lezer weet niet hoe oud dit is."),
    "themas": ("thema", "Er is geen thema gekozen. Wie op thema zoekt, vindt dit niet."),
}


@dataclass(frozen=True)
class Gap:
    """What a reader misses, and the field of the form where it belongs."""

    field: str
    text: str


@dataclass(frozen=True)
class ReadabilityHints:
    """Hints for the text of one section."""

    sectie: Sectie
    hints: list[str]


@dataclass(frozen=True)
class Completeness:
    """How complete one blueprint is."""

    empty: list[Sectie]
    gaps: list[Gap]
    readability: list[ReadabilityHints] = field(default_factory=list)

    @property
    def filled_count(self) -> int:
        """Number of sections with content."""
        return TOTAL - len(self.empty)

    @property
    def progress(self) -> str:
        """The progress in words."""
        return progress_text(self.filled_count)


def known_abbreviations() -> set[str]:
    """Capitals that need no explanation: of daily use, or among the terms; one query."""
    begrippen = Begrip.objects.values_list("term", "synoniemen")
    return COMMON | {word.strip() for term, synoniemen in begrippen for word in [term, *synoniemen.splitlines()]}


def progress_text(filled: int) -> str:
    """So many of the sections, in words."""
    return f"{filled} van de {TOTAL} onderdelen ingevuld"


def assess(blauwdruk: Blauwdruk) -> Completeness:
    """How complete this blueprint is as it stands in memory; a query for the terms, and those of its rows."""
    fields = {sectie.veld for sectie in SECTIES} | set(SOUGHT)
    empty = {veld for veld in fields if is_empty(blauwdruk, veld)}
    missed = empty - ({"regios"} if blauwdruk.landelijk else set())  # what holds for the whole country needs no region
    texts = {veld: getattr(blauwdruk, veld) for veld in TEXT_FIELDS if veld not in empty}
    known = known_abbreviations() | explained_abbreviations([strip_tags(text) for text in texts.values()])
    readability = [
        ReadabilityHints(s, found) for s in SECTIES if s.veld in texts and (found := hints(texts[s.veld], known))
    ]
    return Completeness(
        empty=[sectie for sectie in SECTIES if sectie.veld in empty],
        gaps=[Gap(veld, text) for veld, (_, text) in SOUGHT.items() if veld in missed],
        readability=readability,
    )


def is_empty(blauwdruk: Blauwdruk, veld: str) -> bool:
    """Whether a text has no words, or a choice or a row is missing."""
    value = getattr(blauwdruk, veld)
    if isinstance(value, str):
        return not strip_tags(value).strip()
    return not value.all() if hasattr(value, "all") else value is None


def empty_q(veld: str) -> Q:
    """The same as is_empty, asked of the database; a text is empty when it holds nothing at all."""
    kind: Any = Blauwdruk._meta.get_field(veld)
    if kind.one_to_many:
        return ~Q(Exists(kind.related_model.objects.filter(blauwdruk=OuterRef("pk"))))
    if kind.many_to_many:
        return ~Q(Exists(kind.remote_field.through.objects.filter(blauwdruk=OuterRef("pk"))))
    return Q(**{f"{veld}__isnull": True}) if kind.null else Q(**{veld: ""})


def missing_q(veld: str) -> Q:
    """Whether a reader misses this, asked of the database."""
    return empty_q(veld) & Q(landelijk=False) if veld == "regios" else empty_q(veld)


def with_completeness(blauwdrukken: QuerySet[Any]) -> QuerySet[Any]:
    """With `aantal_gevuld`, and a `mist_...` for each of SOUGHT, without reading a text; no extra query."""
    filled = sum((Case(When(empty_q(s.veld), then=0), default=1) for s in SECTIES), start=Value(0))
    missing = {f"mist_{veld}": ExpressionWrapper(missing_q(veld), BooleanField()) for veld in SOUGHT}
    return blauwdrukken.annotate(aantal_gevuld=ExpressionWrapper(filled, IntegerField()), **missing)


def incomplete(blauwdrukken: QuerySet[Any]) -> QuerySet[Any]:
    """Blueprints in which a reader misses something."""
    missing = Q(pk__in=[])
    for veld in SOUGHT:
        missing |= missing_q(veld)
    return blauwdrukken.filter(missing)


def gap_names(blauwdruk: Any) -> str:
    """Short names of what a reader misses in a row of with_completeness()."""
    return ", ".join(short for veld, (short, _) in SOUGHT.items() if getattr(blauwdruk, f"mist_{veld}"))
