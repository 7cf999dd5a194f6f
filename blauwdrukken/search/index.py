"""The index on disk: a cache that follows the database, brought up to date by one process at a time.

Layout of the folder: `huidig` names the folder of the index in use, each index folder holds a tantivy index and
`stand.json` (schema version, change number, token). That file is written after the commit: what a crash leaves behind
is an index that repeats some changes, and repeating a change changes nothing.
"""

from __future__ import annotations

import fcntl
import json
import secrets
import shutil
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

import tantivy
from django.db import connection

from ..models import Blauwdruk, Wijziging
from .schema import SCHEMA_VERSION, indexable_blauwdrukken, make_document, make_schema
from .triggers import STATE_TABLE

BATCH_SIZE = 500
WRITER_MEMORY = 64_000_000
STATE_SQL = f"SELECT nummer, token FROM {STATE_TABLE} WHERE id = 1"  # noqa: S608 (the name is our own)
T = TypeVar("T")


@dataclass(frozen=True)
class IndexState:
    """Which state of the database an index holds."""

    versie: int
    nummer: int
    token: str

    @classmethod
    def from_database(cls) -> IndexState:
        """State of the database now; one query, asked so often that composing it anew would cost most of it."""
        with connection.cursor() as cursor:
            cursor.execute(STATE_SQL)
            return cls(SCHEMA_VERSION, *cursor.fetchone())

    @classmethod
    def from_folder(cls, folder: Path) -> IndexState:
        """State that is written down in an index folder; OSError or ValueError when it cannot be read."""
        data = json.loads((folder / "stand.json").read_text())
        try:
            return cls(int(data["versie"]), int(data["nummer"]), str(data["token"]))
        except (KeyError, TypeError, OverflowError) as error:
            raise ValueError("unreadable state of the index") from error


class IndexStore:
    """Folder with the index of this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._intact: Path | None = None  # index folder that this process found undamaged

    def state(self) -> IndexState | None:
        """State that the index in use holds; None when there is none or it cannot be read."""
        try:
            return self._read(IndexState.from_folder)
        except (OSError, ValueError):
            return None

    def open(self) -> tantivy.Index:
        """The index in use; OSError or ValueError when it is missing or damaged."""
        return self._read(self._open)

    def is_intact(self) -> bool:
        """Whether there is an index that can be opened."""
        try:
            self.open()
        except (OSError, ValueError):
            return False
        return True

    def distrust(self) -> None:
        """Check the files once more at the next opening."""
        self._intact = None

    def _open(self, folder: Path) -> tantivy.Index:
        """Open the index, with a check of its files the first time."""
        if folder != self._intact:
            check_files(folder)
        with panics_as_errors():
            index = tantivy.Index.open(str(folder))
        if index.schema != make_schema():
            raise ValueError(f"index of another schema {folder}")
        self._intact = folder
        return index

    def _read(self, read: Callable[[Path], T]) -> T:
        """What this gives for the folder in use; tried again, for another process may just be replacing that."""
        for _ in range(2):
            with suppress(OSError, ValueError):
                return read(self.index_folder())
        return read(self.index_folder())

    def index_folder(self) -> Path:
        return self.folder / (self.folder / "huidig").read_text().strip()

    @contextmanager
    def lock(self, *, wait: bool) -> Iterator[bool]:
        """Whether this process may write; the lock ends with the process, however it ends."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "slot").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True

    def follow(self) -> None:
        """Bring the index to the state of the database: by the changes since, or else anew. Needs the lock."""
        old, now = self.state(), IndexState.from_database()
        if old is None or not self.is_intact() or not self._catch_up(old, now):
            self.rebuild()
        self._clean_up()

    def _catch_up(self, old: IndexState, now: IndexState) -> bool:
        """Work the changes between two states into the index; False when that cannot be done."""
        if old == now:
            return True
        changed = self._changed_since(old)
        if changed is None:
            return False
        try:
            with panics_as_errors():
                self._update(changed)
        except (OSError, ValueError):
            return False
        self._write_state(self.index_folder(), now)
        return True

    def _changed_since(self, old: IndexState) -> set[int] | None:
        """Keys of the blueprints that changed since; None when the index has another history than the database."""
        if old.versie != SCHEMA_VERSION or not Wijziging.objects.filter(nummer=old.nummer, token=old.token).exists():
            return None
        later = Wijziging.objects.filter(nummer__gt=old.nummer).values_list("blauwdruk", flat=True).distinct()
        return {key for key in later if key is not None}

    def _update(self, keys: set[int]) -> None:
        if not keys:
            return
        clear_leftovers(self.index_folder())
        index = self.open()
        writer = index.writer(WRITER_MEMORY, 1)
        ordered = sorted(keys)
        for start in range(0, len(ordered), BATCH_SIZE):
            batch = ordered[start : start + BATCH_SIZE]
            # By query: deleting by term silently misses unsigned fields.
            writer.delete_documents_by_query(tantivy.Query.term_set_query(index.schema, "pk", batch))
            for blauwdruk in indexable_blauwdrukken().filter(pk__in=batch):
                writer.add_document(make_document(blauwdruk))
        writer.commit()
        writer.wait_merging_threads()

    def rebuild(self, progress: Callable[[int, int], None] = lambda done, total: None) -> None:
        """Make a new index beside the old one and put it in its place. Needs the lock."""
        now = IndexState.from_database()
        new = self.folder / secrets.token_hex(6)
        new.mkdir(parents=True)
        writer = tantivy.Index(make_schema(), path=str(new)).writer(WRITER_MEMORY * 4, 2)
        total = Blauwdruk.objects.published().count()
        done, last = 0, 0
        while batch := list(indexable_blauwdrukken().filter(pk__gt=last).order_by("pk")[:BATCH_SIZE]):
            for blauwdruk in batch:
                writer.add_document(make_document(blauwdruk))
            last, done = batch[-1].pk, done + len(batch)
            progress(done, total)
        writer.commit()
        writer.wait_merging_threads()
        self._write_state(new, now)
        replace_file(self.folder / "huidig", new.name)
        self._clean_up()

    def _write_state(self, index_folder: Path, state: IndexState) -> None:
        replace_file(index_folder / "stand.json", json.dumps(asdict(state)))

    def _clean_up(self) -> None:
        """Remove the index folders that are not in use: older ones, and what a killed process left behind."""
        current = self.index_folder()
        for folder in self.folder.iterdir():
            if folder.is_dir() and folder != current:
                shutil.rmtree(folder, ignore_errors=True)


