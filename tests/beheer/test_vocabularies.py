from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from blauwdrukken.models import Blauwdruk, Organisatie, Partij, Project
from blauwdrukken.search.engine import Opdracht
from blauwdrukken.search.gateway import loket

LIJST = "/beheer/snippets/{}/{}/"
LIJSTEN = {
    ("blauwdrukken", "thema"): "Scholing",
    ("blauwdrukken", "doelgroep"): "Statushouders",
    ("blauwdrukken", "programma"): "Pact Brabant",
    ("blauwdrukken", "organisatie"): "UWV",
    ("regios", "regio"): "West-Brabant",
    ("regios", "gemeente"): "Breda",
}


@pytest.mark.parametrize(("app", "model"), LIJSTEN)
def test_every_vocabulary_is_listed_searched_and_exported(redactie: Any, app: str, model: str) -> None:
    lijst, naam = LIJST.format(app, model), LIJSTEN[app, model]
    assert naam in redactie.get(lijst, {"q": naam[:6]}).content.decode()
    csv = b"".join(redactie.get(lijst, {"export": "csv"}).streaming_content).decode("utf-8-sig")
    assert naam in csv
    xlsx = redactie.get(lijst, {"export": "xlsx"})
    blad = openpyxl.load_workbook(io.BytesIO(b"".join(xlsx.streaming_content))).active
    assert naam in [rij[0].value for rij in blad.iter_rows(min_row=2)]


def voeg_samen(redactie: Any, blijft: Organisatie, *andere: Organisatie) -> Any:
    sleutels = "&".join(f"id={organisatie.pk}" for organisatie in (blijft, *andere))
    adres = f"/beheer/bulk/blauwdrukken/organisatie/samenvoegen/?{sleutels}&next=/beheer/"
    assert "Kies welke naam blijft" in redactie.get(adres).content.decode()
    return redactie.post(adres, {"blijft": blijft.pk})


@pytest.fixture
def twee() -> tuple[Organisatie, Organisatie]:
    blauwdruk = Blauwdruk.objects.get(nummer=4)
    dubbel = Organisatie.objects.create(
        naam="Kwibus Werkbedrijf BV", website="https://voorbeeld.nl", andere_namen="KWB"
    )
    blijft = Organisatie.objects.create(naam="Kwibus")
    Partij.objects.create(blauwdruk=blauwdruk, rol="adviseur", organisatie=dubbel)
    Project.objects.filter(slug="servicepunt-techniek").update(organisatie=dubbel)
    return blijft, dubbel


def test_merged_organisations_are_one_everywhere_and_found_by_both_names(redactie: Any, twee: Any) -> None:
    blijft, dubbel = twee
    assert voeg_samen(redactie, blijft, dubbel).status_code == 302
    blijft.refresh_from_db()
    assert not Organisatie.objects.filter(pk=dubbel.pk).exists()
    assert blijft.andere_namen.splitlines() == ["Kwibus Werkbedrijf BV", "KWB"]
    assert blijft.website == "https://voorbeeld.nl"
    assert Blauwdruk.objects.get(nummer=4).partijen.filter(organisatie=blijft).count() == 1
    assert Project.objects.get(slug="servicepunt-techniek").organisatie == blijft
    for naam in ("kwibus", "kwibus werkbedrijf bv", "kwb"):
        assert Blauwdruk.objects.get(nummer=4).pk in loket().machine().zoek(Opdracht(naam)).sleutels, naam


def test_drafts_and_older_versions_name_the_organisation_that_stays(redactie: Any, twee: Any) -> None:
    blijft, dubbel = twee
    concept = Blauwdruk.objects.get(nummer=4)
    concept.contactorganisatie = dubbel
    versie = concept.save_revision()
    voeg_samen(redactie, blijft, dubbel)
    versie.refresh_from_db()
    hersteld = versie.as_object()
    assert hersteld.contactorganisatie == blijft
    assert blijft in [partij.organisatie for partij in hersteld.partijen.all()]
    versie.publish()
    assert Blauwdruk.objects.get(nummer=4).contactorganisatie == blijft


def test_a_version_that_names_the_organisation_only_in_a_row_is_mended_too(redactie: Any, twee: Any) -> None:
    blijft, dubbel = twee
    versie = Blauwdruk.objects.get(nummer=4).save_revision()
    voeg_samen(redactie, blijft, dubbel)
    versie.refresh_from_db()
    assert blijft in [partij.organisatie for partij in versie.as_object().partijen.all()]


def test_one_organisation_cannot_be_merged(redactie: Any, twee: Any) -> None:
    adres = f"/beheer/bulk/blauwdrukken/organisatie/samenvoegen/?id={twee[0].pk}&next=/beheer/"
    assert "Kies in de lijst twee of meer" in redactie.get(adres).content.decode()
    redactie.post(adres, {"blijft": twee[0].pk})
    assert Organisatie.objects.filter(pk=twee[0].pk).exists()


def test_a_name_outside_the_choice_cannot_be_the_one_that_stays(redactie: Any, twee: Any) -> None:
    buiten = Organisatie.objects.get(naam="UWV")
    adres = f"/beheer/bulk/blauwdrukken/organisatie/samenvoegen/?id={twee[0].pk}&id={twee[1].pk}&next=/beheer/"
    assert redactie.post(adres, {"blijft": buiten.pk}).status_code == 200
    assert Organisatie.objects.filter(pk__in=[o.pk for o in twee]).count() == 2
