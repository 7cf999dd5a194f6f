"""Picture of the start page for the README: python -m tests.browser.screenshot FILE."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.bench import manage, server
from tests.browser.conftest import VLAGGEN


def main(bestand: str) -> None:
    """Write the picture, 1280 pixels wide."""
    with tempfile.TemporaryDirectory() as map_, sync_playwright() as playwright:
        var = Path(map_)
        for opdracht in (["migrate", "-v0"], ["laad_kennisbank", "-v0"], ["collectstatic", "--no-input", "-v0"]):
            manage(var, *opdracht)
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=VLAGGEN
        )
        pagina = browser.new_page(viewport={"width": 1280, "height": 900})
        with server(var) as poort:
            pagina.goto(f"http://127.0.0.1:{poort}/")
            pagina.screenshot(path=bestand)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
