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


def median_seconds(werk: Any) -> float:
    """Median seconds of the work, done a few times."""
    return statistics.median(seconds_of(werk) for _ in range(REPEATS))


def measure_documents() -> None:
    """Print how long Word and EPUB take, inside the process: of one blueprint and of bundles."""
    from blauwdrukken.documents.content.document import document, with_all_content
    from blauwdrukken.documents.formats import epub, word
    from blauwdrukken.models import Blauwdruk
    from tests.documents.samples import bundel, one_blauwdruk

    rijen = []
    documenten = [document(blauwdruk) for blauwdruk in with_all_content(Blauwdruk.objects.published())[:50]]
    for naam, opdracht in (
        ("one", one_blauwdruk(documenten[0])),
        ("15", bundel(documenten[:15])),
        ("50", bundel(documenten)),
    ):
        tijden = [median_seconds(lambda maak=maak, o=opdracht: maak(o)) for maak in (word.make, epub.make)]
        rijen.append([naam, *(f"{tijd:.3f} s" for tijd in tijden)])
    print_table(["blueprints", "Word", "EPUB"], rijen)


def measure_lists() -> None:
    """Print how long a list takes and how much memory its process needs; the spreadsheet also when it is stored."""
    from django.test import Client

    client, rijen = Client(), []
    for naam in ("csv", "json", "xlsx", "xlsx again"):
        antwoord: Any = None

        def haal(adres: str = f"/blauwdrukken.{naam[:4].strip()}") -> None:
            nonlocal antwoord
            antwoord = client.get(adres, headers={"host": "localhost"})
            antwoord.inhoud = sum(map(len, antwoord.streaming_content))

        tijd = seconds_of(haal)
        geheugen = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rijen.append(
            [naam, antwoord.status_code, f"{antwoord.inhoud / 1e6:.1f} MB", f"{tijd:.2f} s", f"{geheugen:.0f} MB"]
        )
    print_table(["list", "status", "size", "time", "highest memory so far"], rijen)


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
    lezer = argparse.ArgumentParser(prog="python -m tests.bench_list")
    lezer.add_argument(
        "--aantal", type=int, default=DEFAULT_COUNT, help="blueprints in the list, 10,000 at most as spreadsheet"
    )
    aantal = lezer.parse_args().aantal
    with tempfile.TemporaryDirectory() as map_:
        var = Path(map_)
        fill_site(var)
        manage(var, "maak_oefendata", "--aantal", str(aantal - 25), "-v0")
        manage(var, "indexeer")
        os.environ |= {"VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "kennisbank.settings"}
        report(f"\n== {aantal:,} blueprints ==")
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as proces:
            proces.submit(measure).result()


if __name__ == "__main__":
    main()
