"""What makes an entry public: one rule for blueprints, projects, stories and own pages."""

from __future__ import annotations

from datetime import datetime
from itertools import chain, count
from typing import Any, Self

from django.apps import apps
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    WorkflowMixin,
)

from .oudadres import OudAdres
from .references import without_dead_references

UNTITLED_SLUG = "zonder-titel"
SLUG_HELP = (
    "Laatste deel van het adres. Laat u het leeg, dan maken we het van de titel. "
    "Verandert u het later, dan stuurt het oude adres bezoekers door."
)
SLUG_TAKEN = "Dit adres is al in gebruik. Kies een ander adres."


class AddressTakenError(Exception):
    """An entry cannot be published at an address where another one is."""

    def __init__(self, entry: Publicatie, slug: str) -> None:
        self.entry = entry
        super().__init__(f"‘{entry}’ kan niet worden gepubliceerd: het adres ‘{slug}’ is al in gebruik.")


def publicatie_q(path: str = "") -> Q:
    """Condition "live and not expired", for the model itself or for one that `path` ("blauwdruk__") leads to."""
    expired = Q(**{f"{path}expire_at__lte": timezone.now()})
    return Q(**{f"{path}live": True}) & (Q(**{f"{path}expire_at__isnull": True}) | ~expired)


def moments_of_expiry() -> tuple[datetime, ...]:
    """When the entries that are public now stop being so, the first one first; one query for each kind of entry."""
    kinds: Any = [model for model in apps.get_models() if issubclass(model, Publicatie)]
    moments = (kind.objects.published().exclude(expire_at=None).values_list("expire_at", flat=True) for kind in kinds)
    return tuple(sorted(chain.from_iterable(moments)))


class PublicatieQuerySet(models.QuerySet):
    """Entries that may be drafts; whatever the public sees starts from published()."""

    def published(self) -> Self:
        return self.filter(publicatie_q())

    def at_slug(self, slug: str) -> Self:
        """Entries that are at this address, or will be once their draft is published."""
        draft = Q(live=True, has_unpublished_changes=True, latest_revision__content__slug=slug)
        return self.filter(Q(slug=slug) | draft)

    def free_slug(self, text: str) -> str:
        """Address made of this text that no entry has."""
        base = slugify(text)[:100].strip("-") or UNTITLED_SLUG
        taken = set(self.filter(slug__startswith=base).values_list("slug", flat=True))
        candidates = chain([base], (f"{base}-{nummer}" for nummer in count(2)))
        return next(candidate for candidate in candidates if candidate not in taken)

    def get_by_natural_key(self, slug: str) -> Any:
        return self.get(slug=slug)


def wagtail_relation(model: str, name: str) -> GenericRelation:
    """Relation to Wagtail's own tables, in the shape its mixins ask for."""
    return GenericRelation(
        model,
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name=name,
        for_concrete_model=False,
    )


class Publicatie(PreviewableMixin, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, ClusterableModel):
    """An entry with drafts, history, workflow and lock; it is a draft until it is published."""

    titel: Any
    slug: Any
    live = models.BooleanField("gepubliceerd", default=False, editable=False)

    opmerkingen = GenericRelation("blauwdrukken.Opmerking")

    objects = PublicatieQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def revisions(self) -> models.QuerySet:
        return self._revisions

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    @property
    def is_public(self) -> bool:
        """Whether readers may see it at this moment: what published() asks, of a row that was read before."""
        return self.live and (self.expire_at is None or self.expire_at > timezone.now())

    @property
    def was_public(self) -> bool:
        """Whether readers ever saw this entry; its addresses go on answering."""
        return self.live or self.first_published_at is not None

    def paths(self) -> list[str]:
        """Paths at which this entry is public, the main one first; each ends in a slash."""
        return [self.get_absolute_url()]

    def clean(self) -> None:
        """Propose an address where there is none; a published entry keeps the one it has."""
        super().clean()
        untitled = self.slug.startswith(UNTITLED_SLUG) and self.titel and not self.first_published_at
        if not self.slug or untitled:
            entries = type(self).objects
            own = entries.filter(pk=self.pk, live=True).values_list("slug", flat=True).first()
            self.slug = own or entries.exclude(pk=self.pk).free_slug(self.titel)

    def validate_unique(self, exclude: Any = None) -> None:
        """Refuse an address that another entry has, or has in a draft."""
        omitted = set(exclude or ())
        super().validate_unique(omitted | {"slug"})
        if "slug" not in omitted and type(self).objects.exclude(pk=self.pk).at_slug(self.slug).exists():
            raise ValidationError({"slug": SLUG_TAKEN})

    @classmethod
    def from_serializable_data(cls, data: dict[str, Any], **kwargs: Any) -> Any:
        """The entry as this revision describes it, whatever was deleted since."""
        return super().from_serializable_data(without_dead_references(cls, data), check_fks=False)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the entry with its rows; what it refers to is looked up once, not again after each row."""
        from wagtail import signal_handlers  # noqa: PLC0415 (it asks for the models, which are being made here)

        with signal_handlers.disable_reference_index_auto_update():
            super().save(*args, **kwargs)
        signal_handlers.update_reference_index_on_save(self)

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Keep the content as a new revision; one that is public is never written over."""
        overwritten = kwargs.get("overwrite_revision")
        if overwritten and self.has_been_public(overwritten):
            raise PermissionDenied("Deze versie is al gepubliceerd. Ververs de pagina om verder te gaan.")
        if kwargs.get("previous_revision"):  # an earlier version as a draft: its form asks no more than a draft's
            kwargs.setdefault("clean", False)
        return super().save_revision(*args, **kwargs)

    def has_been_public(self, revision: Revision) -> bool:
        """Whether readers refer to what this revision says."""
        return type(self).objects.filter(pk=self.pk, live_revision=revision).exists()

    @transaction.atomic
    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Make this revision public, now or at its moment; AddressTakenError when its address is taken."""
        previous = type(self).objects.select_for_update().get(pk=self.pk)
        old_path = previous.public_path()
        try:
            with transaction.atomic():
                super().publish(revision, *args, **kwargs)
        except IntegrityError as error:
            slug = revision.content.get("slug", "")
            if type(self).objects.exclude(pk=self.pk).filter(slug=slug).exists():
                raise AddressTakenError(previous, slug) from error
            raise
        now = type(self).objects.get(pk=self.pk)
        if now.live_revision_id == revision.pk:
            OudAdres.objects.move(now, old_path)
            now.after_publication(revision)

    def public_path(self) -> str:
        """Path at which readers find this entry, empty when it is not public."""
        if not self.live:
            return ""
        slug = self.live_revision.content.get("slug", self.slug) if self.live_revision else self.slug
        return type(self)(slug=slug).get_absolute_url()

    def after_publication(self, revision: Revision) -> None:
        """What a kind of entry does once a revision of it is public."""
