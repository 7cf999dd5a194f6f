"""Word, EPUB and lists as files, at 10,000 blueprints: python -m tests.bench_list (or `make bench`)."""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from tests.bench import fill_site, manage
from tests.bench_search import print_table, report, seconds_of

DEFAULT_COUNT = 10_000
REPEATS = 5


def median_seconds(work: Any) -> float:
    """Median seconds of the work, done a few times."""
    return statistics.median(seconds_of(work) for _ in range(REPEATS))


def measure_documents() -> None:
    """Print how long Word and EPUB take, inside the process: of one blueprint and of bundles."""
    from blauwdrukken.documents.content.document import document, with_all_content
    from blauwdrukken.documents.formats import epub, word
    from blauwdrukken.models import Blauwdruk
    from tests.documents.samples import bundel, one_blauwdruk

    rows = []
    documents = [document(blauwdruk) for blauwdruk in with_all_content(Blauwdruk.objects.published())[:50]]
    for name, order in (
        ("one", one_blauwdruk(documents[0])),
        ("15", bundel(documents[:15])),
        ("50", bundel(documents)),
    ):
        times = [median_seconds(lambda make=make, o=order: make(o)) for make in (word.make, epub.make)]
        rows.append([name, *(f"{seconds:.3f} s" for seconds in times)])
    print_table(["blueprints", "Word", "EPUB"], rows)


def measure_lists() -> None:
    """Print how long a list takes and how much memory its process needs; the spreadsheet also when it is stored."""
    from django.test import Client

    client, rows = Client(), []
    for name in ("csv", "json", "xlsx", "xlsx again"):
        response: Any = None

        def fetch(url: str = f"/blauwdrukken.{name[:4].strip()}") -> None:
            nonlocal response
            response = client.get(url, headers={"host": "localhost"})
            response.inhoud = sum(map(len, response.streaming_content))

        seconds = seconds_of(fetch)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rows.append(
            [name, response.status_code, f"{response.inhoud / 1e6:.1f} MB", f"{seconds:.2f} s", f"{memory:.0f} MB"]
        )
    print_table(["list", "status", "size", "time", "highest memory so far"], rows)


def measure() -> None:
    """Print all measurements, in a process that has the practice data as its site."""
    import django

    django.setup()
    from blauwdrukken.search.gateway import gateway

    gateway().engine()
    report("\nDocuments, inside the process")
    measure_documents()
    report("\nThe whole list as a file, through the site")
    measure_lists()


def main() -> None:
    """Make practice data and measure."""
    reader = argparse.ArgumentParser(prog="python -m tests.bench_list")
    reader.add_argument(
        "--aantal", type=int, default=DEFAULT_COUNT, help="blueprints in the list, 10,000 at most as spreadsheet"
    )
    count = reader.parse_args().aantal
    with tempfile.TemporaryDirectory() as folder:
        var = Path(folder)
        fill_site(var)
        manage(var, "maak_oefendata", "--aantal", str(count - 25), "-v0")
        manage(var, "indexeer")
        os.environ |= {"VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "kennisbank.settings"}
        report(f"\n== {count:,} blueprints ==")
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
            process.submit(measure).result()


if __name__ == "__main__":
    main()
