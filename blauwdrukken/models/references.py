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


def without_dead_references(model: type[models.Model], content: Content) -> Content:
    """Content of a revision without what refers to deleted rows; one query for each model referred to.

    A reference that may be empty becomes empty; a row that cannot do without it is left out.
    """
    requested: Keys = defaultdict(set)
    for kind, row in _rows(model, content):
        for field in _references(kind):
            if row.get(field.name) is not None:
                requested[field.related_model].add(row[field.name])
    existing = {target: _existing(target, keys) for target, keys in requested.items()}
    return _cleaned(model, content, existing) or content


def _rows(model: type[models.Model], content: Content) -> Iterator[tuple[type[models.Model], Content]]:
    """The entry itself and its rows, with their models."""
    yield model, content
    for name, child in _child_models(model).items():
        yield from ((child, row) for row in content.get(name, []))


def _child_models(model: type[models.Model]) -> dict[str, type[models.Model]]:
    return {relation.get_accessor_name(): relation.related_model for relation in get_all_child_relations(model)}


def _references(model: type[models.Model]) -> list[Any]:
    """Foreign keys, except the one of a row to the entry it belongs to."""
    keys = (field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey))
    return [field for field in keys if not isinstance(field, ParentalKey)]


def _existing(model: type[models.Model], keys: set[Any]) -> set[Any]:
    return set(model._default_manager.filter(pk__in=keys).values_list("pk", flat=True))


def _cleaned(model: type[models.Model], row: Content, existing: Keys) -> Content | None:
    """The row with only living references; None when it cannot do without a dead one."""
    clean = dict(row)
    for field in _references(model):
        if clean.get(field.name) is not None and clean[field.name] not in existing[field.related_model]:
            if not field.null:
                return None
            clean[field.name] = None
    for name, child in _child_models(model).items():
        if name in clean:
            clean[name] = [r for child_row in clean[name] if (r := _cleaned(child, child_row, existing)) is not None]
    return clean
