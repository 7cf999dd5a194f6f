"""The site's own texts keep to the list of spellings in the manual, which is the one place where that list stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[1]
MANUAL = ROOT / "docs/handleiding/schrijven.md"
ENTRIES = [*(ROOT / "fixtures").glob("*/*.yaml")]
LISTS = [ROOT / "fixtures" / name for name in ("paginas.yaml", "begrippen.yaml", "woordenlijsten.yaml")]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
NO_TEXT = {"slug", "link", "url", "film_url", "website", "icoon", "bron", "programmadoel"}
NO_TEXT |= {"synoniemen", "andere_namen", "term", "voluit"}
NAMES = {"naam", "organisatie", "contactorganisatie"}  # of organisations, as they write them themselves
QUOTE = ("citaten", "tekst")
LINK_TARGET = re.compile(r"\]\([^)]*\)")
EVERYWHERE = "overal"


@dataclass(frozen=True)
class Rule:
    """Words that no text holds, in the whole site or in entries only."""

    word: str
    better: str
    everywhere: bool

    def pattern(self) -> re.Pattern[str]:
        """Whole words; any number for a number, any ending for dots. Capitals count where the word has them."""
        word = re.sub(r"(?:\d|(?<=\d)\\\.(?=\d))+", r"\\d[\\d.]*", re.escape(self.word))
        word = word.removesuffix("…") + (r"\w*" if word.endswith("…") else "")
        end = r"(?!\w)" if not word.endswith(r"\.") else ""
        return re.compile(rf"(?<!\w){word}{end}", 0 if self.word != self.word.lower() else re.IGNORECASE)


def read_rules() -> list[Rule]:
    rows = re.findall(r"^\| (`.+`) \| (.+) \| (.+) \|$", MANUAL.read_text(), re.MULTILINE)
    return [
        Rule(word, better, where == EVERYWHERE)
        for words, better, where in rows
        for word in re.findall(r"`([^`]+)`", words)
    ]


RULES = read_rules()


def strings(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """All text below this value, with the keys that lead to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for item in value:
            yield from strings(item, path)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from strings(item, (*path, key))


def texts_of(file: Path) -> list[tuple[tuple[str, ...], str]]:
    """Texts of ours with their keys: no names, no addresses, and no words of others, which stay as they were said."""
    content = yaml.safe_load(file.read_text())
    ours = [(path, text) for path, text in strings(content) if not {*path} & (NO_TEXT | NAMES) and path != QUOTE]
    return [(path, re.sub(r"\s+", " ", LINK_TARGET.sub("]", text))) for path, text in ours]


def visible(template: str) -> str:
    """What a reader sees of a template."""
    return re.sub(r"\s+", " ", re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}|<[^>]*>", " ", template, flags=re.DOTALL))


def faults(text: str, rules: list[Rule]) -> list[str]:
    return [f"{found[0]!r}: {rule.better}" for rule in rules if (found := rule.pattern().search(text))]


def test_the_manual_has_the_list() -> None:
    assert len(RULES) > 40
    assert {rule.everywhere for rule in RULES} == {True, False}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.word)
def test_each_rule_sees_its_word_and_not_what_is_better(rule: Rule) -> None:
    word = rule.word.replace("…", "ven").replace("25.000", "108.900")
    assert faults(f"Hier staat {word} in de zin.", [rule])
    assert not faults(f"Hier staat {rule.better} in de zin.", [rule])


@pytest.mark.parametrize("file", ENTRIES, ids=lambda file: file.stem)
def test_an_entry_keeps_to_the_list(file: Path) -> None:
    everywhere = [rule for rule in RULES if rule.everywhere]
    found = [
        (*path, fault)
        for path, text in texts_of(file)
        for fault in faults(text, everywhere if path == ("toelichting",) else RULES)
    ]
    assert found == []


@pytest.mark.parametrize("file", LISTS, ids=lambda file: file.stem)
def test_pages_and_vocabularies_keep_to_the_list(file: Path) -> None:
    everywhere = [rule for rule in RULES if rule.everywhere]
    assert [(*path, fault) for path, text in texts_of(file) for fault in faults(text, everywhere)] == []


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(ROOT / "templates")))
def test_a_template_keeps_to_the_list(file: Path) -> None:
    assert faults(visible(file.read_text()), [rule for rule in RULES if rule.everywhere]) == []


def test_a_figure_in_euros_has_the_sign_before_it() -> None:
    rows = [row for file in ENTRIES for row in _rows(file, "kerncijfers")]
    assert rows
    assert [row for row in rows if row.get("eenheid") == "euro"] == []


def test_a_figure_says_what_it_counts_by_itself() -> None:
    """Its kind stands beside it, and the figure that it stood below may stand elsewhere."""
    rows = [row for file in ENTRIES for row in _rows(file, "kerncijfers")]
    again = [row for row in rows if re.search(rf"(?i)\b{row['soort']}\b", row["omschrijving"])]
    leaning = [row for row in rows if re.match(r"(?:van hen|daarvan|hiervan)\b", row["omschrijving"])]
    assert (again, leaning) == ([], [])


def _rows(file: Path, name: str) -> list[Any]:
    content = yaml.safe_load(file.read_text())
    return content.get(name, []) if isinstance(content, dict) else []
