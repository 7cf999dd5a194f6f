"""Uploaded files: documents and pictures, checked at every door and public only with what uses them."""

from __future__ import annotations

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, ProtectedError, Q
from django.db.models.fields.files import FieldFile
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.documents.models import AbstractDocument, DocumentQuerySet
from wagtail.images.models import AbstractImage, AbstractRendition, ImageQuerySet, WagtailImageField, get_upload_to
from wagtail.images.models import WagtailImageFieldFile as AfbeeldingFieldFile
from wagtail.models import Revision

from ..uploads import DOCUMENT_KINDS, IMAGE_KINDS, FileKind, InspectedFile, inspect
from .publication import publicatie_q


class InspectedFileMixin:
    """A stored file that is checked when it comes in, whoever brings it."""

    kinds: tuple[FileKind, ...] = DOCUMENT_KINDS

    def inspect(self) -> InspectedFile:
        """The new content, checked once."""
        content = self.file  # type: ignore[attr-defined]
        return content if isinstance(content, InspectedFile) else inspect(content, self.name, self.kinds)  # type: ignore[attr-defined]

    def save(self, name: str, content: Any, save: bool = True) -> None:
        inspected = content if isinstance(content, InspectedFile) else inspect(content, name, self.kinds)
        super().save(name, inspected, save)  # type: ignore[misc]


class InspectedBestandFile(InspectedFileMixin, FieldFile):
    """File of a document."""


class InspectedAfbeeldingFile(InspectedFileMixin, AfbeeldingFieldFile):
    """File of a picture."""

    kinds = IMAGE_KINDS


class BestandField(models.FileField):
    attr_class = InspectedBestandFile


class AfbeeldingField(WagtailImageField):
    attr_class = InspectedAfbeeldingFile


def inspect_new_file(upload: Any) -> None:
    """Check the file that was just chosen, so that the form can say what is wrong with it."""
    bestand = upload.file
    if not bestand or bestand._committed:
        return
    try:
        upload.file = bestand.inspect()
    except ValidationError as error:
        raise ValidationError({"file": error}) from error


class BestandQuerySet(DocumentQuerySet):
    def public(self) -> Self:
        """Documents that a published blueprint names."""
        werkdocumenten = Bestand._meta.get_field("werkdocumenten").related_model.objects
        return self.filter(Exists(werkdocumenten.filter(publicatie_q("blauwdruk__"), bestand=OuterRef("pk"))))

    def visible_to(self, user: Any) -> Self:
        """Documents that somebody may open: all for who publishes, else the public, one's own and one's regions'."""
        if user.has_perm("blauwdrukken.publish_blauwdruk"):
            return self
        if not user.is_authenticated:
            return self.public()
        in_own_regio = self.filter(werkdocumenten__blauwdruk__regios__in=user.regios.all())
        own = Q(uploaded_by_user=user) | Q(pk__in=in_own_regio.values("pk"))
        return self.filter(own | Q(pk__in=self.public().values("pk")))


class Bestand(AbstractDocument):
    """A file that working documents point at."""

    file = BestandField("bestand", upload_to="documents")

    objects = BestandQuerySet.as_manager()
    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = "document"
        verbose_name_plural = "documenten"

    def clean(self) -> None:
        inspect_new_file(self)
        super().clean()

    @property
    def soort(self) -> FileKind:
        """Kind; name and content agree since the upload."""
        kind = FileKind.from_name(self.filename)
        if kind is None:
            raise ValueError(f"{self.filename}: onbekende soort")
        return kind


class AfbeeldingQuerySet(ImageQuerySet):
    def public(self) -> Self:
        """Pictures that a published story shows."""
        verhalen = Afbeelding._meta.get_field("verhalen").related_model.objects
        return self.filter(Exists(verhalen.filter(publicatie_q(), foto=OuterRef("pk"))))

    def visible_to(self, user: Any) -> Self:
        """Pictures that somebody may see: all for who publishes, else the public and one's own."""
        if user.has_perm("blauwdrukken.publish_blauwdruk"):
            return self
        if not user.is_authenticated:
            return self.public()
        own = Q(uploaded_by_user=user) | Q(verhalen__eigenaar=user)
        return self.filter(Q(pk__in=self.filter(own).values("pk")) | Q(pk__in=self.public().values("pk")))


class Afbeelding(AbstractImage):
    """A picture, kept without place, camera or anything else hidden."""

    file = AfbeeldingField("bestand", upload_to=get_upload_to, width_field="width", height_field="height")

    objects = AfbeeldingQuerySet.as_manager()
    admin_form_fields = (
        "title", "file", "collection", "description", "tags",
        "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
    )  # fmt: skip

    class Meta(AbstractImage.Meta):
        verbose_name = "afbeelding"
        verbose_name_plural = "afbeeldingen"

    def clean(self) -> None:
        super().clean()
        inspect_new_file(self)


class AfbeeldingRendition(AbstractRendition):
    """A picture at the size of one place on a page."""

    image = models.ForeignKey(Afbeelding, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_een_per_afbeelding_en_maat"
            )
        ]


@receiver(pre_delete, sender=Bestand)
def protect_bestand_of_versie(sender: Any, instance: Bestand, **kwargs: Any) -> None:
    """Refuse to delete a document that a draft or an older version names."""
    _refuse_if_used(Revision.objects.filter(content__werkdocumenten__iregex=rf'"bestand": ?{instance.pk}\D'))


@receiver(pre_delete, sender=Afbeelding)
def protect_afbeelding_of_versie(sender: Any, instance: Afbeelding, **kwargs: Any) -> None:
    """Refuse to delete a picture that a draft or an older version shows."""
    _refuse_if_used(Revision.objects.filter(content__foto=instance.pk))


def _refuse_if_used(versies: models.QuerySet) -> None:
    if versies.exists():
        raise ProtectedError("Een concept of een eerdere versie gebruikt dit bestand.", set(versies[:20]))
