"""Every text that was taken from somewhere says from where."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from blauwdrukken.models import Blauwdruk, Bron, Programma, Project, Verhaal
from kennisbank.models import Pagina


def test_blueprints_projects_stories_and_programmes_all_name_a_source() -> None:
    for model in (Blauwdruk, Project, Verhaal, Programma):
        assert not model._default_manager.filter(herkomst=None).exists(), model


@pytest.mark.parametrize("model", [Blauwdruk, Project, Verhaal, Programma])
def test_every_page_of_an_entry_names_its_source_and_that_we_retold_it(client: Client, model: Any) -> None:
    for entry in model._default_manager.select_related("herkomst"):
        html = unescape(" ".join(client.get(entry.get_absolute_url()).content.decode().split()))
        assert f"Bron: {entry.source_words}, in onze eigen woorden." in html, entry
        assert entry.herkomst.titel in entry.source_words


def test_the_page_about_the_site_names_every_source(client: Client) -> None:
    words = " ".join(strip_tags(client.get("/over/").content.decode()).split())
    missing = [bron.titel for bron in Bron.objects.all() if bron.titel not in words]
    assert Bron.objects.exists()
    assert missing == []


def test_a_page_says_from_which_source_it_was_retold(client: Client) -> None:
    for slug in ("zeven-tips", "maak-je-eigen-blauwdruk"):
        html = " ".join(client.get(f"/{slug}/").content.decode().split())
        assert "Bron: Blauwdrukboek Perspectief op Werk (Stichting NLoM!, 2021)" in html
        assert "in onze eigen woorden" in html
    assert "Bron:" not in client.get("/over/").content.decode()


def test_a_source_with_an_address_is_a_link(client: Client) -> None:
    Bron.objects.update(link="https://voorbeeld.nl/boek")
    assert 'href="https://voorbeeld.nl/boek"' in client.get("/zeven-tips/").content.decode()


def test_a_version_of_a_page_from_before_sources_opens_and_publishes() -> None:
    page = Pagina.objects.get(slug="over")
    revision = page.save_revision()
    for name in ("herkomst", "bron"):
        del revision.content[name]
    revision.save()
    revision.publish()
    assert Pagina.objects.get(slug="over").live
