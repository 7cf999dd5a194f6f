"""Publishing a number of entries at once, each under the rules of its own screen."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ...models.publication import AdresBezetError
from ..concurrency.snapshot import Stand, is_als_ingediend, moment
from .bulk import PublicatieActie
from .review import waarschuw_bij_ander_adres

GEZIEN = "gezien"
LEES = "Open de tekst en lees hem eerst."


class Voorstel:
    """The newest text of an entry, to be published by this user."""

    def __init__(self, entry: Any, user: Any) -> None:
        self.entry, self.user = entry, user
        self.revision = entry.latest_revision
        self.tekst = entry.get_latest_revision_as_object()
        self.taak = entry.current_workflow_task

    def __str__(self) -> str:
        return str(self.tekst)

    @property
    def gezien(self) -> str:
        """What one has seen who saw this: other after every save, and after what happens to the entry."""
        sleutel, wanneer = moment(self.revision)
        return f"{self.entry.pk} {Stand.van(self.entry, ()).regel} {sleutel} {wanneer}"

    @property
    def wat(self) -> str:
        """What readers will notice."""
        if self.tekst.go_live_at and self.tekst.go_live_at > timezone.now():
            return "Komt op de site op het moment dat in de tekst staat"
        if self.entry.live:
            return "Nieuwe tekst in plaats van wat er nu staat"
        return "Komt opnieuw op de site" if self.entry.first_published_at else "Komt voor het eerst op de site"

    @property
    def lezen(self) -> str:
        """Address where one sees what changes, or the whole text where nothing is public yet."""
        naam = self.entry.snippet_viewset.get_url_name
        if self.entry.live and self.entry.live_revision_id and self.revision:
            return reverse(naam("revisions_compare"), args=[self.entry.pk, "live", self.revision.pk])
        return reverse(naam("edit"), args=[self.entry.pk])

    @cached_property
    def waarom_niet(self) -> str:
        """Why this cannot be published; empty when it can."""
        if self.entry.live and not self.entry.has_unpublished_changes:
            return "staat al zo op de site."
        return self.gesloten() or self.onvolledig()

    def gesloten(self) -> str:
        """What keeps this user from it: a right, a plan, a lock, or a review by others."""
        entry, user = self.entry, self.user
        if not entry.snippet_viewset.permission_policy.user_has_permission_for_instance(user, "publish", entry):
            return "u mag dit niet publiceren."
        if entry.scheduled_revision:
            return "is al ingepland."
        if self.taak and "approve" not in [naam for naam, *_ in self.taak.get_actions(entry, user)]:
            return "is bij iemand anders ter beoordeling."
        if (slot := entry.get_lock()) and slot.for_user(user):
            return "staat op slot."
        if self.taak and not is_als_ingediend(entry, entry.current_workflow_task_state):
            return f"is veranderd of ingetrokken na het indienen. {LEES}"
        return ""

    def onvolledig(self) -> str:
        """What its form would refuse."""
        if self.tekst.expire_at and self.tekst.expire_at <= timezone.now():
            return "de einddatum is voorbij."
        try:
            self.tekst.full_clean(exclude=["nummer"])
        except ValidationError as fout:
            return in_zinnen(self.tekst, fout)
        return ""

    def voer_uit(self) -> str:
        """Publish, by approving where the review waits for it; answers why not."""
        try:
            with transaction.atomic():
                if self.taak:
                    self.taak.on_action(self.entry.current_workflow_task_state, self.user, "approve")
                else:
                    (self.revision or self.entry.save_revision(user=self.user)).publish(user=self.user)
        except AdresBezetError as fout:
            return str(fout)
        return ""


def in_zinnen(entry: Any, fout: ValidationError) -> str:
    """What is wrong, each with the name of its field."""
    namen = {veld.name: veld.verbose_name for veld in entry._meta.fields}
    return " ".join(f"{namen.get(veld, 'tekst')}: {' '.join(zinnen)}" for veld, zinnen in fout.message_dict.items())


class PubliceerActie(PublicatieActie):
    """Publish the chosen entries, after showing what readers will get; nothing that changed since goes along."""

    display_name = "Publiceren"
    action_type = "publiceren"
    aria_label = "Publiceer de gekozen stukken"
    template_name = "beheer/bulk_publiceren.html"
    action_priority = 10
    gedaan = "gepubliceerd"

    def check_perm(self, entry: Any) -> bool:
        entry.voorstel = Voorstel(entry, self.request.user)
        entry.reden = entry.voorstel.waarom_niet
        return not entry.reden

    def doe(self, entry: Any) -> str:
        voorstel = Voorstel(entry, self.request.user)
        if voorstel.gezien not in self.request.POST.getlist(GEZIEN):
            return f"is intussen veranderd. {LEES}"
        if voorstel.waarom_niet:
            return voorstel.waarom_niet
        waarschuw_bij_ander_adres(self.request, voorstel.tekst)
        return voorstel.voer_uit()
