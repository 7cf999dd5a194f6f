"""First account of a production site, and the way back in for a Beheerder who lost everything."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from kennisbank.models import User
from kennisbank.roles import BEHEERDER
from kennisbank.users.actions import clear_second_factor
from kennisbank.users.invitation import invite, renew_link


class Command(BaseCommand):
    help = "Makes an account that may do everything, mails the invitation and prints its link."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--voornaam", default="")
        parser.add_argument("--achternaam", default="")
        parser.add_argument(
            "--opnieuw",
            action="store_true",
            help="for an account that exists: password and second factor are removed, and a new link is made",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].lower()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email} is geen mailadres.") from None
        user = User.objects.filter(email=email).first()
        if options["opnieuw"]:
            user = self.start_over(user)
        elif user:
            raise CommandError("Dit account bestaat al. Met --opnieuw maakt u een nieuwe link.")
        else:
            names = {"first_name": options["voornaam"], "last_name": options["achternaam"]}
            user = User.objects.create_superuser(email, email, None, **names)
        user.groups.add(*Group.objects.filter(name=BEHEERDER))
        self.print_link(user)

    def start_over(self, user: User | None) -> User:
        if not user or not user.is_superuser:
            raise CommandError("Er is geen beheerder met dit mailadres.")
        clear_second_factor(user)
        return user

    def print_link(self, user: User) -> None:
        try:
            link = invite(user, by="De technisch beheerder")
        except OSError as error:
            self.stderr.write(f"De mail kon niet worden verstuurd: {error}")
            link = renew_link(user)
        self.stdout.write(f"Kies een wachtwoord op:\n{link}")
