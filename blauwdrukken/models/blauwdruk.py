"""The blueprint: an approach written down in the fixed format."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Max
from django.urls import reverse
from django.utils.html import strip_tags
from modelcluster.fields import ParentalManyToManyField

from regios.models import Regio

from ..secties import PER_VELD, SECTIES, TEKSTVELDEN, Sectie, Soort
from .publication import ADRES_HULP, Publicatie, PublicatieQuerySet, wagtail_relatie
from .rich_text import RijkeTekst
from .vocabularies import Doelgroep, Organisatie, Programma, Thema

# Classes to filter by: name and upper bound (in months, in euros); the last one also holds what has no bound.
LOOPTIJDEN: dict[str, tuple[str, int | None]] = {
    "tot-6": ("Tot en met 6 maanden", 6),
    "tot-12": ("7 tot en met 12 maanden", 12),
    "langer": ("Langer dan een jaar", None),
    "onbekend": ("Onbekend", None),
}
KOSTENKLASSEN: dict[str, tuple[str, int | None]] = {
    "tot-5000": ("Tot en met € 5.000", 5_000),
    "tot-50000": ("Tot en met € 50.000", 50_000),
    "tot-250000": ("Tot en met € 250.000", 250_000),
    "meer": ("Meer dan € 250.000", None),
    "onbekend": ("Onbekend", None),
}


def sectieveld(veld: str) -> RijkeTekst:
    """Rich-text field for a section, named and explained by the format."""
    return RijkeTekst(PER_VELD[veld].kop, blank=True, help_text=PER_VELD[veld].hulp)


@dataclass(frozen=True)
class GevuldeSectie:
    """A section of one blueprint with its content: HTML, or rows."""

    sectie: Sectie
    inhoud: Any


class BlauwdrukQuerySet(PublicatieQuerySet):
    """Blueprints; whatever the public sees starts from gepubliceerd()."""

    def nieuwste_eerst(self) -> Self:
        return self.order_by(F("laatst_gewijzigd").desc(nulls_last=True), "nummer")

    def met_kenmerken(self, *, teksten: bool = False) -> Self:
        """With what a card shows, the long texts only when asked: 2 extra queries, whatever the number of rows."""
        rijen = self if teksten else self.defer(*TEKSTVELDEN)
        return rijen.defer("toelichting").prefetch_related("regios", "doelgroepen")


class Blauwdruk(Publicatie):
    """An approach of one or more regions; nation-wide when `landelijk`, else `regios` names them."""

    class Fase(models.TextChoices):
        IDEE = "idee", "Idee"
        PROEF = "proef", "Proef"
        LOPEND = "lopend", "Lopend"
        AFGEROND = "afgerond", "Afgerond"
        GEBORGD = "geborgd", "Geborgd"

    class Onderbouwing(models.TextChoices):
        ONBEKEND = "onbekend", "Onderbouwing onbekend"
        BESCHREVEN = "beschreven", "Beschreven door uitvoerders"
        GEEVALUEERD = "geevalueerd", "Geëvalueerd"
        ONAFHANKELIJK = "onafhankelijk", "Onafhankelijk onderzocht"

    nummer = models.PositiveIntegerField(unique=True, blank=True, editable=False)
    titel = models.CharField(max_length=160)
    slug = models.SlugField("adres", max_length=120, unique=True, blank=True, help_text=ADRES_HULP)
    samenvatting = models.TextField("samenvatting", max_length=400, help_text="Eén of twee zinnen.")
    landelijk = models.BooleanField("geldt voor heel Nederland", default=False)
    regios = ParentalManyToManyField(Regio, blank=True, related_name="blauwdrukken", verbose_name="regio's")
    themas = ParentalManyToManyField(Thema, blank=True, related_name="blauwdrukken", verbose_name="thema's")
    thema_anders = models.CharField("anders, namelijk", max_length=200, blank=True)
    doelgroepen = ParentalManyToManyField(Doelgroep, blank=True, related_name="blauwdrukken")
    programma = models.ForeignKey(
        Programma, null=True, blank=True, on_delete=models.PROTECT, related_name="blauwdrukken"
    )
    fase = models.CharField(max_length=10, choices=Fase, default=Fase.IDEE)
    onderbouwing = models.CharField(max_length=14, choices=Onderbouwing, default=Onderbouwing.ONBEKEND)
    contactorganisatie = models.ForeignKey(
        Organisatie, null=True, blank=True, on_delete=models.PROTECT, related_name="contact_voor"
    )
    laatst_gewijzigd = models.DateField("datum blauwdruk", null=True, blank=True)
    herzien_voor = models.DateField("herzien vóór", null=True, blank=True)
    stand = models.CharField("stand op die datum", max_length=300, blank=True)
    looptijd_maanden = models.PositiveSmallIntegerField("looptijd in maanden", null=True, blank=True)
    toelichting = models.TextField(
        "wat ontbreekt of onzeker is", blank=True, help_text="Bijvoorbeeld: de bron noemt geen regio."
    )
    bron = models.CharField(max_length=300, blank=True)
    wat_veranderd = models.CharField(
        "wat is er veranderd?",
        max_length=300,
        blank=True,
        help_text="Eén zin voor de lezer. Deze zin staat bij de nieuwe versie op de site.",
    )

    omschrijving = sectieveld("omschrijving")
    doel = sectieveld("doel")
    meerwaarde_werkgevers = sectieveld("meerwaarde_werkgevers")
    doelgroep = sectieveld("doelgroep")
    samenwerking = sectieveld("samenwerking")
    uitvoering = sectieveld("uitvoering")
    benodigdheden = sectieveld("benodigdheden")
    cruciale_elementen = sectieveld("cruciale_elementen")
    leerpunten = sectieveld("leerpunten")
    aandachtspunten = sectieveld("aandachtspunten")
    inbedding = sectieveld("inbedding")
    financiering = sectieveld("financiering")
    meerwaarde_organisaties = sectieveld("meerwaarde_organisaties")
    rollen_organisaties = sectieveld("rollen_organisaties")
    governance = sectieveld("governance")

    workflow_states = wagtail_relatie("wagtailcore.WorkflowState", "blauwdruk")
    _revisions = wagtail_relatie("wagtailcore.Revision", "blauwdruk")

    # Previews: name -> what it is called, and a view of request and blueprint; wagtail_hooks.py fills it in.
    weergaven: ClassVar[dict[str, tuple[str, Callable[[Any, Any], Any]]]] = {}

    objects = BlauwdrukQuerySet.as_manager()

    class Meta:
        ordering = ["nummer"]
        verbose_name = "blauwdruk"
        verbose_name_plural = "blauwdrukken"
        indexes = [models.Index(fields=["live", "-laatst_gewijzigd", "nummer"], name="blauwdruk_nieuwste")]

    def __str__(self) -> str:
        return self.titel

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.nummer is None:
            self.nummer = (Blauwdruk.objects.aggregate(hoogste=Max("nummer"))["hoogste"] or 0) + 1
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("blauwdruk-detail", args=[self.slug])

    def adressen(self) -> list[str]:
        return [*super().adressen(), f"{reverse('blauwdruk-kort', args=[self.nummer])}/"]

    def is_openbaar_geweest(self, revision: Any) -> bool:
        return super().is_openbaar_geweest(revision) or self.versies.filter(revision=revision).exists()

    def na_publicatie(self, revision: Any) -> None:
        """Number the version; the next one begins without a note."""
        self.versies.leg_vast(self, revision)
        if self.wat_veranderd:
            Blauwdruk.objects.filter(pk=self.pk).update(wat_veranderd="")

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        return [(naam, label) for naam, (label, _) in self.weergaven.items()]

    def serve_preview(self, request: Any, mode_name: str | None) -> Any:
        _, weergave = self.weergaven[mode_name if mode_name in self.weergaven else ""]
        return weergave(request, self)

    def gevulde_secties(self) -> list[GevuldeSectie]:
        """Sections with content, costs included, in the order of the format; rows cost one query a section."""
        gevuld = []
        for sectie in SECTIES:
            waarde = getattr(self, sectie.veld)
            inhoud = waarde if sectie.soort is Soort.TEKST else list(waarde.all())
            if inhoud or (sectie.veld == "financiering" and self.kosten.all()):
                gevuld.append(GevuldeSectie(sectie, inhoud))
        return gevuld

    def partijen_per_rol(self) -> list[tuple[str, list[Any]]]:
        """Pairs of role and parties, in the order in which the roles first occur."""
        per_rol: dict[str, list[Any]] = {}
        for partij in self.partijen.all():
            per_rol.setdefault(partij.get_rol_display(), []).append(partij)
        return list(per_rol.items())

    @property
    def looptijdklasse(self) -> str:
        """Class of the duration, one of LOOPTIJDEN."""
        if self.looptijd_maanden is None:
            return "onbekend"
        return next(klasse for klasse, (_, tot) in LOOPTIJDEN.items() if tot is None or self.looptijd_maanden <= tot)

    @property
    def kostenklasse(self) -> str:
        """Class of the highest amount among the costs, one of KOSTENKLASSEN."""
        bedragen = [b for post in self.kosten.all() for b in (post.bedrag_tot, post.bedrag_van) if b is not None]
        if not bedragen:
            return "onbekend"
        return next(klasse for klasse, (_, tot) in KOSTENKLASSEN.items() if tot is None or max(bedragen) <= tot)

    @property
    def jaar(self) -> str:
        """Year of the date, or "onbekend"."""
        return str(self.laatst_gewijzigd.year) if self.laatst_gewijzigd else "onbekend"

    def aantal_woorden(self) -> int:
        """Words in the rich-text sections."""
        return sum(len(re.findall(r"\w+", strip_tags(getattr(self, veld)))) for veld in TEKSTVELDEN)
