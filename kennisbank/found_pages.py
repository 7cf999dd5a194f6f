"""The site's own pages as one of the kinds that the search over everything finds."""

from __future__ import annotations

from collections.abc import Iterator

from blauwdrukken.search.kinds import Entry, Kind, plain

from .models import Pagina


def read_paginas() -> Iterator[Entry]:
    """Published pages."""
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
