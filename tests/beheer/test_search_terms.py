from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blauwdrukken.models import Begrip, Misser, Synoniem
from blauwdrukken.tally import tally
from kennisbank.models import User
from tests.beheer.people import send_change

SYNONIEMEN = "/beheer/snippets/blauwdrukken/synoniem/"
BEGRIPPEN = "/beheer/snippets/blauwdrukken/begrip/"
MISSERS = "/beheer/zoekopdrachten/"
MADE_UP = "kwibusplof"
CINEMA = "Drive-in bioscoop"
HOSTILE = '"></textarea><script>alert("x")</script>'


def create_misser(term: str, count: int = 1, days_ago: int = 0) -> Misser:
    day = timezone.localdate() - timedelta(days=days_ago)
    return Misser.objects.create(term=term, dag=day, aantal=count)


def found_titles(zoek: str) -> list[str]:
    """Titles that a visitor finds."""
    return [blauwdruk.titel for blauwdruk in Client().get("/blauwdrukken/", {"zoek": zoek}).context["blauwdrukken"]]


def fetch_html(client: Any, url: str, **query: Any) -> str:
    response = client.get(url, query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def log_in_editor(client: Any) -> Any:
    """Log in somebody who has the back office and these rights only."""

    def log_in(*permissions: str) -> Any:
        user = User.objects.create_user("redacteur", password="geheim")
        user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *permissions]))
        client.force_login(user)
        return client

    return log_in


# Synonyms


def test_the_list_of_synonyms_shows_and_finds_the_words_joined(editor_client: Any) -> None:
    Synoniem.objects.create(woorden="bakfiets\nvrachtfiets")
    assert "bakfiets = vrachtfiets" in fetch_html(editor_client, SYNONIEMEN, q="vracht")
    assert "bakfiets" not in fetch_html(editor_client, SYNONIEMEN, q="niets van dit alles")


def test_a_synonym_can_be_added_changed_and_deleted(editor_client: Any) -> None:
    assert "Schrijf op elke regel één woord of woordgroep." in fetch_html(editor_client, f"{SYNONIEMEN}add/")
    editor_client.post(f"{SYNONIEMEN}add/", {"woorden": "bakfiets\r\nvrachtfiets"})
    synoniem = Synoniem.objects.get(woorden="bakfiets\nvrachtfiets")
    send_change(editor_client, f"{SYNONIEMEN}edit/{synoniem.pk}/", {"woorden": "bakfiets\r\ncargobike"})
    synoniem.refresh_from_db()
    assert str(synoniem) == "bakfiets = cargobike"
    editor_client.post(f"{SYNONIEMEN}delete/{synoniem.pk}/")
    assert not Synoniem.objects.filter(pk=synoniem.pk).exists()


def test_lines_are_tidied_and_double_ones_dropped(editor_client: Any) -> None:
    editor_client.post(f"{SYNONIEMEN}add/", {"woorden": " Enquête \r\n\r\nenquete\r\nBIJ   elkaar\r\nbij elkaar\r\n"})
    assert Synoniem.objects.latest("pk").woorden == "Enquête\nBIJ elkaar"


@pytest.mark.parametrize("words", ["bakfiets", "bakfiets\r\n\r\n", "bakfiets\r\n Bakfiets ", "é\r\ne\r\nE"])
def test_one_word_is_not_a_synonym(editor_client: Any, words: str) -> None:
    count = Synoniem.objects.count()
    html = editor_client.post(f"{SYNONIEMEN}add/", {"woorden": words}).content.decode()
    assert "Schrijf minstens twee verschillende woorden op, elk op een eigen regel." in html
    assert Synoniem.objects.count() == count


@pytest.mark.parametrize("words", ["", "  \r\n ", "a\x00b\r\nc"])
def test_an_empty_or_unreadable_synonym_is_refused_in_dutch(editor_client: Any, words: str) -> None:
    count = Synoniem.objects.count()
    html = editor_client.post(f"{SYNONIEMEN}add/", {"woorden": words}).content.decode()
    assert "Dit is een verplicht veld." in html or "Null-tekens zijn niet toegestaan." in html
    assert "minstens twee" not in html
    assert Synoniem.objects.count() == count


