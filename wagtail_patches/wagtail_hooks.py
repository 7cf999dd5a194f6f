"""Replacements in tables that Wagtail fills only when it calls its hooks."""

from __future__ import annotations

from typing import Any

from django.urls import reverse_lazy
from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry

from blauwdrukken.beheer.publication.review import WithdrawalFormatter

from .originals import replace_item


@hooks.register("register_rich_text_features", order=1)
def link_to_a_website(features: FeatureRegistry) -> None:
    """Let a link begin with the address of a website: there is no tree of pages to choose from."""
    addresses = features.plugins_by_editor["draftail"]["link"].data["chooserUrls"]
    website = reverse_lazy("wagtailadmin_choose_page_external_link")
    replace_item(addresses, "pageChooser", website, "chooserUrls['pageChooser'] of Wagtail's rich-text link")


@hooks.register("register_log_actions", order=100)
def withdrawal_with_its_reason(actions: Any) -> None:
    """Tell in the history why something was withdrawn."""
    replace_item(
        actions.formatters, "wagtail.unpublish", WithdrawalFormatter(), "Wagtail's log action 'wagtail.unpublish'"
    )
