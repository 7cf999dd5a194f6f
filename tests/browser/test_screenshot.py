"""The target that renews the pictures of the manual."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from .screenshot import main

pytestmark = pytest.mark.browser


def test_a_picture_of_the_manual_is_made(tmp_path: Path) -> None:
    main(["startscherm"], tmp_path)
    bestand = tmp_path / "startscherm.png"
    assert bestand.stat().st_size < 60_000
    with Image.open(bestand) as beeld:
        assert beeld.size == (1280, 640)
        assert len(beeld.getcolors() or []) > 10, "something stands in it"


def test_an_unknown_name_is_told_before_anything_starts(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="bestaat-niet"):
        main(["bestaat-niet"], tmp_path)
