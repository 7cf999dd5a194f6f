"""An own blauwdrukboek: blueprints of somebody's choice, in their order, with a title and foreword of their own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property

from ...choice import MAX_CHOSEN, make_url, parse_slugs
from ...models import Blauwdruk
from ...text.notation import format_day
from .document import document, with_all_content

# Bytes of a query that always pass: web servers refuse a line of a request above 8,190.
MAX_QUERY_BYTES = 7_900
MAX_FOREWORD = 2_000
DEFAULT_TITLE = "Blauwdrukboek"


def too_long_error(at_most: int) -> dict[str, str]:
    """The sentence about a text that is too long."""
    return {"max_length": f"Dit mag hooguit {at_most} tekens lang zijn. Nu zijn het er %(show_value)s."}


class BundelForm(forms.Form):
    """What one writes oneself: plain text, also when it looks like markup."""

    titel = forms.CharField(max_length=120, required=False, error_messages=too_long_error(120))
    ondertitel = forms.CharField(
        label="Ondertitel (hoeft niet)", max_length=160, required=False, error_messages=too_long_error(160)
    )
    organisatie = forms.CharField(
        label="Naam van uw organisatie (hoeft niet)", max_length=120, required=False, error_messages=too_long_error(120)
    )
    voorwoord = forms.CharField(
        label="Eigen voorwoord (hoeft niet)",
        help_text=f"Gewone tekst, hooguit {MAX_FOREWORD} tekens. Een lege regel begint een nieuwe alinea.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 7, "maxlength": MAX_FOREWORD}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "veld"

    def clean_voorwoord(self) -> str:
        """Counted as the browser counts: the end of a line is one character."""
        voorwoord = tidy("voorwoord", self.cleaned_data["voorwoord"])
        if len(voorwoord) > MAX_FOREWORD:
            raise forms.ValidationError(
                f"Dit mag hooguit {MAX_FOREWORD} tekens lang zijn. Nu zijn het er {len(voorwoord)}."
            )
        return voorwoord


def tidy(name: str, text: str) -> str:
    """The text on one line, or with the same ends of lines from every browser."""
    return "\n".join(text.strip().splitlines()) if name == "voorwoord" else " ".join(text.split())


class Bundel:
    """What the address of a book asks for; `objections` are sentences about why it cannot be made like this."""

    def __init__(self, query: QueryDict) -> None:
        parsed = parse_slugs(query.getlist("b"))
        self.slugs, self.messages = parsed.slugs, parsed.messages
        self.form = BundelForm(query)
        self.texts = {name: tidy(name, query.get(name, "")) for name in self.form.fields}
        self.objections = self._objections(query)

    def _objections(self, query: QueryDict) -> list[str]:
        objections = []
        if len(self.slugs) > MAX_CHOSEN:
            objections.append(
                f"Een boek heeft hooguit {MAX_CHOSEN} blauwdrukken. U hebt er {len(self.slugs)}. Haal er weg."
            )
        if len(query.urlencode()) > MAX_QUERY_BYTES:
            objections.append(
                "De link naar dit boek wordt te lang. Maak het voorwoord korter of haal blauwdrukken weg."
            )
        if self.form.errors:
            objections.append("Een tekst kan zo niet. Kijk bij “Titel en voorwoord” wat er niet klopt.")
        return objections

    @property
    def titel(self) -> str:
        return self.texts["titel"] or DEFAULT_TITLE

    def url(self, name: str = "bundel", slugs: list[str] | None = None, extension: str = "", **rest: str) -> str:
        """Address of a page or file of this book, or of this book with other blueprints."""
        return make_url(name, self.slugs if slugs is None else slugs, extension, **self.texts, **rest)

    @cached_property
    def blauwdrukken(self) -> list[Blauwdruk]:
        """All of the blueprints, in the order of the book; 11 queries."""
        rows = {b.slug: b for b in with_all_content(Blauwdruk.objects.published().filter(slug__in=self.slugs))}
        return [rows[slug] for slug in self.slugs if slug in rows]

    def make_order(self) -> dict[str, Any]:
        """The book as plain data, for the makers."""
        return {
            "soort": "bundel",
            "site": {"naam": settings.SITE_NAME, "adres": settings.BASE_URL},
            "documenten": [document(blauwdruk) for blauwdruk in self.blauwdrukken],
            "bundel": {
                **self.texts,
                "titel": self.titel,
                "adres": settings.BASE_URL + self.url(),
                "datum": format_day(timezone.localdate()),
            },
        }
