"""What the editor saves by itself: nothing piles up, nothing is lost."""

from __future__ import annotations

from typing import Any

from django.test import Client

from blauwdrukken.models import Blauwdruk
from kennisbank.models import User
from tests.beheer.people import beheer, client_of, filled_in, open_form


def autosave(client: Client, entry: Any, overwritten: Any = "", **fields: Any) -> dict[str, Any]:
    """Send the form as the editor does by itself, over the revision it made before."""
    url = f"{beheer(entry)}edit/{entry.pk}/"
    data = filled_in(open_form(client, url)) | fields
    data |= {"overwrite_revision_id": overwritten} if overwritten else {}
    response = client.post(url, data, headers={"accept": "application/json"})
    outcome: dict[str, Any] = response.json()
    return outcome


def test_one_sitting_is_one_revision_and_one_line_of_history(coordinator: User, draft: Blauwdruk) -> None:
    client, first = client_of(coordinator), draft.revisions.count()
    listing = f"{beheer(draft)}history/{draft.pk}/"
    lines = len(client.get(listing).context["object_list"])
    overwritten = ""
    for word in ("een", "twee", "drie"):
        outcome = autosave(client, draft, overwritten, toelichting=word)
        assert outcome["success"], outcome
        overwritten = outcome["revision_id"]
    assert draft.revisions.count() == first + 1
    assert len(client.get(listing).context["object_list"]) == lines + 1
    assert Blauwdruk.objects.get(pk=draft.pk).get_latest_revision_as_object().toelichting == "drie"


def test_a_half_filled_row_takes_no_other_row_away(coordinator: User, draft: Blauwdruk) -> None:
    client = client_of(coordinator)
    row = {
        "kosten-0-omschrijving": "Huur",
        "kosten-0-eenheid": "jaar",
        "kosten-0-btw": "onbekend",
        "kosten-0-ORDER": "1",
    }
    assert autosave(client, draft, **{"kosten-TOTAL_FORMS": "1", **row})["success"]
    half = {"kosten-TOTAL_FORMS": "2", "kosten-1-bedrag_van": "250", "kosten-1-eenheid": "jaar", "kosten-1-ORDER": "2"}
    outcome = autosave(client, draft, **half)
    saved = Blauwdruk.objects.get(pk=draft.pk).get_latest_revision_as_object()
    assert "Huur" in [post.omschrijving for post in saved.kosten.all()]
    assert outcome["success"] is (saved.kosten.count() == 2)


def test_what_stands_in_the_way_of_saving_is_named(coordinator: User, draft: Blauwdruk) -> None:
    partij = {"partijen-TOTAL_FORMS": "1", "partijen-0-toelichting": "Werft", "partijen-0-ORDER": "1"}
    outcome = autosave(client_of(coordinator), draft, laatst_gewijzigd="32-13-2026", **partij)
    assert outcome["error_code"] == "validation_error"
    names = "Datum blauwdruk, Partijen (organisatie)"
    assert outcome["error_message"] == f"Uw laatste tekst is nog niet bewaard. Kijk eerst naar: {names}."


def test_what_stands_in_the_way_of_saving_a_new_entry_is_named(coordinator: User) -> None:
    url = "/beheer/snippets/blauwdrukken/blauwdruk/add/"
    data = filled_in(open_form(client_of(coordinator), url)) | {"laatst_gewijzigd": "32-13-2026"}
    response = client_of(coordinator).post(url, data, headers={"accept": "application/json"})
    assert "Datum blauwdruk" in response.json()["error_message"]


def test_an_added_row_in_which_nothing_stands_yet_stands_in_the_way_of_nothing(
    coordinator: User, draft: Blauwdruk
) -> None:
    empty = {"partijen-TOTAL_FORMS": "1", "partijen-0-ORDER": "1", "partijen-0-rol": "", "partijen-0-organisatie": ""}
    empty |= {
        "kosten-TOTAL_FORMS": "1",
        "kosten-0-ORDER": "1",
        "kosten-0-soort": "onbekend",
        "kosten-0-eenheid": "totaal",
        "kosten-0-hoe_vaak": "onbekend",
        "kosten-0-btw": "onbekend",
    }
    outcome = autosave(client_of(coordinator), draft, toelichting="Wel bewaard.", **empty)
    assert outcome["success"], outcome
    saved = Blauwdruk.objects.get(pk=draft.pk).get_latest_revision_as_object()
    assert (saved.toelichting, saved.partijen.count(), saved.kosten.count()) == ("Wel bewaard.", 0, 0)
