"""Two people on one entry: who saves over what the other saved meanwhile gets to choose first."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import select_template
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, ObjectList

from ...keys import is_key
from .snapshot import Stand, moment
from .submission import alleen_gestuurde_rijen, als_nieuwe_rijen, toegepast

VEROUDERD = "Iemand anders heeft deze tekst intussen veranderd. Klik op Bewaar concept om te kiezen."
OP_SLOT = "De tekst is op slot. U kunt nu niets bewaren."
REVISIES = ("overwrite_revision_id", "loaded_revision_id")
GELADEN = "geladen"
KEUZE = "keuze-"
HUN, UW = "hun", "uw"


class VerouderdError(Exception):
    """Somebody saved between the check and the save."""


class Keuze(NamedTuple):
    """A field that differs, and whose version is to be kept."""

    naam: str
    label: str
    verschil: Any
    wie: str


class Gelijktijdig:
    """Editing screen that refuses what was made on an older text, and shows what differs."""

    # What the editing screen below it has.
    expects_json_response: Any
    get_context_data: Any
    get_error_message: Any
    get_form_class: Any
    get_object: Any
    get_template_names: Any
    json_error_response: Any
    latest_revision: Any
    model: Any
    object: Any
    panel: Any
    request: Any

    botst = revision_enabled = locked_for_user = False

    @cached_property
    def geladen(self) -> Stand | None:
        """What this form says it was made on; a new entry that saved itself says so only once its screen is renewed."""
        post = self.request.POST
        laatste = self.revision_enabled and self.latest_revision
        if GELADEN not in post and laatste and post.get("overwrite_revision_id") == str(laatste.pk):
            return Stand.toen(self.object, laatste.created_at)
        return Stand.lees(post.get(GELADEN, ""), self.object)

    def stand(self, entry: Any) -> Stand:
        return Stand.van(entry, self.get_form_class()._meta.fields)

    def is_voorbij(self, entry: Any) -> bool:
        """Whether something else than a revision changed; a form that does not say on what it was made is too old."""
        return self.geladen is None or self.geladen.is_voorbij(self.stand(entry))

    @cached_property
    def is_out_of_date(self) -> bool:
        """Whether this form was made on an older text, or before something happened to the entry."""
        return self.is_voorbij(self.object) or self.op_oude_revisie

    @cached_property
    def op_oude_revisie(self) -> bool:
        """Whether there is a newer revision; a form that does not say on which it was made is too old."""
        if not self.revision_enabled:
            return False
        zonder = not any(self.request.POST.get(naam) for naam in REVISIES)
        return super().is_out_of_date or bool(self.latest_revision and zonder)  # type: ignore[misc]

    @property
    def van_hun(self) -> set[str]:
        """Names of what is to stay as the other saved it."""
        if self.botst:
            return set()
        post = self.request.POST
        return {naam.removeprefix(KEUZE) for naam in post if naam.startswith(KEUZE) and post[naam] == HUN}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.expects_json_response or not self.is_out_of_date:
            return super().post(request, *args, **kwargs)  # type: ignore[misc]
        return self.laat_kiezen()

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()  # type: ignore[misc]
        if "data" in kwargs:
            rijen = getattr(self.get_form_class(), "formsets", {})
            if self.botst:
                kwargs["data"] = als_nieuwe_rijen(kwargs["data"], rijen)
                kwargs["data"][GELADEN] = self.stand(self.object).voor_formulier(self.object)
            for naam in set(rijen) - self.van_hun:
                alleen_gestuurde_rijen(kwargs["instance"], naam, kwargs["data"])
        return kwargs

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)  # type: ignore[misc]
        for naam in self.van_hun & set(form.fields):
            form.fields[naam].disabled = True  # takes the value of the entry, whatever was sent
        stand = self.stand(form.instance).voor_formulier(form.instance)
        form.fields[GELADEN] = forms.CharField(initial=stand, required=False, widget=forms.HiddenInput)
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        for naam in self.van_hun & set(getattr(form, "formsets", {})):
            del form.formsets[naam]
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except VerouderdError:
            if self.expects_json_response:
                return self.json_error_response("invalid_revision", VEROUDERD)
            return self.laat_kiezen()

    def form_invalid(self, form: Any) -> HttpResponse:
        if not self.expects_json_response and self.van_hun:
            return self.laat_kiezen()
        if self.expects_json_response and self.is_out_of_date:
            self.produced_error_message = VEROUDERD
        return super().form_invalid(form)  # type: ignore[misc]

    def save_instance(self) -> Any:
        """Save, unless somebody else was first; the row stays locked until this is saved."""
        nu = get_object_or_404(self.model._base_manager.select_for_update(), pk=self.object.pk)
        if self.is_voorbij(nu):
            raise VerouderdError
        if self.revision_enabled and moment(nu.latest_revision) != moment(self.latest_revision):
            raise VerouderdError
        return super().save_instance()  # type: ignore[misc]

    def get_success_json(self) -> dict[str, Any]:
        """After a save by itself the form is made on what was saved: the click that follows is no other person."""
        uitkomst = super().get_success_json()  # type: ignore[misc]
        nu = {f"loaded_{naam}": uitkomst[naam] for naam in ("revision_id", "revision_created_at") if naam in uitkomst}
        return uitkomst | {"field_updates": uitkomst.get("field_updates", {}) | nu}

    def laat_kiezen(self) -> HttpResponse:
        """Answer 409: the form as it was sent, with what differs from what the other saved."""
        basis = self.basis()
        self.botst = True
        self.ververs()
        self.form = self.get_form()
        mijn, fout = toegepast(self.form)
        if fout:
            messages.validation_error(self.request, self.get_error_message(), self.form)
        if self.locked_for_user:
            messages.warning(self.request, OP_SLOT, extra_tags="lock")
        context = self.get_context_data(form=self.form) | {
            "autosave_enabled": False,
            "scherm": select_template(self.get_template_names()),
            "eigen_adres": super().get_edit_url(),  # type: ignore[misc]
            **self.wat_er_gebeurde(),
        }
        if context["anders"]:
            context["keuzes"] = self.keuzes(basis, mijn, fout)
        return TemplateResponse(self.request, "beheer/gelijktijdig.html", context, status=409)

    def wat_er_gebeurde(self) -> dict[str, Any]:
        """Whether the other wrote something (`anders`), who and when, and what else was done to the entry."""
        sindsdien = list(self.geladen.sindsdien(self.object)) if self.geladen else []
        if not self.revision_enabled:
            laatste = sindsdien[-1] if sindsdien else None
            return {"anders": True, "wie": laatste and laatste.user, "wanneer": laatste and laatste.timestamp}
        nu = self.latest_revision
        wie = {"wie": nu and nu.user, "wanneer": nu and nu.created_at}
        kiest_al = any(naam.startswith(KEUZE) for naam in self.request.POST)
        return {"anders": self.op_oude_revisie or kiest_al, "gebeurd": sindsdien, **wie}

    def basis(self) -> Any:
        """The entry as it was when this form was opened, if that is still known."""
        if not self.revision_enabled:
            return self.geladen and self.geladen.als_entry(self.object)
        post = self.request.POST
        sleutel = next((post[naam] for naam in REVISIES if post.get(naam)), "")
        if not is_key(sleutel):
            return None
        revision = self.object.revisions.filter(pk=sleutel).first()
        if revision is None:
            return None
        zelfde = "overwrite_revision_id" in post or post.get("loaded_revision_created_at") == moment(revision)[1]
        return revision.as_object() if zelfde else None

    def ververs(self) -> None:
        """Read the entry again: what was loaded is older than what the other saved, or changed by the form."""
        for naam in ("latest_revision", "latest_revision_created_at", "op_oude_revisie"):
            self.__dict__.pop(naam, None)
        self.object = self.get_object()

    def vergelijkingen(self) -> list[Any]:
        """One comparison for each field of the form."""
        velden = [FieldPanel(naam) for naam in self.form.fields if naam != GELADEN]
        paneel = self.panel or ObjectList(velden).bind_to_model(self.model)
        vergelijkingen: list[Any] = paneel.get_bound_panel(
            instance=None,
            request=self.request,
            form=None,
        ).get_comparison()
        return vergelijkingen

    def keuzes(self, basis: Any, mijn: Any, fout: set[str]) -> list[Keuze]:
        """What differs; of what only the other changed, theirs is proposed."""
        hun = self.model._base_manager.get(pk=mijn.pk)
        if self.revision_enabled:
            hun = hun.get_latest_revision_as_object()
        keuzes = []
        for vergelijk in self.vergelijkingen():
            verschil = vergelijk(hun, mijn)
            naam = verschil.field.name if verschil.is_field else verschil.field.related_name
            if naam not in fout and verschil.has_changed():
                ongemoeid = basis is not None and not vergelijk(basis, mijn).has_changed()
                wie = self.request.POST.get(KEUZE + naam, HUN if ongemoeid else UW)
                label = self.form.fields[naam].label if naam in self.form.fields else verschil.field_label()
                keuzes.append(Keuze(naam, label, verschil, wie))
        return keuzes
