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
        termen = sorted(map(re.escape, self._begrippen), key=len, reverse=True)
        self._pattern = re.compile(rf"(?<![\w&-])({'|'.join(termen)})(?![\w&])(?!-[a-z]+ief)") if termen else None

    def __call__(self, html: str) -> SafeString:
        """The cleaned HTML with links on first occurrences."""
        stukken, binnen = [], ""
        for stuk in _TAG.split(html):
            if stuk.startswith("<"):
                binnen = self._after_tag(stuk, binnen)
            elif self._pattern and not binnen:
                stuk = self._pattern.sub(self._link, stuk)  # noqa: PLW2901 (the piece in its new form)
            stukken.append(stuk)
        return mark_safe("".join(stukken))  # noqa: S308 (the HTML was cleaned when it was saved)

    @staticmethod
    def _after_tag(tag: str, binnen: str) -> str:
        """Name of the open link or heading after this tag, else empty."""
        if binnen:
            return "" if tag == f"</{binnen}>" else binnen
        return next((naam for naam in ("a", "h3") if re.match(rf"<{naam}[ >]", tag)), "")

    def _link(self, treffer: re.Match[str]) -> str:
        begrip = self._begrippen.get(treffer[1])
        if begrip is None:
            return treffer[0]
        self._begrippen[treffer[1]] = None  # type: ignore[assignment]
        return format_html(
            '<a class="begrip" href="{}"><abbr title="{}">{}</abbr></a>',
            begrip.get_absolute_url(),
            begrip.voluit,
            begrip.term,
        )


def explain(secties: Iterable[FilledSectie]) -> list[FilledSectie]:
    """The sections with abbreviations explained the first time they occur; one query."""
    uitlegger = Explainer(Begrip.objects.all())
    return [
        replace(gevuld, content=uitlegger(gevuld.content)) if gevuld.sectie.soort is Soort.TEKST else gevuld
        for gevuld in secties
    ]
