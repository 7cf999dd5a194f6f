"""Editing screens that somebody opened, and what two people do on them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from blauwdrukken.models import Blauwdruk, Kostenpost, Thema
from kennisbank.models import User
from tests.beheer.people import beheer, client_of, filled_in, open_form


@pytest.fixture
def blauwdruk_with_rows(secretary: User, create_blauwdruk: Any) -> Blauwdruk:
    """A published blueprint with rows and themes."""
    entry = create_blauwdruk(titel="Banenbus", slug="banenbus", doel="<p>Een bus.</p>", samenvatting="Oud.")
    entry.themas = [Thema.objects.get(slug="scholing")]
    entry.kosten = [Kostenpost(omschrijving="Brandstof", bedrag_van=Decimal(100))]
    entry.save()
    entry.save_revision(user=secretary).publish(user=secretary)
    return Blauwdruk.objects.get(pk=entry.pk)


class EditScreen:
    """An editing screen that somebody opened."""

    def __init__(self, user: User, entry: Any, url: str = "") -> None:
        self.client = client_of(user)
        self.path = url or f"{beheer(entry)}edit/{entry.pk}/"
        self.fields = filled_in(open_form(self.client, self.path))

    def send(self, action: str = "", **fields: Any) -> Any:
        data = self.fields | fields | ({action: "1"} if action else {})
        return self.client.post(self.path, data)


def latest_draft(entry: Any) -> Any:
    return type(entry).objects.get(pk=entry.pk).get_latest_revision_as_object()


def page_text(response: Any) -> str:
    return re.sub(r"[ \n]+", " ", response.content.decode())


def send_again(screen: EditScreen, response: Any, **fields: Any) -> Any:
    """Send the page with the choices, as it is shown."""
    choices = {f"keuze-{keuze.naam}": keuze.whose for keuze in response.context["keuzes"]}
    return screen.client.post(screen.path, filled_in(response.context["form"]) | choices | fields)


def changed_by(response: Any) -> dict[str, str]:
    return {keuze.naam: keuze.whose for keuze in response.context["keuzes"]}


def withdraw(user: User, entry: Any) -> Any:
    return client_of(user).post(f"{beheer(entry)}unpublish/{entry.pk}/", {"reden": "De regeling stopt."})
