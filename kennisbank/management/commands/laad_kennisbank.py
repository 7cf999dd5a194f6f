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
        map_ = settings.BASE_DIR / "fixtures"
        load_regios(read_yaml(map_ / "regios.yaml"))
        inhoud = ContentLoader(map_)
        inhoud.load_vocabularies()
        inhoud.load_blauwdrukken()
        inhoud.load_projecten()
        inhoud.load_verhalen()
        paginas = load_paginas(map_ / "paginas.yaml")
        gewijzigd = ", ".join(f"{aantal} {soort}" for soort, aantal in inhoud.changed.items())
        if verbosity:
            self.stdout.write(f"Geladen of bijgewerkt: {gewijzigd}, {paginas} pagina's.")


def load_paginas(bestand: Path) -> int:
    """Publish the pages of this file; returns how many were new or changed."""
    return sum(
        publish_entry(
            Pagina.objects.filter(slug=rij["slug"]).first(),
            Pagina(**{**rij, "tekst": render_markdown(rij["tekst"])}),
            {},
        )
        for rij in read_yaml(bestand)
    )
