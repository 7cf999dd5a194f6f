"""Uploads are hostile until checked: kinds by content, looked into before anything is unpacked or drawn."""

from .inspection import Schoon, controleer, keur
from .kinds import AFBEELDINGEN, DOCUMENTEN, Reden, Soort

__all__ = ["AFBEELDINGEN", "DOCUMENTEN", "Reden", "Schoon", "Soort", "controleer", "keur"]
