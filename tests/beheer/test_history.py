"""History of an entry: who changed what, in words, and back again."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from blauwdrukken.models import Blauwdruk, Kostenpost, Organisatie, Partij, Thema, Voorbeeld
from kennisbank.models import User
from regios.models import Regio
from tests.beheer.people import beheer, client_of, filled_in, open_form


@pytest.fixture
def changed_blauwdruk(secretary: User, create_blauwdruk: Any) -> tuple[Blauwdruk, int, int]:
    """A blueprint with two revisions that differ in every kind of field."""
    one, two = (Organisatie.objects.create(naam=f"Partner {name}") for name in ("een", "twee"))
    entry = create_blauwdruk(titel="Banenbus", slug="banenbus", doel="<p>Een <b>oud</b> doel.</p>")
    entry.themas = [Thema.objects.get(slug="scholing")]
    entry.regios = [Regio.objects.get(slug="zeeland")]
    entry.partijen = [Partij(rol="adviseur", organisatie=one), Partij(rol="opdrachtgever", organisatie=two)]
    entry.kosten = [Kostenpost(omschrijving="Brandstof", bedrag_van=Decimal(2750))]
    entry.save()
    first = entry.save_revision(user=secretary, log_action=True)
    first.publish(user=secretary)
    entry = Blauwdruk.objects.get(pk=entry.pk)
    entry.titel, entry.doel, entry.landelijk = "Banentrein", "<p>Een nieuw doel.</p>", True
    entry.laatst_gewijzigd, entry.programma = date(2026, 3, 1), None
    entry.themas = [Thema.objects.get(slug="matching")]
    partijen = list(entry.partijen.all())
    entry.partijen = partijen[1:]
    entry.voorbeelden = [Voorbeeld(titel="De bus in Breda")]
    post = entry.kosten.all()[0]
    post.bedrag_van = Decimal(3000)
    entry.kosten = [post]
    second = entry.save_revision(user=secretary, log_action=True)
    return entry, first.pk, second.pk


def compare(user: User, changed: tuple[Blauwdruk, int, int]) -> str:
    entry, old, new = changed
    url = f"{beheer(entry)}history/{entry.pk}/revisions/compare/{old}...{new}/"
    return re.sub(r"[ \n]+", " ", client_of(user).get(url).content.decode())


def test_the_history_says_in_dutch_who_did_what(secretary: User, changed_blauwdruk: Any) -> None:
    entry = changed_blauwdruk[0]
    html = client_of(secretary).get(f"{beheer(entry)}history/{entry.pk}/").content.decode()
    for word in ("Gepubliceerd", "Gewijzigd", "Saskia", "Vergelijk met vorige versie"):
        assert word in html


@pytest.mark.parametrize(
    "text",
    [
        '<span class="deletion">Banenbus</span><span class="addition">Banentrein</span>',
        '<span class="deletion">oud doel.</span><span class="addition">nieuw doel.</span>',
        '<span class="deletion">Scholing</span>, <span class="addition">Matching</span>',
        '<span class="deletion">nee</span> <span class="addition">ja</span>',
        '<span class="addition">1 maart 2026</span>',
        '<span class="deletion">€\xa02.750</span> <span class="addition">€\xa03.000</span>',
    ],
)
def test_a_comparison_is_readable_for_every_kind_of_field(secretary: User, changed_blauwdruk: Any, text: str) -> None:
    assert text in compare(secretary, changed_blauwdruk)


def test_of_rows_only_those_that_differ_are_shown_with_what_happened_to_them(
    secretary: User, changed_blauwdruk: Any
) -> None:
    html = compare(secretary, changed_blauwdruk)
    assert html.count("Rij weg") == 1
    assert html.count("Rij erbij") == 1
    assert html.count("Rij veranderd") == 1
    assert "Partner een" in html
    assert "Partner twee" not in html
    assert "De bus in Breda" in html
    assert "None" not in html.split("<table")[1].split("</table>")[0]
    assert "Zeeland" not in html


def test_two_equal_versions_say_so(secretary: User, changed_blauwdruk: Any) -> None:
    entry, old, _ = changed_blauwdruk
    assert "Deze twee versies zijn gelijk." in compare(secretary, (entry, old, old))


def test_a_comparison_works_after_what_it_refers_to_was_deleted(secretary: User, changed_blauwdruk: Any) -> None:
    Partij.objects.all().delete()
    Organisatie.objects.filter(naam__startswith="Partner").delete()
    assert "Banentrein" in compare(secretary, changed_blauwdruk)


def test_an_earlier_version_can_be_restored_and_published(secretary: User, changed_blauwdruk: Any) -> None:
    entry, first, _ = changed_blauwdruk
    client = client_of(secretary)
    url = f"{beheer(entry)}history/{entry.pk}/revisions/{first}/revert/"
    data = filled_in(open_form(client, url))
    client.post(url, data | {"action-publish": "1", "wat_veranderd": "De bus rijdt weer."})
    html = Client().get("/blauwdrukken/banenbus/").content.decode()
    assert "<h1>Banenbus</h1>" in html
    assert "Partner een" in html
    assert "De bus rijdt weer." in html


def test_a_restored_version_may_be_a_draft_without_a_title(secretary: User, changed_blauwdruk: Any) -> None:
    entry, first, _ = changed_blauwdruk
    client = client_of(secretary)
    url = f"{beheer(entry)}history/{entry.pk}/revisions/{first}/revert/"
    client.post(url, filled_in(open_form(client, url)) | {"titel": ""})
    assert Blauwdruk.objects.get(pk=entry.pk).get_latest_revision_as_object().titel == ""
    assert "<h1>Banenbus</h1>" in Client().get("/blauwdrukken/banenbus/").content.decode()


def test_the_versions_are_reached_from_the_editing_screen(secretary: User, changed_blauwdruk: Any) -> None:
    entry = changed_blauwdruk[0]
    html = client_of(secretary).get(f"{beheer(entry)}edit/{entry.pk}/").content.decode()
    assert f'href="{beheer(entry)}versies/{entry.pk}/"' in html
