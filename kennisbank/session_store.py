"""Where a session is kept: with nothing in it but a visitor's choice in the cookie itself, else in the database.

So a visitor who chooses costs no row, and reading a page with a choice asks and writes nothing.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.core import signing

from blauwdrukken.choice import CHOICE, MESSAGE

VISITOR_KEYS = {CHOICE, MESSAGE}
SALT = "kennisbank.session_store"
MAX_BYTES = 3_500  # of a value; browsers drop a cookie above 4,096 bytes with its name


def is_content(session_key: str | None) -> bool:
    """Whether this key of a session is its signed content."""
    return ":" in (session_key or "")


def as_content(session: dict[str, Any]) -> str | None:
    """The session as the value of a cookie; None when it holds more than a choice, or does not fit."""
    if not session or session.keys() - VISITOR_KEYS:
        return None
    content = signing.dumps(session, salt=SALT, compress=True)
    return content if len(content) <= MAX_BYTES else None


class SessionStore(db.SessionStore):
    """Session in the database, for as long as it has to be there."""

    def load(self) -> dict[str, Any]:
        if not is_content(self.session_key):
            return super().load()
        try:
            return dict(signing.loads(self.session_key or "", salt=SALT, max_age=settings.SESSION_COOKIE_AGE))
        except signing.BadSignature:
            self._session_key = None
            return {}

    def save(self, must_create: bool = False) -> None:
        content = as_content(self._get_session(no_load=must_create))  # type: ignore[attr-defined]
        if content:
            self._session_key = content
        elif is_content(self.session_key):
            self.create()
        else:
            super().save(must_create)

    def delete(self, session_key: str | None = None) -> None:
        if not is_content(session_key or self.session_key):
            super().delete(session_key)
