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
from tests.beheer.people import beheer, client_of
from tests.beheer.screens import EditScreen, page_text, withdraw


def submit(edit: Any, user: User, entry: Any, **fields: Any) -> Any:
    return edit(user, entry, "action-submit", **fields)


def press_button(edit: Any, user: User, entry: Any, action: str, **extra: str) -> Any:
    """Press a button of the review, as the editing screen sends it."""
    fields = {"workflow-action-name": action, "workflow-action-extra-data": json.dumps(extra)}
    return edit(user, entry, "action-workflow-action", **fields)


def mails_to(user: User) -> list[Any]:
    return [message for message in mail.outbox if message.to == [user.email]]


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
    send_edit: Any, coordinator: User, secretary: User, draft: Blauwdruk
) -> None:
    response = submit(send_edit, coordinator, draft)
    assert response.status_code == 200
    assert draft.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    assert Client().get("/blauwdrukken/banenbus/").status_code == 404
    (message,) = mails_to(secretary)
    assert message.subject == "Te beoordelen: ‘Banenbus’"
    assert "Carla heeft de blauwdruk ‘Banenbus’ ingediend." in message.body
    assert f"http://127.0.0.1:8000{beheer(draft)}edit/{draft.pk}/" in message.body
    assert not mails_to(coordinator)


def test_returning_needs_a_remark_and_brings_it_to_the_author(
    send_edit: Any, coordinator: User, secretary: User, draft: Blauwdruk
) -> None:
    submit(send_edit, coordinator, draft)
    without = press_button(send_edit, secretary, draft, "reject", comment="  ")
    assert without.status_code == 400
    assert draft.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    press_button(send_edit, secretary, draft, "reject", comment="Noem de kosten & de uren.")
    assert draft.current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES
    (message,) = mails_to(coordinator)
    assert message.subject == "Teruggegeven: ‘Banenbus’"
    assert "Noem de kosten & de uren." in message.body


def test_the_author_mends_and_sends_in_again_and_approval_publishes(
    send_edit: Any, coordinator: User, secretary: User, draft: Blauwdruk
) -> None:
    submit(send_edit, coordinator, draft)
    press_button(send_edit, secretary, draft, "reject", comment="Noem de kosten.")
    submit(send_edit, coordinator, draft, samenvatting="Een bus vol banen, voor 800 euro.")
    assert len(mails_to(secretary)) == 2
    press_button(send_edit, secretary, draft, "approve")
    assert "800 euro" in Client().get("/blauwdrukken/banenbus/").content.decode()
    message = mails_to(coordinator)[-1]
    assert message.subject == "Gepubliceerd: ‘Banenbus’"
    assert "http://127.0.0.1:8000/blauwdrukken/banenbus/" in message.body


def test_while_it_is_reviewed_the_author_cannot_change_it_but_can_take_it_back(
    send_edit: Any, coordinator: User, secretary: User, draft: Blauwdruk
) -> None:
    submit(send_edit, coordinator, draft)
    send_edit(coordinator, draft, titel="Toch anders")
    draft.refresh_from_db()
    assert draft.get_latest_revision_as_object().titel == "Banenbus"
    send_edit(coordinator, draft, "action-cancel-workflow")
    assert draft.current_workflow_state is None
    send_edit(coordinator, draft, titel="Toch anders")
    draft.refresh_from_db()
    assert draft.get_latest_revision_as_object().titel == "Toch anders"


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_a_coordinator_cannot_judge_their_own_text(
    send_edit: Any, coordinator: User, secretary: User, draft: Blauwdruk, action: str
) -> None:
    submit(send_edit, coordinator, draft)
    task = draft.current_workflow_task_state
    url = f"{beheer(draft)}workflow/action/{draft.pk}/{action}/{task.pk}/"
    client_of(coordinator).post(url, {"comment": "x"})
    send_edit(coordinator, draft, "action-publish")
    draft.refresh_from_db()
    assert not draft.live
    assert draft.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS


