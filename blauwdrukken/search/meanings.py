"""What places, themes, target groups, terms and synonyms mean: the words that visitors use for them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from regios.models import Gemeente, Provincie, Regio, vouw

from ..models import Begrip, Doelgroep, Organisatie, Programma, Synoniem, Thema
from .language import vormen, woorden

Frase = tuple[str, ...]

LANGSTE_FRASE = 7
# Places whose name is an everyday word: they count only as a question of their own.
ALLEDAAGS = frozenset("best buren houten bergen beek laren stein goes".split())
# Parts of the name of a municipality that nobody uses for it alone.
GEEN_PLAATS = frozenset("ambacht hendrik krimpen midden neder noord ouder rijen waard".split())
_TUSSEN = re.compile(r"-|, | en | aan .*")


def plaatsen(naam: str) -> set[str]:
    """Places in the name of a municipality ("Sittard-Geleen" gives "Sittard" and "Geleen")."""
    return {deel for deel in _TUSSEN.split(naam) if len(deel) > 4 and vouw(deel) not in GEEN_PLAATS}


def frase(tekst: str) -> Frase:
    """Words of a name or phrase, in order."""
    return tuple(woorden(tekst))


class Betekenissen:
    """What a phrase stands for besides its own words: facet values, and phrases that mean the same."""

    def __init__(self) -> None:
        self.facetten: dict[Frase, set[str]] = defaultdict(set)
        self.gelijk: dict[Frase, set[Frase]] = defaultdict(set)
        self.uitleg: dict[Frase, str] = {}
        self.genoemd: dict[str, set[str]] = defaultdict(set)  # words in what explains a theme or target group

    @classmethod
    def uit_database(cls) -> Betekenissen:
        """Places, vocabularies, terms and synonyms as they are now: 9 queries."""
        zelf = cls()
        zelf._lees_plaatsen()
        zelf._lees_woordenlijsten()
        zelf._lees_gelijke()
        return zelf

    def _lees_plaatsen(self) -> None:
        for slug, naam in Provincie.objects.values_list("slug", "naam"):
            self.noem(f"provincie:{slug}", naam, slug)
        for slug, naam, aliassen in Regio.objects.values_list("slug", "naam", "aliassen"):
            self.noem(f"regio:{slug}", naam, *aliassen.splitlines())
        gemeenten = list(Gemeente.objects.values_list("regio__slug", "naam", "aliassen"))
        for slug, naam, aliassen in gemeenten:
            self.noem(f"regio:{slug}", naam, *aliassen.splitlines())
        bekend = set(self.facetten)
        for slug, naam, _ in gemeenten:
            self.noem(f"regio:{slug}", *(deel for deel in plaatsen(naam) if frase(deel) not in bekend))

    def _lees_woordenlijsten(self) -> None:
        for slug, naam in Programma.objects.values_list("slug", "naam"):
            self.noem(f"programma:{slug}", naam, slug)
        for slug, naam, uitleg in Thema.objects.exclude(slug="anders").values_list("slug", "naam", "uitleg"):
            self.leg_uit(f"thema:{slug}", uitleg, naam, slug)
        for slug, naam, uitleg in Doelgroep.objects.values_list("slug", "naam", "uitleg"):
            self.leg_uit(f"doelgroep:{slug}", uitleg, naam, slug)

    def _lees_gelijke(self) -> None:
        for term, voluit, synoniemen, uitleg in Begrip.objects.values_list("term", "voluit", "synoniemen", "uitleg"):
            namen = [*term.split(" / "), voluit, *synoniemen.splitlines()]
            self.stel_gelijk(namen)
            self.uitleg |= {frase(naam.split("(")[0]): uitleg for naam in namen}
        for naam, andere in Organisatie.objects.exclude(andere_namen="").values_list("naam", "andere_namen"):
            self.stel_gelijk([naam, *andere.splitlines()])
        for groep in Synoniem.objects.values_list("woorden", flat=True):
            self.stel_gelijk(groep.splitlines())

    def noem(self, facet: str, *namen: str) -> None:
        """Each of these names stands for the facet value."""
        for naam in filter(None, map(frase, namen)):
            self.facetten[naam].add(facet)

    def leg_uit(self, facet: str, uitleg: str, *namen: str) -> None:
        """These names stand for the facet value, and the words of its explanation may lead to it."""
        self.noem(facet, *namen)
        for woord in woorden(uitleg):
            self.genoemd[woord].add(facet)

    def stel_gelijk(self, teksten: Iterable[str]) -> None:
        """These phrases mean the same; what stands in brackets is left out."""
        frasen = {frase(tekst.split("(")[0]) for tekst in teksten} - {()}
        for een in frasen:
            self.gelijk[een] |= frasen - {een}

    def ken(self, woordgroep: Frase) -> Frase:
        """The phrase that is meant, also when it is cut into words otherwise ("noord oost brabant"); else nothing."""
        if woordgroep in self.facetten or woordgroep in self.gelijk:
            return woordgroep
        return self._aaneen.get("".join(woordgroep), ())

    @cached_property
    def _aaneen(self) -> dict[str, Frase]:
        return {"".join(groep): groep for groep in (*self.gelijk, *self.facetten) if len(groep) > 1}

    def facetten_van(self, woordgroep: Frase) -> set[str]:
        """Facet values that a phrase, or an inflection of one word, stands for."""
        if len(woordgroep) > 1:
            return self.facetten.get(woordgroep, set())
        return {facet for vorm in vormen(woordgroep[0]) for facet in self.facetten.get((vorm,), ())}

    def gelijk_aan(self, woordgroep: Frase) -> set[Frase]:
        """Phrases that mean the same as a phrase, or as an inflection of one word."""
        if len(woordgroep) > 1:
            return self.gelijk.get(woordgroep, set())
        mogelijk = {woordgroep[0], *vormen(woordgroep[0])}
        return {ander for vorm in mogelijk for ander in self.gelijk.get((vorm,), ())}

    def uitgelegd_met(self, woordgroep: Frase) -> set[str]:
        """Themes and target groups that are explained with a word, or with one that means the same."""
        gelijk = {groep[0] for groep in (woordgroep, *self.gelijk_aan(woordgroep)) if len(groep) == 1}
        mogelijk = {vorm for woord in gelijk for vorm in vormen(woord)}
        return {facet for vorm in mogelijk for facet in self.genoemd.get(vorm, ())}

    @cached_property
    def woorden(self) -> frozenset[str]:
        """All words that mean something by themselves."""
        return frozenset(groep[0] for groep in (*self.facetten, *self.gelijk) if len(groep) == 1)
