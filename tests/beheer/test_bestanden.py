"""Every door by which a file can come in, and what may happen to it then."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection, UploadedFile
from wagtail.users.models import UserProfile

from blauwdrukken.models import Afbeelding, Bestand, Blauwdruk, Verhaal, Werkdocument
from kennisbank.models import User
from regios.models import Regio
from tests.beheer.entries import create_bestand, create_entry
from tests.uploads import files

DOCUMENTS_URL, IMAGES_URL = "/beheer/documents/", "/beheer/images/"


def post(client: Client, url: str, bestand: Any, field: str = "file", before: str = "", **more: Any) -> Any:
    fields = {"title": "Nieuw", "collection": Collection.objects.get(depth=1).pk} | more
    return client.post(url, {f"{before}{name}": w for name, w in fields.items()} | {f"{before}{field}": bestand})


def multiple(client: Client, url: str, bestand: Any) -> Any:
    return post(client, f"{url}multiple/add/", bestand, "files[]")


def edit_document(client: Client, bestand: Any) -> Any:
    old = Bestand.objects.create(title="Oud", file=ContentFile(files.pdf(), name="oud.pdf"))
    return post(client, f"{DOCUMENTS_URL}edit/{old.pk}/", bestand)


def edit_afbeelding(client: Client, bestand: Any) -> Any:
    old = Afbeelding.objects.create(title="Oud", file=ContentFile(files.photo("PNG"), name="oud.png"))
    return post(client, f"{IMAGES_URL}{old.pk}/", bestand)


DOCUMENT_DOORS: dict[str, Callable[[Client, Any], Any]] = {
    "add": lambda client, bestand: post(client, f"{DOCUMENTS_URL}add/", bestand),
    "multiple": lambda client, bestand: multiple(client, DOCUMENTS_URL, bestand),
    "chooser": lambda client, bestand: post(
        client, f"{DOCUMENTS_URL}chooser/create/", bestand, before="document-chooser-upload-"
    ),
    "edit": edit_document,
}
AFBEELDING_DOORS: dict[str, Callable[[Client, Any], Any]] = {
    "add": lambda client, bestand: post(client, f"{IMAGES_URL}add/", bestand),
    "multiple": lambda client, bestand: multiple(client, IMAGES_URL, bestand),
    "chooser": lambda client, bestand: post(
        client, f"{IMAGES_URL}chooser/create/", bestand, before="image-chooser-upload-"
    ),
    "edit": edit_afbeelding,
}
HARMFUL = {
    "rekening.pdf": (b"MZ" + b"\x00" * 200, "Dit bestand is of bevat een programma."),
    "plan.docx": (files.with_parts(files.word(), {"word/vbaProject.bin": b"x"}), "In dit bestand zitten macro's."),
    "pagina.pdf": (b"<html><script>alert(1)</script>", "Dit bestand is een webpagina."),
    "plan.pdf": (files.word(), "de inhoud is iets anders"),
}


def content_of(entry: Any) -> bytes:
    with entry.file.open("rb") as bestand:
        return bytes(bestand.read())


def response_text(response: Any) -> str:
    content = response.content.decode()
    if response["Content-Type"].startswith("application/json"):
        content = " ".join(str(value) for value in json.loads(content).values())
    return unescape(content)


@pytest.mark.parametrize("name", HARMFUL)
@pytest.mark.parametrize("door", DOCUMENT_DOORS)
def test_a_hostile_document_is_refused_with_the_reason_at_every_door(
    editor_client: Client, door: str, name: str
) -> None:
    content, reason = HARMFUL[name]
    response = DOCUMENT_DOORS[door](editor_client, SimpleUploadedFile(name, content))
    assert response.status_code == 200
    assert reason in response_text(response)
    assert not Bestand.objects.exclude(file__contains="oud").exists()
    assert all(content_of(bestand).startswith(b"%PDF") for bestand in Bestand.objects.all())


@pytest.mark.parametrize("door", DOCUMENT_DOORS)
def test_a_sound_document_comes_in_at_every_door(editor_client: Client, door: str) -> None:
    DOCUMENT_DOORS[door](editor_client, SimpleUploadedFile("Plan van aanpak.docx", files.word()))
    bestand = Bestand.objects.get()
    assert bestand.file_size == len(content_of(bestand))
    assert content_of(bestand).startswith(b"PK")
    assert bestand.filename.startswith("Plan_van_aanpak")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("foto.png", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("foto.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("foto.png", files.photo("JPEG")),
        ("foto.jpg", files.pdf()),
        ("foto.png", b"MZ" + b"\x00" * 200),
        ("foto.gif", files.photo("GIF")),
    ],
)
@pytest.mark.parametrize("door", AFBEELDING_DOORS)
def test_a_hostile_picture_is_refused_at_every_door(
    editor_client: Client, door: str, name: str, content: bytes
) -> None:
    response = AFBEELDING_DOORS[door](editor_client, SimpleUploadedFile(name, content))
    assert response.status_code == 200
    assert not Afbeelding.objects.exclude(title="Oud").exists()
    assert all("oud" in afbeelding.file.name for afbeelding in Afbeelding.objects.all())


@pytest.mark.parametrize("door", AFBEELDING_DOORS)
def test_a_photo_loses_its_place_at_every_door(editor_client: Client, door: str) -> None:
    AFBEELDING_DOORS[door](editor_client, SimpleUploadedFile("foto.jpg", files.photo_with_location()))
    afbeelding = Afbeelding.objects.get()
    content = content_of(afbeelding)
    with Image.open(BytesIO(content)) as bare:
        assert not dict(bare.getexif())
    assert b"Geheim" not in content
    assert (afbeelding.width, afbeelding.height) == (48, 64)
    assert afbeelding.file_size == len(content)


def test_a_model_does_not_keep_a_hostile_file_either() -> None:
    with pytest.raises(ValidationError, match="programma"), transaction.atomic():
        Bestand.objects.create(title="x", file=ContentFile(b"MZ", name="x.pdf"))
    with pytest.raises(ValidationError, match="webpagina"), transaction.atomic():
        Afbeelding(title="x").file.save("x.png", ContentFile(b"<html>"), save=True)
    assert not Bestand.objects.exists()
    assert not Afbeelding.objects.exists()


def test_a_file_set_aside_by_the_multiple_upload_is_checked_as_well(editor_client: Client) -> None:
    apart = UploadedFile.objects.create(
        for_content_type=None, file=ContentFile(b"MZ", name="x.pdf"), uploaded_by_user_id=None
    )
    bestand = Bestand(title="x")
    with apart.file as stored, pytest.raises(ValidationError):
        bestand.file.save("x.pdf", stored.file, save=False)


def test_a_portrait_cannot_be_uploaded(editor_client: Client) -> None:
    assert 'name="avatar' not in editor_client.get("/beheer/account/").content.decode()
    foto = SimpleUploadedFile("foto.png", files.photo("PNG"))
    editor_client.post("/beheer/account/", {"avatar-avatar": foto})
    assert not UserProfile.objects.exclude(avatar="").exists()


def test_the_libraries_are_in_the_menu_and_show_where_a_file_is_used(
    editor_client: Client, bestand_in_use: Any
) -> None:
    bestand, blauwdruk = bestand_in_use
    menu = editor_client.get("/beheer/").content.decode()
    assert '"/beheer/documents/"' in menu
    assert '"/beheer/images/"' in menu
    assert blauwdruk.titel in editor_client.get(f"/beheer/documents/usage/{bestand.pk}/").content.decode()


@pytest.fixture
def bestand_in_use() -> tuple[Bestand, Blauwdruk]:
    """A document and the published blueprint that uses it."""
    bestand = Bestand.objects.create(title="Plan", file=ContentFile(files.pdf(), name="plan.pdf"))
    blauwdruk = Blauwdruk.objects.get(nummer=4)
    Werkdocument.objects.create(blauwdruk=blauwdruk, titel="Plan", bestand=bestand)
    return bestand, blauwdruk


def test_a_document_in_use_cannot_be_deleted(editor_client: Client, bestand_in_use: Any) -> None:
    bestand, _ = bestand_in_use
    assert "kan niet verwijderd worden" in editor_client.get(f"/beheer/documents/delete/{bestand.pk}/").content.decode()
    for url in (f"delete/{bestand.pk}/", f"multiple/{bestand.pk}/delete/"):
        assert editor_client.post(f"/beheer/documents/{url}").status_code in (302, 403, 409)
    editor_client.post(f"/beheer/bulk/blauwdrukken/bestand/delete/?id={bestand.pk}")
    assert Bestand.objects.filter(pk=bestand.pk).exists()


def test_a_document_that_only_a_draft_uses_cannot_be_deleted_either(editor_client: Client) -> None:
    bestand = Bestand.objects.create(title="Plan", file=ContentFile(files.pdf(), name="plan.pdf"))
    blauwdruk = Blauwdruk.objects.get(nummer=4)
    blauwdruk.werkdocumenten = [Werkdocument(titel="Plan", bestand=bestand)]
    blauwdruk.save_revision()
    for url in (f"documents/delete/{bestand.pk}/", f"documents/multiple/{bestand.pk}/delete/"):
        response = editor_client.post(f"/beheer/{url}")
        transaction.set_rollback(False)  # the refusal broke off a transaction inside that of the test
        assert response.status_code == 409
        assert "Er is niets verwijderd" in response.content.decode()
    assert Bestand.objects.filter(pk=bestand.pk).exists()


def test_a_picture_that_a_draft_shows_cannot_be_deleted() -> None:
    from django.db.models import ProtectedError

    foto = Afbeelding.objects.create(title="Foto", file=ContentFile(files.photo("PNG"), name="foto.png"))
    verhaal = Verhaal.objects.published()[0]
    verhaal.foto, verhaal.foto_alt = foto, "Een winkel"
    verhaal.save_revision()
    with pytest.raises(ProtectedError):
        foto.delete()


def test_an_unused_document_can_be_deleted(editor_client: Client) -> None:
    bestand = Bestand.objects.create(title="Plan", file=ContentFile(files.pdf(), name="plan.pdf"))
    editor_client.post(f"/beheer/documents/delete/{bestand.pk}/")
    assert not Bestand.objects.exists()


def test_the_chooser_offers_documents_with_upload(editor_client: Client, bestand_in_use: Any) -> None:
    html = editor_client.get("/beheer/documents/chooser/").content.decode()
    assert ">Plan<" in html.replace("\\n", "").replace(" ", "")
    assert "document-chooser-upload-file" in html


@pytest.mark.parametrize(("model", "url"), [(Bestand, DOCUMENTS_URL), (Afbeelding, IMAGES_URL)])
def test_a_library_shows_what_one_may_see_and_opens_what_one_added(client_as: Any, model: Any, url: str) -> None:
    client = client_as("Regiocoördinator")
    kind, name = (files.pdf(), "x.pdf") if model is Bestand else (files.photo("PNG"), "x.png")
    own, other = (
        model.objects.create(title=title, file=ContentFile(kind, name=name), uploaded_by_user=user)
        for title, user in (("Eigen vondst", User.objects.get(groups__name="Regiocoördinator")), ("Kanariepiet", None))
    )
    edit = f"{url}edit/{{}}/" if model is Bestand else f"{url}{{}}/"
    html = client.get(url).content.decode()
    assert "Eigen vondst" in html
    assert "Kanariepiet" not in html
    assert client.get(edit.format(own.pk)).status_code == 200
    assert client.get(edit.format(other.pk))["Location"] == "/beheer/"


@pytest.mark.parametrize(("model", "url"), [(Bestand, DOCUMENTS_URL), (Afbeelding, IMAGES_URL)])
def test_what_is_public_is_seen_by_all_and_changed_by_who_may(client_as: Any, model: Any, url: str) -> None:
    regio = Regio.objects.all()[0]
    used_by = create_entry(Blauwdruk if model is Bestand else Verhaal, "zandhaas", regio)
    public = create_bestand(model, "ander", None, used_by)
    edit = f"{url}edit/{public.pk}/" if model is Bestand else f"{url}{public.pk}/"
    coordinator, secretary = client_as("Regiocoördinator"), client_as("Secretariaat")
    hidden = create_bestand(model, "concept", None, create_entry(type(used_by), "concept", regio, live=False))
    offered = coordinator.get(f"{url}chooser/").content.decode()
    assert public.title in offered
    assert hidden.title not in offered
    chosen = f"wagtail{'docs' if model is Bestand else 'images'}_chooser:chosen"
    assert coordinator.get(reverse(chosen, args=[public.pk])).status_code == 200
    assert coordinator.get(reverse(chosen, args=[hidden.pk]))["Location"] == "/beheer/"
    assert coordinator.get(edit)["Location"] == "/beheer/"
    assert secretary.get(edit).status_code == 200
