"""Withdrawing an entry, several at once, or one old version of a blueprint, with a reason that readers see."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.utils import quote
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.actions.unpublish import UnpublishAction
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.base import BaseObjectMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log
from wagtail.snippets.views.snippets import UnpublishView

from ...models import OudAdres, Versie
from ..form.choosers import PublicChooser
from .bulk import PublicatieAction


class ReasonForm(forms.Form):
    """Why something is withdrawn."""

    reden = forms.CharField(
        label="Reden",
        help_text="Eén of twee zinnen. Bezoekers lezen deze tekst op het oude adres. Noem geen namen van personen.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf op waarom u dit intrekt."},
    )


class WithdrawForm(ReasonForm):
    """Why an entry is withdrawn, and what replaces it."""

    vervanging: Any = forms.ModelChoiceField(
        label="Vervangen door",
        queryset=None,
        required=False,
        help_text="Kiest u iets, dan gaat het oude adres daar voortaan naartoe. Anders staat daar de reden.",
        error_messages={"invalid_choice": "Kies iets anders dat gepubliceerd is."},
    )

    def __init__(self, *args: Any, entry: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["vervanging"]
        field.queryset = type(entry).objects.published().exclude(pk=entry.pk)
        field.widget = PublicChooser(type(entry), icon=entry.snippet_viewset.icon)


@transaction.atomic
def withdraw(entry: Any, user: Any, reason: str, successor: str = "") -> None:
    """Take an entry off the site; its addresses tell why, or lead to what replaces it."""
    OudAdres.objects.withdraw(entry, reason, successor)
    UnpublishAction(entry, user=user, log_action=False).execute(skip_permission_checks=True)
    log(entry, "wagtail.unpublish", user=user, data={"reden": reason})


class WithdrawView(UnpublishView):
    """Withdraw a published entry: its address tells why, or leads to what replaces it."""

    page_title = "Intrekken"
    success_message = "‘%(object)s’ is ingetrokken."
    template_name = "beheer/intrekken.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = WithdrawForm(request.POST or None, entry=self.object)
        if not self.object.live:
            messages.warning(request, f"‘{self.object}’ is niet gepubliceerd.")
            return redirect(self.edit_url_name, quote(self.object.pk))
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.form.is_valid():
            return super().post(request, *args, **kwargs)
        return self.render_to_response(self.get_context_data())

    def unpublish(self) -> None:
        replacement = self.form.cleaned_data["vervanging"]
        successor = replacement.get_absolute_url() if replacement else ""
        withdraw(self.object, self.request.user, self.form.cleaned_data["reden"], successor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"form": self.form}


class WithdrawAction(PublicatieAction):
    """Withdraw the chosen entries, for one reason that readers see."""

    display_name = "Intrekken"
    action_type = "intrekken"
    aria_label = "Trek de gekozen stukken in"
    template_name = "beheer/bulk_intrekken.html"
    action_priority = 20
    classes = {"serious"}
    form_class = ReasonForm
    done_label = "ingetrokken"

    def check_perm(self, entry: Any) -> bool:
        entry.reden = self.why_not(entry)
        return not entry.reden

    def why_not(self, entry: Any) -> str:
        return "" if entry.live else "staat niet op de site."

    def perform(self, entry: Any) -> str:
        if not (reason := self.why_not(entry)):
            withdraw(entry, self.request.user, self.cleaned_form.cleaned_data["reden"])
        return reason


class VersieListView(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, TemplateView):
    """The numbered versions of a blueprint, with their addresses."""

    permission_required = "change"
    page_title = "Versies"
    header_icon = "history"
    template_name = "beheer/versies.html"
    index_url_name = edit_url_name = versie_intrekken_url_name = ""

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse(self.index_url_name), "label": "Blauwdrukken"},
            {"url": reverse(self.edit_url_name, args=[quote(self.object.pk)]), "label": str(self.object)},
            {"url": "", "label": "Versies"},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "blauwdruk": self.object,
            "versies": list(self.object.versies.select_related("blauwdruk")),
            "mag_intrekken": self.user_has_permission("publish"),
            "intrekken": self.versie_intrekken_url_name,
        }


class VersieWithdrawView(VersieListView):
    """Withdraw one version; the newest is replaced by publishing, or withdrawn with the blueprint."""

    permission_required = "publish"
    page_title = "Versie intrekken"
    template_name = "beheer/versie_intrekken.html"
    versies_url_name = ""

    @cached_property
    def versie(self) -> Versie:
        versie: Versie = get_object_or_404(self.object.versies.readable(), nummer=self.kwargs["nummer"])
        if self.object.live and versie.revision_id == self.object.live_revision_id:
            raise Http404
        return versie

    @cached_property
    def form(self) -> ReasonForm:
        return ReasonForm(self.request.POST or None)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (self.versie and self.form.is_valid()):
            return self.render_to_response(self.get_context_data())
        self.versie.withdraw(self.form.cleaned_data["reden"])
        log(self.object, "blauwdrukken.versie_ingetrokken", user=request.user,
            data={"nummer": self.versie.nummer, "reden": self.versie.reden})  # fmt: skip
        messages.success(request, f"Versie {self.versie.nummer} is ingetrokken.")
        return redirect(self.versies_url_name, quote(self.object.pk))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"form": self.form, "versie": self.versie,
            "terug": reverse(self.versies_url_name, args=[quote(self.object.pk)])}  # fmt: skip
