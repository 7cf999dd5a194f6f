"""How complete a blueprint is, and what a reader would miss in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Exists, ExpressionWrapper, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.fields import BooleanField
from django.utils.html import strip_tags

from .models import Begrip, Blauwdruk
from .secties import SECTIES, TEKSTVELDEN, Sectie
from .text.readability import ALGEMEEN, hints, uitgelegd

TOTAAL = len(SECTIES)

# What a reader looks for first: field of the form -> its short name, and what is said when it is empty.
GEZOCHT = {
    "doel": ("doel", "Er staat geen doel in. De lezer weet niet waar het goed voor is."),
    "kosten": ("kosten", "Er staan geen kosten in. De lezer weet niet of het haalbaar is."),
    "regios": ("regio", "Er is geen regio gekozen. De lezer weet niet waar dit gebeurt."),
    "contactorganisatie": ("organisatie om te benaderen", "Er is geen organisatie om te benaderen."),
    "laatst_gewijzigd": ("datum", "Er staat geen datum bij. De lezer weet niet hoe oud dit is."),
    "themas": ("thema", "Er is geen thema gekozen. Wie op thema zoekt, vindt dit niet."),
}


@dataclass(frozen=True)
class Gemis:
    """What a reader misses, and the field of the form where it belongs."""

    veld: str
    tekst: str


@dataclass(frozen=True)
class Taalhints:
    """Hints for the text of one section."""

    sectie: Sectie
    hints: list[str]


@dataclass(frozen=True)
class Volledigheid:
    """How complete one blueprint is."""

    leeg: list[Sectie]
    gemist: list[Gemis]
    taal: list[Taalhints] = field(default_factory=list)

    @property
    def gevuld(self) -> int:
        """Number of sections with content."""
        return TOTAAL - len(self.leeg)

    @property
    def tekst(self) -> str:
        """The progress in words."""
        return voortgang(self.gevuld)


def bekende_afkortingen() -> set[str]:
    """Capitals that need no explanation: of daily use, or among the terms; one query."""
    begrippen = Begrip.objects.values_list("term", "synoniemen")
    return ALGEMEEN | {woord.strip() for term, synoniemen in begrippen for woord in [term, *synoniemen.splitlines()]}


def voortgang(gevuld: int) -> str:
    """So many of the sections, in words."""
    return f"{gevuld} van de {TOTAAL} onderdelen ingevuld"


def beoordeel(blauwdruk: Blauwdruk) -> Volledigheid:
    """How complete this blueprint is as it stands in memory; a query for the terms, and those of its rows."""
    velden = {sectie.veld for sectie in SECTIES} | set(GEZOCHT)
    leeg = {veld for veld in velden if is_leeg(blauwdruk, veld)}
    gemist = leeg - ({"regios"} if blauwdruk.landelijk else set())  # what holds for the whole country needs no region
    teksten = {veld: getattr(blauwdruk, veld) for veld in TEKSTVELDEN if veld not in leeg}
    bekend = bekende_afkortingen() | uitgelegd([strip_tags(tekst) for tekst in teksten.values()])
    taal = [
        Taalhints(s, gevonden) for s in SECTIES if s.veld in teksten and (gevonden := hints(teksten[s.veld], bekend))
    ]
    return Volledigheid(
        leeg=[sectie for sectie in SECTIES if sectie.veld in leeg],
        gemist=[Gemis(veld, tekst) for veld, (_, tekst) in GEZOCHT.items() if veld in gemist],
        taal=taal,
    )


def is_leeg(blauwdruk: Blauwdruk, veld: str) -> bool:
    """Whether a text has no words, or a choice or a row is missing."""
    waarde = getattr(blauwdruk, veld)
    if isinstance(waarde, str):
        return not strip_tags(waarde).strip()
    return not waarde.all() if hasattr(waarde, "all") else waarde is None


def leeg_q(veld: str) -> Q:
    """The same as is_leeg, asked of the database; a text is empty when it holds nothing at all."""
    soort: Any = Blauwdruk._meta.get_field(veld)
    if soort.one_to_many:
        return ~Q(Exists(soort.related_model.objects.filter(blauwdruk=OuterRef("pk"))))
    if soort.many_to_many:
        return ~Q(Exists(soort.remote_field.through.objects.filter(blauwdruk=OuterRef("pk"))))
    return Q(**{f"{veld}__isnull": True}) if soort.null else Q(**{veld: ""})


def mist_q(veld: str) -> Q:
    """Whether a reader misses this, asked of the database."""
    return leeg_q(veld) & Q(landelijk=False) if veld == "regios" else leeg_q(veld)


def met_volledigheid(blauwdrukken: QuerySet[Any]) -> QuerySet[Any]:
    """With `aantal_gevuld`, and a `mist_...` for each of GEZOCHT, without reading a text; no extra query."""
    gevuld = sum((Case(When(leeg_q(s.veld), then=0), default=1) for s in SECTIES), start=Value(0))
    ontbreekt = {f"mist_{veld}": ExpressionWrapper(mist_q(veld), BooleanField()) for veld in GEZOCHT}
    return blauwdrukken.annotate(aantal_gevuld=ExpressionWrapper(gevuld, IntegerField()), **ontbreekt)


def onvolledig(blauwdrukken: QuerySet[Any]) -> QuerySet[Any]:
    """Blueprints in which a reader misses something."""
    iets = Q(pk__in=[])
    for veld in GEZOCHT:
        iets |= mist_q(veld)
    return blauwdrukken.filter(iets)


def wat_ontbreekt(blauwdruk: Any) -> str:
    """Short names of what a reader misses in a row of met_volledigheid()."""
    return ", ".join(kort for veld, (kort, _) in GEZOCHT.items() if getattr(blauwdruk, f"mist_{veld}"))
