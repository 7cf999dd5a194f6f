"""Vocabularies: what blueprints and projects choose from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse

from regios.models import Regio, SlugManager

from .publication import publicatie_q


class Woord(models.Model):
    """A term with an address and a one-line explanation."""

    naam = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    uitleg = models.TextField("uitleg in één regel", blank=True)

    objects: ClassVar[SlugManager] = SlugManager()

    class Meta:
        abstract = True
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


ANDERS_LAST = Case(When(slug="anders", then=1), default=0)


class ThemaManager(SlugManager):
    def with_count(self) -> models.QuerySet:
        """Themes with `aantal`, the number of published blueprints; those with most first, "anders" last."""
        published = models.Count("blauwdrukken", filter=publicatie_q("blauwdrukken__"), distinct=True)
        return self.annotate(aantal=published).order_by(ANDERS_LAST, "-aantal", "naam")


class Thema(Woord):
    """Subject of a blueprint, as the format lists them."""

    icoon = models.SlugField(max_length=20, default="ster", help_text="Naam van een plaatje in templates/icons.")

    objects: ClassVar[ThemaManager] = ThemaManager()

    class Meta(Woord.Meta):
        verbose_name = "thema"
        verbose_name_plural = "thema's"

    def get_absolute_url(self) -> str:
        return reverse("thema-detail", args=[self.slug])


class Doelgroep(Woord):
    """Group of people or employers for whom an approach is meant."""

    class Meta(Woord.Meta):
        verbose_name = "doelgroep"
        verbose_name_plural = "doelgroepen"


PHONE = RegexValidator(r"^\+?[0-9][0-9 ()-]{4,18}$", "Vul een telefoonnummer in, zoals 088 123 45 67.")
WENT_IN_A_CIRCLE = "Dit gaat in een kring: {} is zelf opgegaan in deze organisatie. Kies een andere."
CONTACT_RELATIONS = ("regio", "opgegaan_in")


class OrganisatieManager(models.Manager["Organisatie"]):
    def with_contact(self) -> models.QuerySet[Organisatie]:
        """With all that tells how to reach them."""
        return self.select_related(*CONTACT_RELATIONS)

    def get_by_natural_key(self, name: str) -> Organisatie:
        return self.get(naam=name)


class Organisatie(models.Model):
    """Organisation that takes part; never a private person."""

    class Soort(models.TextChoices):
        OVERHEID = "overheid", "Overheid"
        WERKGEVERSORGANISATIE = "werkgeversorganisatie", "Werkgeversorganisatie"
        WERKNEMERSORGANISATIE = "werknemersorganisatie", "Werknemersorganisatie"
        ONDERWIJS = "onderwijs", "Onderwijs"
        UITVOERING = "uitvoering", "Uitvoeringsorganisatie"
        WERKGEVER = "werkgever", "Werkgever"
        SAMENWERKING = "samenwerking", "Samenwerkingsverband"
        OVERIG = "overig", "Overig"

    naam = models.CharField(max_length=160, unique=True)
    soort = models.CharField(max_length=24, choices=Soort, default=Soort.OVERIG)
    website = models.URLField(blank=True)
    email = models.EmailField(
        "e-mailadres", blank=True, help_text="Een algemeen adres van de organisatie, nooit dat van een persoon."
    )
    telefoon = models.CharField(
        max_length=20, blank=True, validators=[PHONE], help_text="Een algemeen nummer, nooit dat van een persoon."
    )
    regio = models.ForeignKey(
        Regio,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organisaties",
        help_text="Alleen als de organisatie in één arbeidsmarktregio werkt.",
    )
    opgegaan_in = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="voorgangers",
        help_text="Bestaat de organisatie niet meer? Kies dan de organisatie die haar werk nu doet, als u die weet.",
    )
    omschrijving = models.TextField("omschrijving in één regel", blank=True)
    andere_namen = models.TextField(
        blank=True, help_text="Eén naam per regel: afkortingen, vroegere namen, andere schrijfwijzen."
    )

    objects = OrganisatieManager()

    class Meta:
        ordering = ["naam"]
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        constraints = [
            models.CheckConstraint(
                condition=~Q(opgegaan_in=F("id")) | Q(opgegaan_in=None), name="organisatie_niet_in_zichzelf"
            )
        ]

    def __str__(self) -> str:
        return self.naam

    def clean(self) -> None:
        super().clean()
        if self.pk and any(later.pk == self.pk for later in self.successors()):
            raise ValidationError({"opgegaan_in": WENT_IN_A_CIRCLE.format(self.opgegaan_in)})

    def successors(self) -> Iterator[Organisatie]:
        """What it became part of, and what that became part of; stops where it would go round."""
        seen, later = set(), self.opgegaan_in
        while later and later.pk not in seen:
            yield later
            seen.add(later.pk)
            later = later.opgegaan_in

    def natural_key(self) -> tuple[str]:
        return (self.naam,)


class BegripManager(models.Manager["Begrip"]):
    def get_by_natural_key(self, slug: str) -> Begrip:
        return self.get(slug=slug)


class Begrip(models.Model):
    """Term of the field with its explanation; synonyms one a line."""

    term = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    voluit = models.CharField(max_length=120, blank=True)
    uitleg = models.TextField()
    synoniemen = models.TextField(blank=True, help_text="Eén woord per regel.")
    uit_het_vak = models.BooleanField(
        "komt in geen tekst van de site voor", default=False, help_text="Lezers zien er ‘uit het vak’ bij staan."
    )

    objects = BegripManager()

    class Meta:
        ordering = ["term"]
        verbose_name = "begrip"
        verbose_name_plural = "begrippen"

    def __str__(self) -> str:
        return self.term

    def get_absolute_url(self) -> str:
        return f"{reverse('begrippen')}#{self.slug}"

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    @property
    def is_abbreviation(self) -> bool:
        """Whether the term is a short form, worth explaining where it stands in a text."""
        return len(self.term) <= 8 and " " not in self.term and self.voluit not in ("", self.term)
