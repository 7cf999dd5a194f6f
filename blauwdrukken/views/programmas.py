"""Programmes: all of them, and one with its goals, activities and blueprints."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import F, QuerySet
from django.views.generic import DetailView, ListView

from ..depends import On, depends
from ..models import Blauwdruk, Programma, Programmadoel, Project
from ..search.engine import PAGE_SIZE

MAX_PROJECTEN = 100


@depends(On.CONTENT | On.CHOICE)
class ProgrammaList(ListView):
    """All programmes with their numbers of blueprints and projects."""

    template_name = "programmas/list.html"
    context_object_name = "programmas"

    def get_queryset(self) -> QuerySet[Programma]:
        return Programma.objects.with_counts()


@depends(On.CONTENT | On.CHOICE)
class ProgrammaDetail(DetailView):
    """One programme: what it was, what it wanted to reach, and what came of it."""

    template_name = "programmas/detail.html"
    context_object_name = "programma"

    def get_queryset(self) -> QuerySet[Programma]:
        return Programma.objects.with_counts().select_related("herkomst")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        programma = self.object
        blauwdrukken = Blauwdruk.objects.published().filter(programma=programma)
        projecten = Project.objects.published().filter(programma=programma).with_facts()
        shown = projecten.order_by(F("nummer").asc(nulls_last=True), "titel", "pk")[:MAX_PROJECTEN]
        return super().get_context_data(**kwargs) | {
            "blauwdrukken": blauwdrukken.newest_first().with_answers()[:PAGE_SIZE],
            "groepen": by_doel(list(programma.doelen.all()), list(shown)),
            "getoond": len(shown),
        }


def by_doel(doelen: list[Programmadoel], projecten: list[Project]) -> list[tuple[Programmadoel | None, list[Project]]]:
    """Each goal with its projects; those without a goal come last, under None."""
    per_doel: dict[int | None, list[Project]] = defaultdict(list)
    for project in projecten:
        per_doel[project.programmadoel_id].append(project)
    groups: list[tuple[Programmadoel | None, list[Project]]] = [(doel, per_doel[doel.pk]) for doel in doelen]
    return [*groups, *([(None, per_doel[None])] if per_doel[None] else [])]
