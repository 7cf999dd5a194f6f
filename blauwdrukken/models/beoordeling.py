"""Review: what somebody wrote goes to the secretariat, which publishes it or returns it with a remark."""

from __future__ import annotations

from typing import Any

from django import forms
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import BadRequest
from django.db import models
from wagtail.models import AbstractGroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

REVIEW_NAME = "Beoordeling"
REVIEWERS = "Secretariaat"
# Models whose entries are reviewed before they are published.
REVIEWED_MODELS = ("blauwdrukken.Blauwdruk", "blauwdrukken.Project", "blauwdrukken.Verhaal")


class ReturnForm(forms.Form):
    """What the author should mend."""

    comment = forms.CharField(
        label="Opmerking voor de schrijver",
        help_text="Wat moet er anders? De schrijver krijgt deze tekst per e-mail.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class Beoordeling(AbstractGroupApprovalTask):
    """Approval by a group, which publishes; returning asks a remark."""

    class Meta:
        verbose_name = "beoordeling door een groep"
        verbose_name_plural = "beoordelingen door een groep"

    def get_actions(self, obj: models.Model, user: Any) -> list[tuple[str, str, bool]]:
        if not super().get_actions(obj, user):
            return []
        return [("reject", "Teruggeven met opmerking", True), ("approve", "Goedkeuren", False)]

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        return ReturnForm if action == "reject" else super().get_form_for_action(action)

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        if action_name == "reject" and not str(kwargs.get("comment", "")).strip():
            raise BadRequest("Returning needs a remark.")
        return super().on_action(task_state, user, action_name, **kwargs)


def create_review() -> None:
    """Make the review of the secretariat where it is missing; what a manager changed in it stays."""
    group, _ = Group.objects.get_or_create(name=REVIEWERS)
    workflow, new = Workflow.objects.get_or_create(name=REVIEW_NAME)
    if new:
        task = Beoordeling.objects.create(name=REVIEW_NAME)
        task.groups.add(group)
        WorkflowTask.objects.create(workflow=workflow, task=task)
    for name in REVIEWED_MODELS:
        kind = ContentType.objects.get_for_model(apps.get_model(name))
        WorkflowContentType.objects.get_or_create(content_type=kind, defaults={"workflow": workflow})
