"""Secrets of apps and recovery codes: stored so that only who has SECRET_KEY can read them."""

from __future__ import annotations

import logging
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any

from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

logger = logging.getLogger(__name__)

PURPOSE = b"kennisbank.inloggen.versleuteling"  # a key of its own: what is signed with SECRET_KEY says nothing about it
SECRET_FIELDS = ("secret", "seed")  # where allauth keeps what is secret in the data of a factor


def make_key(secret: str) -> Fernet:
    """Key for this secret of the settings."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return Fernet(urlsafe_b64encode(derived))


def all_keys() -> MultiFernet:
    """Writes with SECRET_KEY, reads with the earlier ones too."""
    return MultiFernet([make_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def encrypt(text: str) -> str:
    """What the database may hold of this secret."""
    return all_keys().encrypt(text.encode()).decode()


def decrypt(text: str) -> str:
    """What was encrypted; raises InvalidToken when no key fits."""
    return all_keys().decrypt(text.encode()).decode()


def reencrypt(text: str) -> str:
    """The same secret, encrypted with SECRET_KEY; raises InvalidToken when no key fits."""
    return all_keys().rotate(text.encode()).decode()


def read_secret(text: str) -> str:
    """What was encrypted; without the key a secret that nobody knows, so that no code is right."""
    try:
        return decrypt(text)
    except InvalidToken:
        logger.error("A second factor cannot be read: SECRET_KEY changed, and SECRET_KEY_FALLBACKS does not hold it")
        return generate_totp_secret()


def replace_secrets(factor: Any, convert: Callable[[str], str]) -> None:
    """Put what `convert` makes of it in the place of each secret of this factor."""
    for field in SECRET_FIELDS:
        if field in factor.data:
            factor.data[field] = convert(factor.data[field])
    factor.save(update_fields=["data"])
