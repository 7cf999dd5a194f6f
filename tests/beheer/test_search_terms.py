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
from kennisbank.models import User
from tests.beheer.people import wijzig

SYNONIEMEN = "/beheer/snippets/blauwdrukken/synoniem/"
BEGRIPPEN = "/beheer/snippets/blauwdrukken/begrip/"
MISSERS = "/beheer/zoekopdrachten/"
VERZONNEN = "kwibusplof"
BIOSCOOP = "Drive-in bioscoop"
VIJANDIG = '"></textarea><script>alert("x")</script>'


def mis(term: str, aantal: int = 1, dagen_geleden: int = 0) -> Misser:
    dag = timezone.localdate() - timedelta(days=dagen_geleden)
    return Misser.objects.create(term=term, dag=dag, aantal=aantal)


def gevonden(zoek: str) -> list[str]:
    """Titles that a visitor finds."""
    return [blauwdruk.titel for blauwdruk in Client().get("/blauwdrukken/", {"zoek": zoek}).context["blauwdrukken"]]


def inhoud(client: Any, adres: str, **vraag: Any) -> str:
    antwoord = client.get(adres, vraag)
    assert antwoord.status_code == 200
    return antwoord.content.decode()


@pytest.fixture
def redacteur(client: Any) -> Any:
    """Log in somebody who has the back office and these rights only."""

    def log_in(*rechten: str) -> Any:
        user = User.objects.create_user("redacteur", password="geheim")
        user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *rechten]))
        client.force_login(user)
        return client

    return log_in


# Synonyms


def test_the_list_of_synonyms_shows_and_finds_the_words_joined(redactie: Any) -> None:
    Synoniem.objects.create(woorden="bakfiets\nvrachtfiets")
    assert "bakfiets = vrachtfiets" in inhoud(redactie, SYNONIEMEN, q="vracht")
    assert "bakfiets" not in inhoud(redactie, SYNONIEMEN, q="niets van dit alles")


def test_a_synonym_can_be_added_changed_and_deleted(redactie: Any) -> None:
    assert "Schrijf op elke regel één woord of woordgroep." in inhoud(redactie, f"{SYNONIEMEN}add/")
    redactie.post(f"{SYNONIEMEN}add/", {"woorden": "bakfiets\r\nvrachtfiets"})
    synoniem = Synoniem.objects.get(woorden="bakfiets\nvrachtfiets")
    wijzig(redactie, f"{SYNONIEMEN}edit/{synoniem.pk}/", {"woorden": "bakfiets\r\ncargobike"})
    synoniem.refresh_from_db()
    assert str(synoniem) == "bakfiets = cargobike"
    redactie.post(f"{SYNONIEMEN}delete/{synoniem.pk}/")
    assert not Synoniem.objects.filter(pk=synoniem.pk).exists()


def test_lines_are_tidied_and_double_ones_dropped(redactie: Any) -> None:
    redactie.post(f"{SYNONIEMEN}add/", {"woorden": " Enquête \r\n\r\nenquete\r\nBIJ   elkaar\r\nbij elkaar\r\n"})
    assert Synoniem.objects.latest("pk").woorden == "Enquête\nBIJ elkaar"


@pytest.mark.parametrize("woorden", ["bakfiets", "bakfiets\r\n\r\n", "bakfiets\r\n Bakfiets ", "é\r\ne\r\nE"])
def test_one_word_is_not_a_synonym(redactie: Any, woorden: str) -> None:
    aantal = Synoniem.objects.count()
    html = redactie.post(f"{SYNONIEMEN}add/", {"woorden": woorden}).content.decode()
    assert "Schrijf minstens twee verschillende woorden op, elk op een eigen regel." in html
    assert Synoniem.objects.count() == aantal


@pytest.mark.parametrize("woorden", ["", "  \r\n ", "a\x00b\r\nc"])
def test_an_empty_or_unreadable_synonym_is_refused_in_dutch(redactie: Any, woorden: str) -> None:
    aantal = Synoniem.objects.count()
    html = redactie.post(f"{SYNONIEMEN}add/", {"woorden": woorden}).content.decode()
    assert "Dit is een verplicht veld." in html or "Null-tekens zijn niet toegestaan." in html
    assert "minstens twee" not in html
    assert Synoniem.objects.count() == aantal


