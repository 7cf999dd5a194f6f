"""Where an entry comes from, and when it was written down."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from modelcluster.models import ClusterableModel

from regios.models import SlugManager

from ..text.age import age_in_words, age_note
from ..text.dates import FIRST_YEAR, LAST_YEAR, PartialDate


class Dating(models.Model):
    """What gives a date to entries that have none of their own; a change reaches those entries."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        for entries in self.dated_entries():
            for entry in entries:
                entries.model.objects.filter(pk=entry.pk).update(peildatum=entry.first_day())

    def dated_entries(self) -> list[models.QuerySet]:
        """Entries that may take their date from here."""
        raise NotImplementedError


class Bron(Dating):
    """A publication that entries retell in words of their own."""

    titel = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    uitgever = models.CharField(max_length=160, blank=True, help_text="Een organisatie, geen persoon.")
    jaar = models.PositiveSmallIntegerField("jaar van uitgave", null=True, blank=True)
    link = models.URLField(max_length=500, blank=True, help_text="Waar de bron te lezen is, als dat kan.")

    objects: ClassVar[SlugManager] = SlugManager()

    class Meta:
        ordering = ["titel"]
        verbose_name = "bron"
        verbose_name_plural = "bronnen"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(jaar__range=(FIRST_YEAR, LAST_YEAR)) | models.Q(jaar=None), name="bron_jaar_kan"
            )
        ]

    def __str__(self) -> str:
        made = ", ".join(str(part) for part in (self.uitgever, self.jaar) if part)
        return f"{self.titel} ({made})" if made else self.titel

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def dated_entries(self) -> list[models.QuerySet]:
        return [self.blauwdruk_set.all(), self.project_set.all(), self.verhaal_set.all()]


class Naverteld(ClusterableModel):
    """What is retold from a Bron; `bron` says where in it, or names another source."""

    herkomst = models.ForeignKey(Bron, null=True, blank=True, on_delete=models.PROTECT, verbose_name="bron")
    bron = models.CharField(
        "plaats in de bron", max_length=300, blank=True, help_text="Bijvoorbeeld: blauwdruk 4, of bladzijde 12."
    )

    class Meta:
        abstract = True

    def source_year(self) -> PartialDate | None:
        """The year in which its source came out."""
        year = self.herkomst.jaar if self.herkomst else None
        return PartialDate(year) if year else None

    @property
    def source_words(self) -> str:
        """The source with the place in it, empty when it is not known."""
        return ", ".join(str(part) for part in (self.herkomst, self.bron) if part)


class Beschreven(Naverteld):
    """An entry that was written down at some moment."""

    peildatum = models.DateField(null=True, editable=False)  # first day of `described`, to sort by

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.peildatum = self.first_day()
        super().save(*args, **kwargs)

    @property
    def described(self) -> PartialDate | None:
        """When it was written down, as far as is known."""
        raise NotImplementedError

    @property
    def age(self) -> str:
        """How many years ago it was written down; empty when that is not long ago."""
        return age_in_words(self.described, timezone.localdate(), settings.OUD_NA_JAREN)

    @property
    def age_note(self) -> str:
        """What may have changed since, empty for what is not old."""
        return age_note(self.described, timezone.localdate(), settings.OUD_NA_JAREN)

    def first_day(self) -> Any:
        """The first day on which it may have been written down."""
        return self.described.first if self.described else None

    @property
    def described_sentence(self) -> str:
        """When it was written down, for below a text."""
        return f"Beschreven: {self.described}." if self.described else "Wanneer dit is opgeschreven, is niet bekend."
