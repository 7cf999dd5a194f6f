"""Editing screens that somebody opened, and what two people do on them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from blauwdrukken.models import Blauwdruk, Kostenpost, Thema
from kennisbank.models import User
from tests.beheer.people import beheer, client_of, filled_in


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

    def __init__(self, user: User, entry: Any, adres: str = "") -> None:
        self.client = client_of(user)
        self.path = adres or f"{beheer(entry)}edit/{entry.pk}/"
        self.fields = filled_in(self.client.get(self.path).context["form"])

    def send(self, actie: str = "", **velden: Any) -> Any:
        gegevens = self.fields | velden | ({actie: "1"} if actie else {})
        return self.client.post(self.path, gegevens)


def latest_draft(entry: Any) -> Any:
    return type(entry).objects.get(pk=entry.pk).get_latest_revision_as_object()


def page_text(antwoord: Any) -> str:
    return re.sub(r"[ \n]+", " ", antwoord.content.decode())


def send_again(scherm: EditScreen, antwoord: Any, **velden: Any) -> Any:
    """Send the page with the choices, as it is shown."""
    keuzes = {f"keuze-{keuze.naam}": keuze.whose for keuze in antwoord.context["keuzes"]}
    return scherm.client.post(scherm.path, filled_in(antwoord.context["form"]) | keuzes | velden)


def changed_by(antwoord: Any) -> dict[str, str]:
    return {keuze.naam: keuze.whose for keuze in antwoord.context["keuzes"]}


def withdraw(user: User, entry: Any) -> Any:
    return client_of(user).post(f"{beheer(entry)}unpublish/{entry.pk}/", {"reden": "De regeling stopt."})
