"""Program that reads one PDF from standard input and prints OK or the name of a reason to refuse it."""

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


def judge(content: bytes) -> str:
    """Open the document and look at each of its objects."""
    try:
        with pikepdf.open(BytesIO(content)) as document:
            if document.is_encrypted:
                return "VERSLEUTELD"
            len(document.pages)
            return next((reason for object_ in document.objects if (reason := _reason(object_))), "OK")
    except pikepdf.PasswordError:
        return "VERSLEUTELD"
    except MemoryError:
        return "BOM"
    except Exception:
        return "BESCHADIGD"


def _reason(object_: Any) -> str:
    """Reason to refuse an object, or nothing; what it refers to comes by itself."""
    stack = [object_]
    while stack:
        part = stack.pop()
        if isinstance(part, pikepdf.Array):
            values = list(part)
        elif isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
            keys = {str(name): part.get(name) for name in part.keys()}  # noqa: SIM118 (a stream iterates its bytes)
            if reason := _forbidden(keys):
                return reason
            values = list(keys.values())
        else:
            continue
        stack += [value for value in values if isinstance(value, pikepdf.Object) and not value.is_indirect]
    return ""


def _forbidden(keys: dict[str, Any]) -> str:
    kinds = (str(keys.get(name, "")) for name in ("/S", "/Subtype"))
    found = [FORBIDDEN_KEYS[name] for name in keys if name in FORBIDDEN_KEYS]
    found += [FORBIDDEN_TYPES[kind] for kind in kinds if kind in FORBIDDEN_TYPES]
    return found[0] if found else ""


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    sys.stdout.write(judge(sys.stdin.buffer.read()))
