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

from ..secties import SECTIES, SECTIES_BY_FIELD, TEXT_FIELDS, Sectie, Soort
from ..text.dates import PartialDate, with_moment
from .bron import Beschreven
from .dates import PartialDateField
from .onderbouwing import Onderbouwing as Niveau
from .programma import Programma
from .publication import SLUG_HELP, Publicatie, PublicatieQuerySet, wagtail_relation
from .rich_text import CleanRichTextField
from .vocabularies import Doelgroep, Organisatie, Thema


def sectie_field(field: str) -> CleanRichTextField:
    """Rich-text field for a section, named and explained by the format."""
    return CleanRichTextField(SECTIES_BY_FIELD[field].kop, blank=True, help_text=SECTIES_BY_FIELD[field].hulp)


@dataclass(frozen=True)
class FilledSectie:
    """A section of one blueprint with its content: HTML, or rows."""

    sectie: Sectie
    content: Any


class BlauwdrukQuerySet(PublicatieQuerySet):
    """Blueprints; whatever the public sees starts from published()."""

    def newest_first(self) -> Self:
        return self.order_by(F("peildatum").desc(nulls_last=True), "nummer")

    def with_facts(self, *, texts: bool = False) -> Self:
        """With what a card shows, the long texts only when asked: 2 extra queries, whatever the number of rows."""
        rows = self.select_related("programma", "herkomst").defer("toelichting", *(() if texts else TEXT_FIELDS))
        return rows.prefetch_related("regios", "doelgroepen")

    def with_answers(self, *, texts: bool = False) -> Self:
        """With what a row of a list tells besides: 2 queries more."""
        return self.with_facts(texts=texts).prefetch_related("kosten", "kerncijfers")


