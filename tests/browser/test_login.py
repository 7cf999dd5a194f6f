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
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import GUNICORN, ROOT, follow, free_port, own_environment, serve
from tests.browser.second_factor import give_passkey, set_up_app
from tests.browser.test_pages import AXE
from tests.prepared import copy_site

pytestmark = pytest.mark.browser

PASSWORD = "vier losse woorden samen"
SCREENS = [(1280, "light"), (390, "dark"), (1280, "dark"), (390, "light")]


@pytest.fixture(scope="module")
def guarded_site(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """Address of a site that asks for the second step, by a name that passkeys can belong to; and its variables."""
    poort = free_port()
    var = copy_site(run_folder, tmp_path_factory.mktemp("deur"))
    eigen = {"BASE_URL": f"http://localhost:{poort}", "MFA_REQUIRED": "1", "EMAIL_URL": f"filemail:///{var}/mail"}
    with serve(var, poort, GUNICORN, **eigen):
        yield eigen["BASE_URL"], {"VAR_DIR": str(var), "LOCAL": "1", "PORT": str(poort)} | eigen


def invite(omgeving: dict[str, str], email: str) -> str:
    """Make a Beheerder as the manual says, and give the link of the invitation."""
    opdracht = [sys.executable, "manage.py", "maak_beheerder", email, "--voornaam=Bea", "--achternaam=Baas"]
    klaar = subprocess.run(
        opdracht, cwd=ROOT, env=own_environment() | omgeving, capture_output=True, text=True, check=True
    )
    return re.findall(r"http://localhost\S+", klaar.stdout)[0]


def mail_subjects(omgeving: dict[str, str], email: str) -> list[str]:
    """Subjects of all mail to this address, in the order of sending."""
    bestanden = sorted(Path(omgeving["VAR_DIR"], "mail").iterdir(), key=lambda bestand: bestand.stat().st_mtime_ns)
    alles = [message_from_string(deel.lstrip()) for b in bestanden for deel in re.split(r"-{79}\n", b.read_text())]
    return [bericht["Subject"] for bericht in alles if bericht["To"] == email]


def check_page(pagina: Page, breedte: int) -> None:
    """The page is accessible and fits."""
    uitkomst = Axe().run(pagina, options=AXE)
    assert uitkomst.violations_count == 0, f"{pagina.url}\n{uitkomst.generate_report()}"
    assert pagina.evaluate("document.documentElement.scrollWidth") <= breedte, pagina.url


def first_login(pagina: Page, breedte: int, omgeving: dict[str, str], email: str) -> None:
    """Choose a password by the link of the invitation, and log in for the first time."""
    pagina.goto(invite(omgeving, email))
    check_page(pagina, breedte)
    pagina.get_by_label("Nieuw wachtwoord", exact=True).fill(PASSWORD)
    pagina.get_by_label("Nieuw wachtwoord, nog een keer").fill(PASSWORD)
    follow(pagina, pagina.get_by_role("button", name="Bewaar het wachtwoord"))
    check_page(pagina, breedte)
    follow(pagina, pagina.get_by_role("link", name="Naar inloggen"))
    log_in(pagina, email)
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Tweede stap")
    check_page(pagina, breedte)


def log_in(pagina: Page, email: str, wachtwoord: str = PASSWORD) -> None:
    pagina.get_by_label("Mailadres of gebruikersnaam").fill(email)
    pagina.get_by_label("Wachtwoord").fill(wachtwoord)
    follow(pagina, pagina.get_by_role("button", name="Inloggen", exact=True))


def wait_for_home(pagina: Page) -> None:
    """Wait for the start screen."""
    pagina.wait_for_url("**/beheer/")


def log_out(pagina: Page, deur: str) -> None:
    pagina.goto(f"{deur}/account/logout/")
    follow(pagina, pagina.get_by_role("button", name="Uitloggen"))
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Inloggen")


@pytest.mark.parametrize(("breedte", "schema"), SCREENS)
def test_the_first_login_sets_up_an_app(guarded_site: Any, open_page: Any, breedte: int, schema: str) -> None:
    adres, omgeving = guarded_site
    email = f"app-{breedte}-{schema}@voorbeeld.nl"
    pagina = open_page(breedte, schema)
    first_login(pagina, breedte, omgeving, email)
    pagina.goto(f"{adres}/beheer/")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Tweede stap")
    follow(pagina, pagina.get_by_role("link", name="Stel de app in"))
    check_page(pagina, breedte)
    set_up_app(pagina)
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Uw herstelcodes")
    check_page(pagina, breedte)
    codes = pagina.locator(".herstelcodes code").all_inner_texts()
    assert len(codes) == 10
    follow(pagina, pagina.get_by_role("link", name="naar het beheer"))
    wait_for_home(pagina)
    log_out(pagina, adres)
    check_page(pagina, breedte)
    log_in(pagina, email)
    check_page(pagina, breedte)
    pagina.get_by_label("Code uit uw app").fill(codes[0])
    follow(pagina, pagina.get_by_role("button", name="Inloggen", exact=True))
    wait_for_home(pagina)
    for pad in (
        "tweede-stap/",
        "wachtwoord/",
        "overal-uitloggen/",
        "tweede-stap/app/weg/",
        "tweede-stap/herstelcodes/",
    ):
        pagina.goto(f"{adres}/account/{pad}")
        check_page(pagina, breedte)
    assert mail_subjects(omgeving, email)[2:] == ["Er is een app toegevoegd aan uw account"]


def test_a_wrong_login_and_a_forgotten_password_are_accessible(guarded_site: Any, open_page: Any) -> None:
    adres, _ = guarded_site
    pagina = open_page(390)
    pagina.goto(f"{adres}/account/login/")
    log_in(pagina, "niemand@voorbeeld.nl", "fout")
    expect(pagina.get_by_role("alert").first).to_contain_text("Deze gegevens kloppen niet")
    check_page(pagina, 390)
    follow(pagina, pagina.get_by_role("link", name="Wachtwoord vergeten?"))
    check_page(pagina, 390)
    pagina.get_by_label("Mailadres").fill("niemand@voorbeeld.nl")
    follow(pagina, pagina.get_by_role("button", name="Stuur de mail"))
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Kijk in uw mail")
    check_page(pagina, 390)


@pytest.mark.parametrize(("breedte", "schema"), SCREENS[:2])
def test_a_passkey_is_made_and_logs_in_without_a_password(
    guarded_site: Any, open_page: Any, breedte: int, schema: str
) -> None:
    adres, omgeving = guarded_site
    pagina = open_page(breedte, schema)
    give_passkey(pagina)
    email = f"passkey-{breedte}@voorbeeld.nl"
    first_login(pagina, breedte, omgeving, email)
    follow(pagina, pagina.get_by_role("link", name="Maak een passkey"))
    check_page(pagina, breedte)
    pagina.get_by_label("Naam").fill("Laptop van het werk")
    follow(pagina, pagina.get_by_role("button", name="Maak de passkey"))
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Uw herstelcodes")
    follow(pagina, pagina.get_by_role("link", name="naar het beheer"))
    wait_for_home(pagina)
    log_out(pagina, adres)
    pagina.get_by_role("button", name="Inloggen met een passkey").click()
    wait_for_home(pagina)
    log_out(pagina, adres)
    log_in(pagina, email)
    pagina.get_by_role("button", name="Gebruik een passkey").click()
    wait_for_home(pagina)
    pagina.goto(f"{adres}/account/tweede-stap/")
    check_page(pagina, breedte)
    follow(pagina, pagina.get_by_role("link", name="Verwijder Laptop van het werk"))
    check_page(pagina, breedte)
    follow(pagina, pagina.get_by_role("button", name="Verwijder de passkey"))
    pagina.goto(f"{adres}/beheer/")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Tweede stap")
    assert mail_subjects(omgeving, email) == [
        "Uw account voor Kennisbank Blauwdrukken",
        "Uw wachtwoord is gekozen",
        "Er is een passkey toegevoegd aan uw account",
        "Er is een passkey verwijderd van uw account",
    ]


def test_somebody_without_this_passkey_hears_what_to_do(guarded_site: Any, chromium: Any) -> None:
    adres, _ = guarded_site
    pagina = chromium.new_page()
    give_passkey(pagina)
    pagina.goto(f"{adres}/account/login/")
    pagina.get_by_role("button", name="Inloggen met een passkey").click()
    expect(pagina.get_by_text("Het is niet gelukt met de passkey")).to_be_visible()
    check_page(pagina, 1280)
    pagina.close()


def test_without_script_the_app_works_and_passkeys_are_not_offered(guarded_site: Any, open_page: Any) -> None:
    adres, omgeving = guarded_site
    pagina = open_page(java_script_enabled=False)
    pagina.goto(f"{adres}/account/login/")
    expect(pagina.get_by_role("button", name="Inloggen met een passkey")).to_be_hidden()
    pagina.goto(invite(omgeving, "zonder@voorbeeld.nl"))
    pagina.get_by_label("Nieuw wachtwoord", exact=True).fill(PASSWORD)
    pagina.get_by_label("Nieuw wachtwoord, nog een keer").fill(PASSWORD)
    follow(pagina, pagina.get_by_role("button", name="Bewaar het wachtwoord"))
    follow(pagina, pagina.get_by_role("link", name="Naar inloggen"))
    log_in(pagina, "zonder@voorbeeld.nl")
    follow(pagina, pagina.get_by_role("link", name="Stel de app in"))
    set_up_app(pagina)
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Uw herstelcodes")


def test_mail_is_written_where_the_site_is_told_to(guarded_site: Any) -> None:
    _, omgeving = guarded_site
    invite(omgeving, "mail@voorbeeld.nl")
    post = "".join(bestand.read_text() for bestand in Path(omgeving["VAR_DIR"], "mail").iterdir())
    assert "To: mail@voorbeeld.nl" in post
    assert f"{omgeving['BASE_URL']}/account/wachtwoord/kies/" in post.replace("=\n", "")


@pytest.mark.parametrize(("breedte", "schema"), SCREENS[:2])
def test_somebody_is_invited_in_the_back_office(guarded_site: Any, open_page: Any, breedte: int, schema: str) -> None:
    adres, omgeving = guarded_site
    pagina = open_page(breedte, schema)
    first_login(pagina, breedte, omgeving, f"baas-{breedte}@voorbeeld.nl")
    follow(pagina, pagina.get_by_role("link", name="Stel de app in"))
    set_up_app(pagina)
    pagina.goto(f"{adres}/beheer/users/new/")
    pagina.get_by_role("button", name="Uitnodigen").click()
    expect(pagina.get_by_text("Kies minstens één rol.")).to_be_visible()
    expect(pagina.locator(".messages > ul")).to_have_css("opacity", "1")
    check_page(pagina, breedte)
    pagina.get_by_label("Voornaam").fill("Jan")
    pagina.get_by_label("Achternaam").fill("de Wit")
    pagina.get_by_label("Mailadres").fill(f"jan-{breedte}@voorbeeld.nl")
    pagina.locator("input[name=groups]").first.check()
    pagina.get_by_role("button", name="Uitnodigen").click()
    expect(pagina.get_by_text(f"De uitnodiging is gemaild naar jan-{breedte}@voorbeeld.nl")).to_be_visible()
    expect(pagina.get_by_role("link", name="Jan de Wit").first).to_be_visible()
