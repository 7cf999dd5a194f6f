"""Parties are called crucial only where the source does so."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from blauwdrukken.models import Blauwdruk, Organisatie, Partij
from tests.doors import content_of, text_of

pytestmark = pytest.mark.django_db

MARK = "(cruciaal)"


def crucial_names(nummer: int) -> set[str]:
    blauwdruk = Blauwdruk.objects.get(nummer=nummer)
    return {partij.organisatie.naam for partij in blauwdruk.partijen.all() if partij.cruciaal}


def test_the_content_calls_crucial_what_the_book_does() -> None:
    assert crucial_names(4) == {"Curio", "SBB"}
    assert crucial_names(3) == {"SBB", "Vakbonden", "AWVN"}
    assert crucial_names(11) == {"WSP Holland Rijnland", "Werkgevers"}
    assert {"Summa College", "Vencomatic"} <= crucial_names(5)


@pytest.mark.parametrize("nummer", range(16, 26))
def test_nothing_of_the_bundle_of_2006_is_called_crucial(client: Client, nummer: int) -> None:
    assert crucial_names(nummer) == set()
    assert MARK not in client.get(Blauwdruk.objects.get(nummer=nummer).get_absolute_url()).content.decode()


@pytest.mark.parametrize("extension", ["", ".pdf", ".docx", ".epub"])
def test_each_door_tells_who_is_crucial_and_who_is_not(client: Client, extension: str) -> None:
    address = f"/blauwdrukken/branchestraten{extension or '/'}"
    words = " ".join(text_of(content_of(client.get(address))).split())
    assert f"Samenwerkingspartner {MARK}" in words
    assert f"Werkgever {MARK}" not in words
    assert "Cruciale werkgever" not in words


def test_programs_get_the_mark_beside_the_role(client: Client) -> None:
    rows = client.get("/api/v1/blauwdrukken/branchestraten").json()["partijen"]
    marks = {(row["organisatie"], row["cruciaal"]) for row in rows if row["rol"] == "samenwerkingspartner"}
    assert marks == {("Curio", True), ("SBB", True), ("Treeport", False)}


def test_an_upgrade_keeps_what_a_role_was_called_except_where_no_source_says_so(create_blauwdruk: Any) -> None:
    own, brabant = create_blauwdruk(), Blauwdruk.objects.get(nummer=20)
    sbb = Organisatie.objects.get(naam="SBB")
    for blauwdruk in (own, brabant):
        blauwdruk.partijen = [
            Partij(rol="samenwerkingspartner", organisatie=sbb),
            Partij(rol="adviseur", organisatie=sbb),
        ]
        blauwdruk.save()
        revision = blauwdruk.save_revision(clean=False)
        for row in revision.content["partijen"]:
            del row["cruciaal"]
        revision.save()
    import_module("blauwdrukken.migrations.0008_cruciaal").mark(apps, None)
    for blauwdruk, expected in ((own, [True, False]), (brabant, [False, False])):
        assert [partij.cruciaal for partij in Partij.objects.filter(blauwdruk=blauwdruk)] == expected
        draft: Any = Blauwdruk.objects.get(pk=blauwdruk.pk).get_latest_revision_as_object()
        assert [partij.cruciaal for partij in draft.partijen.all()] == expected


def test_a_long_row_in_one_role_folds_and_keeps_every_party(client: Client, create_blauwdruk: Any) -> None:
    blauwdruk = create_blauwdruk(slug="lange-rij")
    for number in range(9):
        organisatie = Organisatie.objects.create(naam=f"Organisatie {number}")
        blauwdruk.partijen.add(Partij(rol="uitvoerder", organisatie=organisatie))
    blauwdruk.save()
    table = client.get("/blauwdrukken/lange-rij/").content.decode().split("<tbody>")[1].split("</tbody>")[0]
    at_once, folded = table.split("<summary>Nog 3</summary>")
    assert [f"Organisatie {number}" in at_once for number in range(9)] == [True] * 6 + [False] * 3
    assert folded.count("Organisatie ") == 3
