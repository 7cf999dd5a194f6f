"""References in a revision to rows that were deleted since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations

Inhoud = dict[str, Any]
Sleutels = dict[type[models.Model], set[Any]]


def zonder_dode_verwijzingen(model: type[models.Model], inhoud: Inhoud) -> Inhoud:
    """Content of a revision without what refers to deleted rows; one query for each model referred to.

    A reference that may be empty becomes empty; a row that cannot do without it is left out.
    """
    gevraagd: Sleutels = defaultdict(set)
    for soort, rij in _rijen(model, inhoud):
        for veld in _verwijzingen(soort):
            if rij.get(veld.name) is not None:
                gevraagd[veld.related_model].add(rij[veld.name])
    bestaand = {doel: _bestaand(doel, sleutels) for doel, sleutels in gevraagd.items()}
    return _geschoond(model, inhoud, bestaand) or inhoud


def _rijen(model: type[models.Model], inhoud: Inhoud) -> Iterator[tuple[type[models.Model], Inhoud]]:
    """The entry itself and its rows, with their models."""
    yield model, inhoud
    for naam, kind in _kinderen(model).items():
        yield from ((kind, rij) for rij in inhoud.get(naam, []))


def _kinderen(model: type[models.Model]) -> dict[str, type[models.Model]]:
    return {relatie.get_accessor_name(): relatie.related_model for relatie in get_all_child_relations(model)}


def _verwijzingen(model: type[models.Model]) -> list[Any]:
    """Foreign keys, except the one of a row to the entry it belongs to."""
    sleutels = (veld for veld in model._meta.concrete_fields if isinstance(veld, models.ForeignKey))
    return [veld for veld in sleutels if not isinstance(veld, ParentalKey)]


def _bestaand(model: type[models.Model], sleutels: set[Any]) -> set[Any]:
    return set(model._default_manager.filter(pk__in=sleutels).values_list("pk", flat=True))


def _geschoond(model: type[models.Model], rij: Inhoud, bestaand: Sleutels) -> Inhoud | None:
    """The row with only living references; None when it cannot do without a dead one."""
    schoon = dict(rij)
    for veld in _verwijzingen(model):
        if schoon.get(veld.name) is not None and schoon[veld.name] not in bestaand[veld.related_model]:
            if not veld.null:
                return None
            schoon[veld.name] = None
    for naam, kind in _kinderen(model).items():
        if naam in schoon:
            schoon[naam] = [r for kindrij in schoon[naam] if (r := _geschoond(kind, kindrij, bestaand)) is not None]
    return schoon
