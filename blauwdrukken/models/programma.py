"""The programme under which blueprints were written or projects run, with what it wanted to reach."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from regios.models import SlugManager

from ..text.dates import PartialDate
from .bron import Dating, Naverteld
from .publication import publicatie_q
from .rich_text import CleanRichTextField
from .vocabularies import Woord


class ProgrammaManager(SlugManager):
    def with_counts(self) -> models.QuerySet:
        """Programmes with the numbers of published blueprints and projects, the newest first; 1 query."""
        counts = {
            f"aantal_{name}": models.Count(name, filter=publicatie_q(f"{name}__"), distinct=True)
            for name in ("blauwdrukken", "projecten")
        }
        return self.annotate(**counts).order_by(F("jaar_tot").desc(nulls_last=True), "naam")


class Programma(Dating, Naverteld, Woord):
    """Programme under which blueprints were written or projects run."""

    jaar_van = models.PositiveSmallIntegerField("eerste jaar", null=True, blank=True)
    jaar_tot = models.PositiveSmallIntegerField("laatste jaar", null=True, blank=True)
    tekst = CleanRichTextField(
        blank=True, help_text="Waarom was het programma er, voor wie, en hoe werkte het? Zonder namen van personen."
    )

    objects: ClassVar[ProgrammaManager] = ProgrammaManager()

    class Meta(Woord.Meta):
        verbose_name = "programma"
        verbose_name_plural = "programma's"
        constraints = [
            models.CheckConstraint(
                condition=Q(jaar_van__lte=F("jaar_tot")) | Q(jaar_van=None) | Q(jaar_tot=None),
                name="programma_jaren_op_volgorde",
            )
        ]

    def get_absolute_url(self) -> str:
        return reverse("programma-detail", args=[self.slug])

    def dated_entries(self) -> list[models.QuerySet]:
        return [self.blauwdrukken.all()]

    def last_year(self) -> PartialDate | None:
        """The year in which it ended, or else began."""
        year = self.jaar_tot or self.jaar_van
        return PartialDate(year) if year else None

    @property
    def years(self) -> str:
        """Years as text: "2018–2021", "2006" or empty."""
        years = dict.fromkeys(str(year) for year in (self.jaar_van, self.jaar_tot) if year)
        return "–".join(years)


class Programmadoel(Woord):
    """What a programme wants to reach; its activities are the projects that name it."""

    programma = models.ForeignKey(Programma, on_delete=models.PROTECT, related_name="doelen")
    volgorde = models.PositiveSmallIntegerField(default=1, help_text="Op deze plaats staat het doel bij het programma.")

    class Meta(Woord.Meta):
        ordering = ["programma", "volgorde", "naam"]
        verbose_name = "doel van een programma"
        verbose_name_plural = "doelen van programma's"
