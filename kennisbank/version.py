"""Which site this is: what is kept outside its processes must not outlive its code, templates and settings."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

FOLDERS = ("blauwdrukken", "kennisbank", "regios", "wagtail_patches", "templates", "locale", "static")
KINDS = {".py", ".html", ".svg", ".xml", ".txt", ".po", ".css"}
SETTINGS = ("BASE_URL", "SITE_NAME", "CONTACT_EMAIL", "CONTENT_LICENTIE", "OUD_NA_JAREN", "CONTENT_SECURITY_POLICY")


@cache
def site_version() -> str:
    """Hash of the code, the templates, the names of static files and the settings that pages show."""
    digest = hashlib.blake2b(digest_size=16)
    for folder in FOLDERS:
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.suffix in KINDS:
                digest.update(path.read_bytes())
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    digest.update(manifest.read_bytes() if manifest.exists() else b"")
    digest.update(repr([getattr(settings, name) for name in SETTINGS]).encode())
    return digest.hexdigest()
