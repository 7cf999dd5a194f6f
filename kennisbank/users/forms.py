"""Form of an account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from wagtail.admin.forms.models import WagtailAdminModelForm

from kennisbank.models import User
from kennisbank.roles import REGIOCOORDINATOR

from .reach import assignable_roles


class UserForm(WagtailAdminModelForm):
    """Name, mail address, roles and regions; the password is chosen by the invited, never here."""

    first_name = forms.CharField(label="Voornaam", max_length=150)
    last_name = forms.CharField(label="Achternaam", max_length=150)
    email = forms.EmailField(
        label="Mailadres",
        max_length=150,
        help_text="Hiermee logt de gebruiker in. De uitnodiging gaat naar dit adres.",
    )

    class Meta:
        model = User
        fields = ["first_name", "last_name", "email", "groups", "regios", "organisatie", "is_active"]
        labels = {"groups": "Rollen", "regios": "Regio's", "organisatie": "Organisatie", "is_active": "Account is aan"}
        help_texts = {
            "groups": "",
            "regios": "Een regiocoördinator werkt aan wat bij deze regio's hoort.",
            "is_active": "Zet een account uit als iemand niet meer meewerkt. Wie is ingelogd, wordt meteen uitgelogd.",
        }
        widgets = {"groups": forms.CheckboxSelectMultiple, "regios": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        editing_self = kwargs.pop("editing_self", False)
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = assignable_roles(self.for_user)
        if editing_self:
            del self.fields["groups"], self.fields["regios"]
        if editing_self or not self.instance.pk:
            del self.fields["is_active"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        others = User.objects.exclude(pk=self.instance.pk)
        if others.filter(Q(email__iexact=email) | Q(username__iexact=email)).exists():
            raise forms.ValidationError("Er is al een account met dit mailadres.")
        return email

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        roles = [group.name for group in data.get("groups", ())]
        if "groups" in self.fields and not roles and "groups" not in self.errors:
            self.add_error("groups", "Kies minstens één rol.")
        if REGIOCOORDINATOR in roles and not data.get("regios"):
            self.add_error("regios", "Kies minstens één regio voor een regiocoördinator.")
        return data

    def save(self, commit: bool = True) -> User:
        """The user name follows the mail address, unless the account was given a name of its own."""
        if not self.instance.pk or self.instance.username == self.initial.get("email"):
            self.instance.username = self.cleaned_data["email"]
        if not self.instance.pk:
            self.instance.set_unusable_password()
        user: User = super().save(commit)
        return user
