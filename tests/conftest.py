"""The real content is in the test database: tests read what visitors read."""

from __future__ import annotations

import gc
from collections.abc import Generator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.template import RequestContext
from django.test import Client, client
from django.test.client import store_rendered_templates  # type: ignore[attr-defined]
from django.utils import timezone
from hypothesis import HealthCheck, settings

from blauwdrukken.models import Blauwdruk, Project
from blauwdrukken.tally import tally
from kennisbank.models import User
from regios.models import Regio
from tests.leftovers import contents, nothing_left_behind, outside
from tests.prepared import database_in_memory, folder_of_the_run, template_on_server

pytest_plugins = ["tests.beheer.people", "tests.beheer.screens", "tests.kennisbank.keeping"]

# They take half a minute or more each.
HEAVY = (
    "browser/test_pages.py", "browser/test_beheer_accessible.py", "kennisbank/test_commands.py",
    "beheer/test_permissions.py", "search/test_quality.py", "documents/test_epub.py", "kennisbank/test_doors.py",
)  # fmt: skip

settings.register_profile("kennisbank", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
settings.load_profile("kennisbank")


def keep_only_pages(store: dict[str, Any], signal: Any, sender: Any, template: Any, context: Any, **rest: Any) -> None:
    """Keep what a view gave its page; to copy that for each part of a page takes longer than many a view."""
    if isinstance(context, RequestContext) and context.template is template:
        store_rendered_templates(store, signal, sender, template, context, **rest)


client.store_rendered_templates = keep_only_pages  # type: ignore[attr-defined]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser comes first, and what is heavy: at the end it would leave the other processor idle."""
    items.sort(key=lambda item: (item.get_closest_marker("browser") is None, not str(item.path).endswith(HEAVY)))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep all that is loaded by now out of the garbage collector's rounds, and make these rare."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(100_000, 50)
        gc.enable()


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder in which all processes of this run keep what is made once."""
    return folder_of_the_run(tmp_path_factory)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, run_folder: Path
) -> Iterator[None]:
    """Start from a copy of the database with the real content, instead of migrating and loading in every process."""
    if connection.vendor == "sqlite":
        with database_in_memory(run_folder, connection.creation._get_test_db_name()):  # type: ignore[attr-defined]
            yield
    else:
        with template_on_server(run_folder, connection.settings_dict["TEST"]):
            yield


@pytest.fixture(scope="session", autouse=True)
def _every_test_leaves_the_database_as_it_was(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What all tests of this process together left behind is a fault, in whatever order they ran."""
    with django_db_blocker.unblock(), nothing_left_behind():
        yield


@pytest.fixture
def own_connections(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """For a test that commits: name the tables that it leaves with other rows."""
    with django_db_blocker.unblock(), nothing_left_behind(lambda: outside(contents)):
        yield


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Every test may use the database; what it writes is rolled back."""
    tally._waiting.clear()


@pytest.fixture
def create_blauwdruk() -> Any:
    """Make a published blueprint with these values."""
    numbers = iter(range(10_000))

    def make(**fields: Any) -> Blauwdruk:
        choices = {name: fields.pop(name) for name in ("regios", "themas", "doelgroepen") if name in fields}
        nummer = next(numbers)
        fields = {
            "titel": f"Proefstuk {nummer}",
            "slug": f"proefstuk-{nummer}",
            "samenvatting": "Een proefstuk.",
            "live": True,
        } | fields
        blauwdruk = Blauwdruk(**fields)
        for name, values in choices.items():
            setattr(blauwdruk, name, values)
        blauwdruk.save()
        return blauwdruk

    return make


@pytest.fixture
def editor_client(client: Any) -> Iterator[Any]:
    """Client that is logged in to the back office."""
    client.force_login(User.objects.create_superuser("redactie", password="geheim"))
    return client


@pytest.fixture
def create_user() -> Any:
    """Make an account with this role and these regions."""

    def make(role: str | None, *regios: Regio, **fields: Any) -> User:
        user = User.objects.create_user(fields.pop("username", f"gebruiker-{User.objects.count()}"), **fields)
        user.groups.set(Group.objects.filter(name=role))
        user.regios.set(regios)
        return user

    return make


@pytest.fixture
def client_as(create_user: Any) -> Any:
    """Client that is logged in with this role and these regions."""

    def inloggen(role: str | None, *regios: Regio) -> Client:
        client = Client()
        client.force_login(create_user(role, *regios))
        return client

    return inloggen


@pytest.fixture
def hidden_word(create_blauwdruk: Any) -> str:
    """A word that stands only in entries that are not public."""
    word = "kanariepiet"
    create_blauwdruk(titel=f"Concept {word}", slug=f"concept-{word}", doel=f"<p>{word}</p>", live=False)
    create_blauwdruk(titel=f"Verlopen {word}", slug=f"verlopen-{word}", expire_at=timezone.now() - timedelta(minutes=1))
    live = Blauwdruk.objects.get(nummer=1)
    live.titel = f"Nieuwe titel {word}"
    live.save_revision()
    Project.objects.create(titel=f"Conceptproject {word}", slug=f"project-{word}", doel=word)
    return word
