"""What the repository says of itself agrees: version, licence, files and commands."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PUBLIC: dict[str, Any] = yaml.safe_load((ROOT / "publiccode.yml").read_text())
PAGES = [*sorted(ROOT.glob("*.md")), ROOT / "docs/operations.md", ROOT / "docs/performance.md"]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)[^)]*\)")
QUOTED_PATH = re.compile(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:md|yml|yaml|toml|txt))`")
TEST_PATH = re.compile(r"(?<= )tests/[\w/]+(?:\.py)?")
COMMAND = re.compile(r"(?:^ {4}|`)make ([a-z]+)", re.MULTILINE)
WRITTEN_BY_THE_SITE = (
    "VAR_DIR/",
    "var/",
    "media/",
    "zoekindex/",
    "hartslag/",
    "uitvoer/",
    "static/",
    "certificate/",
    "./certificate",
)
MANAGE = re.compile(r"manage\.py ([a-z]\w+)([^\n#`]*)")
HEADING = re.compile(r"^## \[(.+?)\](?: - (\S+))?$", re.MULTILINE)
# Keys that publiccode.yml 0.4 asks for.
MANDATORY = (
    "publiccodeYmlVersion name url releaseDate platforms categories developmentStatus softwareType "
    "description legal maintenance localisation"
).split()


def page_name(page: Path) -> str:
    return page.name


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_file_that_a_page_names_exists(page: Path) -> None:
    text = page.read_text()
    named = [*QUOTED_PATH.findall(text), *TEST_PATH.findall(text)]
    ours = [path for path in named if not path.startswith(WRITTEN_BY_THE_SITE)]
    missing = [path for path in LINK.findall(text) if not (page.parent / path).exists()]
    assert missing + [path for path in ours if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_command_that_a_page_names_is_in_the_makefile(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(COMMAND.findall(page.read_text())) - targets == set()


@pytest.mark.parametrize(("name", "arguments"), sorted(set(MANAGE.findall((ROOT / "docs/operations.md").read_text()))))
def test_every_command_of_an_operator_exists_with_its_options(name: str, arguments: str) -> None:
    parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
    known = {option for action in parser._actions for option in action.option_strings}
    assert set(re.findall(r"(?<= )--[a-z-]+", arguments)) - known == set()


def test_the_newest_version_is_the_same_everywhere() -> None:
    (name, none), (version, day), *_ = HEADING.findall((ROOT / "CHANGELOG.md").read_text())
    assert (name, none) == ("Unreleased", "")
    assert version == PROJECT["version"] == PUBLIC["softwareVersion"]
    assert date.fromisoformat(day) == date.fromisoformat(PUBLIC["releaseDate"])


def test_the_licence_is_the_whole_eupl() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert PROJECT["license"] == PUBLIC["legal"]["license"] == "EUPL-1.2"
    assert PROJECT["license-files"] == ["LICENSE"]
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert [int(number) for number in re.findall(r"^(\d+)\.\S", text, re.MULTILINE)] == list(range(1, 16))
    appendix = text.partition("Appendix\n")[2]
    assert len(re.findall(r"^— ", appendix, re.MULTILINE)) == 10
    assert appendix.endswith("require the production of a new EUPL version.\n")


def test_the_catalogue_entry_has_what_its_standard_asks() -> None:
    assert [key for key in MANDATORY if not PUBLIC.get(key)] == []
    assert PUBLIC["publiccodeYmlVersion"] == "0.4"
    for text in PUBLIC["description"].values():
        assert len(text["shortDescription"]) <= 150 <= len(text["longDescription"]) <= 10_000
        assert 5 <= len(text["features"]) <= 20
        assert all(len(feature) <= 100 for feature in text["features"])
        assert all((ROOT / picture).exists() for picture in text["screenshots"])
    assert all(contact["name"] for contact in PUBLIC["maintenance"]["contacts"])


def test_the_software_has_one_name() -> None:
    assert PUBLIC["name"].lower().replace(" ", "-") == PROJECT["name"]
    assert (ROOT / "README.md").read_text().startswith(f"# {PUBLIC['name']}\n")


def test_what_publication_has_to_fill_in_is_told_as_long_as_it_is_open() -> None:
    waits = ".invalid/" in PUBLIC["url"] or any(c["name"] == "–" for c in PUBLIC["maintenance"]["contacts"])
    assert waits == ("\n## Publication\n" in (ROOT / "CONTRIBUTING.md").read_text())
