"""One search over everything: what it finds of each kind, what it never shows, and how it says so."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any
from unittest import mock

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from blauwdrukken.models import Begrip, Blauwdruk, Doelgroep, Misser, Programma, Project, Thema, Verhaal
from blauwdrukken.search.kinds import KINDS
from blauwdrukken.tally import tally
from kennisbank.models import Pagina
from regios.models import Gemeente

WORD = "kwartelhaan"
SILENT = "Xyz."  # an explanation with no word of any blueprint


def search(client: Client, zoek: str, **rest: str) -> Any:
    return client.get("/zoeken/", {"zoek": zoek, **rest})


def counts(client: Client, zoek: str) -> dict[str, int]:
    """Number of each kind that the page tells, without those that give nothing."""
    return {group.kind.name: group.count for group in search(client, zoek).context["gezocht"].groups if group.count}


def text_of(response: Any) -> str:
    """Words of the page, each space and break of a line the same."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", response.content.decode())).split())


def make_in_title(word: str, **fields: Any) -> dict[str, Any]:
    """A public row of each kind that the secretariat makes, with this word in its title or name."""
    return {
        "begrip": Begrip.objects.create(term=word, slug=word, uitleg=SILENT),
        "project": Project.objects.create(titel=f"De {word}", slug=word, live=True),
        "verhaal": Verhaal.objects.create(titel=f"De {word}", slug=word, intro="Intro.", live=True),
        "thema": Thema.objects.create(naam=f"De {word}", slug=f"thema-{word}"),
        "doelgroep": Doelgroep.objects.create(naam=f"De {word}", slug=f"groep-{word}"),
        "programma": Programma.objects.create(naam=f"De {word}", slug=f"programma-{word}"),
        "pagina": Pagina.objects.create(titel=f"De {word}", slug=word, live=True),
    }


def make_in_text(word: str) -> dict[str, Any]:
    """The same with the word in their text only."""
    return {
        "begrip": Begrip.objects.create(term="Iets", slug="iets", uitleg=f"Een {word}."),
        "project": Project.objects.create(titel="Iets", slug="iets", resultaat=f"Een {word}.", live=True),
        "verhaal": Verhaal.objects.create(titel="Iets", slug="iets", tekst=f"<p>Een {word}.</p>", live=True),
        "thema": Thema.objects.create(naam="Iets", slug="iets", uitleg=f"Een {word}."),
        "doelgroep": Doelgroep.objects.create(naam="Iets", slug="iets", uitleg=f"Een {word}."),
        "programma": Programma.objects.create(naam="Iets", slug="iets", tekst=f"<p>Een {word}.</p>"),
        "pagina": Pagina.objects.create(titel="Iets", slug="iets", tekst=f"<p>Een {word}.</p>", live=True),
    }


@pytest.mark.parametrize("make", [make_in_title, make_in_text])
def test_each_kind_is_found_by_its_title_and_by_its_text(client: Client, make: Any, create_blauwdruk: Any) -> None:
    assert counts(client, WORD) == {}
    rows = make(WORD)
    rows["blauwdruk"] = create_blauwdruk(titel=f"De {WORD}")
    assert counts(client, WORD) == dict.fromkeys(rows, 1)
    html = search(client, WORD).content.decode()
    for kind, row in rows.items():
        href = row.get_absolute_url() if kind != "doelgroep" else f"/blauwdrukken/?doelgroep={row.slug}"
        assert f'href="{href}"' in html, kind
    assert html.count(f"<mark>{WORD}</mark>") == len(rows)


def test_a_region_is_found_by_its_name_its_municipality_and_a_former_one(client: Client) -> None:
    gemeente = Gemeente.objects.exclude(aliassen="").first()
    assert gemeente is not None
    for place, regio in (
        ("Noordoost-Brabant", "Noordoost-Brabant"),
        ("Oss", "Noordoost-Brabant"),
        ("den bosch", "Noordoost-Brabant"),
        (gemeente.aliassen.splitlines()[0], gemeente.regio.naam),
    ):
        response = search(client, place)
        (group,) = (group for group in response.context["gezocht"].groups if group.kind.name == "regio")
        assert [hit.entry.titel for hit in group.rows] == [regio], place
    assert "Gemeenten: " in text_of(search(client, "Oss"))
    assert "<mark>Oss</mark>" in search(client, "Oss").content.decode()


def test_a_part_of_the_name_of_a_place_is_no_region(client: Client) -> None:
    assert "regio" not in counts(client, "haven")
    assert "regio" not in counts(client, "werk")


