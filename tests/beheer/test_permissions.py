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

    def path(self, entry: Any) -> str:
        if self.name.startswith("bulk:"):
            _, model, action = self.name.split(":")
            return reverse("wagtail_bulk_action", args=[*model.split("."), action]) + f"?id={entry.pk}"
        values = {field: self.value(field, entry) for field in self.fields}
        return reverse(self.name, kwargs=values)

    def value(self, field: str, entry: Any) -> Any:
        task = TaskState.objects.filter(workflow_state__object_id=str(entry.pk)).last() if "task" in field else None
        known: dict[str, Any] = {
            **dict.fromkeys(("pk", "object_id", "document_id", "doc_id", "image_id"), entry.pk),
            "revision_id": getattr(entry, "latest_revision_id", 1),
        }
        if task is not None:
            known |= {"task_state_id": task.pk, "task_id": task.task_id}
        if field == "workflow_state_id" and (staat := getattr(entry, "current_workflow_state", None)):
            known[field] = staat.pk
        return known.get(field, URL_ARGUMENTS.get(field, 1))


def named_patterns(resolver: Any, names: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from named_patterns(pattern, (*names, pattern.namespace) if pattern.namespace else names)
        else:
            yield ":".join([*names, pattern.name]) if pattern.name else "", pattern


def kind_of(name: str) -> str:
    """Label of the model that a viewset's address is about, or of the user."""
    for model in get_snippet_models():
        if name.split(":", maxsplit=1)[0].endswith(f"_{model._meta.app_label}_{model._meta.model_name}"):
            return str(model._meta.label_lower)
    return next((kind for start, kind in KINDS.items() if name.startswith(start)), "kennisbank.user")


def all_addresses() -> list[Address]:
    beheer = [part for part in get_resolver().url_patterns if str(part.pattern) == "beheer/"]
    ordinary = [
        Address(name, tuple(pattern.pattern.regex.groupindex), kind_of(name))
        for part in beheer
        for name, pattern in named_patterns(part)
        if name and name != "wagtail_bulk_action"
    ]
    bulk_action_registry._scan_for_bulk_actions()
    bulk = [
        Address(f"bulk:{app}.{model}:{action}", (), f"{app}.{model}")
        for app, models in bulk_action_registry.actions.items()
        for model, actions in models.items()
        for action in actions
    ]
    return [*ordinary, *bulk]


def protected_addresses() -> list[Address]:
    """The addresses that ask who one is."""
    return [a for a in all_addresses() if not any(fnmatchcase(a.name, pattern) for pattern in PUBLIC)]


def rule_of(name: str) -> Rule:
    """GET and POST of this address in the table: its own line, else the one with a * that fits."""
    if name in TABLE:
        return TABLE[name]
    return next(outcome for pattern, outcome in TABLE.items() if fnmatchcase(name, pattern))


def expected(letters: str, role: str) -> list[tuple[str, str]]:
    """Pairs of whose entry a role asks for and the letter it gets; with one letter a role it does not matter whose."""
    groups = dict(zip(TESTED_ROLES, letters.split(), strict=True))
    about_no_entry = max(map(len, groups.values())) == 1
    return list(zip(("eigen",) if about_no_entry else TESTED_ROLES[role], groups[role], strict=True))


def was_walked_by_the_secretariat(letters: str, role: str) -> bool:
    """Whether a second database was asked this already: both roles reach every entry, by the same queries."""
    groups = dict(zip(TESTED_ROLES, letters.split(), strict=True))
    return connection.vendor != "sqlite" and role == "Beheerder" and groups[role] == groups["Secretariaat"]


def test_the_table_has_letters_for_every_role() -> None:
    assert set(TESTED_ROLES) == set(ROLES)
    for letters in {letters for rule in TABLE.values() for letters in rule}:
        assert all(expected(letters, role) for role in TESTED_ROLES), letters


def test_the_table_knows_every_address_and_no_other() -> None:
    names = {url.name for url in all_addresses()}
    unknown = {name for name in names if not any(fnmatchcase(name, pattern) for pattern in [*TABLE, *PUBLIC])}
    assert not unknown, "add these addresses to tests/beheer/permission_table.py"
    gone = {pattern for pattern in [*TABLE, *PUBLIC] if not any(fnmatchcase(name, pattern) for name in names)}
    assert not gone, "these addresses are gone; take them out of tests/beheer/permission_table.py"


@pytest.fixture
def entries(create_user: Any) -> dict[tuple[str, str, bool], Any]:
    """Per model, whose (eigen, ander, concept) and whether it is in review: an entry."""
    regio, others = Regio.objects.all()[:2]
    users = {role: create_user(role, username=role) for role in TESTED_ROLES}
    users["Regiocoördinator"].regios.add(regio)
    werkgever = users["Werkgeversorganisatie"]
    made: dict[tuple[str, str, bool], Any] = {}
    for model in get_snippet_models():
        for who, regio_of_entry in (("eigen", regio), ("ander", others), ("concept", others)):
            for in_review in (False, True) if issubclass(model, WorkflowMixin) else (False,):
                eigenaar, word = (werkgever, "Eigenwoord") if who == "eigen" else (None, SECRET)
                name = f"proef-{who}-{in_review}".lower()
                entry = create_entry(model, name, regio_of_entry, eigenaar, live=who != "concept", word=word)
                if in_review:
                    submit_for_review(entry, users["Secretariaat"])
                made[model._meta.label_lower, who, in_review] = entry
    for who in ("eigen", "ander", "concept"):
        for model, used_by in ((Bestand, Blauwdruk), (Afbeelding, Verhaal)):
            entry = made[used_by._meta.label_lower, who, False]
            eigenaar = werkgever if who == "eigen" else None
            made[model._meta.label_lower, who, False] = create_bestand(model, who, eigenaar, entry)
        made["kennisbank.user", who, False] = create_user("Werkgeversorganisatie", username=f"collega-{who}")
        made["auth.group", who, False] = Group.objects.create(name=f"groep-{who}")
        made["wagtailcore.workflow", who, False] = Workflow.objects.get(name="Proefbeoordeling")
        made["wagtailcore.task", who, False] = Task.objects.get(name="Proeftaak")
    return made


def entry_for(url: Address, who: str, entries: Any) -> Any:
    in_review = "workflow" in url.name.split(":")[-1]
    fallback = entries.get((url.kind, who, False)) or entries["kennisbank.user", who, False]
    return entries.get((url.kind, who, in_review)) or fallback


@contextmanager
def undone() -> Iterator[list[str]]:
    """Undo what a request writes, and tell what it wrote."""
    written: list[str] = []

    def remember(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.split(maxsplit=1)[0] in ("INSERT", "UPDATE", "DELETE"):
            written.append(sql)
        return execute(sql, *rest)

    with transaction.atomic(), connection.execute_wrapper(remember):
        yield written
        transaction.set_rollback(True)


@dataclass(frozen=True)
class Outcome:
    """Letter of the table for a request (M: may), what the request wrote, and the text of the answer."""

    letter: str
    written: list[str]
    text: str


def send_request(client: Client, method: str, path: str) -> Outcome:
    cookies = SimpleCookie(client.cookies)
    with undone() as written:
        content = POST_DATA if method == "post" else {}
        response = getattr(client, method)(path, content, headers={"X-Requested-With": "XMLHttpRequest"})
        text = "" if response.streaming else response.content.decode()
    client.cookies = cookies
    allowed = "M" if response.status_code < 400 else str(response.status_code)
    return Outcome(LETTERS.get(response.status_code, allowed), written, text)


def deviations(url: Address, promised: str, outcome: Outcome, *, sees_all: bool) -> Iterator[str]:
    """What is wrong with the outcome of this request."""
    if outcome.letter != promised:
        yield f"{outcome.letter}, the table says {promised}"
    if outcome.letter != "M" and outcome.written:
        yield f"refused, but it wrote {outcome.written}"
    if not sees_all and SECRET in outcome.text:
        yield "shows the draft of others"


@pytest.mark.parametrize("rol", TESTED_ROLES)
def test_every_address_does_for_each_role_what_the_table_says(rol: str, entries: Any) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username=rol))
    sees_all = rol in ("Secretariaat", "Beheerder")
    errors = []
    for url in protected_addresses():
        for method, letters in zip(("get", "post"), rule_of(url.name), strict=True):
            if was_walked_by_the_secretariat(letters, rol):
                continue
            for who, verwacht in expected(letters, rol):
                outcome = send_request(client, method, url.path(entry_for(url, who, entries)))
                for error in deviations(url, verwacht, outcome, sees_all=sees_all):
                    errors.append(f"{method} {url.name} ({who}): {error}")
    assert not errors, "\n" + "\n".join(errors)


@pytest.mark.once  # who has no role is turned away before anything is asked of an entry
@pytest.mark.parametrize("logged_in", [False, True])
def test_without_a_role_nothing_opens(logged_in: bool, entries: Any, create_user: Any) -> None:
    client = Client(raise_request_exception=False)
    if logged_in:
        client.force_login(create_user(None))
    errors = []
    for url in protected_addresses():
        path = url.path(entry_for(url, "eigen", entries))
        for method in ("get", "post"):
            outcome = send_request(client, method, path)
            if outcome.letter not in ("-", "0") or outcome.written:
                errors.append(f"{method} {url.name}: {outcome.letter} {outcome.written}")
    assert not errors, "\n" + "\n".join(errors)
