"""Who may give which role, and manage whose account."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet

from kennisbank.roles import BEHEERDER, REGIOCOORDINATOR, WERKGEVERSORGANISATIE


def is_beheerder(user: Any) -> bool:
    """Whether this user may give every role."""
    return user.is_superuser or user.groups.filter(name=BEHEERDER).exists()


def assignable_roles(user: Any) -> QuerySet[Group]:
    """Roles that this user may give: a Beheerder all, others their own and those that may do less."""
    if is_beheerder(user):
        return Group.objects.all()
    own = Q(pk__in=user.groups.values("pk"))
    return Group.objects.filter(own | Q(name__in=[REGIOCOORDINATOR, WERKGEVERSORGANISATIE]))


class Reach:
    """The accounts that a user may manage: those that hold nothing that the user may not give."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.roles = set(assignable_roles(user).values_list("pk", flat=True))

    def includes(self, other: Any) -> bool:
        if other.is_superuser and not self.user.is_superuser:
            return False
        return {group.pk for group in other.groups.all()} <= self.roles
