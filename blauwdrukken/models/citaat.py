"""The quote: what somebody said of an approach, in the words that a source prints."""

from __future__ import annotations

from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from ..text.dates import FIRST_YEAR, LAST_YEAR
from ..text.readability import SENTENCE_BREAK
from .blauwdruk import Blauwdruk
from .bron import Bron
from .publication import publicatie_q

MAX_SENTENCES = 2
QUOTATION_MARKS = '“”„" \t\n'


def validate_short(text: str) -> None:
    """Refuse more than two sentences: what is longer is retold."""
    if len(SENTENCE_BREAK.split(text.strip(QUOTATION_MARKS))) > MAX_SENTENCES:
        raise ValidationError("Neem hooguit twee zinnen over. Vertel de rest in uw eigen woorden.")


class CitaatQuerySet(models.QuerySet):
    """Quotes; whatever the public sees starts from published()."""

    def published(self) -> Self:
        return self.filter(publicatie_q("blauwdruk__")).select_related("blauwdruk", "herkomst")


class Citaat(Orderable):
    """What somebody said, word for word: by function, never by name, with its source and year."""

    blauwdruk = ParentalKey(Blauwdruk, on_delete=models.CASCADE, related_name="citaten")
    tekst = models.TextField(
        "wat iemand zei",
        max_length=400,
        validators=[validate_short],
        help_text="Letterlijk, hooguit twee zinnen. De aanhalingstekens komen vanzelf.",
    )
    functie = models.CharField(
        "wie het zei", max_length=120, help_text="Een functie of organisatie, geen naam van een persoon."
    )
    herkomst = models.ForeignKey(Bron, on_delete=models.PROTECT, related_name="citaten", verbose_name="bron")
    jaar = models.PositiveSmallIntegerField(validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)])

    objects = CitaatQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = "citaat"
        verbose_name_plural = "citaten"

    def __str__(self) -> str:
        return f"“{self.words}”"

    @property
    def words(self) -> str:
        """The text on one line, without the marks that stand around it."""
        return " ".join(self.tekst.split()).strip(QUOTATION_MARKS)

    @property
    def speaker(self) -> str:
        """Who said it, where that is written and when."""
        return f"{self.functie}, in {self.herkomst.titel} ({self.jaar})"
