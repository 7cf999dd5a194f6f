"""The published blueprints as documents."""

from __future__ import annotations

from typing import Any

import pytest

from blauwdrukken.documents.content.document import compleet, document
from blauwdrukken.models import Blauwdruk


@pytest.fixture
def documenten() -> list[dict[str, Any]]:
    """All published blueprints as documents."""
    return [document(blauwdruk) for blauwdruk in compleet(Blauwdruk.objects.gepubliceerd())]


@pytest.fixture
def branchestraten(documenten: list[dict[str, Any]]) -> dict[str, Any]:
    """One of them: with lists, tables, links, key figures and an explanation."""
    return next(document for document in documenten if document["slug"] == "branchestraten")
