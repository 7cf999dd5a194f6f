"""Remarks beside the editing form."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from blauwdrukken.models import Blauwdruk, Opmerking, Project
from kennisbank.models import User
from tests.beheer.people import beheer, client_of


def post_opmerking(user: User, entry: Any, **fields: Any) -> Any:
    return client_of(user).post(f"{beheer(entry)}opmerkingen/{entry.pk}/", fields, follow=True)


def edit_page(user: User, entry: Any) -> str:
    return client_of(user).get(f"{beheer(entry)}edit/{entry.pk}/").content.decode()


def test_a_remark_stands_beside_the_form_and_goes_by_mail_to_who_works_on_it(
    coordinator: User, secretary: User, draft: Blauwdruk
) -> None:
    assert "Er zijn nog geen opmerkingen." in edit_page(secretary, draft)
    response = post_opmerking(secretary, draft, sectie="doel", tekst="Voor wie <b>precies</b>?")
    assert "Uw opmerking staat erbij." in response.content.decode()
    html = edit_page(coordinator, draft)
    assert "Voor wie &lt;b&gt;precies&lt;/b&gt;?" in html
    assert "over Doel" in html
    (message,) = mail.outbox
    assert message.to == [coordinator.email]
    assert message.subject == "Nieuwe opmerking bij ‘Banenbus’"
    assert "onderdeel Doel" in message.body
    assert "Voor wie <b>precies</b>?" in message.body
    assert f"http://127.0.0.1:8000{beheer(draft)}edit/{draft.pk}/" in message.body


def test_an_answer_goes_to_the_secretariat(coordinator: User, secretary: User, draft: Blauwdruk) -> None:
    post_opmerking(coordinator, draft, tekst="Voor iedereen.")
    assert [message.to for message in mail.outbox] == [[secretary.email]]


def test_a_remark_can_be_settled_once_it_is_done(coordinator: User, secretary: User, draft: Blauwdruk) -> None:
    post_opmerking(secretary, draft, tekst="Noem de kosten.")
    post_opmerking(coordinator, draft, afgehandeld=str(Opmerking.objects.get().pk))
    html = edit_page(secretary, draft)
    assert "(afgehandeld)" in html
    assert 'name="afgehandeld"' not in html


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"tekst": ""}, "Schrijf eerst een opmerking."),
        ({"tekst": "a" * 2001}, "De opmerking is te lang: hooguit 2000 tekens."),
        ({"tekst": "a", "sectie": "bestaat-niet"}, "Selecteer een geldige keuze."),
    ],
)
def test_a_remark_that_cannot_be_is_refused_in_dutch(
    coordinator: User, draft: Blauwdruk, fields: dict[str, str], error: str
) -> None:
    assert error in post_opmerking(coordinator, draft, **fields).content.decode()
    assert not Opmerking.objects.exists()


@pytest.mark.parametrize("key", ["0", "x", "9" * 40, "²"])
def test_settling_what_does_not_exist_is_not_found(coordinator: User, draft: Blauwdruk, key: str) -> None:
    post_opmerking(coordinator, draft, tekst="Noem de kosten.")
    assert post_opmerking(coordinator, draft, afgehandeld=key).status_code == 404
    assert "(afgehandeld)" not in edit_page(coordinator, draft)


def test_who_may_not_edit_cannot_remark_nor_read(draft: Blauwdruk) -> None:
    foreign = User.objects.create_user("victor", password="x")
    post_opmerking(foreign, draft, tekst="x")
    Client().post(f"{beheer(draft)}opmerkingen/{draft.pk}/", {"tekst": "x"})
    assert not Opmerking.objects.exists()


def test_remarks_are_never_public_and_go_with_the_entry(secretary: User, create_blauwdruk: Any) -> None:
    blauwdruk = create_blauwdruk()
    post_opmerking(secretary, blauwdruk, tekst="kanariepiet")
    assert "kanariepiet" not in Client().get(blauwdruk.get_absolute_url()).content.decode()
    blauwdruk.delete()
    assert not Opmerking.objects.exists()


def test_a_project_has_remarks_without_sections(secretary: User) -> None:
    project = Project.objects.all()[0]
    assert 'name="sectie"' not in edit_page(secretary, project)
    post_opmerking(secretary, project, tekst="Mooi project.")
    assert "Mooi project." in edit_page(secretary, project)


def test_a_mail_server_that_fails_does_not_lose_the_remark(
    coordinator: User, secretary: User, draft: Blauwdruk, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    post_opmerking(secretary, draft, tekst="Noem de kosten.")
    assert Opmerking.objects.count() == 1


def test_the_number_of_queries_does_not_grow_with_remarks(
    coordinator: User, secretary: User, draft: Blauwdruk, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    edit_page(secretary, draft)
    with CaptureQueriesContext(connection) as few:
        edit_page(secretary, draft)
    for _ in range(5):
        Opmerking.objects.create(entry=draft, auteur=coordinator, tekst="x")
    with django_assert_max_num_queries(len(few)):
        edit_page(secretary, draft)


def test_the_form_of_a_remark_carries_the_token_of_the_session(secretary: User, draft: Blauwdruk) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(secretary)
    html = client.get(f"{beheer(draft)}edit/{draft.pk}/").content.decode()
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', html.split("Nieuwe opmerking")[1])[0]
    fields = {"tekst": "Noem de kosten.", "csrfmiddlewaretoken": token}
    assert client.post(f"{beheer(draft)}opmerkingen/{draft.pk}/", fields).status_code == 302
    assert Opmerking.objects.get().tekst == "Noem de kosten."
