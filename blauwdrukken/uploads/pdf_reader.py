"""Program that reads one PDF from standard input and prints GOED or the name of a reason to refuse it."""

from __future__ import annotations

import resource
import sys
from io import BytesIO
from typing import Any

import pikepdf

MAX_MEMORY = 1024**3
CPU_SECONDS = 15
FORBIDDEN_KEYS = {"/JS": "PDF_SCRIPT", "/XFA": "PDF_SCRIPT", "/EF": "PDF_BIJLAGE"}
FORBIDDEN_TYPES = {
    "/JavaScript": "PDF_SCRIPT",
    "/Launch": "PDF_SCRIPT",
    "/ImportData": "PDF_SCRIPT",
    "/GoToE": "PDF_BIJLAGE",
    "/RichMedia": "PDF_BIJLAGE",
    "/FileAttachment": "PDF_BIJLAGE",
}


def judge(inhoud: bytes) -> str:
    """Open the document and look at each of its objects."""
    try:
        with pikepdf.open(BytesIO(inhoud)) as document:
            if document.is_encrypted:
                return "VERSLEUTELD"
            len(document.pages)
            return next((reden for object_ in document.objects if (reden := _reason(object_))), "GOED")
    except pikepdf.PasswordError:
        return "VERSLEUTELD"
    except MemoryError:
        return "BOM"
    except Exception:
        return "BESCHADIGD"


def _reason(object_: Any) -> str:
    """Reason to refuse an object, or nothing; what it refers to comes by itself."""
    stapel = [object_]
    while stapel:
        deel = stapel.pop()
        if isinstance(deel, pikepdf.Array):
            waarden = list(deel)
        elif isinstance(deel, pikepdf.Dictionary | pikepdf.Stream):
            sleutels = {str(naam): deel.get(naam) for naam in deel.keys()}  # noqa: SIM118 (a stream iterates its bytes)
            if reden := _forbidden(sleutels):
                return reden
            waarden = list(sleutels.values())
        else:
            continue
        stapel += [waarde for waarde in waarden if isinstance(waarde, pikepdf.Object) and not waarde.is_indirect]
    return ""


def _forbidden(sleutels: dict[str, Any]) -> str:
    soorten = (str(sleutels.get(naam, "")) for naam in ("/S", "/Subtype"))
    gevonden = [FORBIDDEN_KEYS[naam] for naam in sleutels if naam in FORBIDDEN_KEYS]
    gevonden += [FORBIDDEN_TYPES[soort] for soort in soorten if soort in FORBIDDEN_TYPES]
    return gevonden[0] if gevonden else ""


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    sys.stdout.write(judge(sys.stdin.buffer.read()))
