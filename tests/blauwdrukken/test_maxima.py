"""Filters that mean "at most", through the front door: page, files, feed and API."""

from __future__ import annotations

import csv
import io
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from lxml import etree, html

from blauwdrukken.models import Blauwdruk, Kerncijfer, Kostenpost
from tests.doors import content_of, text_of

POLICY = "Less Risk Polis"
NBSP = "\N{NO-BREAK SPACE}"


def titles(client: Client, query: str) -> list[str]:
    """Titles on the first page, with which each other door begins."""
    context = client.get(f"/blauwdrukken/?{query}").context
    page = [b.titel for b in context["blauwdrukken"]]
    listing = csv.DictReader(
        io.StringIO(client.get(f"/blauwdrukken.csv?{query}").getvalue().decode("utf-8-sig")), delimiter=";"
    )
    rows = [row["Titel"] for row in listing]
    assert (len(rows), rows[: len(page)]) == (context["paginator"].count, page)
    answer = client.get(f"/api/v1/blauwdrukken?{query}").json()
    assert [row["titel"] for row in answer["resultaten"]][: len(page)] == page
    feed = etree.fromstring(client.get(f"/blauwdrukken.atom?{query}").content)
    entries = feed.xpath("a:entry/a:title/text()", namespaces={"a": "http://www.w3.org/2005/Atom"})
    assert entries[: len(page)] == page
    return page


@pytest.mark.parametrize(
    "query",
    [
        "zoek=statushouders&kosten=tot-50000",
        "zoek=statushouders&kosten=tot-5000&kosten=tot-50000",
        "zoek=statushouders&kosten_deelnemer=tot-1000",
        "zoek=statushouders&kosten_deelnemer=tot-10000",
        "zoek=statushouders&kosten_uitvoering=onbekend",
    ],
)
def test_who_looks_for_an_approach_under_an_amount_finds_it(client: Client, query: str) -> None:
    assert titles(client, query) == [POLICY]


def test_what_has_no_known_amount_is_offered_beside(client: Client) -> None:
    address = "/blauwdrukken/?zoek=statushouders&kosten_uitvoering=tot-50000"
    assert titles(client, address.partition("?")[2]) == []
    [link] = html.fromstring(client.get(address).content.decode()).xpath('//p[@class="ernaast"]/a')
    assert link.text_content() == "1 andere zonder bekend bedrag per uitvoering"
    found = client.get(link.get("href"))
    assert [b.titel for b in found.context["blauwdrukken"]] == [POLICY]
    assert not html.fromstring(found.content.decode()).xpath('//p[@class="ernaast"]')


def test_at_most_takes_along_what_is_less_and_never_what_is_not_known(client: Client) -> None:
    found = [set(titles(client, f"kosten_uitvoering=tot-{bound}")) for bound in (10_000, 50_000, 100_000, 250_000)]
    assert found[0] == found[1] == {"Scholing voor werkgevers"}
    assert found[2] - found[1] == {"Werkgeversraadpleging Drenthe"}
    assert found[3] - found[2] == {"MKB Ambassadeur Haaglanden (werkambassadeur)"}
    assert set(titles(client, "looptijd=tot-6")) < set(titles(client, "looptijd=tot-12"))
    assert set(titles(client, "looptijd=tot-12")) < set(titles(client, "looptijd=tot-24"))


def test_counts_are_of_all_that_costs_at_most_so_much(client: Client) -> None:
    choices = client.get("/api/v1/blauwdrukken").json()["facetten"]["kosten_uitvoering"]
    assert [(choice["slug"], choice["aantal"]) for choice in choices] == [
        ("tot-10000", 1),
        ("tot-25000", 1),
        ("tot-50000", 1),
        ("tot-100000", 2),
        ("tot-250000", 3),
        ("onbekend", 22),
    ]


@pytest.mark.parametrize(
    "query",
    ["kosten=tot-5000", "kosten=tot-250000", "kosten=meer", "kosten=onbekend", "looptijd=langer", "looptijd=onbekend"],
)
def test_an_old_address_is_still_answered(client: Client, query: str) -> None:
    response = client.get(f"/blauwdrukken/?{query}")
    assert response.context["filterset"].messages == []
    chosen = html.fromstring(response.content.decode()).xpath('//input[@type="radio"][@checked]')
    name, value = query.split("=")
    assert (name, value) in {(choice.get("name"), choice.get("value")) for choice in chosen}
    titles(client, query)


def test_an_old_way_to_choose_is_not_offered_any_more(client: Client) -> None:
    page = html.fromstring(client.get("/blauwdrukken/").content.decode())
    offered = {(choice.get("name"), choice.get("value")) for choice in page.xpath('//input[@type="radio"]')}
    assert ("looptijd", "tot-6") in offered
    assert not {("looptijd", "langer"), ("kosten", "tot-5000"), ("kosten", "meer")} & offered


def test_a_chosen_maximum_says_of_what_it_is(client: Client) -> None:
    page = html.fromstring(client.get("/blauwdrukken/?kosten_deelnemer=tot-1000&looptijd=tot-12").content.decode())
    chips = ["".join(chip.text_content().split()) for chip in page.xpath('//a[@class="chip"]')]
    assert "Kostenperdeelnemer:hoogstens€1.000–verwijderfilter" in chips
    assert "Hoelanghetduurt:hoogstens12maanden–verwijderfilter" in chips


