from __future__ import annotations

from django.core.management import call_command
from django.test import Client

from blauwdrukken.models import Blauwdruk, Project


def test_practice_data_never_touches_real_content(client: Client) -> None:
    before = list(Blauwdruk.objects.values_list()), list(Project.objects.values_list())
    call_command("maak_oefendata", aantal=30, verbosity=0)
    assert Blauwdruk.objects.published().count() == 55
    call_command("maak_oefendata", aantal=5, verbosity=0)
    assert Blauwdruk.objects.published().count() == 60
    call_command("maak_oefendata", wis=True, verbosity=0)
    assert (list(Blauwdruk.objects.values_list()), list(Project.objects.values_list())) == before


def test_the_same_seed_gives_the_same_texts() -> None:
    texts = []
    for _ in range(2):
        call_command("maak_oefendata", aantal=5, zaad=7, verbosity=0)
        texts.append(list(Blauwdruk.objects.filter(nummer__gt=1000).values_list("titel", "doel", "slug")))
        call_command("maak_oefendata", wis=True, verbosity=0)
    assert texts[0] == texts[1]


def test_a_practice_blueprint_is_as_long_as_a_real_one() -> None:
    call_command("maak_oefendata", aantal=10, verbosity=0)
    lengths = [b.word_count() for b in Blauwdruk.objects.filter(nummer__gt=1000)]
    assert 600 < sum(lengths) / len(lengths) < 1400
