"""A file is public exactly as long as something published uses it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from blauwdrukken.documents.content.data import volledig
from blauwdrukken.documents.content.document import document
from blauwdrukken.models import Afbeelding, Bestand, Blauwdruk, Verhaal, Werkdocument
from kennisbank.models import User
from regios.models import Regio
from tests.doors import inhoud
from tests.uploads import files as maak


@pytest.fixture
def bestand() -> Bestand:
    return Bestand.objects.create(title="Projectplan", file=ContentFile(maak.word(), name="projectplan.docx"))


@pytest.fixture
def concept(maak_blauwdruk: Any, bestand: Bestand) -> Blauwdruk:
    """A draft that names the document."""
    blauwdruk: Blauwdruk = maak_blauwdruk(live=False, regios=[Regio.objects.get(slug="twente")])
    blauwdruk.werkdocumenten.add(Werkdocument(titel="Projectplan", bestand=bestand, soort="projectplan"))
    blauwdruk.save()
    return blauwdruk


def status(adres: str, **koppen: str) -> int:
    antwoord = Client(headers=koppen).get(adres)
    inhoud(antwoord)
    return int(antwoord.status_code)


def test_a_document_comes_and_goes_with_what_uses_it(concept: Blauwdruk, bestand: Bestand) -> None:
    assert status(bestand.url) == 404
    concept.save_revision().publish()
    assert status(bestand.url) == 200
    concept.refresh_from_db()
    concept.expire_at = timezone.now() - timedelta(seconds=1)
    concept.save()
    assert status(bestand.url) == 404
    concept.expire_at = None
    concept.save()
    concept.unpublish()
    assert status(bestand.url) == 404


def test_a_document_in_a_draft_of_a_published_blueprint_waits_for_publication(bestand: Bestand) -> None:
    blauwdruk = Blauwdruk.objects.get(nummer=4)
    blauwdruk.werkdocumenten.add(Werkdocument(titel="Projectplan", bestand=bestand))
    versie = blauwdruk.save_revision()
    assert status(bestand.url) == 404
    versie.publish()
    assert status(bestand.url) == 200


@pytest.mark.parametrize(
    ("naam", "inhoud_", "soort"),
    [
        (
            "plan van aanpak.docx",
            maak.word(),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("plan.pdf", maak.pdf(), "application/pdf"),
        ("Begroting é.xlsx", maak.excel(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("brief.odt", maak.odt(), "application/vnd.oasis.opendocument.text"),
        ("schema.png", maak.foto("PNG"), "image/png"),
    ],
)
def test_a_document_is_kept_by_the_reader_and_does_nothing_inside_the_site(
    concept: Blauwdruk, naam: str, inhoud_: bytes, soort: str
) -> None:
    bestand = Bestand.objects.create(title="x", file=ContentFile(inhoud_, name=naam))
    concept.werkdocumenten.add(Werkdocument(titel="x", bestand=bestand))
    concept.save_revision().publish()
    antwoord = Client().get(bestand.url)
    assert inhoud(antwoord)[:4] == inhoud_[:4]
    assert antwoord["Content-Type"] == soort
    assert antwoord["Content-Disposition"].startswith("attachment; filename")
    assert antwoord["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert antwoord["X-Content-Type-Options"] == "nosniff"
    assert antwoord["Cache-Control"] == "public, no-cache"
    assert not antwoord.cookies


def test_a_cache_that_asks_again_hears_that_a_document_is_withdrawn(concept: Blauwdruk, bestand: Bestand) -> None:
    concept.save_revision().publish()
    antwoord = Client().get(bestand.url)
    inhoud(antwoord)
    kop = {"if-none-match": antwoord["ETag"]}
    assert status(bestand.url, **kop) == 304
    concept.refresh_from_db()
    concept.unpublish()
    assert status(bestand.url, **kop) == 404


def test_the_name_in_the_address_must_be_right(concept: Blauwdruk, bestand: Bestand) -> None:
    concept.save_revision().publish()
    assert status(f"/documenten/{bestand.pk}/anders.docx") == 404
    assert status("/documenten/999999/projectplan.docx") == 404
    assert Client().post(bestand.url).status_code == 405


def test_a_document_that_is_gone_from_the_disk_is_a_404(concept: Blauwdruk, bestand: Bestand) -> None:
    concept.save_revision().publish()
    Path(bestand.file.path).unlink()
    assert status(bestand.url) == 404


def test_the_folder_of_files_is_never_served(concept: Blauwdruk, bestand: Bestand) -> None:
    concept.save_revision().publish()
    for pad in (bestand.file.name, f"../media/{bestand.file.name}", "", ".", "..", "%2e%2e/secret_key", "\x00"):
        assert status(f"/media/{pad}") == 404


@pytest.mark.parametrize(
    ("wie", "verwacht"), [("secretariaat", 200), ("eigen regio", 200), ("andere regio", 404), ("lezer", 404)]
)
def test_a_document_of_a_draft_is_for_those_who_work_on_it(
    concept: Blauwdruk, bestand: Bestand, wie: str, verwacht: int
) -> None:
    gebruiker = User.objects.create_user("iemand", is_superuser=wie == "secretariaat")
    if wie.endswith("regio"):
        from django.contrib.auth.models import Permission

        gebruiker.user_permissions.add(Permission.objects.get(codename="access_admin"))
        gebruiker.regios.add(Regio.objects.get(slug="twente" if wie == "eigen regio" else "drenthe"))
    client = Client()
    client.force_login(gebruiker)
    antwoord = client.get(bestand.url)
    inhoud(antwoord)
    assert antwoord.status_code == verwacht
    if verwacht == 200:
        assert antwoord["Cache-Control"] == "private, no-store"


def test_the_page_and_the_outputs_name_the_file_with_its_kind_and_size(
    client: Client, concept: Blauwdruk, bestand: Bestand
) -> None:
    concept.save_revision().publish()
    concept.refresh_from_db()
    html = client.get(concept.get_absolute_url()).content.decode()
    assert f'<a href="{bestand.url}">Projectplan</a>' in html
    assert "Projectplan (Word, 3" in html
    werkdocument = volledig(concept)["werkdocumenten"][0]
    assert werkdocument["url"] == f"{settings.BASE_URL}{bestand.url}"
    assert f"{settings.BASE_URL}{bestand.url}" in str(document(concept)["secties"])


@pytest.fixture
def foto() -> Afbeelding:
    return Afbeelding.objects.create(title="Winkel", file=ContentFile(maak.foto("PNG"), name="winkel.png"))


def test_a_picture_is_public_only_with_its_story(client: Client, foto: Afbeelding) -> None:
    adres = foto.get_rendition("max-1280x960").url
    assert status(adres) == 404
    verhaal = Verhaal.objects.get(slug="kachelwinkel-geeft-mensen-een-kans")
    verhaal.foto, verhaal.foto_alt = foto, "Een winkel vol kachels"
    versie = verhaal.save_revision()
    assert status(adres) == 404
    versie.publish()
    assert f'src="{adres}"' in client.get(verhaal.get_absolute_url()).content.decode()
    assert 'alt="Een winkel vol kachels"' in client.get(verhaal.get_absolute_url()).content.decode()
    antwoord = Client().get(adres)
    inhoud(antwoord)
    assert antwoord["Content-Type"] == "image/png"
    assert antwoord["X-Content-Type-Options"] == "nosniff"
    assert status(f"/media/{foto.file.name}") == 404, "the original stays inside"
    verhaal.refresh_from_db()
    verhaal.unpublish()
    assert status(adres) == 404


def test_a_photo_needs_a_description(foto: Afbeelding) -> None:
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="Beschrijf wat er op de foto"):
        Verhaal(titel="x", slug="x", intro="x", foto=foto).full_clean()
