"""The pictures in the README and the manual: python -m tests.browser.screenshot [NAME ...]; without names all."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.conftest import GUNICORN, ROOT, free_port, own_environment, serve, start_chromium
from tests.browser.manual import PICTURES
from tests.browser.manual.controls import window_of
from tests.browser.pictures import save_picture
from tests.prepared import copy_site

START_PAGE = ROOT / "docs/startpagina.png"
SCREEN_PATIENCE = 20_000  # milliseconds for a screen to show what the picture is about
PICTURE_FOLDER = ROOT / "docs/handleiding/beelden"


def run(environment: dict[str, str], *order: str) -> None:
    """Run a program of this project on the trial site, whatever database the shell names."""
    subprocess.run([sys.executable, *order], cwd=ROOT, env=own_environment() | environment, check=True)


@contextmanager
def trial_site() -> Iterator[tuple[str, dict[str, str]]]:
    """Address of a site with the real content, gone afterwards, and the variables that it runs with."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        var = copy_site(Path(os.environ.get("PREPARED_DIR", folder)), Path(folder, "site"))
        own = {"BASE_URL": f"http://localhost:{port}", "EMAIL_URL": f"filemail:///{var}/mail"}
        environment = own | {"LOCAL": "1", "VAR_DIR": str(var)}
        run(environment, "manage.py", "maak_redactie", "--verbosity=0")
        with serve(var, port, GUNICORN, **own) as url:
            yield url, environment


def make_start_picture(browser: Browser, url: str) -> None:
    """Make the picture of the README."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(url)
    page.screenshot(path=START_PAGE)
    page.close()


def make_picture(browser: Browser, site: str, name: str, folder: Path) -> None:
    """Make one picture of the manual."""
    picture = PICTURES[name]
    page = window_of(browser, site, picture.account)
    try:
        save_picture(page, picture.make(page), folder / f"{name}.png")
    except Exception as error:
        error.add_note(f"The picture {name!r} of the manual was not made; the browser was at {page.url}.")
        raise
    finally:
        page.context.close()


def main(names: Sequence[str], folder: Path = PICTURE_FOLDER) -> None:
    """Make the pictures with these names; without names all of them, and that of the README."""
    if unknown := set(names) - set(PICTURES):
        sys.exit(f"No such pictures: {', '.join(sorted(unknown))}. There are: {', '.join(PICTURES)}.")
    expect.set_options(timeout=SCREEN_PATIENCE)
    with trial_site() as (url, environment), start_chromium() as browser:
        if not names:
            make_start_picture(browser, url)
        run(environment, "-m", "tests.browser.practice_entries")
        for name in names or PICTURES:
            make_picture(browser, environment["BASE_URL"], name, folder)


if __name__ == "__main__":
    main(sys.argv[1:])
