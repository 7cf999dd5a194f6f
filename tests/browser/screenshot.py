"""The pictures in the README and the manual: python -m tests.browser.screenshot [NAME ...]; without names all."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.conftest import BASIS, eigen_omgeving, serveer, start_chromium, vrije_poort
from tests.browser.manual import BEELDEN
from tests.browser.manual.controls import venster_van
from tests.browser.pictures import bewaar

STARTPAGINA = BASIS / "docs/startpagina.png"
GEDULD = 20_000  # milliseconds for a screen to show what the picture is about
BEELDMAP = BASIS / "docs/handleiding/beelden"


def voer_uit(omgeving: dict[str, str], *opdracht: str) -> None:
    """Run a program of this project on the trial site, whatever database the shell names."""
    subprocess.run([sys.executable, *opdracht], cwd=BASIS, env=eigen_omgeving() | omgeving, check=True)


@contextmanager
def proefsite() -> Iterator[tuple[str, dict[str, str]]]:
    """Address of a site with the real content, gone afterwards, and the variables that it runs with."""
    with tempfile.TemporaryDirectory() as map_:
        poort = vrije_poort()
        eigen = {"BASE_URL": f"http://localhost:{poort}", "EMAIL_URL": f"filemail:///{map_}/mail"}
        omgeving = eigen | {"LOCAL": "1", "VAR_DIR": map_}
        for opdracht in ("migrate", "laad_kennisbank"):  # before the server, which has to answer within a minute
            voer_uit(omgeving, "manage.py", opdracht, "--verbosity=0")
        with serveer(Path(map_), poort, **eigen) as adres:
            yield adres, omgeving


def maak_startpagina(browser: Browser, adres: str) -> None:
    """Make the picture of the README."""
    pagina = browser.new_page(viewport={"width": 1280, "height": 900})
    pagina.goto(adres)
    pagina.screenshot(path=STARTPAGINA)
    pagina.close()


def maak_beeld(browser: Browser, site: str, naam: str, map_: Path) -> None:
    """Make one picture of the manual."""
    beeld = BEELDEN[naam]
    pagina = venster_van(browser, site, beeld.wie)
    try:
        bewaar(pagina, beeld.maak(pagina), map_ / f"{naam}.png")
    except Exception as fout:
        fout.add_note(f"The picture {naam!r} of the manual was not made; the browser was at {pagina.url}.")
        raise
    finally:
        pagina.context.close()


def main(namen: Sequence[str], map_: Path = BEELDMAP) -> None:
    """Make the pictures with these names; without names all of them, and that of the README."""
    if onbekend := set(namen) - set(BEELDEN):
        sys.exit(f"No such pictures: {', '.join(sorted(onbekend))}. There are: {', '.join(BEELDEN)}.")
    expect.set_options(timeout=GEDULD)
    with proefsite() as (adres, omgeving), start_chromium() as browser:
        if not namen:
            maak_startpagina(browser, adres)
        voer_uit(omgeving, "-m", "tests.browser.practice_entries")
        for naam in namen or BEELDEN:
            maak_beeld(browser, omgeving["BASE_URL"], naam, map_)


if __name__ == "__main__":
    main(sys.argv[1:])
