"""A draft as page and as PDF, for who may edit it; made aside from the store of what is public."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..documents.content.document import document
from ..documents.workshop.process import make_file
from ..models import Blauwdruk
from .blauwdrukken import BlauwdrukDetail, in_groups
from .documents import site, with_explanation

DRAFT_LABEL = "Concept, niet gepubliceerd"


class BlauwdrukPreview(BlauwdrukDetail):
    """The public page of a blueprint in memory; nothing leads yet to one that was never saved."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.object.pk:
            return super().get_context_data(**kwargs)
        return {"blauwdruk": self.object, "groepen": in_groups(self.object.filled_secties())}


def page_preview(request: HttpRequest, blauwdruk: Blauwdruk) -> HttpResponse:
    """The blueprint in memory on the page that readers see."""
    view = BlauwdrukPreview()
    view.setup(request)
    view.object = blauwdruk
    return view.render_to_response(view.get_context_data())


@with_explanation
def pdf_preview(request: HttpRequest, blauwdruk: Blauwdruk) -> HttpResponse:
    """The blueprint in memory as PDF; beside the form a link to it, for a browser may not show one there."""
    if getattr(request, "in_preview_panel", False):
        return render(request, "beheer/voorbeeld_pdf.html")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "concept.pdf"
        make_file("pdf", {"soort": "blauwdruk", "site": site(), "documenten": [draft_document(blauwdruk)]}, path)
        content = path.read_bytes()
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": 'inline; filename="concept.pdf"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


def draft_document(blauwdruk: Blauwdruk) -> dict[str, Any]:
    """The document of a draft: it says so on each page, and leads to no address where it is not."""
    content = document(blauwdruk) | {"concept": DRAFT_LABEL}
    if not blauwdruk.live:
        content |= {"adres": settings.BASE_URL, "kort_adres": settings.BASE_URL}
    if blauwdruk.nummer is None:
        kenmerken = [[name, value] for name, value in content["kenmerken"] if name != "Nummer"]
        content |= {"nummer": "zonder nummer", "kenmerken": kenmerken}
    return content
