from __future__ import annotations

from typing import Any

import pytest
from django.test import Client


def test_what_this_site_does_not_have_is_closed_to_a_superuser_too(editor_client: Client) -> None:
    for path in (
        "pages/",
        "pages/1/",
        "pages/add/wagtailcore/page/1/",
        "collections/",
        "api/main/pages/",
        "failwhale/",
    ):
        assert editor_client.get(f"/beheer/{path}").status_code == 404, path


def test_who_is_not_logged_in_is_asked_to_do_so_everywhere(client: Client) -> None:
    for path in ("pages/", "reports/site-history/", "workflows/list/"):
        assert client.get(f"/beheer/{path}")["Location"].startswith("/beheer/login/")


def test_a_refusal_says_so_in_dutch(client_as: Any) -> None:
    response = client_as("Regiocoördinator").get("/beheer/reports/site-history/", follow=True)
    assert "Sorry" in response.content.decode() or "geen toestemming" in response.content.decode()


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("Werkgeversorganisatie", set()),
        ("Regiocoördinator", {"blauwdruk", "project"}),
        ("Secretariaat", {"blauwdruk", "project", "pagina", "synoniem", "begrip", "users", "site-history"}),
        ("Beheerder", {"pagina", "users", "site-history", "groups", "workflows"}),
    ],
)
def test_the_menu_shows_each_role_what_it_may_open(client_as: Any, who: str, sees: set[str]) -> None:
    html = client_as(who).get("/beheer/").content.decode()
    everything = {
        "blauwdruk",
        "project",
        "pagina",
        "synoniem",
        "begrip",
        "users",
        "site-history",
        "groups",
        "workflows",
    }
    seen = {name for name in everything if f"/{name}/" in html or f"/{name}/list/" in html}
    assert seen >= sees
    if who != "Beheerder":
        assert seen == sees
