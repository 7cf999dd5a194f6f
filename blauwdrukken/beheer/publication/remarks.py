"""Remarks beside the editing form of an entry."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.utils import quote
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views import View
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.generic.base import BaseObjectMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from ...keys import is_key
from ...models import Blauwdruk, Opmerking
from ...models.beoordeling import REVIEWERS
from ...models.publication import Publicatie
from ...secties import SECTIES
from .mail import send_entry_mail


class OpmerkingForm(forms.ModelForm):
    """A remark, on one section or on the whole."""

    sectie = forms.ChoiceField(
        label="Onderdeel",
        choices=[("", "De hele tekst"), *((sectie.veld, sectie.kort) for sectie in SECTIES)],
        required=False,
        widget=forms.Select(attrs={"class": "w-w-full"}),
    )
    tekst = forms.CharField(
        label="Uw opmerking",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "Schrijf eerst een opmerking.",
            "max_length": "De opmerking is te lang: hooguit %(limit_value)d tekens.",
        },
    )

    class Meta:
        model = Opmerking
        fields = ["sectie", "tekst"]

    def __init__(self, *args: Any, entry: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "opmerking_%s"
        if not isinstance(entry, Blauwdruk):
            del self.fields["sectie"]


class OpmerkingenPanel(BaseSidePanel):
    """Side panel with the remarks on an entry and a form for a new one."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = "Opmerkingen tonen of verbergen"
        icon_name = "comment"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            return super().get_context_data(parent_context) | {"count": self.panel.open_count}

    name = "opmerkingen"
    title = "Opmerkingen"
    template_name = "beheer/opmerkingen.html"
    order = 250

    def __init__(self, entry: Any, request: HttpRequest, url: str) -> None:
        super().__init__(entry, request)
        self.url = url
        self.opmerkingen = list(entry.opmerkingen.select_related("auteur"))
        self.open_count = sum(not opmerking.afgehandeld for opmerking in self.opmerkingen)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return super().get_context_data(parent_context) | {
            "opmerkingen": self.opmerkingen,
            "form": OpmerkingForm(entry=self.object),
            "url": self.url,
            "csrf_token": get_token(self.request),  # a panel is drawn without the request
        }


class WithOpmerkingen:
    """Editing screen with the remarks beside it."""

    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()  # type: ignore[misc]
        if not (self.expects_json_response or self.hydrate_create_view):  # type: ignore[attr-defined]
            entry, request = self.object, self.request  # type: ignore[attr-defined]
            url = reverse(entry.snippet_viewset.get_url_name("opmerkingen"), args=[quote(entry.pk)])
            panels.append(OpmerkingenPanel(entry, request, url))
        return panels


class OpmerkingView(PermissionCheckedMixin, BaseObjectMixin, View):
    """Add a remark, or settle one (`afgehandeld`); then back to the editing screen."""

    http_method_names = ["post"]
    permission_required = "change"
    edit_url_name = ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.permission_policy.user_has_permission_for_instance(request.user, "change", self.object):
            raise PermissionDenied
        if "afgehandeld" in request.POST:
            self.settle(request.POST["afgehandeld"])
        else:
            self.add(OpmerkingForm(request.POST, entry=self.object))
        return redirect(self.edit_url_name, quote(self.object.pk))

    def settle(self, key: str) -> None:
        pk = int(key) if is_key(key) else 0
        opmerking = get_object_or_404(self.object.opmerkingen, pk=pk)
        opmerking.afgehandeld = True
        opmerking.save(update_fields=["afgehandeld"])
        messages.success(self.request, "De opmerking is afgehandeld.")

    def add(self, form: OpmerkingForm) -> None:
        if not form.is_valid():
            messages.error(self.request, " ".join(str(error) for errors in form.errors.values() for error in errors))
            return
        form.instance.entry, form.instance.auteur = self.object, self.request.user
        opmerking = form.save()
        involved = find_involved_users(self.object).exclude(pk=opmerking.auteur_id)
        send_entry_mail(involved, "beheer/mail/opmerking.txt", self.object, opmerking=opmerking)
        messages.success(self.request, "Uw opmerking staat erbij. Wie meewerkt, krijgt bericht.")


def find_involved_users(entry: Publicatie) -> QuerySet[Any, Any]:
    """Who works on an entry: the last to edit it, who sent it in, who made remarks, and the secretariat."""
    users = set(entry.opmerkingen.values_list("auteur", flat=True))
    if entry.latest_revision:
        users.add(entry.latest_revision.user_id)
    if entry.current_workflow_state:
        users.add(entry.current_workflow_state.requested_by_id)
    involved = Q(pk__in=users - {None}) | Q(groups__name=REVIEWERS)
    return get_user_model().objects.filter(involved, is_active=True).distinct()
