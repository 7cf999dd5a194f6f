from __future__ import annotations

from typing import Any

import pytest

from blauwdrukken.documents.content.comparison import make_comparison, only_differences
from blauwdrukken.documents.content.document import with_all_content
from blauwdrukken.models import Blauwdruk, Doelgroep, Project, Thema
from blauwdrukken.secties import SECTIES
from blauwdrukken.text.tree import inline_text


def compare(*slugs: str) -> dict[str, Any]:
    rijen = {b.slug: b for b in with_all_content(Blauwdruk.objects.filter(slug__in=slugs))}
    return make_comparison([rijen[slug] for slug in slugs], "https://voorbeeld.nl/vergelijk/", "1 mei 2026")


def find_row(gegevens: dict[str, Any], kop: str) -> dict[str, Any]:
    [gevonden] = [rij for groep in gegevens["groepen"] for rij in groep["rijen"] if rij["kop"] == kop]
    return gevonden


def words_of(blokken: list[dict[str, Any]]) -> str:
    delen = []
    for blok in blokken:
        if blok["t"] in {"ul", "ol"}:
            delen += [words_of(item) for item in blok["c"]]
        else:
            delen.append(inline_text(blok["c"]))
    return "|".join(delen)


def cells_of(gegevens: dict[str, Any], kop: str) -> list[str]:
    return [words_of(cel) for cel in find_row(gegevens, kop)["cellen"]]


def test_every_row_has_a_cell_for_every_column_and_none_is_empty() -> None:
    for slugs in (
        ("talentvol", "branchestraten"),
        ("less-risk-polis", "800-van-summa", "talentvol", "entreon-s-hertogenbosch"),
    ):
        gegevens = compare(*slugs)
        assert len(gegevens["kolommen"]) == len(slugs)
        for groep in gegevens["groepen"]:
            assert groep["rijen"]
            for een in groep["rijen"]:
                assert len(een["cellen"]) == len(slugs)
                assert all(words_of(cel).strip() for cel in een["cellen"]), een["kop"]


def test_every_section_that_somebody_filled_is_there_in_the_order_of_the_format() -> None:
    gegevens = compare("talentvol", "branchestraten")
    koppen = [een["kop"] for een in gegevens["groepen"][-1]["rijen"]]
    gevuld = {
        g.sectie.veld
        for b in Blauwdruk.objects.filter(slug__in=["talentvol", "branchestraten"])
        for g in b.filled_secties()
    }
    assert koppen == [s.kort for s in SECTIES if s.veld in gevuld - {"themas", "partijen"}]
    assert "opleidingstraject voor één branche" in cells_of(gegevens, "Omschrijving")[1]
    assert "€\N{NO-BREAK SPACE}450.000" in cells_of(gegevens, "Financiering")[0]


def test_shared_themes_stand_apart_from_those_of_some(create_blauwdruk: Any) -> None:
    een, twee, drie = Thema.objects.exclude(slug="anders")[:3]
    create_blauwdruk(slug="a", themas=[een, twee])
    create_blauwdruk(slug="b", themas=[twee, drie])
    gegevens = compare("a", "b")
    assert cells_of(gegevens, "Gedeeld door alle") == [str(twee), str(twee)]
    assert cells_of(gegevens, "Niet bij alle") == [str(een), str(drie)]
    assert not find_row(gegevens, "Gedeeld door alle")["anders"]
    assert find_row(gegevens, "Niet bij alle")["anders"]


def test_order_spaces_and_capitals_are_no_difference(create_blauwdruk: Any) -> None:
    doelgroepen = list(Doelgroep.objects.all()[:2])
    create_blauwdruk(slug="a", doel="<p>Meer  werk</p>", doelgroepen=doelgroepen, kosten=[], fase="proef")
    create_blauwdruk(slug="b", doel="<p>meer werk</p><p> </p>", doelgroepen=doelgroepen[::-1], fase="lopend")
    gegevens = compare("a", "b")
    assert not find_row(gegevens, "Doel")["anders"]
    assert not find_row(gegevens, "Doelgroep")["anders"]
    assert not find_row(gegevens, "Nummer")["anders"]
    assert find_row(gegevens, "Fase")["anders"]
    over = only_differences(gegevens["groepen"])
    assert [een["kop"] for groep in over for een in groep["rijen"]] == ["Fase"]


def test_what_is_not_known_is_said_and_never_nought() -> None:
    gegevens = compare("entreon-s-hertogenbosch", "talentvol")
    for kop in ("In totaal", "Per deelnemer", "Per werkgever", "Per jaar", "Uren"):
        assert cells_of(gegevens, kop)[0] == "Onbekend"
    assert cells_of(gegevens, "In totaal")[1] == "€\N{NO-BREAK SPACE}450.000"
    assert find_row(gegevens, "In totaal")["anders"]
    assert not find_row(gegevens, "Per jaar")["anders"]


def test_hours_are_the_rows_that_count_hours() -> None:
    gegevens = compare("bustour-amersfoort", "talentvol")
    assert cells_of(gegevens, "Uren")[0] == "480 uur: voorbereiding in totaal"
    assert "480" not in cells_of(gegevens, "Andere cijfers")[0]


def test_adoption_counts_public_projects_and_their_regions(create_blauwdruk: Any) -> None:
    create_blauwdruk(slug="zonder")
    blauwdruk = Blauwdruk.objects.get(slug="branchestraten")
    publiek = blauwdruk.projecten.filter(live=True)
    Project.objects.create(titel="Concept", slug="concept-x", blauwdruk=blauwdruk)
    gegevens = compare("branchestraten", "zonder")
    assert cells_of(gegevens, "Projecten") == [str(publiek.count()), "0"]
    regios = {regio for project in publiek for regio in project.regios.all()}
    assert cells_of(gegevens, "Regio's met een project") == [str(len(regios)), "0"]


def test_parties_stand_by_role() -> None:
    gegevens = compare("branchestraten", "talentvol")
    assert "Curio (Onderwijs)" in cells_of(gegevens, "Cruciale samenwerkingspartner")[0].split("|")


@pytest.mark.parametrize("aantal", [2, 4])
def test_the_number_of_queries_does_not_depend_on_the_columns(aantal: int, django_assert_num_queries: Any) -> None:
    slugs = list(Blauwdruk.objects.published().values_list("slug", flat=True)[:aantal])
    with django_assert_num_queries(11):
        compare(*slugs)
