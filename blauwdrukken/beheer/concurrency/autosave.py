"""Saves that happen by themselves: in the history, and what stands in their way."""

from __future__ import annotations

from typing import Any

from wagtail.log_actions import LogContext, registry


class SingleHistoryLine:
    """Editing screen that shows one sitting as one line in the history, though it is saved every few seconds."""

    def save_instance(self) -> Any:
        context = LogContext(user=self.request.user)  # type: ignore[attr-defined]
        if overwritten := self.overwrite_revision:  # type: ignore[attr-defined]
            lines = registry.get_logs_for_instance(self.object)  # type: ignore[attr-defined]
            previous = lines.latest_uuid_for_user_revision_action(context.user, overwritten, "wagtail.edit")
            context.uuid = previous or context.uuid
        with context:
            return super().save_instance()  # type: ignore[misc]


class NamesInvalidFields:
    """Editing screen that says what must be mended before anything is saved by itself."""

    def form_invalid(self, form: Any) -> Any:
        is_autosave = self.expects_json_response  # type: ignore[attr-defined]
        if is_autosave and getattr(self, "produced_error_code", "") == "validation_error":
            self.produced_error_message = (
                f"Uw laatste tekst is nog niet bewaard. Kijk eerst naar: {', '.join(list_invalid_fields(form))}."
            )
        return super().form_invalid(form)  # type: ignore[misc]


def list_invalid_fields(form: Any) -> list[str]:
    """Names of the fields that are not right; of rows also which kind of row."""
    names = [str(form.fields[name].label) for name in form.errors if name in form.fields]
    for formset in getattr(form, "formsets", {}).values():
        kind = str(formset.model._meta.verbose_name_plural).capitalize()
        invalid = {name for row in formset.forms for name in row.errors if name in row.fields}
        fields = [str(field.label).lower() for name, field in formset.empty_form.fields.items() if name in invalid]
        if not formset.is_valid():
            names.append(f"{kind} ({', '.join(fields)})" if fields else kind)
    return names
