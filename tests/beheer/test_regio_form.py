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


def filled_in(client: Client, url: str, regios: Iterable[Regio], **fields: str) -> QueryDict:
    """What the browser sends from this screen, with these regions ticked and these fields filled in."""
    content = querydict_from_html(client.get(url).content.decode(), form_id=FORM_ID)
    content.setlist("regios", [str(regio.pk) for regio in regios])
    for name, value in fields.items():
        content[name] = value
    return content


def save(client: Client, url: str, regios: Iterable[Regio], **fields: str) -> Any:
    return client.post(url, dict(filled_in(client, url, regios, **fields).lists()))


def entry_url(entry: Any, action: str = "edit") -> str:
    return f"/beheer/snippets/blauwdrukken/{entry._meta.model_name}/{action}/{entry.pk}/"


def regios_of(entry: Any) -> set[Regio]:
    return set(type(entry).objects.get(pk=entry.pk).get_latest_revision_as_object().regios.all())


@pytest.fixture(params=[Blauwdruk, Project])
def create_entry(request: Any) -> Any:
    def make_entry(*regios: Regio, **fields: Any) -> Any:
        fields = {"titel": "Proefstuk", "slug": "proefstuk", "live": True} | fields
        entry = request.param(**fields)
        if isinstance(entry, Blauwdruk):
            entry.samenvatting = "Een proefstuk."
        entry.regios = regios
        entry.save()
        return entry

    return make_entry


def test_a_coordinator_keeps_the_regions_of_others(coordinator: Client, regios: list[Regio], create_entry: Any) -> None:
    entry = create_entry(regios[0], regios[2], regios[3])
    response = save(coordinator, entry_url(entry), [regios[1]], titel="Nieuwe titel")
    assert response.status_code == 302
    assert regios_of(entry) == {regios[1], regios[2], regios[3]}
    assert type(entry).objects.get(pk=entry.pk).get_latest_revision_as_object().titel == "Nieuwe titel"


def test_a_coordinator_cannot_move_an_entry_to_a_region_of_others(
    coordinator: Client, regios: list[Regio], create_entry: Any
) -> None:
    entry = create_entry(regios[0])
    for chosen in ([regios[2]], [regios[0], regios[2]]):
        response = save(coordinator, entry_url(entry), chosen)
        assert response.status_code == 200
    assert regios_of(entry) == {regios[0]}


def test_a_coordinator_keeps_at_least_one_own_region(
    coordinator: Client, regios: list[Regio], create_entry: Any
) -> None:
    entry = create_entry(regios[0], regios[2])
    response = save(coordinator, entry_url(entry), [])
    assert "Kies minstens één van uw eigen regio’s." in response.content.decode()
    assert regios_of(entry) == {regios[0], regios[2]}


def test_a_coordinator_cannot_add_an_own_region_to_what_belongs_to_others(
    coordinator: Client, regios: list[Regio], create_entry: Any
) -> None:
    entry = create_entry(regios[2])
    response = coordinator.post(entry_url(entry), {"titel": "Proefstuk", "regios": [regios[0].pk, regios[2].pk]})
    assert response["Location"] == "/beheer/"
    assert regios_of(entry) == {regios[2]}


def test_a_nation_wide_entry_belongs_to_the_secretariat(
    coordinator: Client, client_as: Any, regios: list[Regio], create_entry: Any
) -> None:
    landelijk = create_entry(landelijk=True)
    assert coordinator.get(entry_url(landelijk))["Location"] == "/beheer/"
    assert client_as("Secretariaat").get(entry_url(landelijk)).status_code == 200


def test_a_coordinator_cannot_make_an_entry_nation_wide(
    coordinator: Client, regios: list[Regio], create_entry: Any
) -> None:
    entry = create_entry(regios[0])
    save(coordinator, entry_url(entry), [regios[0]], landelijk="on", titel="Bewaard")
    saved = type(entry).objects.get(pk=entry.pk).get_latest_revision_as_object()
    assert (saved.titel, saved.landelijk) == ("Bewaard", False)


def test_a_coordinator_makes_an_entry_for_an_own_region_only(coordinator: Client, regios: list[Regio]) -> None:
    new = {"titel": "Nieuw", "slug": "nieuw", "samenvatting": "Iets nieuws."}
    for chosen in ([], [regios[2]]):
        assert save(coordinator, ADD_URL, chosen, **new).status_code == 200
    assert not Blauwdruk.objects.filter(slug="nieuw").exists()
    assert save(coordinator, ADD_URL, [regios[1]], **new).status_code == 302
    made = Blauwdruk.objects.get(slug="nieuw")
    assert (set(made.regios.all()), made.live) == ({regios[1]}, False)


def test_a_coordinator_without_regions_makes_nothing(client_as: Any) -> None:
    new = {"titel": "Nieuw", "slug": "nieuw", "samenvatting": "Iets nieuws."}
    assert save(client_as("Regiocoördinator"), ADD_URL, [], **new).status_code == 200
    assert not Blauwdruk.objects.filter(slug="nieuw").exists()


def test_a_copy_of_anothers_entry_offers_own_regions_and_cannot_overwrite_it(
    coordinator: Client, regios: list[Regio], create_entry: Any
) -> None:
    entry = create_entry(regios[2])
    field = coordinator.get(entry_url(entry, "copy")).context["form"]["regios"]
    choices = {str(keuze.data["value"]): keuze.data["selected"] for keuze in field.subwidgets}
    assert choices == {str(regio.pk): False for regio in regios[:2]}
    assert coordinator.post(entry_url(entry, "copy"), {"titel": "Overschreven"}).status_code == 405


def test_the_secretariat_chooses_any_region(client_as: Any, regios: list[Regio], create_entry: Any) -> None:
    entry = create_entry(regios[0], regios[2])
    assert save(client_as("Secretariaat"), entry_url(entry), [regios[3]], landelijk="on").status_code == 302
    assert regios_of(entry) == {regios[3]}


def test_a_coordinator_cannot_publish(coordinator: Client, regios: list[Regio], create_entry: Any) -> None:
    entry = create_entry(regios[0], live=False)
    save(coordinator, entry_url(entry), [regios[0]], titel="Stiekem", **{"action-publish": "action-publish"})
    saved = type(entry).objects.get(pk=entry.pk)
    assert saved.get_latest_revision_as_object().titel == "Stiekem"
    assert not saved.live