def test_a_project_is_reviewed_too(send_edit: Any, coordinator: User, secretary: User) -> None:
    project = Project(titel="Banenbus in Breda", slug="banenbus-in-breda")
    project.regios = coordinator.regios.all()
    project.save()
    project.save_revision(user=coordinator)
    submit(send_edit, coordinator, project)
    press_button(send_edit, secretary, project, "approve")
    assert Client().get("/projecten/banenbus-in-breda/").status_code == 200
    assert [message.subject for message in mails_to(coordinator)] == ["Gepubliceerd: ‘Banenbus in Breda’"]


def test_a_title_that_tries_to_write_mail_headers_stays_one_line(
    send_edit: Any, coordinator: User, secretary: User, draft: Blauwdruk
) -> None:
    submit(send_edit, coordinator, draft, titel="Bus\r\nBcc: ander@voorbeeld.nl")
    (message,) = mails_to(secretary)
    assert "\n" not in message.subject
    assert message.bcc == []


def test_the_buttons_have_the_names_of_the_manual(
    send_edit: Any, coordinator: User, secretary: User, draft: Blauwdruk
) -> None:
    assert "Stuur door naar Beoordeling" in client_of(coordinator).get(
        f"{beheer(draft)}edit/{draft.pk}/"
    ).content.decode()  # fmt: skip
    submit(send_edit, coordinator, draft)
    html = client_of(secretary).get(f"{beheer(draft)}edit/{draft.pk}/").content.decode()
    assert "Teruggeven met opmerking" in html
    assert "Goedkeuren en publiceren" in html
    screen = f"{beheer(draft)}workflow/collect_action_data/{draft.pk}/reject/{draft.current_workflow_task_state.pk}/"
    assert "Opmerking voor de schrijver" in client_of(secretary).get(screen).content.decode()


def test_approving_what_changed_after_it_was_sent_in_asks_to_read_it_first(
    send_edit: Any, coordinator: User, secretary: User, draft: Blauwdruk
) -> None:
    send_edit(coordinator, draft, "action-submit")
    task = draft.current_workflow_task_state
    url = f"{beheer(draft)}workflow/action/{draft.pk}/approve/{task.pk}/"
    send_edit(secretary, draft, samenvatting="Na het indienen veranderd.")
    response = client_of(secretary).post(url, {"comment": ""})
    draft.refresh_from_db()
    assert response.status_code == 409
    assert "Lees hem eerst." in page_text(response)
    assert not draft.live
    send_edit(secretary, draft, "action-workflow-action", **{"workflow-action-name": "approve"})
    draft.refresh_from_db()
    assert draft.live
    assert draft.samenvatting == "Na het indienen veranderd."


def test_approving_what_did_not_change_publishes_it(
    send_edit: Any, coordinator: User, secretary: User, draft: Blauwdruk
) -> None:
    send_edit(coordinator, draft, "action-submit")
    task = draft.current_workflow_task_state
    client_of(secretary).post(f"{beheer(draft)}workflow/action/{draft.pk}/approve/{task.pk}/", {"comment": ""})
    draft.refresh_from_db()
    assert draft.live


def test_approving_what_was_withdrawn_after_it_was_sent_in_asks_to_read_it_first(
    secretary: User, blauwdruk_with_rows: Blauwdruk
) -> None:
    EditScreen(secretary, blauwdruk_with_rows).send("action-submit", samenvatting="Nieuw.")
    blauwdruk_with_rows.refresh_from_db()
    task = blauwdruk_with_rows.current_workflow_task_state
    withdraw(secretary, blauwdruk_with_rows)
    url = f"{beheer(blauwdruk_with_rows)}workflow/action/{blauwdruk_with_rows.pk}/approve/{task.pk}/"
    assert client_of(secretary).post(url, {"comment": ""}).status_code == 409
    assert not Blauwdruk.objects.get(pk=blauwdruk_with_rows.pk).live
