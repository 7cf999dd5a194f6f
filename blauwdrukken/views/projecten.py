"""List and detail of projects."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.views.generic import DetailView

from ..depends import On, depends
from ..filters import ProjectFilter
from ..map import map_with_chosen
from ..models import Blauwdruk, Project
from .facet_list import FacetList


@depends(On.CONTENT | On.CHOICE, query=None)
class ProjectList(FacetList):
    """Projects with facets and search."""

    model = Project
    filterset_class = ProjectFilter
    template_name = "projecten/list.html"
    context_object_name = "projecten"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"gezocht": self.filterset.gezocht}


@depends(On.CONTENT | On.CHOICE | On.DAY)
class ProjectDetail(DetailView):
    """One project, with its blueprint when that is public."""

    template_name = "projecten/detail.html"
    context_object_name = "project"

    def get_queryset(self) -> QuerySet[Project]:
        return (
            Project.objects.published()
            .select_related("programma", "programmadoel", "organisatie__regio", "organisatie__opgegaan_in", "herkomst")
            .prefetch_related("regios", Prefetch("blauwdruk", Blauwdruk.objects.published()))
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"kaart": map_with_chosen(self.object.regios.all())}
