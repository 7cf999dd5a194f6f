"""Terms: short, in plain Dutch, linked from where they stand, and marked where the site does not use them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client

from blauwdrukken.models import Begrip
from blauwdrukken.text.readability import SENTENCE_BREAK

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
NO_TEXT = {"slug", "url", "link", "website", "film_url"}


def texts(value: Any) -> Iterator[str]:
    """All that the content files let a reader read."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for name, part in value.items() if name not in NO_TEXT for text in texts(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in texts(part))


def occurs(begrip: Begrip, everything: str) -> bool:
    case = 0 if begrip.is_abbreviation else re.IGNORECASE
    names = [rf"(?<![\w&]){re.escape(term)}(?:e?[sn])?(?![a-z&])" for term in begrip.term.split(" / ")]
    names += [rf"(?i:{re.escape(begrip.voluit)})"] if begrip.voluit else []
    return any(re.search(name, everything, case) for name in names)


def test_a_term_says_that_it_is_of_the_field_only_where_no_text_has_it() -> None:
    files = [file for file in FIXTURES.rglob("*.yaml") if file.stem not in {"begrippen", "synoniemen", "regios"}]
    everything = "\n".join(text for file in files for text in texts(yaml.safe_load(file.read_text())))
    marked = {begrip.term for begrip in Begrip.objects.filter(uit_het_vak=True)}
    assert marked == {begrip.term for begrip in Begrip.objects.all() if not occurs(begrip, everything)}


def test_explanations_are_short_sentences() -> None:
    for begrip in Begrip.objects.all():
        sentences = SENTENCE_BREAK.split(begrip.uitleg)
        assert len(sentences) <= 4, begrip.term
        assert max(len(sentence.split()) for sentence in sentences) <= 25, begrip.term
        assert ";" not in begrip.uitleg, begrip.term


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("/programmas/werkagenda-noord-holland/", "purpose-case"),
        ("/projecten/gecombineerde-lectoraten-en-practoraten/", "practoraat"),
        ("/verhalen/terugkijken-op-perspectief-op-werk/", "hallowerk"),
        ("/verhalen/drie-regisseurs-over-wat-werkgevers-nodig-hebben/", "krapte"),
        ("/blauwdrukken/sociaal-uitzendbureau/", "ipw"),
    ],
)
def test_a_term_is_linked_from_where_it_stands(client: Client, url: str, slug: str) -> None:
    assert client.get(url).content.decode().count(f'class="begrip" href="/begrippen/#{slug}"') == 1
    assert f'id="{slug}"' in client.get("/begrippen/").content.decode()


def test_the_page_marks_what_the_site_does_not_use(client: Client) -> None:
    html = client.get("/begrippen/").content.decode()
    assert "Uit het vak." in html.split('id="nugger"')[1].split("</dd>")[0]
    assert "Uit het vak." not in html.split('id="wsp"')[1].split("</dd>")[0]


def test_terms_stand_by_their_letter_whatever_their_case(client: Client) -> None:
    Begrip.objects.all().delete()
    for term in ("mkb", "Matching", "Élan", "50-plus", "etos"):
        Begrip.objects.create(term=term, slug=term.lower().replace("é", "e"), uitleg="Uitleg.")
    html = client.get("/begrippen/").content.decode()
    found = re.findall(r'<h2 id="letter-([^"]+)"|<dt>([^<]+)</dt>', html)
    in_order = [letter or term for letter, term in found]
    assert in_order == ["0-9", "50-plus", "e", "Élan", "etos", "m", "Matching", "mkb"]
    assert all(f'href="#letter-{letter}"' in html for letter in ("0-9", "e", "m"))
