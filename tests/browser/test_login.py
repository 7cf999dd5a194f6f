"""The first login in a browser: from the invitation to the back office, with an app and with a passkey."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from email import message_from_string
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import fits, judge, judge_in_each_look, show
from tests.browser.conftest import GUNICORN, ROOT, follow, free_port, own_environment, serve
from tests.browser.second_factor import give_passkey, set_up_app
from tests.prepared import copy_site

pytestmark = pytest.mark.browser

PASSWORD = "vier losse woorden samen"


@pytest.fixture(scope="module")
def guarded_site(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """Address of a site that asks for the second step, by a name that passkeys can belong to; and its variables."""
    port = free_port()
    var = copy_site(run_folder, tmp_path_factory.mktemp("deur"))
    own = {"BASE_URL": f"http://localhost:{port}", "MFA_REQUIRED": "1", "EMAIL_URL": f"filemail:///{var}/mail"}
    with serve(var, port, GUNICORN, **own):
        yield own["BASE_URL"], {"VAR_DIR": str(var), "LOCAL": "1", "PORT": str(port)} | own


def invite(environment: dict[str, str], email: str) -> str:
    """Make a Beheerder as the manual says, and give the link of the invitation."""
    command = [sys.executable, "manage.py", "maak_beheerder", email, "--voornaam=Bea", "--achternaam=Baas"]
    finished = subprocess.run(
        command, cwd=ROOT, env=own_environment() | environment, capture_output=True, text=True, check=True
    )
    return re.findall(r"http://localhost\S+", finished.stdout)[0]


def mail_subjects(environment: dict[str, str], email: str) -> list[str]:
    """Subjects of all mail to this address, in the order of sending."""
    files = sorted(Path(environment["VAR_DIR"], "mail").iterdir(), key=lambda file: file.stat().st_mtime_ns)
    everything = [message_from_string(part.lstrip()) for b in files for part in re.split(r"-{79}\n", b.read_text())]
    return [message["Subject"] for message in everything if message["To"] == email]


def first_login(page: Page, environment: dict[str, str], email: str, look: Any = None) -> None:
    """Choose a password by the link of the invitation, log in for the first time, and look at each page."""
    look = look or (lambda page: None)
    page.goto(invite(environment, email))
    look(page)
    page.get_by_label("Nieuw wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_label("Nieuw wachtwoord, nog een keer").fill(PASSWORD)
    follow(page, page.get_by_role("button", name="Bewaar het wachtwoord"))
    look(page)
    follow(page, page.get_by_role("link", name="Naar inloggen"))
    log_in(page, email)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tweede stap")
    look(page)


def log_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.get_by_label("Mailadres of gebruikersnaam").fill(email)
    page.get_by_label("Wachtwoord").fill(password)
    follow(page, page.get_by_role("button", name="Inloggen", exact=True))


def wait_for_home(page: Page) -> None:
    """Wait for the start screen."""
    page.wait_for_url("**/beheer/")


def log_out(page: Page, door: str) -> None:
    page.goto(f"{door}/account/logout/")
    follow(page, page.get_by_role("button", name="Uitloggen"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen")


def test_the_first_login_sets_up_an_app(guarded_site: Any, open_page: Any) -> None:
    url, environment = guarded_site
    email = "app@voorbeeld.nl"
    page = open_page()
    first_login(page, environment, email, judge_in_each_look)
    page.goto(f"{url}/beheer/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tweede stap")
    follow(page, page.get_by_role("link", name="Stel de app in"))
    judge_in_each_look(page)
    set_up_app(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw herstelcodes")
    judge_in_each_look(page)
    codes = page.locator(".herstelcodes code").all_inner_texts()
    assert len(codes) == 10
    follow(page, page.get_by_role("link", name="naar het beheer"))
    wait_for_home(page)
    log_out(page, url)
    judge_in_each_look(page)
    log_in(page, email)
    judge_in_each_look(page)
    page.get_by_label("Code uit uw app").fill(codes[0])
    follow(page, page.get_by_role("button", name="Inloggen", exact=True))
    wait_for_home(page)
    for path in (
        "tweede-stap/",
        "wachtwoord/",
        "overal-uitloggen/",
        "tweede-stap/app/weg/",
        "tweede-stap/herstelcodes/",
    ):
        page.goto(f"{url}/account/{path}")
        judge_in_each_look(page)
    assert mail_subjects(environment, email)[2:] == ["Er is een app toegevoegd aan uw account"]


def test_a_wrong_login_and_a_forgotten_password_are_accessible(guarded_site: Any, open_page: Any) -> None:
    url, _ = guarded_site
    page = open_page()
    page.goto(f"{url}/account/login/")
    log_in(page, "niemand@voorbeeld.nl", "fout")
    expect(page.get_by_role("alert").first).to_contain_text("Deze gegevens kloppen niet")
    judge_in_each_look(page)
    follow(page, page.get_by_role("link", name="Wachtwoord vergeten?"))
    judge_in_each_look(page)
    page.get_by_label("Mailadres").fill("niemand@voorbeeld.nl")
    follow(page, page.get_by_role("button", name="Stuur de mail"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Kijk in uw mail")
    judge_in_each_look(page)


def test_a_passkey_is_made_and_logs_in_without_a_password(guarded_site: Any, open_page: Any) -> None:
    url, environment = guarded_site
    page = open_page()
    give_passkey(page)
    email = "passkey@voorbeeld.nl"
    first_login(page, environment, email)
    follow(page, page.get_by_role("link", name="Maak een passkey"))
    judge_in_each_look(page)
    page.get_by_label("Naam").fill("Laptop van het werk")
    follow(page, page.get_by_role("button", name="Maak de passkey"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw herstelcodes")
    follow(page, page.get_by_role("link", name="naar het beheer"))
    wait_for_home(page)
    log_out(page, url)
    page.get_by_role("button", name="Inloggen met een passkey").click()
    wait_for_home(page)
    log_out(page, url)
    log_in(page, email)
    page.get_by_role("button", name="Gebruik een passkey").click()
    wait_for_home(page)
    page.goto(f"{url}/account/tweede-stap/")
    judge_in_each_look(page)
    follow(page, page.get_by_role("link", name="Verwijder Laptop van het werk"))
    judge_in_each_look(page)
    follow(page, page.get_by_role("button", name="Verwijder de passkey"))
    page.goto(f"{url}/beheer/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tweede stap")
    assert mail_subjects(environment, email) == [
        "Uw account voor Kennisbank Blauwdrukken",
        "Uw wachtwoord is gekozen",
        "Er is een passkey toegevoegd aan uw account",
        "Er is een passkey verwijderd van uw account",
    ]


def test_somebody_without_this_passkey_hears_what_to_do(guarded_site: Any, chromium: Any) -> None:
    url, _ = guarded_site
    page = chromium.new_page()
    give_passkey(page)
    page.goto(f"{url}/account/login/")
    page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(page.get_by_text("Het is niet gelukt met de passkey")).to_be_visible()
    judge_in_each_look(page)
    page.close()


def test_without_script_the_app_works_and_passkeys_are_not_offered(guarded_site: Any, open_page: Any) -> None:
    url, environment = guarded_site
    page = open_page(java_script_enabled=False)
    page.goto(f"{url}/account/login/")
    expect(page.get_by_role("button", name="Inloggen met een passkey")).to_be_hidden()
    page.goto(invite(environment, "zonder@voorbeeld.nl"))
    page.get_by_label("Nieuw wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_label("Nieuw wachtwoord, nog een keer").fill(PASSWORD)
    follow(page, page.get_by_role("button", name="Bewaar het wachtwoord"))
    follow(page, page.get_by_role("link", name="Naar inloggen"))
    log_in(page, "zonder@voorbeeld.nl")
    follow(page, page.get_by_role("link", name="Stel de app in"))
    set_up_app(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw herstelcodes")


def test_mail_is_written_where_the_site_is_told_to(guarded_site: Any) -> None:
    _, environment = guarded_site
    invite(environment, "mail@voorbeeld.nl")
    post = "".join(file.read_text() for file in Path(environment["VAR_DIR"], "mail").iterdir())
    assert "To: mail@voorbeeld.nl" in post
    assert f"{environment['BASE_URL']}/account/wachtwoord/kies/" in post.replace("=\n", "")


def test_somebody_is_invited_in_the_back_office(guarded_site: Any, open_page: Any) -> None:
    url, environment = guarded_site
    page = open_page()
    first_login(page, environment, "baas@voorbeeld.nl")
    follow(page, page.get_by_role("link", name="Stel de app in"))
    set_up_app(page)
    for width, theme in ((390, "dark"), (1280, "light")):
        show(page, width, theme)
        page.goto(f"{url}/beheer/users/new/")
        page.get_by_role("button", name="Uitnodigen").click()
        expect(page.get_by_text("Kies minstens één rol.")).to_be_visible()
        expect(page.locator(".messages > ul")).to_have_css("opacity", "1")
        judge(page)
        assert fits(page)
    page.get_by_label("Voornaam").fill("Jan")
    page.get_by_label("Achternaam").fill("de Wit")
    page.get_by_label("Mailadres").fill("jan@voorbeeld.nl")
    page.locator("input[name=groups]").first.check()
    page.get_by_role("button", name="Uitnodigen").click()
    expect(page.get_by_text("De uitnodiging is gemaild naar jan@voorbeeld.nl")).to_be_visible()
    expect(page.get_by_role("link", name="Jan de Wit").first).to_be_visible()
