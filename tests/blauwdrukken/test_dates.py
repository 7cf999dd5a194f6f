"""Dates as precise as their source: read, written, kept, sorted and shown with what they tell of a state."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from blauwdrukken.models import Blauwdruk, Bron, Programma, Project, Verhaal
from blauwdrukken.models.dates import PartialDateField, read_date
from blauwdrukken.text.age import age_note
from blauwdrukken.text.dates import (
    PartialDate,
    UnreadableDateError,
    format_partial_period,
    parse_date,
    parse_edtf,
    with_moment,
)
from tests.doors import content_of, text_of

PARTS = [0, *range(1, 13), 21, 22, 23, 24, 33, 34, 35, 36]


@st.composite
def partial_dates(draw: Any) -> PartialDate:
    """Any date, without words of its own."""
    year, part = draw(st.integers(1900, 2100)), draw(st.sampled_from(PARTS))
    last = monthrange(year, part)[1] if 1 <= part <= 12 else 0
    return PartialDate(year, part, draw(st.integers(0, last)))


@pytest.mark.parametrize(
    ("typed", "edtf", "words"),
    [
        ("2006", "2006", "2006"),
        (" 2006 ", "2006", "2006"),
        ("zomer 2020", "2020-22", "zomer 2020"),
        ("Voorjaar van 2006", "2006-21", "voorjaar 2006"),
        ("in het najaar van 2020", "2020-23", "najaar 2020"),
        ("herfst 2020", "2020-23", "najaar 2020"),
        ("3e kwartaal 2020", "2020-35", "derde kwartaal 2020"),
        ("derde  kwartaal van 2020", "2020-35", "derde kwartaal 2020"),
        ("Q3 2020", "2020-35", "derde kwartaal 2020"),
        ("2020-Q3", "2020-35", "derde kwartaal 2020"),
        ("k4-2019", "2019-36", "vierde kwartaal 2019"),
        ("augustus 2020", "2020-08", "augustus 2020"),
        ("in april 2006", "2006-04", "april 2006"),
        ("mrt. 2020", "2020-03", "maart 2020"),
        ("sept 2020", "2020-09", "september 2020"),
        ("8-2020", "2020-08", "augustus 2020"),
        ("3-4-2021", "2021-04-03", "3 april 2021"),
        ("03/04/2021", "2021-04-03", "3 april 2021"),
        ("3.4.2021", "2021-04-03", "3 april 2021"),
        ("31 augustus 2020", "2020-08-31", "31 augustus 2020"),
        ("29-2-2024", "2024-02-29", "29 februari 2024"),
        ("eind augustus 2020", "2020-08", "eind augustus 2020"),
        ("Begin 2021", "2021", "begin 2021"),
        ("rond 2021", "2021", "rond 2021"),
        ("eerste helft van 2021", "2021", "eerste helft van 2021"),
    ],
)
def test_a_date_is_read_as_people_write_it(typed: str, edtf: str, words: str) -> None:
    read = parse_date(typed)
    assert (read.edtf, read.words) == (edtf, words)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("31-2-2021", "31 februari 2021 bestaat niet."),
        ("29 februari 2021", "29 februari 2021 bestaat niet."),
        ("2021-13", "Maand 13 bestaat niet."),
        ("13-2020", "Maand 13 bestaat niet."),
        ("1899", "Het jaar 1899 kan niet: kies een jaar van 1900 tot 2100."),
        ("5e kwartaal 2020", "“5e kwartaal 2020” is geen datum."),
        ("2020-00", "“2020-00” is geen datum."),
        ("2020-08-00", "“2020-08-00” is geen datum."),
        ("2019-2020", "“2019-2020” is geen datum."),
        ("eind 3 mei 2020", "“eind 3 mei 2020” is geen datum."),
        ("morgen", "“morgen” is geen datum."),
        ("x" * 100_000, f"“{'x' * 40}” is geen datum."),
        ("2020\x00", "“2020\x00” is geen datum."),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(typed: str, message: str) -> None:
    with pytest.raises(UnreadableDateError) as refused:
        parse_date(typed)
    assert str(refused.value).startswith(message)


@given(partial_dates())
def test_a_date_is_read_back_from_each_way_of_writing_it(day: PartialDate) -> None:
    assert parse_edtf(day.edtf) == parse_date(day.edtf) == parse_date(day.words) == day


@given(partial_dates())
def test_a_date_begins_and_ends_where_the_calendar_says(day: PartialDate) -> None:
    if day.day:
        months = [day.part]
    elif day.part in range(21, 25):
        months = [[3, 4, 5], [6, 7, 8], [9, 10, 11], [12, 1, 2]][day.part - 21]
    elif day.part >= 33:
        months = [[1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12]][day.part - 33]
    else:
        months = [day.part] if day.part else list(range(1, 13))
    last_year = day.year + (months[-1] < months[0])
    assert day.first == date(day.year, months[0], day.day or 1)
    assert day.last == date(last_year, months[-1], day.day or monthrange(last_year, months[-1])[1])


def refusal(text: str) -> str:
    """Why this text is refused, empty when it is a date or nothing at all."""
    try:
        read = read_date(text)
    except ValidationError as refused:
        return refused.messages[0]
    return "" if read is None or read == read_date(str(read)) else "read otherwise"


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_refused_in_words(text: str) -> None:
    assert re.fullmatch(r"|.*(bestaat niet|tot 2100|3-4-2021)\.", refusal(text), re.DOTALL)


@given(partial_dates(), st.sampled_from(["", "eind augustus 2020", "rond 2021"]))
def test_a_date_is_kept_with_the_words_of_its_source(day: PartialDate, own_words: str) -> None:
    known, field = PartialDate(day.year, day.part, day.day, own_words), PartialDateField()
    kept = field.get_prep_value(known)
    assert kept is not None
    assert field.from_db_value(kept, None, None) == field.to_python(kept) == known


@pytest.mark.parametrize(
    ("begin", "eind", "words"),
    [
        ("2021", "2023", "2021 tot en met 2023"),
        ("3e kwartaal 2020", "3e kwartaal 2021", "derde kwartaal 2020 tot en met derde kwartaal 2021"),
        ("eind augustus 2020", "eind augustus 2020", "eind augustus 2020"),
        ("voorjaar 2006", None, "vanaf voorjaar 2006"),
        (None, "2023", "tot en met 2023"),
        (None, None, ""),
    ],
)
def test_a_period_says_no_more_than_its_ends(begin: str | None, eind: str | None, words: str) -> None:
    assert format_partial_period(read_date(begin), read_date(eind)) == words


@pytest.mark.parametrize(
    ("described", "ended", "words"),
    [
        ("8 juni 2021", False, "Lopend in juni 2021"),
        ("2006", False, "Lopend in 2006"),
        ("zomer 2020", False, "Lopend in de zomer van 2020"),
        ("najaar 2020", False, "Lopend in het najaar van 2020"),
        ("Q3 2020", False, "Lopend in het derde kwartaal van 2020"),
        ("eind augustus 2020", False, "Lopend eind augustus 2020"),
        ("tweede helft van 2020", False, "Lopend in de tweede helft van 2020"),
        ("8 juni 2021", True, "Lopend, beschreven in juni 2021"),
        (None, True, "Lopend, datum onbekend"),
    ],
)
def test_a_state_stands_with_its_moment(described: str | None, ended: bool, words: str) -> None:
    assert with_moment("Lopend", read_date(described), ended=ended) == words


TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("described", "begin"),
    [
        ("9 juni 2021", "Ruim vijf jaar oud. Sinds juni 2021 heeft niemand"),
        ("2006", "Twintig jaar oud. Sinds 2006 heeft niemand"),
        ("29 november 2023", "Ruim drie jaar oud. Sinds november 2023"),
        ("1990", "36 jaar oud. Sinds 1990"),
    ],
)
def test_what_is_old_says_so(described: str, begin: str) -> None:
    assert age_note(read_date(described), TODAY, 3).startswith(begin)


@pytest.mark.parametrize("described", [None, "30 november 2023", "november 2023", "2023", "2026", "2030"])
def test_what_is_not_surely_old_is_not_called_so(described: str | None) -> None:
    assert age_note(read_date(described), TODAY, 3) == ""


def test_an_old_text_names_what_changed_since() -> None:
    notes = {year: age_note(PartialDate(year), TODAY, 3) for year in (2006, 2010, 2021)}
    assert [("CWI" in note, "Participatiewet" in note) for note in notes.values()] == [
        (True, True),
        (False, True),
        (False, False),
    ]


pytest_db = pytest.mark.django_db


@pytest_db
def test_an_entry_is_dated_by_itself_its_source_or_its_programme(create_blauwdruk: Any) -> None:
    bron = Bron.objects.create(titel="Bundel", slug="bundel", jaar=2011)
    programma = Programma.objects.create(naam="Plan", slug="plan", jaar_van=2001, jaar_tot=2002)
    dated = create_blauwdruk(laatst_gewijzigd="zomer 2020", herkomst=bron, programma=programma)
    of_source = create_blauwdruk(herkomst=bron, programma=programma)
    of_programme = create_blauwdruk(programma=programma)
    entries = [dated, of_source, of_programme, create_blauwdruk()]
    assert [str(entry.described) for entry in entries] == ["zomer 2020", "2011", "2002", "None"]
    assert [entry.jaar for entry in entries] == ["2020", "2011", "2002", "onbekend"]
    sorted_keys = Blauwdruk.objects.filter(pk__in=[entry.pk for entry in entries]).newest_first()
    assert [entry.pk for entry in sorted_keys] == [entry.pk for entry in entries]


@pytest_db
def test_another_year_of_a_source_or_programme_reaches_what_it_dates(create_blauwdruk: Any) -> None:
    bron = Bron.objects.create(titel="Bundel", slug="bundel", jaar=2011)
    programma = Programma.objects.create(naam="Plan", slug="plan", jaar_van=2001)
    entries = [
        create_blauwdruk(herkomst=bron),
        Project.objects.create(titel="P", slug="p", herkomst=bron),
        Verhaal.objects.create(titel="V", slug="v", herkomst=bron),
        create_blauwdruk(programma=programma),
        create_blauwdruk(laatst_gewijzigd="2020", herkomst=bron),
    ]
    bron.jaar, programma.jaar_tot = 2012, 2003
    bron.save()
    programma.save()
    for entry in entries:
        entry.refresh_from_db()
    days = [entry.peildatum for entry in entries]
    assert days == [date(2012, 1, 1)] * 3 + [date(2003, 1, 1), date(2020, 1, 1)]


@pytest_db
def test_newest_first_never_puts_what_is_surely_older_before_what_is_newer(create_blauwdruk: Any) -> None:
    texts = ["2020", "zomer 2020", "Q1 2020", "1-7-2020", "december 2019", "2019", "winter 2019", "31-12-2019"]
    for text in texts:
        create_blauwdruk(laatst_gewijzigd=text, slug=f"d-{texts.index(text)}")
    entries = list(Blauwdruk.objects.filter(slug__startswith="d-").newest_first())
    assert len(entries) == len(texts)
    for place, entry in enumerate(entries):
        assert not [other for other in entries[:place] if other.described.last < entry.described.first]


@pytest_db
def test_no_door_shows_a_state_without_its_moment(client: Client) -> None:
    programme = Blauwdruk.objects.get(nummer=20)
    assert programme.fase_met_moment == "Lopend in 2006"
    words = {fase.label for fase in Blauwdruk.Fase}
    for path in ("/blauwdrukken/work-first-in-brabant/", "/blauwdrukken/?zoek=work+first", "/"):
        html = client.get(path).content.decode()
        assert not [word for word in words if f">{word}<" in html], path
    data = client.get("/api/v1/blauwdrukken/work-first-in-brabant").json()
    assert (data["fase_met_moment"], data["beschreven"], data["laatst_gewijzigd"]) == ("Lopend in 2006", "2006", None)
    feed = client.get("/blauwdrukken.atom?zoek=work+first").content.decode()
    assert "Lopend in 2006. " in feed
    for address in ("/blauwdrukken/work-first-in-brabant.pdf", "/blauwdrukken/work-first-in-brabant.docx"):
        assert "Lopend in 2006" in " ".join(text_of(content_of(client.get(address))).split())
    for address in ("/blauwdrukken.csv", "/vergelijk/?b=work-first-in-brabant&b=talentvol"):
        assert "Lopend in 2006" in content_of(client.get(address)).decode()


@pytest_db
@pytest.mark.parametrize("path", ["/blauwdrukken/", "/projecten/", "/projecten/?status=lopend"])
def test_a_filter_asks_for_what_was_so_then(client: Client, path: str) -> None:
    options = [option.naam for facet in client.get(path).context["facetten"] for option in facet.options]
    assert "Lopend toen het werd opgeschreven" in options
    assert not {label for kind in (Blauwdruk.Fase, Project.Status) for label in kind.labels} & set(options)


@pytest_db
def test_an_old_entry_says_at_the_top_what_may_have_changed(client: Client) -> None:
    html = client.get("/blauwdrukken/work-first-in-brabant/").content.decode()
    assert html.count('class="leeftijd"') == 1
    assert html.index("Participatiewet") < html.index('id="doel"')


@pytest_db
def test_a_young_entry_has_no_note(client: Client, create_blauwdruk: Any) -> None:
    create_blauwdruk(slug="jong", laatst_gewijzigd=date.today() - timedelta(days=400))  # noqa: DTZ011 (any zone)
    assert 'class="leeftijd"' not in client.get("/blauwdrukken/jong/").content.decode()


@pytest_db
def test_a_project_of_a_period_tells_it_as_precise_as_it_is(client: Client) -> None:
    project = Project.objects.get(slug="blik-op-de-toekomst-midden-brabant")
    html = client.get(project.get_absolute_url()).content.decode()
    assert "derde kwartaal 2020 tot en met derde kwartaal 2021" in html
    rows = {row["slug"]: row for row in client.get("/api/v1/projecten?regio=midden-brabant").json()["resultaten"]}
    row = rows[project.slug]
    assert (row["begin"], row["eind"], row["periode_begin"]) == ("2020-35", "2021-35", None)
    assert row["periode"] == "derde kwartaal 2020 tot en met derde kwartaal 2021"
    assert (row["beschreven"], row["beschreven_in_woorden"]) == ("2021-06-21", "21 juni 2021")
    dashboard = client.get("/api/v1/projecten?programma=pact-brabant-2019-2020").json()["resultaten"]
    assert {(row["beschreven"], row["beschreven_in_woorden"]) for row in dashboard} == {
        ("2019-08-20", "20 augustus 2019"),
        ("2020-07-06", "6 juli 2020"),
    }


@pytest_db
def test_no_door_shows_the_status_of_a_project_without_its_moment(client: Client) -> None:
    slug, said = "dashboard-jeugdwerkloosheid-brabant", "Verkend in juli 2020"
    words = {status.label for status in Project.Status}
    pages = (f"/projecten/{slug}/", "/projecten/?zoek=dashboard", "/programmas/pact-brabant-2019-2020/")
    for path in pages:
        html = client.get(path).content.decode()
        assert said in html, path
        assert not [word for word in words if f">{word}<" in html], path


MIGRATION: Any = import_module("blauwdrukken.migrations.0007_precisie")


@pytest.mark.parametrize(
    ("day", "note", "edtf"),
    [
        ("2020-08-01", "De precieze dag ontbreekt, daarom staat hier het begin van de maand.", "2020-08"),
        ("2020-07-01", "De bron noemt alleen kwartalen.", "2020-35"),
        ("2021-09-30", "De dagen zijn het begin en het eind van die kwartalen.", "2021-35"),
        ("2006-03-01", "De bron noemt alleen het voorjaar van 2006.", "2006-21"),
        ("2021-01-01", "De bron noemt alleen de jaren 2021 tot en met 2023, geen dag of maand.", "2021"),
        ("2023-12-31", "De subsidie eindigt in 2023; de dag is niet genoemd.", "2023"),
        ("2005-01-01", "De bron noemt alleen het jaar 2005 als start en geen einde.", "2005"),
        ("2006-04-01", "De dag en het einde staan niet in de bron.", "2006-04"),
        ("2004-01-01", "Dit is de looptijd van de proef.", "2004-01-01"),
        ("2020-09-14", "De dag staat in de bron, in het najaar.", "2020-09-14"),
        ("2021-12-31", "De bron noemt een budget tot 31 december 2021.", "2021-12-31"),
        (None, "De dag ontbreekt.", None),
        ("2020-35", "De bron noemt alleen kwartalen.", "2020-35"),
    ],
)
def test_an_upgrade_keeps_of_a_day_what_its_note_admits(day: str | None, note: str, edtf: str | None) -> None:
    assert MIGRATION.admitted(day, note) == edtf


@pytest_db
def test_an_upgrade_reaches_projects_their_drafts_and_what_is_planned(create_blauwdruk: Any) -> None:
    blauwdruk = create_blauwdruk(laatst_gewijzigd="2021-06-08")
    project = Project(titel="P", slug="p", blauwdruk=blauwdruk, periode_begin="2020-07-01")
    project.periode_toelichting = "De bron noemt alleen kwartalen."
    project.save()
    revision = project.save_revision()
    del revision.content["datum"], revision.content["herkomst"], revision.content["bron"]
    revision.save()
    MIGRATION.projecten_en_versies(apps, None)
    MIGRATION.peildatums(apps, None)
    project.refresh_from_db()
    assert (project.periode_begin.edtf, str(project.datum)) == ("2020-35", "8 juni 2021")
    draft = Project.objects.get(pk=project.pk).get_latest_revision_as_object()
    assert (draft.periode_begin.edtf, str(draft.datum)) == ("2020-35", "8 juni 2021")
    project.get_latest_revision().publish()
    project = Project.objects.get(pk=project.pk)
    assert (project.live, project.status_met_moment) == (True, "Verkend in juni 2021")
