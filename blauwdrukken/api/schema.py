"""What the description of the API holds."""

from __future__ import annotations

from typing import Any


def keep_own_api(endpoints: list[tuple[str, str, str, Any]]) -> list[tuple[str, str, str, Any]]:
    """Leave out the addresses that Wagtail's editing screens use among themselves, and the description itself."""
    return [
        endpoint
        for endpoint in endpoints
        if endpoint[0].startswith("/api/v1/") and not endpoint[0].endswith("openapi.json")
    ]
