"""PDFs: read in a process of their own, with little memory and little time."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

from .kinds import RefusalReason, refuse

TIMEOUT_SECONDS = 20
READER = Path(__file__).with_name("pdf_reader.py")


def check(content: bytes) -> None:
    """Refuse a PDF that does something, hides something or is also something else."""
    if b"%%EOF" not in content[-1024:] or zipfile.is_zipfile(BytesIO(content)):
        refuse(RefusalReason.BESCHADIGD)
    verdict = _read(content)
    if verdict != "OK":
        refuse(RefusalReason[verdict] if verdict in RefusalReason.__members__ else RefusalReason.BESCHADIGD)


def _read(content: bytes) -> str:
    """OK, or the name of the reason; empty when the reader gave up."""
    command = [sys.executable, "-I", str(READER)]
    try:
        finished = subprocess.run(  # noqa: S603 (our own script, the file goes in as bytes)
            command, input=content, capture_output=True, timeout=TIMEOUT_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return RefusalReason.BOM.name
    return finished.stdout.decode(errors="replace")
