"""Review as two people go through it, with the mails they get."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from wagtail.models import Workflow, WorkflowState

from blauwdrukken.models import Blauwdruk, Project
from kennisbank.models import User
from tests.beheer.people import beheer, client_van
from tests.beheer.screens import Scherm, tekst, trek_in


def dien_in(bewerk: Any, user: User, entry: Any, **velden: Any) -> Any:
    return bewerk(user, entry, "action-submit", **velden)


def doe(bewerk: Any, user: User, entry: Any, actie: str, **extra: str) -> Any:
    """Press a button of the review, as the editing screen sends it."""
    velden = {"workflow-action-name": actie, "workflow-action-extra-data": json.dumps(extra)}
    return bewerk(user, entry, "action-workflow-action", **velden)


def brieven(user: User) -> list[Any]:
    return [brief for brief in mail.outbox if brief.to == [user.email]]


def test_the_review_exists_after_migrate_and_is_made_once() -> None:
    call_command("migrate", verbosity=0)
    assert Workflow.objects.filter(name="Beoordeling").count() == 1
    for model in (Blauwdruk, Project):
        assert model.get_default_workflow().name == "Beoordeling"


def test_a_change_of_the_review_by_a_manager_survives_migrate() -> None:
    Workflow.objects.filter(name="Beoordeling").update(active=False)
    call_command("migrate", verbosity=0)
    assert not Workflow.objects.get(name="Beoordeling").active


def test_what_a_coordinator_sends_in_goes_to_the_secretariat_and_not_to_the_public(
    bewerk: Any, coordinator: User, secretaris: User, concept: Blauwdruk
) -> None:
    antwoord = dien_in(bewerk, coordinator, concept)
    assert antwoord.status_code == 200
    assert concept.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    assert Client().get("/blauwdrukken/banenbus/").status_code == 404
    (brief,) = brieven(secretaris)
    assert brief.subject == "Te beoordelen: ‘Banenbus’"
    assert "Carla heeft de blauwdruk ‘Banenbus’ ingediend." in brief.body
    assert f"http://127.0.0.1:8000{beheer(concept)}edit/{concept.pk}/" in brief.body
    assert not brieven(coordinator)


def test_returning_needs_a_remark_and_brings_it_to_the_author(
    bewerk: Any, coordinator: User, secretaris: User, concept: Blauwdruk
) -> None:
    dien_in(bewerk, coordinator, concept)
    zonder = doe(bewerk, secretaris, concept, "reject", comment="  ")
    assert zonder.status_code == 400
    assert concept.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    doe(bewerk, secretaris, concept, "reject", comment="Noem de kosten & de uren.")
    assert concept.current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES
    (brief,) = brieven(coordinator)
    assert brief.subject == "Teruggegeven: ‘Banenbus’"
    assert "Noem de kosten & de uren." in brief.body


def test_the_author_mends_and_sends_in_again_and_approval_publishes(
    bewerk: Any, coordinator: User, secretaris: User, concept: Blauwdruk
) -> None:
    dien_in(bewerk, coordinator, concept)
    doe(bewerk, secretaris, concept, "reject", comment="Noem de kosten.")
    dien_in(bewerk, coordinator, concept, samenvatting="Een bus vol banen, voor 800 euro.")
    assert len(brieven(secretaris)) == 2
    doe(bewerk, secretaris, concept, "approve")
    assert "800 euro" in Client().get("/blauwdrukken/banenbus/").content.decode()
    brief = brieven(coordinator)[-1]
    assert brief.subject == "Gepubliceerd: ‘Banenbus’"
    assert "http://127.0.0.1:8000/blauwdrukken/banenbus/" in brief.body


def test_while_it_is_reviewed_the_author_cannot_change_it_but_can_take_it_back(
    bewerk: Any, coordinator: User, secretaris: User, concept: Blauwdruk
) -> None:
    dien_in(bewerk, coordinator, concept)
    bewerk(coordinator, concept, titel="Toch anders")
    concept.refresh_from_db()
    assert concept.get_latest_revision_as_object().titel == "Banenbus"
    bewerk(coordinator, concept, "action-cancel-workflow")
    assert concept.current_workflow_state is None
    bewerk(coordinator, concept, titel="Toch anders")
    concept.refresh_from_db()
    assert concept.get_latest_revision_as_object().titel == "Toch anders"


@pytest.mark.parametrize("actie", ["approve", "reject"])
def test_a_coordinator_cannot_judge_their_own_text(
    bewerk: Any, coordinator: User, secretaris: User, concept: Blauwdruk, actie: str
) -> None:
    dien_in(bewerk, coordinator, concept)
    taak = concept.current_workflow_task_state
    adres = f"{beheer(concept)}workflow/action/{concept.pk}/{actie}/{taak.pk}/"
    client_van(coordinator).post(adres, {"comment": "x"})
    bewerk(coordinator, concept, "action-publish")
    concept.refresh_from_db()
    assert not concept.live
    assert concept.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS


def test_a_project_is_reviewed_too(bewerk: Any, coordinator: User, secretaris: User) -> None:
    project = Project(titel="Banenbus in Breda", slug="banenbus-in-breda")
    project.regios = coordinator.regios.all()
    project.save()
    project.save_revision(user=coordinator)
    dien_in(bewerk, coordinator, project)
    doe(bewerk, secretaris, project, "approve")
    assert Client().get("/projecten/banenbus-in-breda/").status_code == 200
    assert [brief.subject for brief in brieven(coordinator)] == ["Gepubliceerd: ‘Banenbus in Breda’"]


def test_a_title_that_tries_to_write_mail_headers_stays_one_line(
    bewerk: Any, coordinator: User, secretaris: User, concept: Blauwdruk
) -> None:
    dien_in(bewerk, coordinator, concept, titel="Bus\r\nBcc: ander@voorbeeld.nl")
    (brief,) = brieven(secretaris)
    assert "\n" not in brief.subject
    assert brief.bcc == []


def test_the_buttons_have_the_names_of_the_manual(
    bewerk: Any, coordinator: User, secretaris: User, concept: Blauwdruk
) -> None:
    assert "Stuur door naar Beoordeling" in client_van(coordinator).get(
        f"{beheer(concept)}edit/{concept.pk}/"
    ).content.decode()  # fmt: skip
    dien_in(bewerk, coordinator, concept)
    html = client_van(secretaris).get(f"{beheer(concept)}edit/{concept.pk}/").content.decode()
    assert "Teruggeven met opmerking" in html
    assert "Goedkeuren en publiceren" in html
    scherm = (
        f"{beheer(concept)}workflow/collect_action_data/{concept.pk}/reject/{concept.current_workflow_task_state.pk}/"
    )
    assert "Opmerking voor de schrijver" in client_van(secretaris).get(scherm).content.decode()


def test_approving_what_changed_after_it_was_sent_in_asks_to_read_it_first(
    bewerk: Any, coordinator: User, secretaris: User, concept: Blauwdruk
) -> None:
    bewerk(coordinator, concept, "action-submit")
    taak = concept.current_workflow_task_state
    adres = f"{beheer(concept)}workflow/action/{concept.pk}/approve/{taak.pk}/"
    bewerk(secretaris, concept, samenvatting="Na het indienen veranderd.")
    antwoord = client_van(secretaris).post(adres, {"comment": ""})
    concept.refresh_from_db()
    assert antwoord.status_code == 409
    assert "Lees hem eerst." in tekst(antwoord)
    assert not concept.live
    bewerk(secretaris, concept, "action-workflow-action", **{"workflow-action-name": "approve"})
    concept.refresh_from_db()
    assert concept.live
    assert concept.samenvatting == "Na het indienen veranderd."


def test_approving_what_did_not_change_publishes_it(
    bewerk: Any, coordinator: User, secretaris: User, concept: Blauwdruk
) -> None:
    bewerk(coordinator, concept, "action-submit")
    taak = concept.current_workflow_task_state
    client_van(secretaris).post(f"{beheer(concept)}workflow/action/{concept.pk}/approve/{taak.pk}/", {"comment": ""})
    concept.refresh_from_db()
    assert concept.live


def test_approving_what_was_withdrawn_after_it_was_sent_in_asks_to_read_it_first(
    secretaris: User, stuk: Blauwdruk
) -> None:
    Scherm(secretaris, stuk).stuur("action-submit", samenvatting="Nieuw.")
    stuk.refresh_from_db()
    taak = stuk.current_workflow_task_state
    trek_in(secretaris, stuk)
    adres = f"{beheer(stuk)}workflow/action/{stuk.pk}/approve/{taak.pk}/"
    assert client_van(secretaris).post(adres, {"comment": ""}).status_code == 409
    assert not Blauwdruk.objects.get(pk=stuk.pk).live
