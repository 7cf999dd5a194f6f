"""What every template may use; nothing here may need the database."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Name and address of the site, address of this page without its query, the part of the menu it is in."""
    return {
        "site_naam": settings.SITE_NAME,
        "contact": settings.CONTACT_EMAIL,
        "basis_url": settings.BASE_URL,
        "canoniek": settings.BASE_URL + request.path,
        "menu": request.path.split("/")[1],
        "is_preview": getattr(request, "is_preview", False),
    }
