from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from blauwdrukken.facets import LANDELIJK, Facet, FacetFilter, Option
from blauwdrukken.filters import BlauwdrukFilter, ProjectFilter
from blauwdrukken.models import Bewijs, Blauwdruk, Doelgroep, Kostenpost, Programma, Thema
from blauwdrukken.templatetags.facets import facet_options
from regios.models import Provincie, Regio
from tests.blauwdrukken.costs_by_hand import COST_FACETS, cost_choices, duration_choices
from tests.search.judge import SqlFilter

AMOUNTS = [0, 999, 1_000, 1_001, 10_000, 10_001, 50_000, 250_000, 250_001]


def dated_by_hand(blauwdruk: Blauwdruk) -> date:
    """The first day of its date, else of the last year of its programme; the first day of all when nothing is known."""
    if blauwdruk.laatst_gewijzigd:
        year, month, day = blauwdruk.laatst_gewijzigd.edtf.split("-")
        return date(int(year), int(month), int(day))
    year = blauwdruk.programma and (blauwdruk.programma.jaar_tot or blauwdruk.programma.jaar_van)
    return date(year, 1, 1) if year else date.min


VALUES: dict[str, Callable[[Blauwdruk], Iterable[str]]] = {
    "thema": lambda b: [t.slug for t in b.themas.all()],
    "doelgroep": lambda b: [d.slug for d in b.doelgroepen.all()],
    "regio": lambda b: [r.slug for r in b.regios.all()] + [LANDELIJK] * b.landelijk,
    "provincie": lambda b: [p.slug for r in b.regios.all() for p in r.provincies.all()],
    "fase": lambda b: [b.fase],
    "onderbouwing": lambda b: [bewijs.niveau for bewijs in b.bewijzen.all()],
    "programma": lambda b: [b.programma.slug] if b.programma else [],
    "kosten_uitvoering": lambda b: cost_choices(list(b.kosten.all()), "kosten_uitvoering"),
    "kosten_deelnemer": lambda b: cost_choices(list(b.kosten.all()), "kosten_deelnemer"),
    "kosten": lambda b: cost_choices(list(b.kosten.all()), "kosten"),
    "looptijd": lambda b: duration_choices(b.looptijd_maanden),
    "jaar": lambda b: [str(dated_by_hand(b).year) if dated_by_hand(b) > date.min else "onbekend"],
}


@pytest.fixture(scope="module")
def facet_values(django_db_setup: None, django_db_blocker: Any) -> dict[str, list[str]]:
    """All values of each facet."""
    with django_db_blocker.unblock():
        sources = {
            "thema": Thema,
            "doelgroep": Doelgroep,
            "regio": Regio,
            "provincie": Provincie,
            "programma": Programma,
        }
        values = {name: list(m.objects.values_list("slug", flat=True)) for name, m in sources.items()}  # type: ignore[attr-defined]
    values["regio"].append(LANDELIJK)
    fixed = {"fase": Blauwdruk.Fase.values, "onderbouwing": Blauwdruk.Onderbouwing.values}
    costs = {name: [*bounds, "onbekend"] for name, (_, bounds) in COST_FACETS.items()}
    costs["kosten"].append("meer")
    return values | fixed | costs | {"looptijd": ["tot-6", "tot-12", "tot-24", "onbekend", "langer"]}


def random_kostenpost(data: st.DataObject) -> Kostenpost:
    """Costs with one amount, two, or none."""
    low, high = data.draw(st.sampled_from([None, *AMOUNTS])), data.draw(st.sampled_from([None, *AMOUNTS]))
    if low is not None and high is not None:
        low, high = sorted((low, high))
    return Kostenpost(
        omschrijving="x",
        bedrag_van=low,
        bedrag_tot=high,
        soort=data.draw(st.sampled_from(["kosten", "kosten", "prijs", "onderdeel", "subsidie", "onbekend"])),
        eenheid=data.draw(st.sampled_from(["uitvoering", "deelnemer", "totaal", "traject"])),
        hoe_vaak=data.draw(st.sampled_from(["eenmalig", "eenmalig", "eenmalig", "jaarlijks", "onbekend"])),
    )


