"""The rows that were found, read from the database when they are needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, overload

from ..models import Blauwdruk
from .engine import PAGE_SIZE, SearchEngine, SearchRequest, SearchResponse
from .remember import per_state
from .schema import CORE_FIELDS, without_tags
from .snippet import highlight, make_snippet

KEY_WINDOW = 10_000  # keys asked of the engine at a time when all of them are wanted


class ResultList(Sequence[Blauwdruk]):
    """Published blueprints in the order of the engine; a withdrawn one never appears, even when the index lags."""

    def __init__(self, engine: SearchEngine, request: SearchRequest) -> None:
        self.engine = engine
        self.request = request
        self._response: SearchResponse | None = None

    @property
    def response(self) -> SearchResponse:
        """Rows, total and counts from one call to the index."""
        if self._response is None:
            self._response = self.engine.search(self.request)
        return self._response

    def __len__(self) -> int:
        return self.response.total

    @overload
    def __getitem__(self, part: int) -> Blauwdruk: ...
    @overload
    def __getitem__(self, part: slice) -> list[Blauwdruk]: ...
    def __getitem__(self, part: Any) -> Any:
        if isinstance(part, int):
            return self[part : part + 1][0]
        start, end, _ = part.indices(len(self))
        return self._rows(self._keys(start, max(0, end - start)))

    def keys_in_parts(self, size: int) -> Iterator[list[int]]:
        """All keys in order, so many at a time; whoever reads their rows starts from published()."""
        for offset in range(0, len(self), KEY_WINDOW):
            keys = self._keys(offset, KEY_WINDOW)
            for start in range(0, len(keys), size):
                yield keys[start : start + size]

    def _keys(self, start: int, count: int) -> list[int]:
        if start == self.request.offset and count <= self.request.limit:
            return self.response.keys[:count]
        return self.engine.search(replace(self.request, offset=start, limit=count)).keys if count else []

    def _rows(self, keys: list[int]) -> list[Blauwdruk]:
        hits = self.response.query.hits
        if not hits and len(keys) <= PAGE_SIZE:
            return [row for row in answered_rows(tuple(keys)) if row.is_public]
        rows = Blauwdruk.objects.published().filter(pk__in=keys).with_answers(texts=bool(hits))
        found = _in_order(rows, keys)
        if not hits:
            return found
        for row in found:
            row.titel_html = highlight(row.titel, hits)
            row.samenvatting_html = highlight(row.samenvatting, hits)
            row.fragment = make_snippet(row, hits)
        return found


def related_blauwdrukken(engine: SearchEngine, blauwdruk: Blauwdruk, count: int) -> list[Blauwdruk]:
    """Published blueprints most like this one; 1 query, 3 more for the first who asks since a change."""
    text = " ".join(
        [blauwdruk.titel, blauwdruk.samenvatting, *(without_tags(getattr(blauwdruk, field)) for field in CORE_FIELDS)]
    )
    themas = [thema.slug for thema in blauwdruk.themas.all()]
    keys = engine.related(blauwdruk.pk, text, themas, count)
    return [row for row in rows_of(tuple(keys)) if row.is_public]


@per_state
def rows_of(keys: tuple[int, ...]) -> list[Blauwdruk]:
    """Published blueprints with what a card shows, in this order."""
    return _in_order(Blauwdruk.objects.published().filter(pk__in=keys).with_facts(), keys)


@per_state
def answered_rows(keys: tuple[int, ...]) -> list[Blauwdruk]:
    """Published blueprints with what a row of a list answers, in this order; a page of them at most: 470 kB."""
    return _in_order(Blauwdruk.objects.published().filter(pk__in=keys).with_answers(), keys)


def _in_order(rows: Iterable[Blauwdruk], keys: Sequence[int]) -> list[Blauwdruk]:
    by_key = {row.pk: row for row in rows}
    return [by_key[key] for key in keys if key in by_key]
