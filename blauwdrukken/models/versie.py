"""Numbered versions of a blueprint: one for each publication, readable for as long as the blueprint is public."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Max, ProtectedError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

if TYPE_CHECKING:
    from .blauwdruk import Blauwdruk

FIRST_NOTE, LATER_NOTE = "Eerste versie", "Tekst bijgewerkt"


def only_with_blauwdruk(collector: Any, field: Any, sub_objs: Any, using: str) -> None:
    """Let no revision be cleared away while a version shows it; deleting the blueprint deletes both."""
    if isinstance(collector.origin, Revision):
        raise ProtectedError("A published version shows this revision.", set(sub_objs))
    models.CASCADE(collector, field, sub_objs, using)


class VersieQuerySet(models.QuerySet["Versie"]):
    def record(self, blauwdruk: Blauwdruk, revision: Revision) -> None:
        """Give a revision that was published the next number of these, its own versions; what has one keeps it."""
        if self.filter(revision=revision).exists():
            return
        highest = self.aggregate(hoogste=Max("nummer"))["hoogste"] or 0
        wat = revision.content.get("wat_veranderd") or (LATER_NOTE if highest else FIRST_NOTE)
        self.create(blauwdruk=blauwdruk, nummer=highest + 1, revision=revision, wat_veranderd=wat)

    def readable(self) -> models.QuerySet[Versie]:
        """Versions that were not withdrawn."""
        return self.filter(ingetrokken_op=None)


class Versie(models.Model):
    """A publication of a blueprint; who made it is not kept here, for this is public."""

    blauwdruk = models.ForeignKey("blauwdrukken.Blauwdruk", on_delete=models.CASCADE, related_name="versies")
    nummer = models.PositiveIntegerField()
    revision = models.OneToOneField(Revision, on_delete=only_with_blauwdruk, related_name="+")
    datum = models.DateField(default=timezone.localdate)
    wat_veranderd = models.CharField("wat is er veranderd?", max_length=300)
    ingetrokken_op = models.DateField(null=True, blank=True)
    reden = models.CharField("reden", max_length=300, blank=True)

    objects = VersieQuerySet.as_manager()

    class Meta:
        ordering = ["-nummer"]
        verbose_name = "versie"
        verbose_name_plural = "versies"
        constraints = [models.UniqueConstraint(fields=["blauwdruk", "nummer"], name="versie_een_nummer_per_blauwdruk")]

    def __str__(self) -> str:
        return f"Versie {self.nummer}"

    def get_absolute_url(self) -> str:
        return reverse("blauwdruk-versie", args=[self.blauwdruk.slug, self.nummer])

    def withdraw(self, reason: str) -> None:
        """Show this version no more, but say why."""
        self.ingetrokken_op, self.reden = timezone.localdate(), reason
        self.save(update_fields=["ingetrokken_op", "reden"])
