from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from blauwdrukken.models import Blauwdruk, Organisatie, Partij, Project
from blauwdrukken.search.engine import SearchRequest
from blauwdrukken.search.gateway import gateway
from tests.beheer.people import send_change

LIST_URL = "/beheer/snippets/{}/{}/"
LISTS = {
    ("blauwdrukken", "thema"): "Scholing",
    ("blauwdrukken", "doelgroep"): "Statushouders",
    ("blauwdrukken", "programma"): "Pact Brabant",
    ("blauwdrukken", "programmadoel"): "Het manifest levend houden",
    ("blauwdrukken", "organisatie"): "UWV",
    ("regios", "regio"): "West-Brabant",
    ("regios", "gemeente"): "Breda",
}


@pytest.mark.parametrize(("app", "model"), LISTS)
def test_every_vocabulary_is_listed_searched_and_exported(editor_client: Any, app: str, model: str) -> None:
    listing, name = LIST_URL.format(app, model), LISTS[app, model]
    assert name in editor_client.get(listing, {"q": name[:6]}).content.decode()
    csv = b"".join(editor_client.get(listing, {"export": "csv"}).streaming_content).decode("utf-8-sig")
    assert name in csv
    xlsx = editor_client.get(listing, {"export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(xlsx.streaming_content))).active
    assert name in [row[0].value for row in sheet.iter_rows(min_row=2)]


def merge(client: Any, kept: Organisatie, *others: Organisatie) -> Any:
    keys = "&".join(f"id={organisatie.pk}" for organisatie in (kept, *others))
    url = f"/beheer/bulk/blauwdrukken/organisatie/samenvoegen/?{keys}&next=/beheer/"
    assert "Kies welke naam blijft" in client.get(url).content.decode()
    return client.post(url, {"blijft": kept.pk})


@pytest.fixture
def two_organisaties() -> tuple[Organisatie, Organisatie]:
    blauwdruk = Blauwdruk.objects.get(nummer=4)
    double = Organisatie.objects.create(
        naam="Kwibus Werkbedrijf BV", website="https://voorbeeld.nl", andere_namen="KWB"
    )
    kept = Organisatie.objects.create(naam="Kwibus")
    Partij.objects.create(blauwdruk=blauwdruk, rol="adviseur", organisatie=double)
    Project.objects.filter(slug="servicepunt-techniek").update(organisatie=double)
    return kept, double


def test_merged_organisations_are_one_everywhere_and_found_by_both_names(
    editor_client: Any, two_organisaties: Any
) -> None:
    kept, double = two_organisaties
    assert merge(editor_client, kept, double).status_code == 302
    kept.refresh_from_db()
    assert not Organisatie.objects.filter(pk=double.pk).exists()
    assert kept.andere_namen.splitlines() == ["Kwibus Werkbedrijf BV", "KWB"]
    assert kept.website == "https://voorbeeld.nl"
    assert Blauwdruk.objects.get(nummer=4).partijen.filter(organisatie=kept).count() == 1
    assert Project.objects.get(slug="servicepunt-techniek").organisatie == kept
    for name in ("kwibus", "kwibus werkbedrijf bv", "kwb"):
        assert Blauwdruk.objects.get(nummer=4).pk in gateway().engine().search(SearchRequest(name)).keys, name


def test_drafts_and_older_versions_name_the_organisation_that_stays(editor_client: Any, two_organisaties: Any) -> None:
    kept, double = two_organisaties
    draft = Blauwdruk.objects.get(nummer=4)
    draft.contactorganisatie = double
    versie = draft.save_revision()
    merge(editor_client, kept, double)
    versie.refresh_from_db()
    restored = versie.as_object()
    assert restored.contactorganisatie == kept
    assert kept in [partij.organisatie for partij in restored.partijen.all()]
    versie.publish()
    assert Blauwdruk.objects.get(nummer=4).contactorganisatie == kept


def test_a_version_that_names_the_organisation_only_in_a_row_is_mended_too(
    editor_client: Any, two_organisaties: Any
) -> None:
    kept, double = two_organisaties
    versie = Blauwdruk.objects.get(nummer=4).save_revision()
    merge(editor_client, kept, double)
    versie.refresh_from_db()
    assert kept in [partij.organisatie for partij in versie.as_object().partijen.all()]


def test_a_merge_keeps_how_to_reach_it_and_never_goes_round(editor_client: Any, two_organisaties: Any) -> None:
    kept, double = two_organisaties
    successor = Organisatie.objects.create(naam="Kwibus Nieuw", opgegaan_in=double)
    before = Organisatie.objects.create(naam="Kwibus Oud", opgegaan_in=double)
    Organisatie.objects.filter(pk=double.pk).update(email="info@voorbeeld.nl", opgegaan_in=successor)
    Organisatie.objects.filter(pk=kept.pk).update(opgegaan_in=double)
    assert merge(editor_client, kept, double).status_code == 302
    kept.refresh_from_db()
    before.refresh_from_db()
    assert (kept.email, kept.opgegaan_in, before.opgegaan_in) == ("info@voorbeeld.nl", None, kept)


def test_an_organisation_cannot_become_part_of_itself_by_a_detour(editor_client: Any) -> None:
    first = Organisatie.objects.create(naam="Kwibus")
    second = Organisatie.objects.create(naam="Kwabus", opgegaan_in=first)
    third = Organisatie.objects.create(naam="Kwobus", opgegaan_in=second)
    url = f"/beheer/snippets/blauwdrukken/organisatie/edit/{first.pk}/"
    form = {"naam": "Kwibus", "soort": "overheid"}
    for chosen in (first, second, third):
        html = send_change(editor_client, url, form | {"opgegaan_in": chosen.pk}).content.decode()
        assert f"Dit gaat in een kring: {chosen} is zelf opgegaan in deze organisatie." in html
    first.refresh_from_db()
    assert first.opgegaan_in is None


def test_a_telephone_number_of_an_organisation_is_one(editor_client: Any) -> None:
    organisatie = Organisatie.objects.create(naam="Kwibus")
    url = f"/beheer/snippets/blauwdrukken/organisatie/edit/{organisatie.pk}/"
    form = {"naam": "Kwibus", "soort": "overheid"}
    refused = send_change(editor_client, url, form | {"telefoon": "vraag maar"}).content.decode()
    assert "Vul een telefoonnummer in" in refused
    assert send_change(editor_client, url, form | {"telefoon": "088 123 45 67"}).status_code == 302
    organisatie.refresh_from_db()
    assert organisatie.telefoon == "088 123 45 67"


def test_one_organisation_cannot_be_merged(editor_client: Any, two_organisaties: Any) -> None:
    url = f"/beheer/bulk/blauwdrukken/organisatie/samenvoegen/?id={two_organisaties[0].pk}&next=/beheer/"
    assert "Kies in de lijst twee of meer" in editor_client.get(url).content.decode()
    editor_client.post(url, {"blijft": two_organisaties[0].pk})
    assert Organisatie.objects.filter(pk=two_organisaties[0].pk).exists()


def test_a_name_outside_the_choice_cannot_be_the_one_that_stays(editor_client: Any, two_organisaties: Any) -> None:
    outside = Organisatie.objects.get(naam="UWV")
    ids = "&".join(f"id={organisatie.pk}" for organisatie in two_organisaties)
    url = f"/beheer/bulk/blauwdrukken/organisatie/samenvoegen/?{ids}&next=/beheer/"
    assert editor_client.post(url, {"blijft": outside.pk}).status_code == 200
    assert Organisatie.objects.filter(pk__in=[o.pk for o in two_organisaties]).count() == 2
