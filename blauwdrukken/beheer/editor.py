"""The editor of rich text."""

from __future__ import annotations

from typing import Any

from wagtail.admin.rich_text import DraftailRichTextArea


class Editor(DraftailRichTextArea):
    """Wagtail's editor, which hands over each keystroke at once.

    By itself it waits a quarter of a second: what was typed just before a click on a button would be lost.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options["stateSaveInterval"] = 0
