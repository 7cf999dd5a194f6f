"""Publishing a number of entries at once, each under the rules of its own screen."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ...models.publication import AddressTakenError
from ..concurrency.snapshot import EntrySnapshot, is_as_submitted, moment
from .bulk import PublicatieAction
from .review import warn_of_new_address

SEEN_FIELD = "gezien"
READ_FIRST = "Open de tekst en lees hem eerst."


class Proposal:
    """The newest text of an entry, to be published by this user."""

    def __init__(self, entry: Any, user: Any) -> None:
        self.entry, self.user = entry, user
        self.revision = entry.latest_revision
        self.newest = entry.get_latest_revision_as_object()
        self.task = entry.current_workflow_task

    def __str__(self) -> str:
        return str(self.newest)

    @property
    def seen_token(self) -> str:
        """What one has seen who saw this: other after every save, and after what happens to the entry."""
        key, saved_at = moment(self.revision)
        return f"{self.entry.pk} {EntrySnapshot.of(self.entry, ()).line} {key} {saved_at}"

    @property
    def effect(self) -> str:
        """What readers will notice."""
        if self.newest.go_live_at and self.newest.go_live_at > timezone.now():
            return "Komt op de site op het moment dat in de tekst staat"
        if self.entry.live:
            return "Nieuwe tekst in plaats van wat er nu staat"
        return "Komt opnieuw op de site" if self.entry.first_published_at else "Komt voor het eerst op de site"

    @property
    def read_url(self) -> str:
        """Address where one sees what changes, or the whole text where nothing is public yet."""
        name = self.entry.snippet_viewset.get_url_name
        if self.entry.live and self.entry.live_revision_id and self.revision:
            return reverse(name("revisions_compare"), args=[self.entry.pk, "live", self.revision.pk])
        return reverse(name("edit"), args=[self.entry.pk])

    @cached_property
    def why_not(self) -> str:
        """Why this cannot be published; empty when it can."""
        if self.entry.live and not self.entry.has_unpublished_changes:
            return "staat al zo op de site."
        return self.blocked_reason() or self.incomplete_reason()

    def blocked_reason(self) -> str:
        """What keeps somebody who may publish from it: a plan, a lock, or a review by others."""
        entry, user = self.entry, self.user
        if entry.scheduled_revision:
            return "is al ingepland."
        if self.task and "approve" not in [name for name, *_ in self.task.get_actions(entry, user)]:
            return "is bij iemand anders ter beoordeling."
        if (lock := entry.get_lock()) and lock.for_user(user):
            return "staat op slot."
        if self.task and not is_as_submitted(entry, entry.current_workflow_task_state):
            return f"is veranderd of ingetrokken na het indienen. {READ_FIRST}"
        return ""

    def incomplete_reason(self) -> str:
        """What its form would refuse."""
        if self.newest.expire_at and self.newest.expire_at <= timezone.now():
            return "de einddatum is voorbij."
        try:
            self.newest.full_clean(exclude=["nummer"])
        except ValidationError as error:
            return format_errors(self.newest, error)
        return ""

    def publish(self) -> str:
        """Publish, by approving where the review waits for it; answers why not."""
        try:
            with transaction.atomic():
                if self.task:
                    self.task.on_action(self.entry.current_workflow_task_state, self.user, "approve")
                else:
                    (self.revision or self.entry.save_revision(user=self.user)).publish(user=self.user)
        except AddressTakenError as error:
            return str(error)
        return ""


def format_errors(entry: Any, error: ValidationError) -> str:
    """What is wrong, each with the name of its field."""
    names = {field.name: field.verbose_name for field in entry._meta.fields}
    return " ".join(
        f"{names.get(field, 'tekst')}: {' '.join(sentences)}" for field, sentences in error.message_dict.items()
    )


class PublishAction(PublicatieAction):
    """Publish the chosen entries, after showing what readers will get; nothing that changed since goes along."""

    display_name = "Publiceren"
    action_type = "publiceren"
    aria_label = "Publiceer de gekozen stukken"
    template_name = "beheer/bulk_publiceren.html"
    action_priority = 10
    done_label = "gepubliceerd"

    def check_perm(self, entry: Any) -> bool:
        entry.voorstel = Proposal(entry, self.request.user)
        entry.reden = entry.voorstel.why_not
        return not entry.reden

    def perform(self, entry: Any) -> str:
        proposal = Proposal(entry, self.request.user)
        if proposal.seen_token not in self.request.POST.getlist(SEEN_FIELD):
            return f"is intussen veranderd. {READ_FIRST}"
        if proposal.why_not:
            return proposal.why_not
        warn_of_new_address(self.request, proposal.newest)
        return proposal.publish()
