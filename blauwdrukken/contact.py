"""Whom a reader can ask about an entry: its organisation, else the secretariat."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from .models import Organisatie
from .text.tree import Block, Inline, link, paragraph

NOBODY = "Hier hoort geen organisatie bij die u kunt vragen. "
UNREACHABLE = "Hoe u deze organisatie bereikt, weten wij niet. "


def contact_blocks(organisatie: Organisatie | None) -> list[Block]:
    """Whom to ask and how, as blocks of text/tree.py."""
    if organisatie is None:
        return [paragraph(NOBODY, *secretariat())]
    successor, ways = organisatie.opgegaan_in, ways_to_reach(organisatie)
    known: list[list[Inline]] = [[f"Regio: {organisatie.regio}"]] if organisatie.regio else []
    return [
        paragraph({"t": "b", "c": [organisatie.naam]}),
        *([paragraph("Opgegaan in ", {"t": "b", "c": [successor.naam]}, ".")] if successor else []),
        *([{"t": "ul", "c": [[paragraph(*line)] for line in known + ways]}] if known + ways else []),
        *([] if ways else [paragraph(UNREACHABLE, *secretariat())]),
    ]


def ways_to_reach(organisatie: Organisatie) -> list[list[Inline]]:
    """Website, mail and telephone of this organisation, or of the one that it became part of."""
    asked = organisatie.opgegaan_in or organisatie
    mail = link(f"mailto:{asked.email}", asked.email)
    ways: dict[str, tuple[str, Inline]] = {
        asked.website: ("Website: ", link(asked.website, _short(asked.website))),
        asked.email: ("E-mail: ", mail),
        asked.telefoon: ("Telefoon: ", asked.telefoon),
    }
    return [list(way) for known, way in ways.items() if known]


def secretariat() -> list[Inline]:
    """How to ask the secretariat; a whole sentence without its address too."""
    email = settings.CONTACT_EMAIL
    if email:
        return ["Mail het secretariaat van de kennisbank: ", link(f"mailto:{email}", email), "."]
    return ["Vraag het secretariaat van de kennisbank."]


def contact_data(organisatie: Organisatie | None) -> dict[str, Any] | None:
    """The organisation to ask, for programs."""
    if organisatie is None:
        return None
    return {
        "naam": organisatie.naam,
        "website": organisatie.website,
        "email": organisatie.email,
        "telefoon": organisatie.telefoon,
        "regio": organisatie.regio.naam if organisatie.regio else None,
        "opgegaan_in": str(organisatie.opgegaan_in) if organisatie.opgegaan_in else None,
    }


def _short(url: str) -> str:
    return url.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
