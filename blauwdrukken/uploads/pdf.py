"""PDFs: read in a process of their own, with little memory and little time."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

from .kinds import Reden, weiger

SECONDEN = 20
LEZER = Path(__file__).with_name("pdf_reader.py")


def controleer(inhoud: bytes) -> None:
    """Refuse a PDF that does something, hides something or is also something else."""
    if b"%%EOF" not in inhoud[-1024:] or zipfile.is_zipfile(BytesIO(inhoud)):
        weiger(Reden.BESCHADIGD)
    oordeel = _lees(inhoud)
    if oordeel != "GOED":
        weiger(Reden[oordeel] if oordeel in Reden.__members__ else Reden.BESCHADIGD)


def _lees(inhoud: bytes) -> str:
    """GOED, or the name of the reason; empty when the reader gave up."""
    opdracht = [sys.executable, "-I", str(LEZER)]
    try:
        klaar = subprocess.run(  # noqa: S603 (our own script, the file goes in as bytes)
            opdracht, input=inhoud, capture_output=True, timeout=SECONDEN, check=False
        )
    except subprocess.TimeoutExpired:
        return Reden.BOM.name
    return klaar.stdout.decode(errors="replace").strip()
