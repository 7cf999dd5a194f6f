from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.models import ReferenceIndex

from blauwdrukken.models import (
    Bestand,
    Blauwdruk,
    Kostenpost,
    Organisatie,
    Partij,
    Programma,
    Project,
    Thema,
    Werkdocument,
)
from regios.models import Gemeente, Regio
from tests.uploads.files import pdf


def assert_refused(make: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


@pytest.fixture
def blauwdruk(create_blauwdruk: Any) -> Blauwdruk:
    return create_blauwdruk()


@pytest.mark.parametrize(("low", "high"), [(-1, None), (None, -1), (10, 9)])
def test_the_database_refuses_an_amount_that_cannot_be(blauwdruk: Blauwdruk, low: int, high: int) -> None:
    assert_refused(
        lambda: Kostenpost.objects.create(blauwdruk=blauwdruk, omschrijving="x", bedrag_van=low, bedrag_tot=high)
    )


@pytest.mark.parametrize(("low", "high"), [(0, 0), (None, None), (5, None), (None, 5), (5, 6)])
def test_the_database_accepts_open_and_closed_ranges(blauwdruk: Blauwdruk, low: int, high: int) -> None:
    Kostenpost.objects.create(blauwdruk=blauwdruk, omschrijving="x", bedrag_van=low, bedrag_tot=high)


@pytest.mark.parametrize(
    ("begin", "eind"), [("2021-02-01", "2021-01-31"), ("zomer 2021", "mei 2021"), ("2021", "4e kwartaal 2020")]
)
def test_a_project_does_not_end_before_it_begins(begin: str, eind: str) -> None:
    project = Project(titel="x", slug="x", periode_begin=begin, periode_eind=eind)
    with pytest.raises(ValidationError, match="Het einde ligt voor het begin"):
        project.full_clean()


@pytest.mark.parametrize(("begin", "eind"), [("2021", "maart 2021"), ("zomer 2021", "2021"), ("2021-02-01", None)])
def test_a_project_may_end_in_the_time_in_which_it_begins(begin: str, eind: str | None) -> None:
    Project(titel="x", slug="x", periode_begin=begin, periode_eind=eind).full_clean()


def test_the_database_refuses_a_negative_budget() -> None:
    assert_refused(lambda: Project.objects.create(titel="x", slug="x", budget=-1))


def test_the_database_refuses_a_programme_that_ends_before_it_begins() -> None:
    assert_refused(lambda: Programma.objects.create(naam="x", slug="x", jaar_van=2021, jaar_tot=2020))


def test_the_database_refuses_a_second_entry_with_the_same_number(blauwdruk: Blauwdruk) -> None:
    assert_refused(lambda: Blauwdruk.objects.filter(pk=blauwdruk.pk).update(nummer=1))


def test_the_database_refuses_two_regions_with_one_code_or_one_place_on_the_map() -> None:
    regio = Regio.objects.get(slug="zeeland")
    assert_refused(lambda: Regio.objects.filter(slug="drenthe").update(cbs_code=regio.cbs_code))
    assert_refused(
        lambda: Regio.objects.filter(slug="drenthe").update(kaart_kolom=regio.kaart_kolom, kaart_rij=regio.kaart_rij)
    )


def test_a_working_document_is_a_file_or_a_link(blauwdruk: Blauwdruk) -> None:
    from django.core.files.base import ContentFile

    file = Bestand.objects.create(title="x", file=ContentFile(pdf(), name="x.pdf"))
    assert_refused(
        lambda: Werkdocument.objects.create(blauwdruk=blauwdruk, titel="x", bestand=file, link="https://voorbeeld.nl")
    )


def test_a_new_blueprint_is_a_draft_and_gets_the_next_number() -> None:
    highest = Blauwdruk.objects.order_by("-nummer").first()
    new = Blauwdruk.objects.create(titel="Nieuw", slug="nieuw")
    assert highest is not None
    assert new.nummer == highest.nummer + 1
    assert not new.live
    assert new not in Blauwdruk.objects.published()


def test_a_draft_beside_a_published_version_leaves_the_published_text(create_blauwdruk: Any) -> None:
    blauwdruk = create_blauwdruk(titel="Oud")
    blauwdruk.titel = "Nieuw"
    blauwdruk.save_revision()
    assert Blauwdruk.objects.published().get(pk=blauwdruk.pk).titel == "Oud"


def test_rich_text_keeps_only_what_every_output_can_show(create_blauwdruk: Any) -> None:
    dirty = (
        '<p onclick="x()">a<script>alert(1)</script><img src=x> <a href="javascript:x" style="a">b</a></p><h1>c</h1>'
    )
    blauwdruk = create_blauwdruk(doel=dirty)
    blauwdruk.refresh_from_db()
    assert blauwdruk.doel == "<p>a <a>b</a></p>c"


@pytest.mark.parametrize("model", [Blauwdruk, Project, Thema, Programma, Organisatie, Regio, Gemeente])
def test_every_entry_is_found_by_its_natural_key(model: Any) -> None:
    rows = list(model.objects.all())
    assert rows
    assert [model.objects.get_by_natural_key(*row.natural_key()) for row in rows] == rows


def test_roles_are_grouped_once_each() -> None:
    blauwdruk = Blauwdruk.objects.get(nummer=5)
    roles = blauwdruk.partijen_by_rol()
    assert len({role for role, _ in roles}) == len(roles)
    assert sum(len(partijen) for _, partijen in roles) == Partij.objects.filter(blauwdruk=blauwdruk).count()


def test_an_amount_is_written_as_the_dutch_do() -> None:
    def post(low: str | None, high: str | None) -> str:
        limits = (Decimal(limit) if limit else None for limit in (low, high))
        return Kostenpost(**dict(zip(("bedrag_van", "bedrag_tot"), limits, strict=True))).bedrag

    assert post("2750", "2750") == "€\xa02.750"
    assert post("12.50", None) == "vanaf €\xa012,50"
    assert post(None, "999") == "hooguit €\xa0999"
    assert post("1000", "2000000") == "€\xa01.000 tot €\xa02.000.000"
    assert post(None, None) == "onbekend"


def test_only_the_theme_anders_says_what_it_is(create_blauwdruk: Any) -> None:
    themas = list(Thema.objects.filter(slug__in=("anders", "matching")))
    assert create_blauwdruk(themas=themas, thema_anders="Zingen").named_themas() == [
        "Anders, namelijk: Zingen",
        "Matching",
    ]
    assert create_blauwdruk(themas=themas).named_themas() == ["Anders, namelijk", "Matching"]


def test_what_a_blueprint_and_its_rows_refer_to_is_noted_once_a_save(
    blauwdruk: Blauwdruk, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[Any] = []
    note = ReferenceIndex.create_or_update_for_object
    monkeypatch.setattr(ReferenceIndex, "create_or_update_for_object", lambda of: noted.append(of) or note(of))  # type: ignore[func-returns-value]
    organisatie = Organisatie.objects.create(naam="De Fietsketen")
    noted.clear()
    blauwdruk.partijen = [Partij(rol=rol, organisatie=organisatie) for rol in ("adviseur", "financier")]
    blauwdruk.save()
    assert noted == [blauwdruk]
    assert ReferenceIndex.get_references_to(organisatie).count() == 2
    blauwdruk.partijen = []
    blauwdruk.save()
    assert not ReferenceIndex.get_references_to(organisatie).exists()
