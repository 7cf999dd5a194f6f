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


def place_names(name: str) -> set[str]:
    """Places in the name of a municipality ("Sittard-Geleen" gives "Sittard" and "Geleen")."""
    return {part for part in _SEPARATORS.split(name) if len(part) > 4 and fold(part) not in NOT_A_PLACE}


def to_phrase(text: str) -> Phrase:
    """Words of a name or phrase, in order."""
    return tuple(split_words(text))


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
        meanings = cls()
        meanings._read_places()
        meanings._read_vocabularies()
        meanings._read_equivalents()
        return meanings

    def _read_places(self) -> None:
        for slug, name in Provincie.objects.values_list("slug", "naam"):
            self.add_names(f"provincie:{slug}", name, slug)
        for slug, name, aliassen in Regio.objects.values_list("slug", "naam", "aliassen"):
            self.add_names(f"regio:{slug}", name, *aliassen.splitlines())
        gemeenten = list(Gemeente.objects.values_list("regio__slug", "naam", "aliassen"))
        for slug, name, aliassen in gemeenten:
            self.add_names(f"regio:{slug}", name, *aliassen.splitlines())
        known = set(self.facets)
        for slug, name, _ in gemeenten:
            self.add_names(f"regio:{slug}", *(part for part in place_names(name) if to_phrase(part) not in known))

    def _read_vocabularies(self) -> None:
        for slug, name in Programma.objects.values_list("slug", "naam"):
            self.add_names(f"programma:{slug}", name, slug)
        for slug, name, explanation in Thema.objects.exclude(slug="anders").values_list("slug", "naam", "uitleg"):
            self.explain(f"thema:{slug}", explanation, name, slug)
        for slug, name, explanation in Doelgroep.objects.values_list("slug", "naam", "uitleg"):
            self.explain(f"doelgroep:{slug}", explanation, name, slug)

    def _read_equivalents(self) -> None:
        for term, voluit, synoniemen, explanation in Begrip.objects.values_list(
            "term", "voluit", "synoniemen", "uitleg"
        ):
            names = [*term.split(" / "), voluit, *synoniemen.splitlines()]
            self.add_equivalents(names)
            self.explanations |= {to_phrase(name.split("(")[0]): explanation for name in names}
        for name, others in Organisatie.objects.exclude(andere_namen="").values_list("naam", "andere_namen"):
            self.add_equivalents([name, *others.splitlines()])
        for group in Synoniem.objects.values_list("woorden", flat=True):
            self.add_equivalents(group.splitlines())

    def add_names(self, facet: str, *names: str) -> None:
        """Each of these names stands for the facet value."""
        for name in filter(None, map(to_phrase, names)):
            self.facets[name].add(facet)

    def explain(self, facet: str, explanation: str, *names: str) -> None:
        """These names stand for the facet value, and the words of its explanation may lead to it."""
        self.add_names(facet, *names)
        for word in split_words(explanation):
            self.mentioned[word].add(facet)

    def add_equivalents(self, texts: Iterable[str]) -> None:
        """These phrases mean the same; what stands in brackets is left out."""
        phrases = {to_phrase(text.split("(")[0]) for text in texts} - {()}
        for phrase in phrases:
            self.equivalents[phrase] |= phrases - {phrase}

    def recognise(self, phrase: Phrase) -> Phrase:
        """The phrase that is meant, also when it is cut into words otherwise ("noord oost brabant"); else nothing."""
        if phrase in self.facets or phrase in self.equivalents:
            return phrase
        return self._joined.get("".join(phrase), ())

    @cached_property
    def _joined(self) -> dict[str, Phrase]:
        return {"".join(group): group for group in (*self.equivalents, *self.facets) if len(group) > 1}

    def facets_of(self, phrase: Phrase) -> set[str]:
        """Facet values that a phrase, or an inflection of one word, stands for."""
        if len(phrase) > 1:
            return self.facets.get(phrase, set())
        return {facet for form in word_forms(phrase[0]) for facet in self.facets.get((form,), ())}

    def equivalents_of(self, phrase: Phrase) -> set[Phrase]:
        """Phrases that mean the same as a phrase, or as an inflection of one word."""
        if len(phrase) > 1:
            return self.equivalents.get(phrase, set())
        possible = {phrase[0], *word_forms(phrase[0])}
        return {other for form in possible for other in self.equivalents.get((form,), ())}

    def explained_with(self, phrase: Phrase) -> set[str]:
        """Themes and target groups that are explained with a word, or with one that means the same."""
        same = {group[0] for group in (phrase, *self.equivalents_of(phrase)) if len(group) == 1}
        possible = {form for word in same for form in word_forms(word)}
        return {facet for form in possible for facet in self.mentioned.get(form, ())}

    @cached_property
    def words(self) -> frozenset[str]:
        """All words that mean something by themselves."""
        return frozenset(group[0] for group in (*self.facets, *self.equivalents) if len(group) == 1)