def create_random_blauwdrukken(data: st.DataObject, choices: dict[str, list[str]]) -> None:
    """A dozen random blueprints at most instead of the real ones; some are drafts, and of some the end is past."""
    Blauwdruk.objects.all().update(live=False)
    rows = {m: list(m.objects.all()) for m in (Thema, Doelgroep, Regio, Programma)}
    day = timedelta(days=1)
    for i in range(data.draw(st.integers(0, 12), "aantal")):
        landelijk = data.draw(st.booleans())
        blauwdruk = Blauwdruk(
            titel=data.draw(st.sampled_from(["Taalles", "Banenmarkt", "Jobcoach"])),
            slug=f"willekeurig-{i}",
            landelijk=landelijk,
            programma=data.draw(st.sampled_from([None, *rows[Programma]])),
            fase=data.draw(st.sampled_from(choices["fase"])),
            looptijd_maanden=data.draw(st.sampled_from([None, 0, 1, 6, 7, 12, 13, 24, 25])),
            laatst_gewijzigd=data.draw(st.sampled_from([None, date(2020, 1, 1), date(2021, 12, 31)])),
            live=data.draw(st.sampled_from([True, True, True, False])),
            expire_at=data.draw(st.sampled_from([None, None, None, timezone.now() - day, timezone.now() + day])),
        )
        blauwdruk.themas = data.draw(st.lists(st.sampled_from(rows[Thema]), max_size=3, unique=True))
        blauwdruk.doelgroepen = data.draw(st.lists(st.sampled_from(rows[Doelgroep]), max_size=3, unique=True))
        regios = data.draw(st.lists(st.sampled_from(rows[Regio]), max_size=3, unique=True))
        blauwdruk.regios = [] if landelijk else regios
        blauwdruk.kosten = [random_kostenpost(data) for _ in range(data.draw(st.integers(0, 3)))]
        blauwdruk.bewijzen = [Bewijs(niveau=data.draw(st.sampled_from(choices["onderbouwing"])), grond="Geteld")]
        blauwdruk.save()


def public_by_hand() -> dict[int, dict[str, set[str]]]:
    """Key of each blueprint that readers may see, the newest first, with its values of each facet."""
    relations = ("themas", "doelgroepen", "regios__provincies", "kosten", "bewijzen")
    everything = Blauwdruk.objects.select_related("programma").prefetch_related(*relations)
    public = [b for b in everything if b.live and not (b.expire_at and b.expire_at <= timezone.now())]
    public.sort(key=lambda b: (-dated_by_hand(b).toordinal(), b.nummer))
    return {b.pk: {name: set(values(b)) for name, values in VALUES.items()} for b in public}


def query_without(query: QueryDict, *names: str) -> QueryDict:
    """The query without these facets."""
    rest = query.copy()
    for name in names:
        rest.pop(name, None)
    return rest


def matches(values: dict[str, set[str]], keuze: dict[str, list[str]], except_for: str = "") -> bool:
    """Whether a blueprint with these values meets the choice."""
    return all(values[name] & set(chosen) for name, chosen in keuze.items() if chosen and name != except_for)


def draw_keuze(data: st.DataObject, facet_values: dict[str, list[str]]) -> dict[str, list[str]]:
    """At most two values of some facets."""
    return {
        name: data.draw(st.lists(st.sampled_from(values), max_size=2, unique=True), name)
        for name, values in facet_values.items()
        if data.draw(st.booleans())
    }


