"""The back office speaks Dutch."""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import wagtail
from django.core.files.base import ContentFile
from django.test import Client
from django.utils.translation import gettext, ngettext

from blauwdrukken.models import Afbeelding, Bestand, Blauwdruk, Thema
from blauwdrukken.secties import SECTIES
from kennisbank.models import Pagina, User
from kennisbank.translation import INFORMAL, TEXTS, make_formal
from tests.uploads import files

ATTRIBUTES = ("aria-label", "title", "placeholder", "data-w-tooltip-content-value")
ENGLISH = {tekst for tekst in TEXTS if isinstance(tekst, str) and "%" not in tekst} - {"Minimap"}
ENGLISH |= {"None", "True", "False", "Wagtail", "Actions"}
LIST_URL = "/beheer/snippets/blauwdrukken/blauwdruk/"


class PageReader(HTMLParser):
    """Gathers what somebody sees of a page, or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: set[str] = set()
        self.silent = False

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.silent = tag in ("script", "style") or "hidden" in dict(attrs)
        self.texts |= {waarde for naam, waarde in attrs if naam in ATTRIBUTES and waarde}

    def handle_endtag(self, tag: str) -> None:
        self.silent = False

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.texts.add(" ".join(data.split()))


def page_texts(client: Client, adres: str) -> set[str]:
    antwoord = client.get(adres, follow=True)
    assert antwoord.status_code == 200 or "niet" in adres, adres
    lezer = PageReader()
    lezer.feed(antwoord.content.decode())
    return lezer.texts


@pytest.fixture
def screens() -> list[str]:
    """The main screens, with something on each."""
    bestand = Bestand.objects.create(title="Plan", file=ContentFile(files.pdf(), name="plan.pdf"))
    foto = Afbeelding.objects.create(title="Foto", file=ContentFile(files.photo("PNG"), name="foto.png"))
    blauwdruk, thema = Blauwdruk.objects.get(nummer=1), Thema.objects.all()[0]
    user = User.objects.create_user("wim")
    return [
        *("/beheer/", "/beheer/zoek/", "/beheer/bestaat-niet/", LIST_URL, f"{LIST_URL}?q=zzzz", f"{LIST_URL}add/"),
        *(f"{LIST_URL}{scherm}/{blauwdruk.pk}/" for scherm in ("edit", "history", "usage", "inspect", "unpublish")),
        *("/beheer/documents/", f"/beheer/documents/edit/{bestand.pk}/", "/beheer/documents/?q=zzzz"),
        *("/beheer/images/", f"/beheer/images/{foto.pk}/", "/beheer/images/?layout=list"),
        *(f"/beheer/bulk/blauwdrukken/thema/delete/?id={thema.pk}", "/beheer/reports/site-history/"),
        *("/beheer/users/", "/beheer/users/new/", f"/beheer/users/edit/{user.pk}/", "/beheer/account/"),
        *("/beheer/workflows/list/", "/beheer/workflows/tasks/index/", "/beheer/groups/"),
    ]


def test_no_screen_of_the_back_office_shows_english(client_as: Any, screens: list[str]) -> None:
    client = client_as("Beheerder")
    engels = {adres: page_texts(client, adres) & ENGLISH for adres in screens}
    assert not {adres: woorden for adres, woorden in engels.items() if woorden}


def test_no_screen_of_the_back_office_says_je(client_as: Any, screens: list[str]) -> None:
    client = client_as("Beheerder")
    van_de_inhoud = {sectie.kop for sectie in SECTIES} | set(Pagina.objects.values_list("titel", flat=True))
    gezegd = {
        adres: {tekst for tekst in page_texts(client, adres) - van_de_inhoud if INFORMAL.search(tekst)}
        for adres in screens
    }
    assert not {adres: teksten for adres, teksten in gezegd.items() if teksten}


@pytest.mark.parametrize(
    ("van_wagtail", "hier"),
    [
        ("Weet je zeker dat je deze pagina's wilt verwijderen?", "Weet u zeker dat u deze pagina's wilt verwijderen?"),
        ("Sla je wijzigingen op voordat je verdergaat", "Sla uw wijzigingen op voordat u verdergaat"),
        ("Sorry, je kan hier niets.", "Sorry, u kunt hier niets."),
        ("Je hebt jouw tekst vergrendeld", "U hebt uw tekst vergrendeld"),
        ("Vergrendeld door <b>jou</b>", "Vergrendeld door <b>u</b>"),
        ("Kopieer de code nu, je krijgt deze nooit meer", "Kopieer de code nu, u krijgt deze nooit meer"),
        ("Het jeugdloket en objecten", "Het jeugdloket en objecten"),
    ],
)
def test_a_sentence_with_je_says_u(van_wagtail: str, hier: str) -> None:
    assert make_formal(van_wagtail) == hier


def test_our_words_go_before_those_of_wagtail_and_django() -> None:
    assert (gettext("Edit schedule"), gettext("Site history")) == ("Wijzig planning", "Wie deed wat")
    assert ngettext("1 snippet type", "%(counter)s snippet types", 3) == "%(counter)s soorten"
    assert gettext("Edit") == "Wijzig"


def wagtail_messages() -> Iterator[str]:
    """All words and sentences that Wagtail translates."""
    for bestand in Path(wagtail.__file__).parent.glob("**/locale/en/LC_MESSAGES/django*.po"):
        for regels in re.findall(r'^msgid((?:\s*"(?:[^"\\]|\\.)*")+)', bestand.read_text(), re.MULTILINE):
            yield literal_eval(f"({regels})")


def test_our_words_stand_in_for_words_that_wagtail_has() -> None:
    eigen = {tekst if isinstance(tekst, str) else tekst[0] for tekst in TEXTS}
    assert eigen - set(wagtail_messages()) == set()


def test_files_have_no_collections_to_choose(client_as: Any) -> None:
    Bestand.objects.create(title="Plan", file=ContentFile(files.pdf(), name="plan.pdf"))
    html = client_as("Secretariaat").get("/beheer/documents/").content.decode()
    assert "/beheer/bulk/blauwdrukken/bestand/delete/" in html
    assert "collectie" not in html


def test_others_read_an_entry_as_text_and_in_words(client_as: Any) -> None:
    blauwdruk = Blauwdruk.objects.get(nummer=1)
    html = client_as("Regiocoördinator").get(f"{LIST_URL}inspect/{blauwdruk.pk}/").content.decode()
    assert "&lt;p&gt;" not in html
    assert "Nieuwste revisie" not in html
    assert blauwdruk.doel in html
