"""Loads the content of fixtures/."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from blauwdrukken.content_loader import ContentLoader, make_entry, read_yaml, render_markdown
from blauwdrukken.corrections import CorrectionLoader
from blauwdrukken.models import Blauwdruk
from kennisbank.models import Pagina
from regios.content_loader import load_regios


class Command(BaseCommand):
    help = (
        "Loads blueprints, projects, stories, regions, vocabularies and pages from fixtures/. Run again it changes "
        "only what differs from the files; an entry that differs gets the file's text as a new version."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--alleen-leeg", action="store_true", help="do nothing when there are blueprints already")
        parser.add_argument(
            "--bijwerken",
            action="store_true",
            help="when there are blueprints already: bring only what changed in the files since, past nobody's work",
        )

    @transaction.atomic
    def handle(self, *args: Any, alleen_leeg: bool, bijwerken: bool, verbosity: int, **options: Any) -> None:
        in_use = Blauwdruk.objects.exists()
        if alleen_leeg and in_use:
            return
        take_turn()
        folder = settings.BASE_DIR / "fixtures"
        content = CorrectionLoader(folder) if bijwerken and in_use else ContentLoader(folder)
        load_regios(read_yaml(folder / "regios.yaml"), content.regios_left_alone())
        content.load_vocabularies()
        content.load_blauwdrukken()
        content.load_projecten()
        content.load_verhalen()
        load_paginas(content, folder / "paginas.yaml")
        if verbosity:
            self.tell(content)

    def tell(self, content: ContentLoader) -> None:
        """Say what changed, and what did not and why."""
        changed = ", ".join(f"{count} {kind}" for kind, count in content.changed.items())
        if changed:
            self.stdout.write(f"Geladen of bijgewerkt: {changed}.")
        for outcome, names in content.report.items():
            self.stdout.write(f"{outcome}: {', '.join(names)}.")


def take_turn() -> None:
    """Let processes that start at the same moment go one after the other."""
    list(ContentType.objects.select_for_update().filter(app_label="blauwdrukken", model="shipment"))


def load_paginas(content: ContentLoader, file: Path) -> None:
    """The own pages of the site."""
    for row in read_yaml(file):
        content.attempt(row["slug"], lambda row=row: load_pagina(content, row))  # type: ignore[misc]


def load_pagina(content: ContentLoader, row: dict[str, Any]) -> None:
    """One page of the site."""
    if not content.is_handled(Pagina, row["slug"], row):
        content.place("pagina's", make_entry(Pagina, {**row, "tekst": render_markdown(row["tekst"])}), {}, row)