def as_query(keuze: dict[str, list[str]]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, values in keuze.items():
        query.setlist(name, values)
    return query


def check_by_hand(keuze: dict[str, list[str]], facet_values: dict[str, list[str]], bank: Any) -> None:
    """Rows and counts of this choice are those of a count by hand."""
    filterset = BlauwdrukFilter(as_query(keuze), Blauwdruk.objects.published())
    assert [b.pk for b in filterset.qs] == [pk for pk, values in bank.items() if matches(values, keuze)]
    assert filterset.messages == []
    years = {year for values in bank.values() for year in values["jaar"]} | {"onbekend"}
    for facet in filterset.facets():
        rest = [values for values in bank.values() if matches(values, keuze, except_for=facet.parameter)]
        counted = {option.value: option.count for option in facet.options}
        everything = facet_values.get(facet.parameter, years)
        assert counted == {w: sum(w in values[facet.parameter] for values in rest) for w in everything}
        assert {o.value for o in facet.chosen} == set(keuze.get(facet.parameter, []))


def check_by_sql(keuze: dict[str, list[str]]) -> None:
    """The engine finds and counts what the database finds and counts, of the facets that are fields of it."""
    query = query_without(as_query(keuze), *COST_FACETS, "looptijd")
    judge = SqlFilter(query, Blauwdruk.objects.published())
    engine = BlauwdrukFilter(query, Blauwdruk.objects.published())
    assert len(engine.qs) == judge.qs.count()
    assert {b.pk for b in engine.qs} == set(judge.qs.values_list("pk", flat=True))
    counts = {facet.parameter: unexplained(facet) for facet in engine.facets()}
    assert all(counts[facet.parameter] == unexplained(facet) for facet in judge.facets())


def unexplained(facet: Facet) -> list[Option]:
    """The choices of a facet without what they mean, which no database counts."""
    return [replace(option, uitleg="") for option in facet.options]


@settings(max_examples=25, phases=[Phase.reuse, Phase.generate])  # finding a smaller example would take minutes
@given(data=st.data())
def test_rows_and_counts_are_those_of_a_count_by_hand(facet_values: dict[str, list[str]], data: st.DataObject) -> None:
    """Ten choices of each bank: it is making a bank that takes long."""
    from django.db import transaction

    with transaction.atomic():
        create_random_blauwdrukken(data, facet_values)
        bank = public_by_hand()
        choices = [draw_keuze(data, facet_values) for _ in range(10)]
        for keuze in choices:
            check_by_hand(keuze, facet_values, bank)
        for keuze in choices[:2]:
            check_by_sql(keuze)
        transaction.set_rollback(True)


def test_every_facet_of_the_page_is_counted_by_hand_in_these_tests() -> None:
    assert {name for name, _ in BlauwdrukFilter(QueryDict(), Blauwdruk.objects.all())._facet_filters()} == set(VALUES)


def test_unknown_values_are_named_and_the_rest_still_counts() -> None:
    query = QueryDict("thema=scholing&thema=bestaatniet&kleur=rood&sorteer=gek&fase=lopend")
    filterset = BlauwdrukFilter(query, Blauwdruk.objects.published())
    assert [m for m in filterset.messages if "bestaatniet" in m]
    assert [m for m in filterset.messages if "kleur" in m]
    assert [m for m in filterset.messages if "gek" in m]
    only_known = BlauwdrukFilter(QueryDict("thema=scholing&fase=lopend"), Blauwdruk.objects.published())
    assert list(filterset.qs) == list(only_known.qs)
    assert 0 < len(filterset.qs) < Blauwdruk.objects.count()


def test_a_link_that_removes_a_choice_keeps_the_others() -> None:
    query = QueryDict("zoek=werk&thema=scholing&thema=matching&fase=lopend&pagina=2")
    filterset = BlauwdrukFilter(query, Blauwdruk.objects.published())
    thema = next(facet for facet in filterset.facets() if facet.parameter == "thema")
    scholing = next(option for option in thema.chosen if option.value == "scholing")
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
        for option in facet.options:
            query = QueryDict(f"{facet.parameter}={option.value}")
            assert ProjectFilter(query, Project.objects.published()).qs.count() == option.count


def test_a_choice_is_a_check_box_in_which_nothing_is_markup() -> None:
    facet = Facet('na"am', "Titel", [], "", FacetFilter(source=list))
    html = facet_options(facet, [Option('"><script>', "<b>Vet</b>", 0, True, "?")])
    assert "<script>" not in html
    assert "<b>" not in html
    assert "&lt;b&gt;Vet&lt;/b&gt;" in html
    assert 'name="na&quot;am"' in html
    assert " checked" in html
    assert "keuze-leeg" in html
    html = facet_options(facet, [Option("x", "X", 3, False, "")])
    assert "checked" not in html.replace("checkbox", "")
    assert "keuze-leeg" not in html
    assert ">3</span>" in html


def test_only_a_chosen_value_has_an_address_without_it() -> None:
    facets = BlauwdrukFilter(QueryDict("thema=scholing&fase=lopend"), Blauwdruk.objects.published()).facets()
    without = {(facet.parameter, o.value): o.without for facet in facets for o in facet.options if o.without}
    assert without == {("thema", "scholing"): "?fase=lopend", ("fase", "lopend"): "?thema=scholing"}
