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

from kennisbank.login.adapters import display_name
from kennisbank.models import User

from .invitation import invite, mail
from .reach import Reach

INVITED, SECOND_FACTOR_CLEARED = "kennisbank.uitgenodigd", "kennisbank.tweede_stap_gewist"
NOT_SENT = "De mail kon niet worden verstuurd. Probeer het later opnieuw met ‘Opnieuw uitnodigen’."


def send_invitation(request: HttpRequest, user: User) -> None:
    """Invite, note it in the history, and say how it went."""
    try:
        invite(user, by=display_name(request.user))  # type: ignore[arg-type]
    except OSError:
        messages.error(request, NOT_SENT)
    else:
        log(user, INVITED, user=request.user)
        messages.success(request, f"De uitnodiging is gemaild naar {user.email}.")


def notify(request: HttpRequest, user: User, subject: str, template: str, **context: str) -> None:
    """Mail somebody what another did to the account, or say that this failed."""
    try:
        mail(user, subject, template, door=display_name(request.user), **context)  # type: ignore[arg-type]
    except OSError:
        messages.warning(request, "De gebruiker kreeg hierover geen mail: die kon niet worden verstuurd.")


class AccountAction(WagtailAdminTemplateMixin, TemplateView):
    """Ask, and do it on POST."""

    template_name = "users/bevestig.html"
    header_icon = "user"
    question = button_label = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.user = get_object_or_404(User, pk=kwargs["pk"])
        if not request.user.has_perm("kennisbank.change_user") or not Reach(request.user).includes(self.user):
            raise PermissionDenied
        if not self.applies_to(self.user):
            raise PermissionDenied

    @staticmethod
    def applies_to(user: User) -> bool:
        """Whether there is anything to do for this account."""
        raise NotImplementedError

    def perform(self) -> None:
        raise NotImplementedError

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        listing = {"url": reverse("wagtailusers_users:index"), "label": "Gebruikers"}
        return [*super().get_breadcrumbs_items(), listing, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "gebruiker": self.user,
            "vraag": self.question,
            "knop": self.button_label,
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.perform()
        return redirect("wagtailusers_users:index")


class InviteAgain(AccountAction):
    """Another invitation, to somebody who has not set a password yet."""

    page_title = "Opnieuw uitnodigen"
    question = "Deze gebruiker krijgt een nieuwe mail met een link om een wachtwoord te kiezen. De vorige link vervalt."
    button_label = "Verstuur de uitnodiging"

    @staticmethod
    def applies_to(user: User) -> bool:
        return user.is_active and bool(user.email) and not user.has_usable_password()

    def perform(self) -> None:
        send_invitation(self.request, self.user)


class ClearSecondFactor(AccountAction):
    """Take the second factor away from somebody who lost it; the next login asks for a new one."""

    page_title = "Tweede stap wissen"
    question = (
        "Doe dit alleen als u zeker weet wie erom vraagt, bijvoorbeeld na een telefoontje. De app, de passkeys en de "
        "herstelcodes van deze gebruiker werken niet meer. De gebruiker wordt overal uitgelogd en stelt bij de "
        "volgende keer inloggen een nieuwe tweede stap in."
    )
    button_label = "Wis de tweede stap"

    @staticmethod
    def applies_to(user: User) -> bool:
        return bool(user.authenticator_set.all())  # type: ignore[attr-defined]

    def perform(self) -> None:
        clear_second_factor(self.user)
        log(self.user, SECOND_FACTOR_CLEARED, user=self.request.user)
        messages.success(self.request, f"De tweede stap van {display_name(self.user)} is gewist.")
        notify(self.request, self.user, "Uw tweede stap is gewist", "users/tweede_stap_gewist.txt")


def clear_second_factor(user: User) -> None:
    """Remove app, passkeys and recovery codes, and end all sessions."""
    Authenticator.objects.filter(user=user).delete()
    user.end_sessions()
