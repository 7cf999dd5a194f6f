"""The back office speaks Dutch."""

from __future__ import annotations

import gettext as standard
import re
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.test import Client
from django.utils.translation import gettext, ngettext

from blauwdrukken.models import Afbeelding, Bestand, Blauwdruk, Thema
from blauwdrukken.secties import SECTIES
from kennisbank.models import Pagina, User
from kennisbank.translation import DUTCH, compiled_locale
from tests.translations import LOCALE, WRITTEN, own_entries, shipped_folders
from tests.uploads import files

pytestmark = pytest.mark.once

INFORMAL = re.compile(r"\b(je|jij|jou|jouw)\b", re.IGNORECASE)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")

ATTRIBUTES = ("aria-label", "title", "placeholder", "data-w-tooltip-content-value")
ENGLISH = {entry.id for entry in own_entries() if isinstance(entry.id, str) and "%" not in entry.id} - {"Minimap"}
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
        self.texts |= {value for name, value in attrs if name in ATTRIBUTES and value}

    def handle_endtag(self, tag: str) -> None:
        self.silent = False

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.texts.add(" ".join(data.split()))


def page_texts(client: Client, url: str) -> set[str]:
    response = client.get(url, follow=True)
    assert response.status_code == 200 or "niet" in url, url
    reader = PageReader()
    reader.feed(response.content.decode())
    return reader.texts


@pytest.fixture
def screens() -> list[str]:
    """The main screens, with something on each."""
    file = Bestand.objects.create(title="Plan", file=ContentFile(files.pdf(), name="plan.pdf"))
    foto = Afbeelding.objects.create(title="Foto", file=ContentFile(files.photo("PNG"), name="foto.png"))
    blauwdruk, thema = Blauwdruk.objects.get(nummer=1), Thema.objects.all()[0]
    user = User.objects.create_user("wim")
    return [
        *("/beheer/", "/beheer/zoek/", "/beheer/bestaat-niet/", LIST_URL, f"{LIST_URL}?q=zzzz", f"{LIST_URL}add/"),
        *(f"{LIST_URL}{screen}/{blauwdruk.pk}/" for screen in ("edit", "history", "usage", "inspect", "unpublish")),
        *("/beheer/documents/", f"/beheer/documents/edit/{file.pk}/", "/beheer/documents/?q=zzzz"),
        *("/beheer/images/", f"/beheer/images/{foto.pk}/", "/beheer/images/?layout=list"),
        *(f"/beheer/bulk/blauwdrukken/thema/delete/?id={thema.pk}", "/beheer/reports/site-history/"),
        *("/beheer/users/", "/beheer/users/new/", f"/beheer/users/edit/{user.pk}/", "/beheer/account/"),
        *("/beheer/workflows/list/", "/beheer/workflows/tasks/index/", "/beheer/groups/"),
    ]


def test_no_screen_of_the_back_office_shows_english(client_as: Any, screens: list[str]) -> None:
    client = client_as("Beheerder")
    english = {url: page_texts(client, url) & ENGLISH for url in screens}
    assert not {url: words for url, words in english.items() if words}


QUOTED = re.compile(r"Het blauwdrukboek vraagt hier: “[^”]+”")  # its own words


def test_no_screen_of_the_back_office_says_je(client_as: Any, screens: list[str]) -> None:
    client = client_as("Beheerder")
    of_the_content = {sectie.kop for sectie in SECTIES} | set(Pagina.objects.values_list("titel", flat=True))
    said = {
        url: {text for text in page_texts(client, url) - of_the_content if INFORMAL.search(QUOTED.sub("", text))}
        for url in screens
    }
    assert not {url: informal for url, informal in said.items() if informal}


@pytest.mark.parametrize(
    ("english", "dutch"),
    [
        ("Are you sure you want to delete these pages?", "Weet u zeker dat u deze pagina's wilt verwijderen?"),
        ("Save your changes before leaving", "Sla uw wijzigingen op voordat u deze pagina verlaat"),
        ("Sorry, you cannot create a page at this location.", "Sorry, u kunt geen pagina aanmaken op deze locatie."),
        ("<b>'{title}' is locked</b> by <b>you</b>.", "<b>'{title}' is vergrendeld</b> door <b>u</b>."),
        ("You have signed out.", "U bent afgemeld."),
    ],
)
def test_a_sentence_with_je_says_u(english: str, dutch: str) -> None:
    assert gettext(english) == dutch


