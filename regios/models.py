"""Provinces, the 35 labour-market regions and their municipalities (CBS, Gebieden in Nederland 2026)."""

from __future__ import annotations

import unicodedata
from itertools import filterfalse
from typing import Self

from django.db import models
from django.urls import reverse


def fold(text: str) -> str:
    """Fold case and diacritics, so that "Fryslân" and "fryslan" compare equal."""
    folded = text.casefold()
    if not folded.isascii():
        folded = "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", folded)))
    return folded.strip()


class SlugManager(models.Manager):
    """Finds a row by its slug, the natural key of fixtures."""

    def get_by_natural_key(self, slug: str) -> models.Model:
        return self.get(slug=slug)


class Provincie(models.Model):
    """One of the twelve provinces."""

    naam = models.CharField(max_length=40, unique=True)
    slug = models.SlugField(max_length=40, unique=True)

    objects = SlugManager()

    class Meta:
        ordering = ["naam"]
        verbose_name = "provincie"
        verbose_name_plural = "provincies"

    def __str__(self) -> str:
        return self.naam

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class RegioQuerySet(models.QuerySet["Regio"]):
    """Regions, and how to find one by the name of a place."""

    def get_by_natural_key(self, slug: str) -> Regio:
        return self.get(slug=slug)

    def at_place(self, place: str) -> Self:
        """Regions with this name or alias, or with a municipality that has it ("Breda" gives West-Brabant)."""
        sought = fold(place)
        names = [*self.values_list("pk", "naam", "aliassen")]
        names += Gemeente.objects.values_list("regio_id", "naam", "aliassen")
        found = {pk for pk, name, aliassen in names if sought in map(fold, [name, *aliassen.splitlines()])}
        return self.filter(pk__in=found)


class Regio(models.Model):
    """A labour-market region (arbeidsmarktregio); the map position counts hexagons from the top left."""

    naam = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    cbs_code = models.CharField("CBS-code", max_length=4, unique=True)
    provincies = models.ManyToManyField(Provincie, related_name="regios")
    centrumgemeente = models.ForeignKey(
        "Gemeente", null=True, blank=True, on_delete=models.SET_NULL, related_name="centrum_van"
    )
    buren = models.ManyToManyField("self", blank=True, verbose_name="aangrenzende regio's")
    aliassen = models.TextField("andere namen", blank=True, help_text="Eén naam per regel.")
    kaart_kolom = models.PositiveSmallIntegerField()
    kaart_rij = models.PositiveSmallIntegerField()
    kaart_label = models.CharField(max_length=60, help_text="Naam op de kaart; een | begint een nieuwe regel.")
    kaart_afkorting = models.CharField(max_length=4, help_text="Korte naam voor een kleine kaart.")

    objects = RegioQuerySet.as_manager()

    class Meta:
        ordering = ["naam"]
        verbose_name = "arbeidsmarktregio"
        verbose_name_plural = "arbeidsmarktregio's"
        constraints = [
            models.UniqueConstraint(fields=["kaart_kolom", "kaart_rij"], name="regio_eigen_plek_op_kaart"),
        ]

    def __str__(self) -> str:
        return self.naam

    def get_absolute_url(self) -> str:
        return reverse("regio-detail", args=[self.slug])

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    @property
    def een_regio_verder(self) -> RegioQuerySet:
        """Neighbours of the neighbours, without this region and its own neighbours."""
        buren = self.buren.values("pk")
        return Regio.objects.filter(buren__in=buren).exclude(pk=self.pk).exclude(pk__in=buren).distinct()


class GemeenteManager(models.Manager["Gemeente"]):
    def get_by_natural_key(self, cbs_code: str) -> Gemeente:
        return self.get(cbs_code=cbs_code)


class Gemeente(models.Model):
    """A municipality; aliases hold other spellings and municipalities that merged into it."""

    naam = models.CharField(max_length=60, unique=True)
    cbs_code = models.CharField("CBS-code", max_length=6, unique=True)
    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="gemeenten")
    provincie = models.ForeignKey(Provincie, on_delete=models.PROTECT, related_name="gemeenten")
    aliassen = models.TextField("andere namen", blank=True, help_text="Eén naam per regel.")

    objects = GemeenteManager()

    class Meta:
        ordering = ["naam"]
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"

    def __str__(self) -> str:
        return self.naam

    def natural_key(self) -> tuple[str]:
        return (self.cbs_code,)
