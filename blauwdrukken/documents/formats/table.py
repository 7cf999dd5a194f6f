"""The kinds of files: one table, read by addresses, buttons, answers, the zip of a book and the maker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Subject(StrEnum):
    """What there are files of."""

    BLAUWDRUK = "blauwdruk"
    VERGELIJKING = "vergelijking"
    BUNDEL = "bundel"
    LIJST = "lijst"


@dataclass(frozen=True)
class Format:
    """One kind of file, by its extension.

    `offered` names what it is offered of, each with the words of its button. `maker` is the module beside this one that
    has `make(order) -> bytes` and runs in a process of its own; without one the file is put together or streamed.
    `purpose` tells what one takes it along for.
    """

    extension: str
    mime: str
    offered: Mapping[Subject, str]
    maker: str = ""
    purpose: str = ""


FORMATS = (
    Format(
        "pdf",
        "application/pdf",
        {Subject.BLAUWDRUK: "PDF", Subject.VERGELIJKING: "PDF", Subject.BUNDEL: "PDF"},
        maker="pdf",
        purpose="om te lezen of te printen",
    ),
    Format(
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        {Subject.BLAUWDRUK: "Word", Subject.VERGELIJKING: "Word", Subject.BUNDEL: "Word"},
        maker="word",
        purpose="om zelf aan te passen",
    ),
    Format(
        "epub",
        "application/epub+zip",
        {Subject.BLAUWDRUK: "EPUB", Subject.BUNDEL: "E-boek (EPUB)"},
        maker="epub",
        purpose="voor een e-reader",
    ),
    Format(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        {Subject.VERGELIJKING: "Excel", Subject.LIJST: "Excel"},
        maker="spreadsheet",
    ),
    Format("csv", "text/csv; charset=utf-8", {Subject.LIJST: "CSV"}),
    Format(
        "json",
        "application/json",
        {Subject.BLAUWDRUK: "JSON", Subject.LIJST: "JSON"},
        purpose="voor wie met gegevens werkt",
    ),
    Format("zip", "application/zip", {Subject.BUNDEL: "Alles in één zip"}),
)
BY_EXTENSION = {kind.extension: kind for kind in FORMATS}


def offered(subject: Subject) -> list[Format]:
    """The kinds of files that there are of this."""
    return [kind for kind in FORMATS if subject in kind.offered]


def made(subject: Subject) -> list[str]:
    """Extensions of the files of this that a maker makes."""
    return [kind.extension for kind in offered(subject) if kind.maker]


def pattern(subject: Subject) -> str:
    """The extensions of this for the address of a file: "pdf|docx"."""
    return "|".join(kind.extension for kind in offered(subject))


def labels(subject: Subject) -> dict[str, str]:
    """Extension -> words of its button."""
    return {kind.extension: kind.offered[subject] for kind in offered(subject)}
