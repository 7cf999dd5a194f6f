"""Opening and saving the editing form of a full blueprint, beside its page: python -m tests.bench_form."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import lxml.html

from tests.bench import fill_site
from tests.bench_search import report

REPEATS, ROUNDS = 5, 8
BEHEER = "/beheer/snippets/blauwdrukken/"


def measure() -> None:
    """Print the median of each screen, asked by turns, and how many times the page it takes."""
    import django

    django.setup()
    werk = screens()
    tijden: dict[str, list[float]] = {naam: [] for naam in werk}
    for _, naam in product(range(ROUNDS), werk):
        werk[naam]()
        tijden[naam] += [processor_seconds(werk[naam]) for _ in range(REPEATS)]
    pagina = statistics.median(tijden["page"])
    for naam, gemeten in tijden.items():
        mediaan = statistics.median(gemeten)
        report(f"{naam:22}{mediaan * 1000:6.0f} ms{mediaan / pagina:6.1f}x")


def screens() -> dict[str, Callable[[], Any]]:
    """What is asked: the page of a full blueprint, and screens of the back office."""
    from django.test import Client

    from blauwdrukken.models import Blauwdruk, Doelgroep
    from kennisbank.models import User

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.create_superuser("meter", password=None))
    blauwdruk, doelgroep = Blauwdruk.objects.get(slug="branchestraten"), Doelgroep.objects.all()[0]
    formulier = f"{BEHEER}blauwdruk/edit/{blauwdruk.pk}/"
    adressen = {
        "page": blauwdruk.get_absolute_url(),
        "form of three fields": f"{BEHEER}doelgroep/edit/{doelgroep.pk}/",
        "editing form": formulier,
        "start screen": "/beheer/",
        "list": f"{BEHEER}blauwdruk/",
    }
    werk: dict[str, Callable[[], Any]] = {naam: partial(fetch, client, adres) for naam, adres in adressen.items()}
    return werk | {"saved by itself": partial(save, client, formulier, filled_in(client, formulier))}


def processor_seconds(werk: Callable[[], Any]) -> float:
    """Seconds of processor time that the work takes once: what else the machine does hardly counts."""
    begin = time.process_time()
    werk()
    return time.process_time() - begin


def fetch(client: Any, adres: str) -> Any:
    """Answer of a page, made inside the process."""
    antwoord = client.get(adres)
    if antwoord.status_code != 200:
        raise RuntimeError(adres)
    return antwoord


def filled_in(client: Any, adres: str) -> dict[str, list[str]]:
    """What a browser would send of the form at this address."""
    pagina = lxml.html.fromstring(fetch(client, adres).content)
    for sjabloon in list(pagina.iter("template")):
        sjabloon.drop_tree()
    velden: dict[str, list[str]] = {}
    for naam, waarde in pagina.get_element_by_id("w-editor-form").form_values():
        velden.setdefault(naam, []).append(waarde)
    return velden


def save(client: Any, adres: str, velden: dict[str, list[str]]) -> None:
    """Save as the editor does by itself, over the revision it made before."""
    antwoord = client.post(adres, velden, headers={"accept": "application/json"}).json()
    if not antwoord["success"]:
        raise RuntimeError(antwoord)
    velden["overwrite_revision_id"] = [str(antwoord["revision_id"])]


def main() -> None:
    """Measure with the real content."""
    with tempfile.TemporaryDirectory() as map_:
        var = Path(map_)
        fill_site(var)
        os.environ |= {"VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "kennisbank.settings"}
        measure()


if __name__ == "__main__":
    main()
