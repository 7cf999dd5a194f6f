"""Tables of the back office in a frame of their own, so that a phone shows them by sliding instead of squeezing."""

from __future__ import annotations

from wagtail.admin.ui.tables import Table


def gebruik() -> None:
    """Draw every list so, also those of Wagtail."""
    Table.template_name = "beheer/tabel.html"
