"""Programmes: their pages, their goals as a filter, and what entries and programs tell of them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from blauwdrukken.models import Blauwdruk, Programma, Programmadoel, Project

AGENDA = "/programmas/werkagenda-noord-holland/"


def html_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_each_programme_of_the_sources_tells_why_it_was_there_and_where_that_is_written(client: Client) -> None:
    everything = html_of(client, "/programmas/")
    for slug, words in {
        "perspectief-op-werk": ("800.000 mensen", "operationeel, tactisch en strategisch", "Vier lijnen"),
        "pact-brabant": ("Antwerpen", "drie O's", "tientallen miljoenen"),
        "werkagenda-noord-holland": ("purpose case", "ontwikkelcoalitie", "Sinds 2010"),
    }.items():
        page = html_of(client, f"/programmas/{slug}/")
        programma = Programma.objects.get(slug=slug)
        assert f'href="/programmas/{slug}/"' in everything
        assert [word for word in words if word not in page.replace("&#x27;", "'")] == []
        assert programma.herkomst
        assert "in onze eigen woorden" in page


def test_the_six_goals_of_the_agenda_hold_its_numbered_activities(client: Client) -> None:
    page = html_of(client, AGENDA)
    goals = [goal.split("</h3>")[0] for goal in re.split(r"<h3[^>]*>", page)[1:]]
    doelen = Programmadoel.objects.filter(programma__slug="werkagenda-noord-holland")
    assert goals == [*doelen.values_list("naam", flat=True), "Overige projecten"]
    assert len(goals) == 7
    numbers = re.findall(r'class="nummer">(\d+)<', page)
    assert sorted(map(int, numbers)) == list(range(1, 12))
    behouden = page.split('id="vakmensen-behouden"')[1].split("<h3")[0]
    assert re.findall(r'class="nummer">(\d+)<', behouden) == ["1", "3"]


def test_what_all_activities_share_is_told_by_the_programme_alone() -> None:
    projecten = Project.objects.filter(programma__slug="werkagenda-noord-holland")
    assert projecten.count() == 13
    assert not projecten.filter(omschrijving__contains="aanjager").exists()
    assert Programma.objects.get(slug="werkagenda-noord-holland").tekst.count("aanjager") == 1


def test_projects_are_filtered_by_goal_and_lead_to_their_programme(client: Client) -> None:
    assert "2 projecten" in html_of(client, "/projecten/?doel=vakmensen-behouden")
    project = html_of(client, "/projecten/servicepunt-techniek/")
    assert f'href="{AGENDA}"' in project
    assert "nummer 1<" in project
    assert 'href="/projecten/?doel=vakmensen-behouden"' in project


def test_a_blueprint_leads_to_its_programme_and_the_programme_to_its_list(client: Client) -> None:
    assert 'href="/programmas/pact-brabant/"' in html_of(client, "/blauwdrukken/work-first-in-brabant/")
    assert 'href="/blauwdrukken/?programma=pact-brabant"' in html_of(client, "/programmas/pact-brabant/")


def test_a_programme_counts_and_names_only_what_is_public(client: Client) -> None:
    Blauwdruk.objects.filter(slug="work-first-in-brabant").update(live=False)
    Project.objects.filter(slug="servicepunt-techniek").update(live=False)
    brabant, agenda = html_of(client, "/programmas/pact-brabant/"), html_of(client, AGENDA)
    assert "9 blauwdrukken" in brabant
    assert "Servicepunt Techniek" not in agenda
    assert 'href="#activiteiten">12<' in agenda


def test_a_programme_with_nothing_yet_says_so(client: Client) -> None:
    leeg = Programma.objects.create(naam="Leeg", slug="leeg")
    Programmadoel.objects.create(naam="Ooit", slug="ooit", programma=leeg)
    page = html_of(client, "/programmas/leeg/")
    assert "Niet bekend" in page
    assert "Bij dit doel staat nog geen project." in page


def test_an_address_of_no_programme_is_not_there(client: Client) -> None:
    assert client.get("/programmas/bestaat-niet/").status_code == 404


def test_a_goal_of_another_programme_is_refused() -> None:
    project = Project.objects.get(slug="servicepunt-techniek")
    project.programma = Programma.objects.get(slug="pact-brabant")
    with pytest.raises(ValidationError, match="hoort bij een ander programma"):
        project.full_clean()


def test_a_version_from_before_goals_and_numbers_opens_and_publishes() -> None:
    project = Project.objects.get(slug="servicepunt-techniek")
    revision = project.save_revision()
    for name in ("programmadoel", "nummer"):
        del revision.content[name]
    revision.save()
    assert revision.as_object().titel == "Servicepunt Techniek"
    revision.publish()
    assert Project.objects.get(pk=project.pk).live


def test_programs_get_programmes_with_their_goals(client: Client) -> None:
    agenda = next(row for row in client.get("/api/v1/programmas").json() if row["slug"] == "werkagenda-noord-holland")
    assert len(agenda["doelen"]) == 6
    assert (agenda["aantal_projecten"], agenda["aantal_blauwdrukken"], agenda["jaar_van"]) == (13, 0, 2021)
    rows = client.get("/api/v1/projecten", {"doel": "vakmensen-behouden"}).json()["resultaten"]
    assert {row["nummer"] for row in rows} == {1, 3}
    assert {row["programmadoel"]["slug"] for row in rows} == {"vakmensen-behouden"}


def test_the_secretariat_writes_the_text_and_the_page_shows_it_at_once(editor_client: Any, client: Client) -> None:
    programma = Programma.objects.get(slug="pact-brabant")
    url = f"/beheer/snippets/blauwdrukken/programma/edit/{programma.pk}/"
    form = editor_client.get(url).context["form"]
    text = '{"blocks": [{"key": "a", "text": "Over de WSP in de zwaan.", "type": "unstyled", "depth": 0, '
    text += '"inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}'
    data = {name: form[name].value() or "" for name in form.fields} | {"tekst": text}
    assert editor_client.post(url, data).status_code == 302
    page = html_of(client, "/programmas/pact-brabant/")
    assert "in de zwaan." in page
    assert '<abbr title="Werkgeversservicepunt">WSP</abbr>' in page
