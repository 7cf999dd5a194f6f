"""The target that renews the pictures of the manual."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.browser.conftest import ROOT
from tests.browser.screenshot import main

pytestmark = pytest.mark.browser


def test_a_picture_of_the_manual_is_made(run_folder: Path, tmp_path: Path) -> None:
    order = "import sys, pathlib, tests.browser.screenshot as s; s.main(sys.argv[2:], pathlib.Path(sys.argv[1]))"
    own = os.environ | {"PREPARED_DIR": str(run_folder)}
    subprocess.run([sys.executable, "-c", order, tmp_path, "startscherm"], cwd=ROOT, env=own, check=True)
    file = tmp_path / "startscherm.png"
    assert file.stat().st_size < 60_000
    with Image.open(file) as picture:
        assert picture.size == (1280, 640)
        assert len(picture.getcolors() or []) > 10, "something stands in it"


def test_an_unknown_name_is_told_before_anything_starts(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="bestaat-niet"):
        main(["bestaat-niet"], tmp_path)