@pytest.mark.parametrize(
    ("zoek", "kind", "titel"),
    [
        ("LKV", "begrip", "Loonkostenvoordeel"),
        ("lkv", "begrip", "Loonkostenvoordeel"),
        ("mislukt", "pagina", "Wat tegenviel en wat er is geleerd"),
    ],
)
def test_the_words_that_visitors_have_for_it_lead_there(client: Client, zoek: str, kind: str, titel: str) -> None:
    groups = search(client, zoek).context["gezocht"].groups
    (group,) = (group for group in groups if group.kind.name == kind)
    assert group.rows[0].entry.titel == titel


def test_who_looks_for_what_failed_finds_the_approach_that_tells_of_it(client: Client) -> None:
    assert "Work First in Brabant" in text_of(search(client, "mislukt"))


@pytest.mark.parametrize("zoek", ["scholing", "jobcoach", "Oss", "hoe bereik ik werkgevers?", "campussen", "WSP"])
def test_the_counts_add_up_and_lead_to_lists_of_that_length(client: Client, zoek: str) -> None:
    found = search(client, zoek).context["gezocht"]
    page = text_of(search(client, zoek))
    assert f"{found.total} resultaten voor" in page
    assert sum(group.count for group in found.groups) == found.total > 1
    for group in found.groups:
        if group.has_more:
            assert f"Alle {group.count} {group.name.lower()} met ‘{zoek}’" in page
            response = client.get(group.url)
            assert response.context["paginator"].count == group.count, group.kind.name
            first = [getattr(row, "entry", row).titel for row in group.rows]
            rows = response.context.get("rijen") or response.context["object_list"]
            assert [getattr(row, "entry", row).titel for row in rows][: len(first)] == first


def test_blueprints_stand_as_the_list_has_them_with_their_facts_and_a_button(client: Client) -> None:
    response = search(client, "jobcoach")
    listed = client.get("/blauwdrukken/", {"zoek": "jobcoach"}).context["blauwdrukken"]
    (group,) = (group for group in response.context["gezocht"].groups if group.kind.name == "blauwdruk")
    assert [row.pk for row in group.rows] == [row.pk for row in listed[:3]]
    html = response.content.decode()
    assert html.count('class="feitregel"') == html.count('name="erbij"') == 3


def test_what_is_published_is_found_at_once_and_what_is_withdrawn_no_more(client: Client) -> None:
    entries = [
        Project(titel=WORD, slug=WORD, live=False),
        Verhaal(titel=WORD, slug=WORD, intro="Intro.", live=False),
        Pagina(titel=WORD, slug=WORD, live=False),
    ]
    for entry in entries:
        entry.save()
    assert counts(client, WORD) == {}
    for entry in entries:
        entry.save_revision().publish()
    assert counts(client, WORD) == {"project": 1, "verhaal": 1, "pagina": 1}
    for entry in entries:
        entry.titel = "Concept zeearend"
        entry.save_revision()
    assert counts(client, "zeearend") == {}
    for entry in entries:
        type(entry).objects.get(pk=entry.pk).unpublish()
    assert counts(client, WORD) == {}
    assert client.get(f"/projecten/?zoek={WORD}").context["paginator"].count == 0


def test_what_expires_is_found_until_then(client: Client) -> None:
    moment = timezone.now() + timedelta(minutes=5)
    Project.objects.create(titel=WORD, slug=WORD, live=True, expire_at=moment)
    assert counts(client, WORD) == {"project": 1}
    with mock.patch.object(timezone, "now", return_value=moment):
        assert counts(client, WORD) == {}
        assert client.get(f"/projecten/?zoek={WORD}").context["paginator"].count == 0


def test_what_is_undone_is_not_found(client: Client) -> None:
    point = transaction.savepoint()
    Begrip.objects.create(term=WORD, slug=WORD, uitleg=SILENT)
    assert counts(client, WORD) == {"begrip": 1}
    transaction.savepoint_rollback(point)
    assert counts(client, WORD) == {}


@pytest.mark.parametrize(
    ("address", "word", "title"),
    [
        ("/projecten/", "campussen", "Investeringsinstrument voor campussen techniek en technologie"),
        ("/verhalen/", "kachels", "Kachelwinkel geeft mensen gewoon een kans"),
    ],
)
def test_the_lists_of_projects_and_stories_have_a_search_of_their_own(
    client: Client, address: str, word: str, title: str
) -> None:
    html = client.get(address).content.decode()
    assert re.search(r'<input[^>]*name="zoek"', html.split('class="lijsttop"')[1].split('class="facetten"')[0])
    response = client.get(address, {"zoek": word})
    assert response.context["object_list"][0].titel == title
    assert '<meta name="robots" content="noindex, follow">' in response.content.decode()
    by_title = client.get(address, {"zoek": word, "sorteer": "titel"}).context["object_list"]
    assert sorted(row.titel for row in by_title) == sorted(row.titel for row in response.context["object_list"])


