"""The story: an interview, a tip or a film that shows what an approach is like in practice."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from modelcluster.fields import ParentalManyToManyField

from regios.models import Regio

from ..text.dates import PartialDate
from .bestanden import Afbeelding
from .blauwdruk import Blauwdruk
from .bron import Beschreven
from .dates import PartialDateField
from .publication import SLUG_HELP, Publicatie, PublicatieQuerySet, wagtail_relation
from .rich_text import CleanRichTextField
from .vocabularies import Organisatie, Thema


class VerhaalQuerySet(PublicatieQuerySet):
    """Stories; whatever the public sees starts from published()."""

    def newest_first(self) -> Self:
        return self.order_by(F("peildatum").desc(nulls_last=True), "titel", "pk")

    def with_line_facts(self) -> Self:
        """With what one line shows: no extra query."""
        return self.defer("tekst").select_related("organisatie", "herkomst")

    def with_facts(self) -> Self:
        """With what the list shows: 1 extra query, whatever the number of rows."""
        return self.with_line_facts().prefetch_related("regios")


class Verhaal(Publicatie, Beschreven):
    """What somebody tells about the work: functions and organisations, never the name of a person."""

    class Soort(models.TextChoices):
        INTERVIEW = "interview", "Interview"
        TIP = "tip", "Tip"
        FILM = "film", "Film"

    soort = models.CharField(max_length=10, choices=Soort, default=Soort.INTERVIEW)
    titel = models.CharField(max_length=160)
    slug = models.SlugField("adres", max_length=120, unique=True, blank=True, help_text=SLUG_HELP)
    intro = models.TextField(max_length=400, help_text="Eén of twee zinnen.")
    tekst = CleanRichTextField(blank=True, help_text="Noem functies en organisaties, geen namen van personen.")
    film_url = models.URLField(
        "link naar de film",
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["https"], message="Gebruik een link die met https:// begint.")],
        help_text="De film opent op de andere site.",
    )
    foto = models.ForeignKey(Afbeelding, null=True, blank=True, on_delete=models.PROTECT, related_name="verhalen")
    foto_alt = models.CharField(
        "beschrijving van de foto",
        max_length=200,
        blank=True,
        help_text="Wat is er te zien? Voor wie de foto niet kan zien. Geen namen van personen.",
    )
    blauwdrukken = ParentalManyToManyField(Blauwdruk, blank=True, related_name="verhalen")
    regios = ParentalManyToManyField(Regio, blank=True, related_name="verhalen", verbose_name="regio's")
    landelijk = models.BooleanField("geldt voor heel Nederland", default=False)
    themas = ParentalManyToManyField(Thema, blank=True, related_name="verhalen", verbose_name="thema's")
    organisatie = models.ForeignKey(
        Organisatie, null=True, blank=True, on_delete=models.PROTECT, related_name="verhalen"
    )
    eigenaar = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="verhalen",
    )
    datum = PartialDateField()

    workflow_states = wagtail_relation("wagtailcore.WorkflowState", "verhaal")
    _revisions = wagtail_relation("wagtailcore.Revision", "verhaal")

    objects = VerhaalQuerySet.as_manager()

    class Meta:
        ordering = ["titel"]
        verbose_name = "verhaal"
        verbose_name_plural = "verhalen"
        constraints = [
            models.CheckConstraint(condition=Q(foto=None) | ~Q(foto_alt=""), name="verhaal_foto_met_beschrijving")
        ]

    def __str__(self) -> str:
        return self.titel

    def get_absolute_url(self) -> str:
        return reverse("verhaal-detail", args=[self.slug])

    @property
    def described(self) -> PartialDate | None:
        """When it was told, else the year of its source."""
        return self.datum or self.source_year()

    def clean(self) -> None:
        super().clean()
        if self.foto_id and not self.foto_alt:
            raise ValidationError({"foto_alt": "Beschrijf wat er op de foto te zien is."})
        if self.soort == self.Soort.FILM and not self.film_url:
            raise ValidationError({"film_url": "Geef de link naar de film."})

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "verhalen/detail.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        chosen = [blauwdruk.pk for blauwdruk in self.blauwdrukken.all()]
        public = Blauwdruk.objects.published().filter(pk__in=chosen)
        return {
            **super().get_preview_context(request, mode_name),
            "verhaal": self,
            "blauwdrukken": public.newest_first().with_answers(),
        }
