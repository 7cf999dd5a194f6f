"""Forms of verbs that no ending gives away lead to each other."""

from __future__ import annotations

import pytest

from blauwdrukken.search.verbs import strong_forms, without_ge

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("getypt", "in_tekst"),
    [
        ("mislopen", "misliep"),
        ("aannemen", "aangenomen"),
        ("aangeboden", "aanbieden"),
        ("geholpen", "hielp"),
        ("vond", "gevonden"),
        ("verliezen", "verloor"),
    ],
)
def test_forms_of_a_strong_verb_lead_to_each_other(getypt: str, in_tekst: str) -> None:
    assert in_tekst in strong_forms(getypt)
    assert getypt in strong_forms(in_tekst)


@pytest.mark.parametrize("woord", ["verbond", "werkloos", "tekort", "bedrijf", "geld"])
def test_a_word_that_only_ends_like_a_strong_verb_has_no_other_forms(woord: str) -> None:
    assert strong_forms(woord) == set()


@pytest.mark.parametrize(("deelwoord", "werkwoord"), [("gefilmd", "filmen"), ("opgeleid", "opleiden")])
def test_a_participle_leads_to_its_verb(deelwoord: str, werkwoord: str) -> None:
    assert werkwoord in without_ge(deelwoord)


@pytest.mark.parametrize("woord", ["gemeente", "werkgever", "manager", "geld"])
def test_a_word_that_only_holds_ge_is_no_participle_of_a_known_verb(woord: str) -> None:
    assert not without_ge(woord) & {"werken", "werk", "geven", "man", "gelden"}
