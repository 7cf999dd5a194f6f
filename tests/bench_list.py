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

from tests.bench import manage, vul
from tests.bench_search import duur, meld, tabel

AANTAL = 10_000
KEER = 5


def kort(werk: Any) -> float:
    """Median seconds of the work, done a few times."""
    return statistics.median(duur(werk) for _ in range(KEER))


def meet_documenten() -> None:
    """Print how long Word and EPUB take, inside the process: of one blueprint and of bundles."""
    from blauwdrukken.documents.content.document import compleet, document
    from blauwdrukken.documents.formats import epub, word
    from blauwdrukken.models import Blauwdruk
    from tests.documents.samples import bundel, los

    rijen = []
    documenten = [document(blauwdruk) for blauwdruk in compleet(Blauwdruk.objects.gepubliceerd())[:50]]
    for naam, opdracht in (("one", los(documenten[0])), ("15", bundel(documenten[:15])), ("50", bundel(documenten))):
        tijden = [kort(lambda maak=maak, o=opdracht: maak(o)) for maak in (word.maak, epub.maak)]
        rijen.append([naam, *(f"{tijd:.3f} s" for tijd in tijden)])
    tabel(["blueprints", "Word", "EPUB"], rijen)


def meet_lijsten() -> None:
    """Print how long a list takes and how much memory its process needs; the spreadsheet also when it is stored."""
    from django.test import Client

    client, rijen = Client(), []
    for naam in ("csv", "json", "xlsx", "xlsx again"):
        antwoord: Any = None

        def haal(adres: str = f"/blauwdrukken.{naam[:4].strip()}") -> None:
            nonlocal antwoord
            antwoord = client.get(adres, headers={"host": "localhost"})
            antwoord.inhoud = sum(map(len, antwoord.streaming_content))

        tijd = duur(haal)
        geheugen = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rijen.append(
            [naam, antwoord.status_code, f"{antwoord.inhoud / 1e6:.1f} MB", f"{tijd:.2f} s", f"{geheugen:.0f} MB"]
        )
    tabel(["list", "status", "size", "time", "highest memory so far"], rijen)


def meet() -> None:
    """Print all measurements, in a process that has the practice data as its site."""
    import django

    django.setup()
    from blauwdrukken.search.gateway import loket

    loket().machine()
    meld("\nDocuments, inside the process")
    meet_documenten()
    meld("\nThe whole list as a file, through the site")
    meet_lijsten()


def main() -> None:
    """Make practice data and measure."""
    lezer = argparse.ArgumentParser(prog="python -m tests.bench_list")
    lezer.add_argument(
        "--aantal", type=int, default=AANTAL, help="blueprints in the list, 10,000 at most as spreadsheet"
    )
    aantal = lezer.parse_args().aantal
    with tempfile.TemporaryDirectory() as map_:
        var = Path(map_)
        vul(var)
        manage(var, "maak_oefendata", "--aantal", str(aantal - 25), "-v0")
        manage(var, "indexeer")
        os.environ |= {"VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "kennisbank.settings"}
        meld(f"\n== {aantal:,} blueprints ==")
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as proces:
            proces.submit(meet).result()


if __name__ == "__main__":
    main()
