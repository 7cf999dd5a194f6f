"""What the faceted lists share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import ListView

from ..facets import FacetFilterSet
from ..search.engine import PAGE_SIZE


class FacetList(ListView):
    """Published entries with facets, in pages that keep the query; a page that does not exist is a 404."""

    filterset_class: type[FacetFilterSet]
    page_kwarg = "pagina"
    paginate_by = PAGE_SIZE

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The list; a form without script sends what was not filled in too, and gets the address without that."""
        asked = request.META["QUERY_STRING"]
        query = self._filled_in(asked)
        if query != asked:
            return redirect(f"{request.path}?{query}" if query else request.path)
        return super().get(request, *args, **kwargs)

    def _filled_in(self, query: str) -> str:
        """The query without the fields of this list that are empty."""
        own = {*self.filterset_class.base_filters, "sorteer", self.page_kwarg}
        empty = {f"{name}=" for name in own}
        return "&".join(part for part in query.split("&") if part not in empty)

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
