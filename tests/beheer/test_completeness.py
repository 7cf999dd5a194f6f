"""How complete a blueprint is, beside its form and in its list."""

from __future__ import annotations

import json
from typing import Any

from blauwdrukken.beheer.screens.completeness import CompletenessPanel
from blauwdrukken.models import Blauwdruk, Kostenpost
from kennisbank.models import User
from tests.beheer.people import beheer, client_of, filled_in, open_form


def edit_page(user: User, entry: Any) -> str:
    return client_of(user).get(f"{beheer(entry)}edit/{entry.pk}/").content.decode()


def test_the_panel_tells_what_is_empty_and_leads_to_it(coordinator: User, draft: Blauwdruk) -> None:
    html = edit_page(coordinator, draft)
    assert "0 van de 19 onderdelen ingevuld" in html
    for anchor in (
        "id_doel-label",
        "id_kosten-ADD",
        "id_partijen-ADD",
        "id_themas",
        "id_contactorganisatie-label",
    ):
        assert f'href="#{anchor}"' in html
        assert f'id="{anchor}"' in html
    assert 'href="#id_regios"' not in html


def test_the_panel_judges_the_draft_and_not_what_is_public(secretary: User) -> None:
    blauwdruk: Any = Blauwdruk.objects.get(nummer=4)
    assert "Er staat geen doel in" not in edit_page(secretary, blauwdruk)
    blauwdruk.doel = ""
    blauwdruk.leerpunten = "<p>Tevens bellen wij het QXZ.</p>"
    blauwdruk.save_revision(user=secretary)
    html = edit_page(secretary, blauwdruk)
    assert "Er staat geen doel in" in html
    assert "‘tevens’: schrijf liever ‘ook’." in html
    assert "‘QXZ’ kent niet iedereen." in html


def test_text_in_a_hint_is_text(secretary: User, draft: Any) -> None:
    draft.doel = "<p>&lt;script&gt;alert(1)&lt;/script&gt; " + "en zo voort " * 20 + "</p>"
    draft.save_revision(user=secretary)
    html = edit_page(secretary, draft)
    assert "Lange zin" in html
    assert "<script>alert(1)" not in html


def test_a_new_blueprint_gets_an_explanation(secretary: User) -> None:
    html = client_of(secretary).get("/beheer/snippets/blauwdrukken/blauwdruk/add/").content.decode()
    assert "Een blauwdruk heeft 19 onderdelen." in html
    assert "<meter" not in html


def test_the_panel_is_renewed_when_the_text_is_kept_by_itself(coordinator: User, draft: Blauwdruk) -> None:
    client, url = client_of(coordinator), f"{beheer(draft)}edit/{draft.pk}/"
    data = filled_in(open_form(client, url)) | {"thema_anders": "x", "landelijk": "on"}
    response = json.loads(client.post(url, data, headers={"accept": "application/json"}).content)
    assert response["success"], response
    assert "0 van de 19 onderdelen ingevuld" in response["html"]


def test_the_list_tells_how_complete_each_blueprint_is_and_sorts_by_it(secretary: User) -> None:
    client, listing = client_of(secretary), "/beheer/snippets/blauwdrukken/blauwdruk/"
    assert " van 19" in client.get(listing).content.decode()
    rows = client.get(listing, {"ordering": "aantal_gevuld"}).context["object_list"]
    counts = [row.aantal_gevuld for row in rows]
    assert counts == sorted(counts)


def test_the_panel_asks_the_same_of_the_database_however_many_rows_there_are(
    rf: Any, django_assert_num_queries: Any
) -> None:
    blauwdruk = Blauwdruk.objects.get(nummer=4)
    for count in (1, 30):
        blauwdruk.kosten = [Kostenpost(omschrijving=f"Post {nummer}") for nummer in range(count)]
        blauwdruk.save_revision()
        draft = blauwdruk.get_latest_revision_as_object()
        with django_assert_num_queries(2):  # terms and themes
            assert CompletenessPanel(draft, rf.get("/")).completeness
