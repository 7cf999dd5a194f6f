"""The real content: complete, well-formed and honest about what it lacks."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.validators import URLValidator, validate_slug
from django.utils.html import strip_tags

from blauwdrukken.content_loader import read_yaml
from blauwdrukken.models import (
    Begrip,
    Blauwdruk,
    Kostenpost,
    Organisatie,
    Partij,
    Project,
    Thema,
    Voorbeeld,
    Werkdocument,
)
from blauwdrukken.secties import SECTIES, TEXT_FIELDS
from kennisbank.models import Pagina
from regios.models import Gemeente, Regio

FILES = sorted((settings.BASE_DIR / "fixtures" / "blauwdrukken").glob("*.yaml"))
BOOK, BRABANT = range(1, 16), range(16, 26)


def blauwdruk(nummer: int) -> Blauwdruk:
    return Blauwdruk.objects.get(nummer=nummer)


def test_all_of_the_book_and_ten_older_practices_are_published() -> None:
    per_programma = dict.fromkeys(Blauwdruk.objects.values_list("programma__slug", flat=True))
    assert set(per_programma) == {"perspectief-op-werk", "pact-brabant"}
    published = Blauwdruk.objects.published()
    assert list(published.filter(programma__slug="perspectief-op-werk").values_list("nummer", flat=True)) == list(BOOK)
    assert list(published.filter(programma__slug="pact-brabant").values_list("nummer", flat=True)) == list(BRABANT)


@pytest.mark.parametrize("nummer", [*BOOK, *BRABANT])
def test_a_blueprint_has_what_a_reader_needs_or_says_why_not(nummer: int) -> None:
    entry = blauwdruk(nummer)
    explanation = entry.toelichting.lower()
    assert 100 <= len(entry.samenvatting) <= 400
    assert entry.themas.exists()
    assert entry.doel or "doel" in explanation
    assert entry.described
    assert entry.partijen.exists() or "partij" in explanation
    assert entry.financiering or "financiering" in explanation
    assert entry.doelgroepen.exists() or "doelgroep" in explanation
    assert entry.regios.exists() or entry.landelijk or "regio" in explanation
    assert entry.projecten.exists()
    assert entry.herkomst


@pytest.mark.parametrize("nummer", BOOK)
def test_a_blueprint_of_the_book_needs_no_book_beside_it(nummer: int) -> None:
    entry = blauwdruk(nummer)
    assert 600 <= entry.word_count() <= 1250
    assert entry.kerncijfers.count() >= 2
    assert entry.stand


@pytest.mark.parametrize("bestand", FILES, ids=lambda bestand: bestand.stem)
def test_every_section_in_a_file_is_one_of_the_format(bestand: Any) -> None:
    assert set(read_yaml(bestand)["secties"]) <= set(TEXT_FIELDS)


def test_where_the_book_is_silent_nothing_is_filled_in() -> None:
    assert not blauwdruk(2).regios.exists()
    assert not blauwdruk(15).regios.exists()
    assert not blauwdruk(16).laatst_gewijzigd
    assert blauwdruk(3).landelijk


def test_every_link_and_slug_is_well_formed() -> None:
    valid = URLValidator(schemes=["http", "https"])
    urls = [*Voorbeeld.objects.exclude(url="").values_list("url", flat=True)]
    urls += Werkdocument.objects.exclude(link="").values_list("link", flat=True)
    urls += Organisatie.objects.exclude(website="").values_list("website", flat=True)
    for entry in [*Blauwdruk.objects.all(), *Project.objects.all(), *Pagina.objects.all()]:
        validate_slug(entry.slug)
        text = " ".join(getattr(entry, field, "") for field in (*TEXT_FIELDS, "tekst"))
        urls += [href for href in re.findall(r'href="([^"]*)"', text) if not href.startswith("/")]
    assert len(urls) > 20
    for url in urls:
        valid(url)


def test_no_text_holds_an_address_or_number_of_a_person() -> None:
    for entry in [*Blauwdruk.objects.all(), *Project.objects.all()]:
        fields = [field for field in entry._meta.fields if field.get_internal_type() in ("TextField", "CharField")]
        text = strip_tags(" ".join(str(getattr(entry, field.name)) for field in fields))
        assert not re.search(r"[\w.]+@[\w.]+|\b0\d{1,3}[- ]\d{6,8}\b", text), entry


def test_readers_are_addressed_politely() -> None:
    for entry in [*Blauwdruk.objects.all(), *Pagina.objects.all()]:
        text = strip_tags(" ".join(getattr(entry, field, "") for field in (*TEXT_FIELDS, "tekst")))
        assert not re.search(r"\b(je|jij|jouw)\b", text, re.IGNORECASE), entry


def test_amounts_of_the_book_are_rows_as_well_as_text() -> None:
    modules = Kostenpost.objects.filter(blauwdruk__nummer=1).values_list("bedrag_van", flat=True)
    assert {2750, 1250, 1997, 3995} <= set(modules)
    assert "€ 2.750" in blauwdruk(1).financiering.replace("\xa0", " ")


def test_the_work_agenda_has_eleven_activities_with_a_goal_and_a_priority() -> None:
    agenda = Project.objects.published().filter(programma__slug="werkagenda-noord-holland")
    assert agenda.count() == 13  # two have no number and no priority
    numbered = agenda.exclude(nummer=None)
    assert sorted(numbered.values_list("nummer", flat=True)) == list(range(1, 12))
    assert all(project.doel and project.prioriteit and project.regios.exists() for project in numbered)
    assert sorted(numbered.values_list("prioriteit", flat=True)) == sorted("AAAAABBCCCC")


def test_regions_municipalities_and_terms_are_complete() -> None:
    assert Regio.objects.count() == 35
    assert Gemeente.objects.count() == 342
    assert not Regio.objects.filter(centrumgemeente=None).exists()
    assert Begrip.objects.count() == 84
    assert all(thema.uitleg for thema in Thema.objects.all())


def test_the_pages_of_the_site_are_there() -> None:
    pages = set(Pagina.objects.published().values_list("slug", flat=True))
    assert pages >= {"over", "privacy", "toegankelijkheid", "maak-je-eigen-blauwdruk", "zeven-tips"}
    assert Pagina.objects.get(slug="zeven-tips").tekst.count("<h3>") == 7
    assert Pagina.objects.get(slug="maak-je-eigen-blauwdruk").tekst.count("<h3>") >= 4


def test_the_page_for_writers_has_the_headings_of_the_format() -> None:
    text = html.unescape(Pagina.objects.get(slug="maak-je-eigen-blauwdruk").tekst)
    assert [sectie.kop for sectie in SECTIES if sectie.kop not in text] == []


def test_loading_twice_changes_nothing() -> None:
    def state() -> list[Any]:
        models: tuple[Any, ...] = (Blauwdruk, Project, Pagina, Partij, Kostenpost, Regio)
        return [list(model.objects.order_by("pk").values_list()) for model in models]

    before = state()
    call_command("laad_kennisbank", verbosity=0)
    assert state() == before


def test_loading_again_brings_a_changed_entry_back_as_a_new_version() -> None:
    entry: Any = blauwdruk(4)
    original = entry.doel
    entry.doel = "<p>Overschreven</p>"
    entry.save_revision().publish()
    versies = entry.revisions.count()
    call_command("laad_kennisbank", verbosity=0)
    assert blauwdruk(4).doel == original
    assert blauwdruk(4).revisions.count() == versies + 1
    assert blauwdruk(4).pk == entry.pk


def test_a_site_with_content_is_left_alone_at_start() -> None:
    Blauwdruk.objects.filter(nummer=4).update(titel="Van de redactie")
    Blauwdruk.objects.filter(nummer=5).delete()
    call_command("laad_kennisbank", alleen_leeg=True, verbosity=0)
    assert blauwdruk(4).titel == "Van de redactie"
    assert not Blauwdruk.objects.filter(nummer=5).exists()


def test_a_file_that_names_something_unknown_says_which_file_and_what(monkeypatch: Any) -> None:
    from blauwdrukken import content_loader as inhoud

    def read_error(file: Any) -> Any:
        row = read_yaml(file)
        return row | {"themas": ["bestaatniet"]} if file.stem.startswith("07") else row

    monkeypatch.setattr(inhoud, "read_yaml", read_error)
    with pytest.raises(ValueError, match="themas: 'bestaatniet' bestaat niet") as error:
        call_command("laad_kennisbank", verbosity=0)
    assert "07-future-proof" in error.value.__notes__[0]


def test_loading_again_leaves_a_withdrawn_entry_withdrawn() -> None:
    entry: Any = blauwdruk(4)
    entry.doel = "<p>Anders</p>"
    entry.save_revision().publish()
    entry.refresh_from_db()
    entry.unpublish()
    call_command("laad_kennisbank", verbosity=0)
    assert not blauwdruk(4).live


def test_loading_again_recognises_a_blueprint_that_got_another_address() -> None:
    entry: Any = blauwdruk(4)
    entry.slug = "ander-adres"
    entry.save_revision().publish()
    call_command("laad_kennisbank", verbosity=0)
    assert blauwdruk(4).slug == "branchestraten"
    assert Blauwdruk.objects.count() == 25
