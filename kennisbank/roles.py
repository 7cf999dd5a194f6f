"""The roles of the back office: one table says which permissions each has."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatch
from typing import Any

SECRETARIAAT = "Secretariaat"
REGIOCOORDINATOR = "Regiocoördinator"
WERKGEVERSORGANISATIE = "Werkgeversorganisatie"
BEHEERDER = "Beheerder"

ACCESS_BEHEER = "wagtailadmin.access_admin"
UPLOADS = ("wagtaildocs", "wagtailimages")
CONTENT = ("blauwdrukken.*", "regios.*", "kennisbank.*")
SETTINGS = ("auth.*_group", "wagtailcore.*_workflow", "wagtailcore.*_task", "wagtailcore.*approvaltask")

# Permissions as app.codename; a * stands for any text. With which entries: blauwdrukken/permissions.py.
ROLES: dict[str, tuple[str, ...]] = {
    SECRETARIAAT: (ACCESS_BEHEER, *CONTENT),
    REGIOCOORDINATOR: (
        ACCESS_BEHEER,
        *(
            f"blauwdrukken.{action}_{kind}"
            for kind in ("blauwdruk", "project", "verhaal")
            for action in ("add", "change", "view")
        ),
        "blauwdrukken.add_organisatie",
    ),
    WERKGEVERSORGANISATIE: (ACCESS_BEHEER, "blauwdrukken.add_verhaal", "blauwdrukken.change_verhaal"),
    BEHEERDER: (ACCESS_BEHEER, *CONTENT, *SETTINGS),
}
# Permissions on files and pictures. Who may add them may also change and delete those they added themselves.
UPLOAD_ACTIONS: dict[str, tuple[str, ...]] = {
    SECRETARIAAT: ("add", "change", "delete", "choose"),
    REGIOCOORDINATOR: ("add", "choose"),
    WERKGEVERSORGANISATIE: ("add", "choose"),
    BEHEERDER: ("add", "change", "delete", "choose"),
}
WAGTAIL_GROUPS = ("Editors", "Moderators")


def matches(permission: Any, patterns: Iterable[str]) -> bool:
    """Whether one of the patterns means this permission."""
    name = f"{permission.content_type.app_label}.{permission.codename}"
    return any(fnmatch(name, pattern) for pattern in patterns)


def set_upload_permissions(group: Any, permissions: Iterable[Any], using: str) -> None:
    """Give the group exactly its permissions on files and pictures, which Wagtail keeps per collection."""
    from wagtail.models import Collection, GroupCollectionPermission  # noqa: PLC0415

    collection = Collection.objects.using(using).filter(depth=1).first()
    names = {f"{action}_{kind}" for action in UPLOAD_ACTIONS[group.name] for kind in ("document", "image")}
    allowed = [
        permission
        for permission in permissions
        if permission.codename in names and permission.content_type.app_label in UPLOADS
    ]
    existing = GroupCollectionPermission.objects.using(using).filter(group=group)
    existing.exclude(permission__in=allowed, collection=collection).delete()
    for permission in allowed if collection else ():
        existing.get_or_create(group=group, collection=collection, permission=permission)


def create_roles(using: str, **kwargs: Any) -> None:
    """Make the groups, give each exactly its permissions, and drop the unused groups that Wagtail brings."""
    from django.contrib.auth.models import Group, Permission  # noqa: PLC0415 (models are ready only now)

    permissions = list(Permission.objects.using(using).select_related("content_type"))
    for role, patterns in ROLES.items():
        group, _ = Group.objects.using(using).get_or_create(name=role)
        group.permissions.set([permission for permission in permissions if matches(permission, patterns)])
        set_upload_permissions(group, permissions, using)
    Group.objects.using(using).filter(name__in=WAGTAIL_GROUPS, user=None).delete()
