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

from blauwdrukken.heartbeat import MAX_AGE
from blauwdrukken.models import Blauwdruk
from tests.search.site_process import FORK, PATIENCE, serve, start_forkserver, wait_until

IS_SQLITE = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
SEED = int(os.environ.get("TESTZAAD") or secrets.randbelow(10**6))
PRACTICE_COUNT = 1_100  # practice blueprints: more than the index takes at a time
ROUNDS = 12
REBUILD, FOLLOW = "call_command('indexeer', verbosity=0)", "gateway().engine()"


class SiteProcess:
    """A process of the site, for as long as the test wants it."""

    def __init__(self, folder: Path, database: str) -> None:
        self._pipe, other_end = FORK.Pipe()
        self._process = FORK.Process(target=serve, args=(other_end, str(folder), database), daemon=True)
        self._process.start()
        other_end.close()
        self._unread = 0

    def send(self, command: str, kind: str = "doe") -> None:
        """Send this, and do not wait for the answer."""
        self.read()
        self._pipe.send((kind, command))
        self._unread += 1

    def read(self) -> Any:
        """Answer to what was sent last."""
        response = None
        while self._unread:
            assert self._pipe.poll(PATIENCE), "no answer"
            response = self._pipe.recv()
            self._unread -= 1
            assert not (isinstance(response, dict) and "fout" in response), response["fout"]
        return response

    def is_done(self, within: float) -> bool:
        """Whether the answer came within so many seconds."""
        return self._pipe.poll(within)

    def perform(self, command: str) -> None:
        """Carry out statements."""
        self.send(command)
        self.read()

    def evaluate(self, expression: str) -> Any:
        """Value of an expression."""
        self.send(expression, "vraag")
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


def _let_companions_live(folder: Path) -> None:
    """A sign of life, for years, of the processes beside a web server: none run here, and /readyz asks for them."""
    (folder / "hartslag").mkdir()
    for name in MAX_AGE:
        (folder / "hartslag" / name).touch()
        os.utime(folder / "hartslag" / name, (2**33, 2**33))


