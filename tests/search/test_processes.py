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
from tests.search.site_process import FORK, PATIENCE, serve, start_forkserver, wacht_tot

IS_SQLITE = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
ZAAD = int(os.environ.get("TESTZAAD") or secrets.randbelow(10**6))
AANTAL = 1_100  # practice blueprints: more than the index takes at a time
RONDES = 12
INDEXEER, VOLG = "call_command('indexeer', verbosity=0)", "loket().machine()"


class Proces:
    """A process of the site, for as long as the test wants it."""

    def __init__(self, map_: Path, database: str) -> None:
        self._pijp, ander_eind = FORK.Pipe()
        self._proces = FORK.Process(target=serve, args=(ander_eind, str(map_), database), daemon=True)
        self._proces.start()
        ander_eind.close()
        self._te_lezen = 0

    def begin(self, opdracht: str, soort: str = "doe") -> None:
        """Send this, and do not wait for the answer."""
        self.lees()
        self._pijp.send((soort, opdracht))
        self._te_lezen += 1

    def lees(self) -> Any:
        """Answer to what was sent last."""
        antwoord = None
        while self._te_lezen:
            assert self._pijp.poll(PATIENCE), "no answer"
            antwoord = self._pijp.recv()
            self._te_lezen -= 1
            assert not (isinstance(antwoord, dict) and "fout" in antwoord), antwoord["fout"]
        return antwoord

    def is_klaar(self, binnen: float) -> bool:
        """Whether the answer came within so many seconds."""
        return self._pijp.poll(binnen)

    def doe(self, opdracht: str) -> None:
        """Carry out statements."""
        self.begin(opdracht)
        self.lees()

    def vraag(self, uitdrukking: str) -> Any:
        """Value of an expression."""
        self.begin(uitdrukking, "vraag")
        return self.lees()

    def is_juist(self) -> None:
        """Fail unless it finds exactly what is published."""
        assert self.vraag("gezien()") == self.vraag("echt()")

    def dood(self) -> None:
        """End it with kill -9, so that it cannot tidy up."""
        self._proces.kill()
        self._proces.join(PATIENCE)
        assert self._proces.exitcode == -signal.SIGKILL
        self._pijp.close()


class Site:
    """A folder and a database with the real content, for processes of its own."""

    def __init__(self, map_: Path, database: str) -> None:
        self.map = map_
        self.index = map_ / "zoekindex"
        self.sqlite = map_ / "kennisbank.sqlite3"
        (map_ / "static").mkdir()
        self._database = database
        self._processen: list[Proces] = []

    def start(self) -> Proces:
        """A process that has loaded the site, and opened nothing yet."""
        self._processen.append(Proces(self.map, self._database))
        return self._processen[-1]

    def kill(self, proces: Proces) -> None:
        """End it with kill -9."""
        self._processen.remove(proces)
        proces.dood()

    def stop(self) -> None:
        for proces in self._processen:
            proces.dood()

    def mappen(self) -> list[str]:
        """Names of the index folders; just one, unless an index is being made."""
        return [map_.name for map_ in self.index.iterdir() if map_.is_dir()]

    def huidig(self) -> Path:
        """Folder of the index in use."""
        return self.index / (self.index / "huidig").read_text()


@pytest.fixture
def db(django_db_setup: None) -> None:
    """Other processes use copies of the test database; these tests need no transaction in it."""


def als_bestand(map_: Path) -> Iterator[str]:
    """Copy of the test database in a file."""
    with closing(sqlite3.connect(map_ / "kennisbank.sqlite3")) as kopie:
        connection.ensure_connection()
        connection.connection.backup(kopie)
    yield str(map_ / "kennisbank.sqlite3")


def op_server(map_: Path) -> Iterator[str]:
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
def maak_site(map_: Path, django_db_blocker: Any) -> Iterator[Site]:
    with django_db_blocker.unblock():
        kopie = (als_bestand if IS_SQLITE else op_server)(map_)
        site = Site(map_, next(kopie))
        try:
            yield site
        finally:
            site.stop()
            next(kopie, None)


