"""Documents as PDF."""

from .document import make

__all__ = ["make"]
