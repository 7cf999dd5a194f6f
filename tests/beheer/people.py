"""People of the back office, and the forms they send."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.models import Group
from django.template.response import SimpleTemplateResponse
from django.test import Client

from blauwdrukken.models import Blauwdruk
from kennisbank.models import User
from regios.models import Regio


def user_in_group(name: str, username: str) -> User:
    user = User.objects.create_user(username, f"{username}@voorbeeld.nl", "geheim", first_name=username.capitalize())
    user.groups.add(Group.objects.get(name=name))
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

    def send(user: User, entry: Any, action: str = "", **fields: Any) -> Any:
        client = client_of(user)
        url = f"{beheer(entry)}edit/{entry.pk}/"
        data = filled_in(open_form(client, url)) | fields
        return client.post(url, data | ({action: "1"} if action else {}), follow=True)

    return send


def beheer(entry: Any) -> str:
    return f"/beheer/snippets/{entry._meta.app_label}/{entry._meta.model_name}/"


def open_form(client: Client, url: str) -> Any:
    """The form at this address, without drawing its screen, which takes longer than all the rest; not for threads."""
    with patch.object(SimpleTemplateResponse, "rendered_content", ""):
        response = client.get(url)
    assert response.status_code == 200, response
    return response.context_data["form"]  # type: ignore[index]


def filled_in(form: Any) -> dict[str, Any]:
    """What a browser would send of this form and the rows in it."""
    data = fields_of(form) | loaded_marks(form)
    for formset in getattr(form, "formsets", {}).values():
        data |= fields_of(formset.management_form)
        for row in formset.forms:
            data |= fields_of(row)
    return data


def loaded_marks(form: Any) -> dict[str, Any]:
    """What a form says it was made on."""
    revision = getattr(form.instance, "latest_revision", None)
    state = {"geladen": form["geladen"].value()} if "geladen" in form.fields else {}
    if revision is None:
        return state
    return state | {
        "loaded_revision_id": revision.pk,
        "loaded_revision_created_at": revision.created_at.isoformat(),
    }


def send_change(client: Client, url: str, fields: dict[str, Any], *, follow: bool = False) -> Any:
    """Open an editing form and send it with these values only."""
    return client.post(url, loaded_marks(open_form(client, url)) | fields, follow=follow)


def fields_of(form: Any) -> dict[str, Any]:
    data = {}
    for field in form:
        value = field.field.prepare_value(field.value()) if hasattr(field.field, "prepare_value") else field.value()
        preview = field.field.widget.format_value(value) if hasattr(field.field.widget, "format_value") else value
        if isinstance(value, list | tuple):
            preview = [getattr(part, "pk", part) for part in value]
        if value is True:
            preview = "on"
        if preview not in (None, False, ""):
            data[field.html_name] = preview
    return data


@pytest.fixture
def draft(coordinator: User) -> Blauwdruk:
    """A draft that the coordinator wrote."""
    new = Blauwdruk(titel="Banenbus", slug="banenbus", samenvatting="Een bus vol banen.")
    new.regios = Regio.objects.filter(slug="zeeland")
    new.save()
    new.save_revision(user=coordinator, clean=False)
    return new
