"""Who may do what with which entry: the one policy that the back office asks."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, Q, QuerySet
from wagtail.log_actions import registry as log_registry
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from .models import publicatie_q

PUBLISH = "blauwdrukken.publish_blauwdruk"
# Who may do one of these with a kind of entry has a list of it.
LIST_ACTIONS = frozenset({"add", "change", "delete", "view"})


class EntryPolicy(ModelPermissionPolicy):
    """The role says what somebody may do with a kind of entry, region and owner with which entries.

    Who may publish works on all entries. Others work on those of their own regions (`regios`) and on those they own
    (`eigenaar`); with the right to view they also read what is published. A kind without regions, such as a term, has
    no such line.
    """

    def own_q(self, user: Any) -> Q:
        """Condition "belongs to a region of this user, or is owned by them"; a region needs the right to view."""
        own = Q(eigenaar=user.pk) if self._has_field("eigenaar") else Q(pk__in=[])
        if not self.user_has_permission(user, "view"):
            return own
        return own | Q(pk__in=self.model._default_manager.filter(regios__in=user.regios.all()).values("pk"))

    def reaches_all(self, user: Any) -> bool:
        """Whether no line between own and other entries exists for this user."""
        return not self._has_field("regios") or self.user_has_permission(user, "publish")

    def instances_user_has_any_permission_for(self, user: Any, actions: Collection[str]) -> QuerySet[Any, Any]:
        rows = self.model._default_manager.all()
        allowed = {action for action in actions if self.user_has_permission(user, action)}
        if not allowed:
            return rows.none()
        if self.reaches_all(user):
            return rows
        return rows.filter(self.own_q(user) | publicatie_q() if "view" in allowed else self.own_q(user))

    def known(self, user: Any) -> QuerySet[Any, Any]:
        """What somebody may know of: the entries in their list."""
        return self.instances_user_has_any_permission_for(user, LIST_ACTIONS)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        if not self.user_has_permission(user, action):
            return False
        if self.reaches_all(user) or instance.pk is None:
            return True
        return self.instances_user_has_any_permission_for(user, {action}).filter(pk=instance.pk).exists()

    def choosable(self, user: Any) -> QuerySet[Any, Any]:
        """What somebody may choose in a form: what is public, and the drafts on which they work."""
        rows = self.model._default_manager.all()
        if not self.has_drafts:
            return rows
        return rows.filter(publicatie_q() | Q(pk__in=self.instances_user_has_permission_for(user, "change")))

    @property
    def has_drafts(self) -> bool:
        """Whether entries of this kind can be drafts."""
        return self._has_field("live")

    def may_read_draft(self, user: Any, instance: Model) -> bool:
        """Whether somebody may see more of an entry than the public does."""
        return self.user_has_permission_for_instance(user, "change", instance)

    def _has_field(self, field: str) -> bool:
        try:
            self.model._meta.get_field(field)
        except FieldDoesNotExist:
            return False
        return True


class FilePolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's permissions on documents or pictures, for those that somebody may know of."""

    def __init__(self, model: Any, auth_model: str) -> None:
        super().__init__(model, auth_model=auth_model, owner_field_name="uploaded_by_user")

    def instances_user_has_any_permission_for(self, user: Any, actions: Collection[str]) -> QuerySet[Any, Any]:
        files = super().instances_user_has_any_permission_for(user, actions)
        return files.filter(pk__in=self.model._default_manager.visible_to(user).values("pk"))

    def user_has_any_permission_for_instance(self, user: Any, actions: Collection[str], instance: Model) -> bool:
        if not super().user_has_any_permission_for_instance(user, actions, instance):
            return False
        return self.model._default_manager.visible_to(user).filter(pk=instance.pk).exists()


def without_draft(instance: Any) -> Any:
    """The entry as if nobody had worked on it since it was published; not to be saved."""
    if hasattr(instance, "live_revision_id"):
        instance.latest_revision = instance.live_revision
        instance.has_unpublished_changes = False
    return instance


def is_published(instance: Any, versies: Collection[str]) -> bool:
    """Whether these versions ("live" or the number of a revision) stood on the site just as they are now."""
    lines = log_registry.get_logs_for_instance(instance).filter(action="wagtail.publish")
    public = lines.filter(revision__created_at__lte=F("timestamp")).values_list("revision_id", flat=True)
    return set(versies) <= {"live", *map(str, public)}
