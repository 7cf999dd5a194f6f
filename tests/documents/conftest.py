"""The published blueprints as documents."""

from __future__ import annotations

from typing import Any

import pytest

from blauwdrukken.documents.content.document import document, with_all_content
from blauwdrukken.models import Blauwdruk


@pytest.fixture
def documents() -> list[dict[str, Any]]:
    """All published blueprints as documents."""
    return [document(blauwdruk) for blauwdruk in with_all_content(Blauwdruk.objects.published())]


@pytest.fixture
def branchestraten(documents: list[dict[str, Any]]) -> dict[str, Any]:
    """One of them: with lists, tables, links, key figures and an explanation."""
    return next(document for document in documents if document["slug"] == "branchestraten")
