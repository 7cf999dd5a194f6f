"""Organisations that are the same made into one; what named the others, versions included, names the one that stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ForeignKey, Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from modelcluster.models import get_all_child_relations
from wagtail.log_actions import log
from wagtail.models import Revision, RevisionMixin
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from ...models import Organisatie

BATCH_SIZE = 200


def merge(blijft: Organisatie, others: list[Organisatie]) -> None:
    """Make all that names `others` name `blijft`, keep their names as other names, and delete them."""
    weg = {organisatie.pk for organisatie in others} - {blijft.pk}
    with transaction.atomic():
        for field in _foreign_keys():
            field.model._default_manager.filter(**{f"{field.name}__in": weg}).update(**{field.name: blijft})
        for model in {field.model for field in _foreign_keys()}:
            _replace_in_revisions(model, weg, blijft.pk)
        _take_over_details(blijft, [organisatie for organisatie in others if organisatie.pk in weg])
        Organisatie.objects.filter(pk__in=weg).delete()


def _foreign_keys() -> Iterator[ForeignKey]:
    """Every foreign key to an organisation, in the whole site."""
    return (relation.field for relation in Organisatie._meta.related_objects if isinstance(relation.field, ForeignKey))


def _take_over_details(blijft: Organisatie, others: list[Organisatie]) -> None:
    names = [*blijft.andere_namen.splitlines()]
    for organisatie in others:
        names += [organisatie.naam, *organisatie.andere_namen.splitlines()]
        blijft.website = blijft.website or organisatie.website
        blijft.omschrijving = blijft.omschrijving or organisatie.omschrijving
    blijft.andere_namen = "\n".join(dict.fromkeys(name for name in names if name and name != blijft.naam))
    blijft.save()


def _replace_in_revisions(model: type[Model], weg: set[int], blijft: int) -> None:
    """Mend the versions of a model that has them, or of the model whose rows these are."""
    parent = _find_parent(model)
    if parent is None:
        return
    anders = []
    versies = Revision.objects.filter(base_content_type=ContentType.objects.get_for_model(parent))
    for versie in versies.iterator(BATCH_SIZE):
        if _replace_keys(versie.content, parent, weg, blijft):
            anders.append(versie)
    Revision.objects.bulk_update(anders, ["content"], batch_size=BATCH_SIZE)


def _find_parent(model: type[Model]) -> type[Model] | None:
    if issubclass(model, RevisionMixin):
        return model
    parents = (field.related_model for field in model._meta.fields if isinstance(field, ForeignKey))
    return next((o for o in parents if isinstance(o, type) and issubclass(o, RevisionMixin)), None)


def _replace_keys(content: dict[str, Any], model: type[Model], weg: set[int], blijft: int) -> bool:
    """Replace the keys of organisations in the content of a version, rows included; whether there were any."""
    fields = [
        field.name
        for field in model._meta.fields
        if field.related_model is Organisatie and content.get(field.name) in weg
    ]
    for name in fields:
        content[name] = blijft
    rows = [
        _replace_keys(row, relation.related_model, weg, blijft)
        for relation in get_all_child_relations(model)
        for row in content.get(relation.get_accessor_name(), [])
    ]
    return bool(fields) or any(rows)


class MergeForm(forms.Form):
    """Which of the chosen organisations stays."""

    blijft = forms.ModelChoiceField(
        Organisatie.objects.none(), label="Deze naam blijft", widget=forms.RadioSelect, empty_label=None
    )


class MergeAction(SnippetBulkAction):
    """Merge the chosen organisations, after asking which name stays."""

    models = [Organisatie]
    display_name = "Samenvoegen"
    action_type = "samenvoegen"
    aria_label = "Voeg de gekozen organisaties samen"
    template_name = "beheer/samenvoegen.html"
    action_priority = 20
    form_class = MergeForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perms(["blauwdrukken.change_organisatie", "blauwdrukken.delete_organisatie"]):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, *args: Any, **kwargs: Any) -> forms.Form:
        form = super().get_form(*args, **kwargs)
        chosen = self.get_actionable_objects()[0]
        form.fields["blijft"].queryset = Organisatie.objects.filter(pk__in=[o.pk for o in chosen])
        return form

    def get_execution_context(self) -> dict[str, Any]:
        return {"blijft": self.cleaned_form.cleaned_data["blijft"], "user": self.request.user}

    @classmethod
    def execute_action(
        cls, objects: list[Organisatie], blijft: Any = None, user: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        names = [organisatie.naam for organisatie in objects if organisatie.pk != blijft.pk]
        merge(blijft, objects)
        log(blijft, "wagtail.edit", user=user, data={"samengevoegd": names})
        return len(objects), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        if num_parent_objects < 2:
            return "Er was maar één organisatie gekozen: er is niets veranderd."
        return f"{num_parent_objects} organisaties zijn nu één organisatie."
