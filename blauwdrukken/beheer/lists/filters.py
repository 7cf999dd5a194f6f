"""Filters of lists whose entries have little to choose from."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Model, QuerySet
from django.db.models.functions import Cast
from django.forms import RadioSelect
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets.boolean_radio_select import BooleanRadioSelect
from wagtail.log_actions import registry as log_registry

PERIODS = [("7", "In de laatste week"), ("31", "In de laatste maand"), ("365", "In het laatste jaar")]


def make_filterset(model: type[Model], filterset: type[WagtailFilterSet]) -> type[WagtailFilterSet]:
    """These filters for the list of this kind of entry."""
    meta = type("Meta", (), {"model": model, "fields": []})
    return type(f"{model.__name__}FilterSet", (filterset,), {"Meta": meta})


class ChangedFilterSet(WagtailFilterSet):
    """What somebody worked on lately, as the history knows it."""

    gewijzigd = django_filters.ChoiceFilter(
        label="Gewijzigd", choices=PERIODS, empty_label="Maakt niet uit", widget=RadioSelect, method="filter_since"
    )

    def filter_since(self, rows: QuerySet[Any, Any], name: str, days: str) -> QuerySet[Any, Any]:
        lines = log_registry.get_log_model_for_model(rows.model).objects.filter(
            content_type=ContentType.objects.get_for_model(rows.model),
            timestamp__gte=timezone.now() - timedelta(days=int(days)),
        )
        return rows.alias(key=Cast("pk", CharField())).filter(key__in=lines.values("object_id"))


class VocabularyFilterSet(ChangedFilterSet):
    """Words that blueprints have chosen, or nobody."""

    in_gebruik = django_filters.BooleanFilter(label="In gebruik", widget=BooleanRadioSelect, method="filter_used")

    def filter_used(self, rows: QuerySet[Any, Any], name: str, value: bool) -> QuerySet[Any, Any]:
        return rows.filter(aantal_blauwdrukken__gt=0) if value else rows.filter(aantal_blauwdrukken=0)


class BegripFilterSet(ChangedFilterSet):
    """Abbreviations, and terms that visitors may know by another word."""

    afkorting = django_filters.BooleanFilter(label="Afkorting", widget=BooleanRadioSelect, method="filter_filled")
    synoniemen = django_filters.BooleanFilter(
        label="Heeft synoniemen", widget=BooleanRadioSelect, method="filter_filled"
    )

    FIELDS = {"afkorting": "voluit", "synoniemen": "synoniemen"}

    def filter_filled(self, rows: QuerySet[Any, Any], name: str, value: bool) -> QuerySet[Any, Any]:
        empty = {self.FIELDS[name]: ""}
        return rows.exclude(**empty) if value else rows.filter(**empty)
