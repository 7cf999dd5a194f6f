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

from tests.browser.conftest import ROOT, free_port, log_in, serve
from tests.postgres import throwaway_server
from tests.prepared import copy_site
from tests.uploads import files

pytestmark = pytest.mark.browser

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


def create_accounts(omgeving: dict[str, str]) -> None:
    schoon = {naam: waarde for naam, waarde in os.environ.items() if naam != "DATABASE_URL"}
    schoon |= {"DJANGO_SETTINGS_MODULE": "kennisbank.settings", "LOCAL": "1"} | omgeving
    subprocess.run([sys.executable, "manage.py", "shell", "-v0", "-c", PEOPLE_SCRIPT], cwd=ROOT, env=schoon, check=True)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def own_site(request: Any, run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a site with the real content on this database, with a coordinator and somebody of the secretariat."""
    var: Path = tmp_path_factory.mktemp("levensloop")
    omgeving = {"VAR_DIR": str(var), "EMAIL_URL": f"filemail:///{var}/mail"}
    with ExitStack() as stapel:
        if request.param == "postgresql":
            omgeving["DATABASE_URL"] = stapel.enter_context(throwaway_server())
        else:
            copy_site(run_folder, var)
        extra = {naam: waarde for naam, waarde in omgeving.items() if naam != "VAR_DIR"}
        adres = stapel.enter_context(serve(var, free_port(), **extra))
        create_accounts(omgeving)
        yield adres


def show_tab_of(pagina: Page, veld: str) -> None:
    """Open the tab that holds this field."""
    blad = pagina.locator(f"[role=tabpanel]:has({veld})").get_attribute("id")
    pagina.locator(f"[role=tab][href='#{blad}']").click()


def write(pagina: Page, veld: str, tekst: str) -> None:
    """Type at the end of a rich text, with its last word in bold."""
    show_tab_of(pagina, f"#id_{veld}")
    gewoon, vet = tekst.rsplit(" ", 1)
    editor = pagina.locator(f"[data-contentpath={veld}] .public-DraftEditor-content")
    editor.click()
    pagina.keyboard.press("Control+End")
    pagina.keyboard.type(f"{gewoon} ")
    pagina.keyboard.press("Control+b")
    pagina.keyboard.type(vet)


def write_list(pagina: Page, veld: str, *regels: str) -> None:
    """Type a list below the rich text, with a link on the last word."""
    pagina.keyboard.press("Enter")
    pagina.keyboard.type("- ")
    for nummer, regel in enumerate(regels):
        pagina.keyboard.type(("\n" if nummer else "") + regel)
    pagina.keyboard.press("Control+Shift+ArrowLeft")
    pagina.keyboard.press("Control+k")
    dialoog = pagina.get_by_role("dialog")
    dialoog.locator("input[name$=url]").fill("https://www.fietsersbond.nl/")
    dialoog.locator("[type=submit]").click()
    expect(pagina.locator(f"[data-contentpath={veld}] .public-DraftEditor-content a")).to_have_text(
        regels[-1].split()[-1]
    )


def add_row(pagina: Page, rijen: str, **velden: str) -> None:
    show_tab_of(pagina, f"#id_{rijen}-ADD")
    pagina.locator(f"#id_{rijen}-ADD").click()
    for naam, waarde in velden.items():
        pagina.locator(f"#id_{rijen}-0-{naam}").fill(waarde)


def choose_organisatie(pagina: Page, veld: str, naam: str) -> None:
    """Find this organisation in the chooser by part of its name."""
    kiezer = pagina.locator(f"#id_{veld}-chooser")
    kiezer.locator("[data-chooser-action-choose]:visible").click()
    dialoog = pagina.get_by_role("dialog")
    dialoog.locator("input[name=q]").fill(naam[:8].lower())
    expect(dialoog.locator("a[data-chooser-modal-choice]")).to_have_count(1)
    dialoog.locator("a[data-chooser-modal-choice]").click()
    expect(kiezer).to_contain_text(naam)


def add_organisatie(pagina: Page, veld: str, naam: str) -> None:
    """Add an organisation where it is needed."""
    kiezer = pagina.locator(f"#id_{veld}-chooser")
    kiezer.locator("[data-chooser-action-choose]:visible").click()
    dialoog = pagina.get_by_role("dialog")
    dialoog.get_by_role("tab", name="Nieuwe organisatie").click()
    dialoog.locator("input[name$=naam]").fill(naam)
    dialoog.get_by_role("button", name="Voeg toe en kies").click()
    expect(kiezer).to_contain_text(naam)


def fill_in_partijen(pagina: Page) -> None:
    """Three rows: one chosen by searching, one new, one taken away again; then the first goes down."""
    for _ in range(3):
        add_row(pagina, "partijen")
    choose_organisatie(pagina, "partijen-0-organisatie", SEARCHED_NAME)
    add_organisatie(pagina, "partijen-1-organisatie", NEW_NAME)
    for nummer in range(2):
        pagina.select_option(f"[name=partijen-{nummer}-rol]", index=nummer + 1)
    rij = pagina.locator("#inline_child_partijen-2")
    rij.locator("#id_partijen-2-DELETE-button").click()
    expect(rij).to_be_hidden()
    pagina.locator("#inline_child_partijen-0 [data-inline-panel-child-move-down]").click()
    expect(pagina.locator("[name=partijen-0-ORDER]")).to_have_value("2")


def upload(pagina: Page) -> None:
    pagina.locator("#id_werkdocumenten-0-bestand-chooser [data-chooser-action-choose]:visible").click()
    dialoog = pagina.get_by_role("dialog")
    dialoog.get_by_role("tab", name="Uploaden").click()
    bestand: Any = {"name": "fietsplan.pdf", "mimeType": "application/pdf", "buffer": files.pdf()}
    dialoog.locator("input[type=file]").set_input_files([bestand])
    expect(dialoog.locator("input[name$='-title']")).to_have_value("fietsplan")
    dialoog.locator("#tab-upload button[type=submit]").click()
    expect(pagina.locator("#id_werkdocumenten-0-bestand-chooser")).to_contain_text("fietsplan")


def choose_action(pagina: Page, knop: str) -> None:
    """Choose an action from the menu beside the button that saves."""
    pagina.locator("footer [data-w-dropdown-target=toggle]").click()
    pagina.locator(f"footer {knop}").click()


def fill_in(pagina: Page) -> None:
    pagina.fill("[name=titel]", TITLE)
    pagina.fill("[name=samenvatting]", "Werkgevers lenen een fiets uit aan wie ver van de bus woont.")
    pagina.get_by_role("checkbox", name="West-Brabant", exact=True).check()
    pagina.select_option("[name=fase]", index=1)
    pagina.locator("#id_laatst_gewijzigd").click()
    pagina.locator(
        ".xdsoft_datetimepicker:visible .xdsoft_today_button, .xdsoft_date.xdsoft_today:visible"
    ).last.click()
    expect(pagina.locator("#id_laatst_gewijzigd")).not_to_have_value("")
    pagina.keyboard.press("Tab")
    write(pagina, "doel", "Meer mensen bereiken hun werk op de pedelec")
    write(pagina, "uitvoering", "Elke maand is er een proefrit")
    write(pagina, "leerpunten", "Oefen samen de route")
    write_list(pagina, "leerpunten", "Eerst overdag", "Daarna in het donker")
    show_tab_of(pagina, "#id_contactorganisatie")
    choose_organisatie(pagina, "contactorganisatie", CONTACT)
    fill_in_partijen(pagina)
    add_row(pagina, "kosten", omschrijving="Fiets met helm", bedrag_van="900")
    add_row(pagina, "werkdocumenten", titel="Fietsplan")
    pagina.select_option("[name=werkdocumenten-0-soort]", index=1)
    upload(pagina)


def open_from_home(pagina: Page, site: str, kop: str) -> None:
    """Open the entry from this list on the start screen."""
    pagina.goto(f"{site}/beheer/")
    lijst = pagina.locator("section", has=pagina.get_by_role("heading", name=kop))
    lijst.get_by_role("link", name=TITLE).click()
    expect(pagina.locator("[name=titel]")).to_have_value(TITLE)


def see_each_other(sara: Page, cor: Page, site: str) -> None:
    """Each sees that the other has the text open; while it waits for review its writer cannot change it."""
    open_from_home(sara, site, "Te beoordelen")
    cor.goto(sara.url)
    expect(cor.locator("#w-editing-sessions .w-editing-sessions__session")).to_have_count(1)
    expect(cor.locator("footer [type=submit]:not([disabled])", has_text="Bewaar concept")).to_have_count(0)


def send_back(pagina: Page, site: str) -> None:
    """The secretariat sees the preview, leaves a remark and returns the text."""
    open_from_home(pagina, site, "Te beoordelen")
    pagina.locator("[data-side-panel-toggle=preview]").click()
    pagina.frame_locator("iframe[id*=preview-iframe]").locator("h1", has_text=TITLE).wait_for()
    pagina.locator("[data-side-panel-toggle=opmerkingen]").click()
    opmerking = pagina.locator("[data-side-panel=opmerkingen]")
    opmerking.locator("[name=sectie]").select_option("doel")
    opmerking.locator("[name=tekst]").fill("Voor hoeveel mensen?")
    opmerking.locator("button[type=submit]").last.click()
    expect(pagina.locator(".messages")).to_be_visible()
    choose_action(pagina, "[data-workflow-action-name=reject]")
    dialoog = pagina.get_by_role("dialog")
    dialoog.locator("textarea").fill("Vul het aantal mensen in.")
    dialoog.locator("[type=submit]").click()
    pagina.wait_for_url(re.compile(r"/beheer/($|snippets/blauwdrukken/blauwdruk/$)"))


def approve(pagina: Page, site: str) -> None:
    open_from_home(pagina, site, "Te beoordelen")
    choose_action(pagina, "[data-workflow-action-name=approve]")
    pagina.wait_for_url(re.compile(r"/beheer/($|snippets/blauwdrukken/blauwdruk/$)"))


def submit(pagina: Page) -> None:
    choose_action(pagina, "[name=action-submit]")
    pagina.wait_for_load_state()
    expect(pagina.locator(".messages .success")).to_be_visible()


def read(pagina: Page, site: str) -> None:
    """A reader finds the blueprint by searching, and takes the document and the PDF along."""
    pagina.goto(site)
    pagina.locator("main input[name=zoek]").first.fill("pedelec")
    pagina.keyboard.press("Enter")
    pagina.get_by_role("link", name=TITLE).first.click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(pagina.locator("main")).to_contain_text("Het aantal mensen staat erbij.")
    expect(pagina.locator("main")).to_contain_text("Dat zijn er tachtig")
    expect(pagina.locator("main li a[href*=fietsersbond]")).to_have_text("donker")
    for naam in (CONTACT, SEARCHED_NAME, NEW_NAME):
        expect(pagina.locator("main")).to_contain_text(naam)
    for adres in (pagina.locator("a[href^='/documenten/']").first, pagina.locator("a[href$='.pdf']").first):
        antwoord = pagina.request.get(site + str(adres.get_attribute("href")))
        assert antwoord.body().startswith(b"%PDF-")


def compare(pagina: Page, sleutel: str) -> None:
    """Open what the last change was, from the history."""
    pagina.goto(f"{sleutel.replace('/edit/', '/history/')}")
    regel = pagina.locator("main tr", has_text="Cor").filter(has=pagina.locator("[data-w-dropdown-target=toggle]"))
    regel.first.locator("[data-w-dropdown-target=toggle]").click()
    pagina.locator("a[href*='/compare/']:visible").first.click()
    expect(pagina.locator("main table .addition").filter(has_text="Dat zijn er")).to_be_visible()


def withdraw(pagina: Page) -> None:
    choose_action(pagina, "[href*='/unpublish/']")
    pagina.fill("[name=reden]", "De fietsen zijn verkocht.")
    pagina.locator("main form[method=post] [type=submit]").last.click()
    expect(pagina.locator(".messages .success")).to_contain_text("ingetrokken")


def test_a_blueprint_is_written_returned_mended_published_read_and_withdrawn(own_site: str, open_page: Any) -> None:
    cor, sara, lezer = open_page(), open_page(), open_page()
    log_in(cor, own_site, "cor", PASSWORD)
    log_in(sara, own_site, "sara", PASSWORD)
    cor.goto(f"{own_site}{LIST_URL}add/")
    fill_in(cor)
    submit(cor)
    assert lezer.request.get(own_site + ADDRESS).status == 404
    see_each_other(sara, cor, own_site)
    send_back(sara, own_site)
    open_from_home(cor, own_site, "Teruggegeven aan u")
    expect(cor.locator("body")).to_contain_text("Vul het aantal mensen in.")
    show_tab_of(cor, "[name=wat_veranderd]")
    cor.fill("[name=wat_veranderd]", "Het aantal mensen staat erbij.")
    write(cor, "doel", " Dat zijn er tachtig")
    submit(cor)
    open_from_home(sara, own_site, "Te beoordelen")
    sleutel = sara.url
    approve(sara, own_site)
    read(lezer, own_site)
    compare(sara, sleutel)
    sara.goto(sleutel)
    withdraw(sara)
    assert lezer.request.get(own_site + ADDRESS).status == 410
