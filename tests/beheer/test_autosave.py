"""What the editor saves by itself: nothing piles up, nothing is lost."""

from __future__ import annotations

from typing import Any

from django.test import Client

from blauwdrukken.models import Blauwdruk
from kennisbank.models import User
from tests.beheer.people import beheer, client_van, ingevuld


def bewaar_vanzelf(client: Client, entry: Any, over: Any = "", **velden: Any) -> dict[str, Any]:
    """Send the form as the editor does by itself, over the revision it made before."""
    adres = f"{beheer(entry)}edit/{entry.pk}/"
    gegevens = ingevuld(client.get(adres).context["form"]) | velden
    gegevens |= {"overwrite_revision_id": over} if over else {}
    antwoord = client.post(adres, gegevens, headers={"accept": "application/json"})
    uitkomst: dict[str, Any] = antwoord.json()
    return uitkomst


def test_one_sitting_is_one_revision_and_one_line_of_history(coordinator: User, concept: Blauwdruk) -> None:
    client, eerst = client_van(coordinator), concept.revisions.count()
    lijst = f"{beheer(concept)}history/{concept.pk}/"
    regels = len(client.get(lijst).context["object_list"])
    over = ""
    for woord in ("een", "twee", "drie"):
        uitkomst = bewaar_vanzelf(client, concept, over, toelichting=woord)
        assert uitkomst["success"], uitkomst
        over = uitkomst["revision_id"]
    assert concept.revisions.count() == eerst + 1
    assert len(client.get(lijst).context["object_list"]) == regels + 1
    assert Blauwdruk.objects.get(pk=concept.pk).get_latest_revision_as_object().toelichting == "drie"


def test_a_half_filled_row_takes_no_other_row_away(coordinator: User, concept: Blauwdruk) -> None:
    client = client_van(coordinator)
    rij = {
        "kosten-0-omschrijving": "Huur",
        "kosten-0-eenheid": "jaar",
        "kosten-0-btw": "onbekend",
        "kosten-0-ORDER": "1",
    }
    assert bewaar_vanzelf(client, concept, **{"kosten-TOTAL_FORMS": "1", **rij})["success"]
    half = {"kosten-TOTAL_FORMS": "2", "kosten-1-bedrag_van": "250", "kosten-1-eenheid": "jaar", "kosten-1-ORDER": "2"}
    uitkomst = bewaar_vanzelf(client, concept, **half)
    bewaard = Blauwdruk.objects.get(pk=concept.pk).get_latest_revision_as_object()
    assert "Huur" in [post.omschrijving for post in bewaard.kosten.all()]
    assert uitkomst["success"] is (bewaard.kosten.count() == 2)


def test_what_stands_in_the_way_of_saving_is_named(coordinator: User, concept: Blauwdruk) -> None:
    partij = {"partijen-TOTAL_FORMS": "1", "partijen-0-toelichting": "Werft", "partijen-0-ORDER": "1"}
    uitkomst = bewaar_vanzelf(client_van(coordinator), concept, laatst_gewijzigd="32-13-2026", **partij)
    assert uitkomst["error_code"] == "validation_error"
    namen = "Datum blauwdruk, Partijen (organisatie)"
    assert uitkomst["error_message"] == f"Uw laatste tekst is nog niet bewaard. Kijk eerst naar: {namen}."


def test_what_stands_in_the_way_of_saving_a_new_entry_is_named(coordinator: User) -> None:
    adres = "/beheer/snippets/blauwdrukken/blauwdruk/add/"
    gegevens = ingevuld(client_van(coordinator).get(adres).context["form"]) | {"laatst_gewijzigd": "32-13-2026"}
    antwoord = client_van(coordinator).post(adres, gegevens, headers={"accept": "application/json"})
    assert "Datum blauwdruk" in antwoord.json()["error_message"]


def test_an_added_row_in_which_nothing_stands_yet_stands_in_the_way_of_nothing(
    coordinator: User, concept: Blauwdruk
) -> None:
    leeg = {"partijen-TOTAL_FORMS": "1", "partijen-0-ORDER": "1", "partijen-0-rol": "", "partijen-0-organisatie": ""}
    leeg |= {"kosten-TOTAL_FORMS": "1", "kosten-0-ORDER": "1", "kosten-0-eenheid": "totaal", "kosten-0-btw": "onbekend"}
    uitkomst = bewaar_vanzelf(client_van(coordinator), concept, toelichting="Wel bewaard.", **leeg)
    assert uitkomst["success"], uitkomst
    bewaard = Blauwdruk.objects.get(pk=concept.pk).get_latest_revision_as_object()
    assert (bewaard.toelichting, bewaard.partijen.count(), bewaard.kosten.count()) == ("Wel bewaard.", 0, 0)
