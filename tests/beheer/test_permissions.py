"""Walks every address of the back office as every role and compares with the table in permission_table.py."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Task, TaskState, Workflow, WorkflowMixin
from wagtail.snippets.models import get_snippet_models

from blauwdrukken.models import Afbeelding, Bestand, Blauwdruk, Verhaal
from kennisbank.models import User
from kennisbank.roles import ROLES
from regios.models import Regio
from tests.beheer.entries import SECRET, create_bestand, create_entry, submit_for_review
from tests.beheer.permission_table import PUBLIC, TABLE, TESTED_ROLES, Rule

LETTERS = {400: "4", 403: "-", 404: "0", 405: "x", 409: "M"}  # 409: may, but the form is too old
POST_DATA = {"external-link-chooser-url": "https://voorbeeld.nl/"}
KINDS = {
    "wagtailadmin_editing_sessions": "blauwdrukken.blauwdruk",
    "wagtaildocs": "blauwdrukken.bestand",
    "wagtailimages": "blauwdrukken.afbeelding",
    "wagtailusers_groups": "auth.group",
    "wagtailadmin_workflows:edit_task": "wagtailcore.task",
    "wagtailadmin_workflows:disable_task": "wagtailcore.task",
    "wagtailadmin_workflows:enable_task": "wagtailcore.task",
    "wagtailadmin_workflows:task_chosen": "wagtailcore.task",
    "wagtailadmin_workflows": "wagtailcore.workflow",
}
URL_ARGUMENTS: dict[str, Any] = {
    "action_name": "approve",
    "app_label": "blauwdrukken",
    "app_name": "blauwdrukken",
    "content_type_app_name": "wagtailcore",
    "content_type_model_name": "page",
    "filter_spec": "width-100",
    "model_name": "blauwdruk",
    "revision_id_a": "live",
    "revision_id_b": "latest",
    "token": "x-y",
    "uidb64": "MQ",
}


@pytest.fixture(autouse=True)
def _nobody_is_noted_at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """The walk may take longer than the time after which a session notes that somebody is at work."""
    monkeypatch.setattr("kennisbank.login.session.SEEN_INTERVAL", 10**9)


@dataclass(frozen=True)
class Address:
    """One address below /beheer/; `naam` as in the table, `soort` the model of the entry it is about."""

    name: str
    fields: tuple[str, ...]
    kind: str

    def path(self, stuk: Any) -> str:
        if self.name.startswith("bulk:"):
            _, model, actie = self.name.split(":")
            return reverse("wagtail_bulk_action", args=[*model.split("."), actie]) + f"?id={stuk.pk}"
        waarden = {veld: self.value(veld, stuk) for veld in self.fields}
        return reverse(self.name, kwargs=waarden)

    def value(self, veld: str, stuk: Any) -> Any:
        taak = TaskState.objects.filter(workflow_state__object_id=str(stuk.pk)).last() if "task" in veld else None
        bekend: dict[str, Any] = {
            **dict.fromkeys(("pk", "object_id", "document_id", "doc_id", "image_id"), stuk.pk),
            "revision_id": getattr(stuk, "latest_revision_id", 1),
        }
        if taak is not None:
            bekend |= {"task_state_id": taak.pk, "task_id": taak.task_id}
        if veld == "workflow_state_id" and (staat := getattr(stuk, "current_workflow_state", None)):
            bekend[veld] = staat.pk
        return bekend.get(veld, URL_ARGUMENTS.get(veld, 1))


def named_patterns(resolver: Any, namen: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    for patroon in resolver.url_patterns:
        if isinstance(patroon, URLResolver):
            yield from named_patterns(patroon, (*namen, patroon.namespace) if patroon.namespace else namen)
        else:
            yield ":".join([*namen, patroon.name]) if patroon.name else "", patroon


def kind_of(naam: str) -> str:
    """Label of the model that a viewset's address is about, or of the user."""
    for model in get_snippet_models():
        if naam.split(":", maxsplit=1)[0].endswith(f"_{model._meta.app_label}_{model._meta.model_name}"):
            return str(model._meta.label_lower)
    return next((soort for begin, soort in KINDS.items() if naam.startswith(begin)), "kennisbank.user")


