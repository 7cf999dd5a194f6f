"""What is not published is nowhere: before, during and after publishing, at every public address."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from blauwdrukken.models import (
    Afbeelding,
    Bestand,
    Blauwdruk,
    Organisatie,
    Partij,
    Project,
    Thema,
    Verhaal,
    Werkdocument,
)  # fmt: skip
from blauwdrukken.models.publication import Publicatie
from kennisbank.models import Pagina
from regios.models import Regio
from tests.doors import CANARY, DOORS, SECRET, DoorResponse, fetch, route_patterns, text_of, visit_everything
from tests.uploads import files

TITLE = f"Aa {CANARY} {SECRET}"  # first in lists that go by title
PARAGRAPH = f"<p>{TITLE}</p>"


@pytest.fixture
def hidden_entries(create_blauwdruk: Any) -> list[Publicatie]:
    """An entry of each kind that nobody outside may see, with all that hangs on it."""
    bestand = Bestand.objects.create(title=TITLE, file=ContentFile(files.word(TITLE), name=f"{CANARY}.docx"))
    foto = Afbeelding.objects.create(title=TITLE, file=ContentFile(files.photo("PNG"), name=f"{CANARY}.png"))
    foto.get_rendition("max-1280x960")
    waar = {"regios": [Regio.objects.get(slug="twente")], "themas": [Thema.objects.get(slug="scholing")]}
    gemeen = {"titel": TITLE, "samenvatting": TITLE, "doel": PARAGRAPH, "laatst_gewijzigd": timezone.localdate()} | waar
    concept = create_blauwdruk(slug=f"concept-{CANARY}", live=False, **gemeen)
    concept.werkdocumenten.add(Werkdocument(titel=TITLE, bestand=bestand, toelichting=TITLE))
    concept.partijen.add(Partij(rol="adviseur", organisatie=Organisatie.objects.create(naam=f"Stichting {TITLE}")))
    concept.save()
    verlopen = create_blauwdruk(slug=f"verlopen-{CANARY}", expire_at=timezone.now() - timedelta(minutes=1), **gemeen)
    ingetrokken = create_blauwdruk(slug=f"ingetrokken-{CANARY}", **gemeen)
    ingetrokken.save_revision().publish()
    ingetrokken.unpublish()
    gepland = create_blauwdruk(
        slug=f"gepland-{CANARY}", live=False, go_live_at=timezone.now() + timedelta(days=1), **gemeen
    )
    gepland.save_revision().publish()
    nieuwe_versie = Blauwdruk.objects.get(nummer=1)
    nieuwe_versie.titel = TITLE
    nieuwe_versie.doel = PARAGRAPH
    nieuwe_versie.save_revision()
    project = Project.objects.create(
        titel=TITLE, slug=f"project-{CANARY}", doel=TITLE, blauwdruk=Blauwdruk.objects.get(nummer=4)
    )
    verhaal = Verhaal(titel=TITLE, slug=f"verhaal-{CANARY}", intro=TITLE, tekst=PARAGRAPH, foto=foto, foto_alt=TITLE)
    verhaal.blauwdrukken = [Blauwdruk.objects.get(nummer=4)]
    verhaal.regios = waar["regios"]
    verhaal.save()
    pagina = Pagina.objects.create(titel=TITLE, slug=f"pagina-{CANARY}", tekst=PARAGRAPH)
    return [concept, verlopen, ingetrokken, gepland, nieuwe_versie, project, verhaal, pagina]


def publish(entries: list[Publicatie], tot: datetime | None = None) -> None:
    """Publish them, until this moment."""
    for entry in entries:
        versie = (
            type(entry).objects.get(pk=entry.pk).get_latest_revision_as_object() if entry.latest_revision else entry
        )
        versie.expire_at, versie.go_live_at = tot, None
        versie.save_revision().publish()


def withdraw(entries: list[Publicatie]) -> None:
    for entry in entries:
        type(entry).objects.get(pk=entry.pk).unpublish()


def leaks(antwoorden: dict[str, DoorResponse]) -> list[str]:
    return [adres for adres, antwoord in antwoorden.items() if antwoord.reveals(adres)]


def statuses_of(antwoorden: dict[str, DoorResponse], entries: list[Publicatie]) -> dict[str, int]:
    """Status of the addresses that belong to these entries alone."""
    eigen = {entry.slug for entry in entries} | {str(getattr(entry, "nummer", "-")) for entry in entries}
    return {
        adres: antwoord.status
        for adres, antwoord in antwoorden.items()
        if "?" not in adres and (eigen & set(adres.replace(".", "/").split("/")) or f"/{CANARY}" in adres)
    }


def test_what_is_not_published_is_at_no_public_address(
    hidden_entries: list[Publicatie], monkeypatch: pytest.MonkeyPatch
) -> None:
    verborgen = [entry for entry in hidden_entries if CANARY in entry.slug]
    vooraf = visit_everything(Client())
    assert leaks(vooraf) == []
    dicht = statuses_of(vooraf, verborgen)
    assert len(dicht) > 15
    assert {adres: status for adres, status in dicht.items() if status not in (404, 410)} == {}

    einde = timezone.now() + timedelta(hours=1)
    publish(hidden_entries, einde)
    tijdens = visit_everything(Client())
    te_zien = leaks(tijdens)
    origineel = {adres for adres in dicht if adres.startswith("/media/documents/")}
    nieuw = {adres for adres in dicht if adres.endswith("/versies/2/")}  # most have one version only
    assert {adres for adres in dicht if tijdens[adres].status not in (200, 301, 302)} - nieuw == origineel
    assert set(te_zien) > {adres for adres in dicht if tijdens[adres].status == 200 and "/media/" not in adres}
    for plek in ("/", "/blauwdrukken/", "/blauwdrukken.atom", "/projecten/", "/verhalen/", "/regios/twente/",
                 "/themas/scholing/", "/sitemap.xml", f"/zoek/suggesties?q={CANARY}", "/api/v1/projecten",
                 f"/blauwdrukken/?zoek={CANARY}", f"/api/v1/blauwdrukken?zoek={CANARY}"):  # fmt: skip
        assert plek in te_zien

    with monkeypatch.context() as klok:
        klok.setattr(timezone, "now", lambda: einde)  # nothing is written, so whatever is remembered stays
        verlopen = {adres: fetch(Client(), adres, **{"if-none-match": tijdens[adres].etag}) for adres in te_zien}
        assert leaks(verlopen) == []
        assert {adres for adres, antwoord in verlopen.items() if antwoord.status == 304} == set()
        assert set(statuses_of(verlopen, verborgen).values()) <= {404, 410}

    withdraw(hidden_entries)
    achteraf = visit_everything(Client())
    assert leaks(achteraf) == []
    assert set(statuses_of(achteraf, verborgen).values()) <= {404, 410}
    for adres in te_zien:
        if etag := tijdens[adres].etag:
            assert fetch(Client(), adres, **{"if-none-match": etag}).status != 304, adres


def test_every_public_address_is_known_to_the_canary() -> None:
    assert set(route_patterns()) == set(DOORS), "say in tests/doors.py how the address is filled in"


def test_the_canary_reads_every_kind_of_file() -> None:
    boek = openpyxl.Workbook()
    boek.worksheets[0]["A1"] = TITLE
    excel = BytesIO()
    boek.save(excel)
    for bestand in (
        files.word(TITLE),
        excel.getvalue(),
        files.with_parts(files.excel(), {"a.docx": files.word(TITLE)}),
    ):
        assert SECRET in text_of(bestand)
    assert "é" in text_of(b'{"a": "\\u00e9"}', "application/json")
