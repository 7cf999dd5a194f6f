"""What the secretariat does with one account, each after a question on a page of its own."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from kennisbank.login.adapters import weergavenaam
from kennisbank.models import User

from .invitation import mail, nodig_uit
from .reach import Bereik

UITGENODIGD, GEWIST = "kennisbank.uitgenodigd", "kennisbank.tweede_stap_gewist"
NIET_VERSTUURD = "De mail kon niet worden verstuurd. Probeer het later opnieuw met ‘Opnieuw uitnodigen’."


def verstuur_uitnodiging(request: HttpRequest, user: User) -> None:
    """Invite, note it in the history, and say how it went."""
    try:
        nodig_uit(user, door=weergavenaam(request.user))  # type: ignore[arg-type]
    except OSError:
        messages.error(request, NIET_VERSTUURD)
    else:
        log(user, UITGENODIGD, user=request.user)
        messages.success(request, f"De uitnodiging is gemaild naar {user.email}.")


def meld(request: HttpRequest, user: User, onderwerp: str, template: str, **context: str) -> None:
    """Mail somebody what another did to the account, or say that this failed."""
    try:
        mail(user, onderwerp, template, door=weergavenaam(request.user), **context)  # type: ignore[arg-type]
    except OSError:
        messages.warning(request, "De gebruiker kreeg hierover geen mail: die kon niet worden verstuurd.")


class Actie(WagtailAdminTemplateMixin, TemplateView):
    """Ask, and do it on POST."""

    template_name = "users/bevestig.html"
    header_icon = "user"
    vraag = knop = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.gebruiker = get_object_or_404(User, pk=kwargs["pk"])
        if not request.user.has_perm("kennisbank.change_user") or not Bereik(request.user).omvat(self.gebruiker):
            raise PermissionDenied
        if not self.kan(self.gebruiker):
            raise PermissionDenied

    @staticmethod
    def kan(user: User) -> bool:
        """Whether there is anything to do for this account."""
        raise NotImplementedError

    def doe(self) -> None:
        raise NotImplementedError

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        lijst = {"url": reverse("wagtailusers_users:index"), "label": "Gebruikers"}
        return [*super().get_breadcrumbs_items(), lijst, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "gebruiker": self.gebruiker,
            "vraag": self.vraag,
            "knop": self.knop,
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.doe()
        return redirect("wagtailusers_users:index")


class OpnieuwUitnodigen(Actie):
    """Another invitation, to somebody who has not set a password yet."""

    page_title = "Opnieuw uitnodigen"
    vraag = "Deze gebruiker krijgt een nieuwe mail met een link om een wachtwoord te kiezen. De vorige link vervalt."
    knop = "Verstuur de uitnodiging"

    @staticmethod
    def kan(user: User) -> bool:
        return user.is_active and bool(user.email) and not user.has_usable_password()

    def doe(self) -> None:
        verstuur_uitnodiging(self.request, self.gebruiker)


class TweedeStapWissen(Actie):
    """Take the second factor away from somebody who lost it; the next login asks for a new one."""

    page_title = "Tweede stap wissen"
    vraag = (
        "Doe dit alleen als u zeker weet wie erom vraagt, bijvoorbeeld na een telefoontje. De app, de passkeys en de "
        "herstelcodes van deze gebruiker werken niet meer. De gebruiker wordt overal uitgelogd en stelt bij de "
        "volgende keer inloggen een nieuwe tweede stap in."
    )
    knop = "Wis de tweede stap"

    @staticmethod
    def kan(user: User) -> bool:
        return bool(user.authenticator_set.all())  # type: ignore[attr-defined]

    def doe(self) -> None:
        wis_tweede_stap(self.gebruiker)
        log(self.gebruiker, GEWIST, user=self.request.user)
        messages.success(self.request, f"De tweede stap van {weergavenaam(self.gebruiker)} is gewist.")
        meld(self.request, self.gebruiker, "Uw tweede stap is gewist", "users/tweede_stap_gewist.txt")


def wis_tweede_stap(user: User) -> None:
    """Remove app, passkeys and recovery codes, and end all sessions."""
    Authenticator.objects.filter(user=user).delete()
    user.beeindig_sessies()
