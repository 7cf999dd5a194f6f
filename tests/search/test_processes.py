"""The index under real processes: it follows the database, and survives whatever ends or damages it."""

from __future__ import annotations

import json
import os
import random
import secrets
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from blauwdrukken.models import Blauwdruk
from tests.search.site_process import FORK, PATIENCE, serve, start_forkserver, wait_until

IS_SQLITE = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
SEED = int(os.environ.get("TESTZAAD") or secrets.randbelow(10**6))
PRACTICE_COUNT = 1_100  # practice blueprints: more than the index takes at a time
ROUNDS = 12
REBUILD, FOLLOW = "call_command('indexeer', verbosity=0)", "gateway().engine()"


class SiteProcess:
    """A process of the site, for as long as the test wants it."""

    def __init__(self, map_: Path, database: str) -> None:
        self._pipe, ander_eind = FORK.Pipe()
        self._process = FORK.Process(target=serve, args=(ander_eind, str(map_), database), daemon=True)
        self._process.start()
        ander_eind.close()
        self._unread = 0

    def send(self, opdracht: str, soort: str = "doe") -> None:
        """Send this, and do not wait for the answer."""
        self.read()
        self._pipe.send((soort, opdracht))
        self._unread += 1

    def read(self) -> Any:
        """Answer to what was sent last."""
        antwoord = None
        while self._unread:
            assert self._pipe.poll(PATIENCE), "no answer"
            antwoord = self._pipe.recv()
            self._unread -= 1
            assert not (isinstance(antwoord, dict) and "fout" in antwoord), antwoord["fout"]
        return antwoord

    def is_done(self, binnen: float) -> bool:
        """Whether the answer came within so many seconds."""
        return self._pipe.poll(binnen)

    def perform(self, opdracht: str) -> None:
        """Carry out statements."""
        self.send(opdracht)
        self.read()

    def evaluate(self, uitdrukking: str) -> Any:
        """Value of an expression."""
        self.send(uitdrukking, "vraag")
        return self.read()

    def assert_correct(self) -> None:
        """Fail unless it finds exactly what is published."""
        assert self.evaluate("found()") == self.evaluate("expected()")

    def kill(self) -> None:
        """End it with kill -9, so that it cannot tidy up."""
        self._process.kill()
        self._process.join(PATIENCE)
        assert self._process.exitcode == -signal.SIGKILL
        self._pipe.close()


class Site:
    """A folder and a database with the real content, for processes of its own."""

    def __init__(self, map_: Path, database: str) -> None:
        self.folder = map_
        self.index = map_ / "zoekindex"
        self.sqlite = map_ / "kennisbank.sqlite3"
        (map_ / "static").mkdir()
        self._database = database
        self._processes: list[SiteProcess] = []

    def start(self) -> SiteProcess:
        """A process that has loaded the site, and opened nothing yet."""
        self._processes.append(SiteProcess(self.folder, self._database))
        return self._processes[-1]

    def kill(self, proces: SiteProcess) -> None:
        """End it with kill -9."""
        self._processes.remove(proces)
        proces.kill()

    def stop(self) -> None:
        for proces in self._processes:
            proces.kill()

    def index_folders(self) -> list[str]:
        """Names of the index folders; just one, unless an index is being made."""
        return [map_.name for map_ in self.index.iterdir() if map_.is_dir()]

    def current_index(self) -> Path:
        """Folder of the index in use."""
        return self.index / (self.index / "huidig").read_text()


@pytest.fixture
def db(django_db_setup: None) -> None:
    """Other processes use copies of the test database; these tests need no transaction in it."""


def as_file(map_: Path) -> Iterator[str]:
    """Copy of the test database in a file."""
    with closing(sqlite3.connect(map_ / "kennisbank.sqlite3")) as kopie:
        connection.ensure_connection()
        connection.connection.backup(kopie)
    yield str(map_ / "kennisbank.sqlite3")


def on_server(map_: Path) -> Iterator[str]:
    """Copy of the test database on its server."""
    naam, bron = f"proces_{secrets.token_hex(6)}", connection.settings_dict["NAME"]
    connection.close()  # a database in use cannot be copied
    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {naam} TEMPLATE {bron}".encode())
    yield naam
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE {naam} WITH (FORCE)".encode())


@pytest.fixture(scope="module", autouse=True)
def _forkserver() -> None:
    start_forkserver()