def test_the_add_screen_takes_the_first_line_from_the_address(redactie: Any) -> None:
    html = inhoud(redactie, f"{SYNONIEMEN}add/", woorden="leerwerk baan")
    assert ">\nleerwerk baan\n</textarea>" in html


@pytest.mark.parametrize(
    ("woorden", "regel"),
    [
        (VIJANDIG, "&quot;&gt;&lt;/textarea&gt;&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"),
        ("een\r\ntwee\x00\u2028drie\u202e", "een twee drie"),
        ("{{ settings.SECRET_KEY }}", "{{ settings.SECRET_KEY }}"),
        ("a" * 5000, "a" * 80),
    ],
)
def test_a_hostile_first_line_stays_text_on_one_short_line(redactie: Any, woorden: str, regel: str) -> None:
    assert f">\n{regel}\n</textarea>" in inhoud(redactie, f"{SYNONIEMEN}add/", woorden=woorden)


@pytest.mark.parametrize("adres", [f"{SYNONIEMEN}add/", f"{SYNONIEMEN}add/?woorden=%00%0A"])
def test_without_a_word_in_the_address_the_add_screen_is_empty(redactie: Any, adres: str) -> None:
    assert ">\n</textarea>" in inhoud(redactie, adres)


def test_a_hostile_synonym_is_saved_and_listed_as_text(redactie: Any) -> None:
    html = redactie.post(f"{SYNONIEMEN}add/", {"woorden": f"{VIJANDIG}\r\nniets"}, follow=True).content.decode()
    assert Synoniem.objects.filter(woorden=f"{VIJANDIG}\nniets").exists()
    assert "&lt;script&gt;alert(" in html
    assert "<script>alert(" not in html


def test_a_new_synonym_works_on_the_public_search_at_once(redactie: Any) -> None:
    assert gevonden(VERZONNEN) == []
    redactie.post(f"{SYNONIEMEN}add/", {"woorden": f"{VERZONNEN}\r\nbioscoop"})
    assert BIOSCOOP in gevonden(VERZONNEN)


def test_a_changed_or_deleted_synonym_works_on_the_public_search_at_once(redactie: Any) -> None:
    synoniem = Synoniem.objects.create(woorden=f"{VERZONNEN}\nbioscoop")
    assert BIOSCOOP in gevonden(VERZONNEN)
    wijzig(redactie, f"{SYNONIEMEN}edit/{synoniem.pk}/", {"woorden": "heelandersom\r\nbioscoop"})
    assert gevonden(VERZONNEN) == []
    assert BIOSCOOP in gevonden("heelandersom")
    redactie.post(f"{SYNONIEMEN}delete/{synoniem.pk}/")
    assert gevonden("heelandersom") == []


# Terms


def test_terms_are_listed_found_and_changed_with_their_synonyms(redactie: Any) -> None:
    begrip = Begrip.objects.exclude(voluit="").first()
    assert begrip
    html = inhoud(redactie, BEGRIPPEN, q=begrip.term)
    assert begrip.term in html
    assert begrip.voluit in html
    velden = {"term": begrip.term, "slug": begrip.slug, "voluit": begrip.voluit, "uitleg": begrip.uitleg}
    wijzig(redactie, f"{BEGRIPPEN}edit/{begrip.pk}/", velden | {"synoniemen": VERZONNEN})
    begrip.refresh_from_db()
    assert begrip.synoniemen == VERZONNEN


def test_no_copy_screen_can_overwrite_a_synonym_or_term(redactie: Any) -> None:
    for lijst, model in ((SYNONIEMEN, Synoniem), (BEGRIPPEN, Begrip)):
        assert redactie.get(f"{lijst}copy/{model._default_manager.latest('pk').pk}/").status_code == 404


# Searches without result


def test_terms_are_added_up_over_the_last_90_days_with_most_searched_first(redactie: Any) -> None:
    mis("zelden", 2)
    mis("vaak", 3, dagen_geleden=1)
    mis("vaak", 4, dagen_geleden=89)
    mis("vaak", 100, dagen_geleden=90)
    mis("te lang geleden", 9, dagen_geleden=90)
    rijen = redactie.get(MISSERS).context["object_list"]
    gisteren = timezone.localdate() - timedelta(days=1)
    assert [(rij["term"], rij["totaal"]) for rij in rijen] == [("vaak", 7), ("zelden", 2)]
    assert rijen[0]["laatste"] == gisteren


