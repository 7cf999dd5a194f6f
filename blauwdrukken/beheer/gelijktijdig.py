"""Two people on one entry: who saves over what the other saved meanwhile gets to choose first."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin import messages

VEROUDERD = "Iemand anders heeft deze tekst intussen bewaard. Klik op Bewaar concept om te kiezen."
OP_SLOT = "De tekst is op slot. U kunt nu niets bewaren."
GELADEN = ("overwrite_revision_id", "loaded_revision_id")
KEUZE = "keuze-"
HUN, UW = "hun", "uw"


class VerouderdError(Exception):
    """Somebody saved between the check and the save."""


class Keuze(NamedTuple):
    """A field that differs, and whose version is to be kept."""

    naam: str
    verschil: Any
    wie: str


class Gelijktijdig:
    """Editing screen that refuses what was made on an older revision, and shows what differs."""

    botst = False

    @cached_property
    def is_out_of_date(self) -> bool:
        """Whether this form was made on an older revision; one that does not say on which counts as such."""
        zonder = not any(self.request.POST.get(naam) for naam in GELADEN)  # type: ignore[attr-defined]
        return super().is_out_of_date or bool(self.latest_revision and zonder)  # type: ignore[misc, attr-defined]

    @property
    def van_hun(self) -> set[str]:
        """Names of what is to stay as the other saved it."""
        if self.botst:
            return set()
        post = self.request.POST  # type: ignore[attr-defined]
        return {naam.removeprefix(KEUZE) for naam in post if naam.startswith(KEUZE) and post[naam] == HUN}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.expects_json_response or not self.is_out_of_date:  # type: ignore[attr-defined]
            return super().post(request, *args, **kwargs)  # type: ignore[misc]
        return self.laat_kiezen()

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()  # type: ignore[misc]
        if "data" in kwargs:
            rijen = getattr(self.get_form_class(), "formsets", {})  # type: ignore[attr-defined]
            if self.botst:
                kwargs["data"] = als_nieuwe_rijen(kwargs["data"], rijen)
            for naam in set(rijen) - self.van_hun:
                alleen_gestuurde_rijen(kwargs["instance"], naam, kwargs["data"])
        return kwargs

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)  # type: ignore[misc]
        for naam in self.van_hun & set(form.fields):
            form.fields[naam].disabled = True  # takes the value of the entry, whatever was sent
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        for naam in self.van_hun & set(getattr(form, "formsets", {})):
            del form.formsets[naam]
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except VerouderdError:
            if self.expects_json_response:  # type: ignore[attr-defined]
                return self.json_error_response("invalid_revision", VEROUDERD)  # type: ignore[attr-defined]
            return self.laat_kiezen()

    def form_invalid(self, form: Any) -> HttpResponse:
        if not self.expects_json_response and self.van_hun:  # type: ignore[attr-defined]
            return self.laat_kiezen()
        if self.expects_json_response and self.is_out_of_date:  # type: ignore[attr-defined]
            self.produced_error_message = VEROUDERD
        return super().form_invalid(form)  # type: ignore[misc]

    def save_instance(self) -> Any:
        """Save, unless somebody else was first; the row stays locked until this is saved."""
        if self.revision_enabled:  # type: ignore[attr-defined]
            rijen = self.model._base_manager.select_for_update()  # type: ignore[attr-defined]
            nu = get_object_or_404(rijen, pk=self.object.pk).latest_revision
            if moment(nu) != moment(self.latest_revision):  # type: ignore[attr-defined]
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
            messages.validation_error(self.request, self.get_error_message(), self.form)  # type: ignore[attr-defined]
        if self.locked_for_user:  # type: ignore[attr-defined]
            messages.warning(self.request, OP_SLOT, extra_tags="lock")  # type: ignore[attr-defined]
        context = self.get_context_data(form=self.form) | {  # type: ignore[attr-defined]
            "autosave_enabled": False,
            "hun": self.latest_revision,  # type: ignore[attr-defined]
            "keuzes": self.keuzes(basis, mijn, fout),
            "eigen_adres": super().get_edit_url(),  # type: ignore[misc]
        }
        return TemplateResponse(self.request, "beheer/gelijktijdig.html", context, status=409)  # type: ignore[attr-defined]

    def basis(self) -> Any:
        """The entry as it was when this form was opened, if that is still known."""
        post = self.request.POST  # type: ignore[attr-defined]
        sleutel = next((post[naam] for naam in GELADEN if post.get(naam)), "")
        if not (sleutel.isdecimal() and len(sleutel) < 19):
            return None
        revision = self.object.revisions.filter(pk=sleutel).first()
        if revision is None:
            return None
        zelfde = "overwrite_revision_id" in post or post.get("loaded_revision_created_at") == moment(revision)[1]
        return revision.as_object() if zelfde else None

    def ververs(self) -> None:
        """Read the entry again: what was loaded is older than what the other saved, or changed by the form."""
        for naam in ("latest_revision", "latest_revision_created_at"):
            self.__dict__.pop(naam, None)
        self.object = self.get_object()  # type: ignore[attr-defined]

    def keuzes(self, basis: Any, mijn: Any, fout: set[str]) -> list[Keuze]:
        """What differs; of what only the other changed, theirs is proposed."""
        hun = self.model._base_manager.get(pk=mijn.pk).get_latest_revision_as_object()  # type: ignore[attr-defined]
        paneel = self.panel.get_bound_panel(instance=None, request=self.request, form=None)  # type: ignore[attr-defined]
        keuzes = []
        for vergelijk in paneel.get_comparison():
            verschil = vergelijk(hun, mijn)
            naam = verschil.field.name if verschil.is_field else verschil.field.related_name
            if naam not in fout and verschil.has_changed():
                ongemoeid = basis is not None and not vergelijk(basis, mijn).has_changed()
                voorstel = HUN if ongemoeid else UW
                keuzes.append(Keuze(naam, verschil, self.request.POST.get(KEUZE + naam, voorstel)))  # type: ignore[attr-defined]
        return keuzes


class EerstLezen:
    """A step of the review that is taken on the text as it was sent in, and on no other."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        entry = self.object  # type: ignore[attr-defined]
        if self.task_state.revision_id == entry.latest_revision_id:  # type: ignore[attr-defined]
            return super().post(request, *args, **kwargs)  # type: ignore[misc]
        context = {"entry": entry, "bewerken": reverse(entry.snippet_viewset.get_url_name("edit"), args=[entry.pk])}
        return TemplateResponse(request, "beheer/eerst_lezen.html", context, status=409)


