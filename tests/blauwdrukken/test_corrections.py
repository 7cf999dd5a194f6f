"""Corrections in the shipped content reach a site in use, and nobody's work is lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings as site
from django.core.management import call_command
from wagtail.models import Revision

from blauwdrukken.corrections import agree
from blauwdrukken.models import Begrip, Blauwdruk, Opmerking, Organisatie, Project, Shipment, Synoniem, Thema, Verhaal
from kennisbank.models import Pagina, User
from regios.models import Gemeente, Regio
from tests.beheer.people import client_of, fields_of, send_change

BOXTEL = "blauwdrukken/23-werkgeversbenadering-in-boxtel.yaml"
KACHELS = "verhalen/kachelwinkel-geeft-mensen-een-kans.yaml"
SHIPPED = (BOXTEL, KACHELS, "begrippen.yaml", "paginas.yaml", "regios.yaml", "synoniemen.yaml", "woordenlijsten.yaml")
Ship = Callable[..., str]


@pytest.fixture
def ship(tmp_path: Path, settings: Any) -> Ship:
    """Bring a next shipment in which files say something else: (file, old, new), ...; gives what is reported."""
    fixtures = tmp_path / "fixtures"
    for name in SHIPPED:
        (fixtures / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(site.BASE_DIR / "fixtures" / name, fixtures / name)

    def bring(*changes: tuple[str, str, str]) -> str:
        for name, old, new in changes:
            text = (fixtures / name).read_text()
            assert old in text
            (fixtures / name).write_text(text.replace(old, new))
        settings.BASE_DIR = tmp_path
        out = StringIO()
        call_command("laad_kennisbank", bijwerken=True, stdout=out)
        return out.getvalue()

    return bring


DOEL = (BOXTEL, "De gemeente wilde meer werkzoekenden aan werk helpen.", "De gemeente wilde iedereen aan werk helpen.")
TITEL = (BOXTEL, "titel: Werkgeversbenadering in Boxtel", "titel: Werkgevers benaderen in Boxtel")


def shipped_word(**fields: str) -> tuple[str, str, str]:
    """A shipment in which the first term is explained in another way."""
    text = (site.BASE_DIR / "fixtures" / "begrippen.yaml").read_text()
    words = yaml.safe_load(text)
    words[0] |= fields
    return "begrippen.yaml", text, yaml.safe_dump(words, allow_unicode=True)


def boxtel() -> Any:
    return Blauwdruk.objects.get(nummer=23)


def edited(entry: Any, user: User, *, publish: bool = True, **fields: Any) -> None:
    """Somebody of the site writes something else."""
    for name, value in fields.items():
        setattr(entry, name, value)
    revision = entry.save_revision(user=user)
    if publish:
        revision.publish(user=user)


def test_what_nobody_changed_gets_the_correction_as_a_new_version(ship: Ship) -> None:
    number = boxtel().versies.count()
    report = ship(DOEL)
    assert "iedereen aan werk" in boxtel().doel
    assert "Verbeterd: Werkgeversbenadering in Boxtel." in report
    assert boxtel().versies.count() == number + 1
    assert boxtel().versies.first().wat_veranderd == "Tekst verbeterd: doel."


def test_a_second_time_nothing_happens(ship: Ship) -> None:
    ship(DOEL)
    state = [Revision.objects.count(), *Shipment.objects.values_list("pk", "content", "revision")]
    assert not ship()
    assert [Revision.objects.count(), *Shipment.objects.values_list("pk", "content", "revision")] == state


def test_a_next_correction_reaches_what_an_earlier_one_reached(ship: Ship) -> None:
    ship(DOEL)
    ship((BOXTEL, "iedereen aan werk", "alle mensen aan werk"))
    assert "alle mensen aan werk" in boxtel().doel


def test_beside_the_work_of_somebody_a_correction_is_a_draft_with_a_remark(
    ship: Ship,
    secretary: User,
    send_edit: Any,
) -> None:
    send_edit(secretary, boxtel(), "action-publish", samenvatting="Van de redactie.")
    assert "Als concept klaargezet: Werkgeversbenadering in Boxtel." in ship(DOEL)
    draft = boxtel().latest_revision.as_object()
    assert (draft.samenvatting, boxtel().samenvatting) == ("Van de redactie.", "Van de redactie.")
    assert "iedereen aan werk" in draft.doel
    assert "meer werkzoekenden" in boxtel().doel
    remark = Opmerking.objects.get()
    assert "Veranderd: doel." in remark.tekst
    assert remark.automatisch
    ship()
    assert Opmerking.objects.count() == 1


def test_after_a_draft_was_published_the_next_correction_is_offered_too(ship: Ship, secretary: User) -> None:
    edited(boxtel(), secretary, samenvatting="Van de redactie.")
    ship(DOEL)
    boxtel().latest_revision.publish(user=secretary)
    ship(TITEL)
    draft = boxtel().latest_revision.as_object()
    assert (draft.titel, draft.samenvatting) == ("Werkgevers benaderen in Boxtel", "Van de redactie.")
    assert "iedereen aan werk" in draft.doel


def test_a_draft_that_waits_takes_up_the_next_correction(ship: Ship, secretary: User) -> None:
    edited(boxtel(), secretary, samenvatting="Van de redactie.")
    ship(DOEL)
    assert "Als concept klaargezet" in ship(TITEL)
    draft = boxtel().latest_revision.as_object()
    assert (draft.titel, draft.samenvatting) == ("Werkgevers benaderen in Boxtel", "Van de redactie.")
    assert "iedereen aan werk" in draft.doel
    assert boxtel().titel == "Werkgeversbenadering in Boxtel"


def test_what_somebody_wrote_is_never_written_over(ship: Ship, secretary: User) -> None:
    edited(boxtel(), secretary, doel="<p>Ons eigen doel.</p>")
    report = ship(DOEL, TITEL)
    draft = boxtel().latest_revision.as_object()
    assert (draft.doel, draft.titel) == ("<p>Ons eigen doel.</p>", "Werkgevers benaderen in Boxtel")
    assert "klaargezet" in report
    assert "maar de meegeleverde tekst is daar ook anders: doel." in Opmerking.objects.get().tekst


def test_where_all_is_somebodys_own_there_is_only_a_remark(ship: Ship, secretary: User) -> None:
    edited(boxtel(), secretary, doel="<p>Ons eigen doel.</p>")
    assert "Alleen gemeld, want zelf geschreven: Werkgeversbenadering in Boxtel." in ship(DOEL)
    assert not boxtel().has_unpublished_changes


def test_a_draft_in_progress_stays_the_latest(ship: Ship, secretary: User) -> None:
    edited(boxtel(), secretary, publish=False, titel="Half af")
    assert "Alleen gemeld, want er is al een concept" in ship(DOEL)
    assert boxtel().latest_revision.content["titel"] == "Half af"
    assert "meer werkzoekenden" in boxtel().doel


def test_rows_are_merged_as_a_whole(ship: Ship, secretary: User) -> None:
    edited(boxtel(), secretary, samenvatting="Van de redactie.")
    ship((BOXTEL, "    toelichting: Groep werkgevers die het centrum startte", "    toelichting: Startte het centrum"))
    rows = boxtel().latest_revision.as_object().partijen.all()
    assert "Startte het centrum" in [row.toelichting for row in rows]
    assert len(rows) == boxtel().partijen.count()


def test_a_withdrawn_entry_stays_withdrawn_and_gets_the_correction_when_it_returns(ship: Ship) -> None:
    boxtel().unpublish()
    assert "Ingetrokken gebleven: Werkgeversbenadering in Boxtel." in ship(DOEL)
    assert not boxtel().live
    boxtel().latest_revision.publish()
    ship()
    assert "iedereen aan werk" in boxtel().doel


def test_a_deleted_entry_stays_away(ship: Ship) -> None:
    verhaal = (KACHELS, "soort: interview", "soort: tip")
    Verhaal.objects.get(slug="kachelwinkel-geeft-mensen-een-kans").delete()
    assert "Verwijderd gebleven: Kachelwinkel" in ship(verhaal)
    assert not Verhaal.objects.filter(slug="kachelwinkel-geeft-mensen-een-kans").exists()


def test_a_new_entry_is_added(ship: Ship) -> None:
    ship((KACHELS, "slug: kachelwinkel-geeft-mensen-een-kans", "slug: nog-een-verhaal"))
    assert Verhaal.objects.published().filter(slug="nog-een-verhaal").exists()


def test_an_own_entry_at_the_address_of_a_new_one_is_left_alone(ship: Ship, secretary: User) -> None:
    own = Verhaal(titel="Van ons", slug="nog-een-verhaal", intro="Van ons.")
    own.save()
    own.save_revision(user=secretary).publish(user=secretary)
    report = ship((KACHELS, "slug: kachelwinkel-geeft-mensen-een-kans", "slug: nog-een-verhaal"))
    assert "al van een eigen tekst: Kachelwinkel" in report
    assert Verhaal.objects.get(slug="nog-een-verhaal").titel == "Van ons"


def test_a_page_and_a_project_are_corrected_like_a_blueprint(ship: Ship) -> None:
    ship(
        ("paginas.yaml", "titel: Over de kennisbank", "titel: Over ons"),
        (BOXTEL, "titel: Personeels Diensten Centrum Boxtel", "titel: Centrum in Boxtel"),
    )
    assert Pagina.objects.get(slug="over").titel == "Over ons"
    assert Project.objects.get(slug="personeels-diensten-centrum-boxtel").titel == "Centrum in Boxtel"


@pytest.fixture
def loaded_before_shipments_were_kept() -> None:
    Shipment.objects.all().delete()


@pytest.mark.usefixtures("loaded_before_shipments_were_kept")
class TestAnOlderSite:
    def test_what_only_the_loader_made_is_corrected(self, ship: Ship) -> None:
        ship(DOEL)
        assert "iedereen aan werk" in boxtel().doel
        assert boxtel().versies.first().wat_veranderd == "Tekst verbeterd: doel."

    def test_the_work_of_somebody_is_kept_beside_the_correction(self, ship: Ship, secretary: User) -> None:
        edited(boxtel(), secretary, samenvatting="Van de redactie.")
        ship(DOEL)
        draft = boxtel().latest_revision.as_object()
        assert draft.samenvatting == boxtel().samenvatting == "Van de redactie."
        assert "iedereen aan werk" in draft.doel
        assert "meer werkzoekenden" in boxtel().doel

    def test_somebody_whose_account_is_gone_wrote_it_all_the_same(self, ship: Ship, secretary: User) -> None:
        edited(boxtel(), secretary, doel="<p>Ons eigen doel.</p>")
        secretary.delete()
        ship(DOEL)
        assert boxtel().doel == "<p>Ons eigen doel.</p>"
        assert not boxtel().has_unpublished_changes

    def test_an_entry_with_another_address_is_recognised(self, ship: Ship, secretary: User) -> None:
        verhaal = Verhaal.objects.get(slug="kachelwinkel-geeft-mensen-een-kans")
        edited(verhaal, secretary, slug="kachels")
        ship((KACHELS, "soort: interview", "soort: tip"))
        assert Verhaal.objects.filter(titel=verhaal.titel).count() == 1
        assert Verhaal.objects.get(slug="kachels").latest_revision.content["soort"] == "tip"

    def test_a_word_that_somebody_changed_stays(self, ship: Ship, client_of_secretary: Any) -> None:
        change_word(client_of_secretary, uitleg="Onze eigen uitleg.")
        ship(shipped_word(uitleg="Van de levering."))
        assert first_word().uitleg == "Onze eigen uitleg."

    def test_old_lists_of_synonyms_give_way(self, ship: Ship) -> None:
        ship(("synoniemen.yaml", "[ziekte, ziekteverzuim, verzuim]", "[ziekte, verzuim]"))
        begun = Synoniem.objects.filter(woorden__startswith="ziekte\n").values_list("woorden", flat=True)
        assert list(begun) == ["ziekte\nverzuim"]


@pytest.fixture
def client_of_secretary(secretary: User) -> Any:
    return client_of(secretary)


def first_word() -> Begrip:
    words = yaml.safe_load((site.BASE_DIR / "fixtures" / "begrippen.yaml").read_text())
    return Begrip.objects.get(slug=words[0]["slug"])


def change_word(client: Any, **fields: str) -> None:
    begrip = first_word()
    data = {name: getattr(begrip, name) for name in ("term", "slug", "voluit", "uitleg", "synoniemen")} | fields
    response = send_change(client, f"/beheer/snippets/blauwdrukken/begrip/edit/{begrip.pk}/", data)
    assert response.status_code == 302


def test_of_a_word_only_the_field_that_somebody_changed_stays(ship: Ship, client_of_secretary: Any) -> None:
    change_word(client_of_secretary, uitleg="Onze eigen uitleg.")
    report = ship(shipped_word(uitleg="Van de levering.", voluit="Anders geschreven"))
    assert (first_word().uitleg, first_word().voluit) == ("Onze eigen uitleg.", "Anders geschreven")
    assert f"Zelf veranderd en zo gelaten: {first_word()} (uitleg)." in report


def test_a_deleted_word_stays_away(ship: Ship) -> None:
    slug = first_word().slug
    first_word().delete()
    ship(shipped_word(uitleg="Van de levering."))
    assert not Begrip.objects.filter(slug=slug).exists()


def test_an_organisation_that_was_merged_is_not_made_again(ship: Ship) -> None:
    Organisatie.objects.filter(naam="Lokaal ArbeidsmarktBeraad").update(
        naam="LAB Boxtel", andere_namen="LAB\nLokaal ArbeidsmarktBeraad"
    )
    ship(DOEL)
    assert not Organisatie.objects.filter(naam="Lokaal ArbeidsmarktBeraad").exists()
    assert "LAB Boxtel" in [partij.organisatie.naam for partij in boxtel().partijen.all()]


def test_a_list_of_synonyms_of_somebody_stays(ship: Ship, client_of_secretary: Any) -> None:
    row = Synoniem.objects.get(woorden="ziekte\nziekteverzuim\nverzuim")
    url = f"/beheer/snippets/blauwdrukken/synoniem/edit/{row.pk}/"
    assert send_change(client_of_secretary, url, {"woorden": "ziekte\nverzuim\ngriep"}).status_code == 302
    report = ship(("synoniemen.yaml", "[ziekte, ziekteverzuim, verzuim]", "[ziekte, verzuim]"))
    begun = Synoniem.objects.filter(woorden__startswith="ziekte\n").values_list("woorden", flat=True)
    assert list(begun) == ["ziekte\nverzuim\ngriep"]
    assert "synoniemen van ziekte" in report


def test_a_region_that_somebody_changed_stays_and_the_rest_follows(ship: Ship, client_of_secretary: Any) -> None:
    regio = Regio.objects.get(slug="midden-brabant")
    url = f"/beheer/snippets/regios/regio/edit/{regio.pk}/"
    data = fields_of(client_of_secretary.get(url).context["form"]) | {"aliassen": "Hart van Brabant"}
    assert send_change(client_of_secretary, url, data).status_code == 302
    ship(
        ("regios.yaml", "- naam: Midden-Brabant", "- naam: Brabant in het midden"),
        ("regios.yaml", "{naam: Heusden,", "{naam: Heusden aan de Maas,"),
    )
    regio.refresh_from_db()
    assert (regio.naam, regio.aliassen) == ("Midden-Brabant", "Hart van Brabant")
    assert Gemeente.objects.get(cbs_code="GM0797").naam == "Heusden aan de Maas"


def test_what_names_something_that_is_gone_is_reported_and_the_rest_goes_on(ship: Ship) -> None:
    thema = Thema.objects.get(slug="mobiliteitsdienstverlening")
    boxtel().themas.remove(thema)
    for entry in Blauwdruk.objects.filter(themas=thema):
        entry.themas.remove(thema)
        entry.save()
    thema.delete()
    report = ship(DOEL, (KACHELS, "soort: interview", "soort: tip"))
    assert "23-werkgeversbenadering-in-boxtel.yaml: themas: 'mobiliteitsdienstverlening' bestaat niet" in report
    assert "meer werkzoekenden" in boxtel().doel
    assert Verhaal.objects.get(slug="kachelwinkel-geeft-mensen-een-kans").soort == "tip"


@pytest.mark.parametrize(
    ("base", "now", "same"),
    [
        ([{"a": 1}], [{"a": 1, "new": ""}], True),
        ([{"a": 1}], [{"a": 2, "new": ""}], False),
        ([{"a": 1}], [], False),
        ([1, 2], [1, 2], True),
        ([1, 2], [1, 3], False),
        (None, "", True),
        ("x", "y", False),
    ],
)
def test_rows_that_only_got_a_column_are_the_same(base: Any, now: Any, same: bool) -> None:
    assert agree(base, now) is same
