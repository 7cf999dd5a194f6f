from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from blauwdrukken.facets import LANDELIJK
from blauwdrukken.filters import BlauwdrukFilter, ProjectFilter
from blauwdrukken.models import Blauwdruk, Doelgroep, Kostenpost, Programma, Thema
from blauwdrukken.models.blauwdruk import KOSTEN_CLASSES, LOOPTIJD_CLASSES
from regios.models import Provincie, Regio
from tests.search.judge import SqlFilter

VALUES: dict[str, Callable[[Blauwdruk], Iterable[str]]] = {
    "thema": lambda b: [t.slug for t in b.themas.all()],
    "doelgroep": lambda b: [d.slug for d in b.doelgroepen.all()],
    "regio": lambda b: [r.slug for r in b.regios.all()] + [LANDELIJK] * b.landelijk,
    "provincie": lambda b: {p.slug for r in b.regios.all() for p in r.provincies.all()},
    "fase": lambda b: [b.fase],
    "onderbouwing": lambda b: [b.onderbouwing],
    "programma": lambda b: [b.programma.slug] if b.programma else [],
    "kosten": lambda b: [b.kostenklasse],
    "looptijd": lambda b: [b.looptijdklasse],
    "jaar": lambda b: [b.jaar],
}


@pytest.fixture(scope="module")
def facet_values(django_db_setup: None, django_db_blocker: Any) -> dict[str, list[str]]:
    """All values of each facet."""
    with django_db_blocker.unblock():
        bronnen = {
            "thema": Thema,
            "doelgroep": Doelgroep,
            "regio": Regio,
            "provincie": Provincie,
            "programma": Programma,
        }
        waarden = {naam: list(m.objects.values_list("slug", flat=True)) for naam, m in bronnen.items()}  # type: ignore[attr-defined]
    waarden["regio"].append(LANDELIJK)
    vast = {"fase": Blauwdruk.Fase.values, "onderbouwing": Blauwdruk.Onderbouwing.values}
    return waarden | vast | {"kosten": list(KOSTEN_CLASSES), "looptijd": list(LOOPTIJD_CLASSES)}


def create_random_blauwdrukken(data: st.DataObject, keuzes: dict[str, list[str]]) -> None:
    """A handful of random blueprints instead of the real ones."""
    Blauwdruk.objects.all().update(live=False)
    rijen = {m: list(m.objects.all()) for m in (Thema, Doelgroep, Regio, Programma)}
    for i in range(data.draw(st.integers(0, 6), "aantal")):
        landelijk = data.draw(st.booleans())
        blauwdruk = Blauwdruk(
            titel=data.draw(st.sampled_from(["Taalles", "Banenmarkt", "Jobcoach"])),
            slug=f"willekeurig-{i}",
            landelijk=landelijk,
            programma=data.draw(st.sampled_from([None, *rijen[Programma]])),
            fase=data.draw(st.sampled_from(keuzes["fase"])),
            onderbouwing=data.draw(st.sampled_from(keuzes["onderbouwing"])),
            looptijd_maanden=data.draw(st.sampled_from([None, 1, 6, 7, 12, 13])),
            laatst_gewijzigd=data.draw(st.sampled_from([None, date(2020, 1, 1), date(2021, 12, 31)])),
            live=data.draw(st.sampled_from([True, True, True, False])),
        )
        blauwdruk.themas = data.draw(st.lists(st.sampled_from(rijen[Thema]), max_size=3, unique=True))
        blauwdruk.doelgroepen = data.draw(st.lists(st.sampled_from(rijen[Doelgroep]), max_size=3, unique=True))
        regios = data.draw(st.lists(st.sampled_from(rijen[Regio]), max_size=3, unique=True))
        blauwdruk.regios = [] if landelijk else regios
        bedragen = data.draw(st.lists(st.sampled_from([0, 5000, 5001, 50_000, 250_001]), max_size=2))
        blauwdruk.kosten = [Kostenpost(omschrijving="x", bedrag_van=bedrag) for bedrag in bedragen]
        blauwdruk.save()


def newest_first(blauwdrukken: list[Blauwdruk]) -> list[Blauwdruk]:
    """The order of the list, by hand."""
    return sorted(blauwdrukken, key=lambda b: (-(b.laatst_gewijzigd or date.min).toordinal(), b.nummer))


def query_without(query: QueryDict, *namen: str) -> QueryDict:
    """The query without these facets."""
    rest = query.copy()
    for naam in namen:
        rest.pop(naam, None)
    return rest