@contextmanager
def make_site(map_: Path, django_db_blocker: Any) -> Iterator[Site]:
    with django_db_blocker.unblock():
        kopie = (as_file if IS_SQLITE else on_server)(map_)
        site = Site(map_, next(kopie))
        try:
            yield site
        finally:
            site.stop()
            next(kopie, None)


@pytest.fixture
def site(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[Site]:
    """A site of this test alone, with the real content and no index yet."""
    with make_site(tmp_path, django_db_blocker) as site:
        yield site


@pytest.fixture(scope="module")
def made_index(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Index of the real content; it fits each copy of the database."""
    with make_site(tmp_path_factory.mktemp("basis"), django_db_blocker) as site:
        site.start().assert_correct()
    return site.index


@pytest.fixture
def site_with_index(site: Site, made_index: Path) -> Site:
    shutil.copytree(made_index, site.index)
    return site


def test_what_one_process_publishes_another_finds_at_its_next_question(site: Site) -> None:
    schrijver, lezer = site.start(), site.start()
    assert lezer.evaluate("count_hits('kanariepiet')") == 0
    oude = site.index_folders()
    schrijver.perform("create_blauwdruk(900, 'Kanariepiet')")
    assert lezer.evaluate("count_hits('kanariepiet')") == 1
    schrijver.perform("Blauwdruk.objects.filter(nummer=900).update(titel='Zeearend')")
    assert lezer.evaluate("[count_hits('zeearend'), count_hits('kanariepiet')]") == [1, 0]
    schrijver.perform("Blauwdruk.objects.get(nummer=900).delete()")
    assert lezer.evaluate("count_hits('zeearend')") == 0
    assert site.index_folders() == oude
    lezer.assert_correct()


def test_a_reader_follows_while_another_process_holds_a_transaction_open(site_with_index: Site) -> None:
    schrijver, lezer = site_with_index.start(), site_with_index.start()
    lezer.assert_correct()
    schrijver.perform("create_blauwdruk(900, 'Kanariepiet')")
    schrijver.perform("transactie = transaction.atomic(); transactie.__enter__(); create_blauwdruk(901, 'Zeearend')")
    assert lezer.evaluate("count_hits('kanariepiet')") == 1
    assert lezer.evaluate("count_hits('zeearend')") == 0
    schrijver.perform("transactie.__exit__(None, None, None)")
    assert lezer.evaluate("count_hits('zeearend')") == 1


def test_a_change_that_is_rolled_back_changes_nothing(site_with_index: Site) -> None:
    schrijver, lezer = site_with_index.start(), site_with_index.start()
    nummer, gezien = lezer.evaluate("IndexState.from_database().nummer"), lezer.evaluate("found()")
    schrijver.evaluate("found()")
    schrijver.perform("transactie = transaction.atomic(); transactie.__enter__(); create_blauwdruk(900, 'Kanariepiet')")
    schrijver.perform("Blauwdruk.objects.exclude(nummer=900).update(live=False)")
    assert schrijver.evaluate("IndexState.from_database().nummer") > nummer
    assert schrijver.evaluate("found()") == gezien
    assert lezer.evaluate("found()") == gezien
    schrijver.perform("transaction.set_rollback(True); transactie.__exit__(None, None, None)")
    for proces in (schrijver, lezer, site_with_index.start()):
        assert proces.evaluate("IndexState.from_database().nummer") == nummer
        assert proces.evaluate("found()") == gezien
        proces.assert_correct()


@pytest.mark.parametrize(
    "intrekken",
    [
        "Blauwdruk.objects.filter(nummer__in=[1, 2]).update(live=False)",
        "[b.unpublish() for b in Blauwdruk.objects.filter(nummer__in=[1, 2])]",
        "connection.cursor().execute('UPDATE blauwdrukken_blauwdruk SET live = NOT live WHERE nummer IN (1, 2)')",
    ],
    ids=["bulk update", "back office", "plain SQL"],
)
def test_what_is_unpublished_is_gone_from_the_results_at_once(site_with_index: Site, intrekken: str) -> None:
    schrijver, lezer = site_with_index.start(), site_with_index.start()
    voor = lezer.evaluate("shown()")
    schrijver.perform(intrekken)
    assert lezer.evaluate("shown()") == [nummer for nummer in voor if nummer not in (1, 2)]
    lezer.assert_correct()
    schrijver.assert_correct()


def test_what_is_unpublished_is_not_shown_even_while_the_index_cannot_follow(site_with_index: Site) -> None:
    schrijver, lezer = site_with_index.start(), site_with_index.start()
    voor = lezer.evaluate("shown()")
    schrijver.perform("slot = gateway().store.lock(wacht=True); slot.__enter__()")
    schrijver.perform("Blauwdruk.objects.filter(nummer__in=[1, 2]).update(live=False)")
    assert lezer.evaluate("shown()") == [nummer for nummer in voor if nummer not in (1, 2)]
    assert lezer.evaluate("found()[0]") == len(voor)
    schrijver.perform("slot.__exit__(None, None, None)")
    lezer.assert_correct()


def test_an_entry_that_expires_is_no_longer_shown_although_nothing_was_written(site_with_index: Site) -> None:
    schrijver, lezer = site_with_index.start(), site_with_index.start()
    voor = lezer.evaluate("shown()")
    straks = "timezone.now() + timedelta(hours=1)"
    schrijver.perform(f"Blauwdruk.objects.filter(nummer=1).update(expire_at={straks})")
    assert lezer.evaluate("shown()") == voor
    stand = lezer.evaluate("IndexState.from_database().nummer")
    lezer.perform("set_clock(timedelta(hours=1, seconds=1))")
    assert lezer.evaluate("shown()") == [nummer for nummer in voor if nummer != 1]
    assert lezer.evaluate("IndexState.from_database().nummer") == stand
    schrijver.perform("Blauwdruk.objects.filter(nummer=2).update(expire_at=timezone.now())")
    assert lezer.evaluate("shown()") == [nummer for nummer in voor if nummer not in (1, 2)]


def test_wherever_indexing_is_killed_the_next_start_finds_everything_once(site_with_index: Site) -> None:
    """Ten random moments or more, until four were in the middle: while following changes, and during a rebuild."""
    print(f"TESTZAAD={SEED}")
    kans, site, schrijver = random.Random(SEED), site_with_index, site_with_index.start()
    hoogstens = {REBUILD: 1.0, FOLLOW: 1.0}

    def breek_af(opdracht: str) -> bool:
        """Kill a process at work, and look what the next one finds; whether the work was not done yet."""
        slachtoffer, stand = site.start(), (site.current_index() / "stand.json").read_text()
        slachtoffer.send(opdracht)
        slachtoffer.is_done(kans.uniform(0, hoogstens[opdracht]))
        site.kill(slachtoffer)
        onderbroken = stand == (site.current_index() / "stand.json").read_text()
        hoogstens[opdracht] *= 1.2 if onderbroken else 0.7  # as fast as this machine is now
        volgende = site.start()
        volgende.assert_correct()
        site.kill(volgende)
        assert len(site.index_folders()) == 1
        return onderbroken

    def wijzig(aantal: int) -> None:
        begin, fase = 1_000_001 + kans.randrange(PRACTICE_COUNT - aantal), kans.choice(Blauwdruk.Fase.values)
        rijen = f"Blauwdruk.objects.filter(nummer__range=({begin}, {begin + aantal - 1}))"
        schrijver.perform(f"{rijen}.update(fase='{fase}', live={kans.random() < 0.7})")

    schrijver.perform(f"call_command('maak_oefendata', aantal={PRACTICE_COUNT}, verbosity=0)")
    oud = site.index_folders()
    onderbroken = [breek_af(FOLLOW)]
    assert site.index_folders() == oud, "the practice data is to be followed, not to be indexed anew"
    while len(onderbroken) < 10 or sum(onderbroken) < 4:
        assert len(onderbroken) < 60, "the work is never killed in the middle"
        wijzig(100)
        onderbroken.append(breek_af(REBUILD))
        wijzig(300)
        onderbroken.append(breek_af(FOLLOW))
    schrijver.assert_correct()


def test_four_processes_that_write_and_search_at_once_never_damage_the_index(site_with_index: Site) -> None:
    print(f"TESTZAAD={SEED}")
    vier = [site_with_index.start() for _ in range(4)]
    oud = site_with_index.index_folders()
    for proces in vier:
        proces.assert_correct()
    for wie, proces in enumerate(vier):
        proces.send(f"write_and_search({wie}, {SEED}, {ROUNDS})")
    for proces in vier:
        proces.read()
    for proces in [*vier, site_with_index.start()]:
        assert proces.evaluate("wait_until(is_correct)")
        proces.assert_correct()
    assert site_with_index.index_folders() == oud, "no process had to make the index anew"


def test_four_processes_that_start_without_an_index_make_one_together(site: Site) -> None:
    vier = [site.start() for _ in range(4)]
    for proces in vier:
        proces.send("wait_until(lambda: status('/readyz') == 200)", "vraag")
    assert all(proces.read() for proces in vier)
    for proces in vier:
        proces.assert_correct()
    assert len(site.index_folders()) == 1


def test_threads_of_one_process_share_one_index_and_follow_together(site: Site) -> None:
    schrijver, lezer = site.start(), site.start()
    assert lezer.evaluate("in_threads(8, is_correct)") == [True] * 8
    assert len(site.index_folders()) == 1
    schrijver.send(f"write_and_search(0, {SEED}, {ROUNDS}); create_blauwdruk(900, 'Kanariepiet')")
    assert lezer.evaluate("in_threads(8, lambda: read_until(lambda: count_hits('kanariepiet')))") == [True] * 8
    schrijver.read()
    assert lezer.evaluate("in_threads(8, lambda: wait_until(is_correct))") == [True] * 8


def write_content(naam: str, inhoud: bytes) -> Any:
    """Damage: another content of a file, which is in the index in use or beside it."""
    return lambda index, huidig: (
        next(m for m in (huidig, index) if (m / naam).exists()).joinpath(naam).write_bytes(inhoud)
    )


def damage_file(soort: str, schade: str) -> Any:
    """Damage to a file of the index itself."""

    def beschadig(index: Path, huidig: Path) -> None:
        kans, bestand = random.Random(SEED), next(huidig.glob(f"*.{soort}"))
        inhoud = bestand.read_bytes()
        plek = kans.randrange(len(inhoud))
        if schade == "cut short":
            bestand.write_bytes(inhoud[:plek])
        elif schade == "overwritten":
            bestand.write_bytes(inhoud[:plek] + kans.randbytes(64) + inhoud[plek + 64 :])
        else:
            bestand.unlink()

    return beschadig


DAMAGE = {
    "no folder": lambda index, huidig: shutil.rmtree(index),
    "no index folder": lambda index, huidig: shutil.rmtree(huidig),
    "no meta.json": lambda index, huidig: (huidig / "meta.json").unlink(),
    "garbage in meta.json": write_content("meta.json", b"\x00\xff" * 40),
    "other content in meta.json": write_content("meta.json", b"{}"),
    "garbage in huidig": write_content("huidig", b"\xff\xfe\x00/"),
    "nothing in huidig": write_content("huidig", b""),
    "another name in huidig": write_content("huidig", b"elders"),
    "garbage in stand.json": write_content("stand.json", b"\x00\xff{"),
    "other content in stand.json": write_content("stand.json", b'{"versie": 1, "nummer": "veel", "token": null}'),
    "a list in stand.json": write_content("stand.json", b"[1, 2]"),
    "a later number in stand.json": write_content("stand.json", b'{"versie": 1, "nummer": 987654321, "token": "x"}'),
} | {
    f"a .{soort} file {schade}": damage_file(soort, schade)
    for soort, schade in zip(
        ("fast", "fieldnorm", "idx", "pos", "store", "term"),
        ("overwritten", "cut short", "removed", "overwritten", "cut short", "overwritten"),
        strict=True,
    )
}


@pytest.mark.parametrize("beschadig", DAMAGE.values(), ids=DAMAGE)
def test_a_missing_or_damaged_index_is_made_anew_by_the_next_process(site_with_index: Site, beschadig: Any) -> None:
    print(f"TESTZAAD={SEED}")
    oud = site_with_index.current_index()
    beschadig(site_with_index.index, oud)
    volgende = site_with_index.start()
    volgende.assert_correct()
    assert volgende.evaluate("status('/readyz')") == 200
    assert site_with_index.index_folders() == [site_with_index.current_index().name] != [oud.name]


def test_an_index_of_an_older_version_is_made_anew_by_the_next_process(site_with_index: Site) -> None:
    oud = site_with_index.current_index()
    gegevens = json.loads((oud / "stand.json").read_text())
    (oud / "stand.json").write_text(json.dumps(gegevens | {"versie": gegevens["versie"] - 1}))
    site_with_index.start().assert_correct()
    assert site_with_index.index_folders() == [site_with_index.current_index().name] != [oud.name]


@pytest.mark.parametrize(
    "beschadig", [DAMAGE["no folder"], DAMAGE["a .term file overwritten"]], ids=["none", "damaged"]
)
def test_the_site_is_not_ready_while_another_process_makes_the_index(site_with_index: Site, beschadig: Any) -> None:
    beschadig(site_with_index.index, site_with_index.current_index())
    maker, bezoeker = site_with_index.start(), site_with_index.start()
    maker.perform("slot = gateway().store.lock(wacht=True); slot.__enter__()")
    for adres, code in {"/readyz": 503, "/healthz": 200, "/blauwdrukken/": 503}.items():
        assert bezoeker.evaluate(f"status('{adres}')") == code
    maker.kill()
    for adres in ("/readyz", "/healthz", "/blauwdrukken/"):
        assert bezoeker.evaluate(f"status('{adres}')") == 200
    bezoeker.assert_correct()


def test_a_process_whose_index_folder_is_removed_goes_on_and_makes_it_anew(site_with_index: Site) -> None:
    lezer = site_with_index.start()
    lezer.assert_correct()
    shutil.rmtree(site_with_index.index)
    lezer.assert_correct()
    lezer.perform("create_blauwdruk(900, 'Kanariepiet')")
    assert lezer.evaluate("count_hits('kanariepiet')") == 1
    site_with_index.start().assert_correct()


@pytest.mark.parametrize("soort", ["fast", "idx", "pos", "store"])
def test_a_process_that_trips_over_damage_to_its_open_index_makes_it_anew(site_with_index: Site, soort: str) -> None:
    lezer = site_with_index.start()
    lezer.assert_correct()
    for bestand in site_with_index.current_index().glob(f"*.{soort}"):
        bestand.write_bytes(bytes(bestand.stat().st_size))  # in place: the process has it open
    vragen = [f"status('/blauwdrukken/{vraag}')" for vraag in ("", "?zoek=bioskoop", "?zoek=%22drive+in%22")]
    assert {lezer.evaluate(vraag) for vraag in vragen} <= {200, 503}
    lezer.assert_correct()
    assert lezer.evaluate("count_hits('bioscoop')") == site_with_index.start().evaluate("count_hits('bioscoop')") > 0


@pytest.mark.skipif(not IS_SQLITE, reason="copies the file of the database")
@pytest.mark.parametrize("daarna", [0, 3, 5], ids=["no change", "as many changes", "more changes"])
def test_a_database_put_back_from_a_backup_gets_an_index_of_its_own(site_with_index: Site, daarna: int) -> None:
    site, backup = site_with_index, site_with_index.sqlite.with_name("backup")
    shutil.copy(site.sqlite, backup)
    eerste = site.start()
    eerste.perform("for n in range(3): create_blauwdruk(900 + n, 'Kanariepiet')")
    assert eerste.evaluate("count_hits('kanariepiet')") == 3
    eerste.kill()
    oud = site.index_folders()
    for rest in site.sqlite.parent.glob("kennisbank.sqlite3*"):
        rest.unlink()
    shutil.copy(backup, site.sqlite)
    tweede = site.start()
    tweede.perform(f"for n in range({daarna}): create_blauwdruk(910 + n, 'Zeearend')")
    tweede.assert_correct()
    assert [tweede.evaluate(f"count_hits('{zoek}')") for zoek in ("kanariepiet", "zeearend")] == [0, daarna]
    assert site.index_folders() != oud


def test_a_rebuild_stands_beside_the_old_index_which_goes_on_answering(site_with_index: Site) -> None:
    site, ga_door = site_with_index, site_with_index.folder / "ga-door"
    lezer, schrijver, nieuw, maker = (site.start() for _ in range(4))
    lezer.perform("call_command('maak_oefendata', aantal=800, verbosity=0)")
    lezer.assert_correct()
    oud, aantal = site.index_folders(), lezer.evaluate("expected()[0]")
    maker.perform(f"wait_before_switch('{ga_door}')")
    maker.send(REBUILD)
    assert wait_until(lambda: len(site.index_folders()) > 1)
    assert lezer.evaluate("[count_hits('scholing') > 0 for _ in range(20)]") == [True] * 20
    schrijver.perform("create_blauwdruk(900, 'Kanariepiet')")
    assert nieuw.evaluate("found()[0]") == aantal
    assert nieuw.evaluate("status('/readyz')") == 200
    assert set(site.index_folders()) > set(oud)
    ga_door.touch()
    maker.read()
    for proces in (lezer, nieuw, site.start()):
        assert proces.evaluate("count_hits('kanariepiet')") == 1
        proces.assert_correct()
    assert len(site.index_folders()) == 1
    assert site.index_folders() != oud
