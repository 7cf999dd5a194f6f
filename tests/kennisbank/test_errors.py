from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client


def break_database(*args: Any, **kwargs: Any) -> None:
    raise OperationalError("geen verbinding")


def test_without_a_database_the_error_page_is_dutch(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("django.db.backends.utils.CursorWrapper.execute", break_database)
        response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "De database van de site antwoordt niet" in response.content.decode()


def test_health_tells_process_and_database_apart(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/healthz").content == b"ok\n"
    with monkeypatch.context() as patch:
        patch.setattr("django.db.backends.utils.CursorWrapper.execute", break_database)
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code == 503


def test_a_foreign_host_name_gets_a_400_in_dutch(client: Client) -> None:
    response = client.get("/", headers={"host": "kwaad.voorbeeld"})
    assert response.status_code == 400
    assert "Dit adres begrijpen we niet" in response.content.decode()


def test_a_form_without_a_token_gets_a_403_in_dutch() -> None:
    response = Client(enforce_csrf_checks=True).post("/beheer/login/", {"username": "x", "password": "y"})
    assert response.status_code == 403
    assert "Het formulier is verlopen" in response.content.decode()


def test_forbidden_is_said_in_dutch(rf: Any) -> None:
    from django.core.exceptions import PermissionDenied

    from kennisbank.views import permission_denied

    response = permission_denied(rf.get("/"), PermissionDenied())
    assert response.status_code == 403
    assert "Hier mag u niet bij" in response.content.decode()


def test_robots_names_the_sitemap_and_keeps_crawlers_out_of_the_back_office(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /beheer/" in text
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in text


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "address",
    [
        "snippets/blauwdrukken/blauwdruk/history/abc/revisions/compare/live...latest/",
        "snippets/blauwdrukken/blauwdruk/edit/abc/",
        "snippets/choose/blauwdrukken/thema/chosen/abc/",
        "documents/chooser/chosen/1.5/",
        "images/chooser/chosen/None/",
        "editing-sessions/ping/blauwdrukken/blauwdruk/abc/1/",
        "bulk/blauwdrukken/organisatie/samenvoegen/?id=abc",
        "bulk/blauwdrukken/bestand/delete/?id=1&id=",
        "bulk/kennisbank/user/delete/?id=²",
    ],
)
def test_in_the_back_office_a_key_that_is_none_leads_nowhere(editor_client: Client, method: str, address: str) -> None:
    response = getattr(editor_client, method)(f"/beheer/{address}")
    said = re.search("Deze pagina bestaat niet|Pagina niet gevonden", response.content.decode())
    assert (response.status_code == 404 and said) or (
        response.status_code == 405 and method.upper() not in response["Allow"]
    )
