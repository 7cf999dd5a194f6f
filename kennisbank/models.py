"""Accounts of the back office, and the site's own pages."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from blauwdrukken.models import CRITERIA, Organisatie
from blauwdrukken.models.bron import Naverteld
from blauwdrukken.models.onderbouwing import Criteria
from blauwdrukken.models.publication import Publicatie, wagtail_relation
from blauwdrukken.models.rich_text import CleanRichTextField
from regios.models import Regio

from .licence import Licence

BEFORE_CONTACT = re.compile(r":\s*\{contact\}")  # "het secretariaat: {contact}" says it already


class User(AbstractUser):
    """Somebody who may log in to the back office; a coordinator works on what belongs to `regios`."""

    regios = models.ManyToManyField(Regio, blank=True, related_name="gebruikers", verbose_name="regio's")
    organisatie = models.ForeignKey(
        Organisatie, null=True, blank=True, on_delete=models.PROTECT, related_name="gebruikers"
    )
    sessies_vanaf = models.DateTimeField(null=True, editable=False)

    class Meta(AbstractUser.Meta):
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="user_email_uniek",
                violation_error_message="Er is al een account met dit mailadres.",
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    def end_sessions(self) -> None:
        """Log this account out everywhere."""
        self.sessies_vanaf = timezone.now()
        self.save(update_fields=["sessies_vanaf"])

    def logged_out_after(self, moment: float) -> bool:
        """Whether all sessions were ended after this moment, in seconds since 1970."""
        return self.sessies_vanaf is not None and moment < self.sessies_vanaf.timestamp()


class Pagina(Publicatie, Naverteld):
    """A page of the site itself, such as /over/ or /privacy/."""

    titel = models.CharField(max_length=120)
    slug = models.SlugField("adres", max_length=60, unique=True)
    intro = models.TextField(blank=True)
    tekst = CleanRichTextField(blank=True)

    workflow_states = wagtail_relation("wagtailcore.WorkflowState", "pagina")
    _revisions = wagtail_relation("wagtailcore.Revision", "pagina")

    class Meta:
        ordering = ["titel"]
        verbose_name = "pagina"
        verbose_name_plural = "pagina's"

    def __str__(self) -> str:
        return self.titel

    def get_absolute_url(self) -> str:
        return reverse("pagina", args=[self.slug])

    @property
    def html(self) -> str:
        """Text for below the page's title, with the contact address where it says {contact}; whole without one too."""
        email = settings.CONTACT_EMAIL
        text = self.tekst.replace("<h3>", "<h2>").replace("</h3>", "</h2>")
        if email:
            return text.replace("{contact}", format_html('<a href="mailto:{0}">{0}</a>', email))
        return BEFORE_CONTACT.sub("", text).replace("{contact}", "het secretariaat van de kennisbank")

    @property
    def criteria(self) -> tuple[Criteria, ...]:
        """What each level of evidence asks, if this is the page that tells it."""
        return CRITERIA if self.slug == "over" else ()

    @property
    def licence(self) -> Licence | None:
        """Licence of the content, if there is one and this is the page that tells it."""
        licence: Licence | None = settings.CONTENT_LICENTIE
        return licence if self.slug == "over" else None

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "pagina.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        return {**super().get_preview_context(request, mode_name), "pagina": self}
