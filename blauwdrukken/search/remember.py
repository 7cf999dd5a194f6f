"""What is made of the content and holds until that changes: remembered by this process for one state of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from .index import IndexState

P = ParamSpec("P")
T = TypeVar("T")
MAX_REMEMBERED = 64  # answers of one function; those to other states are the first to go


def per_state(make: Callable[P, T]) -> Callable[P, T]:
    """Remember what this reads from the database until the content changes; one query. Nobody may change the answer.

    Not for what is read from the index, which may be behind for a moment.
    """

    @lru_cache(MAX_REMEMBERED)
    def in_state(state: IndexState, *args: Any, **kwargs: Any) -> T:
        return make(*args, **kwargs)

    @wraps(make)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> T:
        return in_state(IndexState.from_database(), *args, **kwargs)  # type: ignore[arg-type]

    return remembered
