"""What the editor saves by itself: nothing piles up, nothing is lost."""

from __future__ import annotations

from typing import Any

from django.test import Client

from blauwdrukken.models import Blauwdruk
from kennisbank.models import User
from tests.beheer.people import beheer, client_of, filled_in


def autosave(client: Client, entry: Any, over: Any = "", **velden: Any) -> dict[str, Any]:
    """Send the form as the editor does by itself, over the revision it made before."""
    adres = f"{beheer(entry)}edit/{entry.pk}/"
    gegevens = filled_in(client.get(adres).context["form"]) | velden
    gegevens |= {"overwrite_revision_id": over} if over else {}
    antwoord = client.post(adres, gegevens, headers={"accept": "application/json"})
    uitkomst: dict[str, Any] = antwoord.json()
    return uitkomst


def test_one_sitting_is_one_revision_and_one_line_of_history(coordinator: User, draft: Blauwdruk) -> None:
    client, eerst = client_of(coordinator), draft.revisions.count()
    lijst = f"{beheer(draft)}history/{draft.pk}/"
    regels = len(client.get(lijst).context["object_list"])
    over = ""
    for woord in ("een", "twee", "drie"):
        uitkomst = autosave(client, draft, over, toelichting=woord)
        assert uitkomst["success"], uitkomst
        over = uitkomst["revision_id"]
    assert draft.revisions.count() == eerst + 1
    assert len(client.get(lijst).context["object_list"]) == regels + 1
    assert Blauwdruk.objects.get(pk=draft.pk).get_latest_revision_as_object().toelichting == "drie"


def test_a_half_filled_row_takes_no_other_row_away(coordinator: User, draft: Blauwdruk) -> None:
    client = client_of(coordinator)
    rij = {
        "kosten-0-omschrijving": "Huur",
        "kosten-0-eenheid": "jaar",
        "kosten-0-btw": "onbekend",
        "kosten-0-ORDER": "1",
    }
    assert autosave(client, draft, **{"kosten-TOTAL_FORMS": "1", **rij})["success"]
    half = {"kosten-TOTAL_FORMS": "2", "kosten-1-bedrag_van": "250", "kosten-1-eenheid": "jaar", "kosten-1-ORDER": "2"}
    uitkomst = autosave(client, draft, **half)
    bewaard = Blauwdruk.objects.get(pk=draft.pk).get_latest_revision_as_object()
    assert "Huur" in [post.omschrijving for post in bewaard.kosten.all()]
    assert uitkomst["success"] is (bewaard.kosten.count() == 2)


def test_what_stands_in_the_way_of_saving_is_named(coordinator: User, draft: Blauwdruk) -> None:
    partij = {"partijen-TOTAL_FORMS": "1", "partijen-0-toelichting": "Werft", "partijen-0-ORDER": "1"}
    uitkomst = autosave(client_of(coordinator), draft, laatst_gewijzigd="32-13-2026", **partij)
    assert uitkomst["error_code"] == "validation_error"
    namen = "Datum blauwdruk, Partijen (organisatie)"
    assert uitkomst["error_message"] == f"Uw laatste tekst is nog niet bewaard. Kijk eerst naar: {namen}."


def test_what_stands_in_the_way_of_saving_a_new_entry_is_named(coordinator: User) -> None:
    adres = "/beheer/snippets/blauwdrukken/blauwdruk/add/"
    gegevens = filled_in(client_of(coordinator).get(adres).context["form"]) | {"laatst_gewijzigd": "32-13-2026"}
    antwoord = client_of(coordinator).post(adres, gegevens, headers={"accept": "application/json"})
    assert "Datum blauwdruk" in antwoord.json()["error_message"]


def test_an_added_row_in_which_nothing_stands_yet_stands_in_the_way_of_nothing(
    coordinator: User, draft: Blauwdruk
) -> None:
    leeg = {"partijen-TOTAL_FORMS": "1", "partijen-0-ORDER": "1", "partijen-0-rol": "", "partijen-0-organisatie": ""}
    leeg |= {"kosten-TOTAL_FORMS": "1", "kosten-0-ORDER": "1", "kosten-0-eenheid": "totaal", "kosten-0-btw": "onbekend"}
    uitkomst = autosave(client_of(coordinator), draft, toelichting="Wel bewaard.", **leeg)
    assert uitkomst["success"], uitkomst
    bewaard = Blauwdruk.objects.get(pk=draft.pk).get_latest_revision_as_object()
    assert (bewaard.toelichting, bewaard.partijen.count(), bewaard.kosten.count()) == ("Wel bewaard.", 0, 0)