def test_the_list_has_50_terms_a_page(redactie: Any) -> None:
    Misser.objects.bulk_create(Misser(term=f"woord{i:03}", dag=timezone.localdate(), aantal=200 - i) for i in range(51))
    eerste, tweede = inhoud(redactie, MISSERS), inhoud(redactie, MISSERS, p=2)
    assert "woord049" in eerste
    assert "woord050" not in eerste
    assert "woord050" in tweede
    for vreemd in ("0", "99999999999999999999", "x", "\x00"):
        assert redactie.get(MISSERS, {"p": vreemd}).status_code == 200


def test_the_list_takes_as_many_queries_for_many_terms_as_for_one(redactie: Any) -> None:
    mis("een")
    inhoud(redactie, MISSERS)
    with CaptureQueriesContext(
        connection,
    ) as een:
        inhoud(redactie, MISSERS)
    for i in range(60):
        mis(f"woord{i}")
    with CaptureQueriesContext(connection) as veel:
        inhoud(redactie, MISSERS)
    assert len(veel) == len(een)


def test_an_empty_list_says_so(redactie: Any) -> None:
    assert "Hier is nu niets te doen." in inhoud(redactie, MISSERS)


def test_each_term_leads_to_a_new_synonym_and_to_the_public_search(redactie: Any) -> None:
    mis("leren & werken")
    html = inhoud(redactie, MISSERS)
    assert f'href="{SYNONIEMEN}add/?woorden=leren%20%26%20werken"' in html
    assert 'href="/blauwdrukken/?zoek=leren%20%26%20werken"' in html
    assert ">\nleren &amp; werken\n</textarea>" in inhoud(redactie, f"{SYNONIEMEN}add/?woorden=leren%20%26%20werken")


def test_a_hostile_term_is_shown_as_text_in_list_panel_and_message(redactie: Any) -> None:
    misser = mis(VIJANDIG)
    wis = redactie.post(f"{MISSERS}wis/{misser.pk}/", follow=True).content.decode()
    mis(VIJANDIG)
    for html in (wis, inhoud(redactie, MISSERS), inhoud(redactie, "/beheer/")):
        assert "&lt;script&gt;alert(" in html
        assert "<script>alert(" not in html


def test_a_term_can_be_wiped_on_all_its_days_by_post_only(redactie: Any) -> None:
    misser, _, _ = mis("weg"), mis("weg", dagen_geleden=3), mis("blijft")
    assert redactie.get(f"{MISSERS}wis/{misser.pk}/").status_code == 405
    antwoord = redactie.post(f"{MISSERS}wis/{misser.pk}/", {"next": f"{MISSERS}?p=2"})
    assert antwoord["Location"] == f"{MISSERS}?p=2"
    assert [m.term for m in Misser.objects.all()] == ["blijft"]
    assert "De zoekopdracht ‘weg’ is gewist." in inhoud(redactie, MISSERS)


@pytest.mark.parametrize("pk", ["0", "999999999", "9" * 30])
def test_wiping_what_is_not_there_gives_not_found(redactie: Any, pk: str) -> None:
    assert redactie.post(f"{MISSERS}wis/{pk}/").status_code == 404


def test_wiping_does_not_lead_to_another_site(redactie: Any) -> None:
    antwoord = redactie.post(f"{MISSERS}wis/{mis('weg').pk}/", {"next": "https://elders.example/"})
    assert antwoord["Location"] == MISSERS


def test_wiping_needs_the_token_of_the_form() -> None:
    streng = Client(enforce_csrf_checks=True)
    streng.force_login(User.objects.create_superuser("streng", password="geheim"))
    misser = mis("blijft")
    assert streng.post(f"{MISSERS}wis/{misser.pk}/").status_code == 403
    assert Misser.objects.filter(pk=misser.pk).exists()


# The start screen and the menu


