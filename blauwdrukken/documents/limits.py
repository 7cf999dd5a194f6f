"""How much a document may cost, and what is said when it cannot be made; no Django, for the makers read it too."""

from __future__ import annotations

import resource
import signal

MEGABYTE = 1024 * 1024
INVOER = 32 * MEGABYTE  # of JSON; ten thousand rows of a spreadsheet take 6 to 15
UITVOER = 256 * MEGABYTE
GEHEUGEN = 1536 * MEGABYTE  # address space, of which half or less is really used
REKENTIJD = 30  # seconds of processor time
WANDTIJD = 40  # seconds by the clock
TE_GROOT = "De tekst is te lang om er in één keer een bestand van te maken. Kies minder blauwdrukken."


class Druk(Exception):  # noqa: N818 (a state of the site, not an error)
    """So many documents are being made that this one has to wait for another moment."""


class Mislukt(Exception):  # noqa: N818 (the same)
    """A document that cannot be made; its text tells the visitor why, in Dutch."""

    @property
    def reden(self) -> str:
        """The Dutch sentence for the visitor."""
        return str(self)


def begrens() -> None:
    """Limit this process; the kernel ends it at the limit, whatever code is running and whoever waits for it."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(WANDTIJD)
    resource.setrlimit(resource.RLIMIT_AS, (GEHEUGEN, GEHEUGEN))
    resource.setrlimit(resource.RLIMIT_CPU, (REKENTIJD, REKENTIJD + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (UITVOER, UITVOER))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
