"""Addresses of entries in the editing form: proposed, refused when taken, changed with a word."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from blauwdrukken.models import Blauwdruk
from blauwdrukken.models.publication import SLUG_TAKEN
from kennisbank.models import User
from regios.models import Regio
from tests.beheer.people import beheer, client_of, filled_in

ADD_URL = "/beheer/snippets/blauwdrukken/blauwdruk/add/"


@pytest.fixture
def live(create_blauwdruk: Any) -> Blauwdruk:
    blauwdruk = create_blauwdruk(titel="Banenbus", slug="banenbus", regios=Regio.objects.filter(slug="zeeland"))
    blauwdruk.save_revision().publish()
    return Blauwdruk.objects.get(pk=blauwdruk.pk)


def send_new(user: User, action: str = "", **fields: Any) -> Any:
    client = client_of(user)
    fields |= {"regios": [Regio.objects.get(slug="zeeland").pk]} | ({action: "1"} if action else {})
    data = filled_in(client.get(ADD_URL).context["form"]) | fields
    return client.post(ADD_URL, data, follow=True)


@pytest.mark.parametrize(
    ("titel", "slug"),
    [("Café op wielen!", "cafe-op-wielen"), ("Banenbus", "banenbus-2"), ("!!!", "zonder-titel"), ("", "zonder-titel")],
)
def test_a_new_entry_gets_an_address_made_of_its_title(
    coordinator: User, live: Blauwdruk, titel: str, slug: str
) -> None:
    send_new(coordinator, titel=titel)
    assert Blauwdruk.objects.latest("pk").slug == slug


def test_a_draft_without_a_title_takes_its_address_from_the_title_once_it_has_one(
    coordinator: User, send_edit: Any
) -> None:
    for _ in range(2):
        send_new(coordinator)
    draft = Blauwdruk.objects.latest("pk")
    assert draft.slug == "zonder-titel-2"
    send_edit(coordinator, draft, titel="Banenbus")
    draft.refresh_from_db()
    assert draft.slug == "banenbus"


@pytest.mark.parametrize("action", ["", "action-submit"])
def test_an_address_that_is_taken_is_refused_in_dutch(coordinator: User, live: Blauwdruk, action: str) -> None:
    response = send_new(coordinator, action, titel="Ander", slug="banenbus", samenvatting="x")
    assert SLUG_TAKEN in response.content.decode()
    assert Blauwdruk.objects.filter(titel="Ander").count() == 0


def test_an_address_that_a_draft_of_a_published_entry_wants_is_refused_too(
    coordinator: User, live: Blauwdruk, send_edit: Any
) -> None:
    send_edit(coordinator, live, slug="banentrein")
    assert SLUG_TAKEN in send_new(coordinator, titel="Ander", slug="banentrein").content.decode()


def test_a_taken_address_is_a_message_when_publishing_however_it_came_to_be(
    secretary: User, live: Blauwdruk, send_edit: Any, create_blauwdruk: Any
) -> None:
    send_edit(secretary, live, slug="banentrein")
    create_blauwdruk(slug="banentrein")
    assert SLUG_TAKEN in send_edit(secretary, live, "action-publish").content.decode()
    live.get_workflow().start(live, secretary)
    task = live.current_workflow_task_state
    approve = f"{beheer(live)}workflow/action/{live.pk}/approve/{task.pk}/"
    html = client_of(secretary).post(approve, follow=True).content.decode()
    assert "kan niet worden gepubliceerd: het adres ‘banentrein’ is al in gebruik." in html
    assert live.current_workflow_task_state == task
    assert Client().get("/blauwdrukken/banenbus/").status_code == 200


def test_who_changes_the_address_of_a_public_entry_is_told_that_the_old_one_leads_on(
    secretary: User, live: Blauwdruk, send_edit: Any
) -> None:
    html = send_edit(secretary, live, "action-publish", slug="banentrein").content.decode()
    assert "Het oude adres stuurt bezoekers door." in html
    assert Client().get("/blauwdrukken/banenbus/")["Location"] == "/blauwdrukken/banentrein/"


def test_an_address_made_empty_stays_what_it_was(secretary: User, live: Blauwdruk, send_edit: Any) -> None:
    send_edit(secretary, live, "action-publish", slug="", titel="Heel anders")
    assert "Heel anders" in Client().get("/blauwdrukken/banenbus/").content.decode()


@pytest.mark.parametrize("slug", ["Met spatie", "../beheer", "ë", "a" * 121, "\x00"])
def test_an_address_that_cannot_be_is_refused(coordinator: User, slug: str) -> None:
    count = Blauwdruk.objects.count()
    assert send_new(coordinator, titel="Ander", slug=slug).status_code == 200
    assert Blauwdruk.objects.count() == count


@given(st.text(max_size=300))
def test_any_title_makes_an_address_that_is_valid_and_free(titel: str) -> None:
    slug = Blauwdruk.objects.free_slug(titel)
    Blauwdruk._meta.get_field("slug").run_validators(slug)
    assert not Blauwdruk.objects.filter(slug=slug).exists()