def test_the_add_screen_takes_the_first_line_from_the_address(editor_client: Any) -> None:
    html = fetch_html(editor_client, f"{SYNONIEMEN}add/", woorden="leerwerk baan")
    assert ">\nleerwerk baan\n</textarea>" in html


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (HOSTILE, "&quot;&gt;&lt;/textarea&gt;&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"),
        ("een\r\ntwee\x00\u2028drie\u202e", "een twee drie"),
        ("{{ settings.SECRET_KEY }}", "{{ settings.SECRET_KEY }}"),
        ("a" * 5000, "a" * 80),
    ],
)
def test_a_hostile_first_line_stays_text_on_one_short_line(editor_client: Any, words: str, line: str) -> None:
    assert f">\n{line}\n</textarea>" in fetch_html(editor_client, f"{SYNONIEMEN}add/", woorden=words)


@pytest.mark.parametrize("address", [f"{SYNONIEMEN}add/", f"{SYNONIEMEN}add/?woorden=%00%0A"])
def test_without_a_word_in_the_address_the_add_screen_is_empty(editor_client: Any, address: str) -> None:
    assert ">\n</textarea>" in fetch_html(editor_client, address)


def test_a_hostile_synonym_is_saved_and_listed_as_text(editor_client: Any) -> None:
    html = editor_client.post(f"{SYNONIEMEN}add/", {"woorden": f"{HOSTILE}\r\nniets"}, follow=True).content.decode()
    assert Synoniem.objects.filter(woorden=f"{HOSTILE}\nniets").exists()
    assert "&lt;script&gt;alert(" in html
    assert "<script>alert(" not in html


def test_a_new_synonym_works_on_the_public_search_at_once(editor_client: Any) -> None:
    assert found_titles(MADE_UP) == []
    editor_client.post(f"{SYNONIEMEN}add/", {"woorden": f"{MADE_UP}\r\nbioscoop"})
    assert CINEMA in found_titles(MADE_UP)


def test_a_changed_or_deleted_synonym_works_on_the_public_search_at_once(editor_client: Any) -> None:
    synoniem = Synoniem.objects.create(woorden=f"{MADE_UP}\nbioscoop")
    assert CINEMA in found_titles(MADE_UP)
    send_change(editor_client, f"{SYNONIEMEN}edit/{synoniem.pk}/", {"woorden": "heelandersom\r\nbioscoop"})
    assert found_titles(MADE_UP) == []
    assert CINEMA in found_titles("heelandersom")
    editor_client.post(f"{SYNONIEMEN}delete/{synoniem.pk}/")
    assert found_titles("heelandersom") == []


# Terms


def test_terms_are_listed_found_and_changed_with_their_synonyms(editor_client: Any) -> None:
    begrip = Begrip.objects.exclude(voluit="").first()
    assert begrip
    html = fetch_html(editor_client, BEGRIPPEN, q=begrip.term)
    assert begrip.term in html
    assert begrip.voluit in html
    fields = {"term": begrip.term, "slug": begrip.slug, "voluit": begrip.voluit, "uitleg": begrip.uitleg}
    send_change(editor_client, f"{BEGRIPPEN}edit/{begrip.pk}/", fields | {"synoniemen": MADE_UP})
    begrip.refresh_from_db()
    assert begrip.synoniemen == MADE_UP


def test_no_copy_screen_can_overwrite_a_synonym_or_term(editor_client: Any) -> None:
    for listing, model in ((SYNONIEMEN, Synoniem), (BEGRIPPEN, Begrip)):
        last, before = model._default_manager.latest("pk"), list(model._default_manager.values())
        url = f"{listing}copy/{last.pk}/"
        fields = {"woorden": "een\ntwee", "term": "Anders", "slug": "anders", "uitleg": "Anders."}
        assert [editor_client.get(url).status_code, editor_client.post(url, fields).status_code] == [404, 404]
        assert list(model._default_manager.values()) == before


# Searches without result


def test_terms_are_added_up_over_the_last_90_days_with_most_searched_first(editor_client: Any) -> None:
    create_misser("zelden", 2)
    create_misser("vaak", 3, days_ago=1)
    create_misser("vaak", 4, days_ago=89)
    create_misser("vaak", 100, days_ago=90)
    create_misser("te lang geleden", 9, days_ago=90)
    rows = editor_client.get(MISSERS).context["object_list"]
    yesterday = timezone.localdate() - timedelta(days=1)
    assert [(row["term"], row["totaal"]) for row in rows] == [("vaak", 7), ("zelden", 2)]
    assert rows[0]["laatste"] == yesterday