def segment_files(folder: Path) -> set[Path]:
    """Files of the segments that an index consists of; OSError or ValueError when their list cannot be read."""
    try:
        segments = json.loads((folder / "meta.json").read_bytes())["segments"]
        deletions = {
            segment["segment_id"].replace("-", ""): segment["deletes"] and segment["deletes"]["opstamp"]
            for segment in segments
        }
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("unreadable list of segments") from error
    return {
        file
        for segment, opstamp in deletions.items()
        for file in folder.glob(f"{segment}.*")
        if file.suffix != ".del" or file.stem == f"{segment}.{opstamp}"
    }


def check_files(folder: Path) -> None:
    """Raise ValueError when a file of the index does not have the checksum that tantivy wrote at its end."""
    for file in segment_files(folder):
        content = memoryview(file.read_bytes())
        # content, {"version":...,"crc":N}, length of that in 4 bytes, 4 fixed bytes
        footer = -8 - int.from_bytes(content[-8:-4], "little")
        if not content[footer:-8].tobytes().endswith(b'"crc":%d}' % zlib.crc32(content[:footer])):
            raise ValueError(f"damaged file {file}")


def clear_leftovers(folder: Path) -> None:
    """Remove the deletions that a killed process wrote but did not commit: tantivy would trip over their names."""
    for leftover in {*folder.glob("*.del")} - segment_files(folder):
        leftover.unlink()


@contextmanager
def panics_as_errors() -> Iterator[None]:
    """Turn the panic with which tantivy meets a file that makes no sense into ValueError."""
    try:
        yield
    except BaseException as error:  # the panic is no Exception, and its class cannot be imported
        if type(error).__name__ != "PanicException":
            raise
        raise ValueError("damaged index") from error


def replace_file(file: Path, content: str) -> None:
    """Write a small file so that a reader sees the old text or the new, never half of it. Needs the lock."""
    temporary = file.with_suffix(".nieuw")
    temporary.write_text(content)
    temporary.replace(file)
