"""Two people on one entry: nothing that somebody saved is written over unseen."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import WorkflowState

from blauwdrukken.beheer.concurrency.differences import gelijkgezet
from blauwdrukken.beheer.concurrency.guard import Gelijktijdig
from blauwdrukken.models import Blauwdruk, Kostenpost, Project, Thema, Verhaal
from kennisbank.models import Pagina, User
from tests.beheer.people import beheer, client_van
from tests.beheer.screens import Scherm, gewijzigd, laatste, opnieuw, tekst

ACTIES = ["", "action-publish", "action-submit", "action-workflow-action", "action-cancel-workflow"]


@pytest.mark.parametrize("actie", ACTIES)
def test_every_button_is_refused_on_an_older_revision(
    secretaris: User, maak_user: Any, stuk: Blauwdruk, actie: str
) -> None:
    een, twee = Scherm(secretaris, stuk), Scherm(secretaris, stuk)
    assert een.stuur(samenvatting="Van de eerste.").status_code == 302
    voor = Blauwdruk.objects.get(pk=stuk.pk)
    antwoord = twee.stuur(actie, samenvatting="Van de tweede.")
    na = Blauwdruk.objects.get(pk=stuk.pk)
    assert antwoord.status_code == 409
    assert na.latest_revision_id == voor.latest_revision_id
    assert na.live_revision_id == voor.live_revision_id
    assert not WorkflowState.objects.exists()
    assert laatste(stuk).samenvatting == "Van de eerste."
    assert "Van de tweede." in tekst(antwoord)


def test_taking_back_or_approving_on_an_older_revision_leaves_the_review_as_it_was(
    bewerk: Any, coordinator: User, secretaris: User, concept: Blauwdruk
) -> None:
    bewerk(coordinator, concept, "action-submit")
    auteur, collega, ander = Scherm(coordinator, concept), Scherm(secretaris, concept), Scherm(secretaris, concept)
    collega.stuur(samenvatting="Verbeterd.")
    goedkeuren = {"workflow-action-name": "approve", "workflow-action-extra-data": json.dumps({})}
    assert auteur.stuur("action-cancel-workflow").status_code == 409
    assert ander.stuur("action-workflow-action", **goedkeuren).status_code == 409
    concept.refresh_from_db()
    assert concept.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    assert not concept.live


def test_the_page_says_who_saved_and_what_differs(secretaris: User, coordinator: User, stuk: Blauwdruk) -> None:
    een, twee = Scherm(secretaris, stuk), Scherm(secretaris, stuk)
    een.stuur(samenvatting="Een nieuwe bus.")
    html = tekst(twee.stuur(samenvatting="Een oude bus."))
    assert "<strong>Saskia</strong> heeft dit bewaard op" in html
    assert '<span class="deletion">nieuwe' in html
    assert '<span class="addition">oude' in html
    assert "w-autosave#save" not in html


def test_saving_again_keeps_the_own_text(secretaris: User, stuk: Blauwdruk) -> None:
    een, twee = Scherm(secretaris, stuk), Scherm(secretaris, stuk)
    een.stuur(samenvatting="Van de eerste.")
    antwoord = twee.stuur(samenvatting="Van de tweede.")
    assert opnieuw(twee, antwoord).status_code == 302
    assert laatste(stuk).samenvatting == "Van de tweede."
    assert "Van de eerste." in {revision.as_object().samenvatting for revision in stuk.revisions.all()}


def test_what_only_the_other_changed_stays_as_the_other_saved_it(secretaris: User, stuk: Blauwdruk) -> None:
    een, twee = Scherm(secretaris, stuk), Scherm(secretaris, stuk)
    matching = Thema.objects.get(slug="matching")
    een.stuur(titel="Banentrein", themas=[matching.pk], **{"kosten-0-omschrijving": "Stroom"})
    antwoord = twee.stuur(samenvatting="Van de tweede.")
    assert gewijzigd(antwoord) == {"titel": "hun", "themas": "hun", "kosten": "hun", "samenvatting": "uw"}
    assert opnieuw(twee, antwoord).status_code == 302
    nu = laatste(stuk)
    assert (nu.titel, nu.samenvatting) == ("Banentrein", "Van de tweede.")
    assert [thema.slug for thema in nu.themas.all()] == ["matching"]
    assert [post.omschrijving for post in nu.kosten.all()] == ["Stroom"]


@pytest.mark.parametrize(("wie", "verwacht"), [("uw", ["Mijn rij"]), ("hun", ["Stroom", "Hun rij"])])
def test_of_rows_one_version_stays_and_not_a_mix(
    secretaris: User, stuk: Blauwdruk, wie: str, verwacht: list[str]
) -> None:
    een, twee = Scherm(secretaris, stuk), Scherm(secretaris, stuk)
    rij = {"kosten-TOTAL_FORMS": "2", "kosten-1-omschrijving": "Hun rij", "kosten-1-ORDER": "2", "kosten-1-id": ""}
    een.stuur(**{"kosten-0-omschrijving": "Stroom"} | rij)
    antwoord = twee.stuur(**{"kosten-0-omschrijving": "Mijn rij"})
    assert opnieuw(twee, antwoord, **{"keuze-kosten": wie}).status_code == 302
    assert [post.omschrijving for post in laatste(stuk).kosten.all()] == verwacht


def test_rows_that_the_other_deleted_can_be_kept(secretaris: User, concept: Blauwdruk) -> None:
    concept.kosten = [Kostenpost(omschrijving="Brandstof"), Kostenpost(omschrijving="Band")]
    concept.save()
    concept.save_revision(user=secretaris)
    een, twee = Scherm(secretaris, concept), Scherm(secretaris, concept)
    een.stuur(**{"kosten-0-DELETE": "on"})
    assert [post.omschrijving for post in Blauwdruk.objects.get(pk=concept.pk).kosten.all()] == ["Band"]
    antwoord = twee.stuur(**{"kosten-1-omschrijving": "Banden"})
    assert gewijzigd(antwoord) == {"kosten": "uw"}
    opnieuw(twee, antwoord)
    assert [post.omschrijving for post in Blauwdruk.objects.get(pk=concept.pk).kosten.all()] == ["Brandstof", "Banden"]


def test_a_third_save_in_between_asks_again(secretaris: User, stuk: Blauwdruk) -> None:
    een, twee = Scherm(secretaris, stuk), Scherm(secretaris, stuk)
    een.stuur(samenvatting="Een.")
    antwoord = twee.stuur(samenvatting="Twee.")
    Scherm(secretaris, stuk).stuur(samenvatting="Drie.")
    antwoord = opnieuw(twee, antwoord)
    assert antwoord.status_code == 409
    assert laatste(stuk).samenvatting == "Drie."
    assert opnieuw(twee, antwoord).status_code == 302
    assert laatste(stuk).samenvatting == "Twee."


def test_a_mistake_in_the_form_keeps_the_choices(secretaris: User, stuk: Blauwdruk) -> None:
    een, twee = Scherm(secretaris, stuk), Scherm(secretaris, stuk)
    een.stuur(titel="Banentrein")
    antwoord = opnieuw(twee, twee.stuur(samenvatting="Twee."), laatst_gewijzigd="geen datum")
    assert antwoord.status_code == 409
    assert gewijzigd(antwoord)["titel"] == "hun"
    assert "geen datum" in tekst(antwoord)
    assert opnieuw(twee, antwoord, laatst_gewijzigd="").status_code == 302
    assert (laatste(stuk).titel, laatste(stuk).samenvatting) == ("Banentrein", "Twee.")


def test_a_save_that_does_not_say_on_what_it_was_made_is_refused(secretaris: User, stuk: Blauwdruk) -> None:
    scherm = Scherm(secretaris, stuk)
    del scherm.velden["loaded_revision_id"], scherm.velden["loaded_revision_created_at"]
    assert scherm.stuur(samenvatting="Blind.").status_code == 409
    assert laatste(stuk).samenvatting == "Oud."


@pytest.mark.parametrize("vreemd", ["0", "-1", "x", "9" * 30])
def test_a_strange_revision_is_refused(secretaris: User, stuk: Blauwdruk, vreemd: str) -> None:
    scherm = Scherm(secretaris, stuk)
    assert scherm.stuur(loaded_revision_id=vreemd, samenvatting="Blind.").status_code == 409
    assert scherm.stuur(overwrite_revision_id=vreemd, samenvatting="Blind.").status_code == 409


def test_of_an_entry_without_history_the_second_save_is_refused(secretaris: User, maak_blauwdruk: Any) -> None:
    entry = maak_blauwdruk(titel="Banenbus", slug="banenbus")
    een, twee = Scherm(secretaris, entry), Scherm(secretaris, entry)
    assert een.stuur(samenvatting="Een.").status_code == 302
    assert twee.stuur(samenvatting="Twee.").status_code == 409
    assert laatste(entry).samenvatting == "Een."


@pytest.mark.parametrize("json_", [False, True])
def test_a_save_at_the_same_moment_is_refused(
    secretaris: User, stuk: Blauwdruk, monkeypatch: pytest.MonkeyPatch, json_: bool
) -> None:
    """The other saves after the check and before the save."""
    scherm, form_valid = Scherm(secretaris, stuk), Gelijktijdig.form_valid

    def eerst_de_ander(view: Any, form: Any) -> Any:
        monkeypatch.setattr(Gelijktijdig, "form_valid", form_valid)
        ander = laatste(stuk)
        ander.samenvatting = "Van de ander."
        ander.save_revision(user=secretaris)
        return view.form_valid(form)

    monkeypatch.setattr(Gelijktijdig, "form_valid", eerst_de_ander)
    kop = {"Accept": "application/json" if json_ else "text/html"}
    antwoord = scherm.client.post(scherm.adres, scherm.velden | {"samenvatting": "Van mij."}, headers=kop)
    assert antwoord.status_code == (400 if json_ else 409)
    assert laatste(stuk).samenvatting == "Van de ander."
    assert json_ or opnieuw(scherm, antwoord).status_code == 302
    assert laatste(stuk).samenvatting == ("Van de ander." if json_ else "Van mij.")


def test_autosave_of_somebody_else_is_seen_too(secretaris: User, stuk: Blauwdruk) -> None:
    """Autosave writes over its own revision: the number stays the same, the moment does not."""
    een = Scherm(secretaris, stuk)
    eerste = een.client.post(een.adres, een.velden | {"samenvatting": "Half"}, HTTP_ACCEPT="application/json").json()
    twee = Scherm(secretaris, stuk)
    over = een.velden | {"samenvatting": "Half af.", "overwrite_revision_id": eerste["revision_id"]}
    assert een.client.post(een.adres, over, HTTP_ACCEPT="application/json").json()["success"]
    vanzelf = twee.client.post(twee.adres, twee.velden, HTTP_ACCEPT="application/json")
    assert vanzelf.status_code == 400
    assert "Klik op Bewaar concept om te kiezen." in vanzelf.json()["error_message"]
    assert twee.stuur(samenvatting="Twee.").status_code == 409
    assert laatste(stuk).samenvatting == "Half af."


def test_restoring_a_version_is_refused_when_somebody_saved_meanwhile(secretaris: User, stuk: Blauwdruk) -> None:
    oud = stuk.latest_revision_id
    Scherm(secretaris, stuk).stuur(samenvatting="Nieuw.")
    terug = Scherm(secretaris, stuk, f"{beheer(stuk)}history/{stuk.pk}/revisions/{oud}/revert/")
    Scherm(secretaris, stuk).stuur(samenvatting="Nieuwer.")
    antwoord = terug.stuur()
    assert antwoord.status_code == 409
    assert laatste(stuk).samenvatting == "Nieuwer."
    assert opnieuw(terug, antwoord, **{"keuze-samenvatting": "uw"}).status_code == 302
    assert laatste(stuk).samenvatting == "Oud."


def test_who_is_locked_out_gets_no_fresh_form_to_save_over_the_other(secretaris: User, stuk: Blauwdruk) -> None:
    een, twee = Scherm(secretaris, stuk), Scherm(secretaris, stuk)
    een.stuur(samenvatting="Een.")
    stuk.refresh_from_db()
    stuk.locked, stuk.locked_by = True, User.objects.create_user("ander")
    stuk.save(update_fields=["locked", "locked_by"])
    antwoord = twee.stuur(samenvatting="Twee.")
    assert antwoord.status_code == 409
    assert "De tekst is op slot." in tekst(antwoord)
    assert "Bewaar met deze keuzes" not in tekst(antwoord)
    assert "Twee." in tekst(antwoord)


MAKERS: list[Callable[[], Any]] = [
    lambda: Project.objects.create(titel="Bus", slug="bus", live=True),
    lambda: Verhaal.objects.create(titel="Bus", slug="bus", intro="Bus"),
    lambda: Pagina.objects.create(titel="Bus", slug="bus", live=True),
]


@pytest.mark.parametrize("maak", MAKERS)
def test_projects_stories_and_pages_are_guarded_too(secretaris: User, maak: Callable[[], Any]) -> None:
    entry = maak()
    entry.save_revision(user=secretaris)
    een, twee = Scherm(secretaris, entry), Scherm(secretaris, entry)
    assert een.stuur(titel="Trein").status_code == 302
    antwoord = twee.stuur(titel="Tram")
    assert antwoord.status_code == 409
    assert laatste(entry).titel == "Trein"
    assert opnieuw(twee, antwoord).status_code == 302
    assert laatste(entry).titel == "Tram"


@pytest.mark.parametrize(
    ("een", "twee", "gelijk"),
    [
        ("<p><strong>a</strong></p>", '<p data-block-key="x1y2z">\n<b>a</b></p>', True),
        ("<p>a &amp; <em>b</em></p>", "<p>a &amp; <i>b</i></p>", True),
        ("<p>a</p>", "<p>b</p>", False),
        ("<p>a</p>", "<h3>a</h3>", False),
    ],
)
def test_only_what_an_editor_changed_counts_as_a_difference(een: str, twee: str, gelijk: bool) -> None:
    assert (gelijkgezet(een) == gelijkgezet(twee)) is gelijk


def test_who_else_has_the_entry_open_is_told(secretaris: User, coordinator: User, concept: Blauwdruk) -> None:
    eerste = client_van(secretaris).get(f"{beheer(concept)}edit/{concept.pk}/").context["editing_sessions"]
    collega = client_van(coordinator)
    collega.get(f"{beheer(concept)}edit/{concept.pk}/")
    html = client_van(secretaris).post(eerste.ping_url).json()["html"]
    assert "Carla" in html
    assert Client().post(eerste.ping_url).status_code == 302
