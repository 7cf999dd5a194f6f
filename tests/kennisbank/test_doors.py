"""What is not published is nowhere: before, during and after publishing, at every public address."""

from __future__ import annotations

from datetime import timedelta
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
from tests.doors import DEUREN, GEHEIM, KANARIE, Antwoord, loop_alles_langs, patronen, tekst, vraag
from tests.uploads import files as maak

TITEL = f"Aa {KANARIE} {GEHEIM}"  # first in lists that go by title
ALINEA = f"<p>{TITEL}</p>"


@pytest.fixture
def verstopt(maak_blauwdruk: Any) -> list[Publicatie]:
    """An entry of each kind that nobody outside may see, with all that hangs on it."""
    bestand = Bestand.objects.create(title=TITEL, file=ContentFile(maak.word(TITEL), name=f"{KANARIE}.docx"))
    foto = Afbeelding.objects.create(title=TITEL, file=ContentFile(maak.foto("PNG"), name=f"{KANARIE}.png"))
    foto.get_rendition("max-1280x960")
    waar = {"regios": [Regio.objects.get(slug="twente")], "themas": [Thema.objects.get(slug="scholing")]}
    gemeen = {"titel": TITEL, "samenvatting": TITEL, "doel": ALINEA, "laatst_gewijzigd": timezone.localdate()} | waar
    concept = maak_blauwdruk(slug=f"concept-{KANARIE}", live=False, **gemeen)
    concept.werkdocumenten.add(Werkdocument(titel=TITEL, bestand=bestand, toelichting=TITEL))
    concept.partijen.add(Partij(rol="adviseur", organisatie=Organisatie.objects.create(naam=f"Stichting {TITEL}")))
    concept.save()
    verlopen = maak_blauwdruk(slug=f"verlopen-{KANARIE}", expire_at=timezone.now() - timedelta(minutes=1), **gemeen)
    ingetrokken = maak_blauwdruk(slug=f"ingetrokken-{KANARIE}", **gemeen)
    ingetrokken.save_revision().publish()
    ingetrokken.unpublish()
    gepland = maak_blauwdruk(
        slug=f"gepland-{KANARIE}", live=False, go_live_at=timezone.now() + timedelta(days=1), **gemeen
    )
    gepland.save_revision().publish()
    nieuwe_versie = Blauwdruk.objects.get(nummer=1)
    nieuwe_versie.titel = TITEL
    nieuwe_versie.doel = ALINEA
    nieuwe_versie.save_revision()
    project = Project.objects.create(
        titel=TITEL, slug=f"project-{KANARIE}", doel=TITEL, blauwdruk=Blauwdruk.objects.get(nummer=4)
    )
    verhaal = Verhaal(titel=TITEL, slug=f"verhaal-{KANARIE}", intro=TITEL, tekst=ALINEA, foto=foto, foto_alt=TITEL)
    verhaal.blauwdrukken = [Blauwdruk.objects.get(nummer=4)]
    verhaal.regios = waar["regios"]
    verhaal.save()
    pagina = Pagina.objects.create(titel=TITEL, slug=f"pagina-{KANARIE}", tekst=ALINEA)
    return [concept, verlopen, ingetrokken, gepland, nieuwe_versie, project, verhaal, pagina]


def publiceer(entries: list[Publicatie]) -> None:
    for entry in entries:
        versie = (
            type(entry).objects.get(pk=entry.pk).get_latest_revision_as_object() if entry.latest_revision else entry
        )
        versie.expire_at = versie.go_live_at = None
        versie.save_revision().publish()


def trek_in(entries: list[Publicatie]) -> None:
    for entry in entries:
        type(entry).objects.get(pk=entry.pk).unpublish()


def lekken(antwoorden: dict[str, Antwoord]) -> list[str]:
    return [adres for adres, antwoord in antwoorden.items() if antwoord.noemt(adres)]


def van(antwoorden: dict[str, Antwoord], entries: list[Publicatie]) -> dict[str, int]:
    """Status of the addresses that belong to these entries alone."""
    eigen = {entry.slug for entry in entries} | {str(getattr(entry, "nummer", "-")) for entry in entries}
    return {
        adres: antwoord.status
        for adres, antwoord in antwoorden.items()
        if "?" not in adres and (eigen & set(adres.replace(".", "/").split("/")) or f"/{KANARIE}" in adres)
    }


def test_what_is_not_published_is_at_no_public_address(verstopt: list[Publicatie]) -> None:
    verborgen = [entry for entry in verstopt if KANARIE in entry.slug]
    vooraf = loop_alles_langs(Client())
    assert lekken(vooraf) == []
    dicht = van(vooraf, verborgen)
    assert len(dicht) > 15
    assert {adres: status for adres, status in dicht.items() if status not in (404, 410)} == {}

    publiceer(verstopt)
    tijdens = loop_alles_langs(Client())
    te_zien = lekken(tijdens)
    origineel = {adres for adres in dicht if adres.startswith("/media/documents/")}
    nieuw = {adres for adres in dicht if adres.endswith("/versies/2/")}  # most have one version only
    assert {adres for adres in dicht if tijdens[adres].status not in (200, 301, 302)} - nieuw == origineel
    assert set(te_zien) > {adres for adres in dicht if tijdens[adres].status == 200 and "/media/" not in adres}
    for plek in ("/", "/blauwdrukken/", "/blauwdrukken.atom", "/projecten/", "/verhalen/", "/regios/twente/",
                 "/themas/scholing/", "/sitemap.xml", f"/zoek/suggesties?q={KANARIE}", "/api/v1/projecten",
                 f"/blauwdrukken/?zoek={KANARIE}", f"/api/v1/blauwdrukken?zoek={KANARIE}"):  # fmt: skip
        assert plek in te_zien

    trek_in(verstopt)
    achteraf = loop_alles_langs(Client())
    assert lekken(achteraf) == []
    assert set(van(achteraf, verborgen).values()) <= {404, 410}
    for adres in te_zien:
        if etag := tijdens[adres].etag:
            assert vraag(Client(), adres, **{"if-none-match": etag}).status != 304, adres


def test_every_public_address_is_known_to_the_canary() -> None:
    assert set(patronen()) == set(DEUREN), "say in tests/doors.py how the address is filled in"


def test_the_canary_reads_every_kind_of_file() -> None:
    boek = openpyxl.Workbook()
    boek.worksheets[0]["A1"] = TITEL
    excel = BytesIO()
    boek.save(excel)
    for bestand in (maak.word(TITEL), excel.getvalue(), maak.met_delen(maak.excel(), {"a.docx": maak.word(TITEL)})):
        assert GEHEIM in tekst(bestand)
    assert "é" in tekst(b'{"a": "\\u00e9"}', "application/json")
