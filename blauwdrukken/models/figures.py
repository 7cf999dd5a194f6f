"""Figures of a blueprint: its costs, and the key figures that tell most."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from ..text.notation import format_amount_range
from .blauwdruk import Blauwdruk

# So many of so many; a range ("1 of 2 van 10") is no such number.
_PART = re.compile(r"(?:\D*\s)?(\d{1,3}(?:\.\d{3})*|\d+) van (?:de )?(\d{1,3}(?:\.\d{3})*|\d+)")


class Kostenpost(Orderable):
    """Amount in euros: a single amount has equal ends, an open end is unknown."""

    class Soort(models.TextChoices):
        ONBEKEND = "onbekend", "niet bekend"
        KOSTEN = "kosten", "kosten van de aanpak, alles samen"
        PRIJS = "prijs", "prijs per eenheid"
        ONDERDEEL = "onderdeel", "kosten van een onderdeel"
        BIJDRAGE = "bijdrage", "bijdrage van een partij"
        SUBSIDIE = "subsidie", "subsidie"
        BUDGET = "budget", "budget of begroting"

    class Eenheid(models.TextChoices):
        TOTAAL = "totaal", "in totaal"
        UITVOERING = "uitvoering", "per uitvoering"
        DEELNEMER = "deelnemer", "per deelnemer"
        WERKGEVER = "werkgever", "per werkgever"
        REGIO = "regio", "per regio"
        JAAR = "jaar", "per jaar"
        MAAND = "maand", "per maand"
        WEEK = "week", "per week"
        DAG = "dag", "per dag"
        DAGDEEL = "dagdeel", "per dagdeel"
        UUR = "uur", "per uur"
        BIJEENKOMST = "bijeenkomst", "per bijeenkomst"
        TRAINING = "training", "per training"
        TRAJECT = "traject", "per traject"
        STUK = "stuk", "per stuk"
        ANDERS = "anders", "anders"

    class HoeVaak(models.TextChoices):
        ONBEKEND = "onbekend", "niet bekend"
        EENMALIG = "eenmalig", "eenmalig"
        JAARLIJKS = "jaarlijks", "elk jaar"

    class Btw(models.TextChoices):
        ONBEKEND = "onbekend", "niet vermeld"
        INCLUSIEF = "inclusief", "inclusief btw"
        EXCLUSIEF = "exclusief", "exclusief btw"
        VRIJGESTELD = "vrijgesteld", "vrijgesteld van btw"

    blauwdruk = ParentalKey(Blauwdruk, on_delete=models.CASCADE, related_name="kosten")
    omschrijving = models.CharField(max_length=240)
    soort = models.CharField("wat is dit bedrag?", max_length=10, choices=Soort, default=Soort.ONBEKEND)
    bedrag_van = models.DecimalField("bedrag vanaf", max_digits=12, decimal_places=2, null=True, blank=True)
    bedrag_tot = models.DecimalField("bedrag tot en met", max_digits=12, decimal_places=2, null=True, blank=True)
    eenheid = models.CharField("per wat?", max_length=12, choices=Eenheid, default=Eenheid.TOTAAL)
    voor_wie = models.CharField("voor wie?", max_length=120, blank=True)
    hoe_vaak = models.CharField("hoe vaak?", max_length=10, choices=HoeVaak, default=HoeVaak.ONBEKEND)
    btw = models.CharField(max_length=12, choices=Btw, default=Btw.ONBEKEND)
    toelichting = models.CharField(max_length=400, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = "kostenpost"
        verbose_name_plural = "kosten"
        constraints = [
            models.CheckConstraint(
                condition=Q(bedrag_van__gte=0) | Q(bedrag_van=None), name="kostenpost_van_niet_negatief"
            ),
            models.CheckConstraint(
                condition=Q(bedrag_tot__gte=0) | Q(bedrag_tot=None), name="kostenpost_tot_niet_negatief"
            ),
            models.CheckConstraint(
                condition=Q(bedrag_van__lte=F("bedrag_tot")) | Q(bedrag_van=None) | Q(bedrag_tot=None),
                name="kostenpost_van_hooguit_tot",
            ),
        ]

    def __str__(self) -> str:
        return self.omschrijving

    def clean(self) -> None:
        """Say beside the field what cannot be; what an older row leaves unsaid stays allowed."""
        super().clean()
        errors = {}
        if self.bedrag_van is not None and self.bedrag_tot is not None and self.bedrag_van > self.bedrag_tot:
            errors["bedrag_tot"] = "Dit bedrag is lager dan het bedrag bij “vanaf”."
        if self.soort == self.Soort.PRIJS and self.eenheid == self.Eenheid.TOTAAL:
            errors["eenheid"] = "Een prijs geldt ergens voor. Kies waarvoor, bijvoorbeeld “per deelnemer”."
        if self.eenheid == self.Eenheid.JAAR and self.hoe_vaak == self.HoeVaak.EENMALIG:
            errors["hoe_vaak"] = "Een bedrag per jaar is niet eenmalig. Kies “elk jaar”, of een andere eenheid."
        if errors:
            raise ValidationError(errors)

    @property
    def bedrag(self) -> str:
        return format_amount_range(self.bedrag_van, self.bedrag_tot)

    @property
    def waarvoor(self) -> str:
        """Per what it is, for whom and how often, as far as that is known."""
        is_said = self.hoe_vaak != self.HoeVaak.ONBEKEND and self.eenheid != self.Eenheid.JAAR
        whom = f"voor {self.voor_wie}" if self.voor_wie else ""
        parts = (self.get_eenheid_display(), whom, self.get_hoe_vaak_display() if is_said else "")
        return ", ".join(part for part in parts if part)

    @property
    def soort_in_woorden(self) -> str:
        """What kind of amount it is; empty when that is not known."""
        return "" if self.soort == self.Soort.ONBEKEND else self.get_soort_display()


class Kerncijfer(Orderable):
    """Telling figure: its kind, value and unit as shown, with what it counts."""

    class Soort(models.TextChoices):
        UITKOMST = "uitkomst", "Uitkomst"
        BEREIK = "bereik", "Bereik"
        DOEL = "doel", "Doel"
        INZET = "inzet", "Inzet"
        DUUR = "duur", "Duur"
        GELD = "geld", "Geld"
        ACHTERGROND = "achtergrond", "Achtergrond"
        ONBEKEND = "onbekend", "Niet ingedeeld"

    blauwdruk = ParentalKey(Blauwdruk, on_delete=models.CASCADE, related_name="kerncijfers")
    soort = models.CharField("wat zegt dit cijfer?", max_length=12, choices=Soort, default=Soort.ONBEKEND)
    waarde = models.CharField(max_length=24)
    eenheid = models.CharField(max_length=40, blank=True)
    omschrijving = models.CharField(max_length=160)

    class Meta(Orderable.Meta):
        verbose_name = "kerncijfer"
        verbose_name_plural = "kerncijfers"

    def __str__(self) -> str:
        return f"{self.waarde} {self.eenheid}".strip()

    @property
    def rank(self) -> int:
        """Place of its kind: what came of it first."""
        kinds = list(self.Soort.values)
        return kinds.index(self.soort) if self.soort in kinds else len(kinds)

    @property
    def soort_in_woorden(self) -> str:
        """Its kind; empty when nobody said it."""
        return "" if self.soort == self.Soort.ONBEKEND else self.get_soort_display()

    @property
    def part_of_whole(self) -> tuple[int, int] | None:
        """How many of how many, when its value says both ("14 van 26", "meer dan 150 van 500")."""
        found = _PART.fullmatch(self.waarde)
        return tuple(int(number.replace(".", "")) for number in found.groups()) if found else None  # type: ignore[return-value]
