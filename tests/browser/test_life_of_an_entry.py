"""The life of a blueprint, as three people and a reader see it in a browser, on both databases."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import GUNICORN, ROOT, free_port, log_in, own_environment, serve
from tests.prepared import copy_site, copy_site_on_server
from tests.uploads import files

pytestmark = [pytest.mark.browser, pytest.mark.everywhere]

LIST_URL = "/beheer/snippets/blauwdrukken/blauwdruk/"
PASSWORD = "vier losse woorden samen"
TITLE = "Fietsend naar het magazijn"
CONTACT = "Kamer van Koophandel"
SEARCHED_NAME = "Hortus Botanicus"
NEW_NAME = "Stichting De Fietsketen"
ADDRESS = "/blauwdrukken/fietsend-naar-het-magazijn/"
PEOPLE_SCRIPT = f"""
from django.contrib.auth.models import Group
from kennisbank.models import User
from regios.models import Regio
for naam, rol in (("cor", "Regiocoördinator"), ("sara", "Secretariaat")):
    user = User.objects.create_user(naam, naam + "@voorbeeld.nl", "{PASSWORD}", first_name=naam.capitalize())
    user.groups.add(Group.objects.get(name=rol))
User.objects.get(username="cor").regios.add(Regio.objects.get(slug="west-brabant"))
"""


def create_accounts(environment: dict[str, str]) -> None:
    own = own_environment() | {"LOCAL": "1"} | environment
    subprocess.run([sys.executable, "manage.py", "shell", "-v0", "-c", PEOPLE_SCRIPT], cwd=ROOT, env=own, check=True)


@pytest.fixture(scope="module")
def own_site(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a site with the real content on this database, with a coordinator and somebody of the secretariat."""
    var: Path = tmp_path_factory.mktemp("levensloop")
    extra = {"EMAIL_URL": f"filemail:///{var}/mail"}
    order: tuple[str, ...] = GUNICORN
    with ExitStack() as stack:
        if "DATABASE_URL" in os.environ:
            order = ("bin/serve",)  # test_commands.py runs it on SQLite
            extra["DATABASE_URL"] = stack.enter_context(copy_site_on_server(run_folder, var))
        else:
            copy_site(run_folder, var)
        create_accounts({"VAR_DIR": str(var)} | extra)
        yield stack.enter_context(serve(var, free_port(), order, **extra))


def show_tab_of(page: Page, field: str) -> None:
    """Open the tab that holds this field."""
    sheet = page.locator(f"[role=tabpanel]:has({field})").get_attribute("id")
    page.locator(f"[role=tab][href='#{sheet}']").click()


def write(page: Page, field: str, text: str) -> None:
    """Type at the end of a rich text, with its last word in bold."""
    show_tab_of(page, f"#id_{field}")
    ordinary, bold = text.rsplit(" ", 1)
    editor = page.locator(f"[data-contentpath={field}] .public-DraftEditor-content")
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(f"{ordinary} ")
    page.keyboard.press("Control+b")
    page.keyboard.type(bold)


def write_list(page: Page, field: str, *lines: str) -> None:
    """Type a list below the rich text, with a link on the last word."""
    page.keyboard.press("Enter")
    page.keyboard.type("- ")
    for nummer, line in enumerate(lines):
        page.keyboard.type(("\n" if nummer else "") + line)
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog")
    dialog.locator("input[name$=url]").fill("https://www.fietsersbond.nl/")
    dialog.locator("[type=submit]").click()
    expect(page.locator(f"[data-contentpath={field}] .public-DraftEditor-content a")).to_have_text(
        lines[-1].split()[-1]
    )


def add_row(page: Page, rows: str, **fields: str) -> None:
    show_tab_of(page, f"#id_{rows}-ADD")
    page.locator(f"#id_{rows}-ADD").click()
    for name, value in fields.items():
        page.locator(f"#id_{rows}-0-{name}").fill(value)


def choose_organisatie(page: Page, field: str, name: str) -> None:
    """Find this organisation in the chooser by part of its name."""
    chooser = page.locator(f"#id_{field}-chooser")
    chooser.locator("[data-chooser-action-choose]:visible").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("input[name=q]").fill(name[:8].lower())
    expect(dialog.locator("a[data-chooser-modal-choice]")).to_have_count(1)
    dialog.locator("a[data-chooser-modal-choice]").click()
    expect(chooser).to_contain_text(name)


