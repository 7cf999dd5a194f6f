"""The site's own words for those of Wagtail and the login: written in locale/, compiled here for Django."""

from __future__ import annotations

import re
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

DUTCH = Path("nl", "LC_MESSAGES")
LINE = re.compile(r'(#.*|(msg(ctxt|id|id_plural|str|str\[\d\]) )?"([^"\\]|\\.)*")?')


def compiled_locale(source: Path, target: Path) -> Path:
    """Folder for LOCALE_PATHS, below `target` and named after the text of `source`: made once for each text."""
    written = source / DUTCH / "django.po"
    try:
        text = written.read_bytes()
    except OSError as error:
        raise ImproperlyConfigured(f"The translations cannot be read: {error}.") from error
    folder = target / sha256(text).hexdigest()[:16]
    if not (folder / DUTCH / "django.mo").exists():
        _write(folder / DUTCH / "django.mo", _compile(text, written))
    return folder


def _compile(text: bytes, written: Path) -> bytes:
    """The translations as Django reads them."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415 (needed once for each text, not at every start)
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415

    try:
        catalog = read_po(BytesIO(text), locale="nl", abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise ImproperlyConfigured(f"The translations in {written} cannot be read: {error}.") from error
    _check(catalog, text, written)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    return compiled.getvalue()


def _check(catalog: Catalog, text: bytes, written: Path) -> None:
    """Refuse what babel lets pass without a word."""
    for number, line in enumerate(text.decode().splitlines(), 1):
        if not LINE.fullmatch(line):
            raise ImproperlyConfigured(f"Line {number} of {written} is not whole, look at its quotation marks: {line}")
    translated = [entry for entry in catalog if entry.id and all(_forms(entry))]
    entries = len(re.findall(rb"^msgid ", text, re.MULTILINE)) - 1  # the first is the head
    if len(translated) != entries:
        raise ImproperlyConfigured(
            f"Of the {entries} entries in {written}, {len(translated)} have a translation of their own. "
            "Look for one that is empty, or an entry that stands there twice."
        )


def _forms(entry: Message) -> list[object]:
    """The translation of an entry, one for each number."""
    return list(entry.string) if isinstance(entry.string, (tuple, list)) else [entry.string]


def _write(file: Path, content: bytes) -> None:
    """All or nothing: of processes that start together, each finds a whole file or none."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(f".{uuid4().hex}")
    new.write_bytes(content)
    new.replace(file)
