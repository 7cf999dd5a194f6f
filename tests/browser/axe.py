"""axe-core on a page that is open: all its rules, and the contrast of what looks the same just once."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

LOOKS = [(390, "light"), (390, "dark"), (1280, "dark"), (1280, "light")]  # width and theme
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = "color-contrast"
SCROLL = "scrollable-region-focusable"  # by itself: after other rules axe forgets that a few pixels are no scrolling
RULES = {
    "runOnly": {"type": "tag", "values": TAGS},
    "resultTypes": ["violations"],
    "rules": {CONTRAST: {"enabled": False}, SCROLL: {"enabled": False}},
}


def only(*rules: str) -> dict[str, Any]:
    return {"runOnly": {"type": "rule", "values": rules}, "resultTypes": ["violations"]}


# The contrast of a text follows from the looks of all that it stands in. Which looks axe approved is kept for the pages
# that follow, for contrast takes most of its time. A look that it could not judge is judged again wherever it is.
RUN = f"""
async ([part, runs, approved]) => {{
  const known = new Set(approved.split(" "))
  const looks = new Map()
  const hash = (text, factor) => [...text].reduce((sum, sign) => (Math.imul(factor, sum) + sign.codePointAt(0)) | 0, 7)
  const look = (element) => {{
    if (!element) return String(innerWidth)
    if (!looks.has(element)) {{
      const style = getComputedStyle(element)
      const own = [
        look(element.parentElement), element.localName, element.className, element.matches(":disabled"),
        element.ariaDisabled, style.color, style.backgroundColor, style.backgroundImage, style.opacity, style.fontSize,
        style.fontWeight, style.textShadow, style.position, style.filter, style.mixBlendMode,
      ].join("|")
      looks.set(element, `${{hash(own, 31)}}/${{hash(own, 37)}}`)
    }}
    return looks.get(element)
  }}
  const hasText = (element) => element.matches("input, select, textarea") ||
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())
  const violations = []
  for (const rules of runs) violations.push(...(await axe.run(part, rules)).violations)
  const contrast = async (elements) => {{
    if (!elements.length) return
    const outcome = await axe.run({{ include: elements }}, {{
      runOnly: {{ type: "rule", values: ["{CONTRAST}"] }}, resultTypes: ["violations", "passes"], elementRef: true,
    }})
    for (const node of outcome.passes.flatMap((rule) => rule.nodes)) known.add(look(node.element))
    for (const node of outcome.violations.flatMap((rule) => rule.nodes)) delete node.element
    violations.push(...outcome.violations)
  }}
  const texts = [...document.querySelectorAll(`${{part}} *`)]
    .filter((element) => hasText(element) && !known.has(look(element)) && element.checkVisibility())
  const firsts = new Set(new Map(texts.reverse().map((element) => [look(element), element])).values())
  await contrast([...firsts])
  await contrast(texts.filter((element) => !firsts.has(element) && !known.has(look(element))))
  return [violations, [...known].join(" ")]
}}
"""
_approved = ""


def judge(page: Page, spot: str = "", part: str = "html", *, colours_only: bool = False) -> None:
    """Fail on what axe has against this part of the page as it is now."""
    global _approved
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    runs = [only("link-in-text-block")] if colours_only else [RULES, only(SCROLL)]
    violations, _approved = page.evaluate(RUN, [part, runs, _approved])
    report: Any = AxeResults({"violations": violations})
    assert not violations, f"{spot or page.url}\n{report.generate_report()}"


def fits(page: Page) -> bool:
    """Whether nothing is wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def judge_in_each_look(page: Page) -> None:
    """The page fits and is accessible at each width and in each theme, which changes colours only."""
    for width, theme in LOOKS:
        show(page, width, theme)
        assert fits(page), f"{page.url} at {width}"
        judge(page, f"{page.url} at {width}, {theme}", colours_only=theme == "dark")


def show(page: Page, width: int, theme: Any) -> None:
    """Give the window this width and theme, at once: halfway, a colour is between two colours."""
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