class Blauwdruk(Publicatie, Beschreven):
    """An approach of one or more regions; nation-wide when `landelijk`, else `regios` names them."""

    class Fase(models.TextChoices):
        IDEE = "idee", "Idee"
        PROEF = "proef", "Proef"
        LOPEND = "lopend", "Lopend"
        AFGEROND = "afgerond", "Afgerond"
        GEBORGD = "geborgd", "Geborgd"

    Onderbouwing = Niveau

    nummer = models.PositiveIntegerField(unique=True, blank=True, editable=False)
    titel = models.CharField(max_length=160)
    slug = models.SlugField("adres", max_length=120, unique=True, blank=True, help_text=SLUG_HELP)
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
    # The highest level among its judgements with a ground, kept to filter by.
    onderbouwing = models.CharField(max_length=14, choices=Niveau, default=Niveau.ONBEKEND, editable=False)
    contactorganisatie = models.ForeignKey(
        Organisatie, null=True, blank=True, on_delete=models.PROTECT, related_name="contact_voor"
    )
    laatst_gewijzigd = PartialDateField("datum blauwdruk")
    herzien_voor = models.DateField("herzien vóór", null=True, blank=True)
    stand = models.CharField("stand op die datum", max_length=300, blank=True)
    looptijd_maanden = models.PositiveSmallIntegerField("looptijd in maanden", null=True, blank=True)
    looptijd_toelichting = models.CharField("looptijd in woorden", max_length=200, blank=True)
    toelichting = models.TextField(
        "wat ontbreekt of onzeker is", blank=True, help_text="Bijvoorbeeld: de bron noemt geen regio."
    )
    wat_veranderd = models.CharField(
        "wat is er veranderd?",
        max_length=300,
        blank=True,
        help_text="Eén zin voor de lezer. Deze zin staat bij de nieuwe versie op de site.",
    )

    omschrijving = sectie_field("omschrijving")
    doel = sectie_field("doel")
    meerwaarde_werkgevers = sectie_field("meerwaarde_werkgevers")
    doelgroep = sectie_field("doelgroep")
    samenwerking = sectie_field("samenwerking")
    uitvoering = sectie_field("uitvoering")
    benodigdheden = sectie_field("benodigdheden")
    cruciale_elementen = sectie_field("cruciale_elementen")
    leerpunten = sectie_field("leerpunten")
    aandachtspunten = sectie_field("aandachtspunten")
    inbedding = sectie_field("inbedding")
    financiering = sectie_field("financiering")
    meerwaarde_organisaties = sectie_field("meerwaarde_organisaties")
    rollen_organisaties = sectie_field("rollen_organisaties")
    governance = sectie_field("governance")

    workflow_states = wagtail_relation("wagtailcore.WorkflowState", "blauwdruk")
    _revisions = wagtail_relation("wagtailcore.Revision", "blauwdruk")

    # What a search marks in a row. They stand here too, for a template searches long for a name that is nowhere.
    titel_html = samenvatting_html = ""
    fragment: Any = None

    # Previews: name -> what it is called, and a view of request and blueprint; wagtail_hooks.py fills it in.
    previews: ClassVar[dict[str, tuple[str, Callable[[Any, Any], Any]]]] = {}

    objects = BlauwdrukQuerySet.as_manager()

    class Meta:
        ordering = ["nummer"]
        verbose_name = "blauwdruk"
        verbose_name_plural = "blauwdrukken"
        indexes = [models.Index(fields=["live", "-peildatum", "nummer"], name="blauwdruk_nieuwste")]

    def __str__(self) -> str:
        return self.titel

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.nummer is None:
            self.nummer = (Blauwdruk.objects.aggregate(highest=Max("nummer"))["highest"] or 0) + 1
        self.weigh()
        super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        self.weigh()
        return super().save_revision(*args, **kwargs)

    def weigh(self) -> None:
        """Call it as sure as the highest of its judgements with a ground."""
        levels = [bewijs.zekerheid for bewijs in self.bewijzen.all() if bewijs.grond]
        self.onderbouwing = max(levels, key=lambda level: level.trede, default=Niveau.ONBEKEND)

    @property
    def zekerheid(self) -> Niveau:
        """How sure it is that this works."""
        return Niveau(self.onderbouwing)

    def get_absolute_url(self) -> str:
        return reverse("blauwdruk-detail", args=[self.slug])

    def short_path(self) -> str:
        """Address by its number, which outlives a change of its title; empty before it has one."""
        return reverse("blauwdruk-kort", args=[self.nummer]) if self.nummer else ""

    def paths(self) -> list[str]:
        return [*super().paths(), *([f"{self.short_path()}/"] if self.nummer else [])]

    def has_been_public(self, revision: Any) -> bool:
        return super().has_been_public(revision) or self.versies.filter(revision=revision).exists()

    def after_publication(self, revision: Any) -> None:
        """Number the version; the next one begins without a note."""
        self.versies.record(self, revision)
        if self.wat_veranderd:
            Blauwdruk.objects.filter(pk=self.pk).update(wat_veranderd="")

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        return [(name, label) for name, (label, _) in self.previews.items()]

    def serve_preview(self, request: Any, mode_name: str | None) -> Any:
        self.weigh()
        _, preview = self.previews[mode_name if mode_name in self.previews else ""]
        return preview(request, self)

    def filled_secties(self) -> list[FilledSectie]:
        """Sections with content, costs included, in the order of the format; rows cost one query a section."""
        filled = []
        for sectie in SECTIES:
            value = getattr(self, sectie.veld)
            content = value if sectie.soort is Soort.TEKST else list(value.all())
            if content or (sectie.veld == "financiering" and self.kosten.all()):
                filled.append(FilledSectie(sectie, content))
        return filled

    def named_themas(self) -> list[str]:
        """Names of its themes; "anders" with what that is."""
        own = {"anders": f": {self.thema_anders}"} if self.thema_anders else {}
        return [f"{thema.naam}{own.get(thema.slug, '')}" for thema in self.themas.all()]

    @property
    def described(self) -> PartialDate | None:
        """When it was written down: its date, else the year of its source, else the last one of its programme."""
        return self.laatst_gewijzigd or self.source_year() or (self.programma.last_year() if self.programma else None)

    @property
    def fase_met_moment(self) -> str:
        """Its phase with the moment at which that was so ("Lopend in juni 2021", "Beschreven in 2006")."""
        lasting = self.fase in {self.Fase.IDEE, self.Fase.PROEF, self.Fase.LOPEND}
        return with_moment(self.get_fase_display(), self.described, ended=not lasting)

    def partijen_by_rol(self) -> list[tuple[str, list[Any]]]:
        """Pairs of role and parties, in the order in which the roles first occur."""
        per_rol: dict[str, list[Any]] = {}
        for partij in self.partijen.all():
            per_rol.setdefault(partij.rol_in_woorden, []).append(partij)
        return list(per_rol.items())

    def ordered_kerncijfers(self) -> list[Any]:
        """Its key figures, what came of it first."""
        return sorted(self.kerncijfers.all(), key=lambda cijfer: cijfer.rank)

    @property
    def jaar(self) -> str:
        """Year in which it was described, or "onbekend"."""
        return str(self.described.year) if self.described else "onbekend"

    def word_count(self) -> int:
        """Words in the rich-text sections."""
        return sum(len(re.findall(r"\w+", strip_tags(getattr(self, field)))) for field in TEXT_FIELDS)
