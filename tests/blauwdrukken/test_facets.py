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
from blauwdrukken.models.blauwdruk import KOSTENKLASSEN, LOOPTIJDEN
from regios.models import Provincie, Regio
from tests.search.judge import SqlFilter

WAARDEN: dict[str, Callable[[Blauwdruk], Iterable[str]]] = {
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
def keuzes(django_db_setup: None, django_db_blocker: Any) -> dict[str, list[str]]:
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
    return waarden | vast | {"kosten": list(KOSTENKLASSEN), "looptijd": list(LOOPTIJDEN)}


def maak_bank(data: st.DataObject, keuzes: dict[str, list[str]]) -> None:
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


def nieuwste_eerst(blauwdrukken: list[Blauwdruk]) -> list[Blauwdruk]:
    """The order of the list, by hand."""
    return sorted(blauwdrukken, key=lambda b: (-(b.laatst_gewijzigd or date.min).toordinal(), b.nummer))


def query_zonder(query: QueryDict, *namen: str) -> QueryDict:
    """The query without these facets."""
    rest = query.copy()
    for naam in namen:
        rest.pop(naam, None)
    return rest


def past(blauwdruk: Blauwdruk, keuze: dict[str, list[str]], behalve: str = "") -> bool:
    """Whether a blueprint meets the choice, by looking at the object itself."""
    return all(
        set(WAARDEN[naam](blauwdruk)) & set(waarden) for naam, waarden in keuze.items() if waarden and naam != behalve
    )


@settings(max_examples=250)
@given(data=st.data())
def test_rows_and_counts_are_those_of_a_count_by_hand(keuzes: dict[str, list[str]], data: st.DataObject) -> None:
    from django.db import transaction

    with transaction.atomic():
        maak_bank(data, keuzes)
        keuze = {
            naam: data.draw(st.lists(st.sampled_from(waarden), max_size=2, unique=True), naam)
            for naam, waarden in keuzes.items()
            if data.draw(st.booleans())
        }
        query = QueryDict(mutable=True)
        for naam, waarden in keuze.items():
            query.setlist(naam, waarden)
        filterset = BlauwdrukFilter(query, Blauwdruk.objects.gepubliceerd())
        alle = list(Blauwdruk.objects.filter(live=True))

        assert [b.pk for b in filterset.qs] == [b.pk for b in nieuwste_eerst(alle) if past(b, keuze)]
        assert filterset.meldingen == []
        for facet in filterset.facetten():
            rest = [b for b in alle if past(b, keuze, behalve=facet.parameter)]
            geteld = {optie.waarde: optie.aantal for optie in facet.opties}
            waarden = keuzes.get(facet.parameter, list(geteld))
            met_de_hand = {w: sum(w in WAARDEN[facet.parameter](b) for b in rest) for w in waarden}
            assert geteld == met_de_hand
            assert {o.waarde for o in facet.gekozen} == set(keuze.get(facet.parameter, []))
        rechter = SqlFilter(query_zonder(query, "kosten", "looptijd"), Blauwdruk.objects.gepubliceerd())
        engine = BlauwdrukFilter(query_zonder(query, "kosten", "looptijd"), Blauwdruk.objects.gepubliceerd())
        assert len(engine.qs) == rechter.qs.count()
        assert {b.pk for b in engine.qs} == set(rechter.qs.values_list("pk", flat=True))
        tellingen = {facet.parameter: facet.opties for facet in engine.facetten()}
        assert all(tellingen[facet.parameter] == facet.opties for facet in rechter.facetten())
        transaction.set_rollback(True)


def test_every_facet_of_the_page_is_counted_by_hand_in_these_tests() -> None:
    assert {naam for naam, _ in BlauwdrukFilter(QueryDict(), Blauwdruk.objects.all())._facetfilters()} == set(WAARDEN)


def test_unknown_values_are_named_and_the_rest_still_counts() -> None:
    query = QueryDict("thema=scholing&thema=bestaatniet&kleur=rood&sorteer=gek&fase=lopend")
    filterset = BlauwdrukFilter(query, Blauwdruk.objects.gepubliceerd())
    assert [m for m in filterset.meldingen if "bestaatniet" in m]
    assert [m for m in filterset.meldingen if "kleur" in m]
    assert [m for m in filterset.meldingen if "gek" in m]
    alleen_bekend = BlauwdrukFilter(QueryDict("thema=scholing&fase=lopend"), Blauwdruk.objects.gepubliceerd())
    assert list(filterset.qs) == list(alleen_bekend.qs)
    assert 0 < len(filterset.qs) < Blauwdruk.objects.count()


def test_a_link_that_removes_a_choice_keeps_the_others() -> None:
    query = QueryDict("zoek=werk&thema=scholing&thema=matching&fase=lopend&pagina=2")
    filterset = BlauwdrukFilter(query, Blauwdruk.objects.gepubliceerd())
    thema = next(facet for facet in filterset.facetten() if facet.parameter == "thema")
    scholing = next(optie for optie in thema.gekozen if optie.waarde == "scholing")
    rest = QueryDict(scholing.zonder.removeprefix("?"))
    assert rest.getlist("thema") == ["matching"]
    assert rest["fase"] == "lopend"
    assert rest["zoek"] == "werk"
    assert "pagina" not in rest


def test_a_long_facet_shows_what_is_chosen_and_the_fullest_choices_first() -> None:
    filterset = BlauwdrukFilter(QueryDict("regio=twente"), Blauwdruk.objects.gepubliceerd())
    regio = next(facet for facet in filterset.facetten() if facet.parameter == "regio")
    assert regio.zichtbaar[0].waarde == "twente"
    assert regio.zichtbaar[0].aantal == 0
    assert sorted(o.waarde for o in regio.zichtbaar + regio.meer) == sorted(o.waarde for o in regio.opties)


def test_every_filter_of_projects_finds_what_it_counts() -> None:
    from blauwdrukken.models import Project

    for facet in ProjectFilter(QueryDict(), Project.objects.gepubliceerd()).facetten():
        for optie in facet.opties:
            query = QueryDict(f"{facet.parameter}={optie.waarde}")
            assert ProjectFilter(query, Project.objects.gepubliceerd()).qs.count() == optie.aantal
