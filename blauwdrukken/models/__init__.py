"""The nouns of the knowledge bank."""

from .blauwdruk import Blauwdruk
from .onderdelen import Kerncijfer, Kostenpost, Partij, Voorbeeld, Werkdocument
from .project import Project
from .publicatie import publicatie_q
from .woordenlijsten import Begrip, Doelgroep, Organisatie, Programma, Thema
from .zoeken import Misser, Synoniem, Wijziging, Zoekstand

__all__ = [
    "Begrip",
    "Blauwdruk",
    "Doelgroep",
    "Kerncijfer",
    "Kostenpost",
    "Misser",
    "Organisatie",
    "Partij",
    "Programma",
    "Project",
    "Synoniem",
    "Thema",
    "Voorbeeld",
    "Werkdocument",
    "Wijziging",
    "Zoekstand",
    "publicatie_q",
]
