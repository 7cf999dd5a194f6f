"""Keys of rows, as an address or a form names them."""

from typing import Any


def is_key(text: Any) -> bool:
    """Whether this can be the key of a row."""
    return str(text).isdecimal() and len(str(text)) < 19
