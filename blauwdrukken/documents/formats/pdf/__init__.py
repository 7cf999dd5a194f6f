"""Documents as PDF."""

from .document import maak

__all__ = ["maak"]