def test_our_words_go_before_those_of_wagtail_and_django() -> None:
    assert (gettext("Edit schedule"), gettext("Site history")) == ("Wijzig planning", "Wie deed wat")
    assert ngettext("1 snippet type", "%(counter)s snippet types", 1) == "1 soort"
    assert ngettext("1 snippet type", "%(counter)s snippet types", 3) == "%(counter)s soorten"
    assert gettext("Edit") == "Wijzig"


Key = tuple[str | None, str]


def key(entry: Message) -> Key:
    return entry.context, entry.id if isinstance(entry.id, str) else entry.id[0]


def texts(entry: Message) -> list[str]:
    return [entry.string] if isinstance(entry.string, str) else list(entry.string or ())


def shipped_dutch() -> dict[Key, str]:
    """Every text of the packages in use, its plurals together."""
    found: dict[Key, str] = {}
    for folder in shipped_folders():
        translations = standard.translation("django", folder, ["nl"], fallback=True)
        for english, dutch in getattr(translations, "_catalog", {}).items():
            context, _, text = (english if isinstance(english, str) else english[0]).rpartition("\x04")
            found[context or None, text] = f"{found.get((context or None, text), '')} {dutch}"
    return found


def test_every_text_of_a_package_that_says_je_has_one_of_ours() -> None:
    informal = {english for english, dutch in shipped_dutch().items() if INFORMAL.search(dutch)}
    assert len(informal) > 200
    assert informal - {key(entry) for entry in own_entries()} == set()


def test_our_words_say_no_je() -> None:
    assert [text for entry in own_entries() for text in texts(entry) if INFORMAL.search(text)] == []


def test_our_words_stand_in_for_words_that_a_package_has() -> None:
    source = {
        key(entry)
        for folder in shipped_folders()
        for file in folder.glob("en/LC_MESSAGES/django.po")
        for entry in read_po(StringIO(file.read_text()))
    }
    assert {key(entry) for entry in own_entries()} - source - shipped_dutch().keys() == set()


def placeholders(*sentences: str) -> set[str]:
    return set(PLACEHOLDER.findall(" ".join(sentences)))


def test_our_words_name_no_value_that_the_packages_do_not_give() -> None:
    given = [(entry, [entry.id] if isinstance(entry.id, str) else entry.id) for entry in own_entries()]
    assert [key(entry) for entry, words in given if placeholders(*texts(entry)) - placeholders(*words)] == []


def test_a_changed_text_is_compiled_anew_whatever_the_clock_says(tmp_path: Path) -> None:
    source, target = tmp_path / "locale", tmp_path / "var"
    (source / DUTCH).mkdir(parents=True)
    for dutch in ("Een", "Twee"):
        (source / DUTCH / "django.po").write_text(WRITTEN.replace("Wijzig planning", dutch))
        folder = compiled_locale(source, target)
        assert standard.translation("django", folder, ["nl"]).gettext("Edit schedule") == dutch


def test_processes_that_start_together_find_the_same_whole_file(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        folders = set(pool.map(lambda _: compiled_locale(LOCALE, tmp_path), range(8)))
    files_made = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert files_made == [folder / DUTCH / "django.mo" for folder in folders]


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (None, "cannot be read: .*django.po"),
        ("hello\n" + WRITTEN, "django.po cannot be read"),
        (
            WRITTEN.replace('msgstr "Wijzig planning"', 'msgstr "Wijzig planning'),
            "Line [0-9]+ of .*django.po is not whole",
        ),
        (WRITTEN.replace('msgid "Edit schedule"', 'msgid "Edit schedule'), "Line [0-9]+ of .*django.po is not whole"),
        (WRITTEN.replace('"Wijzig planning"', '""'), "one that is empty"),
        (WRITTEN.replace('msgid "Edit schedule"', 'msgid "Site history"'), "stands there twice"),
        (WRITTEN.replace('msgstr[1] "%(counter)s soorten"', ""), "one that is empty"),
    ],
    ids=["missing", "no translations", "text open", "word open", "empty", "twice", "no plural"],
)
def test_a_missing_or_broken_file_is_named(broken: str | None, words: str, tmp_path: Path) -> None:
    (tmp_path / DUTCH).mkdir(parents=True)
    if broken is not None:
        (tmp_path / DUTCH / "django.po").write_text(broken)
    with pytest.raises(ImproperlyConfigured, match=words):
        compiled_locale(tmp_path, tmp_path / "var")
    assert not (tmp_path / "var").exists()


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
