"""The roles of the back office: one table says which rights each has."""

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

# Rights as app.codename; a * stands for any text. With which entries: blauwdrukken/permissions.py.
ROLES: dict[str, tuple[str, ...]] = {
    SECRETARIAAT: (ACCESS_BEHEER, *CONTENT),
    REGIOCOORDINATOR: (
        ACCESS_BEHEER,
        *(
            f"blauwdrukken.{actie}_{soort}"
            for soort in ("blauwdruk", "project", "verhaal")
            for actie in ("add", "change", "view")
        ),
        "blauwdrukken.add_organisatie",
    ),
    WERKGEVERSORGANISATIE: (ACCESS_BEHEER, "blauwdrukken.add_verhaal", "blauwdrukken.change_verhaal"),
    BEHEERDER: (ACCESS_BEHEER, *CONTENT, *SETTINGS),
}
# Rights on files and pictures. Who may add them may also change and delete those they added themselves.
UPLOAD_ACTIONS: dict[str, tuple[str, ...]] = {
    SECRETARIAAT: ("add", "change", "delete", "choose"),
    REGIOCOORDINATOR: ("add", "choose"),
    WERKGEVERSORGANISATIE: ("add", "choose"),
    BEHEERDER: ("add", "change", "delete", "choose"),
}
WAGTAIL_GROUPS = ("Editors", "Moderators")


def matches(recht: Any, patronen: Iterable[str]) -> bool:
    """Whether one of the patterns means this right."""
    naam = f"{recht.content_type.app_label}.{recht.codename}"
    return any(fnmatch(naam, patroon) for patroon in patronen)


def set_upload_permissions(groep: Any, rechten: Iterable[Any], using: str) -> None:
    """Give the group exactly its rights on files and pictures, which Wagtail keeps per collection."""
    from wagtail.models import Collection, GroupCollectionPermission  # noqa: PLC0415

    collectie = Collection.objects.using(using).filter(depth=1).first()
    namen = {f"{actie}_{soort}" for actie in UPLOAD_ACTIONS[groep.name] for soort in ("document", "image")}
    mag = [recht for recht in rechten if recht.codename in namen and recht.content_type.app_label in UPLOADS]
    bestaand = GroupCollectionPermission.objects.using(using).filter(group=groep)
    bestaand.exclude(permission__in=mag, collection=collectie).delete()
    for recht in mag if collectie else ():
        bestaand.get_or_create(group=groep, collection=collectie, permission=recht)


def create_roles(using: str, **kwargs: Any) -> None:
    """Make the groups, give each exactly its rights, and drop the unused groups that Wagtail brings."""
    from django.contrib.auth.models import Group, Permission  # noqa: PLC0415 (models are ready only now)

    rechten = list(Permission.objects.using(using).select_related("content_type"))
    for rol, patronen in ROLES.items():
        groep, _ = Group.objects.using(using).get_or_create(name=rol)
        groep.permissions.set([recht for recht in rechten if matches(recht, patronen)])
        set_upload_permissions(groep, rechten, using)
    Group.objects.using(using).filter(name__in=WAGTAIL_GROUPS, user=None).delete()
