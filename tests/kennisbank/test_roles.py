from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from wagtail.models import GroupCollectionPermission

from kennisbank.roles import ROLES

# Who may do what, in the words of Django: model, and the rights on it of each role that has any.
EXPECTED = {
    "blauwdrukken.blauwdruk": {
        "Secretariaat": "add change delete lock publish unlock view",
        "Regiocoördinator": "add change view",
        "Beheerder": "add change delete lock publish unlock view",
    },
    "blauwdrukken.project": {
        "Secretariaat": "add change delete lock publish unlock view",
        "Regiocoördinator": "add change view",
        "Beheerder": "add change delete lock publish unlock view",
    },
    "blauwdrukken.begrip": {"Secretariaat": "add change delete view", "Beheerder": "add change delete view"},
    "kennisbank.user": {"Secretariaat": "add change delete view", "Beheerder": "add change delete view"},
    "auth.group": {"Beheerder": "add change delete view"},
    "wagtailcore.workflow": {"Beheerder": "add change delete view"},
    "wagtailcore.task": {"Beheerder": "add change delete view"},
    "wagtailcore.collection": {},
    "wagtailcore.page": {},
    "wagtailimages.image": {},
    "wagtaildocs.document": {},
}


def permissions_of(role: str, model: str) -> str:
    app, name = model.split(".")
    found = Permission.objects.filter(group__name=role, content_type__app_label=app, content_type__model=name)
    return " ".join(sorted(codename.removesuffix(f"_{name}") for codename in found.values_list("codename", flat=True)))


@pytest.mark.parametrize("model", EXPECTED)
def test_each_role_has_exactly_its_rights(model: str) -> None:
    assert {role: permissions_of(role, model) for role in ROLES if permissions_of(role, model)} == EXPECTED[model]


def test_every_role_may_enter_and_the_groups_of_wagtail_are_gone() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)
    for role in ROLES:
        assert permissions_of(role, "wagtailadmin.admin") == "access"


def test_migrating_mends_a_role_and_leaves_its_people(create_user: Any) -> None:
    user = create_user("Regiocoördinator")
    group = Group.objects.get(name="Regiocoördinator")
    group.permissions.set(Permission.objects.filter(codename="delete_blauwdruk"))
    Group.objects.get(name="Beheerder").delete()
    call_command("migrate", verbosity=0)
    assert permissions_of("Regiocoördinator", "blauwdrukken.blauwdruk") == "add change view"
    assert permissions_of("Beheerder", "auth.group") == "add change delete view"
    assert user.groups.get() == group


def test_a_group_of_wagtail_that_has_people_stays(create_user: Any) -> None:
    create_user(None).groups.add(Group.objects.create(name="Editors"))
    call_command("migrate", verbosity=0)
    assert Group.objects.filter(name="Editors").exists()


def test_everybody_adds_files_and_the_secretariat_manages_those_of_others() -> None:
    def on_files(role: str) -> set[str]:
        permissions = GroupCollectionPermission.objects.filter(group__name=role).values_list(
            "permission__codename", flat=True
        )
        return {codename.split("_")[0] for codename in permissions}

    everything = {"add", "change", "choose", "delete"}
    assert {role: on_files(role) for role in ROLES} == {
        "Secretariaat": everything,
        "Regiocoördinator": {"add", "choose"},
        "Werkgeversorganisatie": {"add", "choose"},
        "Beheerder": everything,
    }
