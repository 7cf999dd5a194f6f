"""Links of working documents: the date at which they worked, and who hears of one that does not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from blauwdrukken.beheer.publication import links
from blauwdrukken.beheer.publication.links import LINK_FAILED, check_links
from blauwdrukken.models import Blauwdruk, Werkdocument
from blauwdrukken.outbound import Outcome
from blauwdrukken.text.dates import PartialDate
from kennisbank.models import User

from .people import client_of

GOOD, BAD, CLOSED = "https://goed.nl/a", "https://weg.nl/b", "https://dicht.nl/c"
ANSWERS = {GOOD: Outcome(True), BAD: Outcome(False, "de site antwoordt niet"), CLOSED: Outcome(None, "dicht")}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    Werkdocument.objects.all().delete()
    urls: list[str] = []

    def answer(url: str, agent: str) -> Outcome:
        urls.append(url)
        return ANSWERS[url]

    monkeypatch.setattr(links, "probe", answer)
    return urls


@pytest.fixture
def blauwdruk(create_blauwdruk: Any) -> Blauwdruk:
    entry: Blauwdruk = create_blauwdruk(titel="Proef")
    return entry


def document(blauwdruk: Blauwdruk, link: str, seen: str | None = None) -> Werkdocument:
    return Werkdocument.objects.create(blauwdruk=blauwdruk, titel=f"Plan {link}", link=link, link_gezien=seen)


def round_without_waiting() -> None:
    check_links(lambda seconds: None)


def seen(row: Werkdocument) -> str | None:
    row.refresh_from_db()
    return row.link_gezien.edtf if row.link_gezien else None


def test_a_link_that_works_gets_the_date_and_any_other_keeps_its_own(asked: list[str], blauwdruk: Blauwdruk) -> None:
    good, bad, closed = document(blauwdruk, GOOD), document(blauwdruk, BAD, "2021-06"), document(blauwdruk, CLOSED)
    round_without_waiting()
    today = PartialDate.from_date(timezone.localdate())
    assert [seen(good), seen(bad), seen(closed)] == [today.edtf, "2021-06", None]
    html = Client().get(blauwdruk.get_absolute_url()).content.decode()
    assert f"de link werkte op {today}" in html
    assert "de link werkte in juni 2021" in html


def test_each_link_is_asked_once_and_only_of_what_is_public_and_not_seen_lately(
    asked: list[str], blauwdruk: Blauwdruk, create_blauwdruk: Any
) -> None:
    hidden = create_blauwdruk(live=False)
    lately = timezone.localdate() - timedelta(days=5)
    document(blauwdruk, GOOD), document(blauwdruk, GOOD), document(hidden, BAD)
    document(blauwdruk, CLOSED, lately.isoformat())
    call_command("controleer_links")
    assert asked == [GOOD]
    call_command("controleer_links")
    assert asked == [GOOD]


def test_who_publishes_hears_once_of_a_link_that_fails_twice(
    asked: list[str], blauwdruk: Blauwdruk, secretary: User, coordinator: User
) -> None:
    document(blauwdruk, BAD)
    round_without_waiting()
    round_without_waiting()
    assert mail.outbox == [], "a site may be away for an hour"
    ModelLogEntry.objects.filter(action=LINK_FAILED).update(timestamp=timezone.now() - timedelta(days=1))
    round_without_waiting()
    round_without_waiting()
    (message,) = mail.outbox
    assert message.to == [secretary.email]
    assert message.subject == "1 link werkt niet meer"
    assert all(text in message.body for text in (BAD, "de site antwoordt niet", f"/edit/{blauwdruk.pk}/"))
    history = client_of(secretary).get(f"/beheer/snippets/blauwdrukken/blauwdruk/history/{blauwdruk.pk}/")
    assert "werkte niet: de site antwoordt niet" in history.content.decode()


def test_a_link_that_worked_in_between_is_told_anew(
    asked: list[str], blauwdruk: Blauwdruk, secretary: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = document(blauwdruk, BAD)
    for _ in range(2):
        round_without_waiting()
        ModelLogEntry.objects.filter(action=LINK_FAILED).update(timestamp=timezone.now() - timedelta(days=90))
    assert len(mail.outbox) == 1
    Werkdocument.objects.filter(pk=row.pk).update(link_gezien=timezone.localdate() - timedelta(days=60))
    round_without_waiting()
    assert len(mail.outbox) == 1
    last = ModelLogEntry.objects.filter(action=LINK_FAILED).latest("timestamp")
    ModelLogEntry.objects.filter(pk=last.pk).update(timestamp=timezone.now() - timedelta(days=1))
    round_without_waiting()
    assert len(mail.outbox) == 2


def test_two_questions_to_one_site_stand_apart(
    asked: list[str], blauwdruk: Blauwdruk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ANSWERS, f"{GOOD}/2", Outcome(True))
    pauses: list[float] = []
    for link in (GOOD, f"{GOOD}/2", BAD):
        document(blauwdruk, link)
    check_links(pauses.append)
    assert [pause > 1 for pause in pauses] == [False, True, False]
