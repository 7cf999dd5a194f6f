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


def merge(kept: Organisatie, others: list[Organisatie]) -> None:
    """Make all that names `others` name `kept`, keep their names as other names, and delete them."""
    merged = {organisatie.pk for organisatie in others} - {kept.pk}
    with transaction.atomic():
        Organisatie.objects.filter(pk=kept.pk, opgegaan_in__in=merged).update(opgegaan_in=None)
        for field in _foreign_keys():
            field.model._default_manager.filter(**{f"{field.name}__in": merged}).update(**{field.name: kept})
        for model in {field.model for field in _foreign_keys()}:
            _replace_in_revisions(model, merged, kept.pk)
        _take_over_details(kept, [organisatie for organisatie in others if organisatie.pk in merged])
        Organisatie.objects.filter(pk__in=merged).delete()


def _foreign_keys() -> Iterator[ForeignKey]:
    """Every foreign key to an organisation, in the whole site."""
    return (relation.field for relation in Organisatie._meta.related_objects if isinstance(relation.field, ForeignKey))


def _take_over_details(kept: Organisatie, others: list[Organisatie]) -> None:
    kept.refresh_from_db()
    names = [*kept.andere_namen.splitlines()]
    for organisatie in others:
        names += [organisatie.naam, *organisatie.andere_namen.splitlines()]
        for name in ("website", "email", "telefoon", "regio", "opgegaan_in", "omschrijving"):
            setattr(kept, name, getattr(kept, name) or getattr(organisatie, name))
    if kept.opgegaan_in in others or kept in kept.successors():
        kept.opgegaan_in = None
    kept.andere_namen = "\n".join(dict.fromkeys(name for name in names if name and name != kept.naam))
    kept.save()


def _replace_in_revisions(model: type[Model], merged: set[int], kept: int) -> None:
    """Mend the versions of a model that has them, or of the model whose rows these are."""
    parent = _find_parent(model)
    if parent is None:
        return
    mended = []
    versies = Revision.objects.filter(base_content_type=ContentType.objects.get_for_model(parent))
    for versie in versies.iterator(BATCH_SIZE):
        if _replace_keys(versie.content, parent, merged, kept):
            mended.append(versie)
    Revision.objects.bulk_update(mended, ["content"], batch_size=BATCH_SIZE)


def _find_parent(model: type[Model]) -> type[Model] | None:
    if issubclass(model, RevisionMixin):
        return model
    parents = (field.related_model for field in model._meta.fields if isinstance(field, ForeignKey))
    return next((parent for parent in parents if isinstance(parent, type) and issubclass(parent, RevisionMixin)), None)


def _replace_keys(content: dict[str, Any], model: type[Model], merged: set[int], kept: int) -> bool:
    """Replace the keys of organisations in the content of a version, rows included; whether there were any."""
    fields = [
        field.name
        for field in model._meta.fields
        if field.related_model is Organisatie and content.get(field.name) in merged
    ]
    for name in fields:
        content[name] = kept
    rows = [
        _replace_keys(row, relation.related_model, merged, kept)
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
        return {"kept": self.cleaned_form.cleaned_data["blijft"], "user": self.request.user}

    @classmethod
    def execute_action(
        cls, objects: list[Organisatie], kept: Any = None, user: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        names = [organisatie.naam for organisatie in objects if organisatie.pk != kept.pk]
        merge(kept, objects)
        log(kept, "wagtail.edit", user=user, data={"samengevoegd": names})
        return len(objects), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        if num_parent_objects < 2:
            return "Er was maar één organisatie gekozen: er is niets veranderd."
        return f"{num_parent_objects} organisaties zijn nu één organisatie."
