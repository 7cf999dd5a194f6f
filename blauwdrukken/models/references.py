"""References in a revision to rows that were deleted since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations

Content = dict[str, Any]
Keys = dict[type[models.Model], set[Any]]


def without_dead_references(model: type[models.Model], inhoud: Content) -> Content:
    """Content of a revision without what refers to deleted rows; one query for each model referred to.

    A reference that may be empty becomes empty; a row that cannot do without it is left out.
    """
    gevraagd: Keys = defaultdict(set)
    for soort, rij in _rows(model, inhoud):
        for veld in _references(soort):
            if rij.get(veld.name) is not None:
                gevraagd[veld.related_model].add(rij[veld.name])
    bestaand = {doel: _existing(doel, sleutels) for doel, sleutels in gevraagd.items()}
    return _cleaned(model, inhoud, bestaand) or inhoud


def _rows(model: type[models.Model], inhoud: Content) -> Iterator[tuple[type[models.Model], Content]]:
    """The entry itself and its rows, with their models."""
    yield model, inhoud
    for naam, kind in _child_models(model).items():
        yield from ((kind, rij) for rij in inhoud.get(naam, []))


def _child_models(model: type[models.Model]) -> dict[str, type[models.Model]]:
    return {relatie.get_accessor_name(): relatie.related_model for relatie in get_all_child_relations(model)}


def _references(model: type[models.Model]) -> list[Any]:
    """Foreign keys, except the one of a row to the entry it belongs to."""
    sleutels = (veld for veld in model._meta.concrete_fields if isinstance(veld, models.ForeignKey))
    return [veld for veld in sleutels if not isinstance(veld, ParentalKey)]


def _existing(model: type[models.Model], sleutels: set[Any]) -> set[Any]:
    return set(model._default_manager.filter(pk__in=sleutels).values_list("pk", flat=True))


def _cleaned(model: type[models.Model], rij: Content, bestaand: Keys) -> Content | None:
    """The row with only living references; None when it cannot do without a dead one."""
    schoon = dict(rij)
    for veld in _references(model):
        if schoon.get(veld.name) is not None and schoon[veld.name] not in bestaand[veld.related_model]:
            if not veld.null:
                return None
            schoon[veld.name] = None
    for naam, kind in _child_models(model).items():
        if naam in schoon:
            schoon[naam] = [r for kindrij in schoon[naam] if (r := _cleaned(kind, kindrij, bestaand)) is not None]
    return schoon
