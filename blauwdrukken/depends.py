"""What a public page depends on, and so how long its answer may be kept for other visitors.

Every public view says so in one line (`@depends(...)`); kennisbank/page_cache.py keeps the answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import Flag, auto
from typing import Any, TypeVar
from urllib.parse import unquote_plus

View = TypeVar("View", bound=Callable[..., Any])
# What other sites add to an address to follow who came from where; no page shows anything else for it.
TRACKING_PREFIXES = ("utm_", "mtm_", "pk_")
TRACKING = {"gclid", "dclid", "gbraid", "wbraid", "fbclid", "msclkid", "twclid", "mc_cid", "mc_eid", "igshid", "_gl"}


class On(Flag):
    """What makes the answer to the same address another one; the code and the settings always do."""

    NOTHING = 0
    CONTENT = auto()  # what is public now: a change in the database, or the moment at which something expires
    DAY = auto()  # the day of today
    CHOICE = auto()  # what this visitor chose, or who this is
    ACCEPT = auto()  # the kinds of answer that were asked for
    NEVER = auto()  # no answer is kept: a form, a file with an ETag of its own, or something for one visitor


@dataclass(frozen=True)
class Dependence:
    """What a view depends on; `query` names the parameters that it reads, None means all of them."""

    on: On
    query: tuple[str, ...] | None

    def reads(self, name: str) -> bool:
        """Whether this parameter can make a difference."""
        if self.query is not None:
            return name in self.query
        return not name.startswith(TRACKING_PREFIXES) and name not in TRACKING

    def clean_query(self, query: str) -> str:
        """The query without what the page does not read, its parts as they were written and in their order."""
        parts = (part for part in query.split("&") if part)
        return "&".join(part for part in parts if self.reads(unquote_plus(part.partition("=")[0])))


def depends(on: On, query: tuple[str, ...] | None = ()) -> Callable[[View], View]:
    """Say of a view, a function or a class, what its answer depends on."""

    def mark(view: View) -> View:
        view.depends_on = Dependence(on, query)  # type: ignore[attr-defined]
        return view

    return mark


def dependence_of(view: Any) -> Dependence | None:
    """What a view said of itself; None when it said nothing."""
    return getattr(view, "depends_on", None) or getattr(getattr(view, "view_class", None), "depends_on", None)


class Keeping:
    """Whether the answer under way may be kept."""

    allowed = True


_under_way: ContextVar[Keeping | None] = ContextVar("answer_under_way", default=None)


@contextmanager
def answer_under_way() -> Iterator[Keeping]:
    """What is asked meanwhile may say that its answer is for this once."""
    token = _under_way.set(keeping := Keeping())
    try:
        yield keeping
    finally:
        _under_way.reset(token)


def only_this_once() -> None:
    """Let nobody keep the answer under way: it counted something, or was made of what is not up to date."""
    if keeping := _under_way.get():
        keeping.allowed = False
