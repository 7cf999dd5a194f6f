"""How complete a blueprint is: in memory and in the database the same answer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blauwdrukken.completeness import SOUGHT, assess, gap_names, incomplete, with_completeness
from blauwdrukken.models import Blauwdruk, Kostenpost, Organisatie, Thema
from blauwdrukken.secties import SECTIES, TEXT_FIELDS
from regios.models import Regio


def missed_fields(blauwdruk: Blauwdruk) -> set[str]:
    return {gemis.field for gemis in assess(blauwdruk).gaps}


def test_an_empty_blueprint_lacks_every_section_and_all_that_readers_look_for(create_blauwdruk: Any) -> None:
    leeg = create_blauwdruk()
    stand = assess(leeg)
    assert stand.empty == list(SECTIES)
    assert missed_fields(leeg) == set(SOUGHT)
    assert stand.progress == "0 van de 19 onderdelen ingevuld"


def test_what_is_filled_in_is_missed_no_more(create_blauwdruk: Any) -> None:
    vol = create_blauwdruk(
        regios=[Regio.objects.all()[0]],
        themas=[Thema.objects.all()[0]],
        doel="<p>Banen.</p>",
        contactorganisatie=Organisatie.objects.all()[0],
        laatst_gewijzigd=date(2026, 1, 1),
    )
    vol.kosten.add(Kostenpost(omschrijving="Loon"))
    stand = assess(vol)
    assert stand.gaps == []
    assert stand.progress == "2 van de 19 onderdelen ingevuld"
    assert {sectie.veld for sectie in SECTIES} - {sectie.veld for sectie in stand.empty} == {"doel", "themas"}


def test_what_holds_for_the_whole_country_needs_no_region(create_blauwdruk: Any) -> None:
    overal = create_blauwdruk(landelijk=True)
    assert "regios" not in missed_fields(overal)
    assert not with_completeness(Blauwdruk.objects.all()).get(pk=overal.pk).mist_regios


def test_a_text_without_words_is_empty(create_blauwdruk: Any) -> None:
    assert "doel" in missed_fields(create_blauwdruk(doel="<p> <br/></p>"))


def test_the_database_gives_the_same_answer_as_the_blueprint_itself() -> None:
    for rij in with_completeness(Blauwdruk.objects.all()):
        stand = assess(rij)
        assert rij.aantal_gevuld == stand.filled_count, rij
        assert {veld for veld in SOUGHT if getattr(rij, f"mist_{veld}")} == missed_fields(rij), rij
        assert incomplete(Blauwdruk.objects.filter(pk=rij.pk)).exists() == bool(stand.gaps)


@given(st.sets(st.sampled_from(TEXT_FIELDS)), st.booleans(), st.booleans(), st.booleans())
def test_any_mix_of_content_is_counted_alike_in_memory_and_in_the_database(
    velden: set[str], landelijk: bool, regio: bool, kosten: bool
) -> None:
    nummer = Blauwdruk.objects.latest("nummer").nummer + 1
    blauwdruk = Blauwdruk(titel="x", slug=f"mix-{nummer}", landelijk=landelijk, **dict.fromkeys(velden, "<p>x</p>"))
    blauwdruk.regios = Regio.objects.all()[:1] if regio else []
    blauwdruk.kosten = [Kostenpost(omschrijving="Loon")] if kosten else []
    blauwdruk.save()
    rij = with_completeness(Blauwdruk.objects.all()).get(pk=blauwdruk.pk)
    assert rij.aantal_gevuld == assess(blauwdruk).filled_count == len(velden)
    assert gap_names(rij).split(", ") == [SOUGHT[v][0] for v in SOUGHT if v in missed_fields(blauwdruk)]


def test_many_rows_are_counted_in_one_query_without_reading_texts(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1) as gevraagd:
        rijen = list(with_completeness(Blauwdruk.objects.only("titel")))
    assert len(rijen) > 20
    keuze = gevraagd[0]["sql"].split(" FROM ")[0]
    assert '"leerpunten",' not in keuze


def test_the_judgement_asks_the_terms_once_and_the_rows_of_a_draft_in_memory(django_assert_num_queries: Any) -> None:
    concept = Blauwdruk(titel="x", slug="x", doel="<p>Het WSP.</p>")
    with django_assert_num_queries(1):
        assess(concept)


@pytest.mark.parametrize("nummer", range(1, 26))
def test_every_blueprint_gets_a_judgement_in_words(nummer: int) -> None:
    stand = assess(Blauwdruk.objects.get(nummer=nummer))
    assert 0 < stand.filled_count <= 19
    assert all(hint for taal in stand.readability for hint in taal.hints)
