"""What is remembered of the content holds until the content changes, and no longer."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

from django.core.signals import request_started
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from blauwdrukken.models import Begrip, Blauwdruk, Kostenpost, Project, Thema
from blauwdrukken.search.remember import per_state


@per_state
def theme_names(start: str) -> list[str]:
    return list(Thema.objects.filter(naam__startswith=start).values_list("naam", flat=True))


def test_it_is_made_once_for_a_state_and_anew_for_the_next() -> None:
    Thema.objects.create(naam="Xylofoon", slug="xylofoon")
    assert theme_names("X") == ["Xylofoon"]
    with CaptureQueriesContext(connection) as queries:
        assert theme_names("X") == ["Xylofoon"]
        assert theme_names("X") is theme_names("X")
    assert all("zoekstand" in query["sql"] for query in queries)
    assert theme_names("Y") == []
    Thema.objects.filter(slug="xylofoon").update(naam="Xerxes")
    assert theme_names("X") == ["Xerxes"]


def test_what_is_undone_is_forgotten() -> None:
    before = theme_names("X")
    point = transaction.savepoint()
    Thema.objects.create(naam="Xylofoon", slug="xylofoon")
    assert theme_names("X") == [*before, "Xylofoon"]
    transaction.savepoint_rollback(point)
    assert theme_names("X") == before


def test_a_page_shows_a_new_word_of_a_vocabulary_and_of_the_field_at_once(client: Client) -> None:
    address = "/blauwdrukken/scholing-voor-werkgevers/"
    assert "Xylofoon" not in client.get("/blauwdrukken/").content.decode()
    assert "Werkgevers, zo heten zij" not in client.get(address).content.decode()
    Thema.objects.create(naam="Xylofoon", slug="xylofoon")
    Begrip.objects.filter(term="WSP").update(voluit="Werkgevers, zo heten zij")
    for list_url in ("/blauwdrukken/", "/verhalen/"):
        assert "Xylofoon" in client.get(list_url).content.decode(), list_url
    html = client.get(address).content.decode()
    assert html.count('title="Werkgevers, zo heten zij"') == 1
    assert client.get(address).content.decode() == html  # a second reader gets the same links


def test_a_request_speaks_the_language_of_the_site() -> None:
    translation.deactivate_all()
    request_started.send(sender=None)
    assert translation.get_language() == "nl"


def test_a_page_of_remembered_rows_still_leaves_out_what_has_expired(client: Client) -> None:
    blauwdruk = Blauwdruk.objects.get(slug="branchestraten")
    project = Project.objects.filter(blauwdruk=blauwdruk, live=True)[0]
    address, moment = blauwdruk.get_absolute_url(), timezone.now() + timedelta(minutes=5)
    related = client.get(address).context["verwant"][0]
    for entry in (project, related):
        type(entry).objects.filter(pk=entry.pk).update(expire_at=moment)
    before = client.get(address).content.decode()
    with mock.patch.object(timezone, "now", return_value=moment):
        after = client.get(address).content.decode()
    for entry in (project, related):
        assert entry.get_absolute_url() in before
        assert entry.get_absolute_url() not in after
    Blauwdruk.objects.filter(pk=blauwdruk.pk).update(expire_at=moment)
    assert client.get(address).status_code == 200
    with mock.patch.object(timezone, "now", return_value=moment):
        assert client.get(address).status_code == 404


def test_a_list_of_remembered_rows_shows_at_once_what_became_of_them(client: Client) -> None:
    blauwdruk = Blauwdruk.objects.get(slug="branchestraten")
    listing, address = "/blauwdrukken/?regio=" + blauwdruk.regios.all()[0].slug, blauwdruk.get_absolute_url()
    before = client.get(listing).content.decode()
    assert address in before
    assert "€\N{NO-BREAK SPACE}98.765" not in before
    costs = {"soort": "kosten", "bedrag_van": 98765, "bedrag_tot": 98765, "eenheid": "deelnemer"}
    Kostenpost.objects.create(blauwdruk=blauwdruk, omschrijving="Alles", hoe_vaak="eenmalig", **costs)
    assert "€\N{NO-BREAK SPACE}98.765" in client.get(listing).content.decode()
    moment = timezone.now() + timedelta(minutes=5)
    Blauwdruk.objects.filter(pk=blauwdruk.pk).update(expire_at=moment)
    assert address in client.get(listing).content.decode()
    with mock.patch.object(timezone, "now", return_value=moment):
        assert f'href="{address}"' not in client.get(listing).content.decode()
