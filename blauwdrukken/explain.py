"""Explains abbreviations of the field where they first occur in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from .models import Begrip
from .models.blauwdruk import FilledSectie
from .secties import Soort

_TAG = re.compile(r"(<[^>]+>)")


class Explainer:
    """Links each abbreviation once, over all texts it is given; leaves links and headings alone."""

    def __init__(self, begrippen: Iterable[Begrip]) -> None:
        self._begrippen = {begrip.term: begrip for begrip in begrippen if begrip.is_abbreviation}
        terms = sorted(map(re.escape, self._begrippen), key=len, reverse=True)
        self._pattern = re.compile(rf"(?<![\w&-])({'|'.join(terms)})(?![\w&])(?!-[a-z]+ief)") if terms else None

    def __call__(self, html: str) -> SafeString:
        """The cleaned HTML with links on first occurrences."""
        pieces, inside = [], ""
        for piece in _TAG.split(html):
            if piece.startswith("<"):
                inside = self._after_tag(piece, inside)
            elif self._pattern and not inside:
                piece = self._pattern.sub(self._link, piece)  # noqa: PLW2901 (the piece in its new form)
            pieces.append(piece)
        return mark_safe("".join(pieces))  # noqa: S308 (the HTML was cleaned when it was saved)

    @staticmethod
    def _after_tag(tag: str, inside: str) -> str:
        """Name of the open link or heading after this tag, else empty."""
        if inside:
            return "" if tag == f"</{inside}>" else inside
        return next((name for name in ("a", "h3") if re.match(rf"<{name}[ >]", tag)), "")

    def _link(self, hit: re.Match[str]) -> str:
        begrip = self._begrippen.get(hit[1])
        if begrip is None:
            return hit[0]
        self._begrippen[hit[1]] = None  # type: ignore[assignment]
        return format_html(
            '<a class="begrip" href="{}"><abbr title="{}">{}</abbr></a>',
            begrip.get_absolute_url(),
            begrip.voluit,
            begrip.term,
        )


def explain(secties: Iterable[FilledSectie]) -> list[FilledSectie]:
    """The sections with abbreviations explained the first time they occur; one query."""
    explainer = Explainer(Begrip.objects.all())
    return [
        replace(filled, content=explainer(filled.content)) if filled.sectie.soort is Soort.TEKST else filled
        for filled in secties
    ]
