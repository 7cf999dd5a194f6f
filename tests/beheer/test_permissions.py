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
from kennisbank.roles import ROLLEN
from regios.models import Regio
from tests.beheer.entries import GEHEIM, maak_bestand, maak_stuk, ter_beoordeling
from tests.beheer.permission_table import PUBLIC, ROLES, TABLE, Rule

LETTERS = {400: "4", 403: "-", 404: "0", 405: "x", 409: "M"}  # 409: may, but the form is too old
INHOUD = {"external-link-chooser-url": "https://voorbeeld.nl/"}
SOORTEN = {
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
VULLING: dict[str, Any] = {
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
    monkeypatch.setattr("kennisbank.login.session.ONTHOUD_PER", 10**9)


@dataclass(frozen=True)
class Adres:
    """One address below /beheer/; `naam` as in the table, `soort` the model of the entry it is about."""

    naam: str
    velden: tuple[str, ...]
    soort: str

    def pad(self, stuk: Any) -> str:
        if self.naam.startswith("bulk:"):
            _, model, actie = self.naam.split(":")
            return reverse("wagtail_bulk_action", args=[*model.split("."), actie]) + f"?id={stuk.pk}"
        waarden = {veld: self.waarde(veld, stuk) for veld in self.velden}
        return reverse(self.naam, kwargs=waarden)

    def waarde(self, veld: str, stuk: Any) -> Any:
        taak = TaskState.objects.filter(workflow_state__object_id=str(stuk.pk)).last() if "task" in veld else None
        bekend: dict[str, Any] = {
            **dict.fromkeys(("pk", "object_id", "document_id", "doc_id", "image_id"), stuk.pk),
            "revision_id": getattr(stuk, "latest_revision_id", 1),
        }
        if taak is not None:
            bekend |= {"task_state_id": taak.pk, "task_id": taak.task_id}
        if veld == "workflow_state_id" and (staat := getattr(stuk, "current_workflow_state", None)):
            bekend[veld] = staat.pk
        return bekend.get(veld, VULLING.get(veld, 1))


def patronen(resolver: Any, namen: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    for patroon in resolver.url_patterns:
        if isinstance(patroon, URLResolver):
            yield from patronen(patroon, (*namen, patroon.namespace) if patroon.namespace else namen)
        else:
            yield ":".join([*namen, patroon.name]) if patroon.name else "", patroon


def soort_van(naam: str) -> str:
    """Label of the model that a viewset's address is about, or of the user."""
    for model in get_snippet_models():
        if naam.split(":", maxsplit=1)[0].endswith(f"_{model._meta.app_label}_{model._meta.model_name}"):
            return str(model._meta.label_lower)
    return next((soort for begin, soort in SOORTEN.items() if naam.startswith(begin)), "kennisbank.user")


def alle_adressen() -> list[Adres]:
    beheer = [deel for deel in get_resolver().url_patterns if str(deel.pattern) == "beheer/"]
    gewoon = [
        Adres(naam, tuple(patroon.pattern.regex.groupindex), soort_van(naam))
        for deel in beheer
        for naam, patroon in patronen(deel)
        if naam and naam != "wagtail_bulk_action"
    ]
    bulk_action_registry._scan_for_bulk_actions()
    bulk = [
        Adres(f"bulk:{app}.{model}:{actie}", (), f"{app}.{model}")
        for app, modellen in bulk_action_registry.actions.items()
        for model, acties in modellen.items()
        for actie in acties
    ]
    return [*gewoon, *bulk]


def afgeschermd() -> list[Adres]:
    """The addresses that ask who one is."""
    return [a for a in alle_adressen() if not any(fnmatchcase(a.naam, patroon) for patroon in PUBLIC)]


def regel(naam: str) -> Rule:
    """GET and POST of this address in the table: its own line, else the one with a * that fits."""
    if naam in TABLE:
        return TABLE[naam]
    return next(uitkomst for patroon, uitkomst in TABLE.items() if fnmatchcase(naam, patroon))


def expected(letters: str, role: str) -> list[tuple[str, str]]:
    """Pairs of whose entry a role asks for and the letter it gets; with one letter a role it does not matter whose."""
    groups = dict(zip(ROLES, letters.split(), strict=True))
    about_no_entry = max(map(len, groups.values())) == 1
    return list(zip(("eigen",) if about_no_entry else ROLES[role], groups[role], strict=True))


def test_the_table_has_letters_for_every_role() -> None:
    assert set(ROLES) == set(ROLLEN)
    for letters in {letters for rule in TABLE.values() for letters in rule}:
        assert all(expected(letters, role) for role in ROLES), letters


def test_the_table_knows_every_address_and_no_other() -> None:
    namen = {adres.naam for adres in alle_adressen()}
    onbekend = {naam for naam in namen if not any(fnmatchcase(naam, patroon) for patroon in [*TABLE, *PUBLIC])}
    assert not onbekend, "add these addresses to tests/beheer/permission_table.py"
    verdwenen = {patroon for patroon in [*TABLE, *PUBLIC] if not any(fnmatchcase(naam, patroon) for naam in namen)}
    assert not verdwenen, "these addresses are gone; take them out of tests/beheer/permission_table.py"


@pytest.fixture
def stukken(maak_user: Any) -> dict[tuple[str, str, bool], Any]:
    """Per model, whose (eigen, ander, concept) and whether it is in review: an entry."""
    regio, andere = Regio.objects.all()[:2]
    users = {rol: maak_user(rol, username=rol) for rol in ROLES}
    users["Regiocoördinator"].regios.add(regio)
    werkgever = users["Werkgeversorganisatie"]
    gemaakt: dict[tuple[str, str, bool], Any] = {}
    for model in get_snippet_models():
        for wie, waar in (("eigen", regio), ("ander", andere), ("concept", andere)):
            for in_review in (False, True) if issubclass(model, WorkflowMixin) else (False,):
                eigenaar, woord = (werkgever, "Eigenwoord") if wie == "eigen" else (None, GEHEIM)
                naam = f"proef-{wie}-{in_review}".lower()
                stuk = maak_stuk(model, naam, waar, eigenaar, live=wie != "concept", woord=woord)
                if in_review:
                    ter_beoordeling(stuk, users["Secretariaat"])
                gemaakt[model._meta.label_lower, wie, in_review] = stuk
    for wie in ("eigen", "ander", "concept"):
        for model, gebruikt_door in ((Bestand, Blauwdruk), (Afbeelding, Verhaal)):
            stuk = gemaakt[gebruikt_door._meta.label_lower, wie, False]
            eigenaar = werkgever if wie == "eigen" else None
            gemaakt[model._meta.label_lower, wie, False] = maak_bestand(model, wie, eigenaar, stuk)
        gemaakt["kennisbank.user", wie, False] = maak_user("Werkgeversorganisatie", username=f"collega-{wie}")
        gemaakt["auth.group", wie, False] = Group.objects.create(name=f"groep-{wie}")
        gemaakt["wagtailcore.workflow", wie, False] = Workflow.objects.get(name="Proefbeoordeling")
        gemaakt["wagtailcore.task", wie, False] = Task.objects.get(name="Proeftaak")
    return gemaakt


def stuk_voor(adres: Adres, wie: str, stukken: Any) -> Any:
    in_review = "workflow" in adres.naam.split(":")[-1]
    terugval = stukken.get((adres.soort, wie, False)) or stukken["kennisbank.user", wie, False]
    return stukken.get((adres.soort, wie, in_review)) or terugval


@contextmanager
def ongedaan() -> Iterator[list[str]]:
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
class Uitkomst:
    """Letter of the table for a request (M: may), what the request wrote, and the text of the answer."""

    letter: str
    geschreven: list[str]
    tekst: str


def vraag(client: Client, methode: str, pad: str) -> Uitkomst:
    koekjes = SimpleCookie(client.cookies)
    with ongedaan() as geschreven:
        inhoud = INHOUD if methode == "post" else {}
        antwoord = getattr(client, methode)(pad, inhoud, headers={"X-Requested-With": "XMLHttpRequest"})
        tekst = "" if antwoord.streaming else antwoord.content.decode()
    client.cookies = koekjes
    mag = "M" if antwoord.status_code < 400 else str(antwoord.status_code)
    return Uitkomst(LETTERS.get(antwoord.status_code, mag), geschreven, tekst)


def afwijkingen(adres: Adres, verwacht: str, uitkomst: Uitkomst, *, ziet_alles: bool) -> Iterator[str]:
    """What is wrong with the outcome of this request."""
    if uitkomst.letter != verwacht:
        yield f"{uitkomst.letter}, the table says {verwacht}"
    if uitkomst.letter != "M" and uitkomst.geschreven:
        yield f"refused, but it wrote {uitkomst.geschreven}"
    if not ziet_alles and GEHEIM in uitkomst.tekst:
        yield "shows the draft of others"


@pytest.mark.parametrize("methode", ["get", "post"])
@pytest.mark.parametrize("rol", ROLES)
def test_every_address_does_for_each_role_what_the_table_says(rol: str, methode: str, stukken: Any) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username=rol))
    ziet_alles = rol in ("Secretariaat", "Beheerder")
    fouten = []
    for adres in afgeschermd():
        for wie, verwacht in expected(regel(adres.naam)[methode == "post"], rol):
            uitkomst = vraag(client, methode, adres.pad(stuk_voor(adres, wie, stukken)))
            for fout in afwijkingen(adres, verwacht, uitkomst, ziet_alles=ziet_alles):
                fouten.append(f"{methode} {adres.naam} ({wie}): {fout}")
    assert not fouten, "\n" + "\n".join(fouten)


@pytest.mark.parametrize("ingelogd", [False, True])
def test_without_a_role_nothing_opens(ingelogd: bool, stukken: Any, maak_user: Any) -> None:
    client = Client(raise_request_exception=False)
    if ingelogd:
        client.force_login(maak_user(None))
    fouten = []
    for adres in afgeschermd():
        pad = adres.pad(stuk_voor(adres, "eigen", stukken))
        for methode in ("get", "post"):
            uitkomst = vraag(client, methode, pad)
            if uitkomst.letter not in ("-", "0") or uitkomst.geschreven:
                fouten.append(f"{methode} {adres.naam}: {uitkomst.letter} {uitkomst.geschreven}")
    assert not fouten, "\n" + "\n".join(fouten)
