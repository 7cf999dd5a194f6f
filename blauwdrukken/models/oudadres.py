"""Addresses that used to be public: where they lead now, or why nothing is there any more."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone


class OudAdresQuerySet(models.QuerySet["OudAdres"]):
    def resolve(self, path: str) -> OudAdres | None:
        """The row that says what became of this address, at the end of the chain; one query a link."""
        seen = set()
        adres = self.filter(pad=path).first()
        while adres and adres.naar and (following := self.filter(pad=adres.naar).first()):
            if adres.pad in seen:
                return None
            seen.add(adres.pad)
            adres = following
        return adres

    def move(self, entry: Any, old_path: str) -> None:
        """The entry is public at its present address: all its earlier ones, this one included, lead there."""
        self.filter(pad__in=entry.paths()).delete()
        now = {"naar": entry.get_absolute_url(), "reden": ""}
        self.of_entry(entry).update(**now)
        if old_path and old_path not in entry.paths():
            self.update_or_create(pad=old_path, defaults={"entry": entry, "datum": timezone.localdate()} | now)

    def withdraw(self, entry: Any, reason: str, naar: str = "") -> None:
        """The entry is public no more: its addresses tell why, or lead to what replaces it."""
        fields = {"entry": entry, "reden": reason, "naar": naar, "datum": timezone.localdate()}
        for path in entry.paths():
            self.update_or_create(pad=path, defaults=fields)

    def of_entry(self, entry: Any) -> models.QuerySet[OudAdres]:
        """Old addresses of this entry."""
        return self.filter(content_type=ContentType.objects.get_for_model(entry), object_id=entry.pk)


class OudAdres(models.Model):
    """An old address (`pad`, ending in a slash): `naar` leads on; without it the entry was withdrawn for `reden`."""

    pad = models.CharField(max_length=200, unique=True)
    naar = models.CharField(max_length=200, blank=True)
    reden = models.CharField(max_length=300, blank=True)
    datum = models.DateField(default=timezone.localdate)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    entry = GenericForeignKey()

    objects = OudAdresQuerySet.as_manager()

    class Meta:
        verbose_name = "oud adres"
        verbose_name_plural = "oude adressen"
        indexes = [models.Index(fields=["content_type", "object_id"], name="oudadres_van")]

    def __str__(self) -> str:
        return self.pad
