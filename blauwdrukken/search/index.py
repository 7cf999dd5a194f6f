"""The index on disk: a cache that follows the database, brought up to date by one process at a time.

Layout of the folder: `huidig` names the folder of the index in use, each index folder holds a tantivy index and
`stand.json` (schema version, change number, token). The stand is written after the commit: what a crash leaves behind
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
    def from_folder(cls, map_: Path) -> IndexState:
        """State that is written down in an index folder; OSError or ValueError when it cannot be read."""
        gegevens = json.loads((map_ / "stand.json").read_text())
        try:
            return cls(int(gegevens["versie"]), int(gegevens["nummer"]), str(gegevens["token"]))
        except (KeyError, TypeError, OverflowError) as fout:
            raise ValueError("unreadable state of the index") from fout


class IndexStore:
    """Folder with the index of this machine."""

    def __init__(self, map_: Path) -> None:
        self.folder = map_
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

    def _open(self, map_: Path) -> tantivy.Index:
        """Open the index, with a check of its files the first time."""
        if map_ != self._intact:
            check_files(map_)
        with panics_as_errors():
            index = tantivy.Index.open(str(map_))
        if index.schema != make_schema():
            raise ValueError(f"index of another schema {map_}")
        self._intact = map_
        return index

    def _read(self, lees: Callable[[Path], T]) -> T:
        """What this gives for the folder in use; tried again, for another process may just be replacing that."""
        for _ in range(2):
            with suppress(OSError, ValueError):
                return lees(self.index_folder())
        return lees(self.index_folder())

    def index_folder(self) -> Path:
        return self.folder / (self.folder / "huidig").read_text().strip()

    @contextmanager
    def lock(self, *, wacht: bool) -> Iterator[bool]:
        """Whether this process may write; the lock ends with the process, however it ends."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "slot").open("w") as bestand:
            try:
                fcntl.flock(bestand, fcntl.LOCK_EX if wacht else fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True

    def follow(self) -> None:
        """Bring the index to the state of the database: by the changes since, or else anew. Needs the lock."""
        oud, nu = self.state(), IndexState.from_database()
        if oud is None or not self.is_intact() or not self._catch_up(oud, nu):
            self.rebuild()
        self._clean_up()

    def _catch_up(self, oud: IndexState, nu: IndexState) -> bool:
        """Work the changes between two states into the index; False when that cannot be done."""
        if oud == nu:
            return True
        gewijzigd = self._changed_since(oud)
        if gewijzigd is None:
            return False
        try:
            with panics_as_errors():
                self._update(gewijzigd)
        except (OSError, ValueError):
            return False
        self._write_state(self.index_folder(), nu)
        return True

    def _changed_since(self, oud: IndexState) -> set[int] | None:
        """Keys of the blueprints that changed since; None when the index has another history than the database."""
        if oud.versie != SCHEMA_VERSION or not Wijziging.objects.filter(nummer=oud.nummer, token=oud.token).exists():
            return None
        later = Wijziging.objects.filter(nummer__gt=oud.nummer).values_list("blauwdruk", flat=True).distinct()
        return {sleutel for sleutel in later if sleutel is not None}

    def _update(self, sleutels: set[int]) -> None:
        if not sleutels:
            return
        clear_leftovers(self.index_folder())
        index = self.open()
        schrijver = index.writer(WRITER_MEMORY, 1)
        volgorde = sorted(sleutels)
        for begin in range(0, len(volgorde), BATCH_SIZE):
            blok = volgorde[begin : begin + BATCH_SIZE]
            # By query: deleting by term silently misses unsigned fields.
            schrijver.delete_documents_by_query(tantivy.Query.term_set_query(index.schema, "pk", blok))
            for blauwdruk in indexable_blauwdrukken().filter(pk__in=blok):
                schrijver.add_document(make_document(blauwdruk))
        schrijver.commit()
        schrijver.wait_merging_threads()

    def rebuild(self, voortgang: Callable[[int, int], None] = lambda klaar, totaal: None) -> None:
        """Make a new index beside the old one and put it in its place. Needs the lock."""
        nu = IndexState.from_database()
        nieuw = self.folder / secrets.token_hex(6)
        nieuw.mkdir(parents=True)
        schrijver = tantivy.Index(make_schema(), path=str(nieuw)).writer(WRITER_MEMORY * 4, 2)
        totaal = Blauwdruk.objects.published().count()
        klaar, laatste = 0, 0
        while blok := list(indexable_blauwdrukken().filter(pk__gt=laatste).order_by("pk")[:BATCH_SIZE]):
            for blauwdruk in blok:
                schrijver.add_document(make_document(blauwdruk))
            laatste, klaar = blok[-1].pk, klaar + len(blok)
            voortgang(klaar, totaal)
        schrijver.commit()
        schrijver.wait_merging_threads()
        self._write_state(nieuw, nu)
        replace_file(self.folder / "huidig", nieuw.name)
        self._clean_up()

    def _write_state(self, index_map: Path, stand: IndexState) -> None:
        replace_file(index_map / "stand.json", json.dumps(asdict(stand)))

    def _clean_up(self) -> None:
        """Remove the index folders that are not in use: older ones, and what a killed process left behind."""
        huidig = self.index_folder()
        for map_ in self.folder.iterdir():
            if map_.is_dir() and map_ != huidig:
                shutil.rmtree(map_, ignore_errors=True)


def segment_files(map_: Path) -> set[Path]:
    """Files of the segments that an index consists of; OSError or ValueError when their list cannot be read."""
    try:
        segmenten = json.loads((map_ / "meta.json").read_bytes())["segments"]
        gewist = {s["segment_id"].replace("-", ""): s["deletes"] and s["deletes"]["opstamp"] for s in segmenten}
    except (KeyError, TypeError, AttributeError) as fout:
        raise ValueError("unreadable list of segments") from fout
    return {
        bestand
        for segment, keer in gewist.items()
        for bestand in map_.glob(f"{segment}.*")
        if bestand.suffix != ".del" or bestand.stem == f"{segment}.{keer}"
    }


def check_files(map_: Path) -> None:
    """Raise ValueError when a file of the index does not have the checksum that tantivy wrote at its end."""
    for bestand in segment_files(map_):
        inhoud = memoryview(bestand.read_bytes())
        # content, {"version":...,"crc":N}, length of that in 4 bytes, 4 fixed bytes
        voet = -8 - int.from_bytes(inhoud[-8:-4], "little")
        if not inhoud[voet:-8].tobytes().endswith(b'"crc":%d}' % zlib.crc32(inhoud[:voet])):
            raise ValueError(f"damaged file {bestand}")


def clear_leftovers(map_: Path) -> None:
    """Remove the deletions that a killed process wrote but did not commit: tantivy would trip over their names."""
    for rest in {*map_.glob("*.del")} - segment_files(map_):
        rest.unlink()


@contextmanager
def panics_as_errors() -> Iterator[None]:
    """Turn the panic with which tantivy meets a file that makes no sense into ValueError."""
    try:
        yield
    except BaseException as fout:  # the panic is no Exception, and its class cannot be imported
        if type(fout).__name__ != "PanicException":
            raise
        raise ValueError("damaged index") from fout


def replace_file(bestand: Path, inhoud: str) -> None:
    """Write a small file so that a reader sees the old text or the new, never half of it. Needs the lock."""
    tijdelijk = bestand.with_suffix(".nieuw")
    tijdelijk.write_text(inhoud)
    tijdelijk.replace(bestand)
