"""Reviews and planned publications under way, asked for all entries at once: here Wagtail asks it of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Revision, WorkflowMixin, WorkflowState


def attach_in_progress(pieces: Sequence[Any]) -> Sequence[Any]:
    """These entries of one kind, which know who reviews them and when they are published; two queries."""
    if not pieces or not isinstance(pieces[0], WorkflowMixin):
        return pieces
    deze = {
        "base_content_type": ContentType.objects.get_for_model(pieces[0]),
        "object_id__in": [str(piece.pk) for piece in pieces],
    }
    under_way = WorkflowState.objects.active().filter(**deze).select_related("current_task_state__task")
    planned = Revision.objects.filter(**deze, approved_go_live_at__isnull=False)
    revisions = {revision.object_id: revision for revision in planned}
    for piece in pieces:
        piece._current_workflow_states = [staat for staat in under_way if staat.object_id == str(piece.pk)]
        piece.scheduled_revision = revisions.get(str(piece.pk))
    return pieces
