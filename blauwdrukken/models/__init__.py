"""The nouns of the knowledge bank."""

from .blauwdruk import Blauwdruk
from .onderdelen import Kerncijfer, Kostenpost, Partij, Voorbeeld, Werkdocument
from .project import Project
from .publicatie import publicatie_q
from .woordenlijsten import Begrip, Doelgroep, Organisatie, Programma, Thema

__all__ = [
    "Begrip",
    "Blauwdruk",
    "Doelgroep",
    "Kerncijfer",
    "Kostenpost",
    "Organisatie",
    "Partij",
    "Programma",
    "Project",
    "Thema",
    "Voorbeeld",
    "Werkdocument",
    "publicatie_q",
]