def add_organisatie(page: Page, field: str, name: str) -> None:
    """Add an organisation where it is needed."""
    chooser = page.locator(f"#id_{field}-chooser")
    chooser.locator("[data-chooser-action-choose]:visible").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("tab", name="Nieuwe organisatie").click()
    dialog.locator("input[name$=naam]").fill(name)
    dialog.get_by_role("button", name="Voeg toe en kies").click()
    expect(chooser).to_contain_text(name)


def fill_in_partijen(page: Page) -> None:
    """Three rows: one chosen by searching, one new, one taken away again; then the first goes down."""
    for _ in range(3):
        add_row(page, "partijen")
    choose_organisatie(page, "partijen-0-organisatie", SEARCHED_NAME)
    add_organisatie(page, "partijen-1-organisatie", NEW_NAME)
    for nummer in range(2):
        page.select_option(f"[name=partijen-{nummer}-rol]", index=nummer + 1)
    row = page.locator("#inline_child_partijen-2")
    row.locator("#id_partijen-2-DELETE-button").click()
    expect(row).to_be_hidden()
    page.locator("#inline_child_partijen-0 [data-inline-panel-child-move-down]").click()
    expect(page.locator("[name=partijen-0-ORDER]")).to_have_value("2")


def upload(page: Page) -> None:
    page.locator("#id_werkdocumenten-0-bestand-chooser [data-chooser-action-choose]:visible").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("tab", name="Uploaden").click()
    file: Any = {"name": "fietsplan.pdf", "mimeType": "application/pdf", "buffer": files.pdf()}
    dialog.locator("input[type=file]").set_input_files([file])
    expect(dialog.locator("input[name$='-title']")).to_have_value("fietsplan")
    dialog.locator("#tab-upload button[type=submit]").click()
    expect(page.locator("#id_werkdocumenten-0-bestand-chooser")).to_contain_text("fietsplan")


def choose_action(page: Page, button: str) -> None:
    """Choose an action from the menu beside the button that saves."""
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    page.locator(f"footer {button}").click()


def fill_in(page: Page) -> None:
    page.fill("[name=titel]", TITLE)
    page.fill("[name=samenvatting]", "Werkgevers lenen een fiets uit aan wie ver van de bus woont.")
    page.get_by_role("checkbox", name="West-Brabant", exact=True).check()
    page.select_option("[name=fase]", index=1)
    page.fill("#id_laatst_gewijzigd", "3e kwartaal 2026")
    page.locator("#id_herzien_voor").click()
    page.locator(".xdsoft_datetimepicker:visible .xdsoft_today_button, .xdsoft_date.xdsoft_today:visible").last.click()
    expect(page.locator("#id_herzien_voor")).not_to_have_value("")
    page.keyboard.press("Tab")
    write(page, "doel", "Meer mensen bereiken hun werk op de pedelec")
    write(page, "uitvoering", "Elke maand is er een proefrit")
    write(page, "leerpunten", "Oefen samen de route")
    write_list(page, "leerpunten", "Eerst overdag", "Daarna in het donker")
    show_tab_of(page, "#id_contactorganisatie")
    choose_organisatie(page, "contactorganisatie", CONTACT)
    fill_in_partijen(page)
    add_row(page, "kosten", omschrijving="Fiets met helm", bedrag_van="900")
    add_row(page, "werkdocumenten", titel="Fietsplan")
    page.select_option("[name=werkdocumenten-0-soort]", index=1)
    upload(page)


def open_from_home(page: Page, site: str, heading: str) -> None:
    """Open the entry from this list on the start screen."""
    page.goto(f"{site}/beheer/")
    listing = page.locator("section", has=page.get_by_role("heading", name=heading))
    listing.get_by_role("link", name=TITLE).click()
    expect(page.locator("[name=titel]")).to_have_value(TITLE)


def see_each_other(sara: Page, cor: Page, site: str) -> None:
    """Each sees that the other has the text open; while it waits for review its writer cannot change it."""
    open_from_home(sara, site, "Te beoordelen")
    cor.goto(sara.url)
    expect(cor.locator("#w-editing-sessions .w-editing-sessions__session")).to_have_count(1)
    expect(cor.locator("footer [type=submit]:not([disabled])", has_text="Bewaar concept")).to_have_count(0)


