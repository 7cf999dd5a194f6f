"""The nouns of the knowledge bank."""

from .beoordeling import Beoordeling
from .bestanden import Afbeelding, AfbeeldingRendition, Bestand
from .bewijs import Bewijs
from .blauwdruk import Blauwdruk
from .bron import Bron
from .citaat import Citaat
from .figures import Kerncijfer, Kostenpost
from .onderbouwing import CRITERIA, Onderbouwing
from .opmerking import Opmerking
from .oudadres import OudAdres
from .parts import Partij, Voorbeeld, Werkdocument
from .programma import Programma, Programmadoel
from .project import Project
from .publication import publicatie_q
from .search import Misser, Synoniem, Wijziging, Zoekstand
from .shipment import Shipment
from .verhaal import Verhaal
from .versie import Versie
from .vocabularies import Begrip, Doelgroep, Organisatie, Thema

__all__ = [
    "CRITERIA",
    "Afbeelding",
    "AfbeeldingRendition",
    "Begrip",
    "Beoordeling",
    "Bestand",
    "Bewijs",
    "Blauwdruk",
    "Bron",
    "Citaat",
    "Doelgroep",
    "Kerncijfer",
    "Kostenpost",
    "Misser",
    "Onderbouwing",
    "Opmerking",
    "Organisatie",
    "OudAdres",
    "Partij",
    "Programma",
    "Programmadoel",
    "Project",
    "Shipment",
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
