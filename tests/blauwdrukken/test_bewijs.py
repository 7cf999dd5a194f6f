"""How sure an approach is called follows from judgements with a ground, and is shown by one glyph everywhere."""

from __future__ import annotations

import ctypes
import json
import re
from importlib import import_module
from typing import Any

import pypdfium2
import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pypdfium2 import raw

from blauwdrukken.documents.content.document import document
from blauwdrukken.documents.formats.pdf import document as pdf_document
from blauwdrukken.models import CRITERIA, Bewijs, Blauwdruk, Onderbouwing
from blauwdrukken.models.bewijs import NEEDS_GROUND
from kennisbank.models import User
from tests.documents.samples import one_blauwdruk
from tests.doors import content_of, says

GLYPH = re.compile(r'<a class="trede"\s+href="/over/#onderbouwing">(.*?)</a>', re.DOTALL)


def filled_hexagons(html: str) -> list[tuple[int, str]]:
    """Of each glyph on a page how many hexagons are filled, and the words beside it."""
    return [
        (glyph.count('class="vol"'), " ".join(re.sub(r"<[^>]+>", " ", glyph).split()).removeprefix("Hoe zeker: "))
        for glyph in GLYPH.findall(html)
    ]


def add(blauwdruk: Blauwdruk, *rows: tuple[str, str]) -> Blauwdruk:
    """Give it judgements of these levels and grounds."""
    blauwdruk.bewijzen = [Bewijs(niveau=niveau, grond=grond) for niveau, grond in rows]
    blauwdruk.save()
    return blauwdruk


@given(rows=st.lists(st.tuples(st.sampled_from(Onderbouwing), st.booleans()), max_size=5))
def test_the_highest_level_with_a_ground_counts(rows: list[tuple[Onderbouwing, bool]]) -> None:
    blauwdruk = Blauwdruk()
    blauwdruk.bewijzen = [Bewijs(niveau=level.value, grond="Geteld" * grounded) for level, grounded in rows]
    blauwdruk.weigh()
    order = ["onbekend", "beschreven", "geevalueerd", "onafhankelijk"]
    grounded = [order.index(level.value) for level, has_ground in rows if has_ground]
    assert blauwdruk.onderbouwing == order[max(grounded, default=0)]


@pytest.mark.parametrize("niveau", ["geevalueerd", "onafhankelijk"])
def test_more_than_told_needs_a_ground_in_form_and_database(create_blauwdruk: Any, niveau: str) -> None:
    bewijs = Bewijs(blauwdruk=create_blauwdruk(), niveau=niveau, grond="  ")
    with pytest.raises(ValidationError) as caught:
        bewijs.full_clean()
    assert caught.value.message_dict == {"grond": [NEEDS_GROUND]}
    with pytest.raises(IntegrityError), transaction.atomic():
        Bewijs.objects.create(blauwdruk=bewijs.blauwdruk, niveau=niveau)
    Bewijs(blauwdruk=bewijs.blauwdruk, niveau="beschreven").full_clean()


def test_the_form_says_beside_the_field_that_the_ground_is_missing(
    secretary: User, send_edit: Any, draft: Blauwdruk
) -> None:
    row = {"id": "", "ORDER": "1", "niveau": "geevalueerd", "door": "Hogeschool Q", "datum": "zomer 2024"}
    fields = {"bewijzen-TOTAL_FORMS": 1} | {f"bewijzen-0-{name}": value for name, value in row.items()}
    html = send_edit(secretary, draft, titel="Later", **fields).content.decode()
    beside = re.split(r'id="[^"]*hoe_zeker_is_dit-0-child-grond-errors"', html)[1]
    assert NEEDS_GROUND in beside[:600]
    assert 'value="Hogeschool Q"' in html

    send_edit(secretary, draft, titel="Later", **fields | {"bewijzen-0-grond": "Verslag van 2024"})
    kept: Any = Blauwdruk.objects.get(pk=draft.pk).get_latest_revision_as_object()
    (bewijs,) = kept.bewijzen.all()
    assert (bewijs.moment, kept.onderbouwing) == ("Hogeschool Q, zomer 2024", "geevalueerd")
    kept.get_latest_revision().publish()
    assert Blauwdruk.objects.get(pk=draft.pk).onderbouwing == "geevalueerd"


@pytest.mark.parametrize("level", Onderbouwing)
def test_page_card_and_comparison_draw_the_same_glyph(client: Client, create_blauwdruk: Any, level: Any) -> None:
    blauwdruk = add(create_blauwdruk(titel="Zaagselproef"), (level.value, "Geteld"))
    expected = (level.trede, level.label)
    assert set(filled_hexagons(client.get(blauwdruk.get_absolute_url()).content.decode())) == {expected}
    assert expected in filled_hexagons(client.get("/blauwdrukken/?zoek=zaagselproef").content.decode())
    compared = client.get(f"/vergelijk/?b={blauwdruk.slug}&b=talentvol").content.decode()
    other = (1, "Beschreven door uitvoerders")
    assert filled_hexagons(compared) == ([other] if expected == other else [expected, other])


