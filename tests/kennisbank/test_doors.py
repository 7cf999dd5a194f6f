"""What is not published is nowhere: before, during and after publishing, at every public address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from blauwdrukken.models import (
    Afbeelding,
    Bestand,
    Blauwdruk,
    Organisatie,
    Partij,
    Programma,
    Project,
    Thema,
    Verhaal,
    Werkdocument,
)  # fmt: skip
from blauwdrukken.models.publication import Publicatie
from kennisbank.models import Pagina
from regios.models import Regio
from tests.doors import CANARY, DOORS, SECRET, DoorResponse, fetch, route_patterns, text_of, visit_everything
from tests.public_paths import files_hold_what_they_are_made_from
from tests.uploads import files

TITLE = f"Aa {CANARY} {SECRET}"  # first in lists that go by title
PARAGRAPH = f"<p>{TITLE}</p>"


@pytest.fixture
def hidden_entries(create_blauwdruk: Any) -> list[Publicatie]:
    """An entry of each kind that nobody outside may see, with all that hangs on it."""
    file = Bestand.objects.create(title=TITLE, file=ContentFile(files.word(TITLE), name=f"{CANARY}.docx"))
    foto = Afbeelding.objects.create(title=TITLE, file=ContentFile(files.photo("PNG"), name=f"{CANARY}.png"))
    foto.get_rendition("max-1280x960")
    choices = {"regios": [Regio.objects.get(slug="twente")], "themas": [Thema.objects.get(slug="scholing")]}
    nasty = {
        "titel": TITLE,
        "samenvatting": TITLE,
        "doel": PARAGRAPH,
        "laatst_gewijzigd": timezone.localdate(),
        "programma": Programma.objects.get(slug="pact-brabant"),
    } | choices
    draft = create_blauwdruk(slug=f"concept-{CANARY}", live=False, **nasty)
    draft.werkdocumenten.add(Werkdocument(titel=TITLE, bestand=file, toelichting=TITLE))
    draft.partijen.add(Partij(rol="adviseur", organisatie=Organisatie.objects.create(naam=f"Stichting {TITLE}")))
    draft.save()
    expired = create_blauwdruk(slug=f"verlopen-{CANARY}", expire_at=timezone.now() - timedelta(minutes=1), **nasty)
    withdrawn = create_blauwdruk(slug=f"ingetrokken-{CANARY}", **nasty)
    withdrawn.save_revision().publish()
    withdrawn.unpublish()
    planned = create_blauwdruk(
        slug=f"gepland-{CANARY}", live=False, go_live_at=timezone.now() + timedelta(days=1), **nasty
    )
    planned.save_revision().publish()
    new_version = Blauwdruk.objects.get(nummer=1)
    new_version.titel = TITLE
    new_version.doel = PARAGRAPH
    new_version.save_revision()
    project = Project.objects.create(
        titel=TITLE,
        slug=f"project-{CANARY}",
        doel=TITLE,
        blauwdruk=Blauwdruk.objects.get(nummer=4),
        programma=nasty["programma"],
    )
    verhaal = Verhaal(titel=TITLE, slug=f"verhaal-{CANARY}", intro=TITLE, tekst=PARAGRAPH, foto=foto, foto_alt=TITLE)
    verhaal.blauwdrukken = [Blauwdruk.objects.get(nummer=4)]
    verhaal.regios = choices["regios"]
    verhaal.save()
    page = Pagina.objects.create(titel=TITLE, slug=f"pagina-{CANARY}", tekst=PARAGRAPH)
    return [draft, expired, withdrawn, planned, new_version, project, verhaal, page]


def publish(entries: list[Publicatie], until: datetime | None = None) -> None:
    """Publish them, until this moment."""
    for entry in entries:
        versie = (
            type(entry).objects.get(pk=entry.pk).get_latest_revision_as_object() if entry.latest_revision else entry
        )
        versie.expire_at, versie.go_live_at = until, None
        versie.save_revision().publish()


def withdraw(entries: list[Publicatie]) -> None:
    for entry in entries:
        type(entry).objects.get(pk=entry.pk).unpublish()


def leaks(responses: dict[str, DoorResponse]) -> list[str]:
    return [url for url, response in responses.items() if response.reveals(url)]


def statuses_of(responses: dict[str, DoorResponse], entries: list[Publicatie]) -> dict[str, int]:
    """Status of the addresses that belong to these entries alone."""
    own = {entry.slug for entry in entries} | {str(getattr(entry, "nummer", "-")) for entry in entries}
    return {
        url: response.status
        for url, response in responses.items()
        if "?" not in url and (own & set(url.replace(".", "/").split("/")) or f"/{CANARY}" in url)
    }


@pytest.fixture
def _real_files_once() -> Iterator[None]:
    """On SQLite files are read as a visitor reads them; another database gives their makers the same words or not."""
    with nullcontext() if connection.vendor == "sqlite" else files_hold_what_they_are_made_from():
        yield


@pytest.mark.usefixtures("_real_files_once")
def test_what_is_not_published_is_at_no_public_address(
    hidden_entries: list[Publicatie], monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = [entry for entry in hidden_entries if CANARY in entry.slug]
    setup = visit_everything(Client())
    assert leaks(setup) == []
    closed = statuses_of(setup, hidden)
    assert len(closed) > 15
    assert {url: status for url, status in closed.items() if status not in (404, 410)} == {}

    end = timezone.now() + timedelta(hours=1)
    publish(hidden_entries, end)
    during = visit_everything(Client())
    visible = leaks(during)
    original = {url for url in closed if url.startswith("/media/documents/")}
    new = {url for url in closed if url.endswith("/versies/2/")}  # most have one version only
    assert {url for url in closed if during[url].status not in (200, 301, 302)} - new == original
    assert set(visible) > {url for url in closed if during[url].status == 200 and "/media/" not in url}
    for spot in ("/", "/blauwdrukken/", "/blauwdrukken.atom", "/projecten/", "/verhalen/", "/regios/twente/",
                 "/themas/scholing/", "/sitemap.xml", f"/zoek/suggesties?q={CANARY}", "/api/v1/projecten",
                 f"/blauwdrukken/?zoek={CANARY}", f"/api/v1/blauwdrukken?zoek={CANARY}"):  # fmt: skip
        assert spot in visible

    with monkeypatch.context() as clock:
        clock.setattr(timezone, "now", lambda: end)  # nothing is written, so whatever is remembered stays
        expired = {url: fetch(Client(), url, **{"if-none-match": during[url].etag}) for url in visible}
        assert leaks(expired) == []
        assert {url for url, response in expired.items() if response.status == 304} == set()
        assert set(statuses_of(expired, hidden).values()) <= {404, 410}

    withdraw(hidden_entries)
    afterwards = visit_everything(Client())
    assert leaks(afterwards) == []
    assert set(statuses_of(afterwards, hidden).values()) <= {404, 410}
    for url in visible:
        if etag := during[url].etag:
            assert fetch(Client(), url, **{"if-none-match": etag}).status != 304, url


def test_every_public_address_is_known_to_the_canary() -> None:
    assert set(route_patterns()) == set(DOORS), "say in tests/doors.py how the address is filled in"


def test_the_canary_reads_every_kind_of_file() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = TITLE
    excel = BytesIO()
    book.save(excel)
    for file in (
        files.word(TITLE),
        excel.getvalue(),
        files.with_parts(files.excel(), {"a.docx": files.word(TITLE)}),
    ):
        assert SECRET in text_of(file)
    assert "é" in text_of(b'{"a": "\\u00e9"}', "application/json")
