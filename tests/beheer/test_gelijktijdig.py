"""Two people on one entry: nothing that somebody saved is written over unseen."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import WorkflowState

from blauwdrukken.beheer.gelijktijdig import Gelijktijdig
from blauwdrukken.beheer.verschillen import gelijkgezet
from blauwdrukken.models import Begrip, Blauwdruk, Kostenpost, Project, Thema, Verhaal
from kennisbank.models import Pagina, User
from regios.models import Gemeente, Provincie, Regio
from tests.beheer.mensen import beheer, client_van, ingevuld

ACTIES = ["", "action-publish", "action-submit", "action-workflow-action", "action-cancel-workflow"]


@pytest.fixture
def stuk(secretaris: User, maak_blauwdruk: Any) -> Blauwdruk:
    """A published blueprint with rows and themes."""
    entry = maak_blauwdruk(titel="Banenbus", slug="banenbus", doel="<p>Een bus.</p>", samenvatting="Oud.")
    entry.themas = [Thema.objects.get(slug="scholing")]
    entry.kosten = [Kostenpost(omschrijving="Brandstof", bedrag_van=Decimal(100))]
    entry.save()
    entry.save_revision(user=secretaris).publish(user=secretaris)
    return Blauwdruk.objects.get(pk=entry.pk)


class Scherm:
    """An editing screen that somebody opened."""

    def __init__(self, user: User, entry: Any, adres: str = "") -> None:
        self.client = client_van(user)
        self.adres = adres or f"{beheer(entry)}edit/{entry.pk}/"
        self.velden = ingevuld(self.client.get(self.adres).context["form"])

    def stuur(self, actie: str = "", **velden: Any) -> Any:
        gegevens = self.velden | velden | ({actie: "1"} if actie else {})
        return self.client.post(self.adres, gegevens)


def laatste(entry: Any) -> Any:
    return type(entry).objects.get(pk=entry.pk).get_latest_revision_as_object()


def tekst(antwoord: Any) -> str:
    return re.sub(r"[ \n]+", " ", antwoord.content.decode())


def opnieuw(scherm: Scherm, antwoord: Any, **velden: Any) -> Any:
    """Send the page with the choices, as it is shown."""
    keuzes = {f"keuze-{keuze.naam}": keuze.wie for keuze in antwoord.context["keuzes"]}
    return scherm.client.post(scherm.adres, ingevuld(antwoord.context["form"]) | keuzes | velden)


def gewijzigd(antwoord: Any) -> dict[str, str]:
    return {keuze.naam: keuze.wie for keuze in antwoord.context["keuzes"]}


@pytest.mark.parametrize("actie", ACTIES)
def test_every_button_is_refused_on_an_older_revision(
    secretaris: User, maak_user: Any, stuk: Blauwdruk, actie: str
) -> None:
    een, twee = Scherm(secretaris, stuk), Scherm(secretaris, stuk)
    assert een.stuur(samenvatting="Van de eerste.").status_code == 302
    voor = Blauwdruk.objects.get(pk=stuk.pk)
    antwoord = twee.stuur(actie, samenvatting="Van de tweede.")
    na = Blauwdruk.objects.get(pk=stuk.pk)
    assert antwoord.status_code == 409
    assert na.latest_revision_id == voor.latest_revision_id
    assert na.live_revision_id == voor.live_revision_id
    assert not WorkflowState.objects.exists()
    assert laatste(stuk).samenvatting == "Van de eerste."
    assert "Van de tweede." in tekst(antwoord)


def test_taking_back_or_approving_on_an_older_revision_leaves_the_review_as_it_was(
    bewerk: Any, coordinator: User, secretaris: User, concept: Blauwdruk
) -> None:
    bewerk(coordinator, concept, "action-submit")
    auteur, collega, ander = Scherm(coordinator, concept), Scherm(secretaris, concept), Scherm(secretaris, concept)
    collega.stuur(samenvatting="Verbeterd.")
    goedkeuren = {"workflow-action-name": "approve", "workflow-action-extra-data": json.dumps({})}
    assert auteur.stuur("action-cancel-workflow").status_code == 409
    assert ander.stuur("action-workflow-action", **goedkeuren).status_code == 409
    concept.refresh_from_db()
    assert concept.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    assert not concept.live


def test_the_page_says_who_saved_and_what_differs(secretaris: User, coordinator: User, stuk: Blauwdruk) -> None:
    een, twee = Scherm(secretaris, stuk), Scherm(secretaris, stuk)
    een.stuur(samenvatting="Een nieuwe bus.")
    html = tekst(twee.stuur(samenvatting="Een oude bus."))
    assert "<strong>Saskia</strong> heeft dit bewaard op" in html
    assert '<span class="deletion">nieuwe' in html
    assert '<span class="addition">oude' in html
    assert "w-autosave#save" not in html


def test_saving_again_keeps_the_own_text(secretaris: User, stuk: Blauwdruk) -> None:
    een, twee = Scherm(secretaris, stuk), Scherm(secretaris, stuk)
    een.stuur(samenvatting="Van de eerste.")
    antwoord = twee.stuur(samenvatting="Van de tweede.")
    assert opnieuw(twee, antwoord).status_code == 302
    assert laatste(stuk).samenvatting == "Van de tweede."
    assert "Van de eerste." in {revision.as_object().samenvatting for revision in stuk.revisions.all()}


def test_what_only_the_other_changed_stays_as_the_other_saved_it(secretaris: User, stuk: Blauwdruk) -> None:
    een, twee = Scherm(secretaris, stuk), Scherm(secretaris, stuk)
    matching = Thema.objects.get(slug="matching")
    een.stuur(titel="Banentrein", themas=[matching.pk], **{"kosten-0-omschrijving": "Stroom"})
    antwoord = twee.stuur(samenvatting="Van de tweede.")
    assert gewijzigd(antwoord) == {"titel": "hun", "themas": "hun", "kosten": "hun", "samenvatting": "uw"}
    assert opnieuw(twee, antwoord).status_code == 302
    nu = laatste(stuk)
    assert (nu.titel, nu.samenvatting) == ("Banentrein", "Van de tweede.")
    assert [thema.slug for thema in nu.themas.all()] == ["matching"]
    assert [post.omschrijving for post in nu.kosten.all()] == ["Stroom"]


@pytest.mark.parametrize(("wie", "verwacht"), [("uw", ["Mijn rij"]), ("hun", ["Stroom", "Hun rij"])])
def test_of_rows_one_version_stays_and_not_a_mix(
    secretaris: User, stuk: Blauwdruk, wie: str, verwacht: list[str]
) -> None:
    een, twee = Scherm(secretaris, stuk), Scherm(secretaris, stuk)
    rij = {"kosten-TOTAL_FORMS": "2", "kosten-1-omschrijving": "Hun rij", "kosten-1-ORDER": "2", "kosten-1-id": ""}
    een.stuur(**{"kosten-0-omschrijving": "Stroom"} | rij)
    antwoord = twee.stuur(**{"kosten-0-omschrijving": "Mijn rij"})
    assert opnieuw(twee, antwoord, **{"keuze-kosten": wie}).status_code == 302
    assert [post.omschrijving for post in laatste(stuk).kosten.all()] == verwacht


def test_rows_that_the_other_deleted_can_be_kept(secretaris: User, concept: Blauwdruk) -> None:
    concept.kosten = [Kostenpost(omschrijving="Brandstof"), Kostenpost(omschrijving="Band")]
    concept.save()
    concept.save_revision(user=secretaris)
    een, twee = Scherm(secretaris, concept), Scherm(secretaris, concept)
    een.stuur(**{"kosten-0-DELETE": "on"})
    assert [post.omschrijving for post in Blauwdruk.objects.get(pk=concept.pk).kosten.all()] == ["Band"]
    antwoord = twee.stuur(**{"kosten-1-omschrijving": "Banden"})
    assert gewijzigd(antwoord) == {"kosten": "uw"}
    opnieuw(twee, antwoord)
    assert [post.omschrijving for post in Blauwdruk.objects.get(pk=concept.pk).kosten.all()] == ["Brandstof", "Banden"]


def test_a_third_save_in_between_asks_again(secretaris: User, stuk: Blauwdruk) -> None:
    een, twee = Scherm(secretaris, stuk), Scherm(secretaris, stuk)
    een.stuur(samenvatting="Een.")
    antwoord = twee.stuur(samenvatting="Twee.")
    Scherm(secretaris, stuk).stuur(samenvatting="Drie.")
    antwoord = opnieuw(twee, antwoord)
    assert antwoord.status_code == 409
    assert laatste(stuk).samenvatting == "Drie."
    assert opnieuw(twee, antwoord).status_code == 302
    assert laatste(stuk).samenvatting == "Twee."


def test_a_mistake_in_the_form_keeps_the_choices(secretaris: User, stuk: Blauwdruk) -> None:
    een, twee = Scherm(secretaris, stuk), Scherm(secretaris, stuk)
    een.stuur(titel="Banentrein")
    antwoord = opnieuw(twee, twee.stuur(samenvatting="Twee."), laatst_gewijzigd="geen datum")
    assert antwoord.status_code == 409
    assert gewijzigd(antwoord)["titel"] == "hun"
    assert "geen datum" in tekst(antwoord)
    assert opnieuw(twee, antwoord, laatst_gewijzigd="").status_code == 302
    assert (laatste(stuk).titel, laatste(stuk).samenvatting) == ("Banentrein", "Twee.")


def test_a_save_that_does_not_say_on_what_it_was_made_is_refused(secretaris: User, stuk: Blauwdruk) -> None:
    scherm = Scherm(secretaris, stuk)
    del scherm.velden["loaded_revision_id"], scherm.velden["loaded_revision_created_at"]
    assert scherm.stuur(samenvatting="Blind.").status_code == 409
    assert laatste(stuk).samenvatting == "Oud."


@pytest.mark.parametrize("vreemd", ["0", "-1", "x", "9" * 30])
def test_a_strange_revision_is_refused(secretaris: User, stuk: Blauwdruk, vreemd: str) -> None:
    scherm = Scherm(secretaris, stuk)
    assert scherm.stuur(loaded_revision_id=vreemd, samenvatting="Blind.").status_code == 409
    assert scherm.stuur(overwrite_revision_id=vreemd, samenvatting="Blind.").status_code == 409


def test_of_an_entry_without_history_the_second_save_is_refused(secretaris: User, maak_blauwdruk: Any) -> None:
    entry = maak_blauwdruk(titel="Banenbus", slug="banenbus")
    een, twee = Scherm(secretaris, entry), Scherm(secretaris, entry)
    assert een.stuur(samenvatting="Een.").status_code == 302
    assert twee.stuur(samenvatting="Twee.").status_code == 409
    assert laatste(entry).samenvatting == "Een."


@pytest.mark.parametrize("json_", [False, True])
def test_a_save_at_the_same_moment_is_refused(
    secretaris: User, stuk: Blauwdruk, monkeypatch: pytest.MonkeyPatch, json_: bool
) -> None:
    """The other saves after the check and before the save."""
    scherm, form_valid = Scherm(secretaris, stuk), Gelijktijdig.form_valid

    def eerst_de_ander(view: Any, form: Any) -> Any:
        monkeypatch.setattr(Gelijktijdig, "form_valid", form_valid)
        ander = laatste(stuk)
        ander.samenvatting = "Van de ander."
        ander.save_revision(user=secretaris)
        return view.form_valid(form)

    monkeypatch.setattr(Gelijktijdig, "form_valid", eerst_de_ander)
    kop = {"Accept": "application/json" if json_ else "text/html"}
    antwoord = scherm.client.post(scherm.adres, scherm.velden | {"samenvatting": "Van mij."}, headers=kop)
    assert antwoord.status_code == (400 if json_ else 409)
    assert laatste(stuk).samenvatting == "Van de ander."
    assert json_ or opnieuw(scherm, antwoord).status_code == 302
    assert laatste(stuk).samenvatting == ("Van de ander." if json_ else "Van mij.")


def test_autosave_of_somebody_else_is_seen_too(secretaris: User, stuk: Blauwdruk) -> None:
    """Autosave writes over its own revision: the number stays the same, the moment does not."""
    een = Scherm(secretaris, stuk)
    eerste = een.client.post(een.adres, een.velden | {"samenvatting": "Half"}, HTTP_ACCEPT="application/json").json()
    twee = Scherm(secretaris, stuk)
    over = een.velden | {"samenvatting": "Half af.", "overwrite_revision_id": eerste["revision_id"]}
    assert een.client.post(een.adres, over, HTTP_ACCEPT="application/json").json()["success"]
    vanzelf = twee.client.post(twee.adres, twee.velden, HTTP_ACCEPT="application/json")
    assert vanzelf.status_code == 400
    assert "Klik op Bewaar concept om te kiezen." in vanzelf.json()["error_message"]
    assert twee.stuur(samenvatting="Twee.").status_code == 409
    assert laatste(stuk).samenvatting == "Half af."


def test_restoring_a_version_is_refused_when_somebody_saved_meanwhile(secretaris: User, stuk: Blauwdruk) -> None:
    oud = stuk.latest_revision_id
    Scherm(secretaris, stuk).stuur(samenvatting="Nieuw.")
    terug = Scherm(secretaris, stuk, f"{beheer(stuk)}history/{stuk.pk}/revisions/{oud}/revert/")
    Scherm(secretaris, stuk).stuur(samenvatting="Nieuwer.")
    antwoord = terug.stuur()
    assert antwoord.status_code == 409
    assert laatste(stuk).samenvatting == "Nieuwer."
    assert opnieuw(terug, antwoord, **{"keuze-samenvatting": "uw"}).status_code == 302
    assert laatste(stuk).samenvatting == "Oud."


def test_who_is_locked_out_gets_no_fresh_form_to_save_over_the_other(secretaris: User, stuk: Blauwdruk) -> None:
    een, twee = Scherm(secretaris, stuk), Scherm(secretaris, stuk)
    een.stuur(samenvatting="Een.")
    stuk.refresh_from_db()
    stuk.locked, stuk.locked_by = True, User.objects.create_user("ander")
    stuk.save(update_fields=["locked", "locked_by"])
    antwoord = twee.stuur(samenvatting="Twee.")
    assert antwoord.status_code == 409
    assert "De tekst is op slot." in tekst(antwoord)
    assert "Bewaar met deze keuzes" not in tekst(antwoord)
    assert "Twee." in tekst(antwoord)


MAKERS: list[Callable[[], Any]] = [
    lambda: Project.objects.create(titel="Bus", slug="bus", live=True),
    lambda: Verhaal.objects.create(titel="Bus", slug="bus", intro="Bus"),
    lambda: Pagina.objects.create(titel="Bus", slug="bus", live=True),
]


@pytest.mark.parametrize("maak", MAKERS)
def test_projects_stories_and_pages_are_guarded_too(secretaris: User, maak: Callable[[], Any]) -> None:
    entry = maak()
    entry.save_revision(user=secretaris)
    een, twee = Scherm(secretaris, entry), Scherm(secretaris, entry)
    assert een.stuur(titel="Trein").status_code == 302
    antwoord = twee.stuur(titel="Tram")
    assert antwoord.status_code == 409
    assert laatste(entry).titel == "Trein"
    assert opnieuw(twee, antwoord).status_code == 302
    assert laatste(entry).titel == "Tram"


@pytest.mark.parametrize(
    ("een", "twee", "gelijk"),
    [
        ("<p><strong>a</strong></p>", '<p data-block-key="x1y2z">\n<b>a</b></p>', True),
        ("<p>a &amp; <em>b</em></p>", "<p>a &amp; <i>b</i></p>", True),
        ("<p>a</p>", "<p>b</p>", False),
        ("<p>a</p>", "<h3>a</h3>", False),
    ],
)
def test_only_what_an_editor_changed_counts_as_a_difference(een: str, twee: str, gelijk: bool) -> None:
    assert (gelijkgezet(een) == gelijkgezet(twee)) is gelijk


def test_who_else_has_the_entry_open_is_told(secretaris: User, coordinator: User, concept: Blauwdruk) -> None:
    eerste = client_van(secretaris).get(f"{beheer(concept)}edit/{concept.pk}/").context["editing_sessions"]
    collega = client_van(coordinator)
    collega.get(f"{beheer(concept)}edit/{concept.pk}/")
    html = client_van(secretaris).post(eerste.ping_url).json()["html"]
    assert "Carla" in html
    assert Client().post(eerste.ping_url).status_code == 302


def test_approving_what_changed_after_it_was_sent_in_asks_to_read_it_first(
    bewerk: Any, coordinator: User, secretaris: User, concept: Blauwdruk
) -> None:
    bewerk(coordinator, concept, "action-submit")
    taak = concept.current_workflow_task_state
    adres = f"{beheer(concept)}workflow/action/{concept.pk}/approve/{taak.pk}/"
    bewerk(secretaris, concept, samenvatting="Na het indienen veranderd.")
    antwoord = client_van(secretaris).post(adres, {"comment": ""})
    concept.refresh_from_db()
    assert antwoord.status_code == 409
    assert "Lees hem eerst." in tekst(antwoord)
    assert not concept.live
    bewerk(secretaris, concept, "action-workflow-action", **{"workflow-action-name": "approve"})
    concept.refresh_from_db()
    assert concept.live
    assert concept.samenvatting == "Na het indienen veranderd."


def test_approving_what_did_not_change_publishes_it(
    bewerk: Any, coordinator: User, secretaris: User, concept: Blauwdruk
) -> None:
    bewerk(coordinator, concept, "action-submit")
    taak = concept.current_workflow_task_state
    client_van(secretaris).post(f"{beheer(concept)}workflow/action/{concept.pk}/approve/{taak.pk}/", {"comment": ""})
    concept.refresh_from_db()
    assert concept.live


WOORDEN: list[tuple[str, dict[str, Any]]] = [
    ("thema", {"naam": "Busthema", "slug": "busthema", "uitleg": "Oud."}),
    ("doelgroep", {"naam": "Busgroep", "slug": "busgroep", "uitleg": "Oud."}),
    ("programma", {"naam": "Busplan", "slug": "busplan", "uitleg": "Oud.", "jaar_van": 2020}),
    ("organisatie", {"naam": "Busbedrijf", "omschrijving": "Oud."}),
    ("begrip", {"term": "Busterm", "slug": "busterm", "uitleg": "Oud."}),
    ("synoniem", {"woorden": "bus\nautobus"}),
]


@pytest.mark.parametrize(("soort", "waarden"), WOORDEN)
def test_of_two_who_change_the_same_word_the_second_gets_to_choose(
    secretaris: User, coordinator: User, soort: str, waarden: dict[str, Any]
) -> None:
    entry = apps.get_model("blauwdrukken", soort).objects.create(**waarden)
    veld = next(naam for naam in ("uitleg", "omschrijving", "woorden") if naam in waarden)
    een, twee = Scherm(secretaris, entry), Scherm(secretaris, entry)
    assert een.stuur(**{veld: "bus\ntrein"}).status_code == 302
    antwoord = twee.stuur(**{veld: "bus\ntram"})
    entry.refresh_from_db()
    assert antwoord.status_code == 409
    assert getattr(entry, veld).splitlines() == ["bus", "trein"]
    assert "<strong>Saskia</strong> heeft dit bewaard op" in tekst(antwoord)
    assert gewijzigd(antwoord) == {veld: "uw"}
    assert opnieuw(twee, antwoord).status_code == 302
    entry.refresh_from_db()
    assert getattr(entry, veld).splitlines() == ["bus", "tram"]


def test_of_a_word_what_only_the_other_changed_stays(secretaris: User) -> None:
    begrip = Begrip.objects.create(term="Busterm", slug="busterm", uitleg="Oud.", voluit="Oud")
    een, twee = Scherm(secretaris, begrip), Scherm(secretaris, begrip)
    een.stuur(uitleg="Van de eerste.")
    antwoord = twee.stuur(voluit="Van de tweede")
    assert gewijzigd(antwoord) == {"uitleg": "hun", "voluit": "uw"}
    assert opnieuw(twee, antwoord).status_code == 302
    begrip.refresh_from_db()
    assert (begrip.uitleg, begrip.voluit) == ("Van de eerste.", "Van de tweede")


def test_of_a_word_a_third_save_in_between_asks_again(secretaris: User) -> None:
    begrip = Begrip.objects.create(term="Busterm", slug="busterm", uitleg="Oud.")
    een, twee = Scherm(secretaris, begrip), Scherm(secretaris, begrip)
    een.stuur(uitleg="Een.")
    antwoord = twee.stuur(uitleg="Twee.")
    Scherm(secretaris, begrip).stuur(uitleg="Drie.")
    assert opnieuw(twee, antwoord).status_code == 409
    begrip.refresh_from_db()
    assert begrip.uitleg == "Drie."


def test_choices_of_a_region_are_compared_too(secretaris: User) -> None:
    regio = Regio.objects.get(slug="zeeland")
    eerst = list(regio.provincies.all())
    utrecht, drenthe = Provincie.objects.get(naam="Utrecht"), Provincie.objects.get(naam="Drenthe")
    een, twee = Scherm(secretaris, regio), Scherm(secretaris, regio)
    assert een.stuur(provincies=[utrecht.pk]).status_code == 302
    antwoord = twee.stuur(provincies=[drenthe.pk])
    assert antwoord.status_code == 409
    assert eerst != list(regio.provincies.all()) == [utrecht]
    assert '<span class="deletion">Utrecht</span>, <span class="addition">Drenthe</span>' in tekst(antwoord)
    assert opnieuw(twee, antwoord).status_code == 302
    assert list(regio.provincies.all()) == [drenthe]


def test_a_municipality_is_guarded_too(secretaris: User) -> None:
    gemeente = Gemeente.objects.all()[0]
    een, twee = Scherm(secretaris, gemeente), Scherm(secretaris, gemeente)
    assert een.stuur(aliassen="Bus").status_code == 302
    assert twee.stuur(aliassen="Tram").status_code == 409
    gemeente.refresh_from_db()
    assert gemeente.aliassen == "Bus"


def test_saving_an_unchanged_word_twice_is_no_conflict(secretaris: User) -> None:
    begrip = Begrip.objects.create(term="Busterm", slug="busterm", uitleg="Oud.")
    een, twee = Scherm(secretaris, begrip), Scherm(secretaris, begrip)
    assert een.stuur().status_code == 302
    assert twee.stuur(uitleg="Nieuw.").status_code == 302


@pytest.mark.parametrize("vreemd", ["", "x", "WzEse31d:vals", "é\x00"])
def test_a_form_of_a_word_that_does_not_say_on_what_it_was_made_is_refused(secretaris: User, vreemd: str) -> None:
    begrip = Begrip.objects.create(term="Busterm", slug="busterm", uitleg="Oud.")
    scherm = Scherm(secretaris, begrip)
    antwoord = scherm.stuur(uitleg="Blind.", geladen=vreemd)
    begrip.refresh_from_db()
    assert antwoord.status_code == 409
    assert begrip.uitleg == "Oud."
    assert gewijzigd(antwoord) == {"uitleg": "uw"}
    assert opnieuw(scherm, antwoord).status_code == 302


def test_two_who_change_the_same_account_do_not_lose_what_the_first_saved(secretaris: User, maak_user: Any) -> None:
    collega = maak_user("Werkgeversorganisatie", email="c@voorbeeld.nl", first_name="Chris", last_name="Vos")
    adres = f"/beheer/users/edit/{collega.pk}/"
    een, twee = Scherm(secretaris, collega, adres), Scherm(secretaris, collega, adres)
    rol = Group.objects.get(name="Secretariaat")
    assert een.stuur(groups=[rol.pk]).status_code == 302
    antwoord = twee.stuur(last_name="Vos-Bos")
    assert antwoord.status_code == 409
    assert gewijzigd(antwoord) == {"groups": "hun", "last_name": "uw"}
    assert "Rollen" in tekst(antwoord)
    assert opnieuw(twee, antwoord).status_code == 302
    collega.refresh_from_db()
    assert collega.last_name == "Vos-Bos"
    assert list(collega.groups.all()) == [rol]


def trek_in(user: User, entry: Any) -> Any:
    return client_van(user).post(f"{beheer(entry)}unpublish/{entry.pk}/", {"reden": "De regeling stopt."})


def plan(user: User, entry: Any) -> None:
    entry.go_live_at = timezone.now() + timedelta(days=1)
    entry.save_revision(user=user).publish(user=user)


@pytest.mark.parametrize("actie", ["", "action-publish", "action-submit"])
def test_what_was_withdrawn_meanwhile_is_not_published_again_unseen(
    secretaris: User, coordinator: User, stuk: Blauwdruk, actie: str
) -> None:
    scherm = Scherm(secretaris, stuk)
    assert trek_in(secretaris, stuk).status_code == 302
    antwoord = scherm.stuur(actie, samenvatting="Nog steeds waar.")
    assert antwoord.status_code == 409
    assert Client().get("/blauwdrukken/banenbus/").status_code == 410
    for deel in ("Saskia: Ingetrokken – De regeling stopt.", "De tekst staat nu niet op de site.", "Nog steeds waar."):
        assert deel in tekst(antwoord)
    assert "Hun versie" not in tekst(antwoord)
    assert scherm.client.post(scherm.adres, ingevuld(antwoord.context["form"])).status_code == 302
    assert laatste(stuk).samenvatting == "Nog steeds waar."
    assert not Blauwdruk.objects.get(pk=stuk.pk).live


def test_what_expired_meanwhile_is_not_published_again_unseen(secretaris: User, stuk: Blauwdruk) -> None:
    scherm = Scherm(secretaris, stuk)
    Blauwdruk.objects.filter(pk=stuk.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    antwoord = scherm.stuur("action-publish")
    assert antwoord.status_code == 409
    assert "vanzelf:" in tekst(antwoord)
    assert not Blauwdruk.objects.get(pk=stuk.pk).live


def test_a_new_entry_that_saved_itself_goes_on_until_somebody_else_does_something(
    secretaris: User, stuk: Blauwdruk
) -> None:
    """Its form knows of its own revision before it knows the rest."""
    scherm = Scherm(secretaris, stuk)
    scherm.stuur(samenvatting="Een.")
    vanzelf = {"overwrite_revision_id": str(Blauwdruk.objects.get(pk=stuk.pk).latest_revision_id)}
    for naam in ("geladen", "loaded_revision_id", "loaded_revision_created_at"):
        del scherm.velden[naam]
    assert scherm.stuur(**vanzelf, samenvatting="Twee.").status_code == 302
    laatste(stuk).latest_revision.publish(user=secretaris)
    na = Blauwdruk.objects.get(pk=stuk.pk)
    bewaard = na.get_latest_revision_as_object().save_revision(user=secretaris)
    trek_in(secretaris, stuk)
    assert scherm.stuur("action-publish", overwrite_revision_id=str(bewaard.pk)).status_code == 409
    assert not Blauwdruk.objects.get(pk=stuk.pk).live


def test_what_one_form_was_made_on_counts_for_no_other(secretaris: User) -> None:
    een, twee = (Begrip.objects.create(term=naam, slug=naam, uitleg="Oud.") for naam in ("bus-a", "bus-b"))
    scherm = Scherm(secretaris, een)
    assert Scherm(secretaris, twee).stuur(geladen=scherm.velden["geladen"]).status_code == 409


def test_autosave_stops_once_somebody_withdrew_the_entry(secretaris: User, stuk: Blauwdruk) -> None:
    scherm = Scherm(secretaris, stuk)
    trek_in(secretaris, stuk)
    antwoord = scherm.client.post(
        scherm.adres, scherm.velden | {"samenvatting": "Half"}, HTTP_ACCEPT="application/json"
    )
    assert antwoord.status_code == 400
    assert laatste(stuk).samenvatting == "Oud."


def test_a_withdrawal_at_the_same_moment_is_seen(
    secretaris: User, stuk: Blauwdruk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other withdraws after the check and before the save."""
    scherm, form_valid = Scherm(secretaris, stuk), Gelijktijdig.form_valid

    def eerst_de_ander(view: Any, form: Any) -> Any:
        monkeypatch.setattr(Gelijktijdig, "form_valid", form_valid)
        trek_in(secretaris, stuk)
        return view.form_valid(form)

    monkeypatch.setattr(Gelijktijdig, "form_valid", eerst_de_ander)
    assert scherm.stuur("action-publish").status_code == 409
    assert not Blauwdruk.objects.get(pk=stuk.pk).live


