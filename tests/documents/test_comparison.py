from __future__ import annotations

from typing import Any

import pytest

from blauwdrukken.documents.content.comparison import make_comparison
from blauwdrukken.documents.content.document import with_all_content
from blauwdrukken.models import Blauwdruk, Doelgroep, Project, Thema
from blauwdrukken.secties import SECTIES
from blauwdrukken.text.tree import inline_text


def compare(*slugs: str) -> dict[str, Any]:
    rows = {b.slug: b for b in with_all_content(Blauwdruk.objects.filter(slug__in=slugs))}
    return make_comparison([rows[slug] for slug in slugs], "https://voorbeeld.nl/vergelijk/", "1 mei 2026")


def find_row(data: dict[str, Any], heading: str) -> dict[str, Any]:
    [found] = [row for group in data["groepen"] for row in group["rijen"] if row["kop"] == heading]
    return found


def words_of(blocks: list[dict[str, Any]]) -> str:
    parts = []
    for block in blocks:
        if block["t"] in {"ul", "ol"}:
            parts += [words_of(item) for item in block["c"]]
        else:
            parts.append(inline_text(block["c"]))
    return "|".join(parts)


def cells_of(data: dict[str, Any], heading: str) -> list[str]:
    return [words_of(cell) for cell in find_row(data, heading)["cellen"]]


def test_every_row_has_a_cell_for_every_column_and_none_is_empty() -> None:
    for slugs in (
        ("talentvol", "branchestraten"),
        ("less-risk-polis", "800-van-summa", "talentvol", "entreon-s-hertogenbosch"),
    ):
        data = compare(*slugs)
        assert len(data["kolommen"]) == len(slugs)
        for group in data["groepen"]:
            assert group["rijen"]
            for row in group["rijen"]:
                assert len(row["cellen"]) == len(slugs)
                assert all(words_of(cell).strip() for cell in row["cellen"]), row["kop"]


def test_every_section_that_somebody_filled_is_there_in_the_order_of_the_format() -> None:
    data = compare("talentvol", "branchestraten")
    headings = [row["kop"] for row in data["groepen"][-1]["rijen"]]
    filled = {
        g.sectie.veld
        for b in Blauwdruk.objects.filter(slug__in=["talentvol", "branchestraten"])
        for g in b.filled_secties()
    }
    assert headings == [s.kort for s in SECTIES if s.veld in filled - {"themas", "partijen"}]
    assert "opleidingstraject voor één branche" in cells_of(data, "Omschrijving")[1]
    assert "€\N{NO-BREAK SPACE}450.000" in cells_of(data, "Financiering")[0]


def test_shared_themes_stand_apart_from_those_of_some(create_blauwdruk: Any) -> None:
    first, second, third = Thema.objects.exclude(slug="anders")[:3]
    create_blauwdruk(slug="a", themas=[first, second])
    create_blauwdruk(slug="b", themas=[second, third])
    data = compare("a", "b")
    assert cells_of(data, "Gedeeld door alle") == [str(second), str(second)]
    assert cells_of(data, "Niet bij alle") == [str(first), str(third)]
    assert not find_row(data, "Gedeeld door alle")["anders"]
    assert find_row(data, "Niet bij alle")["anders"]


def test_order_spaces_and_capitals_are_no_difference(create_blauwdruk: Any) -> None:
    doelgroepen = list(Doelgroep.objects.all()[:2])
    create_blauwdruk(slug="a", doel="<p>Meer  werk</p>", doelgroepen=doelgroepen, kosten=[], fase="proef")
    create_blauwdruk(slug="b", doel="<p>meer werk</p><p> </p>", doelgroepen=doelgroepen[::-1], fase="lopend")
    data = compare("a", "b")
    assert not find_row(data, "Doel")["anders"]
    assert not find_row(data, "Doelgroep")["anders"]
    assert not find_row(data, "Nummer")["anders"]
    assert find_row(data, "Fase")["anders"]
    differing = [row["kop"] for group in data["groepen"] for row in group["rijen"] if row["anders"]]
    assert differing == ["Fase"]


def test_what_is_not_known_is_said_and_never_nought() -> None:
    data = compare("entreon-s-hertogenbosch", "talentvol")
    for heading in ("Per uitvoering", "Per deelnemer", "Per werkgever", "Per jaar"):
        assert cells_of(data, heading)[0] == "Onbekend|er staan geen bedragen bij"
    assert cells_of(data, "Per werkgever")[1] == "€\N{NO-BREAK SPACE}2.000"
    assert cells_of(data, "Per uitvoering")[1].startswith("Onbekend|bekend is alleen een budget of begroting")
    assert "450.000 in totaal (budget of begroting)" in cells_of(data, "Andere bedragen")[1]
    assert find_row(data, "Per werkgever")["anders"]
    assert not find_row(data, "Per jaar")["anders"]


def test_figures_stand_by_kind_what_came_of_it_first() -> None:
    data = compare("bustour-amersfoort", "talentvol")
    [figures] = [group for group in data["groepen"] if group["naam"] == "Cijfers"]
    assert [row["kop"] for row in figures["rijen"]] == ["Uitkomst", "Bereik", "Inzet", "Duur", "Geld"]
    outcome = "meer dan 150 van 500 mensen: die zich meldden, vonden een baan"
    assert cells_of(data, "Uitkomst") == ["Geen cijfer", outcome]
    assert "480 uur: voorbereiding in totaal" in cells_of(data, "Inzet")[0]


def test_adoption_counts_public_projects_and_their_regions(create_blauwdruk: Any) -> None:
    create_blauwdruk(slug="zonder")
    blauwdruk = Blauwdruk.objects.get(slug="branchestraten")
    public = blauwdruk.projecten.filter(live=True)
    Project.objects.create(titel="Concept", slug="concept-x", blauwdruk=blauwdruk)
    data = compare("branchestraten", "zonder")
    assert cells_of(data, "Projecten") == [str(public.count()), "0"]
    regios = {regio for project in public for regio in project.regios.all()}
    assert cells_of(data, "Regio's met een project") == [str(len(regios)), "0"]


def test_parties_stand_by_role() -> None:
    data = compare("branchestraten", "talentvol")
    assert "Curio (Onderwijs)" in cells_of(data, "Samenwerkingspartner (cruciaal)")[0].split("|")


@pytest.mark.parametrize("count", [2, 4])
def test_the_number_of_queries_does_not_depend_on_the_columns(count: int, django_assert_num_queries: Any) -> None:
    slugs = list(Blauwdruk.objects.published().values_list("slug", flat=True)[:count])
    with django_assert_num_queries(13):
        compare(*slugs)
