"""Addresses of entries in the editing form: proposed, refused when taken, changed with a word."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from blauwdrukken.beheer.publication.withdraw import withdraw
from blauwdrukken.models import Blauwdruk
from blauwdrukken.models.publication import SLUG_TAKEN
from kennisbank.models import User
from regios.models import Regio
from tests.beheer.people import beheer, client_of, filled_in, open_form

ADD_URL = "/beheer/snippets/blauwdrukken/blauwdruk/add/"


@pytest.fixture
def live(create_blauwdruk: Any) -> Blauwdruk:
    blauwdruk = create_blauwdruk(titel="Banenbus", slug="banenbus", regios=Regio.objects.filter(slug="zeeland"))
    blauwdruk.save_revision().publish()
    return Blauwdruk.objects.get(pk=blauwdruk.pk)


def send_new(user: User, action: str = "", **fields: Any) -> Any:
    client = client_of(user)
    fields |= {"regios": [Regio.objects.get(slug="zeeland").pk]} | ({action: "1"} if action else {})
    data = filled_in(open_form(client, ADD_URL)) | fields
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


def test_a_draft_that_stays_without_a_title_stays_at_its_address(coordinator: User, send_edit: Any) -> None:
    for _ in range(2):
        send_new(coordinator)
    first, draft = Blauwdruk.objects.filter(slug__startswith="zonder-titel").order_by("pk")
    first.delete()
    send_edit(coordinator, draft, samenvatting="Een bus.")
    draft.refresh_from_db()
    assert (draft.samenvatting, draft.slug) == ("Een bus.", "zonder-titel-2")


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


def test_a_draft_that_gives_up_its_address_gets_it_back(coordinator: User, send_edit: Any) -> None:
    send_new(coordinator, titel="Banenbus")
    draft = Blauwdruk.objects.latest("pk")
    send_edit(coordinator, draft, slug="")
    draft.refresh_from_db()
    assert draft.slug == "banenbus"


@pytest.mark.parametrize("withdrawn", [False, True])
def test_an_entry_that_readers_saw_without_a_title_keeps_its_address(secretary: User, withdrawn: bool) -> None:
    entry = Blauwdruk(titel="", slug="zonder-titel", samenvatting="x")
    entry.save()
    entry.save_revision(clean=False).publish()
    if withdrawn:
        withdraw(Blauwdruk.objects.get(pk=entry.pk), secretary, "Even weg.")
    entry = Blauwdruk.objects.get(pk=entry.pk)
    entry.titel = "Banenbus"
    entry.full_clean()
    assert entry.slug == "zonder-titel"


def test_an_address_that_was_chosen_does_not_follow_the_title(coordinator: User, send_edit: Any) -> None:
    send_new(coordinator, titel="Banenbus", slug="werkbus")
    draft = Blauwdruk.objects.latest("pk")
    send_edit(coordinator, draft, titel="Banentrein")
    draft.refresh_from_db()
    assert draft.slug == "werkbus"


@pytest.mark.parametrize(
    ("title", "slug"), [("a" * 130, "a" * 100), ("a" * 99 + " b", "a" * 99), ("Banenbus", "banenbus-4")]
)
def test_an_address_is_not_too_long_and_gets_the_first_free_number(
    create_blauwdruk: Any, live: Blauwdruk, title: str, slug: str
) -> None:
    for taken in ("banenbus-2", "banenbus-3", "banenbus-5"):
        create_blauwdruk(slug=taken)
    assert Blauwdruk.objects.free_slug(title) == slug


def test_a_taken_address_is_said_once_and_only_of_an_address_that_is_judged(live: Blauwdruk) -> None:
    other = Blauwdruk(titel="Ander", slug=live.slug)
    with pytest.raises(ValidationError) as error:
        other.validate_unique()
    assert error.value.message_dict == {"slug": [SLUG_TAKEN]}
    other.validate_unique(exclude={"slug"})
    live.validate_unique()
    other.nummer, other.slug = live.nummer, "vrij"
    with pytest.raises(ValidationError, match="ummer"):
        other.validate_unique()
    other.validate_unique(exclude={"nummer"})


def test_an_address_that_readers_left_or_a_draft_only_thought_of_is_free(live: Blauwdruk) -> None:
    live.slug = "banentrein"
    live.save_revision().publish()
    Blauwdruk(titel="Ander", slug="banenbus").validate_unique()
    draft = Blauwdruk.objects.create(titel="Concept", slug="concept")
    draft.slug = "nog-niet"
    draft.save_revision(clean=False)
    Blauwdruk(titel="Ander", slug="nog-niet").validate_unique()


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
