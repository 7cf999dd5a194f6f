"""Saves that happen by themselves, in the history."""

from __future__ import annotations

from typing import Any

from wagtail.log_actions import LogContext, registry


class EenRegel:
    """Editing screen that shows one sitting as one line in the history, though it is saved every few seconds."""

    def save_instance(self) -> Any:
        context = LogContext(user=self.request.user)  # type: ignore[attr-defined]
        if over := self.overwrite_revision:  # type: ignore[attr-defined]
            regels = registry.get_logs_for_instance(self.object)  # type: ignore[attr-defined]
            vorige = regels.latest_uuid_for_user_revision_action(context.user, over, "wagtail.edit")
            context.uuid = vorige or context.uuid
        with context:
            return super().save_instance()  # type: ignore[misc]
