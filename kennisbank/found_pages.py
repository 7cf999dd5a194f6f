"""The site's own pages as one of the kinds that the search over everything finds."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from blauwdrukken.search.kinds import Entry, Kind, plain

from .models import Pagina

LESSEN = "Wat tegenviel en wat er is geleerd"
LESSEN_SUMMARY = "De leerpunten en aandachtspunten uit alle blauwdrukken bij elkaar, te kiezen op thema."


def read_paginas() -> Iterator[Entry]:
    """Published pages, and the one of what fell short: who looks for that uses words that no entry has."""
    yield Entry("pagina", 0, LESSEN, reverse("lessen"), summary=LESSEN_SUMMARY, names=("mislukt", "lessen", "fouten"))
    for pagina in Pagina.objects.published():
        yield Entry(
            "pagina",
            pagina.pk,
            pagina.titel,
            pagina.get_absolute_url(),
            summary=pagina.intro,
            text=plain(pagina.html),
            until=pagina.expire_at,
        )


PAGINAS = Kind("pagina", "Pagina", "Pagina's", read_paginas)
