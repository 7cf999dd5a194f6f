"""Reviews and planned publications under way, asked for all entries at once: here Wagtail asks it of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Revision, WorkflowMixin, WorkflowState


def attach_in_progress(entries: Sequence[Any]) -> Sequence[Any]:
    """These entries of one kind, which know who reviews them and when they are published; two queries."""
    if not entries or not isinstance(entries[0], WorkflowMixin):
        return entries
    these = {
        "base_content_type": ContentType.objects.get_for_model(entries[0]),
        "object_id__in": [str(entry.pk) for entry in entries],
    }
    under_way = WorkflowState.objects.active().filter(**these).select_related("current_task_state__task")
    planned = Revision.objects.filter(**these, approved_go_live_at__isnull=False)
    revisions = {revision.object_id: revision for revision in planned}
    for entry in entries:
        entry._current_workflow_states = [state for state in under_way if state.object_id == str(entry.pk)]
        entry.scheduled_revision = revisions.get(str(entry.pk))
    return entries
