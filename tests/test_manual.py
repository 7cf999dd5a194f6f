"""The manual holds together: what it names exists, every page can be found and shows its picture."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import pytest

from tests.browser.manual import PICTURES
from tests.translations import own_entries, shipped_folders

pytestmark = pytest.mark.once

MANUAL = Path(__file__).resolve().parents[1] / "docs/handleiding"
PAGES = sorted(MANUAL.glob("*.md"))
TASKS = [page for page in PAGES if page.name != "README.md"]
REFERENCE = re.compile(r"!?\[[^\]]*\]\((?!https?:|mailto:)([^)#]+)[^)]*\)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
MAX_BYTES = 60_000


def page_name(page: Path) -> str:
    return page.name


@pytest.mark.parametrize("pagina", PAGES, ids=page_name)
def test_every_page_and_picture_that_is_named_exists(pagina: Path) -> None:
    missing = [target for target in REFERENCE.findall(pagina.read_text()) if not (pagina.parent / target).exists()]
    assert missing == []


def test_the_contents_lead_to_every_page() -> None:
    named = set(REFERENCE.findall((MANUAL / "README.md").read_text()))
    assert {page.name for page in TASKS} <= named


@pytest.mark.parametrize("pagina", TASKS, ids=page_name)
def test_every_page_shows_its_picture_and_says_what_it_shows(pagina: Path) -> None:
    pictures = {target: text for text, target in PICTURE.findall(pagina.read_text())}
    assert list(pictures) == [f"beelden/{pagina.stem}.png"]
    assert all(len(text.split()) > 4 for text in pictures.values())


def test_every_picture_is_made_by_the_target_and_used_by_a_page() -> None:
    files = {file.stem for file in (MANUAL / "beelden").iterdir()}
    assert files == set(PICTURES) == {page.stem for page in TASKS}


def replaced_words() -> set[str]:
    """What the packages say in Dutch where the back office says something else."""
    shipped = [gettext.translation("django", folder, ["nl"], fallback=True) for folder in shipped_folders()]
    own = {entry.id: entry.string for entry in own_entries() if isinstance(entry.id, str)}
    return {language.gettext(english) for english in own for language in shipped} - set(own.values())


@pytest.mark.parametrize("pagina", PAGES, ids=page_name)
def test_buttons_and_fields_are_called_as_on_the_screen(pagina: Path) -> None:
    named = set(re.findall(r"\*\*([^*]+)\*\*", pagina.read_text()))
    assert named & replaced_words() == set()


@pytest.mark.parametrize("picture", sorted((MANUAL / "beelden").iterdir()), ids=page_name)
def test_every_picture_is_small(picture: Path) -> None:
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size < MAX_BYTES