def test_the_list_has_50_terms_a_page(editor_client: Any) -> None:
    Misser.objects.bulk_create(Misser(term=f"woord{i:03}", dag=timezone.localdate(), aantal=200 - i) for i in range(51))
    first, second = fetch_html(editor_client, MISSERS), fetch_html(editor_client, MISSERS, p=2)
    assert "woord049" in first
    assert "woord050" not in first
    assert "woord050" in second
    for foreign in ("0", "99999999999999999999", "x", "\x00"):
        assert editor_client.get(MISSERS, {"p": foreign}).status_code == 200


def test_the_list_takes_as_many_queries_for_many_terms_as_for_one(editor_client: Any) -> None:
    create_misser("een")
    fetch_html(editor_client, MISSERS)
    with CaptureQueriesContext(
        connection,
    ) as one:
        fetch_html(editor_client, MISSERS)
    for i in range(60):
        create_misser(f"woord{i}")
    with CaptureQueriesContext(connection) as many:
        fetch_html(editor_client, MISSERS)
    assert len(many) == len(one)


def test_an_empty_list_says_so(editor_client: Any) -> None:
    assert "Hier is nu niets te doen." in fetch_html(editor_client, MISSERS)


def test_each_term_leads_to_a_new_synonym_and_to_the_public_search(editor_client: Any) -> None:
    create_misser("leren & werken")
    html = fetch_html(editor_client, MISSERS)
    assert f'href="{SYNONIEMEN}add/?woorden=leren%20%26%20werken"' in html
    assert 'href="/blauwdrukken/?zoek=leren%20%26%20werken"' in html
    assert ">\nleren &amp; werken\n</textarea>" in fetch_html(
        editor_client, f"{SYNONIEMEN}add/?woorden=leren%20%26%20werken"
    )


def test_a_hostile_term_is_shown_as_text_in_list_panel_and_message(editor_client: Any) -> None:
    misser = create_misser(HOSTILE)
    cleared = editor_client.post(f"{MISSERS}wis/{misser.pk}/", follow=True).content.decode()
    create_misser(HOSTILE)
    for html in (cleared, fetch_html(editor_client, MISSERS), fetch_html(editor_client, "/beheer/")):
        assert "&lt;script&gt;alert(" in html
        assert "<script>alert(" not in html


def test_a_term_can_be_wiped_on_all_its_days_by_post_only(editor_client: Any) -> None:
    misser, _, _ = create_misser("weg"), create_misser("weg", days_ago=3), create_misser("blijft")
    assert editor_client.get(f"{MISSERS}wis/{misser.pk}/").status_code == 405
    response = editor_client.post(f"{MISSERS}wis/{misser.pk}/", {"next": f"{MISSERS}?p=2"})
    assert response["Location"] == f"{MISSERS}?p=2"
    assert [m.term for m in Misser.objects.all()] == ["blijft"]
    assert "De zoekopdracht ‘weg’ is gewist." in fetch_html(editor_client, MISSERS)


@pytest.mark.parametrize("pk", ["0", "999999999", "9" * 30])
def test_wiping_what_is_not_there_gives_not_found(editor_client: Any, pk: str) -> None:
    create_misser("blijft")
    assert editor_client.post(f"{MISSERS}wis/{pk}/").status_code == 404
    assert Misser.objects.get().term == "blijft"


def test_wiping_does_not_lead_to_another_site(editor_client: Any) -> None:
    response = editor_client.post(f"{MISSERS}wis/{create_misser('weg').pk}/", {"next": "https://elders.example/"})
    assert response["Location"] == MISSERS


def test_wiping_needs_the_token_of_the_form() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.create_superuser("streng", password="geheim"))
    misser = create_misser("blijft")
    assert strict.post(f"{MISSERS}wis/{misser.pk}/").status_code == 403
    assert Misser.objects.filter(pk=misser.pk).exists()


# The start screen and the menu


def test_the_start_screen_shows_the_five_most_searched_of_the_last_30_days(editor_client: Any) -> None:
    for i in range(6):
        create_misser(f"woord{i}", 10 - i, days_ago=29)
    create_misser("te lang geleden", 99, days_ago=30)
    html = fetch_html(editor_client, "/beheer/")
    assert html.index("woord0") < html.index("woord4")
    assert "woord5" not in html
    assert "te lang geleden" not in html
    assert f'href="{MISSERS}"' in html


