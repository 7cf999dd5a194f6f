"""The nouns of the knowledge bank."""

from .bestanden import Afbeelding, AfbeeldingRendition, Bestand
from .blauwdruk import Blauwdruk
from .onderdelen import Kerncijfer, Kostenpost, Partij, Voorbeeld, Werkdocument
from .project import Project
from .publicatie import publicatie_q
from .verhaal import Verhaal
from .woordenlijsten import Begrip, Doelgroep, Organisatie, Programma, Thema
from .zoeken import Misser, Synoniem, Wijziging, Zoekstand

__all__ = [
    "Afbeelding",
    "AfbeeldingRendition",
    "Begrip",
    "Bestand",
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
    "Verhaal",
    "Voorbeeld",
    "Werkdocument",
    "Wijziging",
    "Zoekstand",
    "publicatie_q",
]
