from __future__ import annotations

import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from blauwdrukken.text.clean import safe_url, sanitize

pytestmark = pytest.mark.once


@given(text=st.text(alphabet=st.characters(), max_size=50))
def test_every_cleaned_text_fits_in_xml_and_loses_only_what_does_not(text: str) -> None:
    element = etree.Element("x")
    element.text = sanitize(text)
    assert etree.fromstring(etree.tostring(element, encoding="utf-8")).text or not sanitize(text)
    assert "".join(character for character in text if character >= " " and character.isprintable()) == "".join(
        character for character in sanitize(text) if character >= " " and character.isprintable()
    )


def test_data_is_cleaned_to_its_depths() -> None:
    assert sanitize({"a": ["b\x00", {"c": ("d\x0b", 1, None, True)}]}) == {"a": ["b", {"c": ["d", 1, None, True]}]}


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://www.uwv.nl/a?b=c&d=e#f", "https://www.uwv.nl/a?b=c&d=e#f"),
        (" http://x.nl ", "http://x.nl"),
        ("https://café.nl:8080/é é", "https://xn--caf-dma.nl:8080/%C3%A9%20%C3%A9"),
        ("https://x.nl/al%20goed", "https://x.nl/al%20goed"),
        ("mailto:info@voorbeeld.nl?subject=Hallo daar", "mailto:info@voorbeeld.nl?subject=Hallo%20daar"),
        ("http://127.0.0.1:8000/b/4", "http://127.0.0.1:8000/b/4"),
    ],
)
def test_an_address_becomes_one_that_every_format_can_hold(typed: str, address: str) -> None:
    assert safe_url(typed) == address


@pytest.mark.parametrize(
    "address",
    [
        *("", "x", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://", "http://[stuk"),
        *("http://a b/", "http://x.nl:poort/", "//x.nl/", "/pad", "http://..nl", "\\\\server\\map"),
        "http://" + "a" * 70 + ".nl",
    ],
)
def test_what_is_no_address_to_follow_gives_no_link(address: str) -> None:
    assert safe_url(address) == ""


@given(address=st.text(max_size=40) | st.from_regex(r"https?://\S+.*", fullmatch=True))
def test_an_odd_address_is_either_no_link_or_one_in_plain_letters(address: str) -> None:
    safe = safe_url(address)
    assert safe.isascii()
    assert not safe or urlsplit(safe).scheme in {"http", "https", "mailto"}
    assert not set(safe) & set(' <>"{}|\\^`\n\t')


def test_the_makers_need_neither_django_nor_a_database() -> None:
    makers = ", ".join(f"blauwdrukken.documents.formats.{maker}" for maker in ("word", "epub", "spreadsheet"))
    query = f"import sys, {makers}; sys.exit(any(naam.split('.')[0] == 'django' for naam in sys.modules))"
    assert subprocess.run([sys.executable, "-c", query], check=False).returncode == 0
