"""What the search engine keeps in the database: its change number, synonyms and searches without result."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from regios.models import fold

from ..tally import tally


class Zoekstand(models.Model):
    """One row: the number of the last change that matters to the index, and a token that no other change has.

    Triggers in the database raise it in the transaction of the change itself (blauwdrukken/search/triggers.py).
    """

    nummer = models.BigIntegerField(default=0)
    token = models.CharField(max_length=32, blank=True)

    def __str__(self) -> str:
        return f"{self.nummer} {self.token}"


class Wijziging(models.Model):
    """One change: of a blueprint's document, or of the words and places that questions are compared with."""

    nummer = models.BigIntegerField(db_index=True)
    token = models.CharField(max_length=32)
    blauwdruk = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.nummer}: {self.blauwdruk or 'woorden'}"


class Synoniem(models.Model):
    """Words or phrases that mean the same to a visitor; one a line."""

    woorden = models.TextField(help_text="Woorden of woordgroepen die hetzelfde betekenen, één per regel.")

    class Meta:
        ordering = ["woorden"]
        verbose_name = "synoniem"
        verbose_name_plural = "synoniemen"

    def __str__(self) -> str:
        return " = ".join(self.woorden.split("\n"))

    def clean(self) -> None:
        """Keep each line once, as it was first written; a synonym needs two lines that differ."""
        lines: dict[str, str] = {}
        for line in (" ".join(line.split()) for line in self.woorden.splitlines()):
            lines.setdefault(fold(line), line)
        lines.pop("", None)
        if self.woorden and len(lines) < 2:
            raise ValidationError(
                {"woorden": "Schrijf minstens twee verschillende woorden op, elk op een eigen regel."}
            )
        self.woorden = "\n".join(lines.values())


def write_missers(counts: Mapping[tuple[str, date], int]) -> None:
    """Add these numbers of searches to the rows of their days."""
    for (term, day), count in counts.items():
        Misser.objects.add_up(term, day, count)


class MisserQuerySet(models.QuerySet["Misser"]):
    def record(self, term: str) -> None:
        """Count this search on this day; nothing of the visitor is kept, nor what looks like an address or number."""
        if "@" not in term and sum(character.isdigit() for character in term) <= 5:
            tally.add(write_missers, (term[:80], timezone.localdate()))

    def add_up(self, term: str, day: date, count: int) -> None:
        """So many searches more for this term on this day, as long as the day has room for another term."""
        row = self.filter(term=term, dag=day)
        if row.update(aantal=models.F("aantal") + count) or self.filter(dag=day).count() >= MAX_MISSERS_PER_DAY:
            return
        self.get_or_create(term=term, dag=day)
        row.update(aantal=models.F("aantal") + count)


MAX_MISSERS_PER_DAY = 500


class Misser(models.Model):
    """A search that found nothing, counted per day."""

    term = models.CharField(max_length=80)
    dag = models.DateField()
    aantal = models.PositiveIntegerField(default=0)

    objects = MisserQuerySet.as_manager()

    class Meta:
        ordering = ["-dag", "-aantal", "term"]
        verbose_name = "zoekopdracht zonder resultaat"
        verbose_name_plural = "zoekopdrachten zonder resultaat"
        constraints = [models.UniqueConstraint(fields=["term", "dag"], name="misser_een_rij_per_dag")]

    def __str__(self) -> str:
        return self.term