def matches(blauwdruk: Blauwdruk, keuze: dict[str, list[str]], behalve: str = "") -> bool:
    """Whether a blueprint meets the choice, by looking at the object itself."""
    return all(
        set(VALUES[naam](blauwdruk)) & set(waarden) for naam, waarden in keuze.items() if waarden and naam != behalve
    )


@settings(max_examples=250)
@given(data=st.data())
def test_rows_and_counts_are_those_of_a_count_by_hand(facet_values: dict[str, list[str]], data: st.DataObject) -> None:
    from django.db import transaction

    with transaction.atomic():
        create_random_blauwdrukken(data, facet_values)
        keuze = {
            naam: data.draw(st.lists(st.sampled_from(waarden), max_size=2, unique=True), naam)
            for naam, waarden in facet_values.items()
            if data.draw(st.booleans())
        }
        query = QueryDict(mutable=True)
        for naam, waarden in keuze.items():
            query.setlist(naam, waarden)
        filterset = BlauwdrukFilter(query, Blauwdruk.objects.published())
        alle = list(Blauwdruk.objects.filter(live=True))

        assert [b.pk for b in filterset.qs] == [b.pk for b in newest_first(alle) if matches(b, keuze)]
        assert filterset.messages == []
        for facet in filterset.facets():
            rest = [b for b in alle if matches(b, keuze, behalve=facet.parameter)]
            geteld = {optie.value: optie.count for optie in facet.options}
            waarden = facet_values.get(facet.parameter, list(geteld))
            met_de_hand = {w: sum(w in VALUES[facet.parameter](b) for b in rest) for w in waarden}
            assert geteld == met_de_hand
            assert {o.value for o in facet.chosen} == set(keuze.get(facet.parameter, []))
        rechter = SqlFilter(query_without(query, "kosten", "looptijd"), Blauwdruk.objects.published())
        engine = BlauwdrukFilter(query_without(query, "kosten", "looptijd"), Blauwdruk.objects.published())
        assert len(engine.qs) == rechter.qs.count()
        assert {b.pk for b in engine.qs} == set(rechter.qs.values_list("pk", flat=True))
        tellingen = {facet.parameter: facet.options for facet in engine.facets()}
        assert all(tellingen[facet.parameter] == facet.options for facet in rechter.facets())
        transaction.set_rollback(True)


def test_every_facet_of_the_page_is_counted_by_hand_in_these_tests() -> None:
    assert {naam for naam, _ in BlauwdrukFilter(QueryDict(), Blauwdruk.objects.all())._facet_filters()} == set(VALUES)


def test_unknown_values_are_named_and_the_rest_still_counts() -> None:
    query = QueryDict("thema=scholing&thema=bestaatniet&kleur=rood&sorteer=gek&fase=lopend")
    filterset = BlauwdrukFilter(query, Blauwdruk.objects.published())
    assert [m for m in filterset.messages if "bestaatniet" in m]
    assert [m for m in filterset.messages if "kleur" in m]
    assert [m for m in filterset.messages if "gek" in m]
    alleen_bekend = BlauwdrukFilter(QueryDict("thema=scholing&fase=lopend"), Blauwdruk.objects.published())
    assert list(filterset.qs) == list(alleen_bekend.qs)
    assert 0 < len(filterset.qs) < Blauwdruk.objects.count()


def test_a_link_that_removes_a_choice_keeps_the_others() -> None:
    query = QueryDict("zoek=werk&thema=scholing&thema=matching&fase=lopend&pagina=2")
    filterset = BlauwdrukFilter(query, Blauwdruk.objects.published())
    thema = next(facet for facet in filterset.facets() if facet.parameter == "thema")
    scholing = next(optie for optie in thema.chosen if optie.value == "scholing")
    rest = QueryDict(scholing.without.removeprefix("?"))
    assert rest.getlist("thema") == ["matching"]
    assert rest["fase"] == "lopend"
    assert rest["zoek"] == "werk"
    assert "pagina" not in rest


def test_a_long_facet_shows_what_is_chosen_and_the_fullest_choices_first() -> None:
    filterset = BlauwdrukFilter(QueryDict("regio=twente"), Blauwdruk.objects.published())
    regio = next(facet for facet in filterset.facets() if facet.parameter == "regio")
    assert regio.visible[0].value == "twente"
    assert regio.visible[0].count == 0
    assert sorted(o.value for o in regio.visible + regio.more) == sorted(o.value for o in regio.options)


def test_every_filter_of_projects_finds_what_it_counts() -> None:
    from blauwdrukken.models import Project

    for facet in ProjectFilter(QueryDict(), Project.objects.published()).facets():
        for optie in facet.options:
            query = QueryDict(f"{facet.parameter}={optie.value}")
            assert ProjectFilter(query, Project.objects.published()).qs.count() == optie.count