def all_addresses() -> list[Address]:
    beheer = [deel for deel in get_resolver().url_patterns if str(deel.pattern) == "beheer/"]
    gewoon = [
        Address(naam, tuple(patroon.pattern.regex.groupindex), kind_of(naam))
        for deel in beheer
        for naam, patroon in named_patterns(deel)
        if naam and naam != "wagtail_bulk_action"
    ]
    bulk_action_registry._scan_for_bulk_actions()
    bulk = [
        Address(f"bulk:{app}.{model}:{actie}", (), f"{app}.{model}")
        for app, modellen in bulk_action_registry.actions.items()
        for model, acties in modellen.items()
        for actie in acties
    ]
    return [*gewoon, *bulk]


def protected_addresses() -> list[Address]:
    """The addresses that ask who one is."""
    return [a for a in all_addresses() if not any(fnmatchcase(a.name, patroon) for patroon in PUBLIC)]


def rule_of(naam: str) -> Rule:
    """GET and POST of this address in the table: its own line, else the one with a * that fits."""
    if naam in TABLE:
        return TABLE[naam]
    return next(uitkomst for patroon, uitkomst in TABLE.items() if fnmatchcase(naam, patroon))


def expected(letters: str, role: str) -> list[tuple[str, str]]:
    """Pairs of whose entry a role asks for and the letter it gets; with one letter a role it does not matter whose."""
    groups = dict(zip(TESTED_ROLES, letters.split(), strict=True))
    about_no_entry = max(map(len, groups.values())) == 1
    return list(zip(("eigen",) if about_no_entry else TESTED_ROLES[role], groups[role], strict=True))


def test_the_table_has_letters_for_every_role() -> None:
    assert set(TESTED_ROLES) == set(ROLES)
    for letters in {letters for rule in TABLE.values() for letters in rule}:
        assert all(expected(letters, role) for role in TESTED_ROLES), letters


def test_the_table_knows_every_address_and_no_other() -> None:
    namen = {adres.name for adres in all_addresses()}
    onbekend = {naam for naam in namen if not any(fnmatchcase(naam, patroon) for patroon in [*TABLE, *PUBLIC])}
    assert not onbekend, "add these addresses to tests/beheer/permission_table.py"
    verdwenen = {patroon for patroon in [*TABLE, *PUBLIC] if not any(fnmatchcase(naam, patroon) for naam in namen)}
    assert not verdwenen, "these addresses are gone; take them out of tests/beheer/permission_table.py"


@pytest.fixture
def entries(create_user: Any) -> dict[tuple[str, str, bool], Any]:
    """Per model, whose (eigen, ander, concept) and whether it is in review: an entry."""
    regio, andere = Regio.objects.all()[:2]
    users = {rol: create_user(rol, username=rol) for rol in TESTED_ROLES}
    users["Regiocoördinator"].regios.add(regio)
    werkgever = users["Werkgeversorganisatie"]
    gemaakt: dict[tuple[str, str, bool], Any] = {}
    for model in get_snippet_models():
        for wie, waar in (("eigen", regio), ("ander", andere), ("concept", andere)):
            for in_review in (False, True) if issubclass(model, WorkflowMixin) else (False,):
                eigenaar, woord = (werkgever, "Eigenwoord") if wie == "eigen" else (None, SECRET)
                naam = f"proef-{wie}-{in_review}".lower()
                stuk = create_entry(model, naam, waar, eigenaar, live=wie != "concept", woord=woord)
                if in_review:
                    submit_for_review(stuk, users["Secretariaat"])
                gemaakt[model._meta.label_lower, wie, in_review] = stuk
    for wie in ("eigen", "ander", "concept"):
        for model, gebruikt_door in ((Bestand, Blauwdruk), (Afbeelding, Verhaal)):
            stuk = gemaakt[gebruikt_door._meta.label_lower, wie, False]
            eigenaar = werkgever if wie == "eigen" else None
            gemaakt[model._meta.label_lower, wie, False] = create_bestand(model, wie, eigenaar, stuk)
        gemaakt["kennisbank.user", wie, False] = create_user("Werkgeversorganisatie", username=f"collega-{wie}")
        gemaakt["auth.group", wie, False] = Group.objects.create(name=f"groep-{wie}")
        gemaakt["wagtailcore.workflow", wie, False] = Workflow.objects.get(name="Proefbeoordeling")
        gemaakt["wagtailcore.task", wie, False] = Task.objects.get(name="Proeftaak")
    return gemaakt


