"""Word documents: real styles, lists and tables, to read and to start an own plan from."""

from .document import make

__all__ = ["make"]
