"""A text that is sent without a session comes back to its writer, and never to another site's profit."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from blauwdrukken.models import Blauwdruk
from kennisbank.models import User
from tests.beheer.people import beheer

OWN_ORIGIN = {"origin": "http://testserver"}
TYPED = {"titel": "Een <b>kop</b>", "themas": ["1", "2"]}


@pytest.fixture
def edit_url() -> str:
    entry = Blauwdruk.objects.get(nummer=1)
    return f"{beheer(entry)}edit/{entry.pk}/"


def csrf_client(user: User | None = None) -> Client:
    client = Client(enforce_csrf_checks=True)
    if user:
        client.force_login(user)
    return client


def test_a_text_sent_by_who_is_logged_out_comes_back_to_be_sent_again(edit_url: str) -> None:
    response: Any = Client().post(edit_url, TYPED, headers=OWN_ORIGIN)
    assert response.status_code == 403
    html = response.content.decode()
    assert 'name="titel" value="Een &lt;b&gt;kop&lt;/b&gt;"' in html
    assert html.count('name="themas"') == 2
    assert "no-store" in response["Cache-Control"]


def test_the_editor_hears_in_dutch_that_somebody_is_logged_out(edit_url: str) -> None:
    outcome = Client().post(edit_url, TYPED, headers=OWN_ORIGIN | {"accept": "application/json"}).json()
    assert outcome["error_message"].startswith("U bent uitgelogd.")
    assert "csrf_token" not in outcome


def test_who_logged_in_again_gets_a_form_that_may_be_sent(edit_url: str, secretary: User) -> None:
    client = csrf_client(secretary)
    response: Any = client.post(edit_url, TYPED, headers=OWN_ORIGIN)
    assert response.status_code == 403
    assert "U hebt opnieuw ingelogd." in response.content.decode()
    new = client.post(edit_url, TYPED, headers=OWN_ORIGIN | {"accept": "application/json"}).json()["csrf_token"]
    again = client.post(edit_url, TYPED | {"csrfmiddlewaretoken": new}, headers=OWN_ORIGIN)
    assert "Iemand anders heeft" in again.content.decode()  # read by the editing screen: this form names no revision


@pytest.mark.parametrize("headers", [{}, {"origin": "https://kwaad.example"}, {"origin": "null"}])
def test_what_another_site_makes_a_browser_send_is_never_offered_to_be_sent_again(
    edit_url: str, secretary: User, headers: dict[str, str]
) -> None:
    response: Any = csrf_client(secretary).post(edit_url, TYPED, headers=headers)
    assert response.status_code == 403
    assert "Een &lt;b&gt;" not in response.content.decode()
    assert Client().post(edit_url, TYPED, headers=headers).status_code == 302


@pytest.mark.parametrize("elders", ["/beheer/", "/account/inloggen/", "/beheer/snippets/blauwdrukken/blauwdruk/"])
def test_only_a_text_comes_back(elders: str) -> None:
    response: Any = csrf_client().post(elders, {"password": "geheim"}, headers=OWN_ORIGIN)
    assert "geheim" not in response.content.decode()