def test_who_writes_on_is_told_that_somebody_approved_or_returned_it(
    bewerk: Any, coordinator: User, secretaris: User, concept: Blauwdruk
) -> None:
    bewerk(coordinator, concept, "action-submit")
    auteur = Scherm(coordinator, concept)
    taak = concept.current_workflow_task_state
    adres = f"{beheer(concept)}workflow/action/{concept.pk}/approve/{taak.pk}/"
    client_van(secretaris).post(adres, {"comment": ""})
    antwoord = auteur.stuur(samenvatting="Nog beter.")
    assert antwoord.status_code == 409
    assert "De tekst staat nu op de site." in tekst(antwoord)
    assert "Nog beter." in tekst(antwoord)


@pytest.mark.parametrize("wat", ["publiceer", "plan", "ontplan", "zet terug"])
def test_what_another_does_to_the_entry_counts_as_a_change(secretaris: User, stuk: Blauwdruk, wat: str) -> None:
    concept = laatste(stuk)
    concept.samenvatting = "Nieuw."
    revision = concept.save_revision(user=secretaris)
    if wat == "ontplan":
        plan(secretaris, laatste(stuk))
    scherm = Scherm(secretaris, stuk)
    if wat == "publiceer":
        revision.publish(user=secretaris)
    elif wat == "plan":
        plan(secretaris, laatste(stuk))
    elif wat == "ontplan":
        gepland = Blauwdruk.objects.get(pk=stuk.pk).scheduled_revision
        client_van(secretaris).post(f"{beheer(stuk)}history/{stuk.pk}/revisions/{gepland.pk}/unschedule/")
    else:
        terug = Scherm(secretaris, stuk, f"{beheer(stuk)}history/{stuk.pk}/revisions/{stuk.live_revision_id}/revert/")
        assert terug.stuur().status_code == 302
    voor = Blauwdruk.objects.get(pk=stuk.pk)
    assert scherm.stuur("action-publish", samenvatting="Van mij.").status_code == 409
    na = Blauwdruk.objects.get(pk=stuk.pk)
    assert (na.latest_revision_id, na.live_revision_id) == (voor.latest_revision_id, voor.live_revision_id)


def test_approving_what_was_withdrawn_after_it_was_sent_in_asks_to_read_it_first(
    secretaris: User, stuk: Blauwdruk
) -> None:
    Scherm(secretaris, stuk).stuur("action-submit", samenvatting="Nieuw.")
    stuk.refresh_from_db()
    taak = stuk.current_workflow_task_state
    trek_in(secretaris, stuk)
    adres = f"{beheer(stuk)}workflow/action/{stuk.pk}/approve/{taak.pk}/"
    assert client_van(secretaris).post(adres, {"comment": ""}).status_code == 409
    assert not Blauwdruk.objects.get(pk=stuk.pk).live
