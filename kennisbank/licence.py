"""The licence of the content: what others may do with the texts of this site."""

from __future__ import annotations

from typing import NamedTuple

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import URLValidator

NO_LICENCE = (
    "CONTENT_LICENTIE moet de naam van een licentie zijn, een | en het https-adres van de tekst, zoals "
    "CC BY 4.0|https://creativecommons.org/licenses/by/4.0/, en niet {!r}."
)


class Licence(NamedTuple):
    """Name of a licence, and the address of its text."""

    name: str
    address: str


def read_licence(text: str) -> Licence | None:
    """Licence of `name|https://address`, None of nothing; raises ImproperlyConfigured of anything else."""
    if not text.strip():
        return None
    try:
        name, address = (part.strip() for part in text.split("|"))
        URLValidator(schemes=["https"])(address)
    except (ValueError, ValidationError) as error:
        raise ImproperlyConfigured(NO_LICENCE.format(text)) from error
    if not name or not name.isprintable():
        raise ImproperlyConfigured(NO_LICENCE.format(text))
    return Licence(name, address)
