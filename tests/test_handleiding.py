"""The manual holds together: what it names exists, and every page can be found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HANDLEIDING = Path(__file__).resolve().parents[1] / "docs/handleiding"
PAGINAS = sorted(HANDLEIDING.glob("*.md"))
VERWIJZING = re.compile(r"!?\[[^\]]*\]\((?!https?:|mailto:)([^)#]+)[^)]*\)")


@pytest.mark.parametrize("pagina", PAGINAS, ids=lambda pagina: pagina.name)
def test_every_page_and_picture_that_is_named_exists(pagina: Path) -> None:
    weg = [doel for doel in VERWIJZING.findall(pagina.read_text()) if not (pagina.parent / doel).exists()]
    assert weg == []


def test_the_contents_lead_to_every_page() -> None:
    genoemd = set(VERWIJZING.findall((HANDLEIDING / "README.md").read_text()))
    assert {pagina.name for pagina in PAGINAS} - {"README.md"} <= genoemd


def test_every_picture_has_a_description() -> None:
    zonder = [pagina.name for pagina in PAGINAS if "![](" in pagina.read_text()]
    assert zonder == []
