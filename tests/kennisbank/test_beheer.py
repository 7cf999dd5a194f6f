from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.html import escape

from blauwdrukken.models import Blauwdruk
from kennisbank.models import Pagina, User

LISTS = {
    "/beheer/snippets/blauwdrukken/blauwdruk/": "Branchestraten",
    "/beheer/snippets/blauwdrukken/project/": "Blik op de Toekomst",
    "/beheer/snippets/blauwdrukken/verhaal/": "Kachelwinkel",
    "/beheer/snippets/kennisbank/pagina/": "Privacy",
}


@pytest.mark.parametrize("address", [*LISTS, "/beheer/", "/beheer/users/"])
def test_the_back_office_asks_to_log_in(client: Client, address: str) -> None:
    assert client.get(address)["Location"].startswith("/beheer/login/")


@pytest.mark.parametrize("address", LISTS)
def test_the_secretariat_sees_its_lists(editor_client: Any, address: str) -> None:
    html = editor_client.get(address).content.decode()
    assert LISTS[address] in html
    assert 'lang="nl"' in html


def test_the_list_is_searched_as_the_public_list_is_and_finds_drafts_too(editor_client: Any, hidden_word: str) -> None:
    listing = "/beheer/snippets/blauwdrukken/blauwdruk/"
    assert "Drive-in bioscoop" in editor_client.get(listing, {"q": "bioskoop"}).content.decode()
    assert f"Concept {hidden_word}" in editor_client.get(listing, {"q": hidden_word}).content.decode()


def test_the_list_can_be_searched_also_with_odd_text(editor_client: Any) -> None:
    listing = "/beheer/snippets/blauwdrukken/blauwdruk/"
    assert "Branchestraten" in editor_client.get(listing, {"q": "branche"}).content.decode()
    for foreign in ('"', "'", "\x00", "a" * 5000):
        assert editor_client.get(listing, {"q": foreign}).status_code == 200


@pytest.mark.parametrize("nummer", [1, 5, 25])
def test_a_blueprint_can_be_opened_for_editing_history_and_preview(editor_client: Any, nummer: int) -> None:
    blauwdruk = Blauwdruk.objects.get(nummer=nummer)
    for screen in ("edit", "history", "inspect"):
        html = editor_client.get(f"/beheer/snippets/blauwdrukken/blauwdruk/{screen}/{blauwdruk.pk}/").content.decode()
        assert escape(blauwdruk.titel) in html


def test_a_draft_is_shown_on_the_public_template_in_a_preview() -> None:
    entries: tuple[Any, ...] = (
        Blauwdruk.objects.get(nummer=4),
        Blauwdruk.objects.get(nummer=4).projecten.first(),
        Pagina.objects.first(),
    )
    for entry in entries:
        entry.titel = "Andere titel in concept"
        html = entry.make_preview_request().rendered_content
        assert "Andere titel in concept" in html
        assert "<h1" in html


def test_the_menu_leads_nowhere_that_does_not_exist(editor_client: Any) -> None:
    html = editor_client.get("/beheer/").content.decode()
    for path in ("reports/locked", "reports/aging-pages"):
        assert f'"/beheer/{path}/"' not in html
    assert 'href="/beheer/pages/' not in html


def test_a_first_account_is_made_once_with_a_password_of_its_own(settings: Any, tmp_path: Any, capsys: Any) -> None:
    settings.VAR_DIR = tmp_path
    call_command("maak_redactie")
    password = (tmp_path / "redactie-wachtwoord").read_text().strip()
    assert password in capsys.readouterr().out
    assert Client().login(username="redactie", password=password)
    assert (tmp_path / "redactie-wachtwoord").stat().st_mode & 0o077 == 0
    call_command("maak_redactie")
    assert capsys.readouterr().out == ""
    assert User.objects.count() == 1
