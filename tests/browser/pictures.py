"""A picture of a part of a page that comes out the same on every run, as a small PNG."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image, ImageChops
from playwright.sync_api import FloatRect, Locator, Page, expect

MARGIN = 16  # pixels of the page around what is shown
COLOURS = 64
INVISIBLE = 48  # of 255, in one colour of one pixel
TIMEZONE = "Europe/Amsterdam"
WINDOW: dict[str, Any] = {
    "viewport": {"width": 1280, "height": 1000},
    "device_scale_factor": 1,
    "color_scheme": "light",
    "reduced_motion": "reduce",
    "locale": "nl-NL",
    "timezone_id": TIMEZONE,
}
# As a sheet of the script itself, which the policy of the site lets through.
WITHOUT_MOTION = """addEventListener('DOMContentLoaded', () => {
  const stil = new CSSStyleSheet()
  stil.replaceSync('*, ::before, ::after { transition: none !important; animation: none !important }')
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, stil]
})"""
MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
SHORT_MONTHS = {"maart": "mrt"}
FIXED_DAY, FIXED_TIME = date(2026, 6, 1), "10:15"
# Who else is at work, what was just saved and the outline of the form appear when they are ready; what stands in a
# field for a file is in the language of the browser.
HIDE_CHANGING = """
  .w-editing-sessions, .w-autosave-indicator, [class*=w-minimap] { visibility: hidden !important }
  input[type=file] { color: transparent !important }
  ::file-selector-button { visibility: hidden }
"""
FREEZE_SCRIPT = """([dagen, tijd]) => {
  const stil = (tekst) => dagen.reduce((t, [nu, vast]) => t.replace(new RegExp(`(?<!\\\\d)${nu}`, 'g'), vast), tekst)
    .replace(/\\b\\d{1,2}:\\d{2}\\b/g, tijd).replace(/\\d+\\s\\S+\\sgeleden|zojuist/gi, '5 minuten geleden')
  const teksten = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (teksten.nextNode()) {
    const stuk = teksten.currentNode
    if (stil(stuk.data) !== stuk.data) stuk.data = stil(stuk.data)
  }
}"""


def day_forms(day: date) -> list[str]:
    """A day in each way in which a screen may write it."""
    month = MONTHS[day.month - 1]
    short = SHORT_MONTHS.get(month, month[:3])
    return [f"{day.day} {month} {day.year}", f"{day.day} {short} {day.year}", f"{day:%d-%m-%Y}"]


def freeze_clock(page: Page) -> None:
    """Put one fixed day and time in place of what the clock says."""
    today = datetime.now(ZoneInfo(TIMEZONE)).date()
    page.evaluate(FREEZE_SCRIPT, [list(zip(day_forms(today), day_forms(FIXED_DAY), strict=True)), FIXED_TIME])


def clip_of(page: Page, parts: Sequence[Locator]) -> FloatRect:
    """The rectangle that holds all these parts, with some of the page around it, within the window."""
    frames = []
    for part in parts:
        expect(part).to_be_visible()
        frame = part.bounding_box()
        assert frame, f"nothing to see of {part}"
        frames.append(frame)
    left, top = (max(0, min(frame[as_] for frame in frames) - MARGIN) for as_ in ("x", "y"))
    window = page.viewport_size or WINDOW["viewport"]
    right = min(window["width"], max(frame["x"] + frame["width"] for frame in frames) + MARGIN)
    bottom = min(window["height"], max(frame["y"] + frame["height"] for frame in frames) + MARGIN)
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}


def looks_same(picture: Image.Image, file: Path) -> bool:
    """Whether the picture that is there differs only in what no eye sees, such as the edge of a letter."""
    if not file.exists():
        return False
    with Image.open(file) as old:
        if old.size != picture.size:
            return False
        difference = ImageChops.difference(picture, old.convert("RGB"))
    return difference.point(lambda strength: 255 * (strength > INVISIBLE)).getbbox() is None


def save_picture(page: Page, parts: Sequence[Locator], file: Path) -> None:
    """Write these parts of the page, in few colours, unless the picture is there already."""
    page.mouse.move(0, 0)
    freeze_clock(page)
    recording = page.screenshot(clip=clip_of(page, parts), animations="disabled", caret="hide", style=HIDE_CHANGING)
    picture = Image.open(BytesIO(recording)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    if not looks_same(picture.convert("RGB"), file):
        picture.save(file, optimize=True)
