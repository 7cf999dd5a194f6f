"""A real site on a free port, and Chromium to visit it."""

from __future__ import annotations

import os
import random
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect, sync_playwright

from tests.prepared import copy_site

PATIENCE = 60.0  # seconds after which a screen or a server is not slow but stuck
expect.set_options(timeout=PATIENCE * 1000)

ROOT = Path(__file__).resolve().parents[2]
GUNICORN = (sys.executable, "-m", "gunicorn", "kennisbank.wsgi")
SERIOUS = ("error", "warning")
# A form that is kept by itself while a row of it is half written is answered so, and the browser writes that down.
HALF_WRITTEN = re.compile(r"/beheer/\S+/(add|edit/\d+)/ .* status of 400 ")
SAVED = ".w-autosave-indicator__state--saved"  # what Wagtail shows when it has kept what was typed
ABORTED = "net::ERR_ABORTED"  # the visitor went to another page meanwhile
# Also what a page swallows itself becomes a message in the console.
REPORT_VIOLATION = """
document.addEventListener("securitypolicyviolation", (overtreding) => {
  console.error(`policy: ${overtreding.violatedDirective} forbids ${overtreding.blockedURI} (${overtreding.sample})`);
});
"""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port() -> int:
    """A port that nothing uses, below those that the system hands out: nobody else gets it before the server does."""
    chance = random.SystemRandom()
    while True:
        with suppress(OSError), socket.create_server(("127.0.0.1", chance.randrange(10_000, 32_000))) as free:
            return int(free.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[bytes], seconds: float = 10 * PATIENCE) -> None:
    """Return when the address answers; fail when the process ends or the time is up."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert process.poll() is None, "the server ended"
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"no answer from {url} in {seconds} s")


@pytest.fixture(scope="session")
def var_folder(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder in which the running site writes, and that holds the real content and the first account."""
    folder = copy_site(run_folder, tmp_path_factory.mktemp("site"))
    own = own_environment() | {"LOCAL": "1", "VAR_DIR": str(folder)}
    subprocess.run([sys.executable, "manage.py", "maak_redactie"], cwd=ROOT, env=own, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="session")
def editor_password(var_folder: Path) -> str:
    """Password that was made for `redactie`."""
    return (var_folder / "redactie-wachtwoord").read_text().strip()


def own_environment() -> dict[str, str]:
    """Variables of the shell for a program of this project, whatever database or test settings they name."""
    rest = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "STATIC_ROOT")}
    return rest | {"DJANGO_SETTINGS_MODULE": "kennisbank.settings"}


@contextmanager
def serve(var_map: Path, port: int, order: Sequence[str] = ("bin/serve",), **extra: str) -> Iterator[str]:
    """Address of a site with the real content, served as `make start` serves it, with these variables too.

    What the folder already holds is kept: for a copy of a prepared site the web server alone will do.
    """
    environment = (
        own_environment()
        | {
            "LOCAL": "1",
            "PORT": str(port),
            "PYTHON": sys.executable,
            "VAR_DIR": str(var_map),
            "WEB_CONCURRENCY": "1",
            "BACKGROUND": "",
        }
        | extra
    )
    if not (var_map / "static").exists():
        collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "-v0"]
        subprocess.run(collect, cwd=ROOT, env=environment, check=True)
    process = subprocess.Popen(order, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


@pytest.fixture(scope="session")
def site(var_folder: Path) -> Iterator[str]:
    """Address of the site that most tests visit."""
    with serve(var_folder, free_port(), GUNICORN) as url:
        yield url


@contextmanager
def start_chromium() -> Iterator[Browser]:
    """The browser that CHROMIUM names."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=FLAGS
        )
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Ends with the last test of this folder: Django refuses its database while Playwright's event loop runs."""
    with start_chromium() as browser:
        yield browser


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Any]:
    """Open a page; every console message, failed request or violation of the policy makes the test fail."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_(width: int = 1280, schema: str = "light", **options: Any) -> Page:
        options = {"viewport": {"width": width, "height": 900}, "color_scheme": schema, "locale": "nl-NL"} | options
        context = chromium.new_context(**options)
        contexts.append(context)
        context.add_init_script(REPORT_VIOLATION)
        page = context.new_page()
        page.on("console", lambda b: errors.append(f"{page.url}: {b.text}") if is_serious(b) else None)
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        page.on("requestfailed", lambda v: None if v.failure == ABORTED else errors.append(f"{v.url} {v.failure}"))
        return page

    yield open_
    for context in contexts:
        context.close()
    assert errors == []


def is_serious(message: ConsoleMessage) -> bool:
    """Whether a browser should not have written this in its console."""
    return message.type in SERIOUS and not HALF_WRITTEN.search(f"{message.location['url']} {message.text}")


def follow(page: Page, target: Locator) -> None:
    """Click on what leads to another page, and wait until that page is there."""
    with page.expect_navigation(timeout=PATIENCE * 1000):
        target.click()


def log_in(page: Page, site: str, name: str, password: str) -> None:
    """Log in, and wait for the start screen of the back office."""
    page.goto(f"{site}/beheer/login/")
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/beheer/")


def give_session(context: BrowserContext, site: str, name: str, password: str) -> None:
    """Log in without the browser, which draws two screens for it, and give it the session."""
    cookies = CookieJar()
    visit = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
    url = f"{site}/account/login/"
    tokens = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', visit.open(url).read().decode())
    fields = {"login": name, "password": password, "csrfmiddlewaretoken": tokens[0]}
    with visit.open(url, urlencode(fields).encode()) as response:
        assert response.url == f"{site}/beheer/"
    context.add_cookies([{"name": cookie.name, "value": cookie.value or "", "url": site} for cookie in cookies])


def close_tab(page: Page) -> list[str]:
    """Close the tab as a person does; answers the warnings that were shown."""
    warned: list[str] = []

    def leave(dialog: Any) -> None:
        warned.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    return warned


@pytest.fixture
def beheer(site: str, editor_password: str, open_page: Any) -> Page:
    """Page of somebody who is logged in to the back office."""
    page: Page = open_page()
    give_session(page.context, site, "redactie", editor_password)
    return page


@pytest.fixture(autouse=True)
def _database() -> None:
    """Browser tests talk to a running site, not to the test database."""
