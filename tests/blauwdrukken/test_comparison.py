from __future__ import annotations

import io
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from blauwdrukken.glance import glance
from blauwdrukken.models import Blauwdruk

TWO = "/vergelijk/?b=talentvol&b=branchestraten"


def fetch(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return unescape(response.content.decode())


def column_slugs(html: str) -> list[str]:
    heading = html.partition("<thead")[2].partition("</thead>")[0]
    return re.findall(r'<a href="/blauwdrukken/([\w-]+)/"', heading)


def links_with(html: str, text: str) -> list[str]:
    return [
        url
        for url, content in re.findall(r'<a\b[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', html, re.DOTALL)
        if text in content
    ]


def test_columns_stand_in_the_order_of_the_address(client: Client) -> None:
    assert column_slugs(fetch(client, TWO)) == ["talentvol", "branchestraten"]
    assert column_slugs(fetch(client, "/vergelijk/?b=branchestraten&b=talentvol")) == ["branchestraten", "talentvol"]


def test_a_column_can_be_moved_removed_and_added_by_links_alone(client: Client) -> None:
    html = fetch(client, f"{TWO}&b=less-risk-polis&teksten=alle")
    [forward] = [link for link in links_with(html, "naar voren") if link.startswith("/vergelijk/?b=talentvol&b=less")]
    assert column_slugs(fetch(client, forward)) == ["talentvol", "less-risk-polis", "branchestraten"]
    [removed] = links_with(html, "Talentvol uit de vergelijking")
    assert removed == "/vergelijk/?b=branchestraten&b=less-risk-polis&teksten=alle"
    found = fetch(client, f"{TWO}&zoek=drive-in bioscoop")
    added = links_with(found, "Voeg toe")[0]
    assert column_slugs(fetch(client, added)) == ["talentvol", "branchestraten", "drive-in-bioscoop"]


def test_search_does_not_offer_what_is_there_already_and_says_when_nothing_is_found(client: Client) -> None:
    assert "/vergelijk/?b=talentvol&b=branchestraten&b=talentvol" not in fetch(client, f"{TWO}&zoek=talentvol")
    assert "Er is geen andere blauwdruk gevonden met “qqqzzzxxx”" in fetch(client, f"{TWO}&zoek=qqqzzzxxx")


def test_with_four_columns_there_is_no_room_to_add(client: Client) -> None:
    assert "Voeg een blauwdruk toe" not in fetch(client, f"{TWO}&b=less-risk-polis&b=800-van-summa")


def fact(html: str, name: str) -> str:
    """The row of one question as words."""
    row = html.partition(f'id="feit-{name}"')[2].partition("</tr>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", row.partition(">")[2]).split())


def test_the_facts_are_those_of_the_page_of_each_blueprint(client: Client) -> None:
    html = fetch(client, "/vergelijk/?b=drive-in-bioscoop&b=talentvol")
    for slug in ("drive-in-bioscoop", "talentvol"):
        for cell in glance(Blauwdruk.objects.get(slug=slug)):
            words = " ".join(cell.words.split())  # a space that does not break is one too
            assert words in fact(html, cell.name).replace("\N{SOFT HYPHEN}", "")


def test_what_all_say_stands_once(client: Client, create_blauwdruk: Any) -> None:
    html = fetch(client, TWO)
    row = fact(html, "hoe-zeker")
    assert "Gelijk bij allebei" in row
    assert row.count("Beschreven door uitvoerders") == 1
    assert "Gelijk" not in fact(html, "bij-wie")
    create_blauwdruk(slug="een", titel="Een")
    create_blauwdruk(slug="twee", titel="Twee")
    html = fetch(client, "/vergelijk/?b=een&b=twee")
    assert "Gelijk bij allebei" in fact(html, "kosten")
    assert fact(html, "kosten").count("Onbekend") == 1


