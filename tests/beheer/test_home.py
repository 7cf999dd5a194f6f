"""What needs attention, as each role sees it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from blauwdrukken.models import Blauwdruk, Kostenpost, Organisatie, Project, Thema
from kennisbank.models import User
from tests.beheer.people import client_of


def panels(user: User) -> dict[str, str]:
    """Heading and HTML of each panel on the start screen."""
    html = client_of(user).get("/beheer/").content.decode()
    parts = re.split(r'<section\s[^>]*class="w-panel', html)[1:]
    return {re.sub(r"<[^>]+>|\s+", " ", part.split("</h2>")[0]).split(">")[-1].strip(): part for part in parts}


def panel(user: User, heading: str) -> str:
    return next(html for name, html in panels(user).items() if name.endswith(heading))


def nothing_to_do(user: User) -> str:
    """The line that names the lists without content."""
    html = client_of(user).get("/beheer/").content.decode()
    found = re.search(r"Niets te doen bij: ([^.]*)\.", html)
    return found[1] if found else ""


def submit_for_review(entry: Any, user: User) -> None:
    entry.get_workflow().start(entry, user)


def test_what_is_sent_in_waits_for_the_secretariat(coordinator: User, secretary: User, draft: Blauwdruk) -> None:
    assert "te beoordelen" in nothing_to_do(secretary)
    submit_for_review(draft, coordinator)
    html = panel(secretary, "Te beoordelen")
    assert "Banenbus" in html
    assert "door Carla" in html
    assert f"/beheer/snippets/blauwdrukken/blauwdruk/edit/{draft.pk}/" in html
    assert "Banenbus" in panel(coordinator, "Ligt bij het secretariaat")


def test_what_was_returned_is_shown_to_its_author_only(coordinator: User, secretary: User, draft: Blauwdruk) -> None:
    submit_for_review(draft, coordinator)
    draft.current_workflow_task_state.reject(user=secretary, comment="Noem de kosten.")
    assert "Banenbus" in panel(coordinator, "Teruggegeven aan u")
    assert "teruggegeven aan u" in nothing_to_do(secretary)
    assert "uw concepten" in nothing_to_do(coordinator)


def test_drafts_are_those_of_this_user_with_the_title_of_the_draft(
    coordinator: User, secretary: User, draft: Blauwdruk, create_blauwdruk: Any
) -> None:
    live = create_blauwdruk(regios=coordinator.regios.all())
    live.titel = "Nieuwe titel in concept"
    live.save_revision(user=coordinator)
    html = panel(coordinator, "Uw concepten")
    assert "Banenbus" in html
    assert "Nieuwe titel in concept" in html
    assert "uw concepten" in nothing_to_do(secretary)


def test_what_expires_or_should_be_revised_soon_is_listed(secretary: User) -> None:
    today = timezone.localdate()
    for nummer, left in ((1, -400), (2, 60), (3, 61)):
        Blauwdruk.objects.filter(nummer=nummer).update(herzien_voor=today + timedelta(days=left))
    project = Project.objects.all()[0]
    Project.objects.filter(pk=project.pk).update(expire_at=timezone.now() + timedelta(days=3))
    html = panel(secretary, "Verloopt binnenkort")
    for nummer, listed in ((1, True), (2, True), (3, False)):
        assert (Blauwdruk.objects.get(nummer=nummer).titel in html) is listed
    assert project.titel in html
    assert "verdwijnt van de site op" in html


@pytest.mark.parametrize(
    ("herzien", "expires", "sentence"),
    [
        (10, 20, "herzien vóór {herzien}"),
        (20, 10, "verdwijnt van de site op {verloopt}"),
        (10, None, "herzien vóór {herzien}"),
        (None, 20, "verdwijnt van de site op {verloopt}"),
    ],
)
def test_what_comes_first_is_said(
    secretary: User, create_blauwdruk: Any, herzien: int | None, expires: int | None, sentence: str
) -> None:
    now = timezone.localtime()
    days = {name: now + timedelta(days=left) for name, left in (("herzien", herzien), ("verloopt", expires)) if left}
    create_blauwdruk(herzien_voor=days["herzien"].date() if herzien else None, expire_at=days.get("verloopt"))
    html = panel(secretary, "Verloopt binnenkort")
    day = {name: date_format(moment, "j F Y") for name, moment in days.items()}
    assert sentence.format(**day) in html
    assert html.count("herzien vóór") + html.count("verdwijnt van de site") == 1


def test_what_a_reader_would_miss_is_listed_for_what_is_public(
    coordinator: User, secretary: User, create_blauwdruk: Any
) -> None:
    half = create_blauwdruk(doel="<p>x</p>", landelijk=True, themas=[Thema.objects.all()[0]])
    create_blauwdruk(titel="Concept zonder alles", live=False)
    Blauwdruk.objects.exclude(pk=half.pk).filter(live=True).delete()
    html = panel(secretary, "Nog niet volledig")
    assert half.titel in html
    assert "2 van de 19 onderdelen ingevuld, een lezer mist: kosten, organisatie om te benaderen, datum" in html
    assert "Concept zonder alles" not in html
    assert "Nog niet volledig" not in panels(coordinator)


def test_what_has_all_that_readers_look_for_is_not_listed(secretary: User, create_blauwdruk: Any) -> None:
    Blauwdruk.objects.all().delete()
    full = create_blauwdruk(
        doel="<p>x</p>",
        landelijk=True,
        themas=[Thema.objects.all()[0]],
        contactorganisatie=Organisatie.objects.all()[0],
        laatst_gewijzigd=timezone.localdate(),
    )
    full.kosten.add(Kostenpost(omschrijving="Loon"))
    full.save()
    assert "Nog niet volledig" not in panels(secretary)


def test_lists_with_content_stand_first_and_empty_ones_take_one_line(coordinator: User, draft: Blauwdruk) -> None:
    assert [name.split()[-1] for name in panels(coordinator)] == ["concepten"]
    html = client_of(coordinator).get("/beheer/").content.decode()
    assert html.index("Banenbus") < html.index("Niets te doen bij:")
    assert nothing_to_do(coordinator) == (
        "ligt bij het secretariaat, teruggegeven aan u, verloopt binnenkort, nog niet volledig"
    )


def test_a_long_list_is_cut_and_says_so(coordinator: User, create_blauwdruk: Any) -> None:
    for _ in range(12):
        create_blauwdruk(live=False, regios=coordinator.regios.all()).save_revision(user=coordinator)
    html = panel(coordinator, "Uw concepten")
    assert html.count("title-wrapper") == 10
    assert "Er zijn er meer." in html


def test_who_edits_nothing_sees_no_lists_and_no_titles(draft: Blauwdruk) -> None:
    user = User.objects.create_user("wim", password="x")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    html = client_of(user).get("/beheer/").content.decode()
    assert "Niets te doen. Kies in het menu waar u mee verder wilt." in html
    assert "Te beoordelen" not in html


def test_the_start_screen_is_not_public() -> None:
    assert Client().get("/beheer/")["Location"] == "/beheer/login/?next=/beheer/"


@pytest.mark.parametrize("who", ["coordinator", "secretary"])
def test_the_number_of_queries_does_not_grow_with_rows(
    request: Any, who: str, create_blauwdruk: Any, django_assert_num_queries: Any
) -> None:
    user = request.getfixturevalue(who)
    client = client_of(user)

    def work() -> None:
        create_blauwdruk(live=False).save_revision(user=user)
        for entry in (create_blauwdruk(expire_at=timezone.now() + timedelta(days=2)), Project.objects.latest("pk")):
            entry.pk = entry.pk if isinstance(entry, Blauwdruk) else None
            entry.slug = f"{entry.slug}-x"
            entry.save()
            entry.save_revision(user=user)
            submit_for_review(entry, user)

    for _ in range(3):
        work()
        client.get("/beheer/")
        with django_assert_num_queries(QUERIES[who]):
            client.get("/beheer/")


QUERIES = {
    "coordinator": 18,
    "secretary": 24,
}  # the secretariat also sees searches without result, and plans that failed
