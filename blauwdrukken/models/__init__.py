"""The nouns of the knowledge bank."""

from .beoordeling import Beoordeling
from .bestanden import Afbeelding, AfbeeldingRendition, Bestand
from .blauwdruk import Blauwdruk
from .onderdelen import Kerncijfer, Kostenpost, Partij, Voorbeeld, Werkdocument
from .opmerking import Opmerking
from .oudadres import OudAdres
from .project import Project
from .publicatie import publicatie_q
from .verhaal import Verhaal
from .versie import Versie
from .woordenlijsten import Begrip, Doelgroep, Organisatie, Programma, Thema
from .zoeken import Misser, Synoniem, Wijziging, Zoekstand

__all__ = [
    "Afbeelding",
    "AfbeeldingRendition",
    "Begrip",
    "Beoordeling",
    "Bestand",
    "Blauwdruk",
    "Doelgroep",
    "Kerncijfer",
    "Kostenpost",
    "Misser",
    "Opmerking",
    "Organisatie",
    "OudAdres",
    "Partij",
    "Programma",
    "Project",
    "Synoniem",
    "Thema",
    "Verhaal",
    "Versie",
    "Voorbeeld",
    "Werkdocument",
    "Wijziging",
    "Zoekstand",
    "publicatie_q",
]
