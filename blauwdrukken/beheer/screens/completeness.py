"""How complete a blueprint is, beside its editing form and in its list."""

from __future__ import annotations

from typing import Any

from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import CreateView

from ...completeness import TOTAL, assess
from ...models import Blauwdruk
from ...secties import Sectie
from ..publication.review import ReviewedEditView


def anchor_of(field: str) -> str:
    """Id on the editing screen: the button that adds a row, the boxes to tick, or the label of the field."""
    kind = Blauwdruk._meta.get_field(field)
    if kind.one_to_many:
        return f"id_{field}-ADD"
    return f"id_{field}" if kind.many_to_many else f"id_{field}-label"


def with_anchors(secties: list[Sectie]) -> list[tuple[Sectie, str]]:
    """The sections, each with where it is filled in."""
    return [(sectie, anchor_of(sectie.veld)) for sectie in secties]


class CompletenessPanel(BaseSidePanel):
    """Side panel with how complete the saved text is; a new blueprint gets an explanation."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = "Volledigheid tonen of verbergen"
        icon_name = "tasks"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            state = self.panel.completeness
            return super().get_context_data(parent_context) | {"count": len(state.gaps) if state else 0}

    name = "volledig"
    title = "Volledigheid"
    template_name = "beheer/volledig.html"
    order = 240

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.completeness = assess(self.object) if self.object.pk else None

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context = super().get_context_data(parent_context) | {"stand": self.completeness, "totaal": TOTAL}
        if not self.completeness:
            return context
        return context | {
            "leeg": with_anchors(self.completeness.empty),
            "gemist": [(gap.text, anchor_of(gap.field)) for gap in self.completeness.gaps],
            "taal": [(hints, anchor_of(hints.sectie.veld)) for hints in self.completeness.readability],
        }


class WithCompleteness:
    """Screen with how complete the blueprint is beside it, renewed at each save."""

    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()  # type: ignore[misc]
        panels.append(CompletenessPanel(self.form.instance, self.request))  # type: ignore[attr-defined]
        return panels


class BlauwdrukEditView(WithCompleteness, ReviewedEditView):
    """Editing screen of a blueprint."""


class BlauwdrukCreateView(WithCompleteness, CreateView):
    """Screen for a new blueprint."""


class CompletenessColumn(Column):
    """Number of sections that are filled in, of a queryset with with_completeness()."""

    def __init__(self) -> None:
        super().__init__("aantal_gevuld", label="Volledig", sort_key="aantal_gevuld")

    def get_value(self, instance: Any) -> str:
        return f"{instance.aantal_gevuld} van {TOTAL}"