def test_words_and_choices_narrow_a_list_of_projects_together(client: Client) -> None:
    both = client.get("/projecten/", {"zoek": "techniek", "regio": "noord-holland-noord"}).context
    alone = client.get("/projecten/", {"zoek": "techniek"}).context
    assert 0 < both["paginator"].count <= alone["paginator"].count
    (facet,) = (facet for facet in alone["facetten"] if facet.parameter == "regio")
    (option,) = (option for option in facet.options if option.value == "noord-holland-noord")
    assert option.count == both["paginator"].count


def test_projects_are_searched_through_the_api_too(client: Client) -> None:
    found = client.get("/api/v1/projecten", {"zoek": "campussen"}).json()
    assert found["aantal"] == client.get("/projecten/", {"zoek": "campussen"}).context["paginator"].count > 0
    assert "campussen" in found["resultaten"][0]["titel"]


def test_nothing_asked_tells_what_can_be_searched_and_where_to_begin(client: Client) -> None:
    for query in ("", "?zoek=", "?zoek=%20%20", "?zoek=%00"):
        response = client.get(f"/zoeken/{query}")
        assert response.status_code == 200
        page = text_of(response)
        assert all(kind.many.lower() in page for kind in KINDS.values())
        html = response.content.decode()
        assert all(f'href="{way}"' in html for way in ("/blauwdrukken/", "/regios/", "/themas/", "/begrippen/"))
        assert "noindex" not in html


def test_nothing_found_offers_words_that_look_like_it_and_ways_on(client: Client) -> None:
    Begrip.objects.create(term=WORD, slug=WORD, uitleg=SILENT)
    response = search(client, "kwartelzoen")
    page, html = text_of(response), response.content.decode()
    assert "0 resultaten voor" in page
    assert f'href="/zoeken/?zoek={WORD}"' in html
    assert f"{WORD} (1 resultaat)" in page
    assert 'href="/begrippen/"' in html


def test_a_typing_error_is_mended_and_said(client: Client) -> None:
    Begrip.objects.create(term=WORD, slug=WORD, uitleg=SILENT)
    response = search(client, "kwartelhaam")
    assert counts(client, "kwartelhaam") == {"begrip": 1}
    assert f"Resultaten voor {WORD}. Zoek in plaats daarvan naar kwartelhaam." in text_of(response)
    assert counts(client, '"kwartelhaam"') == {}


@pytest.mark.parametrize("own", ["blauwdruk", "begrip"])
def test_a_word_that_one_kind_knows_is_no_typing_error_of_another(
    client: Client, create_blauwdruk: Any, own: str
) -> None:
    blauwdruk, begrip = (WORD, "kwartelhaam") if own == "blauwdruk" else ("kwartelhaam", WORD)
    create_blauwdruk(titel=blauwdruk)
    Begrip.objects.create(term=begrip, slug=begrip, uitleg=SILENT)
    assert counts(client, WORD) == {own: 1}
    assert "Resultaten voor" not in text_of(search(client, WORD))


def test_synonyms_count_and_are_named(client: Client) -> None:
    Begrip.objects.create(term=WORD, slug=WORD, uitleg=SILENT, synoniemen="Zeearend")
    Project.objects.create(titel="Een zeearend", slug="zeearend", live=True)
    assert counts(client, WORD) == {"begrip": 1, "project": 1}
    assert "Ook gezocht op: zeearend." in text_of(search(client, WORD))


@pytest.mark.parametrize(
    "zoek", ["%", "_", "*", "\\", "a*", "jobc?ach", '"', '"""', "(", "AND OR NOT", "-", "-x", "é\x00è", "🦆"]
)
@pytest.mark.parametrize("address", ["/zoeken/", "/projecten/", "/verhalen/"])
def test_signs_that_mean_something_elsewhere_are_answered(client: Client, address: str, zoek: str) -> None:
    assert client.get(address, {"zoek": zoek}).status_code == 200


def test_words_that_say_nothing_find_nothing_and_that_is_said(client: Client) -> None:
    assert counts(client, "de het") == counts(client, "%%%") == {}
    assert "staan in bijna elke tekst" in text_of(search(client, "de het"))
    assert "geen woorden lezen" in text_of(search(client, "%%%"))


