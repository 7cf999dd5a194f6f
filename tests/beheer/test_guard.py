"""Two people on one entry: nothing that somebody saved is written over unseen."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import WorkflowState

from blauwdrukken.beheer.concurrency.differences import normalize_html
from blauwdrukken.beheer.concurrency.guard import GuardedEdit
from blauwdrukken.models import Blauwdruk, Kostenpost, Project, Thema, Verhaal
from kennisbank.models import Pagina, User
from tests.beheer.people import beheer, client_of
from tests.beheer.screens import EditScreen, changed_by, latest_draft, page_text, send_again

WHOSE_DATE = "keuze-laatst_gewijzigd"
ACTIONS = ["", "action-publish", "action-submit", "action-workflow-action", "action-cancel-workflow"]


@pytest.mark.parametrize("action", ACTIONS)
def test_every_button_is_refused_on_an_older_revision(
    secretary: User, create_user: Any, blauwdruk_with_rows: Blauwdruk, action: str
) -> None:
    first, second = EditScreen(secretary, blauwdruk_with_rows), EditScreen(secretary, blauwdruk_with_rows)
    assert first.send(samenvatting="Van de eerste.").status_code == 302
    before = Blauwdruk.objects.get(pk=blauwdruk_with_rows.pk)
    response = second.send(action, samenvatting="Van de tweede.")
    after = Blauwdruk.objects.get(pk=blauwdruk_with_rows.pk)
    assert response.status_code == 409
    assert after.latest_revision_id == before.latest_revision_id
    assert after.live_revision_id == before.live_revision_id
    assert not WorkflowState.objects.exists()
    assert latest_draft(blauwdruk_with_rows).samenvatting == "Van de eerste."
    assert "Van de tweede." in page_text(response)


def test_taking_back_or_approving_on_an_older_revision_leaves_the_review_as_it_was(
    send_edit: Any, coordinator: User, secretary: User, draft: Blauwdruk
) -> None:
    send_edit(coordinator, draft, "action-submit")
    author, collega, other = (
        EditScreen(coordinator, draft),
        EditScreen(secretary, draft),
        EditScreen(secretary, draft),
    )
    collega.send(samenvatting="Verbeterd.")
    approve = {"workflow-action-name": "approve", "workflow-action-extra-data": json.dumps({})}
    assert author.send("action-cancel-workflow").status_code == 409
    assert other.send("action-workflow-action", **approve).status_code == 409
    draft.refresh_from_db()
    assert draft.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    assert not draft.live


def test_the_page_says_who_saved_and_what_differs(
    secretary: User, coordinator: User, blauwdruk_with_rows: Blauwdruk
) -> None:
    een, twee = EditScreen(secretary, blauwdruk_with_rows), EditScreen(secretary, blauwdruk_with_rows)
    een.send(samenvatting="Een nieuwe bus.")
    html = page_text(twee.send(samenvatting="Een oude bus."))
    today = date_format(timezone.localdate(), "j F Y")
    assert f"<strong>Saskia</strong> heeft dit bewaard op <strong>{today} om" in html
    assert '<span class="deletion">nieuwe' in html
    assert '<span class="addition">oude' in html
    assert "w-autosave#save" not in html


def test_saving_again_keeps_the_own_text(secretary: User, blauwdruk_with_rows: Blauwdruk) -> None:
    first, second = EditScreen(secretary, blauwdruk_with_rows), EditScreen(secretary, blauwdruk_with_rows)
    first.send(samenvatting="Van de eerste.")
    response = second.send(samenvatting="Van de tweede.")
    assert send_again(second, response).status_code == 302
    assert latest_draft(blauwdruk_with_rows).samenvatting == "Van de tweede."
    assert "Van de eerste." in {revision.as_object().samenvatting for revision in blauwdruk_with_rows.revisions.all()}


def test_what_only_the_other_changed_stays_as_the_other_saved_it(
    secretary: User, blauwdruk_with_rows: Blauwdruk
) -> None:
    first, second = EditScreen(secretary, blauwdruk_with_rows), EditScreen(secretary, blauwdruk_with_rows)
    matching = Thema.objects.get(slug="matching")
    first.send(titel="Banentrein", themas=[matching.pk], **{"kosten-0-omschrijving": "Stroom"})
    response = second.send(samenvatting="Van de tweede.")
    assert changed_by(response) == {"titel": "hun", "themas": "hun", "kosten": "hun", "samenvatting": "uw"}
    assert send_again(second, response).status_code == 302
    now = latest_draft(blauwdruk_with_rows)
    assert (now.titel, now.samenvatting) == ("Banentrein", "Van de tweede.")
    assert [thema.slug for thema in now.themas.all()] == ["matching"]
    assert [post.omschrijving for post in now.kosten.all()] == ["Stroom"]


def test_what_the_other_changed_is_seen_from_the_text_that_was_opened_and_not_from_an_earlier_one(
    secretary: User, blauwdruk_with_rows: Blauwdruk
) -> None:
    EditScreen(secretary, blauwdruk_with_rows).send(titel="Banentram")
    een, twee = EditScreen(secretary, blauwdruk_with_rows), EditScreen(secretary, blauwdruk_with_rows)
    een.send(titel="Banentrein")
    assert changed_by(twee.send(samenvatting="Van de tweede.")) == {"titel": "hun", "samenvatting": "uw"}


def test_of_a_text_that_was_written_over_since_it_was_opened_nothing_is_taken_for_the_others(
    secretary: User, blauwdruk_with_rows: Blauwdruk
) -> None:
    """The other took back what they had written, so what was opened is known no more."""
    een = EditScreen(secretary, blauwdruk_with_rows)
    json_ = {"Accept": "application/json"}
    saved = een.client.post(een.path, een.fields | {"samenvatting": "Half"}, headers=json_).json()
    twee = EditScreen(secretary, blauwdruk_with_rows)
    over = {"overwrite_revision_id": saved["revision_id"], "samenvatting": "Van de tweede."}
    assert een.client.post(een.path, een.fields | over, headers=json_).json()["success"]
    EditScreen(secretary, blauwdruk_with_rows).send(samenvatting="Van een derde.")
    assert changed_by(twee.send(samenvatting="Van de tweede.")) == {"samenvatting": "uw"}


@pytest.mark.parametrize(("who", "expected"), [("uw", ["Mijn rij"]), ("hun", ["Stroom", "Hun rij"])])
def test_of_rows_one_version_stays_and_not_a_mix(
    secretary: User, blauwdruk_with_rows: Blauwdruk, who: str, expected: list[str]
) -> None:
    first, second = EditScreen(secretary, blauwdruk_with_rows), EditScreen(secretary, blauwdruk_with_rows)
    row = {"kosten-TOTAL_FORMS": "2", "kosten-1-omschrijving": "Hun rij", "kosten-1-ORDER": "2", "kosten-1-id": ""}
    first.send(**{"kosten-0-omschrijving": "Stroom"} | row)
    response = second.send(**{"kosten-0-omschrijving": "Mijn rij"})
    assert send_again(second, response, **{"keuze-kosten": who}).status_code == 302
    assert [post.omschrijving for post in latest_draft(blauwdruk_with_rows).kosten.all()] == expected


def test_rows_that_the_other_deleted_can_be_kept(secretary: User, draft: Blauwdruk) -> None:
    draft.kosten = [Kostenpost(omschrijving="Brandstof"), Kostenpost(omschrijving="Band")]
    draft.save()
    draft.save_revision(user=secretary)
    first, second = EditScreen(secretary, draft), EditScreen(secretary, draft)
    first.send(**{"kosten-0-DELETE": "on"})
    assert [post.omschrijving for post in Blauwdruk.objects.get(pk=draft.pk).kosten.all()] == ["Band"]
    response = second.send(**{"kosten-1-omschrijving": "Banden"})
    assert changed_by(response) == {"kosten": "uw"}
    send_again(second, response)
    assert [post.omschrijving for post in Blauwdruk.objects.get(pk=draft.pk).kosten.all()] == ["Brandstof", "Banden"]


def test_a_third_save_in_between_asks_again(secretary: User, blauwdruk_with_rows: Blauwdruk) -> None:
    first, second = EditScreen(secretary, blauwdruk_with_rows), EditScreen(secretary, blauwdruk_with_rows)
    first.send(samenvatting="Een.")
    response = second.send(samenvatting="Twee.")
    EditScreen(secretary, blauwdruk_with_rows).send(samenvatting="Drie.")
    response = send_again(second, response)
    assert response.status_code == 409
    assert latest_draft(blauwdruk_with_rows).samenvatting == "Drie."
    assert send_again(second, response).status_code == 302
    assert latest_draft(blauwdruk_with_rows).samenvatting == "Twee."


def test_a_mistake_in_the_form_keeps_the_choices(secretary: User, blauwdruk_with_rows: Blauwdruk) -> None:
    een, twee = EditScreen(secretary, blauwdruk_with_rows), EditScreen(secretary, blauwdruk_with_rows)
    een.send(titel="Banentrein", laatst_gewijzigd="2021-06-08")
    response = send_again(twee, twee.send(samenvatting="Twee."), laatst_gewijzigd="geen datum", **{WHOSE_DATE: "uw"})
    assert response.status_code == 409
    assert WHOSE_DATE not in {f"keuze-{name}" for name in changed_by(response)}
    assert changed_by(response)["titel"] == "hun"
    assert "geen datum" in page_text(response)
    assert "kon niet worden opgeslagen" in page_text(response)
    assert send_again(twee, response, laatst_gewijzigd="").status_code == 302
    assert (latest_draft(blauwdruk_with_rows).titel, latest_draft(blauwdruk_with_rows).samenvatting) == (
        "Banentrein",
        "Twee.",
    )


@pytest.mark.parametrize("unsaid", [("geladen",), ("loaded_revision_id", "loaded_revision_created_at")])
def test_a_save_that_does_not_say_on_what_it_was_made_is_refused(
    secretary: User, blauwdruk_with_rows: Blauwdruk, unsaid: tuple[str, ...]
) -> None:
    screen = EditScreen(secretary, blauwdruk_with_rows)
    for name in unsaid:
        del screen.fields[name]
    assert screen.send(samenvatting="Blind.").status_code == 409
    assert latest_draft(blauwdruk_with_rows).samenvatting == "Oud."


def test_a_save_by_itself_with_a_mistake_is_answered_as_such_whatever_was_chosen(
    secretary: User, blauwdruk_with_rows: Blauwdruk
) -> None:
    screen = EditScreen(secretary, blauwdruk_with_rows)
    data = screen.fields | {"laatst_gewijzigd": "geen datum", "keuze-titel": "hun"}
    response = screen.client.post(screen.path, data, headers={"Accept": "application/json"})
    assert response.json()["error_code"] == "validation_error"


@pytest.mark.parametrize("text", ["hun", "uw"])
def test_a_text_that_looks_like_a_choice_is_a_text(secretary: User, blauwdruk_with_rows: Blauwdruk, text: str) -> None:
    assert EditScreen(secretary, blauwdruk_with_rows).send(samenvatting=text).status_code == 302
    assert latest_draft(blauwdruk_with_rows).samenvatting == text


def test_who_saved_by_itself_and_then_meets_another_is_offered_what_only_the_other_changed(
    secretary: User, blauwdruk_with_rows: Blauwdruk
) -> None:
    mine, other = EditScreen(secretary, blauwdruk_with_rows), EditScreen(secretary, blauwdruk_with_rows)
    json_ = {"Accept": "application/json"}
    saved = mine.client.post(mine.path, mine.fields | {"samenvatting": "Half"}, headers=json_).json()
    over = {"overwrite_revision_id": saved["revision_id"], "samenvatting": "Half af."}
    mine.client.post(mine.path, mine.fields | over, headers=json_)
    other = EditScreen(secretary, blauwdruk_with_rows)
    assert other.send(titel="Banentrein").status_code == 302
    response = mine.send(**over | {"samenvatting": "Af."})
    assert response.status_code == 409
    assert changed_by(response) == {"titel": "hun", "samenvatting": "uw"}


@pytest.mark.parametrize("strange", ["0", "-1", "x", "9" * 30])
def test_a_strange_revision_is_refused(secretary: User, blauwdruk_with_rows: Blauwdruk, strange: str) -> None:
    screen = EditScreen(secretary, blauwdruk_with_rows)
    assert screen.send(loaded_revision_id=strange, samenvatting="Blind.").status_code == 409
    assert screen.send(overwrite_revision_id=strange, samenvatting="Blind.").status_code == 409
    assert latest_draft(blauwdruk_with_rows).samenvatting == "Oud."


def test_of_an_entry_without_history_the_second_save_is_refused(secretary: User, create_blauwdruk: Any) -> None:
    entry = create_blauwdruk(titel="Banenbus", slug="banenbus")
    first, second = EditScreen(secretary, entry), EditScreen(secretary, entry)
    assert first.send(samenvatting="Een.").status_code == 302
    assert second.send(samenvatting="Twee.").status_code == 409
    assert latest_draft(entry).samenvatting == "Een."


@pytest.mark.parametrize("json_", [False, True])
def test_a_save_at_the_same_moment_is_refused(
    secretary: User, blauwdruk_with_rows: Blauwdruk, monkeypatch: pytest.MonkeyPatch, json_: bool
) -> None:
    """The other saves after the check and before the save."""
    screen, form_valid = EditScreen(secretary, blauwdruk_with_rows), GuardedEdit.form_valid

    def other_first(view: Any, form: Any) -> Any:
        monkeypatch.setattr(GuardedEdit, "form_valid", form_valid)
        other = latest_draft(blauwdruk_with_rows)
        other.samenvatting = "Van de ander."
        other.save_revision(user=secretary)
        return view.form_valid(form)

    monkeypatch.setattr(GuardedEdit, "form_valid", other_first)
    heading = {"Accept": "application/json" if json_ else "text/html"}
    response = screen.client.post(screen.path, screen.fields | {"samenvatting": "Van mij."}, headers=heading)
    assert response.status_code == (400 if json_ else 409)
    assert latest_draft(blauwdruk_with_rows).samenvatting == "Van de ander."
    assert json_ or send_again(screen, response).status_code == 302
    assert latest_draft(blauwdruk_with_rows).samenvatting == ("Van de ander." if json_ else "Van mij.")


def test_autosave_of_somebody_else_is_seen_too(secretary: User, blauwdruk_with_rows: Blauwdruk) -> None:
    """Autosave writes over its own revision: the number stays the same, the moment does not."""
    one = EditScreen(secretary, blauwdruk_with_rows)
    first = one.client.post(one.path, one.fields | {"samenvatting": "Half"}, HTTP_ACCEPT="application/json").json()
    second = EditScreen(secretary, blauwdruk_with_rows)
    again = one.fields | {"samenvatting": "Half af.", "overwrite_revision_id": first["revision_id"]}
    assert one.client.post(one.path, again, HTTP_ACCEPT="application/json").json()["success"]
    by_itself = second.client.post(second.path, second.fields, HTTP_ACCEPT="application/json")
    assert by_itself.status_code == 400
    assert "Klik op Bewaar concept om te kiezen." in by_itself.json()["error_message"]
    assert second.send(samenvatting="Twee.").status_code == 409
    assert latest_draft(blauwdruk_with_rows).samenvatting == "Half af."


def test_restoring_a_version_is_refused_when_somebody_saved_meanwhile(
    secretary: User, blauwdruk_with_rows: Blauwdruk
) -> None:
    old = blauwdruk_with_rows.latest_revision_id
    EditScreen(secretary, blauwdruk_with_rows).send(samenvatting="Nieuw.")
    back = EditScreen(
        secretary,
        blauwdruk_with_rows,
        f"{beheer(blauwdruk_with_rows)}history/{blauwdruk_with_rows.pk}/revisions/{old}/revert/",
    )
    EditScreen(secretary, blauwdruk_with_rows).send(samenvatting="Nieuwer.")
    response = back.send()
    assert response.status_code == 409
    assert latest_draft(blauwdruk_with_rows).samenvatting == "Nieuwer."
    assert send_again(back, response, **{"keuze-samenvatting": "uw"}).status_code == 302
    assert latest_draft(blauwdruk_with_rows).samenvatting == "Oud."


def test_who_is_locked_out_gets_no_fresh_form_to_save_over_the_other(
    secretary: User, blauwdruk_with_rows: Blauwdruk
) -> None:
    first, second = EditScreen(secretary, blauwdruk_with_rows), EditScreen(secretary, blauwdruk_with_rows)
    first.send(samenvatting="Een.")
    blauwdruk_with_rows.refresh_from_db()
    blauwdruk_with_rows.locked, blauwdruk_with_rows.locked_by = True, User.objects.create_user("ander")
    blauwdruk_with_rows.save(update_fields=["locked", "locked_by"])
    response = second.send(samenvatting="Twee.")
    assert response.status_code == 409
    assert "De tekst is op slot." in page_text(response)
    assert "Bewaar met deze keuzes" not in page_text(response)
    assert "Twee." in page_text(response)


MAKERS: list[Callable[[], Any]] = [
    lambda: Project.objects.create(titel="Bus", slug="bus", live=True),
    lambda: Verhaal.objects.create(titel="Bus", slug="bus", intro="Bus"),
    lambda: Pagina.objects.create(titel="Bus", slug="bus", live=True),
]


@pytest.mark.parametrize("make", MAKERS)
def test_projects_stories_and_pages_are_guarded_too(secretary: User, make: Callable[[], Any]) -> None:
    entry = make()
    entry.save_revision(user=secretary)
    first, second = EditScreen(secretary, entry), EditScreen(secretary, entry)
    assert first.send(titel="Trein").status_code == 302
    response = second.send(titel="Tram")
    assert response.status_code == 409
    assert latest_draft(entry).titel == "Trein"
    assert send_again(second, response).status_code == 302
    assert latest_draft(entry).titel == "Tram"


@pytest.mark.parametrize(
    ("first", "second", "equal"),
    [
        ("<p><strong>a</strong></p>", '<p data-block-key="x1y2z">\n<b>a</b></p>', True),
        ("<p>a &amp; <em>b</em></p>", "<p>a &amp; <i>b</i></p>", True),
        ("<p>a</p>", "<p>b</p>", False),
        ("<p>a</p>", "<h3>a</h3>", False),
    ],
)
def test_only_what_an_editor_changed_counts_as_a_difference(first: str, second: str, equal: bool) -> None:
    assert (normalize_html(first) == normalize_html(second)) is equal


def test_who_else_has_the_entry_open_is_told(secretary: User, coordinator: User, draft: Blauwdruk) -> None:
    first = client_of(secretary).get(f"{beheer(draft)}edit/{draft.pk}/").context["editing_sessions"]
    collega = client_of(coordinator)
    collega.get(f"{beheer(draft)}edit/{draft.pk}/")
    html = client_of(secretary).post(first.ping_url).json()["html"]
    assert "Carla" in html
    assert Client().post(first.ping_url).status_code == 302