@pytest.mark.parametrize("query", ["kosten_uitvoering=veel", "looptijd=tot-7", "kosten=tot-1", "kleur=rood"])
def test_what_no_filter_knows_is_named_on_the_page_and_refused_elsewhere(client: Client, query: str) -> None:
    named = query.partition("=")[2] if not query.startswith("kleur") else "kleur"
    page = client.get(f"/blauwdrukken/?thema=scholing&{query}")
    assert page.status_code == 200
    assert f"“{named}”" in page.content.decode()
    assert len(page.context["blauwdrukken"]) == len(client.get("/blauwdrukken/?thema=scholing").context["blauwdrukken"])
    for door in ("/blauwdrukken.csv", "/blauwdrukken.json", "/blauwdrukken.xlsx", "/blauwdrukken.atom"):
        response = client.get(f"{door}?{query}")
        assert response.status_code == 400, door
        assert f"“{named}”" in response.content.decode()
    assert client.get(f"/api/v1/blauwdrukken?{query}").status_code == 400


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("less-risk-polis", f"€{NBSP}500 tot €{NBSP}1.000 per deelnemer"),
        ("less-risk-polis", "er uitvoering niet bekend: bekend is alleen een bedrag per deelnemer"),
        ("branchestraten", "er uitvoering niet bekend: bekend is alleen een subsidie en kosten van een onderdeel"),
        ("scholing-voor-werkgevers", f"€{NBSP}9.992 per uitvoering"),
        ("drive-in-bioscoop", f"€{NBSP}20.000 per uitvoering"),
        ("werkgeversraadpleging-drenthe", "9 maanden (voor het regelen en voeren van de interviews)"),
        ("bustour-amersfoort", "Een tour duurt 6 dagen, zonder de voorbereiding"),
    ],
)
@pytest.mark.parametrize("extension", ["/", ".pdf", ".docx", ".epub"])
def test_each_door_says_what_is_known_of_costs_and_duration(
    client: Client, slug: str, words: str, extension: str
) -> None:
    said = "".join(text_of(content_of(client.get(f"/blauwdrukken/{slug}{extension}"))).split())
    assert "".join(words.split()) in said


def test_money_of_the_state_is_called_a_subsidy_and_counts_nowhere(client: Client) -> None:
    answer = client.get("/api/v1/blauwdrukken/branchestraten").json()
    assert answer["kosten"][0]["soort"] == "subsidie"
    assert {head["per"] for head in answer["kosten_vergelijkbaar"] if head["hoogste"] is None} == {
        "uitvoering",
        "deelnemer",
        "werkgever",
        "jaar",
    }
    assert all(head["reden_onbekend"] for head in answer["kosten_vergelijkbaar"])


def test_what_came_of_it_stands_before_what_it_took(client: Client) -> None:
    answer = client.get("/api/v1/blauwdrukken/drive-in-bioscoop").json()
    assert [cijfer["soort"] for cijfer in answer["kerncijfers"]] == ["uitkomst", "bereik", "bereik", "inzet", "geld"]
    page = html.fromstring(client.get("/blauwdrukken/drive-in-bioscoop/").content.decode())
    kinds = [kind.text_content() for kind in page.xpath('//span[@class="soort"]')]
    assert kinds == ["Uitkomst: ", "Bereik: ", "Bereik: ", "Inzet: ", "Geld: "]


@pytest.mark.parametrize("model", [Kostenpost, Kerncijfer])
def test_all_figures_of_the_content_have_a_kind(model: Any) -> None:
    assert not model.objects.filter(soort="onbekend").exists()


def test_an_upgrade_claims_no_more_than_a_row_said(create_blauwdruk: Any) -> None:
    blauwdruk = create_blauwdruk()
    said = {"Subsidie van het Rijk": "subsidie", "Opleidingsbudget": "budget", "Hele project": "onbekend"}
    figures = {"€ 999": ("", "geld"), "25.000": ("euro", "geld"), "23": ("kandidaten", "onbekend")}
    blauwdruk.kosten = [Kostenpost(omschrijving=words, bedrag_van=9, bedrag_tot=9) for words in said]
    blauwdruk.kerncijfers = [Kerncijfer(waarde=w, eenheid=unit, omschrijving="x") for w, (unit, _) in figures.items()]
    blauwdruk.save()
    revision = blauwdruk.save_revision(clean=False)
    del revision.content["looptijd_toelichting"]
    for row in (*revision.content["kosten"], *revision.content["kerncijfers"]):
        for name in {"soort", "voor_wie", "hoe_vaak"} & set(row):
            del row[name]
    revision.save()
    import_module("blauwdrukken.migrations.0018_kosten").say_no_more_than_before(apps, None)
    stored = Blauwdruk.objects.get(pk=blauwdruk.pk)
    draft: Any = stored.get_latest_revision_as_object()
    for entry in (stored, draft):
        assert {post.omschrijving: post.soort for post in entry.kosten.all()} == said
        assert {c.waarde: c.soort for c in entry.kerncijfers.all()} == {w: kind for w, (_, kind) in figures.items()}
    revision.refresh_from_db()
    assert revision.content["looptijd_toelichting"] == ""
    revision.as_object().full_clean()