def test_who_said_it_when_and_on_what_ground_stands_in_each_output(client: Client, create_blauwdruk: Any) -> None:
    blauwdruk = create_blauwdruk(titel="Zaagselproef")
    blauwdruk.bewijzen = [
        Bewijs(niveau="geevalueerd", door="Hogeschool Q", datum="zomer 2024", grond="Van 40 bleven er 31."),
        Bewijs(niveau="onafhankelijk", grond="Twee regio's vergeleken.", link="https://voorbeeld.nl/q"),
    ]
    blauwdruk.save()
    for extension in ("", ".pdf", ".docx", ".epub", ".json"):
        content = content_of(client.get(f"/blauwdrukken/{blauwdruk.slug}{extension or '/'}"))
        for words in ("Hogeschool Q", "zomer 2024", "Van 40 bleven er 31.", "Geëvalueerd"):
            assert says(content, words) or (extension, words) == (".json", "Geëvalueerd"), (extension, words)
    (row,) = json.loads(content_of(client.get("/blauwdrukken.json?zoek=zaagselproef")))["resultaten"]
    assert row["onderbouwing"] == "onafhankelijk"
    assert [r["datum"] for r in client.get(f"/api/v1/blauwdrukken/{blauwdruk.slug}").json()["bewijzen"]] == [
        "2024-22",
        None,
    ]


def test_lists_and_feeds_say_it_in_words(client: Client, create_blauwdruk: Any) -> None:
    add(create_blauwdruk(titel="Zaagselproef"), ("geevalueerd", "Van 40 bleven er 31."))
    csv = content_of(client.get("/blauwdrukken.csv?zoek=zaagselproef")).decode()
    assert "Geëvalueerd" in csv
    assert "Geëvalueerd: Van 40 bleven er 31." in csv
    assert "Geëvalueerd. Een proefstuk." in client.get("/blauwdrukken.atom?zoek=zaagselproef").content.decode()


def filled_shapes(pdf: bytes) -> int:
    """How many shapes of the first page are filled."""
    count, mode, stroke = 0, ctypes.c_int(), ctypes.c_int()
    with pypdfium2.PdfDocument(pdf) as opened:
        for shape in opened[0].get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
            raw.FPDFPath_GetDrawMode(shape.raw, mode, stroke)
            count += mode.value != raw.FPDF_FILLMODE_NONE
    return count


def test_a_pdf_fills_as_many_hexagons_as_the_page() -> None:
    made = document(Blauwdruk.objects.get(nummer=16))
    counts = [filled_shapes(pdf_document.make(one_blauwdruk(made | {"trede": trede}))) for trede in range(4)]
    assert [count - counts[0] for count in counts] == [0, 1, 2, 3]


def test_nobody_judged_is_said_and_draws_nothing_filled(client: Client, create_blauwdruk: Any) -> None:
    blauwdruk = create_blauwdruk()
    html = client.get(blauwdruk.get_absolute_url()).content.decode()
    assert "Niemand heeft vastgelegd of deze aanpak werkt." in html
    assert set(filled_hexagons(html)) == {(0, "Onderbouwing onbekend")}


def test_the_page_that_explains_has_criteria_for_each_level(client: Client) -> None:
    html = client.get("/over/").content.decode()
    section = html.split('id="onderbouwing"')[1]
    headings = re.findall(r'<h3 class="trede">(.*?)</h3>', section, re.DOTALL)
    assert [heading.count('class="vol"') for heading in headings] == [0, 1, 2, 3]
    assert [heading.split("</svg>")[1].strip() for heading in headings] == [level.label for level in Onderbouwing]
    for criteria in CRITERIA:
        assert criteria.shown in section
    assert 'id="onderbouwing"' not in client.get("/privacy/").content.decode()


def test_no_entry_of_the_sources_is_called_evaluated_without_an_outcome_to_read() -> None:
    for nummer in (5, 12, 13, 22):
        blauwdruk = Blauwdruk.objects.get(nummer=nummer)
        levels = {bewijs.niveau for bewijs in blauwdruk.bewijzen.all()}
        assert (blauwdruk.onderbouwing, levels) == ("beschreven", {"beschreven", "onbekend"})
    for blauwdruk in Blauwdruk.objects.prefetch_related("bewijzen"):
        assert blauwdruk.bewijzen.all(), blauwdruk.titel
        assert all(bewijs.grond for bewijs in blauwdruk.bewijzen.all())


def test_an_upgrade_makes_a_judgement_of_each_level_and_each_revision(create_blauwdruk: Any) -> None:
    own, summa, unknown = create_blauwdruk(), Blauwdruk.objects.get(nummer=5), create_blauwdruk()
    for blauwdruk, before in ((own, "geevalueerd"), (summa, "geevalueerd"), (unknown, "onbekend")):
        blauwdruk.bewijzen.all().delete()
        blauwdruk.refresh_from_db()
        blauwdruk.bewijzen = []
        revision = blauwdruk.save_revision(clean=False)
        del revision.content["bewijzen"]
        revision.content["onderbouwing"] = before
        revision.save()
        Blauwdruk.objects.filter(pk=blauwdruk.pk).update(onderbouwing=before)
    import_module("blauwdrukken.migrations.0011_oordelen").judge(apps, None)
    for blauwdruk, expected in ((own, "geevalueerd"), (summa, "beschreven"), (unknown, "onbekend")):
        public = Blauwdruk.objects.get(pk=blauwdruk.pk)
        draft: Any = public.get_latest_revision_as_object()
        rows = [(row.pk, row.niveau) for row in public.bewijzen.all()]
        assert (public.onderbouwing, draft.onderbouwing) == (expected, expected)
        assert [(row.pk, row.niveau) for row in draft.bewijzen.all()] == rows
        assert [niveau for _, niveau in rows] == [expected] * (expected != "onbekend")
        public.get_latest_revision().publish()
        again = Blauwdruk.objects.get(pk=blauwdruk.pk)
        assert (again.onderbouwing, again.bewijzen.count()) == (expected, len(rows))
