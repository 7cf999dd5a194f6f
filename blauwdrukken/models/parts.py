"""Rows of a blueprint: parties, working documents and examples."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.template.defaultfilters import filesizeformat
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from .bestanden import Bestand
from .blauwdruk import Blauwdruk
from .dates import PartialDateField
from .vocabularies import Organisatie


class Partij(Orderable):
    """Role of an organisation in a blueprint."""

    class Rol(models.TextChoices):
        OPDRACHTGEVER = "opdrachtgever", "Opdrachtgever"
        SUBSIDIEGEVER = "subsidiegever", "Subsidiegever"
        OPDRACHTNEMER = "opdrachtnemer", "Opdrachtnemer"
        UITVOERDER = "uitvoerder", "Uitvoerende partij"
        SAMENWERKINGSPARTNER = "samenwerkingspartner", "Samenwerkingspartner"
        ADVISEUR = "adviseur", "Adviseur"
        STAKEHOLDER = "stakeholder", "Stakeholder"
        WERKGEVER = "werkgever", "Werkgever"
        WERKGEVERSCONTACT = "werkgeverscontact", "Contact met werkgevers"
        ANDERS = "anders", "Anders"

    blauwdruk = ParentalKey(Blauwdruk, on_delete=models.CASCADE, related_name="partijen")
    rol = models.CharField(max_length=20, choices=Rol)
    organisatie = models.ForeignKey(Organisatie, on_delete=models.PROTECT, related_name="partijen")
    cruciaal = models.BooleanField(default=False, help_text="Alleen als de bron deze partij zo noemt.")
    toelichting = models.CharField(max_length=300, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = "partij"
        verbose_name_plural = "partijen"

    def __str__(self) -> str:
        return f"{self.organisatie} ({self.get_rol_display()})"

    @property
    def rol_in_woorden(self) -> str:
        """The role, with the mark that its source gives it."""
        return f"{self.get_rol_display()}{' (cruciaal)' * self.cruciaal}"


class Werkdocument(Orderable):
    """Document others can use: a file, a link, or only a title when the source is not public."""

    class Soort(models.TextChoices):
        FLYER = "flyer", "Flyer"
        PROJECTPLAN = "projectplan", "Projectplan"
        HANDLEIDING = "handleiding", "Handleiding"
        PRESENTATIE = "presentatie", "Presentatie"
        FORMULIER = "formulier", "Formulier"
        RAPPORT = "rapport", "Rapport"
        OVEREENKOMST = "overeenkomst", "Overeenkomst"
        WEBSITE = "website", "Website"
        FILM = "film", "Film"
        OVERIG = "overig", "Document"

    blauwdruk = ParentalKey(Blauwdruk, on_delete=models.CASCADE, related_name="werkdocumenten")
    titel = models.CharField(max_length=200)
    bestand = models.ForeignKey(Bestand, null=True, blank=True, on_delete=models.PROTECT, related_name="werkdocumenten")
    link = models.URLField(max_length=500, blank=True)
    link_gezien = PartialDateField("link werkte nog op", help_text="Wanneer opende u de link en zag u het document?")
    soort = models.CharField(max_length=14, choices=Soort, default=Soort.OVERIG)
    toelichting = models.CharField(max_length=300, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = "werkdocument"
        verbose_name_plural = "werkdocumenten"
        constraints = [
            models.CheckConstraint(condition=Q(bestand=None) | Q(link=""), name="werkdocument_bestand_of_link")
        ]

    def __str__(self) -> str:
        return self.titel

    @property
    def url(self) -> str:
        """Where it can be had: our own address of the file, or the link; empty when it is not public."""
        return self.bestand.url if self.bestand else self.link

    @property
    def plaats(self) -> str:
        """Where it is: "hier", "elders" or only "genoemd"."""
        return "hier" if self.bestand_id else "elders" if self.link else "genoemd"

    @property
    def plaats_in_woorden(self) -> str:
        """Where it is, and of a link when somebody last saw it work."""
        if self.plaats == "elders":
            return f"op een andere site ({self._link_state})"
        return "hier te downloaden" if self.plaats == "hier" else "alleen genoemd, niet op deze site"

    @property
    def _link_state(self) -> str:
        seen = self.link_gezien
        if not seen:
            return "niet bekend of de link nog werkt"
        return f"de link werkte {f'op {seen}' if seen.exact_day else seen.moment}"

    @property
    def kind_and_size(self) -> str:
        """Kind and size of the file, such as "PDF, 1,2 MB"; empty without a file."""
        return f"{self.bestand.soort.naam}, {filesizeformat(self.bestand.get_file_size())}" if self.bestand else ""


class Voorbeeld(Orderable):
    """Place where the approach can be seen."""

    blauwdruk = ParentalKey(Blauwdruk, on_delete=models.CASCADE, related_name="voorbeelden")
    titel = models.CharField(max_length=200)
    url = models.URLField("link", max_length=500, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = "voorbeeld"
        verbose_name_plural = "voorbeelden"

    def __str__(self) -> str:
        return self.titel