class Site:
    """A folder and a database with the real content, for processes of its own."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder = folder
        self.index = folder / "zoekindex"
        self.sqlite = folder / "kennisbank.sqlite3"
        (folder / "static").mkdir()
        _let_companions_live(folder)
        self._database = database
        self._processes: list[SiteProcess] = []

    def start(self) -> SiteProcess:
        """A process that has loaded the site, and opened nothing yet."""
        self._processes.append(SiteProcess(self.folder, self._database))
        return self._processes[-1]

    def kill(self, process: SiteProcess) -> None:
        """End it with kill -9."""
        self._processes.remove(process)
        process.kill()

    def stop(self) -> None:
        for process in self._processes:
            process.kill()

    def index_folders(self) -> list[str]:
        """Names of the index folders; just one, unless an index is being made."""
        return [folder.name for folder in self.index.iterdir() if folder.is_dir()]

    def current_index(self) -> Path:
        """Folder of the index in use."""
        return self.index / (self.index / "huidig").read_text()


@pytest.fixture
def db(django_db_setup: None) -> None:
    """Other processes use copies of the test database; these tests need no transaction in it."""


def as_file(folder: Path) -> Iterator[str]:
    """Copy of the test database in a file."""
    with closing(sqlite3.connect(folder / "kennisbank.sqlite3")) as copied:
        connection.ensure_connection()
        connection.connection.backup(copied)
    yield str(folder / "kennisbank.sqlite3")


def on_server(folder: Path) -> Iterator[str]:
    """Copy of the test database on its server."""
    name, source = f"proces_{secrets.token_hex(6)}", connection.settings_dict["NAME"]
    connection.close()  # a database in use cannot be copied
    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {source}".encode())
    yield name
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture(scope="module", autouse=True)
def _forkserver() -> None:
    start_forkserver()


@contextmanager
def make_site(folder: Path, django_db_blocker: Any) -> Iterator[Site]:
    with django_db_blocker.unblock():
        copied = (as_file if IS_SQLITE else on_server)(folder)
        site = Site(folder, next(copied))
        try:
            yield site
        finally:
            site.stop()
            next(copied, None)


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


def test_a_page_that_is_kept_is_right_in_four_processes_at_the_next_question(site_with_index: Site) -> None:
    processes = [site_with_index.start() for _ in range(4)]
    detail = "/blauwdrukken/branchestraten/"
    for number, process in enumerate(processes):
        process.evaluate(f"read_page('{detail}')")
        assert process.evaluate(f"read_page('{detail}')")[2]
        process.perform(f"Blauwdruk.objects.filter(slug='branchestraten').update(titel='Titel {number}')")
        pages = [other.evaluate(f"read_page('{detail}')") for other in processes]
        assert all(status == 200 and f"Titel {number}" in text for status, text, _ in pages)
        assert all(f"Titel {number}" in other.evaluate("read_page('/blauwdrukken/')")[1] for other in processes)
    assert all(other.evaluate(f"read_page('{detail}')")[2] for other in processes)
    processes[0].perform("Blauwdruk.objects.filter(slug='branchestraten').update(live=False)")
    for process in processes:
        assert process.evaluate(f"read_page('{detail}')")[0] == 404
        assert "Titel 3" not in process.evaluate("read_page('/blauwdrukken/')")[1]


def test_what_one_process_publishes_another_finds_at_its_next_question(site: Site) -> None:
    writer, reader = site.start(), site.start()
    assert reader.evaluate("count_hits('kanariepiet')") == 0
    old = site.index_folders()
    writer.perform("create_blauwdruk(900, 'Kanariepiet')")
    assert reader.evaluate("count_hits('kanariepiet')") == 1
    writer.perform("Blauwdruk.objects.filter(nummer=900).update(titel='Zeearend')")
    assert reader.evaluate("[count_hits('zeearend'), count_hits('kanariepiet')]") == [1, 0]
    writer.perform("Blauwdruk.objects.get(nummer=900).delete()")
    assert reader.evaluate("count_hits('zeearend')") == 0
    assert site.index_folders() == old
    reader.assert_correct()


def test_a_reader_follows_while_another_process_holds_a_transaction_open(site_with_index: Site) -> None:
    writer, reader = site_with_index.start(), site_with_index.start()
    reader.assert_correct()
    writer.perform("create_blauwdruk(900, 'Kanariepiet')")
    writer.perform("transactie = transaction.atomic(); transactie.__enter__(); create_blauwdruk(901, 'Zeearend')")
    assert reader.evaluate("count_hits('kanariepiet')") == 1
    assert reader.evaluate("count_hits('zeearend')") == 0
    writer.perform("transactie.__exit__(None, None, None)")
    assert reader.evaluate("count_hits('zeearend')") == 1


def test_a_change_that_is_rolled_back_changes_nothing(site_with_index: Site) -> None:
    writer, reader = site_with_index.start(), site_with_index.start()
    nummer, seen = reader.evaluate("IndexState.from_database().nummer"), reader.evaluate("found()")
    writer.evaluate("found()")
    writer.perform("transactie = transaction.atomic(); transactie.__enter__(); create_blauwdruk(900, 'Kanariepiet')")
    writer.perform("Blauwdruk.objects.exclude(nummer=900).update(live=False)")
    assert writer.evaluate("IndexState.from_database().nummer") > nummer
    assert writer.evaluate("found()") == seen
    assert reader.evaluate("found()") == seen
    writer.perform("transaction.set_rollback(True); transactie.__exit__(None, None, None)")
    for process in (writer, reader, site_with_index.start()):
        assert process.evaluate("IndexState.from_database().nummer") == nummer
        assert process.evaluate("found()") == seen
        process.assert_correct()


@pytest.mark.parametrize(
    "withdraw",
    [
        "Blauwdruk.objects.filter(nummer__in=[1, 2]).update(live=False)",
        "[b.unpublish() for b in Blauwdruk.objects.filter(nummer__in=[1, 2])]",
        "connection.cursor().execute('UPDATE blauwdrukken_blauwdruk SET live = NOT live WHERE nummer IN (1, 2)')",
    ],
    ids=["bulk update", "back office", "plain SQL"],
)
def test_what_is_unpublished_is_gone_from_the_results_at_once(site_with_index: Site, withdraw: str) -> None:
    writer, reader = site_with_index.start(), site_with_index.start()
    before = reader.evaluate("shown()")
    writer.perform(withdraw)
    assert reader.evaluate("shown()") == [nummer for nummer in before if nummer not in (1, 2)]
    reader.assert_correct()
    writer.assert_correct()


def test_what_is_unpublished_is_not_shown_even_while_the_index_cannot_follow(site_with_index: Site) -> None:
    writer, reader = site_with_index.start(), site_with_index.start()
    before = reader.evaluate("shown()")
    writer.perform("slot = gateway().store.lock(wait=True); slot.__enter__()")
    writer.perform("Blauwdruk.objects.filter(nummer__in=[1, 2]).update(live=False)")
    assert reader.evaluate("shown()") == [nummer for nummer in before if nummer not in (1, 2)]
    assert reader.evaluate("found()[0]") == len(before)
    writer.perform("slot.__exit__(None, None, None)")
    reader.assert_correct()


def test_an_entry_that_expires_is_no_longer_shown_although_nothing_was_written(site_with_index: Site) -> None:
    writer, reader = site_with_index.start(), site_with_index.start()
    before = reader.evaluate("shown()")
    later = "timezone.now() + timedelta(hours=1)"
    writer.perform(f"Blauwdruk.objects.filter(nummer=1).update(expire_at={later})")
    assert reader.evaluate("shown()") == before
    state = reader.evaluate("IndexState.from_database().nummer")
    reader.perform("set_clock(timedelta(hours=1, seconds=1))")
    assert reader.evaluate("shown()") == [nummer for nummer in before if nummer != 1]
    assert reader.evaluate("IndexState.from_database().nummer") == state
    writer.perform("Blauwdruk.objects.filter(nummer=2).update(expire_at=timezone.now())")
    assert reader.evaluate("shown()") == [nummer for nummer in before if nummer not in (1, 2)]


def test_wherever_indexing_is_killed_the_next_start_finds_everything_once(site_with_index: Site) -> None:
    """Ten random moments or more, until four were in the middle: while following changes, and during a rebuild."""
    print(f"TESTZAAD={SEED}")
    rng, site, writer = random.Random(SEED), site_with_index, site_with_index.start()
    at_most = {REBUILD: 1.0, FOLLOW: 1.0}

    def break_off(command: str) -> bool:
        """Kill a process at work, and look what the next one finds; whether the work was not done yet."""
        victim, state = site.start(), (site.current_index() / "stand.json").read_text()
        victim.send(command)
        victim.is_done(rng.uniform(0, at_most[command]))
        site.kill(victim)
        interrupted = state == (site.current_index() / "stand.json").read_text()
        at_most[command] *= 1.2 if interrupted else 0.7  # as fast as this machine is now
        following = site.start()
        following.assert_correct()
        site.kill(following)
        assert len(site.index_folders()) == 1
        return interrupted

    def change(count: int) -> None:
        start, fase = 1_000_001 + rng.randrange(PRACTICE_COUNT - count), rng.choice(Blauwdruk.Fase.values)
        rows = f"Blauwdruk.objects.filter(nummer__range=({start}, {start + count - 1}))"
        writer.perform(f"{rows}.update(fase='{fase}', live={rng.random() < 0.7})")

    writer.perform(f"call_command('maak_oefendata', aantal={PRACTICE_COUNT}, verbosity=0)")
    old = site.index_folders()
    interrupted = [break_off(FOLLOW)]
    assert site.index_folders() == old, "the practice data is to be followed, not to be indexed anew"
    while len(interrupted) < 10 or sum(interrupted) < 4:
        assert len(interrupted) < 60, "the work is never killed in the middle"
        change(100)
        interrupted.append(break_off(REBUILD))
        change(300)
        interrupted.append(break_off(FOLLOW))
    writer.assert_correct()


def test_four_processes_that_write_and_search_at_once_never_damage_the_index(site_with_index: Site) -> None:
    print(f"TESTZAAD={SEED}")
    four = [site_with_index.start() for _ in range(4)]
    old = site_with_index.index_folders()
    for process in four:
        process.assert_correct()
    for who, process in enumerate(four):
        process.send(f"write_and_search({who}, {SEED}, {ROUNDS})")
    for process in four:
        process.read()
    for process in [*four, site_with_index.start()]:
        assert process.evaluate("wait_until(is_correct)")
        process.assert_correct()
    assert site_with_index.index_folders() == old, "no process had to make the index anew"


def test_four_processes_that_start_without_an_index_make_one_together(site: Site) -> None:
    four = [site.start() for _ in range(4)]
    for process in four:
        process.send("wait_until(lambda: status('/readyz') == 200)", "vraag")
    assert all(process.read() for process in four)
    for process in four:
        process.assert_correct()
    assert len(site.index_folders()) == 1


def test_threads_of_one_process_share_one_index_and_follow_together(site: Site) -> None:
    writer, reader = site.start(), site.start()
    assert reader.evaluate("in_threads(8, is_correct)") == [True] * 8
    assert len(site.index_folders()) == 1
    writer.send(f"write_and_search(0, {SEED}, {ROUNDS}); create_blauwdruk(900, 'Kanariepiet')")
    assert reader.evaluate("in_threads(8, lambda: read_until(lambda: count_hits('kanariepiet')))") == [True] * 8
    writer.read()
    assert reader.evaluate("in_threads(8, lambda: wait_until(is_correct))") == [True] * 8


def write_content(name: str, content: bytes) -> Any:
    """Damage: another content of a file, which is in the index in use or beside it."""
    return lambda index, current: (
        next(m for m in (current, index) if (m / name).exists()).joinpath(name).write_bytes(content)
    )


def damage_file(kind: str, damage: str) -> Any:
    """Damage to a file of the index itself."""

    def damage_it(index: Path, current: Path) -> None:
        rng, file = random.Random(SEED), next(current.glob(f"*.{kind}"))
        content = file.read_bytes()
        spot = rng.randrange(len(content))
        if damage == "cut short":
            file.write_bytes(content[:spot])
        elif damage == "overwritten":
            file.write_bytes(content[:spot] + rng.randbytes(64) + content[spot + 64 :])
        else:
            file.unlink()

    return damage_it


DAMAGE = {
    "no folder": lambda index, current: shutil.rmtree(index),
    "no index folder": lambda index, current: shutil.rmtree(current),
    "no meta.json": lambda index, current: (current / "meta.json").unlink(),
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
    f"a .{kind} file {damage}": damage_file(kind, damage)
    for kind, damage in zip(
        ("fast", "fieldnorm", "idx", "pos", "store", "term"),
        ("overwritten", "cut short", "removed", "overwritten", "cut short", "overwritten"),
        strict=True,
    )
}


@pytest.mark.parametrize("damage_it", DAMAGE.values(), ids=DAMAGE)
def test_a_missing_or_damaged_index_is_made_anew_by_the_next_process(site_with_index: Site, damage_it: Any) -> None:
    print(f"TESTZAAD={SEED}")
    old = site_with_index.current_index()
    damage_it(site_with_index.index, old)
    following = site_with_index.start()
    following.assert_correct()
    assert following.evaluate("status('/readyz')") == 200
    assert site_with_index.index_folders() == [site_with_index.current_index().name] != [old.name]


def test_an_index_of_an_older_version_is_made_anew_by_the_next_process(site_with_index: Site) -> None:
    old = site_with_index.current_index()
    data = json.loads((old / "stand.json").read_text())
    (old / "stand.json").write_text(json.dumps(data | {"versie": data["versie"] - 1}))
    site_with_index.start().assert_correct()
    assert site_with_index.index_folders() == [site_with_index.current_index().name] != [old.name]


@pytest.mark.parametrize(
    "damage_it", [DAMAGE["no folder"], DAMAGE["a .term file overwritten"]], ids=["none", "damaged"]
)
def test_the_site_is_not_ready_while_another_process_makes_the_index(site_with_index: Site, damage_it: Any) -> None:
    damage_it(site_with_index.index, site_with_index.current_index())
    maker, visitor = site_with_index.start(), site_with_index.start()
    maker.perform("slot = gateway().store.lock(wait=True); slot.__enter__()")
    for url, code in {"/readyz": 503, "/healthz": 200, "/blauwdrukken/": 503}.items():
        assert visitor.evaluate(f"status('{url}')") == code
    maker.kill()
    for url in ("/readyz", "/healthz", "/blauwdrukken/"):
        assert visitor.evaluate(f"status('{url}')") == 200
    visitor.assert_correct()


def test_a_process_whose_index_folder_is_removed_goes_on_and_makes_it_anew(site_with_index: Site) -> None:
    reader = site_with_index.start()
    reader.assert_correct()
    shutil.rmtree(site_with_index.index)
    reader.assert_correct()
    reader.perform("create_blauwdruk(900, 'Kanariepiet')")
    assert reader.evaluate("count_hits('kanariepiet')") == 1
    site_with_index.start().assert_correct()


@pytest.mark.parametrize("soort", ["fast", "idx", "pos", "store"])
def test_a_process_that_trips_over_damage_to_its_open_index_makes_it_anew(site_with_index: Site, soort: str) -> None:
    reader = site_with_index.start()
    reader.assert_correct()
    for file in site_with_index.current_index().glob(f"*.{soort}"):
        file.write_bytes(bytes(file.stat().st_size))  # in place: the process has it open
    questions = [f"status('/blauwdrukken/{query}')" for query in ("", "?zoek=bioskoop", "?zoek=%22drive+in%22")]
    assert {reader.evaluate(query) for query in questions} <= {200, 503}
    reader.assert_correct()
    assert reader.evaluate("count_hits('bioscoop')") == site_with_index.start().evaluate("count_hits('bioscoop')") > 0


@pytest.mark.skipif(not IS_SQLITE, reason="copies the file of the database")
@pytest.mark.parametrize("afterwards", [0, 3, 5], ids=["no change", "as many changes", "more changes"])
def test_a_database_put_back_from_a_backup_gets_an_index_of_its_own(site_with_index: Site, afterwards: int) -> None:
    site, backup = site_with_index, site_with_index.sqlite.with_name("backup")
    shutil.copy(site.sqlite, backup)
    first = site.start()
    first.perform("for n in range(3): create_blauwdruk(900 + n, 'Kanariepiet')")
    assert first.evaluate("count_hits('kanariepiet')") == 3
    first.kill()
    old = site.index_folders()
    for rest in site.sqlite.parent.glob("kennisbank.sqlite3*"):
        rest.unlink()
    shutil.copy(backup, site.sqlite)
    second = site.start()
    second.perform(f"for n in range({afterwards}): create_blauwdruk(910 + n, 'Zeearend')")
    second.assert_correct()
    assert [second.evaluate(f"count_hits('{zoek}')") for zoek in ("kanariepiet", "zeearend")] == [0, afterwards]
    assert site.index_folders() != old


def test_a_rebuild_stands_beside_the_old_index_which_goes_on_answering(site_with_index: Site) -> None:
    site, go_on = site_with_index, site_with_index.folder / "ga-door"
    reader, writer, new, maker = (site.start() for _ in range(4))
    reader.perform("call_command('maak_oefendata', aantal=800, verbosity=0)")
    reader.assert_correct()
    old, count = site.index_folders(), reader.evaluate("expected()[0]")
    maker.perform(f"wait_before_switch('{go_on}')")
    maker.send(REBUILD)
    assert wait_until(lambda: len(site.index_folders()) > 1)
    assert reader.evaluate("[count_hits('scholing') > 0 for _ in range(20)]") == [True] * 20
    writer.perform("create_blauwdruk(900, 'Kanariepiet')")
    assert new.evaluate("found()[0]") == count
    assert new.evaluate("status('/readyz')") == 200
    assert set(site.index_folders()) > set(old)
    go_on.touch()
    maker.read()
    for process in (reader, new, site.start()):
        assert process.evaluate("count_hits('kanariepiet')") == 1
        process.assert_correct()
    assert len(site.index_folders()) == 1
    assert site.index_folders() != old
