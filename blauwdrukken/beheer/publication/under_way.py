"""Reviews and planned publications under way, asked for all entries at once: here Wagtail asks it of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Revision, WorkflowMixin, WorkflowState


def attach_in_progress(stukken: Sequence[Any]) -> Sequence[Any]:
    """These entries of one kind, which know who reviews them and when they are published; two queries."""
    if not stukken or not isinstance(stukken[0], WorkflowMixin):
        return stukken
    deze = {
        "base_content_type": ContentType.objects.get_for_model(stukken[0]),
        "object_id__in": [str(stuk.pk) for stuk in stukken],
    }
    lopend = WorkflowState.objects.active().filter(**deze).select_related("current_task_state__task")
    gepland = Revision.objects.filter(**deze, approved_go_live_at__isnull=False)
    revisies = {revisie.object_id: revisie for revisie in gepland}
    for stuk in stukken:
        stuk._current_workflow_states = [staat for staat in lopend if staat.object_id == str(stuk.pk)]
        stuk.scheduled_revision = revisies.get(str(stuk.pk))
    return stukken
