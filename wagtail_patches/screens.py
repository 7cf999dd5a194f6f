"""Lists and editing screens of the back office, also those of Wagtail itself."""

from __future__ import annotations

from wagtail.admin.forms.models import WagtailAdminDraftStateFormMixin
from wagtail.admin.ui.editing_sessions import EditingSessionsList
from wagtail.admin.ui.tables import Table
from wagtail.documents import get_document_model
from wagtail.documents.views.bulk_actions import AddToCollectionBulkAction as AddDocuments
from wagtail.images import get_image_model
from wagtail.images.views.bulk_actions import AddToCollectionBulkAction as AddImages

from .originals import replace


def may_plan(form: WagtailAdminDraftStateFormMixin) -> bool:
    """Whether this form plans: Wagtail asks its class, which has the fields also for those who may not."""
    return "go_live_at" in form.fields


def apply() -> None:
    """Tables that slide on a phone, readers with the names this site gives them, and no collections."""
    replace(Table, "template_name", "beheer/tabel.html", was="wagtailadmin/tables/table.html")
    replace(
        EditingSessionsList,
        "template_name",
        "beheer/meelezers.html",
        was="wagtailadmin/shared/editing_sessions/list.html",
    )
    replace(WagtailAdminDraftStateFormMixin, "show_schedule_publishing_toggle", property(may_plan))
    replace(AddDocuments, "models", [], was=[get_document_model()])
    replace(AddImages, "models", [], was=[get_image_model()])
