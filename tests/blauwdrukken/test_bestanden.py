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

from blauwdrukken.documents.content.data import full_data
from blauwdrukken.documents.content.document import document
from blauwdrukken.models import Afbeelding, Bestand, Blauwdruk, Verhaal, Werkdocument
from kennisbank.models import User
from regios.models import Regio
from tests.doors import content_of
from tests.uploads import files


@pytest.fixture
def bestand() -> Bestand:
    return Bestand.objects.create(title="Projectplan", file=ContentFile(files.word(), name="projectplan.docx"))


@pytest.fixture
def draft(create_blauwdruk: Any, bestand: Bestand) -> Blauwdruk:
    """A draft that names the document."""
    blauwdruk: Blauwdruk = create_blauwdruk(live=False, regios=[Regio.objects.get(slug="twente")])
    blauwdruk.werkdocumenten.add(Werkdocument(titel="Projectplan", bestand=bestand, soort="projectplan"))
    blauwdruk.save()
    return blauwdruk


def status(url: str, **headers: str) -> int:
    response = Client(headers=headers).get(url)
    content_of(response)
    return int(response.status_code)


def test_a_document_comes_and_goes_with_what_uses_it(draft: Blauwdruk, bestand: Bestand) -> None:
    assert status(bestand.url) == 404
    draft.save_revision().publish()
    assert status(bestand.url) == 200
    draft.refresh_from_db()
    draft.expire_at = timezone.now() - timedelta(seconds=1)
    draft.save()
    assert status(bestand.url) == 404
    draft.expire_at = None
    draft.save()
    draft.unpublish()
    assert status(bestand.url) == 404


def test_a_document_in_a_draft_of_a_published_blueprint_waits_for_publication(bestand: Bestand) -> None:
    blauwdruk = Blauwdruk.objects.get(nummer=4)
    blauwdruk.werkdocumenten.add(Werkdocument(titel="Projectplan", bestand=bestand))
    versie = blauwdruk.save_revision()
    assert status(bestand.url) == 404
    versie.publish()
    assert status(bestand.url) == 200


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        (
            "plan van aanpak.docx",
            files.word(),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("plan.pdf", files.pdf(), "application/pdf"),
        ("Begroting é.xlsx", files.excel(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("brief.odt", files.odt(), "application/vnd.oasis.opendocument.text"),
        ("schema.png", files.photo("PNG"), "image/png"),
    ],
)
def test_a_document_is_kept_by_the_reader_and_does_nothing_inside_the_site(
    draft: Blauwdruk, name: str, content: bytes, kind: str
) -> None:
    bestand = Bestand.objects.create(title="x", file=ContentFile(content, name=name))
    draft.werkdocumenten.add(Werkdocument(titel="x", bestand=bestand))
    draft.save_revision().publish()
    response = Client().get(bestand.url)
    assert content_of(response)[:4] == content[:4]
    assert response["Content-Type"] == kind
    assert response["Content-Disposition"].startswith("attachment; filename")
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, no-cache"
    assert not response.cookies


def test_a_cache_that_asks_again_hears_that_a_document_is_withdrawn(draft: Blauwdruk, bestand: Bestand) -> None:
    draft.save_revision().publish()
    response = Client().get(bestand.url)
    content_of(response)
    heading = {"if-none-match": response["ETag"]}
    assert status(bestand.url, **heading) == 304
    draft.refresh_from_db()
    draft.unpublish()
    assert status(bestand.url, **heading) == 404


def test_the_name_in_the_address_must_be_right(draft: Blauwdruk, bestand: Bestand) -> None:
    draft.save_revision().publish()
    assert status(f"/documenten/{bestand.pk}/anders.docx") == 404
    assert status("/documenten/999999/projectplan.docx") == 404
    assert Client().post(bestand.url).status_code == 405


def test_a_document_that_is_gone_from_the_disk_is_a_404(draft: Blauwdruk, bestand: Bestand) -> None:
    draft.save_revision().publish()
    Path(bestand.file.path).unlink()
    assert status(bestand.url) == 404


def test_the_folder_of_files_is_never_served(draft: Blauwdruk, bestand: Bestand) -> None:
    draft.save_revision().publish()
    for path in (bestand.file.name, f"../media/{bestand.file.name}", "", ".", "..", "%2e%2e/secret_key", "\x00"):
        assert status(f"/media/{path}") == 404


@pytest.mark.parametrize(
    ("who", "expected"), [("secretariaat", 200), ("eigen regio", 200), ("andere regio", 404), ("lezer", 404)]
)
def test_a_document_of_a_draft_is_for_those_who_work_on_it(
    draft: Blauwdruk, bestand: Bestand, who: str, expected: int
) -> None:
    user = User.objects.create_user("iemand", is_superuser=who == "secretariaat")
    if who.endswith("regio"):
        from django.contrib.auth.models import Permission

        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
        user.regios.add(Regio.objects.get(slug="twente" if who == "eigen regio" else "drenthe"))
    client = Client()
    client.force_login(user)
    response = client.get(bestand.url)
    content_of(response)
    assert response.status_code == expected
    if expected == 200:
        assert response["Cache-Control"] == "private, no-store"


def test_the_page_and_the_outputs_name_the_file_with_its_kind_and_size(
    client: Client, draft: Blauwdruk, bestand: Bestand
) -> None:
    draft.save_revision().publish()
    draft.refresh_from_db()
    html = client.get(draft.get_absolute_url()).content.decode()
    assert f'<a href="{bestand.url}">Projectplan</a>' in html
    assert "Projectplan (Word, 3" in html
    werkdocument = full_data(draft)["werkdocumenten"][0]
    assert werkdocument["url"] == f"{settings.BASE_URL}{bestand.url}"
    assert f"{settings.BASE_URL}{bestand.url}" in str(document(draft)["secties"])


@pytest.fixture
def photo() -> Afbeelding:
    return Afbeelding.objects.create(title="Winkel", file=ContentFile(files.photo("PNG"), name="winkel.png"))


def test_a_picture_is_public_only_with_its_story(client: Client, photo: Afbeelding) -> None:
    url = photo.get_rendition("max-1280x960").url
    assert status(url) == 404
    verhaal = Verhaal.objects.get(slug="kachelwinkel-geeft-mensen-een-kans")
    verhaal.foto, verhaal.foto_alt = photo, "Een winkel vol kachels"
    versie = verhaal.save_revision()
    assert status(url) == 404
    versie.publish()
    assert f'src="{url}"' in client.get(verhaal.get_absolute_url()).content.decode()
    assert 'alt="Een winkel vol kachels"' in client.get(verhaal.get_absolute_url()).content.decode()
    response = Client().get(url)
    content_of(response)
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert status(f"/media/{photo.file.name}") == 404, "the original stays inside"
    verhaal.refresh_from_db()
    verhaal.unpublish()
    assert status(url) == 404


def test_a_photo_needs_a_description(photo: Afbeelding) -> None:
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="Beschrijf wat er op de foto"):
        Verhaal(titel="x", slug="x", intro="x", foto=photo).full_clean()
