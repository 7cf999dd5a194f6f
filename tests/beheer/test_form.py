"""What the editing forms ask, offer and refuse."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml.html import fromstring

from blauwdrukken.models import Bestand, Blauwdruk, Kerncijfer, Kostenpost, Organisatie, Partij, Verhaal
from blauwdrukken.secties import SECTIES, Soort
from kennisbank.models import User
from regios.models import Regio
from tests.beheer.entries import create_entry
from tests.beheer.people import beheer, client_of, filled_in, open_form
from tests.uploads import files

CHOOSER_URL = "/beheer/snippets/choose/blauwdrukken/organisatie/"


@pytest.fixture
def own_blauwdruk(coordinator: User) -> Blauwdruk:
    return create_entry(Blauwdruk, "eigen", coordinator.regios.get())


def bestand(titel: str, door: User | None = None) -> Bestand:
    return Bestand.objects.create(title=titel, file=ContentFile(files.pdf(), name="plan.pdf"), uploaded_by_user=door)


def with_document(bestand: Bestand) -> dict[str, Any]:
    row = {"id": "", "titel": "Draaiboek", "soort": "overig", "bestand": bestand.pk, "ORDER": 1}
    return {"werkdocumenten-TOTAL_FORMS": 1} | {f"werkdocumenten-0-{field}": value for field, value in row.items()}


def editor_text(*texts: str) -> str:
    """What the editor sends of a list, each line of it one deeper."""
    empty: dict[str, Any] = {"inlineStyleRanges": [], "entityRanges": [], "data": {}}
    kind = "unordered-list-item"
    lines = [{"key": str(n), "text": text, "type": kind, "depth": n} | empty for n, text in enumerate(texts)]
    return json.dumps({"blocks": lines, "entityMap": {}})


def latest_draft(entry: Any) -> Any:
    return type(entry).objects.get(pk=entry.pk).get_latest_revision_as_object()


def edit_page(user: User, entry: Any) -> str:
    return client_of(user).get(f"{beheer(entry)}edit/{entry.pk}/").content.decode()


def test_a_file_of_another_region_is_never_attached_to_a_row(
    coordinator: User, send_edit: Any, own_blauwdruk: Blauwdruk
) -> None:
    response = send_edit(coordinator, own_blauwdruk, titel="Gewijzigd", **with_document(bestand("Geheim plan")))
    assert "Selecteer een geldige keuze" in response.content.decode()
    assert list(latest_draft(own_blauwdruk).werkdocumenten.all()) == []
    assert "Geheim plan" not in response.content.decode()


def test_a_file_that_was_attached_stays_whoever_saves(
    coordinator: User, send_edit: Any, own_blauwdruk: Blauwdruk
) -> None:
    send_edit(coordinator, own_blauwdruk, **with_document(bestand("Eigen plan", coordinator)))
    (document,) = latest_draft(own_blauwdruk).werkdocumenten.all()
    Bestand.objects.update(uploaded_by_user=None)
    send_edit(coordinator, latest_draft(own_blauwdruk), titel="Later", **{"werkdocumenten-0-id": ""})
    assert [row.bestand for row in latest_draft(own_blauwdruk).werkdocumenten.all()] == [document.bestand]
    assert latest_draft(own_blauwdruk).titel == "Later"


def test_every_section_shows_its_question_its_help_and_an_example(secretary: User, own_blauwdruk: Blauwdruk) -> None:
    html = edit_page(secretary, own_blauwdruk).replace("&#x27;", "'")
    places = []
    for sectie in SECTIES:
        assert f"{sectie.hulp} Bijvoorbeeld: {sectie.voorbeeld}" in html
        if sectie.soort is not Soort.KEUZE:
            assert sectie.kop in html
            places.append((list(type(sectie.groep)).index(sectie.groep), html.index(sectie.hulp)))
        assert sectie.vraag in html
    assert sorted(places) == sorted(places, key=lambda place: place[1])


def test_regions_and_themes_are_ticked_one_by_one(secretary: User, own_blauwdruk: Blauwdruk) -> None:
    html = edit_page(secretary, own_blauwdruk)
    for field, count in (("regios", Regio.objects.count()), ("themas", 0), ("doelgroepen", 0)):
        assert html.count(f'name="{field}"') >= max(count, 1)
        assert f'<select name="{field}"' not in html


def test_an_organisation_is_found_by_part_of_its_name(coordinator: User) -> None:
    Organisatie.objects.create(naam="Stichting Zoutkeet", andere_namen="SZK")
    client = client_of(coordinator)
    for zoek in ("zoutk", "keet sticht", "szk"):
        assert "Stichting Zoutkeet" in client.get(f"{CHOOSER_URL}results/", {"q": zoek}).content.decode()
    for zoek in ("bestaatniet", "%", "\x00", '"'):
        response = client.get(f"{CHOOSER_URL}results/", {"q": zoek})
        assert response.status_code == 200
    assert "Stichting Zoutkeet" not in client.get(f"{CHOOSER_URL}results/", {"q": "bestaatniet"}).content.decode()


def test_a_coordinator_adds_an_organisation_while_choosing(coordinator: User) -> None:
    response = client_of(coordinator).post(
        f"{CHOOSER_URL}create/", {"naam": " Stichting  Zoutkeet ", "soort": "overig"}
    )
    made = Organisatie.objects.get(naam="Stichting Zoutkeet")
    assert response.json()["step"] == "chosen"
    assert response.json()["result"]["id"] == str(made.pk)


@pytest.mark.parametrize("name", ["stichting zoutkeet", "szk", "Stichting  Zoutkeet"])
def test_an_organisation_that_is_there_is_not_made_again(coordinator: User, name: str) -> None:
    Organisatie.objects.create(naam="Stichting Zoutkeet", andere_namen="SZK\nZoutkeet BV")
    response = client_of(coordinator).post(f"{CHOOSER_URL}create/", {"naam": name, "soort": "overig"})
    assert "Deze organisatie is er al: Stichting Zoutkeet." in response.json()["htmlFragment"]
    assert Organisatie.objects.filter(naam__icontains="zoutkeet").count() == 1


def test_who_may_not_add_an_organisation_only_chooses(client_as: Any) -> None:
    client: Client = client_as("Werkgeversorganisatie")
    assert "Nieuwe organisatie" not in client.get(CHOOSER_URL).json()["html"]
    client.post(f"{CHOOSER_URL}create/", {"naam": "Stiekem", "soort": "overig"})
    assert not Organisatie.objects.filter(naam="Stiekem").exists()


def test_a_story_keeps_its_blueprints_and_gets_more(secretary: User, send_edit: Any) -> None:
    first, second, third = Blauwdruk.objects.published()[:3]
    verhaal = create_entry(Verhaal, "verhaal", Regio.objects.all()[0])
    send_edit(secretary, verhaal, blauwdrukken=[first.pk, "", second.pk, first.pk])
    assert set(latest_draft(verhaal).blauwdrukken.all()) == {first, second}
    html = edit_page(secretary, verhaal)
    assert str(first) in html
    assert str(third) not in html
    send_edit(secretary, latest_draft(verhaal), blauwdrukken=["", str(third.pk)])
    assert set(latest_draft(verhaal).blauwdrukken.all()) == {third}


def test_opening_a_form_asks_the_database_no_more_for_more_rows(secretary: User, own_blauwdruk: Blauwdruk) -> None:
    def questions() -> int:
        client = client_of(secretary)
        client.get(f"{beheer(own_blauwdruk)}edit/{own_blauwdruk.pk}/")
        with CaptureQueriesContext(connection) as requested:
            client.get(f"{beheer(own_blauwdruk)}edit/{own_blauwdruk.pk}/")
        return len(requested)

    def with_partijen(count: int) -> int:
        own_blauwdruk.partijen = [Partij(organisatie=organisatie, rol="anders") for organisatie in organisaties[:count]]
        own_blauwdruk.save_revision()
        return questions()

    organisaties = [Organisatie.objects.create(naam=f"Organisatie {nummer}") for nummer in range(20)]
    few = with_partijen(2)
    assert with_partijen(20) == few
    assert few <= 37
    html = edit_page(secretary, own_blauwdruk)
    assert all(f"Organisatie {nummer}" in html for nummer in range(20))


def test_a_draft_with_errors_keeps_what_was_typed_and_says_what_is_wrong(
    secretary: User, send_edit: Any, own_blauwdruk: Blauwdruk
) -> None:
    row = {"id": "", "omschrijving": "Huur van de bus", "bedrag_van": "veel", "eenheid": "dag", "btw": "onbekend"}
    rows = {"kosten-TOTAL_FORMS": 1, "kosten-0-ORDER": 1} | {f"kosten-0-{field}": w for field, w in row.items()}
    response = send_edit(secretary, own_blauwdruk, titel="Getypte titel", **rows)
    html = response.content.decode()
    assert "Voer een getal in" in html
    assert 'value="Huur van de bus"' in html
    assert 'value="veel"' in html
    assert 'value="Getypte titel"' in html
    assert "action-publish" in html
    assert latest_draft(own_blauwdruk).titel != "Getypte titel"


@pytest.mark.parametrize(
    ("row_kind", "row"),
    [
        ("partijen", {"rol": "adviseur", "toelichting": "Denkt mee"}),
        ("kosten", {"bedrag_van": "9", "bedrag_tot": "3", "eenheid": "dag", "btw": "onbekend", "omschrijving": "Zaal"}),
        ("werkdocumenten", {"titel": "Plan", "soort": "overig", "link": "geen-link"}),
    ],
)
def test_a_half_filled_row_is_kept_on_the_screen(
    secretary: User, send_edit: Any, own_blauwdruk: Blauwdruk, row_kind: str, row: dict[str, str]
) -> None:
    fields = {f"{row_kind}-0-{field}": value for field, value in ({"id": "", "ORDER": "1"} | row).items()}
    response = send_edit(secretary, own_blauwdruk, **fields | {f"{row_kind}-TOTAL_FORMS": 1, "titel": "Later"})
    html = response.content.decode()
    assert response.status_code == 200
    assert "error-message" in html
    assert all(value in html for value in row.values())


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"bedrag_van": "9", "bedrag_tot": "3"}, "Dit bedrag is lager dan het bedrag bij “vanaf”."),
        ({"eenheid": "totaal", "soort": "prijs"}, "Een prijs geldt ergens voor."),
        ({"eenheid": "jaar", "hoe_vaak": "eenmalig"}, "Een bedrag per jaar is niet eenmalig."),
    ],
)
def test_what_cannot_be_of_an_amount_is_said_beside_its_field(
    secretary: User, send_edit: Any, own_blauwdruk: Blauwdruk, row: dict[str, str], message: str
) -> None:
    whole = {"id": "", "ORDER": "1", "omschrijving": "Zaal", "btw": "onbekend", "eenheid": "dag"}
    whole |= {"soort": "kosten", "hoe_vaak": "onbekend"} | row
    fields = {f"kosten-0-{name}": value for name, value in whole.items()} | {"kosten-TOTAL_FORMS": 1}
    response = send_edit(secretary, own_blauwdruk, **fields)
    [wrong] = fromstring(response.content.decode()).xpath('//*[contains(@class, "error-message")]')
    assert message in wrong.text_content()
    field = {"Dit": "bedrag_tot", "Een prijs": "eenheid", "Een bedrag": "hoe_vaak"}
    place = next(name for words, name in field.items() if message.startswith(words))
    assert str(wrong.getparent().get("id")).endswith(f"-child-{place}-errors")


def test_an_amount_of_before_is_saved_again_as_it_is(secretary: User, send_edit: Any, own_blauwdruk: Blauwdruk) -> None:
    own_blauwdruk.kosten = [Kostenpost(omschrijving="Zaal", bedrag_van=3, eenheid="stuk")]
    own_blauwdruk.kerncijfers = [Kerncijfer(waarde="9", omschrijving="zalen")]
    own_blauwdruk.save()
    own_blauwdruk.save_revision()
    answer = send_edit(secretary, own_blauwdruk, titel="Opnieuw bewaard").content.decode()
    assert "error-message" not in answer
    draft = latest_draft(own_blauwdruk)
    assert draft.titel == "Opnieuw bewaard"
    assert [(post.soort, post.hoe_vaak) for post in draft.kosten.all()] == [("onbekend", "onbekend")]
    assert [cijfer.soort for cijfer in draft.kerncijfers.all()] == ["onbekend"]


def test_an_empty_title_is_a_draft_that_can_be_saved_but_not_published(
    secretary: User, send_edit: Any, draft: Blauwdruk
) -> None:
    send_edit(secretary, draft, titel="", samenvatting="")
    assert latest_draft(draft).titel == ""
    html = send_edit(
        secretary, latest_draft(draft), "action-publish", titel="", samenvatting="Blijft staan"
    ).content.decode()
    assert "Dit is een verplicht veld" in html
    assert "Blijft staan" in html
    assert not Blauwdruk.objects.get(pk=draft.pk).live


def test_a_story_refuses_a_blueprint_that_does_not_exist(secretary: User, send_edit: Any) -> None:
    verhaal = create_entry(Verhaal, "verhaal", Regio.objects.all()[0])
    for nonsense in ("abc", "999999", "-1"):
        response = send_edit(secretary, verhaal, blauwdrukken=[nonsense])
        assert response.status_code == 200
        assert list(latest_draft(verhaal).blauwdrukken.all()) == []


@pytest.mark.parametrize(
    "strange",
    [
        {"regios": ["9" * 30]},
        {
            "werkdocumenten-TOTAL_FORMS": 1,
            "werkdocumenten-INITIAL_FORMS": 1,
            "werkdocumenten-0-titel": "Zonder sleutel",
        },
        {
            "werkdocumenten-TOTAL_FORMS": 1,
            "werkdocumenten-INITIAL_FORMS": 1,
            "werkdocumenten-0-id": "x",
        },
        {"werkdocumenten-TOTAL_FORMS": "veel"},
        {"doel": "geen tekst van de editor"},
        {"doel": "[]"},
        {"doel": '{"blocks": null}'},
        {"doel": editor_text(*[""] * 300)},
    ],
    ids=[
        "a number beyond measure",
        "a row without its key",
        "a row with a key that is none",
        "no number of rows",
        "a text that is no JSON",
        "a text that is a list",
        "a text without blocks",
        "a list in a list in a list",
    ],
)
def test_a_form_that_no_browser_sends_is_never_an_error_of_ours(
    coordinator: User, send_edit: Any, own_blauwdruk: Blauwdruk, strange: dict[str, Any]
) -> None:
    before, titel = Blauwdruk.objects.filter(pk=own_blauwdruk.pk).values().get(), latest_draft(own_blauwdruk).titel
    response = send_edit(coordinator, own_blauwdruk, **strange)
    assert response.status_code in (200, 400)
    after = Blauwdruk.objects.filter(pk=own_blauwdruk.pk).values().get()
    other = {field for field in before if before[field] != after[field]}
    assert other <= {"latest_revision_id", "has_unpublished_changes"}
    assert latest_draft(own_blauwdruk).titel == titel


def test_half_an_emoji_costs_no_text(secretary: User, send_edit: Any, own_blauwdruk: Blauwdruk) -> None:
    assert send_edit(secretary, own_blauwdruk, doel=editor_text("Werk \ud83d voor iedereen")).status_code == 200
    assert "Werk ? voor iedereen" in latest_draft(own_blauwdruk).doel


def test_a_blueprint_with_many_rows_can_be_saved(secretary: User, own_blauwdruk: Blauwdruk) -> None:
    client, url = client_of(secretary), f"{beheer(own_blauwdruk)}edit/{own_blauwdruk.pk}/"
    data = filled_in(open_form(client, url))
    row_fields = {"id": "", "ORDER": "", "omschrijving": "Huur", "bedrag_van": 1, "bedrag_tot": 1, "eenheid": "",
                      "btw": "", "toelichting": ""}  # fmt: skip
    for nummer in range(150):
        data |= {f"kosten-{nummer}-{name}": value for name, value in row_fields.items()}
    data |= {"kosten-TOTAL_FORMS": 150}
    assert client.post(url, data).status_code == 302
    assert latest_draft(own_blauwdruk).kosten.count() == 150


def test_what_is_drawn_is_not_sent_as_data_too(secretary: User, own_blauwdruk: Blauwdruk) -> None:
    html = edit_page(secretary, own_blauwdruk)
    assert "w-edit-handler-data" in html
    assert "wagtail.panels.FieldPanel" not in html
