from __future__ import annotations

import os
import re
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blauwdrukken.documents.content.document import document, with_all_content
from blauwdrukken.documents.limits import Busy
from blauwdrukken.documents.workshop import store
from blauwdrukken.documents.workshop.process import hold_place, lock_files, output_dir
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
    paden: list[Path] = []

    def maak(formaat: str, opdracht: dict[str, Any], doel: Path, geduld: float) -> None:
        paden.append(doel)
        doel.write_text("gemaakt")

    monkeypatch.setattr(store, "make_file", maak)
    return paden


def test_the_same_content_is_made_once_and_other_content_or_format_anew(
    made_files: list[Path], branchestraten: dict[str, Any]
) -> None:
    eerste = store.store_file("pdf", one_blauwdruk(branchestraten))
    assert store.store_file("pdf", one_blauwdruk(branchestraten)) == eerste
    anders = [
        store.store_file("docx", one_blauwdruk(branchestraten)),
        store.store_file("pdf", one_blauwdruk(branchestraten | {"titel": "x"})),
    ]
    assert made_files == [eerste, *anders]
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
    begonnen, verder, gemaakt = threading.Event(), threading.Event(), []

    def maak(formaat: str, opdracht: dict[str, Any], doel: Path, geduld: float) -> None:
        gemaakt.append(doel)
        begonnen.set()
        verder.wait(60)
        doel.write_text("gemaakt")

    monkeypatch.setattr(store, "make_file", maak)
    paden: list[Path] = []
    vragers = [
        threading.Thread(target=lambda: paden.append(store.store_file("pdf", one_blauwdruk(branchestraten))))
        for _ in "12"
    ]
    vragers[0].start()
    assert begonnen.wait(60)
    vragers[1].start()
    verder.set()
    for vrager in vragers:
        vrager.join(10)
    assert len(gemaakt) == 1
    assert paden == gemaakt * 2


def test_a_full_waiting_room_turns_people_away_at_once(made_files: list[Path], branchestraten: dict[str, Any]) -> None:
    bezet = [hold_place([slot], 0) for slot in lock_files("wachtkamer", store.WAITING_PLACES)]
    for plek in bezet:
        plek.__enter__()
    with pytest.raises(Busy):
        store.store_file("pdf", one_blauwdruk(branchestraten), geduld=60)
    for plek in bezet:
        plek.__exit__(None, None, None)
    assert store.store_file("pdf", one_blauwdruk(branchestraten)).exists()


def test_the_second_time_only_the_state_of_the_database_is_asked(
    made_files: list[Path], branchestraten: dict[str, Any], django_assert_num_queries: Any
) -> None:
    eerste = store.get_file("pdf", ("proef", 1), lambda: one_blauwdruk(branchestraten))
    with django_assert_num_queries(1):
        assert store.get_file("pdf", ("proef", 1), lambda: pytest.fail("asked again")) == eerste
    eerste.unlink()
    assert store.get_file("pdf", ("proef", 1), lambda: one_blauwdruk(branchestraten)).exists()
    assert len(made_files) == 2


def test_after_a_change_or_on_another_day_the_content_is_looked_at_again(
    made_files: list[Path], branchestraten: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    gevraagd: list[int] = []

    def opdracht() -> dict[str, Any]:
        gevraagd.append(1)
        return one_blauwdruk(branchestraten)

    store.get_file("pdf", "proef", opdracht)
    Blauwdruk.objects.filter(nummer=4).update(fase="afgerond")
    store.get_file("pdf", "proef", opdracht)
    monkeypatch.setattr(store.timezone, "localdate", lambda: "morgen")
    store.get_file("pdf", "proef", opdracht)
    assert len(gevraagd) == 3
    assert len(made_files) == 1


def test_every_table_that_a_document_shows_raises_the_change_number() -> None:
    with CaptureQueriesContext(connection) as gelezen:
        for blauwdruk in with_all_content(Blauwdruk.objects.published()):
            document(blauwdruk)
    tabellen = {t for vraag in gelezen for t in re.findall(r'(?:FROM|JOIN) "(\w+)"', vraag["sql"])}
    assert "blauwdrukken_kerncijfer" in tabellen
    assert tabellen <= set(TABLES)


def leg_neer(naam: str, uren: float, grootte: int = 10) -> Path:
    """A file in the store that was made so many hours ago."""
    pad = output_dir() / naam
    pad.write_bytes(b"x" * grootte)
    os.utime(pad, (time.time() - uren * 3600,) * 2)
    return pad


def test_the_store_removes_what_is_old_also_when_there_is_room() -> None:
    blijft, weg = [leg_neer("kort.pdf", 47), leg_neer("vers.half", 0.1)], [leg_neer("oud.pdf", 49)]
    weg += [leg_neer("rest.half", 1), leg_neer("rest.slot", 1)]
    store.clean_up(output_dir())
    assert [pad.exists() for pad in blijft] == [True] * 2
    assert [pad.exists() for pad in weg] == [False] * 3


def test_the_store_keeps_what_is_new_and_within_its_size(settings: Any) -> None:
    settings.UITVOER_MAX_MB = 1
    map_ = output_dir()
    blijft = [leg_neer("nieuw.pdf", 0, 600_000), leg_neer("bezig.half", 0), leg_neer("vast.slot", 0)]
    weg = [
        leg_neer("groot.pdf", 1, 600_000),
        leg_neer("oud.pdf", 49),
        leg_neer("rest.half", 1),
        leg_neer("rest.slot", 1),
    ]
    met_lezer = weg[0].open("rb")
    store.clean_up(map_)
    assert [pad.exists() for pad in blijft] == [True] * 3
    assert [pad.exists() for pad in weg] == [False] * 4
    with met_lezer:
        assert len(met_lezer.read()) == 600_000
    assert (map_ / "sloten").is_dir()
