"""Deleting: nothing that readers saw disappears without a word at its address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from blauwdrukken.models import Blauwdruk, Project, Thema, Verhaal
from kennisbank.models import Pagina, User
from regios.models import Regio
from tests.beheer.people import beheer, client_of

KINDS: list[Callable[[], Any]] = [
    lambda: Blauwdruk(titel="Banenbus", slug="banenbus", samenvatting="Een bus."),
    lambda: Project(titel="Banenbus", slug="banenbus"),
    lambda: Verhaal(titel="Banenbus", slug="banenbus", intro="Een bus."),
    lambda: Pagina(titel="Banenbus", slug="banenbus"),
]


@pytest.fixture(params=KINDS, ids=["blauwdruk", "project", "verhaal", "pagina"])
def entry(request: Any) -> Any:
    new = request.param()
    new.save()
    new.save_revision()
    return new


def publish(entry: Any) -> Any:
    entry.get_latest_revision().publish()
    return type(entry).objects.get(pk=entry.pk)


def delete_url(entry: Any) -> str:
    return f"{beheer(entry)}delete/{entry.pk}/"


def bulk_delete_url(*entries: Any) -> str:
    kind = entries[0]._meta
    keuze = "&".join(f"id={entry.pk}" for entry in entries)
    return f"/beheer/bulk/{kind.app_label}/{kind.model_name}/delete/?{keuze}"


def still_exists(entry: Any) -> bool:
    return bool(type(entry).objects.filter(pk=entry.pk).exists())


def test_what_readers_never_saw_can_be_deleted(secretary: User, entry: Any) -> None:
    assert client_of(secretary).get(delete_url(entry)).status_code == 200
    assert client_of(secretary).post(delete_url(entry)).status_code == 302
    assert not still_exists(entry)


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_on_the_site_cannot_be_deleted_and_the_page_leads_to_withdrawing(
    secretary: User, entry: Any, method: str
) -> None:
    entry = publish(entry)
    response = getattr(client_of(secretary), method)(delete_url(entry))
    html = response.content.decode()
    assert response.status_code == 409
    assert "Trek het in" in html
    assert f'href="{beheer(entry)}unpublish/{entry.pk}/"' in html
    assert still_exists(entry)


def test_what_came_on_the_site_without_being_published_cannot_be_deleted_either(
    secretary: User, create_blauwdruk: Any
) -> None:
    entry = create_blauwdruk()
    assert (entry.live, entry.first_published_at) == (True, None)
    response = client_of(secretary).post(delete_url(entry))
    assert response.status_code == 409
    assert "Dit staat op de site." in response.content.decode()
    assert still_exists(entry)


def test_what_was_withdrawn_cannot_be_deleted_and_its_address_goes_on_telling_why(secretary: User, entry: Any) -> None:
    entry = publish(entry)
    client = client_of(secretary)
    client.post(f"{beheer(entry)}unpublish/{entry.pk}/", {"reden": "De regeling stopt."})
    response = client.post(delete_url(entry))
    assert response.status_code == 409
    assert "Dit is ingetrokken." in response.content.decode()
    assert "unpublish" not in response.content.decode()
    outside = Client().get(entry.get_absolute_url())
    assert outside.status_code == 410
    assert "De regeling stopt." in outside.content.decode()


def test_of_many_only_what_readers_never_saw_is_deleted(secretary: User, entry: Any) -> None:
    other = type(entry)(titel="Ander", slug="ander", **({"samenvatting": "x"} if isinstance(entry, Blauwdruk) else {}))
    other.save()
    entry = publish(entry)
    client = client_of(secretary)
    html = client.get(bulk_delete_url(entry, other)).content.decode()
    assert "Dit wordt niet verwijderd" in html
    assert "Banenbus: Dit staat op de site." in html
    client.post(bulk_delete_url(entry, other))
    assert still_exists(entry)
    assert not still_exists(other)


def test_of_many_what_was_published_after_the_question_stays(
    secretary: User, entry: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is published after the list was made and before the deletion."""
    from blauwdrukken.beheer.publication.deletion import DeleteAction

    def publish_first(action: Any, objects: Any, *rest: Any) -> None:
        publish(entry)

    monkeypatch.setattr(DeleteAction, "prepare_action", publish_first)
    client_of(secretary).post(bulk_delete_url(entry))
    assert still_exists(entry)


@pytest.mark.parametrize(
    "keuze", [lambda: Thema.objects.get(slug="scholing"), lambda: Regio.objects.get(slug="groot-amsterdam")]
)
def test_a_word_that_texts_chose_is_not_deleted_from_under_them(secretary: User, keuze: Callable[[], Any]) -> None:
    word = keuze()
    blauwdrukken = set(word.blauwdrukken.all())
    assert blauwdrukken
    client = client_of(secretary)
    response = client.post(delete_url(word))
    assert response.status_code == 409
    assert "keer gekozen" in response.content.decode()
    client.post(bulk_delete_url(word))
    assert set(word.blauwdrukken.all()) == blauwdrukken


def test_a_word_that_nobody_chose_can_be_deleted(secretary: User) -> None:
    word = Thema.objects.create(naam="Nieuw", slug="nieuw")
    client_of(secretary).post(delete_url(word))
    assert not still_exists(word)
