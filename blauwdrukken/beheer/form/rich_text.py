"""The editor of rich text."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest
from wagtail.admin.rich_text import DraftailRichTextArea


class Editor(DraftailRichTextArea):
    """Wagtail's editor, which hands over each keystroke at once.

    By itself it waits a quarter of a second: what was typed just before a click on a button would be lost.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options["stateSaveInterval"] = 0

    def value_from_datadict(self, *args: Any) -> Any:
        """What was typed, with ? for half an emoji, which can not be kept; BadRequest for what no editor sends."""
        try:
            html = super().value_from_datadict(*args)
        except (AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise BadRequest("A text that the editor did not write.") from error
        return html and html.encode(errors="replace").decode()
