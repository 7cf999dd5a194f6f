"""The rows that were found, read from the database when they are needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, overload

from ..models import Blauwdruk
from .engine import SearchEngine, SearchRequest, SearchResponse
from .language import split_words
from .schema import CORE_FIELDS, without_tags
from .snippet import highlight, make_snippet

KEY_WINDOW = 10_000  # keys asked of the engine at a time when all of them are wanted


class ResultList(Sequence[Blauwdruk]):
    """Published blueprints in the order of the engine; a withdrawn one never appears, even when the index lags."""

    def __init__(self, machine: SearchEngine, opdracht: SearchRequest) -> None:
        self.engine = machine
        self.request = opdracht
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
    def __getitem__(self, deel: int) -> Blauwdruk: ...
    @overload
    def __getitem__(self, deel: slice) -> list[Blauwdruk]: ...
    def __getitem__(self, deel: Any) -> Any:
        if isinstance(deel, int):
            return self[deel : deel + 1][0]
        begin, einde, _ = deel.indices(len(self))
        return self._rows(self._keys(begin, max(0, einde - begin)))

    def keys_in_parts(self, grootte: int) -> Iterator[list[int]]:
        """All keys in order, so many at a time; whoever reads their rows starts from published()."""
        for vanaf in range(0, len(self), KEY_WINDOW):
            sleutels = self._keys(vanaf, KEY_WINDOW)
            for begin in range(0, len(sleutels), grootte):
                yield sleutels[begin : begin + grootte]

    def _keys(self, begin: int, aantal: int) -> list[int]:
        if begin == self.request.offset and aantal <= self.request.limit:
            return self.response.keys[:aantal]
        return self.engine.search(replace(self.request, offset=begin, limit=aantal)).keys if aantal else []

    def _rows(self, sleutels: list[int]) -> list[Blauwdruk]:
        treffers = self.response.query.hits
        rijen = Blauwdruk.objects.published().filter(pk__in=sleutels).with_facts(teksten=bool(treffers))
        per_sleutel = {rij.pk: rij for rij in rijen}
        gevonden = [per_sleutel[sleutel] for sleutel in sleutels if sleutel in per_sleutel]
        for rij in gevonden if treffers else ():
            rij.titel_html = highlight(rij.titel, treffers)
            rij.samenvatting_html = highlight(rij.samenvatting, treffers)
            rij.fragment = make_snippet(rij, treffers)
        return gevonden


def related_blauwdrukken(machine: SearchEngine, blauwdruk: Blauwdruk, aantal: int) -> list[Blauwdruk]:
    """Published blueprints most like this one; 3 queries."""
    tekst = split_words(
        " ".join([blauwdruk.titel, blauwdruk.samenvatting, *(without_tags(getattr(blauwdruk, v)) for v in CORE_FIELDS)])
    )
    themas = [thema.slug for thema in blauwdruk.themas.all()]
    sleutels = machine.related(blauwdruk.pk, tekst, themas, aantal)
    rijen = {b.pk: b for b in Blauwdruk.objects.published().filter(pk__in=sleutels).with_facts()}
    return [rijen[sleutel] for sleutel in sleutels if sleutel in rijen]
