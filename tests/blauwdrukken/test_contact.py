"""A reader always learns whom to ask: the organisation, what it became part of, or the secretariat."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from blauwdrukken.models import Blauwdruk, Organisatie, Project, Verhaal
from regios.models import Regio
from tests.doors import content_of, says

EXTENSIONS = ("", ".pdf", ".docx", ".epub")
MAIL = "vraag@kennisbank.voorbeeld.nl"


def fetch(client: Client, blauwdruk: Blauwdruk, extension: str) -> bytes:
    """This output of a blueprint."""
    return content_of(client.get(f"/blauwdrukken/{blauwdruk.slug}{extension or '/'}"))


@pytest.fixture
def reachable() -> Organisatie:
    return Organisatie.objects.create(
        naam="Kwibus",
        website="https://www.kwibus.voorbeeld.nl/",
        email="info@kwibus.voorbeeld.nl",
        telefoon="088 123 45 67",
        regio=Regio.objects.get(slug="twente"),
    )


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_how_to_reach_the_organisation_stands_in_each_output(
    client: Client, create_blauwdruk: Any, reachable: Organisatie, extension: str
) -> None:
    content = fetch(client, create_blauwdruk(contactorganisatie=reachable), extension)
    for way in (
        "Regio: Twente",
        "Website: kwibus.voorbeeld.nl",
        "E-mail: info@kwibus.voorbeeld.nl",
        "Telefoon: 088 123 45 67",
    ):
        assert says(content, way)
    assert not says(content, "het secretariaat van de kennisbank")


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_an_organisation_that_is_gone_names_its_successor(
    client: Client, create_blauwdruk: Any, reachable: Organisatie, extension: str
) -> None:
    gone = Organisatie.objects.create(naam="Oudbus", email="oud@voorbeeld.nl", opgegaan_in=reachable)
    content = fetch(client, create_blauwdruk(contactorganisatie=gone), extension)
    assert says(content, "Oudbus Opgegaan in Kwibus.")
    assert says(content, "info@kwibus.voorbeeld.nl")
    assert not says(content, "oud@voorbeeld.nl")


@pytest.mark.parametrize("extension", EXTENSIONS)
@pytest.mark.parametrize("mail", [MAIL, ""])
def test_without_a_way_to_reach_it_the_secretariat_is_named_in_a_whole_sentence(
    client: Client, create_blauwdruk: Any, settings: Any, extension: str, mail: str
) -> None:
    settings.CONTACT_EMAIL = mail
    ask = f"Mail het secretariaat van de kennisbank: {MAIL}." if mail else "Vraag het secretariaat van de kennisbank."
    bare = Organisatie.objects.create(naam="Kaalbus")
    for organisatie, before in (
        (bare, "Hoe u deze organisatie bereikt, weten wij niet."),
        (None, "Hier hoort geen organisatie bij die u kunt vragen."),
    ):
        content = fetch(client, create_blauwdruk(contactorganisatie=organisatie), extension)
        assert says(content, f"{before} {ask}")


def test_programs_and_lists_get_it_too(client: Client, create_blauwdruk: Any, reachable: Organisatie) -> None:
    gone = Organisatie.objects.create(naam="Oudbus", opgegaan_in=reachable)
    blauwdruk = create_blauwdruk(titel="Zaagselproef", contactorganisatie=gone)
    expected = {"naam": "Oudbus", "website": "", "email": "", "telefoon": "", "regio": None, "opgegaan_in": "Kwibus"}
    assert client.get(f"/api/v1/blauwdrukken/{blauwdruk.slug}").json()["contact"] == expected
    (row,) = client.get("/api/v1/blauwdrukken?zoek=zaagselproef").json()["resultaten"]
    assert (row["contactorganisatie"], row["contact"]) == ("Oudbus", expected)
    csv = content_of(client.get("/blauwdrukken.csv?zoek=zaagselproef")).decode()
    assert "Opgegaan in Kwibus; Website: kwibus.voorbeeld.nl; E-mail: info@kwibus.voorbeeld.nl" in csv


@pytest.mark.parametrize("model", [Project, Verhaal])
def test_a_project_and_a_story_say_whom_to_ask(
    client: Client, settings: Any, reachable: Organisatie, model: Any
) -> None:
    settings.CONTACT_EMAIL = ""
    entry = model.objects.published().first()
    model.objects.filter(pk=entry.pk).update(organisatie=None)
    assert says(client.get(entry.get_absolute_url()).content, "Vraag het secretariaat van de kennisbank.")
    model.objects.filter(pk=entry.pk).update(organisatie=reachable)
    html = client.get(entry.get_absolute_url()).content.decode()
    assert '<a href="mailto:info@kwibus.voorbeeld.nl">info@kwibus.voorbeeld.nl</a>' in html


@pytest.mark.parametrize("path", ["/privacy/", "/toegankelijkheid/"])
def test_own_pages_are_whole_sentences_with_and_without_an_address(client: Client, settings: Any, path: str) -> None:
    settings.CONTACT_EMAIL = ""
    content = client.get(path).content
    assert not says(content, "{contact}")
    assert not says(content, "secretariaat: het secretariaat")
    assert says(content, "Neem contact op met het secretariaat van de kennisbank.")
    settings.CONTACT_EMAIL = MAIL
    assert says(client.get(path).content, f"Neem contact op met het secretariaat van de kennisbank: {MAIL}.")


def test_the_database_refuses_an_organisation_that_is_part_of_itself(reachable: Organisatie) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisatie.objects.filter(pk=reachable.pk).update(opgegaan_in=reachable)


def test_the_content_knows_only_general_addresses() -> None:
    mails = set(Organisatie.objects.exclude(email="").values_list("email", flat=True))
    assert mails == {"info@nlom.nl"}
    assert Organisatie.objects.get(naam="CWI").opgegaan_in == Organisatie.objects.get(naam="UWV")
