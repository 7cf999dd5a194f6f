"""An own blauwdrukboek: blueprints of somebody's choice, in their order, with a title and foreword of their own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property

from ...choice import HOOGSTENS, adres, lees
from ...models import Blauwdruk
from .document import compleet, dag, document

# Bytes of a query that always pass: web servers refuse a line of a request above 8,190.
ADRESRUIMTE = 7_900
VOORWOORD = 2_000
TITEL = "Blauwdrukboek"


def te_lang(hooguit: int) -> dict[str, str]:
    """The sentence about a text that is too long."""
    return {"max_length": f"Dit mag hooguit {hooguit} tekens lang zijn. Nu zijn het er %(show_value)s."}


class BundelForm(forms.Form):
    """What one writes oneself: plain text, also when it looks like markup."""

    titel = forms.CharField(max_length=120, required=False, error_messages=te_lang(120))
    ondertitel = forms.CharField(
        label="Ondertitel (hoeft niet)", max_length=160, required=False, error_messages=te_lang(160)
    )
    organisatie = forms.CharField(
        label="Naam van uw organisatie (hoeft niet)", max_length=120, required=False, error_messages=te_lang(120)
    )
    voorwoord = forms.CharField(
        label="Eigen voorwoord (hoeft niet)",
        help_text=f"Gewone tekst, hooguit {VOORWOORD} tekens. Een lege regel begint een nieuwe alinea.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 7, "maxlength": VOORWOORD}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for veld in self.fields.values():
            veld.widget.attrs["class"] = "veld"

    def clean_voorwoord(self) -> str:
        """Counted as the browser counts: the end of a line is one character."""
        voorwoord = opgeruimd("voorwoord", self.cleaned_data["voorwoord"])
        if len(voorwoord) > VOORWOORD:
            raise forms.ValidationError(
                f"Dit mag hooguit {VOORWOORD} tekens lang zijn. Nu zijn het er {len(voorwoord)}."
            )
        return voorwoord


def opgeruimd(naam: str, tekst: str) -> str:
    """The text on one line, or with the same ends of lines from every browser."""
    return "\n".join(tekst.strip().splitlines()) if naam == "voorwoord" else " ".join(tekst.split())


class Bundel:
    """What the address of a book asks for; `bezwaren` are sentences about why it cannot be made like this."""

    def __init__(self, vraag: QueryDict) -> None:
        gelezen = lees(vraag.getlist("b"))
        self.slugs, self.meldingen = gelezen.slugs, gelezen.meldingen
        self.form = BundelForm(vraag)
        self.teksten = {naam: opgeruimd(naam, vraag.get(naam, "")) for naam in self.form.fields}
        self.bezwaren = self._bezwaren(vraag)

    def _bezwaren(self, vraag: QueryDict) -> list[str]:
        bezwaren = []
        if len(self.slugs) > HOOGSTENS:
            bezwaren.append(
                f"Een boek heeft hooguit {HOOGSTENS} blauwdrukken. U hebt er {len(self.slugs)}. Haal er weg."
            )
        if len(vraag.urlencode()) > ADRESRUIMTE:
            bezwaren.append("De link naar dit boek wordt te lang. Maak het voorwoord korter of haal blauwdrukken weg.")
        if self.form.errors:
            bezwaren.append("Een tekst kan zo niet. Kijk bij “Titel en voorwoord” wat er niet klopt.")
        return bezwaren

    @property
    def titel(self) -> str:
        return self.teksten["titel"] or TITEL

    def adres(self, naam: str = "bundel", slugs: list[str] | None = None, formaat: str = "", **rest: str) -> str:
        """Address of a page or file of this book, or of this book with other blueprints."""
        return adres(naam, self.slugs if slugs is None else slugs, formaat, **self.teksten, **rest)

    @cached_property
    def blauwdrukken(self) -> list[Blauwdruk]:
        """All of the blueprints, in the order of the book; 9 queries."""
        rijen = {b.slug: b for b in compleet(Blauwdruk.objects.gepubliceerd().filter(slug__in=self.slugs))}
        return [rijen[slug] for slug in self.slugs if slug in rijen]

    def opdracht(self) -> dict[str, Any]:
        """The book as plain data, for the makers."""
        return {
            "soort": "bundel",
            "site": {"naam": settings.SITE_NAME, "adres": settings.BASE_URL},
            "documenten": [document(blauwdruk) for blauwdruk in self.blauwdrukken],
            "bundel": {
                **self.teksten,
                "titel": self.titel,
                "adres": settings.BASE_URL + self.adres(),
                "datum": dag(timezone.localdate()),
            },
        }
