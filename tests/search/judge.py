"""The same lists by SQL: the judge of the search engine."""

from __future__ import annotations

from blauwdrukken.facets import FacetFilter, FacetFilterSet, RegioFilter
from blauwdrukken.models import Blauwdruk, Doelgroep, Programma, Thema
from regios.models import Provincie, Regio


class SqlFilter(FacetFilterSet):
    """Facets that are fields of the database, counted by GROUP BY."""

    orderings = {"nieuwste": "Nieuwste eerst"}

    thema = FacetFilter(source=Thema, field_name="themas__slug", label="Thema")
    doelgroep = FacetFilter(source=Doelgroep, field_name="doelgroepen__slug", label="Doelgroep")
    regio = RegioFilter(source=Regio, field_name="regios__slug", label="Regio")
    provincie = FacetFilter(source=Provincie, field_name="regios__provincies__slug", label="Provincie")
    fase = FacetFilter(
        source=lambda: [(value, f"{name} toen het werd opgeschreven") for value, name in Blauwdruk.Fase.choices],
        field_name="fase",
        label="Fase",
    )
    onderbouwing = FacetFilter(source=Blauwdruk.Onderbouwing, field_name="onderbouwing", label="Onderbouwing")
    programma = FacetFilter(source=Programma, field_name="programma__slug", label="Programma")

    class Meta:
        model = Blauwdruk
        fields: list[str] = []
