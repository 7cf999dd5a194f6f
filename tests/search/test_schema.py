"""What the index holds of a blueprint agrees with what the page can ask."""

from __future__ import annotations

from blauwdrukken.facets import FacetFilter
from blauwdrukken.filters import BlauwdrukFilter
from blauwdrukken.search.schema import FACETS


def test_every_facet_of_the_page_is_in_the_index_and_the_other_way_round() -> None:
    filters = {name for name, f in BlauwdrukFilter.base_filters.items() if isinstance(f, FacetFilter)}
    assert filters == set(FACETS)
