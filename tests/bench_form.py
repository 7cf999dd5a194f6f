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
    work = screens()
    times: dict[str, list[float]] = {name: [] for name in work}
    for _, name in product(range(ROUNDS), work):
        work[name]()
        times[name] += [processor_seconds(work[name]) for _ in range(REPEATS)]
    page = statistics.median(times["page"])
    for name, measured in times.items():
        median = statistics.median(measured)
        report(f"{name:22}{median * 1000:6.0f} ms{median / page:6.1f}x")


def screens() -> dict[str, Callable[[], Any]]:
    """What is asked: the page of a full blueprint, and screens of the back office."""
    from django.test import Client

    from blauwdrukken.models import Blauwdruk, Doelgroep
    from kennisbank.models import User

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.create_superuser("meter", password=None))
    blauwdruk, doelgroep = Blauwdruk.objects.get(slug="branchestraten"), Doelgroep.objects.all()[0]
    form = f"{BEHEER}blauwdruk/edit/{blauwdruk.pk}/"
    urls = {
        "page": blauwdruk.get_absolute_url(),
        "form of three fields": f"{BEHEER}doelgroep/edit/{doelgroep.pk}/",
        "editing form": form,
        "start screen": "/beheer/",
        "list": f"{BEHEER}blauwdruk/",
    }
    work: dict[str, Callable[[], Any]] = {name: partial(fetch, client, url) for name, url in urls.items()}
    return work | {"saved by itself": partial(save, client, form, filled_in(client, form))}


def processor_seconds(work: Callable[[], Any]) -> float:
    """Seconds of processor time that the work takes once: what else the machine does hardly counts."""
    start = time.process_time()
    work()
    return time.process_time() - start


def fetch(client: Any, url: str) -> Any:
    """Answer of a page, made inside the process."""
    response = client.get(url)
    if response.status_code != 200:
        raise RuntimeError(url)
    return response


def filled_in(client: Any, url: str) -> dict[str, list[str]]:
    """What a browser would send of the form at this address."""
    page = lxml.html.fromstring(fetch(client, url).content)
    for template in list(page.iter("template")):
        template.drop_tree()
    fields: dict[str, list[str]] = {}
    for name, value in page.get_element_by_id("w-editor-form").form_values():
        fields.setdefault(name, []).append(value)
    return fields


def save(client: Any, address: str, fields: dict[str, list[str]]) -> None:
    """Save as the editor does by itself, over the revision it made before."""
    response = client.post(address, fields, headers={"accept": "application/json"}).json()
    if not response["success"]:
        raise RuntimeError(response)
    fields["overwrite_revision_id"] = [str(response["revision_id"])]


def main() -> None:
    """Measure with the real content."""
    with tempfile.TemporaryDirectory() as folder:
        var = Path(folder)
        fill_site(var)
        os.environ |= {"VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "kennisbank.settings"}
        measure()


if __name__ == "__main__":
    main()
