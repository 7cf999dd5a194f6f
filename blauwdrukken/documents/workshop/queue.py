"""Large books are made in the background: a queue in the database, worked off by a process that ends with it."""

from __future__ import annotations

import hashlib
import logging
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from ...search.index import Stand
from ..content.bundel import Bundel
from ..limits import Druk, Mislukt
from .bundel_file import bundelbestand
from .process import plaats, sloten, uitvoermap
from .store import versie

logger = logging.getLogger(__name__)
METEEN = 15  # blueprints in one file that are made while the visitor waits
WACHTRIJ = 20  # files that may be waiting
GEDULD = 120.0  # seconds that the process waits for its turn among the visitors
TE_DRUK = "Het is nu te druk om dit boek te maken. Probeer het straks nog eens."
NIET_GELUKT = "Er ging iets mis bij het maken. Probeer het nog eens."
BEZIG = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
_werkers: list[subprocess.Popen[bytes]] = []


@dataclass(frozen=True)
class Voortgang:
    """How far a file is: waiting with so many before it, being made, ready at `pad`, or failed with `reden`."""

    status: str
    voor_u: int = 0
    pad: Path | None = None
    reden: str = ""


def meteen(formaat: str, bundel: Bundel) -> bool:
    """Whether the visitor can wait for it; a zip holds three documents."""
    return len(bundel.slugs) * (3 if formaat == "zip" else 1) <= METEEN


@task(backend="achtergrond", queue_name="bundels")
def maak_bundel(sleutel: str, formaat: str, vraag: str) -> dict[str, str]:
    """Make the file of a book; tells its name in the store, or in Dutch why there is none."""
    try:
        return {"bestand": bundelbestand(formaat, Bundel(QueryDict(vraag)), GEDULD).name}
    except Mislukt as fout:
        return {"reden": fout.reden}
    except Druk:
        return {"reden": TE_DRUK}
    except Exception:
        logger.exception("A book could not be made")
        raise


def bekijk(formaat: str, bundel: Bundel) -> Voortgang | None:
    """How far this file is; None when it was never asked for with the present content."""
    taak = _taken().filter(args_kwargs__kwargs__sleutel=_sleutel(formaat, bundel)).order_by("-enqueued_at").first()
    if taak is None:
        return None
    if taak.status == TaskResultStatus.SUCCESSFUL:
        return _uitkomst(taak.return_value)
    if taak.status == TaskResultStatus.FAILED:
        return Voortgang("mislukt", reden=NIET_GELUKT)
    if taak.status == TaskResultStatus.RUNNING:
        return Voortgang("bezig")
    return Voortgang("wacht", _taken().filter(status__in=BEZIG, enqueued_at__lt=taak.enqueued_at).count())


def _uitkomst(waarde: dict[str, str]) -> Voortgang | None:
    """A file that was tidied away counts as never asked for."""
    if reden := waarde.get("reden"):
        return Voortgang("mislukt", reden=reden)
    pad = uitvoermap() / waarde["bestand"]
    return Voortgang("klaar", pad=pad) if pad.exists() else None


def vraag_aan(formaat: str, bundel: Bundel) -> Voortgang:
    """Put the file in the queue; raises Druk when that is full."""
    wachtenden = _taken().filter(status__in=BEZIG).count()
    if wachtenden >= WACHTRIJ:
        raise Druk
    vraag = bundel.adres().partition("?")[2]
    maak_bundel.enqueue(sleutel=_sleutel(formaat, bundel), formaat=formaat, vraag=vraag)
    return Voortgang("wacht", wachtenden)


def _taken() -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.filter(queue_name="bundels")


def _sleutel(formaat: str, bundel: Bundel) -> str:
    """Hash of all that the file is made from; whoever asks for the same gets the same file."""
    bron = (Stand.van_database(), timezone.localdate(), versie(), formaat, bundel.adres())
    return hashlib.sha256(repr(bron).encode()).hexdigest()


def werkbank() -> list[Path]:
    """The lock of the one process of this machine that works off the queue."""
    return sloten("werkbank", 1)


def start_werker() -> None:
    """Start the process that works off the queue, unless it runs; who looks at a file that waits starts it again."""
    _werkers[:] = [werker for werker in _werkers if werker.poll() is None]
    try:
        with plaats(werkbank(), 0):
            pass
    except Druk:
        return
    opdracht = [sys.executable, str(settings.BASE_DIR / "manage.py"), "werk"]
    _werkers.append(subprocess.Popen(opdracht, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL))  # noqa: S603 (fixed)


def hervat() -> int:
    """Put back in the queue what a process left unfinished; only for who holds the workbench."""
    return int(_taken().filter(status=TaskResultStatus.RUNNING).update(status=TaskResultStatus.READY))
