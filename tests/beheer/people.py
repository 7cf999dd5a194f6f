"""People of the back office, and the forms they send."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from blauwdrukken.models import Blauwdruk
from kennisbank.models import User
from regios.models import Regio


def user_in_group(naam: str, gebruiker: str) -> User:
    user = User.objects.create_user(gebruiker, f"{gebruiker}@voorbeeld.nl", "geheim", first_name=gebruiker.capitalize())
    user.groups.add(Group.objects.get(name=naam))
    return user


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def coordinator() -> User:
    """Somebody of the region Zeeland."""
    user = user_in_group("Regiocoördinator", "carla")
    user.regios.set(Regio.objects.filter(slug="zeeland"))
    return user


@pytest.fixture
def secretary() -> User:
    return user_in_group("Secretariaat", "saskia")


@pytest.fixture
def send_edit() -> Any:
    """Send the editing form of an entry as it is shown, with these values and this action."""

    def zend(user: User, entry: Any, actie: str = "", **velden: Any) -> Any:
        client = client_of(user)
        adres = f"{beheer(entry)}edit/{entry.pk}/"
        antwoord = client.get(adres)
        assert antwoord.status_code == 200, antwoord
        gegevens = filled_in(antwoord.context["form"]) | velden
        return client.post(adres, gegevens | ({actie: "1"} if actie else {}), follow=True)

    return zend


def beheer(entry: Any) -> str:
    return f"/beheer/snippets/{entry._meta.app_label}/{entry._meta.model_name}/"


def filled_in(form: Any) -> dict[str, Any]:
    """What a browser would send of this form and the rows in it."""
    gegevens = fields_of(form) | loaded_marks(form)
    for formset in getattr(form, "formsets", {}).values():
        gegevens |= fields_of(formset.management_form)
        for rij in formset.forms:
            gegevens |= fields_of(rij)
    return gegevens


def loaded_marks(form: Any) -> dict[str, Any]:
    """What a form says it was made on."""
    revision = getattr(form.instance, "latest_revision", None)
    stand = {"geladen": form["geladen"].value()} if "geladen" in form.fields else {}
    if revision is None:
        return stand
    return stand | {
        "loaded_revision_id": revision.pk,
        "loaded_revision_created_at": revision.created_at.isoformat(),
    }


def send_change(client: Client, adres: str, velden: dict[str, Any], *, follow: bool = False) -> Any:
    """Open an editing form and send it with these values only."""
    return client.post(adres, loaded_marks(client.get(adres).context["form"]) | velden, follow=follow)


def fields_of(form: Any) -> dict[str, Any]:
    gegevens = {}
    for veld in form:
        waarde = veld.field.prepare_value(veld.value()) if hasattr(veld.field, "prepare_value") else veld.value()
        weergave = veld.field.widget.format_value(waarde) if hasattr(veld.field.widget, "format_value") else waarde
        if isinstance(waarde, list | tuple):
            weergave = [getattr(deel, "pk", deel) for deel in waarde]
        if waarde is True:
            weergave = "on"
        if weergave not in (None, False, ""):
            gegevens[veld.html_name] = weergave
    return gegevens


@pytest.fixture
def draft(coordinator: User) -> Blauwdruk:
    """A draft that the coordinator wrote."""
    nieuw = Blauwdruk(titel="Banenbus", slug="banenbus", samenvatting="Een bus vol banen.")
    nieuw.regios = Regio.objects.filter(slug="zeeland")
    nieuw.save()
    nieuw.save_revision(user=coordinator, clean=False)
    return nieuw
