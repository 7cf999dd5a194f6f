"""Parts of editing forms: rows, checkboxes, sections of the format, and blueprints chosen one by one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.safestring import SafeString
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
    get_form_for_model,
)
from wagtail.admin.widgets.slug import SlugInput
from wagtail.snippets.widgets import AdminSnippetChooser

from ...keys import is_key
from ...models import Blauwdruk
from ...permissions import PUBLISH
from ...secties import SECTIES_BY_FIELD
from .regio_form import RowForm


class Checkboxes(forms.CheckboxSelectMultiple):
    """A choice from a short list, all in sight."""

    template_name = "beheer/keuzevakjes.html"
    names = {"regios": "Regio’s", "themas": "Thema’s"}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"naam": self.names.get(name, name.capitalize())}


class BlauwdrukSelect(forms.SelectMultiple):
    """Blueprints out of thousands: those chosen as ticked boxes, and some choosers to add more."""

    template_name = "beheer/blauwdrukkeuze.html"
    new_count = 3

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        keys = [key for key in value or [] if is_key(key)]
        chosen = self.choices.queryset.filter(pk__in=keys)  # type: ignore[attr-defined]
        return {"widget": {"name": name, "attrs": attrs, "gekozen": chosen, "kiezers": self.choosers(name, attrs)}}

    def choosers(self, name: str, attrs: dict[str, Any] | None) -> list[SafeString]:
        base = (attrs or {}).get("id", name)
        chooser = AdminSnippetChooser(Blauwdruk, icon="doc-full")
        return [chooser.render(name, None, {"id": f"{base}-nieuw-{number}"}) for number in range(self.new_count)]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return list(dict.fromkeys(filter(None, data.getlist(name))))

    def id_for_label(self, id_: str, index: str = "0") -> str:
        return ""

    @property
    def media(self) -> forms.Media:
        return AdminSnippetChooser(Blauwdruk).media


class Tabs(TabbedInterface):
    """Tabs whose fields are sent once: Wagtail sends them as data too, for its remarks on pages of a tree."""

    class BoundPanel(TabbedInterface.BoundPanel):
        def js_opts(self) -> dict[str, Any]:
            return super().js_opts() | {"children": []}


class RowsPanel(InlinePanel):
    """Rows of an entry; each row offers what its writer may choose, as the form around it does."""

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        fields = self.child_edit_handler.get_form_options()
        options["formsets"][self.relation_name] |= {
            "form": get_form_for_model(
                self.db_field.related_model,
                form_class=RowForm,
                defer_required_on_fields=fields.get("defer_required_on_fields", []),
            ),
            "inherit_kwargs": ["for_user"],
        }
        return options


def explain_sectie(field: str) -> str:
    """What the format asks in this section, with an example and the question of the book where that differs."""
    sectie = SECTIES_BY_FIELD[field]
    vraag = f" Het blauwdrukboek vraagt hier: “{sectie.vraag}”" if sectie.vraag else ""
    return f"{sectie.hulp} Bijvoorbeeld: {sectie.voorbeeld}{vraag}"


def sectie_panel(field: str) -> FieldPanel:
    """The text of one section, under its heading."""
    return FieldPanel(field, heading=SECTIES_BY_FIELD[field].kop, help_text=explain_sectie(field))


def checkbox_panel(field: str, **options: Any) -> FieldPanel:
    """A choice of several from a short list."""
    return FieldPanel(field, widget=Checkboxes, **options)


def planning_panel() -> PublishingPanel:
    """When an entry appears and disappears, in a dialog of the status panel; for those who publish."""
    panel = PublishingPanel()
    for field, heading in zip(panel.children, ("Verschijnt op", "Verdwijnt op"), strict=True):
        field.heading, field.permission = heading, PUBLISH
    return panel


def title_and_address_panel(*fields: str | FieldPanel, heading: str, help_text: str) -> MultiFieldPanel:
    """Title, the address that follows it, and what else says what an entry is."""
    title = TitleFieldPanel("titel", targets=["slug"], placeholder=False, help_text=help_text)
    return MultiFieldPanel([title, FieldPanel("slug", widget=SlugInput), *fields], heading=heading)
