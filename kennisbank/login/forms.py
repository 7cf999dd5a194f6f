"""Forms of allauth, with the words and the looks of this site."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import get_adapter as mfa_adapter
from allauth.mfa.base import forms as tweede_stap
from allauth.mfa.totp.forms import ActivateTOTPForm as BaseActivateTOTPForm
from allauth.mfa.webauthn import forms as passkey
from cryptography.exceptions import InvalidSignature
from django.http import HttpRequest

WACHTWOORDREGELS = (
    "Minstens 12 tekens. Geen wachtwoord dat veel mensen gebruiken, niet alleen cijfers en niet uw naam of mailadres. "
    "Een paar losse woorden achter elkaar werkt goed."
)
NAAM_LENGTE = 60
CODE = "Code uit uw app, of een herstelcode"


class Velden:
    """Gives the fields of a form the labels and help texts named here, and no text in the field itself."""

    labels: dict[str, str] = {}
    hulp: dict[str, str] = {}
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for naam, veld in self.fields.items():
            veld.label = self.labels.get(naam, veld.label)
            veld.help_text = self.hulp.get(naam, "")
            veld.widget.attrs.pop("placeholder", None)
            veld.widget.attrs["class"] = "veld"


class LoginForm(Velden, account.LoginForm):
    labels = {"login": "Mailadres of gebruikersnaam", "password": "Wachtwoord"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}


class ReauthenticateForm(Velden, account.ReauthenticateForm):
    labels = {"password": "Wachtwoord"}


class ResetPasswordForm(Velden, account.ResetPasswordForm):
    labels = {"email": "Mailadres"}

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Mail an unknown address too: then neither the answer nor the time it takes tells who has an account."""
        email: str = self.cleaned_data["email"]
        if self.users:
            super().save(request, **kwargs)
        else:
            get_adapter().send_mail("account/email/unknown_account", email, {})
        return email


class ResetPasswordKeyForm(Velden, account.ResetPasswordKeyForm):
    labels = {"password1": "Nieuw wachtwoord", "password2": "Nieuw wachtwoord, nog een keer"}
    hulp = {"password1": WACHTWOORDREGELS}


class ChangePasswordForm(Velden, account.ChangePasswordForm):
    labels = {"oldpassword": "Uw wachtwoord van nu"} | ResetPasswordKeyForm.labels
    hulp = {"password1": WACHTWOORDREGELS}


class Geteld:
    """Counts wrong codes of an account and an address together, beside the count of the account."""

    user: Any

    def clean_code(self) -> str:
        request = context.request
        telling = {
            "app": "allauth.account",
            "action": "second_factor",
            "key": f"{self.user.pk}:{ratelimit.get_ip(request)}",
        }
        if not ratelimit.consume(request, **telling):
            raise get_adapter().validation_error("too_many_login_attempts")
        code: str = super().clean_code()  # type: ignore[misc]
        ratelimit.clear(request, **telling)
        return code


class AuthenticateForm(Velden, Geteld, tweede_stap.AuthenticateForm):
    labels = {"code": CODE}


class ReauthenticateCodeForm(Velden, Geteld, tweede_stap.ReauthenticateForm):
    labels = {"code": CODE}


class ActivateTOTPForm(Velden, BaseActivateTOTPForm):
    labels = {"code": "Code uit uw app"}
    hulp = {"code": "Zes cijfers. Elke halve minuut maakt de app een nieuwe code."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric"}


@contextmanager
def leesbaar() -> Iterator[None]:
    """What a browser never sends is a wrong answer: fido2 and allauth raise of everything on it."""
    try:
        yield
    except (
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
        ArithmeticError,
        struct.error,
        InvalidSignature,
    ) as fout:
        raise mfa_adapter().validation_error("incorrect_passkey") from fout


class Passkeyantwoord:
    """Refuses what is no answer of a passkey."""

    def clean_credential(self) -> Any:
        with leesbaar():
            return super().clean_credential()  # type: ignore[misc]


class LoginWebAuthnForm(Passkeyantwoord, passkey.LoginWebAuthnForm):
    pass


class AuthenticateWebAuthnForm(Passkeyantwoord, passkey.AuthenticateWebAuthnForm):
    pass


class ReauthenticateWebAuthnForm(Passkeyantwoord, passkey.ReauthenticateWebAuthnForm):
    pass


class AddWebAuthnForm(Velden, passkey.AddWebAuthnForm):
    """Always a passkey: it asks for a finger, a face or a PIN, and so replaces password and code together."""

    labels = {"name": "Naam"}
    hulp = {"name": "Zo herkent u hem later, bijvoorbeeld Laptop van het werk."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        self.fields["name"].widget.attrs["maxlength"] = NAAM_LENGTE

    def clean(self) -> dict[str, Any]:
        with leesbaar():
            gegevens: dict[str, Any] = super().clean()
        return gegevens

    def clean_name(self) -> str:
        naam: str = super().clean_name()
        return naam[:NAAM_LENGTE]
