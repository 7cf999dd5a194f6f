from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from wagtail.test.utils.form_data import querydict_from_html

from blauwdrukken.models import Blauwdruk, Project
from regios.models import Regio

FORM_ID = "w-editor-form"
ADD_URL = "/beheer/snippets/blauwdrukken/blauwdruk/add/"


@pytest.fixture
def regios() -> list[Regio]:
    return list(Regio.objects.all()[:4])


@pytest.fixture
def coordinator(client_as: Any, regios: list[Regio]) -> Client:
    """Coordinator of the first two regions."""
    return client_as("Regiocoördinator", *regios[:2])


def filled_in(client: Client, weg: str, regios: Iterable[Regio], **velden: str) -> QueryDict:
    """What the browser sends from this screen, with these regions ticked and these fields filled in."""
    inhoud = querydict_from_html(client.get(weg).content.decode(), form_id=FORM_ID)
    inhoud.setlist("regios", [str(regio.pk) for regio in regios])
    for naam, waarde in velden.items():
        inhoud[naam] = waarde
    return inhoud


def save(client: Client, weg: str, regios: Iterable[Regio], **velden: str) -> Any:
    return client.post(weg, dict(filled_in(client, weg, regios, **velden).lists()))


def entry_url(stuk: Any, actie: str = "edit") -> str:
    return f"/beheer/snippets/blauwdrukken/{stuk._meta.model_name}/{actie}/{stuk.pk}/"


def regios_of(stuk: Any) -> set[Regio]:
    return set(type(stuk).objects.get(pk=stuk.pk).get_latest_revision_as_object().regios.all())


@pytest.fixture(params=[Blauwdruk, Project])
def create_entry(request: Any) -> Any:
    def maak_stuk(*regios: Regio, **velden: Any) -> Any:
        velden = {"titel": "Proefstuk", "slug": "proefstuk", "live": True} | velden
        stuk = request.param(**velden)
        if isinstance(stuk, Blauwdruk):
            stuk.samenvatting = "Een proefstuk."
        stuk.regios = regios
        stuk.save()
        return stuk

    return maak_stuk


def test_a_coordinator_keeps_the_regions_of_others(coordinator: Client, regios: list[Regio], create_entry: Any) -> None:
    stuk = create_entry(regios[0], regios[2], regios[3])
    antwoord = save(coordinator, entry_url(stuk), [regios[1]], titel="Nieuwe titel")
    assert antwoord.status_code == 302
    assert regios_of(stuk) == {regios[1], regios[2], regios[3]}
    assert type(stuk).objects.get(pk=stuk.pk).get_latest_revision_as_object().titel == "Nieuwe titel"


def test_a_coordinator_cannot_move_an_entry_to_a_region_of_others(
    coordinator: Client, regios: list[Regio], create_entry: Any
) -> None:
    stuk = create_entry(regios[0])
    for gekozen in ([regios[2]], [regios[0], regios[2]]):
        antwoord = save(coordinator, entry_url(stuk), gekozen)
        assert antwoord.status_code == 200
    assert regios_of(stuk) == {regios[0]}


def test_a_coordinator_keeps_at_least_one_own_region(
    coordinator: Client, regios: list[Regio], create_entry: Any
) -> None:
    stuk = create_entry(regios[0], regios[2])
    antwoord = save(coordinator, entry_url(stuk), [])
    assert "Kies minstens één van uw eigen regio’s." in antwoord.content.decode()
    assert regios_of(stuk) == {regios[0], regios[2]}


def test_a_coordinator_cannot_add_an_own_region_to_what_belongs_to_others(
    coordinator: Client, regios: list[Regio], create_entry: Any
) -> None:
    stuk = create_entry(regios[2])
    antwoord = coordinator.post(entry_url(stuk), {"titel": "Proefstuk", "regios": [regios[0].pk, regios[2].pk]})
    assert antwoord["Location"] == "/beheer/"
    assert regios_of(stuk) == {regios[2]}


def test_a_nation_wide_entry_belongs_to_the_secretariat(
    coordinator: Client, client_as: Any, regios: list[Regio], create_entry: Any
) -> None:
    landelijk = create_entry(landelijk=True)
    assert coordinator.get(entry_url(landelijk))["Location"] == "/beheer/"
    assert client_as("Secretariaat").get(entry_url(landelijk)).status_code == 200


def test_a_coordinator_cannot_make_an_entry_nation_wide(
    coordinator: Client, regios: list[Regio], create_entry: Any
) -> None:
    stuk = create_entry(regios[0])
    save(coordinator, entry_url(stuk), [regios[0]], landelijk="on", titel="Bewaard")
    bewaard = type(stuk).objects.get(pk=stuk.pk).get_latest_revision_as_object()
    assert (bewaard.titel, bewaard.landelijk) == ("Bewaard", False)


def test_a_coordinator_makes_an_entry_for_an_own_region_only(coordinator: Client, regios: list[Regio]) -> None:
    nieuw = {"titel": "Nieuw", "slug": "nieuw", "samenvatting": "Iets nieuws."}
    for gekozen in ([], [regios[2]]):
        assert save(coordinator, ADD_URL, gekozen, **nieuw).status_code == 200
    assert not Blauwdruk.objects.filter(slug="nieuw").exists()
    assert save(coordinator, ADD_URL, [regios[1]], **nieuw).status_code == 302
    gemaakt = Blauwdruk.objects.get(slug="nieuw")
    assert (set(gemaakt.regios.all()), gemaakt.live) == ({regios[1]}, False)


def test_a_coordinator_without_regions_makes_nothing(client_as: Any) -> None:
    nieuw = {"titel": "Nieuw", "slug": "nieuw", "samenvatting": "Iets nieuws."}
    assert save(client_as("Regiocoördinator"), ADD_URL, [], **nieuw).status_code == 200
    assert not Blauwdruk.objects.filter(slug="nieuw").exists()


def test_a_copy_of_anothers_entry_offers_own_regions_and_cannot_overwrite_it(
    coordinator: Client, regios: list[Regio], create_entry: Any
) -> None:
    stuk = create_entry(regios[2])
    veld = coordinator.get(entry_url(stuk, "copy")).context["form"]["regios"]
    keuzes = {str(keuze.data["value"]): keuze.data["selected"] for keuze in veld.subwidgets}
    assert keuzes == {str(regio.pk): False for regio in regios[:2]}
    assert coordinator.post(entry_url(stuk, "copy"), {"titel": "Overschreven"}).status_code == 405


def test_the_secretariat_chooses_any_region(client_as: Any, regios: list[Regio], create_entry: Any) -> None:
    stuk = create_entry(regios[0], regios[2])
    assert save(client_as("Secretariaat"), entry_url(stuk), [regios[3]], landelijk="on").status_code == 302
    assert regios_of(stuk) == {regios[3]}


def test_a_coordinator_cannot_publish(coordinator: Client, regios: list[Regio], create_entry: Any) -> None:
    stuk = create_entry(regios[0], live=False)
    save(coordinator, entry_url(stuk), [regios[0]], titel="Stiekem", **{"action-publish": "action-publish"})
    bewaard = type(stuk).objects.get(pk=stuk.pk)
    assert bewaard.get_latest_revision_as_object().titel == "Stiekem"
    assert not bewaard.live
