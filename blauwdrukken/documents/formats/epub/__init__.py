"""EPUB 3 books, to read on a phone or a reader."""

from .book import make

__all__ = ["make"]
