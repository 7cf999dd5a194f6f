"""Actions on several accounts at once: Wagtail's, for accounts that one may manage."""

from __future__ import annotations

from typing import Any

from wagtail.users.views.bulk_actions import AssignRoleBulkAction, DeleteBulkAction, SetActiveStateBulkAction

from kennisbank.models import User

from .reach import Reach


class ManageableAccountAction:
    request: Any

    def check_perm(self, obj: User) -> bool:
        return super().check_perm(obj) and Reach(self.request.user).includes(obj)  # type: ignore[misc]


class SwitchAccounts(ManageableAccountAction, SetActiveStateBulkAction):
    pass


class DeleteAccounts(ManageableAccountAction, DeleteBulkAction):
    pass


class AddRole(ManageableAccountAction, AssignRoleBulkAction):
    """Its form offers every role: kennisbank/access.py opens it to those who may give every role."""


BULK_ACTIONS = (SwitchAccounts, DeleteAccounts, AddRole)
