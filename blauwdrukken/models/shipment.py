"""What came with the software, to see later whether somebody changed it."""

from __future__ import annotations

from typing import Any

from django.db import models
from wagtail.models import Revision


class ShipmentQuerySet(models.QuerySet["Shipment"]):
    def of(self, model: type[models.Model], key: Any) -> Shipment | None:
        """What was last shipped for this key of the content files."""
        return self.filter(kind=model._meta.label_lower, key=str(key)).first()

    def keep(self, target: models.Model, key: Any, content: dict[str, Any], revision: Revision | None = None) -> None:
        """Remember that this content was handled, and which revision readers saw then."""
        known = {"content": content, "object_id": target.pk, "revision": revision}
        self.update_or_create(kind=target._meta.label_lower, key=str(key), defaults=known)


class Shipment(models.Model):
    """The last shipped content of an entry, with a fingerprint of its file, or of a row of a vocabulary."""

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    content = models.JSONField(default=dict)
    object_id = models.PositiveBigIntegerField()
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ShipmentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="shipment_one_a_key")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
