"""Loads the content of fixtures/."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from blauwdrukken.content_loader import ContentLoader, publish_entry, read_yaml, render_markdown
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

    @transaction.atomic
    def handle(self, *args: Any, alleen_leeg: bool, verbosity: int, **options: Any) -> None:
        if alleen_leeg and Blauwdruk.objects.exists():
            return
        folder = settings.BASE_DIR / "fixtures"
        load_regios(read_yaml(folder / "regios.yaml"))
        content = ContentLoader(folder)
        content.load_vocabularies()
        content.load_blauwdrukken()
        content.load_projecten()
        content.load_verhalen()
        pages = load_paginas(folder / "paginas.yaml")
        changed = ", ".join(f"{count} {kind}" for kind, count in content.changed.items())
        if verbosity:
            self.stdout.write(f"Geladen of bijgewerkt: {changed}, {pages} pagina's.")


def load_paginas(file: Path) -> int:
    """Publish the pages of this file; returns how many were new or changed."""
    return sum(
        publish_entry(
            Pagina.objects.filter(slug=row["slug"]).first(),
            Pagina(**{**row, "tekst": render_markdown(row["tekst"])}),
            {},
        )
        for row in read_yaml(file)
    )
