"""The stylesheets of the public pages, which stand in the page itself: a round trip less before something is drawn."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "static" / "css"
PUBLIC = (
    "tokens",
    "basis",
    "onderdelen",
    "kaart",
    "start",
    "lijst",
    "blad",
    "detail",
    "regio",
    "vergelijk",
    "boek",
    "zoeken",
    "tekst",
    "themas",
    "account",
    "druk",
)


@dataclass(frozen=True)
class Stylesheet:
    """A sheet as it stands in a page, and what the Content-Security-Policy calls it."""

    css: str

    @property
    def source(self) -> str:
        """The hash by which the policy allows it."""
        digest = hashlib.sha256(self.css.encode()).digest()
        return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def stylesheet(name: str) -> Stylesheet:
    """The sheet of this name."""
    return Stylesheet((FOLDER / f"{name}.css").read_text("utf-8"))


def style_sources() -> list[str]:
    """All that the policy has to allow."""
    return [stylesheet(name).source for name in PUBLIC]
