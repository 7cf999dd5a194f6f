"""What a coordinator sees of other regions: what is published, and nothing of drafts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from blauwdrukken.beheer.publication.withdraw import withdraw
from blauwdrukken.models import Blauwdruk, Project, Thema, Verhaal
from kennisbank.models import User
from regios.models import Regio
from tests.beheer.entries import SECRET, create_entry, submit_for_review

LIST_URL = "/beheer/snippets/blauwdrukken/{}/"


@pytest.fixture
def regios() -> list[Regio]:
    return list(Regio.objects.all()[:2])


@pytest.fixture(params=[Blauwdruk, Project])
def model(request: Any) -> Any:
    return request.param


@pytest.fixture
def entries(model: Any, regios: list[Regio]) -> dict[str, Any]:
    """An own draft, and of another region an entry with a newer draft, a draft, and one that has expired."""
    expired = create_entry(model, "verlopen", regios[1])
    model.objects.filter(pk=expired.pk).update(expire_at="2026-01-01T00:00Z", titel=f"{SECRET} verlopen")
    return {
        "eigen": create_entry(model, "eigen", regios[0], live=False, word="Eigenwoord"),
        "ander": create_entry(model, "zandhaas", regios[1]),
        "concept": create_entry(model, "concept", regios[1], live=False),
        "verlopen": expired,
    }


@pytest.fixture
def coordinator(client_as: Any, regios: list[Regio], entries: Any) -> Client:
    return client_as("Regiocoördinator", regios[0])


def list_url(model: Any) -> str:
    return LIST_URL.format(model._meta.model_name)


def pages(model: Any) -> Iterable[int]:
    """Numbers of all pages of a list, and of one that is not there."""
    return range(1, model.objects.count() // 10 + 2)


@pytest.mark.parametrize("zoek", ["", SECRET, "zandhaas", "verlopen"])
def test_the_list_and_its_search_show_what_is_published_and_ones_own(
    coordinator: Client, model: Any, zoek: str
) -> None:
    seen = ""
    for page in pages(model):
        seen += coordinator.get(list_url(model), {"q": zoek, "p": str(page)}).content.decode().replace(f'"{zoek}"', "")
    assert f"{SECRET} " not in seen
    assert "Eigenwoord eigen" in coordinator.get(list_url(model), {"q": "Eigenwoord"}).content.decode()
    assert "Zandhaas" in coordinator.get(list_url(model), {"q": "zandhaas"}).content.decode()


def test_the_list_leads_to_editing_only_where_one_may_edit(coordinator: Client, model: Any, entries: Any) -> None:
    html = "".join(coordinator.get(list_url(model), {"p": page}).content.decode() for page in pages(model))
    assert f"{list_url(model)}edit/{entries['eigen'].pk}/" in html
    assert f"{list_url(model)}edit/{entries['ander'].pk}/" not in html
    assert f"{list_url(model)}inspect/{entries['ander'].pk}/" in html
    assert f"{list_url(model)}delete/" not in html


def test_an_export_holds_what_the_list_shows(coordinator: Client, client_as: Any, model: Any) -> None:
    def rows(client: Client) -> int:
        return b"".join(client.get(list_url(model), {"export": "csv"})).count(b"\r\n") - 1

    assert rows(client_as("Secretariaat")) == model.objects.count()
    assert rows(coordinator) == model.objects.published().count() + 1


def test_a_chooser_offers_what_is_published_and_ones_own(coordinator: Client, model: Any, entries: Any) -> None:
    chooser = f"/beheer/snippets/choose/blauwdrukken/{model._meta.model_name}/"
    for page in pages(model):
        response = coordinator.get(f"{chooser}results/", {"p": page})
        assert response.status_code == 404 or SECRET not in response.content.decode()
    chosen = coordinator.get(f"{chooser}chosen-multiple/", {"id": [entry.pk for entry in entries.values()]}).json()
    assert {row["string"] for row in chosen["result"]} == {"Zandhaas", "Eigenwoord eigen"}


def test_reading_screens_show_the_published_version_of_others(coordinator: Client, model: Any, entries: Any) -> None:
    for screen in ("inspect", "history", "usage"):
        html = coordinator.get(f"{list_url(model)}{screen}/{entries['ander'].pk}/").content.decode()
        assert "Zandhaas" in html
        assert SECRET not in html
        assert f"{list_url(model)}edit/" not in html
    for screen in ("inspect", "history", "usage"):
        assert "Eigenwoord" in coordinator.get(f"{list_url(model)}{screen}/{entries['eigen'].pk}/").content.decode()


def test_the_history_of_others_tells_only_when_they_were_published_and_withdrawn(
    coordinator: Client, model: Any, entries: Any, create_user: Any
) -> None:
    saskia = create_user("Secretariaat", first_name="Saskia", username="saskia")
    for name in ("eigen", "ander"):
        entry = entries[name]
        entry.titel = "Zandhaas, eigenwoord"
        entry.save_revision(user=saskia, log_action=True)
        submit_for_review(entry, saskia)
        entry.current_workflow_task_state.reject(user=saskia, comment="Nog niet af.")
        entry.save_revision(user=saskia, log_action=True).publish(user=saskia)
        withdraw(entry, saskia, "De regeling stopt.")
        entry.save_revision().publish(user=saskia)
    lines = {
        name: lines_of(coordinator.get(f"{list_url(model)}history/{entries[name].pk}/")) for name in ("eigen", "ander")
    }
    assert set(lines["ander"]) == {"wagtail.publish", "wagtail.unpublish"}
    assert {"wagtail.edit", "wagtail.workflow.start", "wagtail.workflow.reject"} <= set(lines["eigen"])
    html = coordinator.get(f"{list_url(model)}history/{entries['ander'].pk}/").content.decode()
    assert "De regeling stopt." in html
    assert "Nog niet af." not in html


def lines_of(response: Any) -> list[str]:
    """What happened, according to the lines of a history screen."""
    return [line.action for line in response.context["object_list"]]


def test_published_versions_of_others_are_compared_and_their_drafts_are_not(
    coordinator: Client, model: Any, entries: Any
) -> None:
    entry = entries["ander"]
    first = entry.live_revision_id
    entry.titel = "Zandhaas, tweede druk"
    second = entry.save_revision()
    second.publish()
    draft = entry.revisions.exclude(pk__in=[first, second.pk]).get()
    url = f"{list_url(model)}history/{entry.pk}/revisions/"
    assert "tweede druk" in coordinator.get(f"{url}compare/{first}...{second.pk}/").content.decode()
    assert coordinator.get(f"{url}{first}/view/").status_code == 200
    for forbidden in (f"compare/{first}...{draft.pk}/", "compare/live...latest/", f"{draft.pk}/view/"):
        assert coordinator.get(url + forbidden).status_code == 302, forbidden


def test_a_published_version_that_was_written_over_afterwards_is_a_draft(
    coordinator: Client, model: Any, entries: Any
) -> None:
    entry = entries["ander"]
    versie = entry.save_revision()
    versie.publish()
    versie.content["titel"] = f"{SECRET} overschreven"
    versie.created_at = timezone.now()
    versie.save()
    url = f"{list_url(model)}history/{entry.pk}/revisions/{versie.pk}/view/"
    response = coordinator.get(url, follow=True)
    assert response.redirect_chain == [("/beheer/", 302)]
    assert SECRET not in response.content.decode()


def test_the_start_screen_shows_nothing_of_a_region_that_is_no_longer_ones_own(
    coordinator: Client, model: Any, regios: list[Regio], entries: Any
) -> None:
    user = User.objects.get(regios=regios[0])
    submit_for_review(entries["eigen"], user)
    assert "Eigenwoord" in coordinator.get(list_url(model), {"q": "Eigenwoord"}).content.decode()
    user.regios.clear()
    assert "Eigenwoord" not in coordinator.get("/beheer/").content.decode()


def test_deleting_many_names_only_what_one_may_know_of(client_as: Any, coordinator: Client, model: Any) -> None:
    url = f"/beheer/bulk/blauwdrukken/{model._meta.model_name}/delete/?id=all"
    assert coordinator.post(url)["Location"] == "/beheer/"
    assert model.objects.filter(slug="concept").exists()
    assert SECRET in client_as("Secretariaat").get(url).content.decode()


def test_somebody_of_an_organisation_sees_no_blueprints_or_projects(client_as: Any, entries: Any, model: Any) -> None:
    werkgever = client_as("Werkgeversorganisatie", *Regio.objects.all())
    for screen in ("", f"inspect/{entries['ander'].pk}/", f"edit/{entries['ander'].pk}/", "add/"):
        assert werkgever.get(list_url(model) + screen)["Location"] == "/beheer/"
    assert f"{list_url(model)}" not in werkgever.get("/beheer/").content.decode()


def test_a_form_takes_no_draft_of_others_and_keeps_what_was_chosen_before(
    client_as: Any, create_user: Any, regios: list[Regio]
) -> None:
    draft = create_entry(Blauwdruk, "concept", regios[1], live=False)
    linked = create_entry(Blauwdruk, "gekoppeld", regios[1], live=False)
    public = create_entry(Blauwdruk, "openbaar", regios[1])
    project = Project(titel="Eigen project", slug="eigen-project", blauwdruk=linked)
    project.regios = [regios[0]]
    project.save()
    form = Project.snippet_viewset.get_form_class()(instance=project, for_user=create_user("Regiocoördinator"))
    choices = set(form.fields["blauwdruk"].queryset)
    assert {public, linked} <= choices
    assert draft not in choices


def test_somebody_of_an_organisation_works_on_the_stories_they_own_and_on_no_other(
    client_as: Any, regios: list[Regio]
) -> None:
    werkgever = client_as("Werkgeversorganisatie", regios[0])
    user = User.objects.get(groups__name="Werkgeversorganisatie")
    own = create_entry(Verhaal, "eigen", regios[1], user, live=False, word="Eigenwoord")
    others = [create_entry(Verhaal, "zandhaas", regios[0]), create_entry(Verhaal, "concept", regios[0], live=False)]
    html = werkgever.get(list_url(Verhaal)).content.decode()
    assert f"{list_url(Verhaal)}edit/{own.pk}/" in html
    assert "Zandhaas" not in html
    for screen in ("edit", "inspect", "history"):
        assert werkgever.get(f"{list_url(Verhaal)}{screen}/{own.pk}/").status_code == 200
        for other in others:
            assert werkgever.get(f"{list_url(Verhaal)}{screen}/{other.pk}/")["Location"] == "/beheer/"


def test_a_story_of_ones_own_or_of_ones_region_is_in_ones_list(client_as: Any, regios: list[Regio]) -> None:
    coordinator = client_as("Regiocoördinator", regios[0])
    user = User.objects.get(groups__name="Regiocoördinator")
    create_entry(Verhaal, "geschreven", regios[1], user, live=False, word="Eigenwoord")
    create_entry(Verhaal, "van-de-regio", regios[0], live=False, word="Regiowoord")
    create_entry(Verhaal, "concept", regios[1], live=False)
    html = coordinator.get(list_url(Verhaal)).content.decode()
    assert "Eigenwoord" in html
    assert "Regiowoord" in html
    assert SECRET not in html


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        ("Secretariaat", {"eigen", "ander", "concept", "verlopen"}),
        ("Regiocoördinator", {"eigen", "ander"}),
        ("Werkgeversorganisatie", {"ander"}),
    ],
)
def test_a_chooser_offers_each_role_what_it_may_know_of(
    client_as: Any, regios: list[Regio], entries: dict[str, Any], *, model: Any, role: str, offered: set[str]
) -> None:
    client = client_as(role, regios[0])
    url = f"/beheer/snippets/choose/blauwdrukken/{model._meta.model_name}/chosen-multiple/"
    chosen = client.get(url, {"id": [entry.pk for entry in entries.values()]}).json()["result"]
    assert {int(row["id"]) for row in chosen} == {entries[name].pk for name in offered}


def test_everybody_chooses_among_all_words(client_as: Any) -> None:
    thema = Thema.objects.all()[0]
    url = "/beheer/snippets/choose/blauwdrukken/thema/chosen-multiple/"
    chosen = client_as("Werkgeversorganisatie").get(url, {"id": [thema.pk]}).json()["result"]
    assert [row["string"] for row in chosen] == [thema.naam]


def described(client: Client, entry: Any) -> dict[str, str]:
    """What the reading screen says of each field."""
    html = client.get(f"{list_url(type(entry))}inspect/{entry.pk}/").content.decode()
    return {name: value.strip() for name, value in re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", html, re.DOTALL)}


def test_a_reading_screen_says_each_field_in_words(client_as: Any, create_blauwdruk: Any) -> None:
    entry = create_blauwdruk(
        titel="Banenbus", doel="<p>Een <b>bus</b>.</p><script>x</script>", looptijd_maanden=0, landelijk=True
    )
    client = client_as("Secretariaat")
    said = described(client, entry)
    assert said["Titel"] == "Banenbus"
    assert said["Doel"] == "<p>Een <b>bus</b>.</p>"
    assert said["Financiering"] == said["Programma"] == said["Bron"] == "-"
    assert said["Looptijd in maanden"] == "0"
    assert said["Geldt voor heel Nederland"] == "Ja"
    assert described(client, create_blauwdruk())["Geldt voor heel Nederland"] == "Nee"


@pytest.mark.parametrize(("role", "may_delete"), [("Secretariaat", True), ("Regiocoördinator", False)])
def test_entries_are_ticked_only_by_who_may_delete_them(
    client_as: Any, regios: list[Regio], entries: Any, *, model: Any, role: str, may_delete: bool
) -> None:
    html = client_as(role, regios[0]).get(list_url(model), {"q": "Zandhaas"}).content.decode()
    assert ("data-bulk-action-checkbox" in html) is may_delete
    assert (f"{list_url(model)}delete/{entries['ander'].pk}/" in html) is may_delete
    assert "Zandhaas" in html


def test_who_publishes_sees_drafts_of_everybody(client_as: Any, model: Any, entries: Any) -> None:
    client = client_as("Secretariaat")
    for screen in ("inspect", "usage", "history"):
        assert client.get(f"{list_url(model)}{screen}/{entries['concept'].pk}/").status_code == 200
    html = client.get(list_url(model), {"q": "Zandhaas"}).content.decode()
    assert f"{list_url(model)}edit/{entries['ander'].pk}/" in html


def test_the_history_leads_to_what_one_may_do_with_an_entry(coordinator: Client, model: Any, entries: Any) -> None:
    for name, leads in (("eigen", True), ("ander", False)):
        response = coordinator.get(f"{list_url(model)}history/{entries[name].pk}/")
        assert bool(response.context["header_buttons"]) is leads


def state_in_list(client: Client, entry: Any, name: str) -> str:
    """What the list says of where an entry stands."""
    html = client.get(list_url(type(entry)), {"q": name}).content.decode()
    (row,) = [row for row in re.findall("<tr.*?</tr>", html, re.DOTALL) if f"/{entry.pk}/" in row]
    return " ".join(re.sub("<[^>]+>", " ", row).split()).lower()


def test_the_list_tells_of_a_newer_draft_only_whose_entry_it_is(
    coordinator: Client, client_as: Any, model: Any, entries: Any, regios: list[Regio]
) -> None:
    own = create_entry(model, "boshaas", regios[0], word="Eigenwoord")
    assert "concept" in state_in_list(coordinator, own, "Boshaas")
    assert "concept" not in state_in_list(coordinator, entries["ander"], "Zandhaas")
    assert "concept" in state_in_list(client_as("Secretariaat"), entries["ander"], "Zandhaas")


def test_a_draft_of_others_in_the_history_is_not_read(
    coordinator: Client, model: Any, entries: Any, create_user: Any
) -> None:
    entry = entries["ander"]
    entry.titel = f"{SECRET} in de maak"
    draft = entry.save_revision(user=create_user("Secretariaat"), log_action=True)
    url = f"{list_url(model)}history/{entry.pk}/revisions/"
    assert coordinator.get(f"{url}{draft.pk}/view/")["Location"] == "/beheer/"
    assert coordinator.get(f"{url}compare/{entry.live_revision_id}...live/").status_code == 200


def test_a_reading_screen_trusts_no_text_in_the_database(client_as: Any, create_blauwdruk: Any) -> None:
    entry = create_blauwdruk()
    with connection.cursor() as cursor:
        hostile = "<p>Tekst.</p><script>alert(1)</script>"
        cursor.execute("UPDATE blauwdrukken_blauwdruk SET doel = %s WHERE id = %s", [hostile, entry.pk])
    assert described(client_as("Secretariaat"), entry)["Doel"] == "<p>Tekst.</p>"


def test_what_is_not_saved_yet_is_previewed_by_who_may_begin_it(client_as: Any, regios: list[Regio]) -> None:
    url = f"{list_url(Blauwdruk)}preview/"
    assert client_as("Regiocoördinator", regios[0]).post(url, {}).json() == {"is_valid": False, "is_available": False}
    assert client_as("Werkgeversorganisatie", regios[0]).post(url, {})["Location"] == "/beheer/"
