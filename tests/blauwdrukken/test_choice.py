from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from blauwdrukken.choice import MAX_CHOSEN, make_url, parse_slugs
from blauwdrukken.models import Blauwdruk

BACK = "/blauwdrukken/?zoek=talentvol&pagina=1"


def choose(client: Client, *slugs: str, back: str = BACK) -> Any:
    for slug in slugs:
        response = client.post("/keuze/", {"erbij": slug, "terug": back})
    return response


def keuze_bar(client: Client, path: str = "/over/") -> str:
    html = client.get(path).content.decode()
    return html.partition('class="keuzebalk"')[2].partition("</section>")[0]


def test_choosing_leads_back_to_the_same_place_with_the_filters(client: Client) -> None:
    assert choose(client, "talentvol")["Location"] == f"{BACK}#kies-talentvol"
    html = client.get(BACK).content.decode()
    assert "1 blauwdruk gekozen" in html
    for path, chosen in ((BACK, 1), ("/blauwdrukken/?fase=idee", 0), ("/blauwdrukken/talentvol/", 1)):
        assert client.get(path).content.decode().count('name="eruit"') == chosen, path


def test_the_choice_lasts_over_pages_and_leads_to_compare_and_bundle(client: Client) -> None:
    choose(client, "talentvol", "branchestraten", "talentvol")
    for path in ("/", "/over/", "/regios/west-brabant/", "/blauwdrukken/?zoek=scholing"):
        assert "2 blauwdrukken gekozen" in keuze_bar(client, path)
    assert 'href="/vergelijk/?b=talentvol&amp;b=branchestraten"' in keuze_bar(client)
    assert 'href="/bundel/?b=talentvol&amp;b=branchestraten"' in keuze_bar(client)


def test_without_a_choice_there_is_no_session_no_cookie_and_no_bar(client: Client) -> None:
    assert keuze_bar(client) == ""
    client.post("/keuze/", {"eruit": "talentvol", "terug": "/"})
    client.post("/keuze/", {"wis": "", "terug": "/"})
    assert not client.cookies
    assert not Session.objects.exists()


@pytest.mark.parametrize("last", [{"eruit": "talentvol"}, {"wis": ""}])
def test_the_cookie_goes_with_the_last_choice(client: Client, last: dict[str, str]) -> None:
    choose(client, "talentvol")
    assert client.cookies["sessionid"].value
    client.post("/keuze/", {**last, "terug": "/"})
    assert client.cookies["sessionid"].value == ""
    assert not Session.objects.exists()


def test_emptying_the_choice_keeps_an_editor_logged_in(editor_client: Any) -> None:
    choose(editor_client, "talentvol")
    editor_client.post("/keuze/", {"wis": "", "terug": "/"})
    assert editor_client.get("/beheer/").status_code == 200
    assert keuze_bar(editor_client) == ""


@pytest.mark.parametrize(
    "back",
    ["https://kwaad.nl/", "//kwaad.nl/", "/\\kwaad.nl", "javascript:alert(1)", "", "blauwdrukken/", "///kwaad.nl"],
)
def test_the_way_back_never_leads_to_another_site(client: Client, back: str) -> None:
    assert choose(client, "talentvol", back=back)["Location"] == "/blauwdrukken/#kies-talentvol"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 302),
        ({"sec-fetch-site": "same-origin"}, 302),
        ({"origin": "http://testserver"}, 302),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "https://kwaad.nl"}, 403),
        ({"origin": "null"}, 403),
    ],
)
def test_another_site_cannot_change_the_choice(headers: dict[str, str], status: int) -> None:
    client = Client(enforce_csrf_checks=True, headers=headers)
    assert choose(client, "talentvol").status_code == status
    assert bool(client.cookies) is (status == 302)


@pytest.mark.parametrize("slug", ["bestaat-niet", "", "a\x00b", "x" * 5000, "../beheer", "ü"])
def test_what_is_not_public_cannot_be_chosen(client: Client, slug: str) -> None:
    assert choose(client, slug).status_code == 404
    assert not client.cookies


def test_a_draft_cannot_be_chosen_or_named(client: Client, hidden_word: str) -> None:
    assert choose(client, f"concept-{hidden_word}").status_code == 404
    for path in ("vergelijk", "bundel"):
        html = client.get(f"/{path}/?b=concept-{hidden_word}&b=verlopen-{hidden_word}&b=talentvol").content.decode()
        assert f"Concept {hidden_word}" not in html
        assert "niet (meer) in de kennisbank" in html


def test_more_than_fifty_is_refused_with_a_sentence_said_once(client: Client, create_blauwdruk: Any) -> None:
    choose(client, *(create_blauwdruk().slug for _ in range(MAX_CHOSEN)))
    choose(client, "talentvol")
    first, afterwards = keuze_bar(client), keuze_bar(client)
    assert "U kunt hooguit 50 blauwdrukken kiezen" in first
    assert "50 blauwdrukken gekozen" in first
    assert "hooguit" not in afterwards


def test_a_withdrawn_blueprint_drops_out_with_a_sentence(client: Client) -> None:
    choose(client, "talentvol", "branchestraten")
    Blauwdruk.objects.filter(slug="talentvol").update(live=False)
    first, afterwards = keuze_bar(client), keuze_bar(client)
    assert "Een blauwdruk uit uw keuze is ingetrokken" in first
    assert "1 blauwdruk gekozen" in first
    assert "ingetrokken" not in afterwards


def test_reading_costs_no_query_without_a_choice_and_one_with_one(
    client: Client, django_assert_num_queries: Any
) -> None:
    client.get("/over/")  # what is counted is for whoever is not the first since a change
    with django_assert_num_queries(2):
        client.get("/over/")
    choose(client, "talentvol", "branchestraten")
    with django_assert_num_queries(3):
        client.get("/over/")


def test_a_get_changes_nothing(client: Client) -> None:
    choose(client, "branchestraten")
    for query in ("erbij=talentvol", "eruit=branchestraten", "wis="):
        assert client.get(f"/keuze/?{query}").status_code == 405
        assert "1 blauwdruk gekozen" in keuze_bar(client)
        assert 'href="/bundel/?b=branchestraten"' in keuze_bar(client)


def test_an_address_is_read_in_its_order_once_each_with_sentences_about_the_rest() -> None:
    parsed = parse_slugs(["talentvol", "x y", "branchestraten", "talentvol", "weg", "<b>", "é"])
    assert parsed.slugs == ["talentvol", "branchestraten"]
    assert parsed.messages == [
        "“x y”, “weg”, “<b>” en 1 meer staat niet (meer) in de kennisbank. Die laten wij weg.",
        "Een blauwdruk stond er twee keer bij. U ziet hem één keer.",
    ]


def test_an_address_names_its_blueprints_and_leaves_out_what_is_empty() -> None:
    assert make_url("bundel", ["a", "b"], titel="Ja & nee", voorwoord="") == "/bundel/?b=a&b=b&titel=Ja+%26+nee"
