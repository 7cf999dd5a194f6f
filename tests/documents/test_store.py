from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blauwdrukken.documents.content.document import document, with_all_content
from blauwdrukken.documents.workshop import store
from blauwdrukken.documents.workshop.late import NotYet
from blauwdrukken.documents.workshop.process import BACKGROUND, VISITOR, Pace, hold_place, lock_files, output_dir
from blauwdrukken.models import Blauwdruk
from blauwdrukken.search.triggers import TABLES
from tests.documents.samples import one_blauwdruk


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(store, "_known", {})  # a rollback gives the database a state that it had before


@pytest.fixture
def made_files(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Files that were made, by a maker that writes one word."""
    paths: list[Path] = []

    def make(extension: str, order: dict[str, Any], target: Path, pace: Pace) -> None:
        paths.append(target)
        target.write_text("gemaakt")

    monkeypatch.setattr(store, "make_file", make)
    return paths


def test_the_same_content_is_made_once_and_other_content_or_format_anew(
    made_files: list[Path], branchestraten: dict[str, Any]
) -> None:
    first = store.store_file("pdf", one_blauwdruk(branchestraten))
    assert store.store_file("pdf", one_blauwdruk(branchestraten)) == first
    other = [
        store.store_file("docx", one_blauwdruk(branchestraten)),
        store.store_file("pdf", one_blauwdruk(branchestraten | {"titel": "x"})),
    ]
    assert made_files == [first, *other]
    assert len(set(made_files)) == 3


def test_another_template_makes_another_file(
    made_files: list[Path], branchestraten: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    store.store_file("pdf", one_blauwdruk(branchestraten))
    monkeypatch.setattr(store, "makers_version", lambda: "anders")
    store.store_file("pdf", one_blauwdruk(branchestraten))
    assert len(set(made_files)) == 2


def test_who_asks_at_the_same_time_gets_the_same_file_that_is_made_once(
    branchestraten: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on, made = threading.Event(), threading.Event(), []

    def make(extension: str, order: dict[str, Any], target: Path, pace: Pace) -> None:
        made.append(target)
        begun.set()
        go_on.wait(60)
        target.write_text("gemaakt")

    monkeypatch.setattr(store, "make_file", make)
    paths: list[Path] = []
    askers = [
        threading.Thread(target=lambda: paths.append(store.store_file("pdf", one_blauwdruk(branchestraten))))
        for _ in "12"
    ]
    askers[0].start()
    assert begun.wait(60)
    askers[1].start()
    go_on.set()
    for asker in askers:
        asker.join(10)
    assert len(made) == 1
    assert paths == made * 2


@contextmanager
def taken(name: str, places: int) -> Iterator[None]:
    with ExitStack() as stack:
        for lock in lock_files(name, places):
            stack.enter_context(hold_place([lock], 0))
        yield


def test_a_full_waiting_room_turns_people_away_at_once(made_files: list[Path], branchestraten: dict[str, Any]) -> None:
    order = one_blauwdruk(branchestraten)
    with taken("wachtkamer", store.WAITING_PLACES):
        with pytest.raises(NotYet):
            store.store_file("pdf", order, Pace(60, 40))
        assert store.store_file("docx", order, BACKGROUND).exists(), "what works in the background is no visitor"
    assert store.store_file("pdf", order).exists()


def test_one_client_leaves_places_to_others(made_files: list[Path], branchestraten: dict[str, Any]) -> None:
    order = one_blauwdruk(branchestraten)
    greedy, other = (VISITOR._replace(client=address) for address in ("192.0.2.1", "192.0.2.2"))
    group = store._client_group("192.0.2.1")
    assert group != store._client_group("192.0.2.2")
    assert store.PLACES_PER_CLIENT < store.WAITING_PLACES
    with taken(group, store.PLACES_PER_CLIENT):
        with pytest.raises(NotYet):
            store.store_file("pdf", order, greedy)
        assert store.store_file("pdf", order, other).exists()
        assert store.store_file("pdf", order, greedy).exists(), "what was made takes no place"


def test_the_second_time_only_the_state_of_the_database_is_asked(
    made_files: list[Path], branchestraten: dict[str, Any], django_assert_num_queries: Any
) -> None:
    first = store.get_file("pdf", ("proef", 1), lambda: one_blauwdruk(branchestraten))
    with django_assert_num_queries(1):
        assert store.get_file("pdf", ("proef", 1), lambda: pytest.fail("asked again")) == first
    first.unlink()
    assert store.get_file("pdf", ("proef", 1), lambda: one_blauwdruk(branchestraten)).exists()
    assert len(made_files) == 2


def test_after_a_change_or_on_another_day_the_content_is_looked_at_again(
    made_files: list[Path], branchestraten: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    requested: list[int] = []

    def order() -> dict[str, Any]:
        requested.append(1)
        return one_blauwdruk(branchestraten)

    store.get_file("pdf", "proef", order)
    Blauwdruk.objects.filter(nummer=4).update(fase="afgerond")
    store.get_file("pdf", "proef", order)
    monkeypatch.setattr(store.timezone, "localdate", lambda: "morgen")
    store.get_file("pdf", "proef", order)
    assert len(requested) == 3
    assert len(made_files) == 1


def test_every_table_that_a_document_shows_raises_the_change_number() -> None:
    with CaptureQueriesContext(connection) as parsed:
        for blauwdruk in with_all_content(Blauwdruk.objects.published()):
            document(blauwdruk)
    tables = {t for query in parsed for t in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    assert "blauwdrukken_kerncijfer" in tables
    assert tables <= set(TABLES)


def place_file(name: str, hours: float, size: int = 10) -> Path:
    """A file in the store that was made so many hours ago."""
    path = output_dir() / name
    path.write_bytes(b"x" * size)
    os.utime(path, (time.time() - hours * 3600,) * 2)
    return path


def test_the_store_removes_what_is_old_also_when_there_is_room() -> None:
    kept, gone = [place_file("kort.pdf", 47), place_file("vers.half", 0.1)], [place_file("oud.pdf", 49)]
    gone += [place_file("rest.half", 1), place_file("rest.slot", 1)]
    store.clean_up(output_dir())
    assert [path.exists() for path in kept] == [True] * 2
    assert [path.exists() for path in gone] == [False] * 3


def test_the_store_keeps_what_is_new_and_within_its_size(settings: Any) -> None:
    settings.UITVOER_MAX_MB = 1
    folder = output_dir()
    kept = [place_file("nieuw.pdf", 0, 600_000), place_file("bezig.half", 0), place_file("vast.slot", 0)]
    gone = [
        place_file("groot.pdf", 1, 600_000),
        place_file("oud.pdf", 49),
        place_file("rest.half", 1),
        place_file("rest.slot", 1),
    ]
    with_reader = gone[0].open("rb")
    store.clean_up(folder)
    assert [path.exists() for path in kept] == [True] * 3
    assert [path.exists() for path in gone] == [False] * 4
    with with_reader:
        assert len(with_reader.read()) == 600_000
    assert (folder / "sloten").is_dir()
