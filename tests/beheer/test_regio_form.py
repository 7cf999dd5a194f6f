from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from wagtail.test.utils.form_data import querydict_from_html

from blauwdrukken.models import Blauwdruk, Project
from regios.models import Regio

FORMULIER = "w-editor-form"
TOEVOEGEN = "/beheer/snippets/blauwdrukken/blauwdruk/add/"


@pytest.fixture
def regios() -> list[Regio]:
    return list(Regio.objects.all()[:4])


@pytest.fixture
def coordinator(als: Any, regios: list[Regio]) -> Client:
    """Coordinator of the first two regions."""
    return als("Regiocoördinator", *regios[:2])


def ingevuld(client: Client, weg: str, regios: Iterable[Regio], **velden: str) -> QueryDict:
    """What the browser sends from this screen, with these regions ticked and these fields filled in."""
    inhoud = querydict_from_html(client.get(weg).content.decode(), form_id=FORMULIER)
    inhoud.setlist("regios", [str(regio.pk) for regio in regios])
    for naam, waarde in velden.items():
        inhoud[naam] = waarde
    return inhoud


def bewaar(client: Client, weg: str, regios: Iterable[Regio], **velden: str) -> Any:
    return client.post(weg, dict(ingevuld(client, weg, regios, **velden).lists()))


def adres(stuk: Any, actie: str = "edit") -> str:
    return f"/beheer/snippets/blauwdrukken/{stuk._meta.model_name}/{actie}/{stuk.pk}/"


def regios_van(stuk: Any) -> set[Regio]:
    return set(type(stuk).objects.get(pk=stuk.pk).get_latest_revision_as_object().regios.all())


@pytest.fixture(params=[Blauwdruk, Project])
def maak(request: Any) -> Any:
    def maak_stuk(*regios: Regio, **velden: Any) -> Any:
        velden = {"titel": "Proefstuk", "slug": "proefstuk", "live": True} | velden
        stuk = request.param(**velden)
        if isinstance(stuk, Blauwdruk):
            stuk.samenvatting = "Een proefstuk."
        stuk.regios = regios
        stuk.save()
        return stuk

    return maak_stuk


def test_a_coordinator_keeps_the_regions_of_others(coordinator: Client, regios: list[Regio], maak: Any) -> None:
    stuk = maak(regios[0], regios[2], regios[3])
    antwoord = bewaar(coordinator, adres(stuk), [regios[1]], titel="Nieuwe titel")
    assert antwoord.status_code == 302
    assert regios_van(stuk) == {regios[1], regios[2], regios[3]}
    assert type(stuk).objects.get(pk=stuk.pk).get_latest_revision_as_object().titel == "Nieuwe titel"


def test_a_coordinator_cannot_move_an_entry_to_a_region_of_others(
    coordinator: Client, regios: list[Regio], maak: Any
) -> None:
    stuk = maak(regios[0])
    for gekozen in ([regios[2]], [regios[0], regios[2]]):
        antwoord = bewaar(coordinator, adres(stuk), gekozen)
        assert antwoord.status_code == 200
    assert regios_van(stuk) == {regios[0]}


def test_a_coordinator_keeps_at_least_one_own_region(coordinator: Client, regios: list[Regio], maak: Any) -> None:
    stuk = maak(regios[0], regios[2])
    antwoord = bewaar(coordinator, adres(stuk), [])
    assert "Kies minstens één van uw eigen regio’s." in antwoord.content.decode()
    assert regios_van(stuk) == {regios[0], regios[2]}


def test_a_coordinator_cannot_add_an_own_region_to_what_belongs_to_others(
    coordinator: Client, regios: list[Regio], maak: Any
) -> None:
    stuk = maak(regios[2])
    antwoord = coordinator.post(adres(stuk), {"titel": "Proefstuk", "regios": [regios[0].pk, regios[2].pk]})
    assert antwoord["Location"] == "/beheer/"
    assert regios_van(stuk) == {regios[2]}


def test_a_nation_wide_entry_belongs_to_the_secretariat(
    coordinator: Client, als: Any, regios: list[Regio], maak: Any
) -> None:
    landelijk = maak(landelijk=True)
    assert coordinator.get(adres(landelijk))["Location"] == "/beheer/"
    assert als("Secretariaat").get(adres(landelijk)).status_code == 200


def test_a_coordinator_cannot_make_an_entry_nation_wide(coordinator: Client, regios: list[Regio], maak: Any) -> None:
    stuk = maak(regios[0])
    bewaar(coordinator, adres(stuk), [regios[0]], landelijk="on", titel="Bewaard")
    bewaard = type(stuk).objects.get(pk=stuk.pk).get_latest_revision_as_object()
    assert (bewaard.titel, bewaard.landelijk) == ("Bewaard", False)


def test_a_coordinator_makes_an_entry_for_an_own_region_only(coordinator: Client, regios: list[Regio]) -> None:
    nieuw = {"titel": "Nieuw", "slug": "nieuw", "samenvatting": "Iets nieuws."}
    for gekozen in ([], [regios[2]]):
        assert bewaar(coordinator, TOEVOEGEN, gekozen, **nieuw).status_code == 200
    assert not Blauwdruk.objects.filter(slug="nieuw").exists()
    assert bewaar(coordinator, TOEVOEGEN, [regios[1]], **nieuw).status_code == 302
    gemaakt = Blauwdruk.objects.get(slug="nieuw")
    assert (set(gemaakt.regios.all()), gemaakt.live) == ({regios[1]}, False)


def test_a_coordinator_without_regions_makes_nothing(als: Any) -> None:
    nieuw = {"titel": "Nieuw", "slug": "nieuw", "samenvatting": "Iets nieuws."}
    assert bewaar(als("Regiocoördinator"), TOEVOEGEN, [], **nieuw).status_code == 200
    assert not Blauwdruk.objects.filter(slug="nieuw").exists()


def test_a_copy_of_anothers_entry_offers_own_regions_and_cannot_overwrite_it(
    coordinator: Client, regios: list[Regio], maak: Any
) -> None:
    stuk = maak(regios[2])
    veld = coordinator.get(adres(stuk, "copy")).context["form"]["regios"]
    keuzes = {str(keuze.data["value"]): keuze.data["selected"] for keuze in veld.subwidgets}
    assert keuzes == {str(regio.pk): False for regio in regios[:2]}
    assert coordinator.post(adres(stuk, "copy"), {"titel": "Overschreven"}).status_code == 405


def test_the_secretariat_chooses_any_region(als: Any, regios: list[Regio], maak: Any) -> None:
    stuk = maak(regios[0], regios[2])
    assert bewaar(als("Secretariaat"), adres(stuk), [regios[3]], landelijk="on").status_code == 302
    assert regios_van(stuk) == {regios[3]}


def test_a_coordinator_cannot_publish(coordinator: Client, regios: list[Regio], maak: Any) -> None:
    stuk = maak(regios[0], live=False)
    bewaar(coordinator, adres(stuk), [regios[0]], titel="Stiekem", **{"action-publish": "action-publish"})
    bewaard = type(stuk).objects.get(pk=stuk.pk)
    assert bewaard.get_latest_revision_as_object().titel == "Stiekem"
    assert not bewaard.live
