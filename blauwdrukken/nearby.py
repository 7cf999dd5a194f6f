"""What happens around a region: at its neighbours, one region further, in its province, and which themes live where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from regios.models import Regio

from .models import Blauwdruk, Project, Thema
from .models.blauwdruk import BlauwdrukQuerySet
from .models.project import ProjectQuerySet

TITLES = 2  # of one region; the rest is counted


@dataclass
class Neighbour:
    """A region nearby, with the first titles of what it does and the other region does not."""

    regio: Regio
    blauwdrukken: list[Blauwdruk] = field(default_factory=list)
    count: int = 0
    projecten: int = 0

    @property
    def is_empty(self) -> bool:
        return not self.count and not self.projecten

    @property
    def more(self) -> int:
        return self.count - len(self.blauwdrukken)


@dataclass(frozen=True)
class Bar:
    """A part of a bar, in percents of the longest one."""

    start: float
    width: float


@dataclass(frozen=True)
class ThemaRow:
    """A theme of which a region has nothing: blueprints of its neighbours, one region further and everywhere."""

    thema: Thema
    buren: int
    verder: int
    total: int
    longest: int

    @property
    def bars(self) -> list[Bar]:
        """Neighbours, further and the rest, one after the other; together as long as the total."""
        ends = [100 * count / self.longest for count in (0, self.buren, self.buren + self.verder, self.total)]
        return [Bar(begin, end - begin) for begin, end in pairwise(ends)]


class Nearby:
    """What can be seen from one region; each question is one query, whatever the number of rows."""

    def __init__(self, regio: Regio) -> None:
        self.regio = regio
        self._buren = list(regio.buren.all())
        self._verder = list(regio.een_regio_verder)

    @property
    def places(self) -> dict[int, str]:
        """Where each tile of the map stands, seen from here: per primary key "eigen", "buur" or "verder"."""
        further = dict.fromkeys((regio.pk for regio in self._verder), "verder")
        return further | dict.fromkeys((regio.pk for regio in self._buren), "buur") | {self.regio.pk: "eigen"}

    @cached_property
    def buren(self) -> list[Neighbour]:
        return [self._neighbours[regio.pk] for regio in self._buren]

    @cached_property
    def verder(self) -> list[Neighbour]:
        """Regions one further that have something, those with most blueprints first."""
        rows = (self._neighbours[regio.pk] for regio in self._verder)
        return sorted((row for row in rows if not row.is_empty), key=lambda row: (-row.count, -row.projecten))

    @property
    def verder_zonder(self) -> list[Regio]:
        return [regio for regio in self._verder if self._neighbours[regio.pk].is_empty]

    @cached_property
    def blauwdrukken_buren(self) -> BlauwdrukQuerySet:
        return self._elsewhere(self._buren)

    @cached_property
    def blauwdrukken_verder(self) -> BlauwdrukQuerySet:
        """Blueprints of one region further that no neighbour has."""
        return self._elsewhere(self._verder).exclude(regios__in=self._buren)

    @cached_property
    def count_buren(self) -> int:
        return self.blauwdrukken_buren.count()

    @cached_property
    def count_verder(self) -> int:
        return self.blauwdrukken_verder.count()

    @cached_property
    def blauwdrukken_provincie(self) -> BlauwdrukQuerySet:
        """Of the regions in its province or provinces; what is for the whole country stands apart."""
        return self._elsewhere(Regio.objects.filter(provincies__in=self.regio.provincies.all())).filter(landelijk=False)

    def _elsewhere(self, regios: Iterable[Regio]) -> BlauwdrukQuerySet:
        links = Blauwdruk.regios.through.objects.filter(regio__in=regios)
        return Blauwdruk.objects.published().filter(pk__in=links.values("blauwdruk")).exclude(regios=self.regio)

    @property
    def projecten(self) -> ProjectQuerySet:
        """Projects of neighbours and then of one region further, each with `is_buur`."""
        links = Project.regios.through.objects
        of_buren = links.filter(regio__in=self._buren).values("project")
        nearby = links.filter(regio__in=[*self._buren, *self._verder]).values("project")
        rows = Project.objects.published().filter(pk__in=nearby).exclude(regios=self.regio)
        is_buur = Case(When(pk__in=of_buren, then=True), default=Value(False))
        return rows.annotate(is_buur=is_buur).order_by("-is_buur", F("peildatum").desc(nulls_last=True), "titel")

    @cached_property
    def themas(self) -> list[ThemaRow]:
        """Themes of which this region has no blueprint and others have, those with most nearby first."""
        themas = Thema.objects.exclude(slug="anders").annotate(
            own=_count(Blauwdruk.objects.published().filter(regios=self.regio)),
            buren=_count(self.blauwdrukken_buren),
            verder=_count(self.blauwdrukken_verder),
            total=_count(Blauwdruk.objects.published()),
        )
        rows = themas.filter(own=0, total__gt=0).order_by("-buren", "-verder", "-total", "naam")
        longest = max((row.total for row in rows), default=0)
        return [ThemaRow(row, row.buren, row.verder, row.total, longest) for row in rows]

    @cached_property
    def _neighbours(self) -> dict[int, Neighbour]:
        around = [*self._buren, *self._verder]
        found = {regio.pk: Neighbour(regio, projecten=self._projecten_per_regio[regio.pk]) for regio in around}
        for link in _first_titles(self._elsewhere(around), found):
            found[link.regio_id].blauwdrukken.append(link.blauwdruk)
            found[link.regio_id].count = link.total
        return found

    @cached_property
    def _projecten_per_regio(self) -> Counter[int]:
        """How many projects each region around has that this one has not."""
        links = Project.regios.through.objects.filter(regio__in=[*self._buren, *self._verder])
        elsewhere = links.filter(project__in=Project.objects.published().exclude(regios=self.regio))
        return Counter(dict(elsewhere.values_list("regio").annotate(Count("pk"))))


def _count(blauwdrukken: BlauwdrukQuerySet) -> Count:
    return Count("blauwdrukken", filter=Q(blauwdrukken__in=blauwdrukken.values("pk")))


def _first_titles(blauwdrukken: BlauwdrukQuerySet, regios: Iterable[int]) -> QuerySet:
    """Pairs of a region and a blueprint, the newest few of each region, with `total` of that region."""
    newest: list[Any] = [F("blauwdruk__peildatum").desc(nulls_last=True), "blauwdruk__nummer"]
    return (
        Blauwdruk.regios.through.objects.filter(regio__in=[*regios], blauwdruk__in=blauwdrukken.values("pk"))
        .select_related("blauwdruk")
        .only("regio_id", "blauwdruk__titel", "blauwdruk__slug")
        .annotate(
            place=Window(RowNumber(), partition_by="regio_id", order_by=newest),
            total=Window(Count("pk"), partition_by="regio_id"),
        )
        .filter(place__lte=TITLES)
        .order_by("place")
    )