def test_amounts_under_one_head_are_drawn_and_what_is_unknown_is_not(client: Client) -> None:
    slugs = ("werkgeversraadpleging-drenthe", "drive-in-bioscoop", "bustour-amersfoort")
    html = fetch(client, "/vergelijk/?" + "&".join(f"b={slug}" for slug in slugs))
    row = html.partition('id="feit-kosten"')[2].partition("</tr>")[0]
    cells = row.split("<td")[1:]
    assert ['class="staaf"' in cell for cell in cells] == [True, True, False]
    assert "Onbekend" in cells[2]
    assert 'class="open"' in cells[1]
    assert "staat er niet bij" in html
    assert "Langste balk: € 80.000 per uitvoering." in fact(html, "kosten")
    assert 'class="staaf"' not in fetch(client, TWO)


def test_numbers_in_a_drawing_have_a_point(client: Client) -> None:
    html = fetch(client, "/vergelijk/?b=werkgeversraadpleging-drenthe&b=mkb-ambassadeur-haaglanden")
    assert '<rect class="zeker" width="45.71%"' in html


def test_texts_are_folded_and_an_address_opens_them(client: Client) -> None:
    folded, opened = fetch(client, TWO), fetch(client, f"{TWO}&teksten=alle")
    assert "<details open>" not in folded
    assert opened.count("<details open>") == folded.count("<summary>") - 1  # the menu of the site
    assert links_with(folded, "Vouw alles open") == [f"{TWO}&teksten=alle#teksten"]
    assert links_with(opened, "Vouw alles dicht") == [f"{TWO}#teksten"]
    assert "“iets” is geen keuze" in fetch(client, f"{TWO}&teksten=iets")


def test_a_section_says_who_wrote_it(client: Client, create_blauwdruk: Any) -> None:
    create_blauwdruk(slug="een", titel="Een", doel="<p>Werk</p>", uitvoering="<p>Zo</p>")
    create_blauwdruk(slug="twee", titel="Twee", doel="<p>Werk</p>")
    create_blauwdruk(slug="drie", titel="Drie", doel="<p>Werk</p>", leerpunten="<p>Dit</p>", uitvoering="<p>Zo</p>")
    html = fetch(client, "/vergelijk/?b=een&b=twee&b=drie")
    notes = dict(re.findall(r"<h3>([^<]*)</h3>\s*<span>([^<]*)</span>", html))
    assert notes["Doel"] == "van alle drie"
    assert notes["Uitvoering"] == "niet van Twee"
    assert notes["Leerpunten"] == "alleen van Drie"


def test_what_is_answered_above_does_not_stand_among_the_other_facts(client: Client) -> None:
    more = fetch(client, TWO).partition("<h3>Meer feiten</h3>")[2].partition("</details>")[0]
    headings = re.findall(r'<th scope="row"[^>]*>([^<]*)</th>', more)
    assert {"Regio", "Programma", "Looptijd", "Per jaar", "Projecten"} <= set(headings)
    assert not {"Fase", "Organisatie om te benaderen"} & set(headings)


def test_no_row_is_marked_as_different(client: Client) -> None:
    html = fetch(client, f"{TWO}&alleen=verschillen")
    assert "≠" not in html
    assert 'class="anders"' not in html
    assert "Programma" in html


@pytest.mark.parametrize("error", ["bestaat-niet", "<script>alert(1)</script>", "a%00b", "%F0%9F%98%80", "x" * 3000])
def test_a_wrong_entry_gets_a_sentence_and_the_rest_is_compared(client: Client, error: str) -> None:
    response = client.get(f"{TWO}&b={error}")
    html = response.content.decode()
    assert response.status_code == 200
    assert "niet (meer) in de kennisbank" in html
    assert "<script>alert" not in html
    assert column_slugs(html) == ["talentvol", "branchestraten"]


def test_a_withdrawn_and_a_double_entry_get_a_sentence(client: Client) -> None:
    Blauwdruk.objects.filter(slug="less-risk-polis").update(live=False)
    html = fetch(client, f"{TWO}&b=less-risk-polis&b=talentvol")
    assert "“less-risk-polis” staat niet (meer) in de kennisbank" in html
    assert "Een blauwdruk stond er twee keer bij" in html
    assert column_slugs(html) == ["talentvol", "branchestraten"]


