"""Text with only such characters as the typefaces of a PDF have; what they lack becomes a mark, never a fault."""

from __future__ import annotations

import re
import unicodedata

MARK = "\N{WHITE VERTICAL RECTANGLE}"
# Characters that the typesetter shows in Source Sans or one of the typefaces that it carries itself.
GLYPHS = (
    "20-7E A0-377 37A-37F 384-38A 38C 38E-3A1 3A3-4FF "  # Latin, Greek, Cyrillic
    "1E00-1F15 1F18-1F1D 1F20-1F45 1F48-1F4D 1F50-1F57 1F59 1F5B 1F5D 1F5F-1F7D 1F80-1FB4 1FB6-1FC4 1FC6-1FD3 "
    "1FD6-1FDB 1FDD-1FEF 1FF2-1FF4 1FF6-1FFE "
    "2000-200B 2010-2027 202F-2040 2044-2052 2054-205E 2070-2071 2074-208E 2090-209C 20A0-20C0 "  # signs, currencies
    "2100-211E 2120 2122 2124 2126-2184 2190-23E8 2460-2606 2609-262F 2638-268B 2690-269C "
    "2701-2704 2706-2709 270C-2714 2717-2726 272A-274B 274D 274F-2752 "
    "2756 2758-275E 2761-277F 2794 2798-27AF 27B1-2B73 FB01-FB02"
)
# Written from right to left; the typesetter of this version panics on some lines of it, so there is a way without.
RIGHT_TO_LEFT = "5D0-5EA 5EF-5F4 60C 61B 61F 621-63A 640-655 660-66D 679-67B 67E 686 698 6A9 6AF 6BE 6CC 6F0-6F9"
# Invisible: controls, directions, joiners, variants. They leave no mark.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u115f-\u1160\u17b4-\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u20e3\ufe00-\ufe0f\ufeff\ufff0-\ufffb\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]"
)
WHITESPACE = re.compile(r"\s+")
LONG_WORD = re.compile(r"\S{30,}")
ORDINARY_WORD = re.compile(
    r"[^\W\d_]?[a-zà-ÿ]{1,44}[.,;:!?)]*"
)  # a word that is long but is hyphenated in the Dutch way
BREAK_AFTER = re.compile(r"([._?&=@]+)")
COMBINING = re.compile("([\u0300-\u036f]{3})[\u0300-\u036f]+")


def _char_class(ranges: str) -> str:
    """Inside of a regular expression's set."""
    pairs = [(part.split("-")[0], part.split("-")[-1]) for part in ranges.split()]
    return "".join(f"{re.escape(chr(int(first, 16)))}-{re.escape(chr(int(last, 16)))}" for first, last in pairs)


FOREIGN = re.compile(f"[^{_char_class(GLYPHS)}{_char_class(RIGHT_TO_LEFT)}]+")
FOREIGN_OR_RIGHT_TO_LEFT = re.compile(f"[^{_char_class(GLYPHS)}]+")


def readable(text: str, *, right_to_left: bool = True) -> str:
    """The text in characters that can be shown; very long words get places where a line may end."""
    if not text.isascii():
        text = COMBINING.sub(r"\1", INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
        foreign = FOREIGN if right_to_left else FOREIGN_OR_RIGHT_TO_LEFT
        text = foreign.sub(lambda part: _replace(part[0], foreign), text)
    else:
        text = INVISIBLE.sub("", text)
    return LONG_WORD.sub(lambda word: _breakable(word[0]), WHITESPACE.sub(" ", text))


def _replace(text: str, foreign: re.Pattern[str]) -> str:
    """The plain form of foreign characters, or one mark for all of them."""
    bare = WHITESPACE.sub(" ", unicodedata.normalize("NFKC", text))
    return bare if not foreign.search(bare) else f" {MARK} " if text.isspace() else MARK


def _breakable(word: str) -> str:
    """A long word that may be broken after its signs, and anywhere when it has none."""
    if ORDINARY_WORD.fullmatch(word):
        return word
    parts = BREAK_AFTER.sub("\\1\u200b", word)
    return re.sub(r"([^\u200b]{8})(?=[^\u200b])", "\\1\u200b", parts)
