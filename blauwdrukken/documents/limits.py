"""How much a document may cost, and what is said when it cannot be made; no Django, for the makers read it too."""

from __future__ import annotations

import resource
import signal

MEGABYTE = 1024 * 1024
MAX_INPUT = 32 * MEGABYTE  # of JSON; ten thousand rows of a spreadsheet take 6 to 15
MAX_OUTPUT = 256 * MEGABYTE
MAX_MEMORY = 1536 * MEGABYTE  # address space, of which half or less is really used
CPU_SECONDS = 30  # seconds of processor time
WALL_SECONDS = 40  # seconds by the clock
TOO_MUCH_WORK = "De tekst is te lang of te ingewikkeld om er een bestand van te maken. Kies minder blauwdrukken."
NO_MEMORY = (
    "De server had te weinig geheugen voor dit bestand. Probeer het later nog eens, of kies minder blauwdrukken."
)
TOO_BUSY = (
    "De server heeft het nu te druk om dit bestand te maken. Het is drie keer geprobeerd. Probeer het later nog eens."
)
OUR_MISTAKE = "Er ging iets mis bij het maken van dit bestand. Wij zoeken uit wat. Probeer het later nog eens."
TOO_LARGE = "De tekst is te lang om er in één keer een bestand van te maken. Kies minder blauwdrukken."


class Busy(Exception):  # noqa: N818 (a state of the site, not an error)
    """So many documents are being made that this one has to wait for another moment."""


class Failed(Exception):  # noqa: N818 (the same)
    """A document that cannot be made; its text tells the visitor why, in Dutch."""

    @property
    def reason(self) -> str:
        """The Dutch sentence for the visitor."""
        return str(self)


class Slow(Exception):  # noqa: N818 (the same)
    """A document for which there was not enough time: the server is busy, and its text is not to blame."""


def limit_process(wall_seconds: int = 0) -> None:
    """Limit this process; the kernel ends it at the limit, whatever code is running and whoever waits for it."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(wall_seconds or WALL_SECONDS)
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_OUTPUT, MAX_OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
