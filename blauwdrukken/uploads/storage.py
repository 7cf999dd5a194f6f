"""Where uploaded files are kept: whole, or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage


class WholeFileStorage(FileSystemStorage):
    """Django's storage on disk, that leaves no half a file behind when the disk is full."""

    def _save(self, name: str, content: Any) -> str:
        path = Path(self.path(name))
        is_new = not path.exists()
        try:
            return str(super()._save(name, content))  # type: ignore[misc]
        except OSError:
            if is_new:
                path.unlink(missing_ok=True)
            raise