def test_the_start_screen_has_no_panel_when_there_is_nothing_to_tell(editor_client: Any) -> None:
    create_misser("te lang geleden", days_ago=30)
    assert "Bekijk alle zoekopdrachten" not in fetch_html(editor_client, "/beheer/")


def test_the_menu_has_a_group_for_search(editor_client: Any) -> None:
    html = fetch_html(editor_client, "/beheer/")
    for url in (SYNONIEMEN, BEGRIPPEN, MISSERS):
        assert f'"{url}"' in html


# Who may see it


@pytest.mark.parametrize("address", [SYNONIEMEN, f"{SYNONIEMEN}add/", BEGRIPPEN, MISSERS])
def test_a_visitor_is_asked_to_log_in(client: Client, address: str) -> None:
    assert client.get(address)["Location"].startswith("/beheer/login/")


def test_a_visitor_cannot_wipe_a_term(client: Client) -> None:
    misser = create_misser("blijft")
    assert client.post(f"{MISSERS}wis/{misser.pk}/")["Location"].startswith("/beheer/login/")
    assert Misser.objects.filter(pk=misser.pk).exists()


def test_somebody_without_the_right_to_synonyms_sees_no_searches_and_wipes_none(log_in_editor: Any) -> None:
    client, misser = (
        log_in_editor("change_blauwdruk", "change_begrip", "view_misser", "delete_misser"),
        create_misser("geheim woord"),
    )
    for response in (client.get(MISSERS), client.post(f"{MISSERS}wis/{misser.pk}/"), client.get(SYNONIEMEN)):
        assert response["Location"] == "/beheer/"
    html = fetch_html(client, "/beheer/")
    assert "geheim woord" not in html
    assert f'"{MISSERS}"' not in html
    assert Misser.objects.filter(pk=misser.pk).exists()


@pytest.mark.parametrize("permission", ["change_synoniem", "add_synoniem"])
def test_who_may_make_synonyms_sees_the_searches(log_in_editor: Any, permission: str) -> None:
    client = log_in_editor(permission)
    create_misser("een woord")
    assert "een woord" in fetch_html(client, "/beheer/")
    assert ("Maak synoniem" in fetch_html(client, MISSERS)) == (permission == "add_synoniem")


# What is counted


def counted() -> list[Misser]:
    """Rows of the searches, once they are written."""
    tally.flush()
    return list(Misser.objects.all())


def test_a_search_without_result_is_counted_once_a_request_with_only_term_and_day(client: Client) -> None:
    for _ in range(2):
        fetch_html(client, "/blauwdrukken/", zoek=MADE_UP.upper())
    assert [field.name for field in Misser._meta.get_fields()] == ["id", "term", "dag", "aantal"]
    assert [(row.term, row.dag, row.aantal) for row in counted()] == [(MADE_UP, timezone.localdate(), 2)]


def test_a_search_with_result_is_not_counted(client: Client) -> None:
    fetch_html(client, "/blauwdrukken/", zoek="bioscoop")
    fetch_html(client, "/blauwdrukken/")
    assert counted() == []


def test_only_the_first_page_of_a_search_counts(client: Client, create_blauwdruk: Any) -> None:
    for _ in range(21):
        create_blauwdruk(doel="<p>Hierin staat wiebelwoord.</p>")
    for page in ("2", "1"):
        fetch_html(client, "/blauwdrukken/", zoek=f"wiebelwoord {MADE_UP}", pagina=page)
    assert [row.aantal for row in counted()] == [1]


@pytest.mark.parametrize("zoek", [f"{MADE_UP}@voorbeeld.nl", f"{MADE_UP} 06-12345678", f"{MADE_UP} 123456"])
def test_what_may_point_to_a_person_is_not_kept(client: Client, zoek: str) -> None:
    fetch_html(client, "/blauwdrukken/", zoek=zoek)
    assert counted() == []


def test_a_long_search_is_kept_in_80_characters(client: Client) -> None:
    fetch_html(client, "/blauwdrukken/", zoek="xqzv" * 100)
    assert [row.term for row in counted()] == ["xqzv" * 20]


def test_a_day_has_room_for_so_many_terms_and_those_go_on(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("blauwdrukken.models.search.MAX_MISSERS_PER_DAY", 1)
    for zoek in (MADE_UP, "xqzv", MADE_UP):
        fetch_html(client, "/blauwdrukken/", zoek=zoek)
    assert [(row.term, row.aantal) for row in counted()] == [(MADE_UP, 2)]