def test_a_question_that_is_too_long_is_cut_and_that_is_said(client: Client) -> None:
    response = search(client, f"jobcoach {'x' * 5_000}")
    assert response.status_code == 200
    assert "te lang. We zochten op de eerste 200 tekens" in text_of(response)


def test_an_unknown_kind_is_named_and_all_are_searched(client: Client) -> None:
    response = search(client, "jobcoach", soort="vis<b>")
    assert "De soort “vis<b>” kennen we niet" in text_of(response).replace("&lt;", "<")
    assert response.context["gezocht"].total > 1


@pytest.mark.parametrize("pagina", ["0", "-1", "2", "x", "9" * 400, "1.5", ""])
def test_a_page_that_does_not_exist_is_not_found(client: Client, pagina: str) -> None:
    for soort in ("", "pagina"):
        assert search(client, "privacy", soort=soort, pagina=pagina).status_code == 404


def test_all_of_one_kind_stand_in_pages(client: Client) -> None:
    for number in range(45):
        Begrip.objects.create(term=f"{WORD} {number}", slug=f"{WORD}-{number}", uitleg=SILENT)
    response = search(client, WORD, soort="begrip", pagina="3")
    assert len(response.context["rijen"]) == 5
    titles = {
        hit.entry.titel for page in "123" for hit in search(client, WORD, soort="begrip", pagina=page).context["rijen"]
    }
    assert len(titles) == 45
    assert "zoek=kwartelhaan&amp;soort=begrip&amp;pagina=2" in response.content.decode()


@pytest.mark.parametrize(
    ("soort", "address"), [("blauwdruk", "/blauwdrukken/"), ("project", "/projecten/"), ("verhaal", "/verhalen/")]
)
def test_a_kind_with_a_list_of_its_own_is_shown_there(client: Client, soort: str, address: str) -> None:
    response = client.get("/zoeken/", {"zoek": "één jobcoach", "soort": soort}, follow=True)
    assert response.request["PATH_INFO"] == address
    assert response.context["filterset"].data["zoek"] == "één jobcoach"


def test_results_are_for_no_search_engine(client: Client) -> None:
    for rest in ({}, {"soort": "begrip"}):
        assert '<meta name="robots" content="noindex, follow">' in search(client, "jobcoach", **rest).content.decode()


def test_what_finds_nothing_is_counted_without_writing(client: Client) -> None:
    for zoek in ("Kwartelhaan", "jobcoach", "jobcoach kwartelhaan"):
        search(client, zoek)
    assert not Misser.objects.filter(term__contains=WORD).exists()
    tally.flush()
    assert set(Misser.objects.filter(term__contains="kwartel").values_list("term", "aantal")) == {
        ("kwartelhaan", 1),
        ("jobcoach kwartelhaan", 1),
    }
    assert not Misser.objects.filter(term="jobcoach").exists()


def test_who_asks_too_much_waits(client: Client, settings: Any) -> None:
    settings.LIMITS = settings.LIMITS | {"zoeken": "2/m"}
    answers = [search(client, "jobcoach").status_code for _ in range(3)]
    assert answers == [200, 200, 429]
    assert client.get("/zoeken/").status_code == 200
    assert client.get("/projecten/", {"zoek": "x"}).status_code == 429


@pytest.mark.parametrize(
    "address", ["/", "/blauwdrukken/", "/over/", "/regios/twente/", "/zoeken/", "/vergelijk/", "/bestaat-niet/"]
)
def test_the_field_in_the_head_of_every_page_searches_everything(client: Client, address: str) -> None:
    html = client.get(address).content.decode()
    head = html.split('class="paginakop"')[1].split("</header>")[0]
    (form,) = re.findall(r"<form\b[^>]*>", head)
    assert 'action="/zoeken/"' in form
    assert 'name="zoek"' in head
    assert re.search(r'class="zoeklink"\s+href="/zoeken/"', head)


def test_an_empty_list_of_one_kind_leads_to_the_search_over_everything(client: Client) -> None:
    html = client.get("/blauwdrukken/", {"zoek": "campussen"}).content.decode()
    assert 'href="/zoeken/?zoek=campussen"' in html


def test_blueprints_are_not_read_for_the_other_kinds() -> None:
    assert [name for name, kind in KINDS.items() if kind.read is None] == ["blauwdruk"]
    assert Blauwdruk.objects.published().exists()