def test_more_than_four_shows_the_first_four_and_asks_which(client: Client) -> None:
    slugs = ["talentvol", "branchestraten", "less-risk-polis", "800-van-summa", "nlwerktdoor"]
    html = fetch(client, "/vergelijk/?" + "&".join(f"b={slug}" for slug in slugs))
    assert column_slugs(html) == slugs[:4]
    assert "U kunt 4 blauwdrukken tegelijk vergelijken" in html
    assert re.findall(r'type="checkbox"\s+name="b"\s+value="([\w-]+)"', html) == slugs


def test_one_entry_gets_offers_of_similar_ones(client: Client) -> None:
    html = fetch(client, "/vergelijk/?b=talentvol")
    assert "U hebt één blauwdruk" in html
    added = links_with(html, "Voeg toe")
    assert len(added) == 3
    assert len(column_slugs(fetch(client, added[0]))) == 2


def test_none_explains_how_to_choose_and_offers_what_was_chosen(client: Client) -> None:
    assert "Kies blauwdrukken in" in fetch(client, "/vergelijk/")
    slugs = ["talentvol", "branchestraten", "less-risk-polis", "800-van-summa", "nlwerktdoor"]
    for slug in slugs:
        client.post("/keuze/", {"erbij": slug, "terug": "/"})
    html = fetch(client, "/vergelijk/")
    assert "U hebt 5 blauwdrukken gekozen" in html
    assert re.findall(r'type="checkbox"\s+name="b"\s+value="([\w-]+)"', html) == slugs


def test_a_comparison_is_not_indexed_and_the_page_that_explains_is(client: Client) -> None:
    assert 'content="noindex, follow"' in fetch(client, TWO)
    assert "noindex" not in fetch(client, "/vergelijk/")


def test_the_number_of_queries_is_pinned(client: Client, django_assert_num_queries: Any) -> None:
    for url, count in (
        ("/vergelijk/", 0),
        (TWO, 14),
        (f"{TWO}&b=less-risk-polis&b=800-van-summa", 14),
        (f"{TWO}&zoek=scholing", 20),
        ("/vergelijk/?b=talentvol", 14),
    ):
        fetch(client, url)
        with django_assert_num_queries(count):
            fetch(client, url)


def test_a_text_that_looks_like_markup_stays_text(client: Client, create_blauwdruk: Any) -> None:
    create_blauwdruk(slug="kwaad", titel="<img src=x onerror=alert(1)>", stand="{{ 7*7 }}")
    html = client.get("/vergelijk/?b=kwaad&b=talentvol").content.decode()
    assert "<img" not in html
    assert "&lt;img src=x" in html


def test_the_spreadsheet_holds_the_same_rows_as_the_page(client: Client) -> None:
    response: Any = client.get("/vergelijk.xlsx?b=talentvol&b=branchestraten&alleen=verschillen")
    assert response.headers["Content-Disposition"].startswith(
        'attachment; filename="Vergelijking van 2 blauwdrukken.xlsx"'
    )
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content)))["Vergelijking"]
    rows = {row[0]: row for row in sheet.iter_rows(values_only=True)}
    assert rows["Kenmerk"][2:] == ("Talentvol", "Branchestraten")
    assert rows["Programma"][1] == "gelijk"
    assert rows["Looptijd"][1:] == (
        "anders",
        "24 maanden (zo lang liep de financiering)",
        "Na twee projectjaren liep het nog, het budget liep tot 31 december 2021",
    )


@pytest.mark.parametrize("address", ["/vergelijk.pdf", "/vergelijk.docx?b=talentvol", "/vergelijk.xlsx?b=a&b=b"])
def test_fewer_than_two_have_no_file(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "Deze pagina bestaat niet" in response.content.decode()
