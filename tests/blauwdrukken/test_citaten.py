"""Quotes: literal, short, by function, with source and year, on the entry, the start page and in every output."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from blauwdrukken.highlight import highlight_of, turn_of
from blauwdrukken.models import Blauwdruk, Bron, Citaat
from blauwdrukken.search.engine import SearchRequest
from blauwdrukken.search.gateway import gateway
from kennisbank.models import User
from tests.doors import fetch

FILES = sorted((Path(__file__).resolve().parents[2] / "fixtures" / "blauwdrukken").glob("*.yaml"))
JOBCOACH = "Het helpt mij dat er buiten mijn werk om een jobcoach is"
PAGE = "/blauwdrukken/less-risk-polis/"


def test_a_quote_of_the_sources_is_two_sentences_at_most_with_function_source_and_year() -> None:
    quotes = [(row, file.name) for file in FILES for row in yaml.safe_load(file.read_text()).get("citaten", [])]
    assert len(quotes) == Citaat.objects.count() > 15
    for row, name in quotes:
        assert set(row) >= {"tekst", "functie", "jaar"}, name
    for citaat in Citaat.objects.select_related("herkomst"):
        citaat.full_clean()
        assert citaat.herkomst.titel
        assert citaat.jaar == citaat.herkomst.jaar


@pytest.mark.parametrize("text", ["Een. Twee! Drie?", "Ja. Nee. Ja.", "“Een. Twee. Drie.”"])
def test_a_third_sentence_is_refused(text: str) -> None:
    citaat = Citaat.objects.first()
    assert citaat is not None
    citaat.tekst = text
    with pytest.raises(ValidationError, match="hooguit twee zinnen"):
        citaat.full_clean()


def test_the_page_quotes_in_a_blockquote_with_who_said_it(client: Client) -> None:
    html = " ".join(client.get(PAGE).content.decode().split())
    quote = html.split(f"<blockquote> <p>“{JOBCOACH}")[1]
    assert "Kandidaat, in Blauwdrukboek Perspectief op Werk (2021)</figcaption>" in quote.split("</figure>")[0]


def test_marks_that_somebody_typed_do_not_stand_there_twice() -> None:
    assert str(Citaat(tekst='  "Zo\nis het."  ')) == "“Zo is het.”"


def test_each_public_quote_has_its_day() -> None:
    today, count = timezone.localdate(), Citaat.objects.count()
    turns = [turn_of(Citaat.objects.published(), today + timedelta(days=day)) for day in range(count)]
    assert len(set(turns)) == count
    assert turns[0] == turn_of(Citaat.objects.published(), today + timedelta(days=count))


def test_a_quote_of_a_draft_is_nowhere(client: Client) -> None:
    Citaat.objects.exclude(blauwdruk__slug="less-risk-polis").delete()
    Blauwdruk.objects.filter(slug="less-risk-polis").update(live=False)
    assert highlight_of(timezone.localdate()).citaat is None
    assert "<blockquote>" not in client.get("/").content.decode()


@pytest.mark.parametrize("extension", ["pdf", "docx", "epub"])
def test_documents_quote_too(client: Client, extension: str) -> None:
    words = " ".join(fetch(client, f"/blauwdrukken/less-risk-polis.{extension}").text.split())
    assert JOBCOACH.lower() in words
    assert "kandidaat, in blauwdrukboek" in words


def test_programs_get_quotes_and_search_finds_by_them(client: Client) -> None:
    rows = client.get("/api/v1/blauwdrukken/less-risk-polis").json()["citaten"]
    assert rows[0] == {
        "tekst": rows[0]["tekst"],
        "functie": "Kandidaat",
        "bron": "Blauwdrukboek Perspectief op Werk",
        "jaar": 2021,
    }
    assert rows[0]["tekst"].startswith(JOBCOACH)
    blauwdruk = Blauwdruk.objects.get(slug="bustour-amersfoort")
    assert blauwdruk.pk in gateway().engine().search(SearchRequest("klussenman")).keys


def test_a_version_from_before_quotes_opens_and_publishes() -> None:
    blauwdruk = Blauwdruk.objects.get(slug="less-risk-polis")
    revision = blauwdruk.save_revision()
    del revision.content["citaten"]
    revision.save()
    revision.publish()
    assert Blauwdruk.objects.get(pk=blauwdruk.pk).live


def test_a_writer_adds_a_quote_and_hears_what_is_missing(secretary: User, send_edit: Any, client: Client) -> None:
    blauwdruk = Blauwdruk.objects.get(slug="talentvol")
    bron = Bron.objects.get(slug="blauwdrukboek")
    row = {"tekst": "Het gaat goed.", "functie": "Jobcoach", "herkomst": bron.pk, "jaar": 2026}
    rows = {"citaten-TOTAL_FORMS": 1, "citaten-0-ORDER": 1} | {
        f"citaten-0-{name}": value for name, value in row.items()
    }
    refused = send_edit(secretary, blauwdruk, "action-publish", **rows | {"citaten-0-jaar": ""})
    assert refused.context["form"].formsets["citaten"].errors == [{"jaar": ["Dit is een verplicht veld."]}]
    send_edit(secretary, blauwdruk, "action-publish", **rows)
    assert "<p>“Het gaat goed.”</p>" in client.get("/blauwdrukken/talentvol/").content.decode()
