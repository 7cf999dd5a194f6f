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


def day_forms(dag: date) -> list[str]:
    """A day in each way in which a screen may write it."""
    maand = MONTHS[dag.month - 1]
    kort = SHORT_MONTHS.get(maand, maand[:3])
    return [f"{dag.day} {maand} {dag.year}", f"{dag.day} {kort} {dag.year}", f"{dag:%d-%m-%Y}"]


def freeze_clock(pagina: Page) -> None:
    """Put one fixed day and time in place of what the clock says."""
    vandaag = datetime.now(ZoneInfo(TIMEZONE)).date()
    pagina.evaluate(FREEZE_SCRIPT, [list(zip(day_forms(vandaag), day_forms(FIXED_DAY), strict=True)), FIXED_TIME])


def clip_of(pagina: Page, delen: Sequence[Locator]) -> FloatRect:
    """The rectangle that holds all these parts, with some of the page around it, within the window."""
    kaders = []
    for deel in delen:
        expect(deel).to_be_visible()
        kader = deel.bounding_box()
        assert kader, f"nothing to see of {deel}"
        kaders.append(kader)
    links, boven = (max(0, min(kader[as_] for kader in kaders) - MARGIN) for as_ in ("x", "y"))
    venster = pagina.viewport_size or WINDOW["viewport"]
    rechts = min(venster["width"], max(kader["x"] + kader["width"] for kader in kaders) + MARGIN)
    onder = min(venster["height"], max(kader["y"] + kader["height"] for kader in kaders) + MARGIN)
    return {"x": links, "y": boven, "width": rechts - links, "height": onder - boven}


def looks_same(beeld: Image.Image, bestand: Path) -> bool:
    """Whether the picture that is there differs only in what no eye sees, such as the edge of a letter."""
    if not bestand.exists():
        return False
    with Image.open(bestand) as oud:
        if oud.size != beeld.size:
            return False
        verschil = ImageChops.difference(beeld, oud.convert("RGB"))
    return verschil.point(lambda sterkte: 255 * (sterkte > INVISIBLE)).getbbox() is None


def save_picture(pagina: Page, delen: Sequence[Locator], bestand: Path) -> None:
    """Write these parts of the page, in few colours, unless the picture is there already."""
    pagina.mouse.move(0, 0)
    freeze_clock(pagina)
    opname = pagina.screenshot(clip=clip_of(pagina, delen), animations="disabled", caret="hide", style=HIDE_CHANGING)
    beeld = Image.open(BytesIO(opname)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    if not looks_same(beeld.convert("RGB"), bestand):
        beeld.save(bestand, optimize=True)
