"""Opening the editing form of a full blueprint, beside its page: python -m tests.bench_formulier (or `make bench`)."""

from __future__ import annotations

import os
import statistics
import tempfile
from pathlib import Path
from typing import Any

from tests.bench import vul
from tests.bench_zoeken import duur, meld

KEER = 20


def mediaan(client: Any, adres: str) -> float:
    """Median seconds of an answer, made inside the process."""

    def vraag() -> None:
        if client.get(adres).status_code != 200:
            raise RuntimeError(adres)

    vraag()
    return statistics.median(duur(vraag) for _ in range(KEER))


def meet() -> None:
    """Print both, and how many times the page the form takes."""
    import django

    django.setup()
    from django.test import Client

    from blauwdrukken.models import Blauwdruk
    from kennisbank.models import User

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.create_superuser("meter", password=None))
    blauwdruk = Blauwdruk.objects.get(slug="branchestraten")
    pagina = mediaan(client, blauwdruk.get_absolute_url())
    formulier = mediaan(client, f"/beheer/snippets/blauwdrukken/blauwdruk/edit/{blauwdruk.pk}/")
    meld(f"page {pagina * 1000:.0f} ms, editing form {formulier * 1000:.0f} ms, {formulier / pagina:.1f}x")


def main() -> None:
    """Measure with the real content."""
    with tempfile.TemporaryDirectory() as map_:
        var = Path(map_)
        vul(var)
        os.environ |= {"VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "kennisbank.settings"}
        meet()


if __name__ == "__main__":
    main()
