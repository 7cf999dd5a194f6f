"""Choosers: searched by the fields of the list, and with a form for an organisation that is not there yet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.permissions import policy_registry
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.widgets import AdminSnippetChooser

from ...facets import MAX_SEARCH_LENGTH
from ...models import Organisatie
from .search_words import filter_by_words


class ChooserSearchForm(BaseFilterForm):
    """The search field of a chooser, and whether it offers drafts."""

    q = forms.CharField(
        label="Zoekwoord",
        required=False,
        max_length=MAX_SEARCH_LENGTH,
        widget=forms.TextInput(attrs={"placeholder": "Zoeken"}),
    )

    openbaar = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def filter(self, objects: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        if self.cleaned_data["openbaar"] and hasattr(objects, "published"):
            objects = objects.published()
        self.search_query = self.cleaned_data["q"]
        self.is_searching = bool(self.search_query)
        return filter_by_words(objects, objects.model.snippet_viewset.search_fields, self.search_query)


class PublicChooser(AdminSnippetChooser):
    """A chooser that offers only what readers can open."""

    def get_chooser_modal_url(self) -> str:
        return f"{super().get_chooser_modal_url()}?openbaar=on"


class Chooser(AdminSnippetChooser):
    """Chooser in one template: an editing form has one in each row."""

    template_name = "beheer/kiezer.html"


class BeheerChooserViewSet(SnippetChooserViewSet):
    """Choosers offer what is public, and the drafts on which somebody works."""

    base_widget_class = Chooser

    def get_urlpatterns(self) -> list[Any]:
        patterns = super().get_urlpatterns()
        return [pattern for pattern in patterns if pattern.name != "create" or self._creation_form_class]

    def construct_view(self, view_class: type, **kwargs: Any) -> Any:
        def choosable(view: Any) -> QuerySet[Any, Any]:
            return policy_registry.get_by_type(view.model_class).choosable(view.request.user)

        overrides = {
            "get_object_list": choosable,
            "get_object": lambda view, pk: choosable(view).get(pk=pk),
            "get_objects": lambda view, pks: choosable(view).filter(pk__in=pks),
            "filter_form_class": ChooserSearchForm,
        }
        own = {name: method for name, method in overrides.items() if hasattr(view_class, name)}
        return super().construct_view(type(view_class.__name__, (view_class,), own), **kwargs)


class NewOrganisatieForm(WagtailAdminModelForm):
    """What is asked of an organisation where somebody needs it; the rest comes later."""

    class Meta(WagtailAdminModelForm.Meta):
        model = Organisatie
        fields = ("naam", "soort", "website")
        help_texts = {"naam": "De naam van een organisatie, nooit die van een persoon."}

    def clean_naam(self) -> str:
        """The name, unless an organisation has it already in another spelling or as another name."""
        name = " ".join(self.cleaned_data["naam"].split())
        similar = Organisatie.objects.filter(Q(naam__iexact=name) | Q(andere_namen__icontains=name))
        for organisatie in similar:
            names = [organisatie.naam, *organisatie.andere_namen.splitlines()]
            if name.casefold() in (known.strip().casefold() for known in names):
                raise forms.ValidationError(f"Deze organisatie is er al: {organisatie}. Kies die bij Zoeken.")
        return name


class OrganisatieChooserViewSet(BeheerChooserViewSet):
    """Chooser of organisations, with a form for one that is not there yet."""

    creation_form_class = NewOrganisatieForm
    creation_tab_label = "Nieuwe organisatie"
    create_action_label = "Voeg toe en kies"
