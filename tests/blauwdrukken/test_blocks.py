from __future__ import annotations

import pytest

from blauwdrukken.templatetags.blocks import beside, blocks, inlines
from blauwdrukken.templatetags.icons import icon
from blauwdrukken.text.tree import parse_blocks

pytestmark = pytest.mark.once
LINK = '<p><a href="https://x.nl/?a=1&amp;b=2">x &lt; y</a></p>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>een</p><p>twee</p>", "<p>een</p><p>twee</p>"),
        ("<p><b>vet</b> en <i>schuin</i></p>", "<p><strong>vet</strong> en <em>schuin</em></p>"),
        ("<p>een<br>twee</p>", "<p>een<br>twee</p>"),
        (LINK, LINK),
        ("<ul><li>een</li><li>twee</li></ul>", "<ul><li>een</li><li>twee</li></ul>"),
        ("<ol><li>een</li></ol>", "<ol><li>een</li></ol>"),
        ("<ul><li>een<ul><li>diep</li></ul></li></ul>", "<ul><li><p>een</p><ul><li>diep</li></ul></li></ul>"),
        ("<p>&lt;script&gt; &amp; \"</p>", "<p>&lt;script&gt; &amp; &quot;</p>"),
    ],
)  # fmt: skip
def test_blocks_are_drawn_as_they_were_written(html: str, expected: str) -> None:
    assert blocks(parse_blocks(html)) == expected


def test_what_only_this_site_writes_on_a_line_is_drawn_too_and_its_text_is_no_markup() -> None:
    small = {"t": "small", "look": "", "c": ["<b>", {"t": "br"}]}
    assert inlines([small]) == "<small>&lt;b&gt;<br></small>"
    assert inlines([small | {"look": "stil"}]) == '<small class="stil">&lt;b&gt;<br></small>'
    assert inlines(["a & b", {"t": "icon", "name": "document"}]) == f"a &amp; b{icon('document')}"


def test_each_column_stands_with_its_cell_and_none_is_left_over() -> None:
    assert beside(["a", "b"], [1, 2]) == [("a", 1), ("b", 2)]
    with pytest.raises(ValueError, match="zip"):
        beside(["a", "b"], [1])
