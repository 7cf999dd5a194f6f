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
    return {gap.field for gap in assess(blauwdruk).gaps}


def test_an_empty_blueprint_lacks_every_section_and_all_that_readers_look_for(create_blauwdruk: Any) -> None:
    empty = create_blauwdruk()
    state = assess(empty)
    assert state.empty == list(SECTIES)
    assert missed_fields(empty) == set(SOUGHT)
    assert state.progress == "0 van de 19 onderdelen ingevuld"


def test_what_is_filled_in_is_missed_no_more(create_blauwdruk: Any) -> None:
    full = create_blauwdruk(
        regios=[Regio.objects.all()[0]],
        themas=[Thema.objects.all()[0]],
        doel="<p>Banen.</p>",
        contactorganisatie=Organisatie.objects.all()[0],
        laatst_gewijzigd=date(2026, 1, 1),
    )
    full.kosten.add(Kostenpost(omschrijving="Loon"))
    state = assess(full)
    assert state.gaps == []
    assert state.progress == "2 van de 19 onderdelen ingevuld"
    assert {sectie.veld for sectie in SECTIES} - {sectie.veld for sectie in state.empty} == {"doel", "themas"}


def test_what_holds_for_the_whole_country_needs_no_region(create_blauwdruk: Any) -> None:
    everywhere = create_blauwdruk(landelijk=True)
    assert "regios" not in missed_fields(everywhere)
    assert not with_completeness(Blauwdruk.objects.all()).get(pk=everywhere.pk).mist_regios


def test_a_text_without_words_is_empty(create_blauwdruk: Any) -> None:
    assert "doel" in missed_fields(create_blauwdruk(doel="<p> <br/></p>"))


def test_the_database_gives_the_same_answer_as_the_blueprint_itself() -> None:
    for row in with_completeness(Blauwdruk.objects.all()):
        state = assess(row)
        assert row.aantal_gevuld == state.filled_count, row
        assert {field for field in SOUGHT if getattr(row, f"mist_{field}")} == missed_fields(row), row
        assert incomplete(Blauwdruk.objects.filter(pk=row.pk)).exists() == bool(state.gaps)


@given(st.sets(st.sampled_from(TEXT_FIELDS)), st.booleans(), st.booleans(), st.booleans())
def test_any_mix_of_content_is_counted_alike_in_memory_and_in_the_database(
    fields: set[str], landelijk: bool, regio: bool, kosten: bool
) -> None:
    nummer = Blauwdruk.objects.latest("nummer").nummer + 1
    blauwdruk = Blauwdruk(titel="x", slug=f"mix-{nummer}", landelijk=landelijk, **dict.fromkeys(fields, "<p>x</p>"))
    blauwdruk.regios = Regio.objects.all()[:1] if regio else []
    blauwdruk.kosten = [Kostenpost(omschrijving="Loon")] if kosten else []
    blauwdruk.save()
    row = with_completeness(Blauwdruk.objects.all()).get(pk=blauwdruk.pk)
    assert row.aantal_gevuld == assess(blauwdruk).filled_count == len(fields)
    assert gap_names(row).split(", ") == [SOUGHT[v][0] for v in SOUGHT if v in missed_fields(blauwdruk)]


def test_many_rows_are_counted_in_one_query_without_reading_texts(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1) as requested:
        rows = list(with_completeness(Blauwdruk.objects.only("titel")))
    assert len(rows) > 20
    keuze = requested[0]["sql"].split(" FROM ")[0]
    assert '"leerpunten",' not in keuze


def test_the_judgement_asks_the_terms_once_and_the_rows_of_a_draft_in_memory(django_assert_num_queries: Any) -> None:
    draft = Blauwdruk(titel="x", slug="x", doel="<p>Het WSP.</p>")
    with django_assert_num_queries(1):
        assess(draft)


@pytest.mark.parametrize("nummer", range(1, 26))
def test_every_blueprint_gets_a_judgement_in_words(nummer: int) -> None:
    state = assess(Blauwdruk.objects.get(nummer=nummer))
    assert 0 < state.filled_count <= 19
    assert all(hint for language in state.readability for hint in language.hints)