def send_back(page: Page, site: str) -> None:
    """The secretariat sees the preview, leaves a remark and returns the text."""
    open_from_home(page, site, "Te beoordelen")
    page.locator("[data-side-panel-toggle=preview]").click()
    page.frame_locator("iframe[id*=preview-iframe]").locator("h1", has_text=TITLE).wait_for()
    page.locator("[data-side-panel-toggle=opmerkingen]").click()
    opmerking = page.locator("[data-side-panel=opmerkingen]")
    opmerking.locator("[name=sectie]").select_option("doel")
    opmerking.locator("[name=tekst]").fill("Voor hoeveel mensen?")
    opmerking.locator("button[type=submit]").last.click()
    expect(page.locator(".messages")).to_be_visible()
    choose_action(page, "[data-workflow-action-name=reject]")
    dialog = page.get_by_role("dialog")
    dialog.locator("textarea").fill("Vul het aantal mensen in.")
    dialog.locator("[type=submit]").click()
    page.wait_for_url(re.compile(r"/beheer/($|snippets/blauwdrukken/blauwdruk/$)"))


def approve(page: Page, site: str) -> None:
    open_from_home(page, site, "Te beoordelen")
    choose_action(page, "[data-workflow-action-name=approve]")
    page.wait_for_url(re.compile(r"/beheer/($|snippets/blauwdrukken/blauwdruk/$)"))


def submit(page: Page) -> None:
    choose_action(page, "[name=action-submit]")
    page.wait_for_load_state()
    expect(page.locator(".messages .success")).to_be_visible()


def read(page: Page, site: str) -> None:
    """A reader finds the blueprint by searching, and takes the document and the PDF along."""
    page.goto(site)
    page.locator("main input[name=zoek]").first.fill("pedelec")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.locator("main")).to_contain_text("Het aantal mensen staat erbij.")
    expect(page.locator("main")).to_contain_text("Dat zijn er tachtig")
    expect(page.locator("main li a[href*=fietsersbond]")).to_have_text("donker")
    for name in (CONTACT, SEARCHED_NAME, NEW_NAME):
        expect(page.locator("main")).to_contain_text(name)
    for url in (page.locator("a[href^='/documenten/']").first, page.locator("a[href$='.pdf']").first):
        response = page.request.get(site + str(url.get_attribute("href")))
        assert response.body().startswith(b"%PDF-")


def compare(page: Page, key: str) -> None:
    """Open what the last change was, from the history."""
    page.goto(f"{key.replace('/edit/', '/history/')}")
    line = page.locator("main tr", has_text="Cor").filter(has=page.locator("[data-w-dropdown-target=toggle]"))
    line.first.locator("[data-w-dropdown-target=toggle]").click()
    page.locator("a[href*='/compare/']:visible").first.click()
    expect(page.locator("main table .addition").filter(has_text="Dat zijn er")).to_be_visible()


def withdraw(page: Page) -> None:
    choose_action(page, "[href*='/unpublish/']")
    page.fill("[name=reden]", "De fietsen zijn verkocht.")
    page.locator("main form[method=post] [type=submit]").last.click()
    expect(page.locator(".messages .success")).to_contain_text("ingetrokken")


def test_a_blueprint_is_written_returned_mended_published_read_and_withdrawn(own_site: str, open_page: Any) -> None:
    cor, sara, reader = open_page(), open_page(), open_page()
    log_in(cor, own_site, "cor", PASSWORD)
    log_in(sara, own_site, "sara", PASSWORD)
    cor.goto(f"{own_site}{LIST_URL}add/")
    fill_in(cor)
    submit(cor)
    assert reader.request.get(own_site + ADDRESS).status == 404
    see_each_other(sara, cor, own_site)
    send_back(sara, own_site)
    open_from_home(cor, own_site, "Teruggegeven aan u")
    expect(cor.locator("body")).to_contain_text("Vul het aantal mensen in.")
    show_tab_of(cor, "[name=wat_veranderd]")
    cor.fill("[name=wat_veranderd]", "Het aantal mensen staat erbij.")
    write(cor, "doel", " Dat zijn er tachtig")
    submit(cor)
    open_from_home(sara, own_site, "Te beoordelen")
    key = sara.url
    approve(sara, own_site)
    read(reader, own_site)
    compare(sara, key)
    sara.goto(key)
    withdraw(sara)
    assert reader.request.get(own_site + ADDRESS).status == 410
