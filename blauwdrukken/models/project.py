"""The project: a blueprint carried out, or an activity that has no blueprint yet."""

from __future__ import annotations

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from modelcluster.fields import ParentalManyToManyField

from regios.models import Regio

from ..text.dates import PartialDate, format_partial_period, with_moment
from ..text.notation import euro
from .blauwdruk import Blauwdruk
from .bron import Beschreven
from .dates import PartialDateField
from .programma import Programma, Programmadoel
from .publication import SLUG_HELP, Publicatie, PublicatieQuerySet, wagtail_relation
from .rich_text import CleanRichTextField
from .vocabularies import Organisatie


class ProjectQuerySet(PublicatieQuerySet):
    """Projects; whatever the public sees starts from published()."""

    def with_facts(self) -> Self:
        """With what a card shows: 1 extra query, whatever the number of rows."""
        return self.select_related("programma", "programmadoel", "herkomst").prefetch_related("regios")


class Project(Publicatie, Beschreven):
    """Execution in one or more regions; amounts in euros, dates as far as the source knows them."""

    class Status(models.TextChoices):
        VERKEND = "verkend", "Verkend"
        GESTART = "gestart", "Gestart"
        LOPEND = "lopend", "Lopend"
        AFGEROND = "afgerond", "Afgerond"
        GEBORGD = "geborgd", "Geborgd"
        GESTOPT = "gestopt", "Gestopt"

    class Prioriteit(models.TextChoices):
        A = "A", "A: hoog"
        B = "B", "B: middel"
        C = "C", "C: laag"

    titel = models.CharField(max_length=160)
    slug = models.SlugField("adres", max_length=120, unique=True, blank=True, help_text=SLUG_HELP)
    blauwdruk = models.ForeignKey(Blauwdruk, null=True, blank=True, on_delete=models.SET_NULL, related_name="projecten")
    regios = ParentalManyToManyField(Regio, blank=True, related_name="projecten", verbose_name="regio's")
    landelijk = models.BooleanField("geldt voor heel Nederland", default=False)
    programma = models.ForeignKey(Programma, null=True, blank=True, on_delete=models.PROTECT, related_name="projecten")
    programmadoel = models.ForeignKey(
        Programmadoel,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="projecten",
        verbose_name="doel van het programma",
    )
    nummer = models.PositiveSmallIntegerField("nummer in het programma", null=True, blank=True)
    organisatie = models.ForeignKey(
        Organisatie, null=True, blank=True, on_delete=models.PROTECT, related_name="projecten"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.VERKEND)
    prioriteit = models.CharField(max_length=1, choices=Prioriteit, blank=True)
    datum = PartialDateField("datum van deze status")
    periode_begin = PartialDateField("begin")
    periode_eind = PartialDateField("eind")
    periode_toelichting = models.CharField("toelichting op de periode", max_length=300, blank=True)
    budget = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    budget_toelichting = models.CharField("toelichting op het budget", max_length=400, blank=True)
    doel = models.TextField(blank=True)
    omschrijving = CleanRichTextField(blank=True)
    wat_aangepast = models.TextField("wat is aangepast", blank=True)
    resultaat = models.TextField(blank=True)
    contact = models.CharField(
        max_length=200, blank=True, help_text="Functie en organisatie, geen naam van een persoon."
    )

    workflow_states = wagtail_relation("wagtailcore.WorkflowState", "project")
    _revisions = wagtail_relation("wagtailcore.Revision", "project")

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["titel"]
        verbose_name = "project"
        verbose_name_plural = "projecten"
        constraints = [
            models.CheckConstraint(condition=Q(budget__gte=0) | Q(budget=None), name="project_budget_niet_negatief"),
        ]

    def __str__(self) -> str:
        return self.titel

    def get_absolute_url(self) -> str:
        return reverse("project-detail", args=[self.slug])

    @property
    def periode(self) -> str:
        return format_partial_period(self.periode_begin, self.periode_eind)

    @property
    def described(self) -> PartialDate | None:
        """When its status was so: its own date, else the year of its source."""
        return self.datum or self.source_year()

    @property
    def status_met_moment(self) -> str:
        """Its status with the moment at which that was so ("Lopend in juni 2021")."""
        ended = self.status in {self.Status.AFGEROND, self.Status.GEBORGD, self.Status.GESTOPT}
        return with_moment(self.get_status_display(), self.described, ended=ended)

    def clean(self) -> None:
        super().clean()
        if self.programmadoel and self.programmadoel.programma_id != self.programma_id:
            raise ValidationError({"programmadoel": "Dit doel hoort bij een ander programma."})
        begin, eind = self.periode_begin, self.periode_eind
        if begin and eind and eind.last < begin.first:
            raise ValidationError({"periode_eind": "Het einde ligt voor het begin."})

    @property
    def budget_in_euro(self) -> str:
        """Budget as text, empty when unknown."""
        return "" if self.budget is None else euro(self.budget)

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "projecten/detail.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        return {**super().get_preview_context(request, mode_name), "project": self}