@pytest.fixture
def site(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[Site]:
    """A site of this test alone, with the real content and no index yet."""
    with maak_site(tmp_path, django_db_blocker) as site:
        yield site


@pytest.fixture(scope="module")
def gemaakte_index(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Index of the real content; it fits each copy of the database."""
    with maak_site(tmp_path_factory.mktemp("basis"), django_db_blocker) as site:
        site.start().is_juist()
    return site.index


@pytest.fixture
def site_met_index(site: Site, gemaakte_index: Path) -> Site:
    shutil.copytree(gemaakte_index, site.index)
    return site


def test_what_one_process_publishes_another_finds_at_its_next_question(site: Site) -> None:
    schrijver, lezer = site.start(), site.start()
    assert lezer.vraag("treffers('kanariepiet')") == 0
    oude = site.mappen()
    schrijver.doe("maak(900, 'Kanariepiet')")
    assert lezer.vraag("treffers('kanariepiet')") == 1
    schrijver.doe("Blauwdruk.objects.filter(nummer=900).update(titel='Zeearend')")
    assert lezer.vraag("[treffers('zeearend'), treffers('kanariepiet')]") == [1, 0]
    schrijver.doe("Blauwdruk.objects.get(nummer=900).delete()")
    assert lezer.vraag("treffers('zeearend')") == 0
    assert site.mappen() == oude
    lezer.is_juist()


def test_a_reader_follows_while_another_process_holds_a_transaction_open(site_met_index: Site) -> None:
    schrijver, lezer = site_met_index.start(), site_met_index.start()
    lezer.is_juist()
    schrijver.doe("maak(900, 'Kanariepiet')")
    schrijver.doe("transactie = transaction.atomic(); transactie.__enter__(); maak(901, 'Zeearend')")
    assert lezer.vraag("treffers('kanariepiet')") == 1
    assert lezer.vraag("treffers('zeearend')") == 0
    schrijver.doe("transactie.__exit__(None, None, None)")
    assert lezer.vraag("treffers('zeearend')") == 1


def test_a_change_that_is_rolled_back_changes_nothing(site_met_index: Site) -> None:
    schrijver, lezer = site_met_index.start(), site_met_index.start()
    nummer, gezien = lezer.vraag("Stand.van_database().nummer"), lezer.vraag("gezien()")
    schrijver.vraag("gezien()")
    schrijver.doe("transactie = transaction.atomic(); transactie.__enter__(); maak(900, 'Kanariepiet')")
    schrijver.doe("Blauwdruk.objects.exclude(nummer=900).update(live=False)")
    assert schrijver.vraag("Stand.van_database().nummer") > nummer
    assert schrijver.vraag("gezien()") == gezien
    assert lezer.vraag("gezien()") == gezien
    schrijver.doe("transaction.set_rollback(True); transactie.__exit__(None, None, None)")
    for proces in (schrijver, lezer, site_met_index.start()):
        assert proces.vraag("Stand.van_database().nummer") == nummer
        assert proces.vraag("gezien()") == gezien
        proces.is_juist()


@pytest.mark.parametrize(
    "intrekken",
    [
        "Blauwdruk.objects.filter(nummer__in=[1, 2]).update(live=False)",
        "[b.unpublish() for b in Blauwdruk.objects.filter(nummer__in=[1, 2])]",
        "connection.cursor().execute('UPDATE blauwdrukken_blauwdruk SET live = NOT live WHERE nummer IN (1, 2)')",
    ],
    ids=["bulk update", "back office", "plain SQL"],
)
def test_what_is_unpublished_is_gone_from_the_results_at_once(site_met_index: Site, intrekken: str) -> None:
    schrijver, lezer = site_met_index.start(), site_met_index.start()
    voor = lezer.vraag("getoond()")
    schrijver.doe(intrekken)
    assert lezer.vraag("getoond()") == [nummer for nummer in voor if nummer not in (1, 2)]
    lezer.is_juist()
    schrijver.is_juist()


def test_what_is_unpublished_is_not_shown_even_while_the_index_cannot_follow(site_met_index: Site) -> None:
    schrijver, lezer = site_met_index.start(), site_met_index.start()
    voor = lezer.vraag("getoond()")
    schrijver.doe("slot = loket().opslag.slot(wacht=True); slot.__enter__()")
    schrijver.doe("Blauwdruk.objects.filter(nummer__in=[1, 2]).update(live=False)")
    assert lezer.vraag("getoond()") == [nummer for nummer in voor if nummer not in (1, 2)]
    assert lezer.vraag("gezien()[0]") == len(voor)
    schrijver.doe("slot.__exit__(None, None, None)")
    lezer.is_juist()


def test_an_entry_that_expires_is_no_longer_shown_although_nothing_was_written(site_met_index: Site) -> None:
    schrijver, lezer = site_met_index.start(), site_met_index.start()
    voor = lezer.vraag("getoond()")
    straks = "timezone.now() + timedelta(hours=1)"
    schrijver.doe(f"Blauwdruk.objects.filter(nummer=1).update(expire_at={straks})")
    assert lezer.vraag("getoond()") == voor
    stand = lezer.vraag("Stand.van_database().nummer")
    lezer.doe("zet_klok(timedelta(hours=1, seconds=1))")
    assert lezer.vraag("getoond()") == [nummer for nummer in voor if nummer != 1]
    assert lezer.vraag("Stand.van_database().nummer") == stand
    schrijver.doe("Blauwdruk.objects.filter(nummer=2).update(expire_at=timezone.now())")
    assert lezer.vraag("getoond()") == [nummer for nummer in voor if nummer not in (1, 2)]


def test_wherever_indexing_is_killed_the_next_start_finds_everything_once(site_met_index: Site) -> None:
    """Ten random moments or more, until four were in the middle: while following changes, and during a rebuild."""
    print(f"TESTZAAD={ZAAD}")
    kans, site, schrijver = random.Random(ZAAD), site_met_index, site_met_index.start()
    hoogstens = {INDEXEER: 1.0, VOLG: 1.0}

    def breek_af(opdracht: str) -> bool:
        """Kill a process at work, and look what the next one finds; whether the work was not done yet."""
        slachtoffer, stand = site.start(), (site.huidig() / "stand.json").read_text()
        slachtoffer.begin(opdracht)
        slachtoffer.is_klaar(kans.uniform(0, hoogstens[opdracht]))
        site.kill(slachtoffer)
        onderbroken = stand == (site.huidig() / "stand.json").read_text()
        hoogstens[opdracht] *= 1.2 if onderbroken else 0.7  # as fast as this machine is now
        volgende = site.start()
        volgende.is_juist()
        site.kill(volgende)
        assert len(site.mappen()) == 1
        return onderbroken

    def wijzig(aantal: int) -> None:
        begin, fase = 1_000_001 + kans.randrange(AANTAL - aantal), kans.choice(Blauwdruk.Fase.values)
        rijen = f"Blauwdruk.objects.filter(nummer__range=({begin}, {begin + aantal - 1}))"
        schrijver.doe(f"{rijen}.update(fase='{fase}', live={kans.random() < 0.7})")

    schrijver.doe(f"call_command('maak_oefendata', aantal={AANTAL}, verbosity=0)")
    oud = site.mappen()
    onderbroken = [breek_af(VOLG)]
    assert site.mappen() == oud, "the practice data is to be followed, not to be indexed anew"
    while len(onderbroken) < 10 or sum(onderbroken) < 4:
        assert len(onderbroken) < 60, "the work is never killed in the middle"
        wijzig(100)
        onderbroken.append(breek_af(INDEXEER))
        wijzig(300)
        onderbroken.append(breek_af(VOLG))
    schrijver.is_juist()


def test_four_processes_that_write_and_search_at_once_never_damage_the_index(site_met_index: Site) -> None:
    print(f"TESTZAAD={ZAAD}")
    vier = [site_met_index.start() for _ in range(4)]
    oud = site_met_index.mappen()
    for proces in vier:
        proces.is_juist()
    for wie, proces in enumerate(vier):
        proces.begin(f"stroom({wie}, {ZAAD}, {RONDES})")
    for proces in vier:
        proces.lees()
    for proces in [*vier, site_met_index.start()]:
        assert proces.vraag("wacht_tot(klopt)")
        proces.is_juist()
    assert site_met_index.mappen() == oud, "no process had to make the index anew"


def test_four_processes_that_start_without_an_index_make_one_together(site: Site) -> None:
    vier = [site.start() for _ in range(4)]
    for proces in vier:
        proces.begin("wacht_tot(lambda: status('/readyz') == 200)", "vraag")
    assert all(proces.lees() for proces in vier)
    for proces in vier:
        proces.is_juist()
    assert len(site.mappen()) == 1


def test_threads_of_one_process_share_one_index_and_follow_together(site: Site) -> None:
    schrijver, lezer = site.start(), site.start()
    assert lezer.vraag("in_draden(8, klopt)") == [True] * 8
    assert len(site.mappen()) == 1
    schrijver.begin(f"stroom(0, {ZAAD}, {RONDES}); maak(900, 'Kanariepiet')")
    assert lezer.vraag("in_draden(8, lambda: lees_tot(lambda: treffers('kanariepiet')))") == [True] * 8
    schrijver.lees()
    assert lezer.vraag("in_draden(8, lambda: wacht_tot(klopt))") == [True] * 8


def schrijf(naam: str, inhoud: bytes) -> Any:
    """Damage: another content of a file, which is in the index in use or beside it."""
    return lambda index, huidig: (
        next(m for m in (huidig, index) if (m / naam).exists()).joinpath(naam).write_bytes(inhoud)
    )


def in_bestand(soort: str, schade: str) -> Any:
    """Damage to a file of the index itself."""

    def beschadig(index: Path, huidig: Path) -> None:
        kans, bestand = random.Random(ZAAD), next(huidig.glob(f"*.{soort}"))
        inhoud = bestand.read_bytes()
        plek = kans.randrange(len(inhoud))
        if schade == "cut short":
            bestand.write_bytes(inhoud[:plek])
        elif schade == "overwritten":
            bestand.write_bytes(inhoud[:plek] + kans.randbytes(64) + inhoud[plek + 64 :])
        else:
            bestand.unlink()

    return beschadig


SCHADE = {
    "no folder": lambda index, huidig: shutil.rmtree(index),
    "no index folder": lambda index, huidig: shutil.rmtree(huidig),
    "no meta.json": lambda index, huidig: (huidig / "meta.json").unlink(),
    "garbage in meta.json": schrijf("meta.json", b"\x00\xff" * 40),
    "other content in meta.json": schrijf("meta.json", b"{}"),
    "garbage in huidig": schrijf("huidig", b"\xff\xfe\x00/"),
    "nothing in huidig": schrijf("huidig", b""),
    "another name in huidig": schrijf("huidig", b"elders"),
    "garbage in stand.json": schrijf("stand.json", b"\x00\xff{"),
    "other content in stand.json": schrijf("stand.json", b'{"versie": 1, "nummer": "veel", "token": null}'),
    "a list in stand.json": schrijf("stand.json", b"[1, 2]"),
    "a later number in stand.json": schrijf("stand.json", b'{"versie": 1, "nummer": 987654321, "token": "x"}'),
} | {
    f"a .{soort} file {schade}": in_bestand(soort, schade)
    for soort, schade in zip(
        ("fast", "fieldnorm", "idx", "pos", "store", "term"),
        ("overwritten", "cut short", "removed", "overwritten", "cut short", "overwritten"),
        strict=True,
    )
}


@pytest.mark.parametrize("beschadig", SCHADE.values(), ids=SCHADE)
def test_a_missing_or_damaged_index_is_made_anew_by_the_next_process(site_met_index: Site, beschadig: Any) -> None:
    print(f"TESTZAAD={ZAAD}")
    oud = site_met_index.huidig()
    beschadig(site_met_index.index, oud)
    volgende = site_met_index.start()
    volgende.is_juist()
    assert volgende.vraag("status('/readyz')") == 200
    assert site_met_index.mappen() == [site_met_index.huidig().name] != [oud.name]


def test_an_index_of_an_older_version_is_made_anew_by_the_next_process(site_met_index: Site) -> None:
    oud = site_met_index.huidig()
    gegevens = json.loads((oud / "stand.json").read_text())
    (oud / "stand.json").write_text(json.dumps(gegevens | {"versie": gegevens["versie"] - 1}))
    site_met_index.start().is_juist()
    assert site_met_index.mappen() == [site_met_index.huidig().name] != [oud.name]


@pytest.mark.parametrize(
    "beschadig", [SCHADE["no folder"], SCHADE["a .term file overwritten"]], ids=["none", "damaged"]
)
def test_the_site_is_not_ready_while_another_process_makes_the_index(site_met_index: Site, beschadig: Any) -> None:
    beschadig(site_met_index.index, site_met_index.huidig())
    maker, bezoeker = site_met_index.start(), site_met_index.start()
    maker.doe("slot = loket().opslag.slot(wacht=True); slot.__enter__()")
    for adres, code in {"/readyz": 503, "/healthz": 200, "/blauwdrukken/": 503}.items():
        assert bezoeker.vraag(f"status('{adres}')") == code
    maker.dood()
    for adres in ("/readyz", "/healthz", "/blauwdrukken/"):
        assert bezoeker.vraag(f"status('{adres}')") == 200
    bezoeker.is_juist()


def test_a_process_whose_index_folder_is_removed_goes_on_and_makes_it_anew(site_met_index: Site) -> None:
    lezer = site_met_index.start()
    lezer.is_juist()
    shutil.rmtree(site_met_index.index)
    lezer.is_juist()
    lezer.doe("maak(900, 'Kanariepiet')")
    assert lezer.vraag("treffers('kanariepiet')") == 1
    site_met_index.start().is_juist()


@pytest.mark.parametrize("soort", ["fast", "idx", "pos", "store"])
def test_a_process_that_trips_over_damage_to_its_open_index_makes_it_anew(site_met_index: Site, soort: str) -> None:
    lezer = site_met_index.start()
    lezer.is_juist()
    for bestand in site_met_index.huidig().glob(f"*.{soort}"):
        bestand.write_bytes(bytes(bestand.stat().st_size))  # in place: the process has it open
    vragen = [f"status('/blauwdrukken/{vraag}')" for vraag in ("", "?zoek=bioskoop", "?zoek=%22drive+in%22")]
    assert {lezer.vraag(vraag) for vraag in vragen} <= {200, 503}
    lezer.is_juist()
    assert lezer.vraag("treffers('bioscoop')") == site_met_index.start().vraag("treffers('bioscoop')") > 0


@pytest.mark.skipif(not IS_SQLITE, reason="copies the file of the database")
@pytest.mark.parametrize("daarna", [0, 3, 5], ids=["no change", "as many changes", "more changes"])
def test_a_database_put_back_from_a_backup_gets_an_index_of_its_own(site_met_index: Site, daarna: int) -> None:
    site, backup = site_met_index, site_met_index.sqlite.with_name("backup")
    shutil.copy(site.sqlite, backup)
    eerste = site.start()
    eerste.doe("for n in range(3): maak(900 + n, 'Kanariepiet')")
    assert eerste.vraag("treffers('kanariepiet')") == 3
    eerste.dood()
    oud = site.mappen()
    for rest in site.sqlite.parent.glob("kennisbank.sqlite3*"):
        rest.unlink()
    shutil.copy(backup, site.sqlite)
    tweede = site.start()
    tweede.doe(f"for n in range({daarna}): maak(910 + n, 'Zeearend')")
    tweede.is_juist()
    assert [tweede.vraag(f"treffers('{zoek}')") for zoek in ("kanariepiet", "zeearend")] == [0, daarna]
    assert site.mappen() != oud


def test_a_rebuild_stands_beside_the_old_index_which_goes_on_answering(site_met_index: Site) -> None:
    site, ga_door = site_met_index, site_met_index.map / "ga-door"
    lezer, schrijver, nieuw, maker = (site.start() for _ in range(4))
    lezer.doe("call_command('maak_oefendata', aantal=800, verbosity=0)")
    lezer.is_juist()
    oud, aantal = site.mappen(), lezer.vraag("echt()[0]")
    maker.doe(f"wacht_voor_wissel('{ga_door}')")
    maker.begin(INDEXEER)
    assert wacht_tot(lambda: len(site.mappen()) > 1)
    assert lezer.vraag("[treffers('scholing') > 0 for _ in range(20)]") == [True] * 20
    schrijver.doe("maak(900, 'Kanariepiet')")
    assert nieuw.vraag("gezien()[0]") == aantal
    assert nieuw.vraag("status('/readyz')") == 200
    assert set(site.mappen()) > set(oud)
    ga_door.touch()
    maker.lees()
    for proces in (lezer, nieuw, site.start()):
        assert proces.vraag("treffers('kanariepiet')") == 1
        proces.is_juist()
    assert len(site.mappen()) == 1
    assert site.mappen() != oud
