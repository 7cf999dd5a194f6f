"""Remarks of editors to each other on an entry; never public."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from ..secties import SECTIES_BY_FIELD


class Opmerking(models.Model):
    """A remark on an entry as a whole, or on one section of it."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    entry = GenericForeignKey()
    auteur = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    tekst = models.TextField("opmerking", max_length=2000)
    sectie = models.CharField(max_length=40, blank=True)
    gemaakt = models.DateTimeField(auto_now_add=True)
    afgehandeld = models.BooleanField(default=False)
    automatisch = models.BooleanField(default=False, editable=False)  # by the site itself, hence without an author

    class Meta:
        ordering = ["afgehandeld", "gemaakt", "pk"]
        verbose_name = "opmerking"
        verbose_name_plural = "opmerkingen"
        indexes = [models.Index(fields=["content_type", "object_id"], name="opmerking_bij")]

    def __str__(self) -> str:
        return self.tekst[:60]

    @property
    def sectie_name(self) -> str:
        """Short name of the section it is about, if any."""
        return SECTIES_BY_FIELD[self.sectie].kort if self.sectie in SECTIES_BY_FIELD else ""
