"""A judgement of how sure it is that an approach works: by whom, when and on what ground."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from .blauwdruk import Blauwdruk
from .dates import PartialDateField
from .onderbouwing import Onderbouwing

NEEDS_GROUND = "Schrijf waarop dit rust: wat is er te lezen, en waar? Zonder grond kiest u een lager niveau."


class Bewijs(Orderable):
    """One judgement of a blueprint; those with a ground decide how sure the blueprint is called."""

    blauwdruk = ParentalKey(Blauwdruk, on_delete=models.CASCADE, related_name="bewijzen")
    niveau = models.CharField(max_length=14, choices=Onderbouwing, default=Onderbouwing.BESCHREVEN)
    door = models.CharField(
        "wie ging dit na?",
        max_length=160,
        blank=True,
        help_text="Een organisatie of een functie, geen naam van een persoon.",
    )
    datum = PartialDateField("wanneer?")
    grond = models.CharField("op grond waarvan?", max_length=500, blank=True)
    link = models.URLField(max_length=500, blank=True, help_text="Waar het te lezen is, als dat kan.")

    class Meta(Orderable.Meta):
        verbose_name = "bewijs"
        verbose_name_plural = "bewijzen"
        constraints = [
            models.CheckConstraint(
                condition=Q(niveau__in=[level for level in Onderbouwing if not level.needs_ground]) | ~Q(grond=""),
                name="bewijs_met_grond",
                violation_error_message=NEEDS_GROUND,
            )
        ]

    def __str__(self) -> str:
        return self.get_niveau_display()

    def clean(self) -> None:
        super().clean()
        self.grond = self.grond.strip()
        if self.niveau in Onderbouwing and self.zekerheid.needs_ground and not self.grond:
            raise ValidationError({"grond": NEEDS_GROUND})

    @property
    def zekerheid(self) -> Onderbouwing:
        """The level itself."""
        return Onderbouwing(self.niveau)

    @property
    def moment(self) -> str:
        """By whom and when, empty when neither is known: "Gemeente Breda, 2006"."""
        return ", ".join(str(part) for part in (self.door, self.datum) if part)
