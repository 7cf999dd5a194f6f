"""What places, themes, target groups, terms and synonyms mean: the words that visitors use for them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from regios.models import Gemeente, Provincie, Regio, fold

from ..models import Begrip, Doelgroep, Organisatie, Programma, Synoniem, Thema
from .language import split_words, word_forms

Phrase = tuple[str, ...]

LONGEST_PHRASE = 7
# Places whose name is an everyday word: they count only as a question of their own.
EVERYDAY_NAMES = frozenset("best buren houten bergen beek laren stein goes".split())
# Parts of the name of a municipality that nobody uses for it alone.
NOT_A_PLACE = frozenset("ambacht hendrik krimpen midden neder noord ouder rijen waard".split())
_SEPARATORS = re.compile(r"-|, | en | aan .*")


def place_names(naam: str) -> set[str]:
    """Places in the name of a municipality ("Sittard-Geleen" gives "Sittard" and "Geleen")."""
    return {deel for deel in _SEPARATORS.split(naam) if len(deel) > 4 and fold(deel) not in NOT_A_PLACE}


def to_phrase(tekst: str) -> Phrase:
    """Words of a name or phrase, in order."""
    return tuple(split_words(tekst))


class Meanings:
    """What a phrase stands for besides its own words: facet values, and phrases that mean the same."""

    def __init__(self) -> None:
        self.facets: dict[Phrase, set[str]] = defaultdict(set)
        self.equivalents: dict[Phrase, set[Phrase]] = defaultdict(set)
        self.explanations: dict[Phrase, str] = {}
        self.mentioned: dict[str, set[str]] = defaultdict(set)  # words in what explains a theme or target group

    @classmethod
    def from_database(cls) -> Meanings:
        """Places, vocabularies, terms and synonyms as they are now: 9 queries."""
        zelf = cls()
        zelf._read_places()
        zelf._read_vocabularies()
        zelf._read_equivalents()
        return zelf

    def _read_places(self) -> None:
        for slug, naam in Provincie.objects.values_list("slug", "naam"):
            self.add_names(f"provincie:{slug}", naam, slug)
        for slug, naam, aliassen in Regio.objects.values_list("slug", "naam", "aliassen"):
            self.add_names(f"regio:{slug}", naam, *aliassen.splitlines())
        gemeenten = list(Gemeente.objects.values_list("regio__slug", "naam", "aliassen"))
        for slug, naam, aliassen in gemeenten:
            self.add_names(f"regio:{slug}", naam, *aliassen.splitlines())
        bekend = set(self.facets)
        for slug, naam, _ in gemeenten:
            self.add_names(f"regio:{slug}", *(deel for deel in place_names(naam) if to_phrase(deel) not in bekend))

    def _read_vocabularies(self) -> None:
        for slug, naam in Programma.objects.values_list("slug", "naam"):
            self.add_names(f"programma:{slug}", naam, slug)
        for slug, naam, uitleg in Thema.objects.exclude(slug="anders").values_list("slug", "naam", "uitleg"):
            self.explain(f"thema:{slug}", uitleg, naam, slug)
        for slug, naam, uitleg in Doelgroep.objects.values_list("slug", "naam", "uitleg"):
            self.explain(f"doelgroep:{slug}", uitleg, naam, slug)

    def _read_equivalents(self) -> None:
        for term, voluit, synoniemen, uitleg in Begrip.objects.values_list("term", "voluit", "synoniemen", "uitleg"):
            namen = [*term.split(" / "), voluit, *synoniemen.splitlines()]
            self.add_equivalents(namen)
            self.explanations |= {to_phrase(naam.split("(")[0]): uitleg for naam in namen}
        for naam, andere in Organisatie.objects.exclude(andere_namen="").values_list("naam", "andere_namen"):
            self.add_equivalents([naam, *andere.splitlines()])
        for groep in Synoniem.objects.values_list("woorden", flat=True):
            self.add_equivalents(groep.splitlines())

    def add_names(self, facet: str, *namen: str) -> None:
        """Each of these names stands for the facet value."""
        for naam in filter(None, map(to_phrase, namen)):
            self.facets[naam].add(facet)

    def explain(self, facet: str, uitleg: str, *namen: str) -> None:
        """These names stand for the facet value, and the words of its explanation may lead to it."""
        self.add_names(facet, *namen)
        for woord in split_words(uitleg):
            self.mentioned[woord].add(facet)

    def add_equivalents(self, teksten: Iterable[str]) -> None:
        """These phrases mean the same; what stands in brackets is left out."""
        frasen = {to_phrase(tekst.split("(")[0]) for tekst in teksten} - {()}
        for een in frasen:
            self.equivalents[een] |= frasen - {een}

    def recognise(self, woordgroep: Phrase) -> Phrase:
        """The phrase that is meant, also when it is cut into words otherwise ("noord oost brabant"); else nothing."""
        if woordgroep in self.facets or woordgroep in self.equivalents:
            return woordgroep
        return self._joined.get("".join(woordgroep), ())

    @cached_property
    def _joined(self) -> dict[str, Phrase]:
        return {"".join(groep): groep for groep in (*self.equivalents, *self.facets) if len(groep) > 1}

    def facets_of(self, woordgroep: Phrase) -> set[str]:
        """Facet values that a phrase, or an inflection of one word, stands for."""
        if len(woordgroep) > 1:
            return self.facets.get(woordgroep, set())
        return {facet for vorm in word_forms(woordgroep[0]) for facet in self.facets.get((vorm,), ())}

    def equivalents_of(self, woordgroep: Phrase) -> set[Phrase]:
        """Phrases that mean the same as a phrase, or as an inflection of one word."""
        if len(woordgroep) > 1:
            return self.equivalents.get(woordgroep, set())
        mogelijk = {woordgroep[0], *word_forms(woordgroep[0])}
        return {ander for vorm in mogelijk for ander in self.equivalents.get((vorm,), ())}

    def explained_with(self, woordgroep: Phrase) -> set[str]:
        """Themes and target groups that are explained with a word, or with one that means the same."""
        gelijk = {groep[0] for groep in (woordgroep, *self.equivalents_of(woordgroep)) if len(groep) == 1}
        mogelijk = {vorm for woord in gelijk for vorm in word_forms(woord)}
        return {facet for vorm in mogelijk for facet in self.mentioned.get(vorm, ())}

    @cached_property
    def words(self) -> frozenset[str]:
        """All words that mean something by themselves."""
        return frozenset(groep[0] for groep in (*self.facets, *self.equivalents) if len(groep) == 1)
