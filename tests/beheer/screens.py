"""Editing screens that somebody opened, and what two people do on them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from blauwdrukken.models import Blauwdruk, Kostenpost, Thema
from kennisbank.models import User
from tests.beheer.people import beheer, client_van, ingevuld


@pytest.fixture
def stuk(secretaris: User, maak_blauwdruk: Any) -> Blauwdruk:
    """A published blueprint with rows and themes."""
    entry = maak_blauwdruk(titel="Banenbus", slug="banenbus", doel="<p>Een bus.</p>", samenvatting="Oud.")
    entry.themas = [Thema.objects.get(slug="scholing")]
    entry.kosten = [Kostenpost(omschrijving="Brandstof", bedrag_van=Decimal(100))]
    entry.save()
    entry.save_revision(user=secretaris).publish(user=secretaris)
    return Blauwdruk.objects.get(pk=entry.pk)


class Scherm:
    """An editing screen that somebody opened."""

    def __init__(self, user: User, entry: Any, adres: str = "") -> None:
        self.client = client_van(user)
        self.adres = adres or f"{beheer(entry)}edit/{entry.pk}/"
        self.velden = ingevuld(self.client.get(self.adres).context["form"])

    def stuur(self, actie: str = "", **velden: Any) -> Any:
        gegevens = self.velden | velden | ({actie: "1"} if actie else {})
        return self.client.post(self.adres, gegevens)


def laatste(entry: Any) -> Any:
    return type(entry).objects.get(pk=entry.pk).get_latest_revision_as_object()


def tekst(antwoord: Any) -> str:
    return re.sub(r"[ \n]+", " ", antwoord.content.decode())


def opnieuw(scherm: Scherm, antwoord: Any, **velden: Any) -> Any:
    """Send the page with the choices, as it is shown."""
    keuzes = {f"keuze-{keuze.naam}": keuze.wie for keuze in antwoord.context["keuzes"]}
    return scherm.client.post(scherm.adres, ingevuld(antwoord.context["form"]) | keuzes | velden)


def gewijzigd(antwoord: Any) -> dict[str, str]:
    return {keuze.naam: keuze.wie for keuze in antwoord.context["keuzes"]}


def trek_in(user: User, entry: Any) -> Any:
    return client_van(user).post(f"{beheer(entry)}unpublish/{entry.pk}/", {"reden": "De regeling stopt."})
