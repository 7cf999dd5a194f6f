"""Actions on several accounts at once: Wagtail's, for accounts that one may manage."""

from __future__ import annotations

from typing import Any

from wagtail.users.views.bulk_actions import AssignRoleBulkAction, DeleteBulkAction, SetActiveStateBulkAction

from kennisbank.models import User

from .reach import Bereik


class MagBeheren:
    request: Any

    def check_perm(self, obj: User) -> bool:
        return super().check_perm(obj) and Bereik(self.request.user).omvat(obj)  # type: ignore[misc]


class AccountsAanOfUit(MagBeheren, SetActiveStateBulkAction):
    pass


class AccountsVerwijderen(MagBeheren, DeleteBulkAction):
    pass


class RolToevoegen(MagBeheren, AssignRoleBulkAction):
    """Its form offers every role: kennisbank/access.py opens it to those who may give every role."""


ACTIES = (AccountsAanOfUit, AccountsVerwijderen, RolToevoegen)
