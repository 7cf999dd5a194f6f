"""Uploads are hostile until checked: kinds by content, looked into before anything is unpacked or drawn."""

from .keuring import Schoon, controleer, keur
from .soorten import AFBEELDINGEN, DOCUMENTEN, Reden, Soort

__all__ = ["AFBEELDINGEN", "DOCUMENTEN", "Reden", "Schoon", "Soort", "controleer", "keur"]
