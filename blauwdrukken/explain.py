"""Explains terms of the field where a reader first meets them on a page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import copy
from html import escape, unescape

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from .models import Begrip
from .search.remember import per_state
from .text.tree import Block, Inline

_TAG = re.compile(r"(<[^>]+>)")
LEFT_ALONE = ("a", "h2", "h3")  # elements in which nothing is linked
LINKS = {"a", "trede"}  # inlines that are a link themselves


ENDINGS = "(?:e?s|e?n|'s)?"  # of a word for more than one


class Explainer:
    """Links each term once, over all that it is given in the order of the page; leaves links and headings alone."""

    do_not_call_in_templates = True  # a template hands it on

    def __init__(self, begrippen: Iterable[Begrip]) -> None:
        short: dict[str, Begrip] = {}
        words: dict[str, Begrip] = {}
        for begrip in begrippen:
            if begrip.is_abbreviation:
                short[begrip.term] = begrip
            else:
                words |= {term.lower(): begrip for term in begrip.term.split(" / ")}
        self._begrippen: dict[str, Begrip | None] = {**words, **short}
        self._pattern = make_pattern(short, words) if self._begrippen else None

    def anew(self) -> Explainer:
        """The same for other texts: nothing is linked yet."""
        other = copy(self)
        other._begrippen = dict(self._begrippen)
        return other

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

    def words(self, words: str) -> SafeString:
        """Plain words as HTML, with the same links."""
        return self(conditional_escape(words))

    def block(self, block: Block, *, from_cell: int = 0) -> Block:
        """A block of rows with the same links; of each row of a table those from this cell on."""
        if block["t"] == "tabel":
            return block | {
                "rijen": [[*row[:from_cell], *map(self._inlines, row[from_cell:])] for row in block["rijen"]]
            }
        if block["t"] in {"ul", "ol"}:
            return block | {"c": [[self.block(part) for part in item] for item in block["c"]]}
        return block | {"c": self._inlines(block["c"])}

    def _inlines(self, inlines: list[Inline]) -> list[Inline]:
        return [self._inline(inline) for inline in inlines]

    def _inline(self, inline: Inline) -> Inline:
        if isinstance(inline, str):
            return self.words(inline)
        return inline if inline["t"] in LINKS or "c" not in inline else inline | {"c": self._inlines(inline["c"])}

    @staticmethod
    def _after_tag(tag: str, inside: str) -> str:
        """Name of the open link or heading after this tag, else empty."""
        if inside:
            return "" if tag == f"</{inside}>" else inside
        return next((name for name in LEFT_ALONE if re.match(rf"<{name}[ >]", tag)), "")

    def _link(self, hit: re.Match[str]) -> str:
        term = unescape(hit["short"] or hit["word"].lower())
        begrip = self._begrippen.get(term)
        if begrip is None:
            return hit[0]
        for name, known in self._begrippen.items():
            if known is begrip:
                self._begrippen[name] = None
        shown = format_html('<abbr title="{}">{}</abbr>', begrip.voluit, term) if hit["short"] else mark_safe(hit[0])  # noqa: S308 (of cleaned HTML)
        return format_html('<a class="begrip" href="{}">{}</a>', begrip.get_absolute_url(), shown)


def make_pattern(short: Iterable[str], words: Iterable[str]) -> re.Pattern[str]:
    """What finds abbreviations as they are written, and words in any case and number."""
    return re.compile(
        rf"(?<![\w&-])(?:(?P<short>{any_of(short)})(?![\w&])(?!-[a-z]+ief)"
        rf"|(?P<word>(?i:{any_of(words)})){ENDINGS}(?![\w&-]))"
    )


def any_of(terms: Iterable[str]) -> str:
    """Pattern for one of these, as HTML holds them; a longer one goes before one that it begins with."""
    escaped = (re.escape(escape(term, quote=False)) for term in terms)
    return "|".join(sorted(escaped, key=len, reverse=True)) or r"(?!)"


@per_state
def explainer_of_all() -> Explainer:
    """For all terms of the field; take one `anew` from it."""
    return Explainer(Begrip.objects.all())
