"""How complete a blueprint is: in memory and in the database the same answer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blauwdrukken.completeness import GEZOCHT, beoordeel, met_volledigheid, onvolledig, wat_ontbreekt
from blauwdrukken.models import Blauwdruk, Kostenpost, Organisatie, Thema
from blauwdrukken.secties import SECTIES, TEKSTVELDEN
from regios.models import Regio


def gemist(blauwdruk: Blauwdruk) -> set[str]:
    return {gemis.veld for gemis in beoordeel(blauwdruk).gemist}


def test_an_empty_blueprint_lacks_every_section_and_all_that_readers_look_for(maak_blauwdruk: Any) -> None:
    leeg = maak_blauwdruk()
    stand = beoordeel(leeg)
    assert stand.leeg == list(SECTIES)
    assert gemist(leeg) == set(GEZOCHT)
    assert stand.tekst == "0 van de 19 onderdelen ingevuld"


def test_what_is_filled_in_is_missed_no_more(maak_blauwdruk: Any) -> None:
    vol = maak_blauwdruk(
        regios=[Regio.objects.all()[0]],
        themas=[Thema.objects.all()[0]],
        doel="<p>Banen.</p>",
        contactorganisatie=Organisatie.objects.all()[0],
        laatst_gewijzigd=date(2026, 1, 1),
    )
    vol.kosten.add(Kostenpost(omschrijving="Loon"))
    stand = beoordeel(vol)
    assert stand.gemist == []
    assert stand.tekst == "2 van de 19 onderdelen ingevuld"
    assert {sectie.veld for sectie in SECTIES} - {sectie.veld for sectie in stand.leeg} == {"doel", "themas"}


def test_what_holds_for_the_whole_country_needs_no_region(maak_blauwdruk: Any) -> None:
    overal = maak_blauwdruk(landelijk=True)
    assert "regios" not in gemist(overal)
    assert not met_volledigheid(Blauwdruk.objects.all()).get(pk=overal.pk).mist_regios


def test_a_text_without_words_is_empty(maak_blauwdruk: Any) -> None:
    assert "doel" in gemist(maak_blauwdruk(doel="<p> <br/></p>"))


def test_the_database_gives_the_same_answer_as_the_blueprint_itself() -> None:
    for rij in met_volledigheid(Blauwdruk.objects.all()):
        stand = beoordeel(rij)
        assert rij.aantal_gevuld == stand.gevuld, rij
        assert {veld for veld in GEZOCHT if getattr(rij, f"mist_{veld}")} == gemist(rij), rij
        assert onvolledig(Blauwdruk.objects.filter(pk=rij.pk)).exists() == bool(stand.gemist)


@given(st.sets(st.sampled_from(TEKSTVELDEN)), st.booleans(), st.booleans(), st.booleans())
def test_any_mix_of_content_is_counted_alike_in_memory_and_in_the_database(
    velden: set[str], landelijk: bool, regio: bool, kosten: bool
) -> None:
    nummer = Blauwdruk.objects.latest("nummer").nummer + 1
    blauwdruk = Blauwdruk(titel="x", slug=f"mix-{nummer}", landelijk=landelijk, **dict.fromkeys(velden, "<p>x</p>"))
    blauwdruk.regios = Regio.objects.all()[:1] if regio else []
    blauwdruk.kosten = [Kostenpost(omschrijving="Loon")] if kosten else []
    blauwdruk.save()
    rij = met_volledigheid(Blauwdruk.objects.all()).get(pk=blauwdruk.pk)
    assert rij.aantal_gevuld == beoordeel(blauwdruk).gevuld == len(velden)
    assert wat_ontbreekt(rij).split(", ") == [GEZOCHT[v][0] for v in GEZOCHT if v in gemist(blauwdruk)]


def test_many_rows_are_counted_in_one_query_without_reading_texts(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1) as gevraagd:
        rijen = list(met_volledigheid(Blauwdruk.objects.only("titel")))
    assert len(rijen) > 20
    keuze = gevraagd[0]["sql"].split(" FROM ")[0]
    assert '"leerpunten",' not in keuze


def test_the_judgement_asks_the_terms_once_and_the_rows_of_a_draft_in_memory(django_assert_num_queries: Any) -> None:
    concept = Blauwdruk(titel="x", slug="x", doel="<p>Het WSP.</p>")
    with django_assert_num_queries(1):
        beoordeel(concept)


@pytest.mark.parametrize("nummer", range(1, 26))
def test_every_blueprint_gets_a_judgement_in_words(nummer: int) -> None:
    stand = beoordeel(Blauwdruk.objects.get(nummer=nummer))
    assert 0 < stand.gevuld <= 19
    assert all(hint for taal in stand.taal for hint in taal.hints)