def test_the_start_screen_shows_the_five_most_searched_of_the_last_30_days(redactie: Any) -> None:
    for i in range(6):
        mis(f"woord{i}", 10 - i, dagen_geleden=29)
    mis("te lang geleden", 99, dagen_geleden=30)
    html = inhoud(redactie, "/beheer/")
    assert html.index("woord0") < html.index("woord4")
    assert "woord5" not in html
    assert "te lang geleden" not in html
    assert f'href="{MISSERS}"' in html


def test_the_start_screen_has_no_panel_when_there_is_nothing_to_tell(redactie: Any) -> None:
    mis("te lang geleden", dagen_geleden=30)
    assert "Bekijk alle zoekopdrachten" not in inhoud(redactie, "/beheer/")


def test_the_menu_has_a_group_for_search(redactie: Any) -> None:
    html = inhoud(redactie, "/beheer/")
    for adres in (SYNONIEMEN, BEGRIPPEN, MISSERS):
        assert f'"{adres}"' in html


# Who may see it


@pytest.mark.parametrize("adres", [SYNONIEMEN, f"{SYNONIEMEN}add/", BEGRIPPEN, MISSERS])
def test_a_visitor_is_asked_to_log_in(client: Client, adres: str) -> None:
    assert client.get(adres)["Location"].startswith("/beheer/login/")


def test_a_visitor_cannot_wipe_a_term(client: Client) -> None:
    misser = mis("blijft")
    assert client.post(f"{MISSERS}wis/{misser.pk}/")["Location"].startswith("/beheer/login/")
    assert Misser.objects.filter(pk=misser.pk).exists()


def test_somebody_without_the_right_to_synonyms_sees_no_searches_and_wipes_none(redacteur: Any) -> None:
    client, misser = redacteur("change_blauwdruk", "change_begrip", "view_misser", "delete_misser"), mis("geheim woord")
    for antwoord in (client.get(MISSERS), client.post(f"{MISSERS}wis/{misser.pk}/"), client.get(SYNONIEMEN)):
        assert antwoord["Location"] == "/beheer/"
    html = inhoud(client, "/beheer/")
    assert "geheim woord" not in html
    assert f'"{MISSERS}"' not in html
    assert Misser.objects.filter(pk=misser.pk).exists()


@pytest.mark.parametrize("recht", ["change_synoniem", "add_synoniem"])
def test_who_may_make_synonyms_sees_the_searches(redacteur: Any, recht: str) -> None:
    client = redacteur(recht)
    mis("een woord")
    assert "een woord" in inhoud(client, "/beheer/")
    assert ("Maak synoniem" in inhoud(client, MISSERS)) == (recht == "add_synoniem")


# What is counted


def test_a_search_without_result_is_counted_once_a_request_with_only_term_and_day(client: Client) -> None:
    for _ in range(2):
        inhoud(client, "/blauwdrukken/", zoek=VERZONNEN.upper())
    assert [veld.name for veld in Misser._meta.get_fields()] == ["id", "term", "dag", "aantal"]
    assert list(Misser.objects.values_list("term", "dag", "aantal")) == [(VERZONNEN, timezone.localdate(), 2)]


def test_a_search_with_result_is_not_counted(client: Client) -> None:
    inhoud(client, "/blauwdrukken/", zoek="bioscoop")
    inhoud(client, "/blauwdrukken/")
    assert not Misser.objects.exists()


def test_only_the_first_page_of_a_search_counts(client: Client, maak_blauwdruk: Any) -> None:
    for _ in range(21):
        maak_blauwdruk(doel="<p>Hierin staat wiebelwoord.</p>")
    for pagina in ("2", "1"):
        inhoud(client, "/blauwdrukken/", zoek=f"wiebelwoord {VERZONNEN}", pagina=pagina)
    assert Misser.objects.get().aantal == 1


@pytest.mark.parametrize("zoek", [f"{VERZONNEN}@voorbeeld.nl", f"{VERZONNEN} 06-12345678", f"{VERZONNEN} 123456"])
def test_what_may_point_to_a_person_is_not_kept(client: Client, zoek: str) -> None:
    inhoud(client, "/blauwdrukken/", zoek=zoek)
    assert not Misser.objects.exists()


def test_a_long_search_is_kept_in_80_characters(client: Client) -> None:
    inhoud(client, "/blauwdrukken/", zoek="xqzv" * 100)
    assert Misser.objects.get().term == ("xqzv" * 20)
