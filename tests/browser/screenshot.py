"""The pictures in the README and the manual: python -m tests.browser.screenshot [NAME ...]; without names all."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.conftest import ROOT, free_port, own_environment, serve, start_chromium
from tests.browser.manual import PICTURES
from tests.browser.manual.controls import window_of
from tests.browser.pictures import save_picture

START_PAGE = ROOT / "docs/startpagina.png"
SCREEN_PATIENCE = 20_000  # milliseconds for a screen to show what the picture is about
PICTURE_FOLDER = ROOT / "docs/handleiding/beelden"


def run(omgeving: dict[str, str], *opdracht: str) -> None:
    """Run a program of this project on the trial site, whatever database the shell names."""
    subprocess.run([sys.executable, *opdracht], cwd=ROOT, env=own_environment() | omgeving, check=True)


@contextmanager
def trial_site() -> Iterator[tuple[str, dict[str, str]]]:
    """Address of a site with the real content, gone afterwards, and the variables that it runs with."""
    with tempfile.TemporaryDirectory() as map_:
        poort = free_port()
        eigen = {"BASE_URL": f"http://localhost:{poort}", "EMAIL_URL": f"filemail:///{map_}/mail"}
        omgeving = eigen | {"LOCAL": "1", "VAR_DIR": map_}
        for opdracht in ("migrate", "laad_kennisbank"):  # before the server, which has to answer within a minute
            run(omgeving, "manage.py", opdracht, "--verbosity=0")
        with serve(Path(map_), poort, **eigen) as adres:
            yield adres, omgeving


def make_start_picture(browser: Browser, adres: str) -> None:
    """Make the picture of the README."""
    pagina = browser.new_page(viewport={"width": 1280, "height": 900})
    pagina.goto(adres)
    pagina.screenshot(path=START_PAGE)
    pagina.close()


def make_picture(browser: Browser, site: str, naam: str, map_: Path) -> None:
    """Make one picture of the manual."""
    beeld = PICTURES[naam]
    pagina = window_of(browser, site, beeld.account)
    try:
        save_picture(pagina, beeld.make(pagina), map_ / f"{naam}.png")
    except Exception as fout:
        fout.add_note(f"The picture {naam!r} of the manual was not made; the browser was at {pagina.url}.")
        raise
    finally:
        pagina.context.close()


def main(namen: Sequence[str], map_: Path = PICTURE_FOLDER) -> None:
    """Make the pictures with these names; without names all of them, and that of the README."""
    if onbekend := set(namen) - set(PICTURES):
        sys.exit(f"No such pictures: {', '.join(sorted(onbekend))}. There are: {', '.join(PICTURES)}.")
    expect.set_options(timeout=SCREEN_PATIENCE)
    with trial_site() as (adres, omgeving), start_chromium() as browser:
        if not namen:
            make_start_picture(browser, adres)
        run(omgeving, "-m", "tests.browser.practice_entries")
        for naam in namen or PICTURES:
            make_picture(browser, omgeving["BASE_URL"], naam, map_)


if __name__ == "__main__":
    main(sys.argv[1:])
