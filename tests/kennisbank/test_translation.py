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
from kennisbank.translation import JE, TEKSTEN, met_u
from tests.uploads import files as maak

KENMERKEN = ("aria-label", "title", "placeholder", "data-w-tooltip-content-value")
ENGELS = {tekst for tekst in TEKSTEN if isinstance(tekst, str) and "%" not in tekst} - {"Minimap"}
ENGELS |= {"None", "True", "False", "Wagtail", "Actions"}
LIJST = "/beheer/snippets/blauwdrukken/blauwdruk/"


class Lezer(HTMLParser):
    """Gathers what somebody sees of a page, or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.teksten: set[str] = set()
        self.stil = False

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.stil = tag in ("script", "style") or "hidden" in dict(attrs)
        self.teksten |= {waarde for naam, waarde in attrs if naam in KENMERKEN and waarde}

    def handle_endtag(self, tag: str) -> None:
        self.stil = False

    def handle_data(self, data: str) -> None:
        if not self.stil:
            self.teksten.add(" ".join(data.split()))


def lees(client: Client, adres: str) -> set[str]:
    antwoord = client.get(adres, follow=True)
    assert antwoord.status_code == 200 or "niet" in adres, adres
    lezer = Lezer()
    lezer.feed(antwoord.content.decode())
    return lezer.teksten


@pytest.fixture
def schermen() -> list[str]:
    """The main screens, with something on each."""
    bestand = Bestand.objects.create(title="Plan", file=ContentFile(maak.pdf(), name="plan.pdf"))
    foto = Afbeelding.objects.create(title="Foto", file=ContentFile(maak.foto("PNG"), name="foto.png"))
    blauwdruk, thema = Blauwdruk.objects.get(nummer=1), Thema.objects.all()[0]
    user = User.objects.create_user("wim")
    return [
        *("/beheer/", "/beheer/zoek/", "/beheer/bestaat-niet/", LIJST, f"{LIJST}?q=zzzz", f"{LIJST}add/"),
        *(f"{LIJST}{scherm}/{blauwdruk.pk}/" for scherm in ("edit", "history", "usage", "inspect", "unpublish")),
        *("/beheer/documents/", f"/beheer/documents/edit/{bestand.pk}/", "/beheer/documents/?q=zzzz"),
        *("/beheer/images/", f"/beheer/images/{foto.pk}/", "/beheer/images/?layout=list"),
        *(f"/beheer/bulk/blauwdrukken/thema/delete/?id={thema.pk}", "/beheer/reports/site-history/"),
        *("/beheer/users/", "/beheer/users/new/", f"/beheer/users/edit/{user.pk}/", "/beheer/account/"),
        *("/beheer/workflows/list/", "/beheer/workflows/tasks/index/", "/beheer/groups/"),
    ]


def test_no_screen_of_the_back_office_shows_english(als: Any, schermen: list[str]) -> None:
    client = als("Beheerder")
    engels = {adres: lees(client, adres) & ENGELS for adres in schermen}
    assert not {adres: woorden for adres, woorden in engels.items() if woorden}


def test_no_screen_of_the_back_office_says_je(als: Any, schermen: list[str]) -> None:
    client = als("Beheerder")
    van_de_inhoud = {sectie.kop for sectie in SECTIES} | set(Pagina.objects.values_list("titel", flat=True))
    gezegd = {adres: {tekst for tekst in lees(client, adres) - van_de_inhoud if JE.search(tekst)} for adres in schermen}
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
    assert met_u(van_wagtail) == hier


def test_our_words_go_before_those_of_wagtail_and_django() -> None:
    assert (gettext("Edit schedule"), gettext("Site history")) == ("Wijzig planning", "Wie deed wat")
    assert ngettext("1 snippet type", "%(counter)s snippet types", 3) == "%(counter)s soorten"
    assert gettext("Edit") == "Wijzig"


def van_wagtail() -> Iterator[str]:
    """All words and sentences that Wagtail translates."""
    for bestand in Path(wagtail.__file__).parent.glob("**/locale/en/LC_MESSAGES/django*.po"):
        for regels in re.findall(r'^msgid((?:\s*"(?:[^"\\]|\\.)*")+)', bestand.read_text(), re.MULTILINE):
            yield literal_eval(f"({regels})")


def test_our_words_stand_in_for_words_that_wagtail_has() -> None:
    eigen = {tekst if isinstance(tekst, str) else tekst[0] for tekst in TEKSTEN}
    assert eigen - set(van_wagtail()) == set()


def test_files_have_no_collections_to_choose(als: Any) -> None:
    Bestand.objects.create(title="Plan", file=ContentFile(maak.pdf(), name="plan.pdf"))
    html = als("Secretariaat").get("/beheer/documents/").content.decode()
    assert "/beheer/bulk/blauwdrukken/bestand/delete/" in html
    assert "collectie" not in html


def test_others_read_an_entry_as_text_and_in_words(als: Any) -> None:
    blauwdruk = Blauwdruk.objects.get(nummer=1)
    html = als("Regiocoördinator").get(f"{LIJST}inspect/{blauwdruk.pk}/").content.decode()
    assert "&lt;p&gt;" not in html
    assert "Nieuwste revisie" not in html
    assert blauwdruk.doel in html