def moment(revision: Any) -> tuple[Any, str]:
    """Which revision this is, and when it was last written: autosave writes over its own."""
    return (revision.pk, revision.created_at.isoformat()) if revision else (None, "")


def als_nieuwe_rijen(data: QueryDict, namen: Any) -> QueryDict:
    """The sent form with all its rows as new ones: the rows they came from may be gone."""
    data = data.copy()
    for naam in namen:
        data[f"{naam}-INITIAL_FORMS"] = "0"
        for veld in rij_ids(data, naam):
            data[veld] = ""
    return data


def alleen_gestuurde_rijen(instance: Any, naam: str, data: QueryDict) -> None:
    """Take rows off the entry (in memory) that the form does not know: it is complete."""
    gestuurd = {data[veld] for veld in rij_ids(data, naam)}
    rijen = getattr(instance, naam)
    rijen.remove(*[rij for rij in rijen.all() if rij.pk and str(rij.pk) not in gestuurd])


def rij_ids(data: QueryDict, naam: str) -> list[str]:
    """Fields that say which row of the entry each row of the form is."""
    return [veld for veld in data if re.fullmatch(rf"{re.escape(naam)}-\d+-id", veld)]


def toegepast(form: Any) -> tuple[Any, set[str]]:
    """The entry as this form would save it as a draft, and the names of what cannot be read."""
    form.defer_required_fields()
    form.is_valid()
    form.restore_required_fields()
    fout = set(form.errors)
    form.save_cluster_m2m()
    for naam, formset in form.formsets.items():
        if formset.is_valid():
            formset.save(commit=False)
        else:
            fout.add(naam)
    return form.instance, fout
