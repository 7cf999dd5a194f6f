"""The files of an own blauwdrukboek: each format from the store, and a zip with all of them."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder

from ..content import data as content_data
from ..content.bundel import Bundel
from ..formats.table import Subject, made
from ..limits import MEGABYTE, Failed
from . import store
from .process import VISITOR, Pace, output_dir

MAX_WERKDOCUMENT_BYTES = 200 * MEGABYTE  # of working documents in one zip
ZIP_TOO_LARGE = "De werkdocumenten zijn samen te groot voor één zip. Kies minder blauwdrukken."


def bundel_file(extension: str, bundel: Bundel, pace: Pace = VISITOR) -> Path:
    """The book in this format, made or from the store; raises what make_file does."""
    if extension == "zip":
        return _zip(bundel, pace)
    return store.get_file(extension, ("bundel", bundel.url()), bundel.make_order, pace)


def _zip(bundel: Bundel, pace: Pace) -> Path:
    parts = {f"{file_name(bundel.titel)}.{f}": bundel_file(f, bundel, pace) for f in made(Subject.BUNDEL)}
    werkdocumenten = dict(_werkdocumenten(bundel))
    if sum(path.stat().st_size for path in werkdocumenten.values()) > MAX_WERKDOCUMENT_BYTES:
        raise Failed(ZIP_TOO_LARGE)
    parts |= werkdocumenten
    digest = hashlib.sha256(repr([(name, str(path)) for name, path in parts.items()]).encode()).hexdigest()[:40]
    target = output_dir() / f"{digest}.zip"
    if not target.exists():
        _pack(target, parts, bundel)
    return target


def _pack(target: Path, parts: dict[str, Path], bundel: Bundel) -> None:
    """Write the zip whole or not at all."""
    temporary = target.with_name(f"{secrets.token_hex(8)}.half")
    try:
        with ZipFile(temporary, "x", ZIP_DEFLATED) as zip_:
            zip_.writestr("LEESMIJ.txt", readme(bundel, list(parts)))
            zip_.writestr("blauwdrukken.json", _json(bundel))
            for name, path in parts.items():
                zip_.write(path, name)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _json(bundel: Bundel) -> str:
    content: list[dict[str, Any]] = [content_data.full_data(blauwdruk) for blauwdruk in bundel.blauwdrukken]
    return json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def _werkdocumenten(bundel: Bundel) -> Iterator[tuple[str, Path]]:
    """Name in the zip and file of each working document that was uploaded and is on disk."""
    for blauwdruk in bundel.blauwdrukken:
        for number, werkdocument in enumerate(blauwdruk.werkdocumenten.all(), 1):
            path = Path(werkdocument.bestand.file.path) if werkdocument.bestand else None
            if path and path.is_file():
                name = f"{number} {file_name(werkdocument.titel)}{path.suffix.lower()}"
                yield f"werkdocumenten/{blauwdruk.nummer} {file_name(blauwdruk.titel)}/{name}", path


def file_name(text: str) -> str:
    """A title as the name of a file on every system: letters, digits and a few signs, not too long."""
    return " ".join(re.sub(r"[^\w ,()&'+-]", " ", text).split())[:80].strip() or "Blauwdrukboek"


def readme(bundel: Bundel, names: list[str]) -> str:
    """What is in the zip, as Windows writes text."""
    lines = [
        bundel.titel,
        "",
        "In deze zip zitten:",
        *(f"- {name}" for name in ["blauwdrukken.json", *names]),
        "",
        "Blauwdrukken in dit boek:",
        *(f"- {b.nummer}. {b.titel}" for b in bundel.blauwdrukken),
        "",
        f"Dit boek staat ook op {bundel.make_order()['bundel']['adres']}",
        "Alle bedragen en cijfers zijn een indicatie. U kunt aan deze tekst geen rechten ontlenen.",
    ]
    return "\r\n".join([*lines, ""])
