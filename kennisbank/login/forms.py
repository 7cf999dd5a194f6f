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
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp.forms import ActivateTOTPForm as BaseActivateTOTPForm
from allauth.mfa.webauthn import forms as passkey
from cryptography.exceptions import InvalidSignature
from django.http import HttpRequest

RULES_IN_WORDS = (
    "Minstens 12 tekens. Geen wachtwoord dat veel mensen gebruiken, niet alleen cijfers en niet uw naam of mailadres. "
    "Een paar losse woorden achter elkaar werkt goed."
)
MAX_NAME_LENGTH = 60
CODE = "Code uit uw app, of een herstelcode"


class LabelledFields:
    """Gives the fields of a form the labels and help texts named here, and no text in the field itself."""

    labels: dict[str, str] = {}
    help_texts: dict[str, str] = {}
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.help_texts.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs["class"] = "veld"


class LoginForm(LabelledFields, account.LoginForm):
    labels = {"login": "Mailadres of gebruikersnaam", "password": "Wachtwoord"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}


class ReauthenticateForm(LabelledFields, account.ReauthenticateForm):
    labels = {"password": "Wachtwoord"}


class ResetPasswordForm(LabelledFields, account.ResetPasswordForm):
    labels = {"email": "Mailadres"}

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Mail an unknown address too: then neither the answer nor the time it takes tells who has an account."""
        email: str = self.cleaned_data["email"]
        if self.users:
            super().save(request, **kwargs)
        else:
            get_adapter().send_mail("account/email/unknown_account", email, {})
        return email


class ResetPasswordKeyForm(LabelledFields, account.ResetPasswordKeyForm):
    labels = {"password1": "Nieuw wachtwoord", "password2": "Nieuw wachtwoord, nog een keer"}
    help_texts = {"password1": RULES_IN_WORDS}


class ChangePasswordForm(LabelledFields, account.ChangePasswordForm):
    labels = {"oldpassword": "Uw wachtwoord van nu"} | ResetPasswordKeyForm.labels
    help_texts = {"password1": RULES_IN_WORDS}


class CountedAttempts:
    """Counts wrong codes of an account and an address together, beside the count of the account."""

    user: Any

    def clean_code(self) -> str:
        request = context.request
        count = {
            "app": "allauth.account",
            "action": "second_factor",
            "key": f"{self.user.pk}:{ratelimit.get_ip(request)}",
        }
        if not ratelimit.consume(request, **count):
            raise get_adapter().validation_error("too_many_login_attempts")
        code: str = super().clean_code()  # type: ignore[misc]
        ratelimit.clear(request, **count)
        return code


class AuthenticateForm(LabelledFields, CountedAttempts, second_factor.AuthenticateForm):
    labels = {"code": CODE}


class ReauthenticateCodeForm(LabelledFields, CountedAttempts, second_factor.ReauthenticateForm):
    labels = {"code": CODE}


class ActivateTOTPForm(LabelledFields, BaseActivateTOTPForm):
    labels = {"code": "Code uit uw app"}
    help_texts = {"code": "Zes cijfers. Elke halve minuut maakt de app een nieuwe code."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric"}


@contextmanager
def malformed_as_wrong() -> Iterator[None]:
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
    ) as error:
        raise mfa_adapter().validation_error("incorrect_passkey") from error


class CheckedPasskey:
    """Refuses what is no answer of a passkey."""

    def clean_credential(self) -> Any:
        with malformed_as_wrong():
            return super().clean_credential()  # type: ignore[misc]


class LoginWebAuthnForm(CheckedPasskey, passkey.LoginWebAuthnForm):
    pass


class AuthenticateWebAuthnForm(CheckedPasskey, passkey.AuthenticateWebAuthnForm):
    pass


class ReauthenticateWebAuthnForm(CheckedPasskey, passkey.ReauthenticateWebAuthnForm):
    pass


class AddWebAuthnForm(LabelledFields, passkey.AddWebAuthnForm):
    """Always a passkey: it asks for a finger, a face or a PIN, and so replaces password and code together."""

    labels = {"name": "Naam"}
    help_texts = {"name": "Zo herkent u hem later, bijvoorbeeld Laptop van het werk."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        self.fields["name"].widget.attrs["maxlength"] = MAX_NAME_LENGTH

    def clean(self) -> dict[str, Any]:
        with malformed_as_wrong():
            data: dict[str, Any] = super().clean()
        return data

    def clean_name(self) -> str:
        name: str = super().clean_name()
        return name[:MAX_NAME_LENGTH]
