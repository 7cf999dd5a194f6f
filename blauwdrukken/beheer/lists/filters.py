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
from wagtail.log_actions import registry as logboek

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

    def filter_since(self, rijen: QuerySet[Any, Any], naam: str, dagen: str) -> QuerySet[Any, Any]:
        regels = logboek.get_log_model_for_model(rijen.model).objects.filter(
            content_type=ContentType.objects.get_for_model(rijen.model),
            timestamp__gte=timezone.now() - timedelta(days=int(dagen)),
        )
        return rijen.alias(sleutel=Cast("pk", CharField())).filter(sleutel__in=regels.values("object_id"))


class VocabularyFilterSet(ChangedFilterSet):
    """Words that blueprints have chosen, or nobody."""

    in_gebruik = django_filters.BooleanFilter(label="In gebruik", widget=BooleanRadioSelect, method="filter_used")

    def filter_used(self, rijen: QuerySet[Any, Any], naam: str, waarde: bool) -> QuerySet[Any, Any]:
        return rijen.filter(aantal_blauwdrukken__gt=0) if waarde else rijen.filter(aantal_blauwdrukken=0)


class BegripFilterSet(ChangedFilterSet):
    """Abbreviations, and terms that visitors may know by another word."""

    afkorting = django_filters.BooleanFilter(label="Afkorting", widget=BooleanRadioSelect, method="filter_filled")
    synoniemen = django_filters.BooleanFilter(
        label="Heeft synoniemen", widget=BooleanRadioSelect, method="filter_filled"
    )

    FIELDS = {"afkorting": "voluit", "synoniemen": "synoniemen"}

    def filter_filled(self, rijen: QuerySet[Any, Any], naam: str, waarde: bool) -> QuerySet[Any, Any]:
        leeg = {self.FIELDS[naam]: ""}
        return rijen.exclude(**leeg) if waarde else rijen.filter(**leeg)
