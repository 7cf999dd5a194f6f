"""What the faceted lists share."""

from __future__ import annotations

from typing import Any

from django.views.generic import ListView

from ..facets import FacetFilterSet
from ..search.engine import PAGE_SIZE


class FacetList(ListView):
    """Published entries with facets, in pages that keep the query; a page that does not exist is a 404."""

    filterset_class: type[FacetFilterSet]
    page_kwarg = "pagina"
    paginate_by = PAGE_SIZE

    def get_queryset(self) -> Any:
        published = self.model.objects.published()  # type: ignore[union-attr]
        self.filterset = self.filterset_class(self.request.GET, published)
        return self.filterset.qs

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page = context["page_obj"]
        return context | {
            "filterset": self.filterset,
            "facetten": self.filterset.facets(),
            "paginanummers": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        }
