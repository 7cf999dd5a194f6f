"""Practice data on one's own machine."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from blauwdrukken.models import Blauwdruk, Project
from blauwdrukken.practice_data import PROGRAMMA, PracticeBank


class Command(BaseCommand):
    help = "Adds practice blueprints (programme `oefendata`), or removes them; works only with LOCAL=1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--aantal", type=int, default=100, help="how many blueprints to add (100)")
        parser.add_argument("--zaad", type=int, default=1, help="seed: the same gives the same texts (1)")
        parser.add_argument("--wis", action="store_true", help="remove all practice data instead")

    def handle(self, *args: Any, aantal: int, zaad: int, wis: bool, verbosity: int, **options: Any) -> None:
        if not settings.LOCAL:
            raise CommandError("Oefendata hoort niet op een echte site. Dit werkt alleen met LOCAL=1.")
        if wis:
            Project.objects.filter(programma__slug=PROGRAMMA).delete()
            Blauwdruk.objects.filter(programma__slug=PROGRAMMA).delete()
            self.stdout.write("Oefendata verwijderd.")
            return
        for done in PracticeBank(zaad).make(aantal):
            if verbosity:
                self.stdout.write(f"{done} van {aantal} oefenblauwdrukken")
