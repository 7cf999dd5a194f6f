"""What Word, EPUB and PDF tell around the sections, of plain data."""

from __future__ import annotations

import pytest

from blauwdrukken.documents.content.book import foreword_blocks, places_by_name
from blauwdrukken.documents.formats.pdf.typesetting import index_of_names
from blauwdrukken.text.plain import split_paragraphs

pytestmark = pytest.mark.once

BOOKS = [{"themas": ["werk", "Zorg", "werk"]}, {"themas": [" ", "Zorg"]}]


def test_an_index_has_every_name_once_with_its_places() -> None:
    assert places_by_name(BOOKS, "themas") == [("werk", [0]), ("Zorg", [0, 1])]
    assert index_of_names(BOOKS, "themas") == [
        {"woord": "werk", "plaatsen": [0]},
        {"woord": "Zorg", "plaatsen": [0, 1]},
    ]


def test_single_ends_of_lines_stay_in_a_paragraph_of_a_foreword() -> None:
    assert foreword_blocks("een\r\n twee \r\n\r\ndrie") == [
        {"t": "p", "c": ["een", {"t": "br"}, "twee"]},
        {"t": "p", "c": ["drie"]},
    ]
    assert foreword_blocks(" \n \n") == []


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_blank_lines_separate_paragraphs(ends: str) -> None:
    assert split_paragraphs(f" een{ends}twee{ends} {ends}{ends}drie ") == [f"een{ends}twee", "drie"]
