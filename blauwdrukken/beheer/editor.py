"""The editor of rich text."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest
from django.urls import reverse_lazy
from wagtail.admin.forms.choosers import EmailLinkChooserForm, ExternalLinkChooserForm
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.rich_text.feature_registry import FeatureRegistry


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
        except (AttributeError, LookupError, RecursionError, TypeError, ValueError) as fout:
            raise BadRequest("A text that the editor did not write.") from fout
        return html and html.encode(errors="replace").decode()


def link_naar_buiten(features: FeatureRegistry) -> None:
    """Let a link begin with the address of a website: there is no tree of pages to choose from."""
    adressen = features.plugins_by_editor["draftail"]["link"].data["chooserUrls"]
    adressen["pageChooser"] = reverse_lazy("wagtailadmin_choose_page_external_link")


# What Wagtail leaves in English, and what it does not explain.
for formulier in (ExternalLinkChooserForm, EmailLinkChooserForm):
    formulier.base_fields["link_text"].label = "Tekst van de link"
ExternalLinkChooserForm.base_fields["url"].label = "Adres van de website"
ExternalLinkChooserForm.base_fields["url"].help_text = "Bijvoorbeeld: https://www.voorbeeld.nl"
EmailLinkChooserForm.base_fields["email_address"].label = "E-mailadres"
EmailLinkChooserForm.base_fields["subject"].label = "Onderwerp"
EmailLinkChooserForm.base_fields["body"].label = "Begin van het bericht"