def entry_for(adres: Address, wie: str, stukken: Any) -> Any:
    in_review = "workflow" in adres.name.split(":")[-1]
    terugval = stukken.get((adres.kind, wie, False)) or stukken["kennisbank.user", wie, False]
    return stukken.get((adres.kind, wie, in_review)) or terugval


@contextmanager
def undone() -> Iterator[list[str]]:
    """Undo what a request writes, and tell what it wrote."""
    geschreven: list[str] = []

    def onthoud(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.split(maxsplit=1)[0] in ("INSERT", "UPDATE", "DELETE"):
            geschreven.append(sql)
        return execute(sql, *rest)

    with transaction.atomic(), connection.execute_wrapper(onthoud):
        yield geschreven
        transaction.set_rollback(True)


@dataclass(frozen=True)
class Outcome:
    """Letter of the table for a request (M: may), what the request wrote, and the text of the answer."""

    letter: str
    written: list[str]
    text: str


def send_request(client: Client, methode: str, pad: str) -> Outcome:
    koekjes = SimpleCookie(client.cookies)
    with undone() as geschreven:
        inhoud = POST_DATA if methode == "post" else {}
        antwoord = getattr(client, methode)(pad, inhoud, headers={"X-Requested-With": "XMLHttpRequest"})
        tekst = "" if antwoord.streaming else antwoord.content.decode()
    client.cookies = koekjes
    mag = "M" if antwoord.status_code < 400 else str(antwoord.status_code)
    return Outcome(LETTERS.get(antwoord.status_code, mag), geschreven, tekst)


def deviations(adres: Address, verwacht: str, uitkomst: Outcome, *, ziet_alles: bool) -> Iterator[str]:
    """What is wrong with the outcome of this request."""
    if uitkomst.letter != verwacht:
        yield f"{uitkomst.letter}, the table says {verwacht}"
    if uitkomst.letter != "M" and uitkomst.written:
        yield f"refused, but it wrote {uitkomst.written}"
    if not ziet_alles and SECRET in uitkomst.text:
        yield "shows the draft of others"


@pytest.mark.parametrize("methode", ["get", "post"])
@pytest.mark.parametrize("rol", TESTED_ROLES)
def test_every_address_does_for_each_role_what_the_table_says(rol: str, methode: str, entries: Any) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username=rol))
    ziet_alles = rol in ("Secretariaat", "Beheerder")
    fouten = []
    for adres in protected_addresses():
        for wie, verwacht in expected(rule_of(adres.name)[methode == "post"], rol):
            uitkomst = send_request(client, methode, adres.path(entry_for(adres, wie, entries)))
            for fout in deviations(adres, verwacht, uitkomst, ziet_alles=ziet_alles):
                fouten.append(f"{methode} {adres.name} ({wie}): {fout}")
    assert not fouten, "\n" + "\n".join(fouten)


@pytest.mark.once  # who has no role is turned away before anything is asked of an entry
@pytest.mark.parametrize("ingelogd", [False, True])
def test_without_a_role_nothing_opens(ingelogd: bool, entries: Any, create_user: Any) -> None:
    client = Client(raise_request_exception=False)
    if ingelogd:
        client.force_login(create_user(None))
    fouten = []
    for adres in protected_addresses():
        pad = adres.path(entry_for(adres, "eigen", entries))
        for methode in ("get", "post"):
            uitkomst = send_request(client, methode, pad)
            if uitkomst.letter not in ("-", "0") or uitkomst.written:
                fouten.append(f"{methode} {adres.name}: {uitkomst.letter} {uitkomst.written}")
    assert not fouten, "\n" + "\n".join(fouten)
