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
from .snapshot import EntrySnapshot, moment
from .submission import apply_form, as_new_rows, keep_submitted_rows

STALE_MESSAGE = "Iemand anders heeft deze tekst intussen veranderd. Klik op Bewaar concept om te kiezen."
LOCKED_MESSAGE = "De tekst is op slot. U kunt nu niets bewaren."
REVISION_FIELDS = ("overwrite_revision_id", "loaded_revision_id")
LOADED_FIELD = "geladen"
CHOICE_PREFIX = "keuze-"
THEIRS, YOURS = "hun", "uw"


class StaleError(Exception):
    """Somebody saved between the check and the save."""


class FieldChoice(NamedTuple):
    """A field that differs, and whose version is to be kept."""

    naam: str
    label: str
    difference: Any
    whose: str


class GuardedEdit:
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

    conflicts = revision_enabled = locked_for_user = False

    @cached_property
    def loaded(self) -> EntrySnapshot | None:
        """What this form says it was made on; a new entry that saved itself says so only once its screen is renewed."""
        post = self.request.POST
        last = self.revision_enabled and self.latest_revision
        if LOADED_FIELD not in post and last:  # which revision it was made on is judged by itself
            return EntrySnapshot.at(self.object, last.created_at)
        return EntrySnapshot.read(post.get(LOADED_FIELD, ""), self.object)

    def snapshot(self, entry: Any) -> EntrySnapshot:
        return EntrySnapshot.of(entry, self.get_form_class()._meta.fields)

    def is_stale(self, entry: Any) -> bool:
        """Whether something else than a revision changed; a form that does not say on what it was made is too old."""
        return self.loaded is None or self.loaded.is_stale(self.snapshot(entry))

    @cached_property
    def is_out_of_date(self) -> bool:
        """Whether this form was made on an older text, or before something happened to the entry."""
        return self.is_stale(self.object) or self.on_old_revision

    @cached_property
    def on_old_revision(self) -> bool:
        """Whether there is a newer revision; a form that does not say on which it was made is too old."""
        if not self.revision_enabled:
            return False
        names_none = not any(self.request.POST.get(name) for name in REVISION_FIELDS)
        return super().is_out_of_date or bool(self.latest_revision and names_none)  # type: ignore[misc]

    @property
    def theirs(self) -> set[str]:
        """Names of what is to stay as the other saved it."""
        if self.conflicts:
            return set()
        post = self.request.POST
        return {
            name.removeprefix(CHOICE_PREFIX) for name in post if name.startswith(CHOICE_PREFIX) and post[name] == THEIRS
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.expects_json_response or not self.is_out_of_date:
            return super().post(request, *args, **kwargs)  # type: ignore[misc]
        return self.ask_to_choose()

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()  # type: ignore[misc]
        if "data" in kwargs:
            rows = getattr(self.get_form_class(), "formsets", {})
            if self.conflicts:
                kwargs["data"] = as_new_rows(kwargs["data"], rows)
                kwargs["data"][LOADED_FIELD] = self.snapshot(self.object).signed_for(self.object)
            for name in set(rows) - self.theirs:
                keep_submitted_rows(kwargs["instance"], name, kwargs["data"])
        return kwargs

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)  # type: ignore[misc]
        for name in self.theirs & set(form.fields):
            form.fields[name].disabled = True  # takes the value of the entry, whatever was sent
        snapshot = self.snapshot(form.instance).signed_for(form.instance)
        form.fields[LOADED_FIELD] = forms.CharField(initial=snapshot, required=False, widget=forms.HiddenInput)
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        for name in self.theirs & set(getattr(form, "formsets", {})):
            del form.formsets[name]
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except StaleError:
            if self.expects_json_response:
                return self.json_error_response("invalid_revision", STALE_MESSAGE)
            return self.ask_to_choose()

    def form_invalid(self, form: Any) -> HttpResponse:
        if not self.expects_json_response and self.theirs:
            return self.ask_to_choose()
        if self.is_out_of_date:  # anything but a save by itself was asked to choose before
            self.produced_error_message = STALE_MESSAGE
        return super().form_invalid(form)  # type: ignore[misc]

    def save_instance(self) -> Any:
        """Save, unless somebody else was first; the row stays locked until this is saved."""
        now = get_object_or_404(self.model._base_manager.select_for_update(), pk=self.object.pk)
        if self.is_stale(now):
            raise StaleError
        if self.revision_enabled and moment(now.latest_revision) != moment(self.latest_revision):
            raise StaleError
        return super().save_instance()  # type: ignore[misc]

    def get_success_json(self) -> dict[str, Any]:
        """After a save by itself the form is made on what was saved: the click that follows is no other person."""
        outcome = super().get_success_json()  # type: ignore[misc]
        now = {f"loaded_{name}": outcome[name] for name in ("revision_id", "revision_created_at") if name in outcome}
        return outcome | {"field_updates": outcome.get("field_updates", {}) | now}

    def ask_to_choose(self) -> HttpResponse:
        """Answer 409: the form as it was sent, with what differs from what the other saved."""
        base = self.base_entry()
        self.conflicts = True
        self.refresh()
        self.form = self.get_form()
        yours, unreadable = apply_form(self.form)
        if unreadable:
            messages.validation_error(self.request, self.get_error_message(), self.form)
        if self.locked_for_user:
            messages.warning(self.request, LOCKED_MESSAGE, extra_tags="lock")
        context = self.get_context_data(form=self.form) | {
            "autosave_enabled": False,
            "scherm": select_template(self.get_template_names()),
            "eigen_adres": super().get_edit_url(),  # type: ignore[misc]
            **self.what_happened(),
        }
        if context["anders"]:
            context["keuzes"] = self.field_choices(base, yours, unreadable)
        return TemplateResponse(self.request, "beheer/gelijktijdig.html", context, status=409)

    def what_happened(self) -> dict[str, Any]:
        """Whether the other wrote something (`anders`), who and when, and what else was done to the entry."""
        happened = list(self.loaded.lines_since(self.object)) if self.loaded else []
        if not self.revision_enabled:
            last = happened[-1] if happened else None
            return {"anders": True, "wie": last and last.user, "wanneer": last and last.timestamp}
        now = self.latest_revision
        who = {"wie": now and now.user, "wanneer": now and now.created_at}
        is_choosing = any(name.startswith(CHOICE_PREFIX) for name in self.request.POST)
        return {"anders": self.on_old_revision or is_choosing, "gebeurd": happened, **who}

    def base_entry(self) -> Any:
        """The entry as it was when this form was opened, if that is still known."""
        if not self.revision_enabled:
            return self.loaded and self.loaded.as_entry(self.object)
        post = self.request.POST
        key = next((post[name] for name in REVISION_FIELDS if post.get(name)), "")
        if not is_key(key):
            return None
        revision = self.object.revisions.filter(pk=key).first()
        if revision is None:
            return None
        is_same = "overwrite_revision_id" in post or post.get("loaded_revision_created_at") == moment(revision)[1]
        return revision.as_object() if is_same else None

    def refresh(self) -> None:
        """Read the entry again: what was loaded is older than what the other saved, or changed by the form."""
        for name in ("latest_revision", "latest_revision_created_at", "on_old_revision"):
            self.__dict__.pop(name, None)
        self.object = self.get_object()

    def comparisons(self) -> list[Any]:
        """One comparison for each field of the form."""
        panel = self.panel or ObjectList(list(map(FieldPanel, self.form.fields))).bind_to_model(self.model)
        comparisons: list[Any] = panel.get_bound_panel(
            instance=None,
            request=self.request,
            form=None,
        ).get_comparison()
        return comparisons

    def field_choices(self, base: Any, yours: Any, unreadable: set[str]) -> list[FieldChoice]:
        """What differs; of what only the other changed, theirs is proposed."""
        theirs = self.model._base_manager.get(pk=yours.pk)
        if self.revision_enabled:
            theirs = theirs.get_latest_revision_as_object()
        choices = []
        for compare in self.comparisons():
            difference = compare(theirs, yours)
            name = difference.field.name
            if name not in unreadable and difference.has_changed():
                untouched = base is not None and not compare(base, yours).has_changed()
                whose = self.request.POST.get(CHOICE_PREFIX + name, THEIRS if untouched else YOURS)
                label = self.form.fields[name].label if name in self.form.fields else difference.field_label()
                choices.append(FieldChoice(name, label, difference, whose))
        return choices
