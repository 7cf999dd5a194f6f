"""Forms of verbs that no ending gives away lead to each other."""

from __future__ import annotations

import pytest

from blauwdrukken.search.verbs import strong_forms, without_ge

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("typed", "in_text"),
    [
        ("mislopen", "misliep"),
        ("aannemen", "aangenomen"),
        ("aangeboden", "aanbieden"),
        ("geholpen", "hielp"),
        ("vond", "gevonden"),
        ("verliezen", "verloor"),
    ],
)
def test_forms_of_a_strong_verb_lead_to_each_other(typed: str, in_text: str) -> None:
    assert in_text in strong_forms(typed)
    assert typed in strong_forms(in_text)


@pytest.mark.parametrize("word", ["verbond", "werkloos", "tekort", "bedrijf", "geld"])
def test_a_word_that_only_ends_like_a_strong_verb_has_no_other_forms(word: str) -> None:
    assert strong_forms(word) == set()


@pytest.mark.parametrize(("participle", "verb"), [("gefilmd", "filmen"), ("opgeleid", "opleiden")])
def test_a_participle_leads_to_its_verb(participle: str, verb: str) -> None:
    assert verb in without_ge(participle)


@pytest.mark.parametrize("word", ["gemeente", "werkgever", "manager", "geld"])
def test_a_word_that_only_holds_ge_is_no_participle_of_a_known_verb(word: str) -> None:
    assert not without_ge(word) & {"werken", "werk", "geven", "man", "gelden"}
