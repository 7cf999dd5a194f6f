"""The rows that were found, read from the database when they are needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, overload

from ..models import Blauwdruk
from .engine import Antwoord, Opdracht, Zoekmachine
from .language import woorden
from .schema import KERN, plat
from .snippet import fragment, markeer

VENSTER = 10_000  # keys asked of the engine at a time when all of them are wanted


class Resultaat(Sequence[Blauwdruk]):
    """Published blueprints in the order of the engine; a withdrawn one never appears, even when the index lags."""

    def __init__(self, machine: Zoekmachine, opdracht: Opdracht) -> None:
        self.machine = machine
        self.opdracht = opdracht
        self._antwoord: Antwoord | None = None

    @property
    def antwoord(self) -> Antwoord:
        """Rows, total and counts from one call to the index."""
        if self._antwoord is None:
            self._antwoord = self.machine.zoek(self.opdracht)
        return self._antwoord

    def __len__(self) -> int:
        return self.antwoord.totaal

    @overload
    def __getitem__(self, deel: int) -> Blauwdruk: ...
    @overload
    def __getitem__(self, deel: slice) -> list[Blauwdruk]: ...
    def __getitem__(self, deel: Any) -> Any:
        if isinstance(deel, int):
            return self[deel : deel + 1][0]
        begin, einde, _ = deel.indices(len(self))
        return self._rijen(self._sleutels(begin, max(0, einde - begin)))

    def sleutels_in_delen(self, grootte: int) -> Iterator[list[int]]:
        """All keys in order, so many at a time; whoever reads their rows starts from gepubliceerd()."""
        for vanaf in range(0, len(self), VENSTER):
            sleutels = self._sleutels(vanaf, VENSTER)
            for begin in range(0, len(sleutels), grootte):
                yield sleutels[begin : begin + grootte]

    def _sleutels(self, begin: int, aantal: int) -> list[int]:
        if begin == self.opdracht.vanaf and aantal <= self.opdracht.aantal:
            return self.antwoord.sleutels[:aantal]
        return self.machine.zoek(replace(self.opdracht, vanaf=begin, aantal=aantal)).sleutels if aantal else []

    def _rijen(self, sleutels: list[int]) -> list[Blauwdruk]:
        treffers = self.antwoord.vraag.treffers
        rijen = Blauwdruk.objects.gepubliceerd().filter(pk__in=sleutels).met_kenmerken(teksten=bool(treffers))
        per_sleutel = {rij.pk: rij for rij in rijen}
        gevonden = [per_sleutel[sleutel] for sleutel in sleutels if sleutel in per_sleutel]
        for rij in gevonden if treffers else ():
            rij.titel_html = markeer(rij.titel, treffers)
            rij.samenvatting_html = markeer(rij.samenvatting, treffers)
            rij.fragment = fragment(rij, treffers)
        return gevonden


def verwante(machine: Zoekmachine, blauwdruk: Blauwdruk, aantal: int) -> list[Blauwdruk]:
    """Published blueprints most like this one; 3 queries."""
    tekst = woorden(" ".join([blauwdruk.titel, blauwdruk.samenvatting, *(plat(getattr(blauwdruk, v)) for v in KERN)]))
    themas = [thema.slug for thema in blauwdruk.themas.all()]
    sleutels = machine.verwant(blauwdruk.pk, tekst, themas, aantal)
    rijen = {b.pk: b for b in Blauwdruk.objects.gepubliceerd().filter(pk__in=sleutels).met_kenmerken()}
    return [rijen[sleutel] for sleutel in sleutels if sleutel in rijen]
