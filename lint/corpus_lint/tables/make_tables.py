"""Make ``characters.bin`` anew: ``python lint/corpus_lint/tables/make_tables.py``.

Sources: Python's ``unicodedata`` (Unicode licence) and the character dictionaries of OpenCC as shipped in
opencc-python-reimplemented (Apache-2.0).
"""

from __future__ import annotations

import sys
import unicodedata
from array import array
from pathlib import Path

import opencc

from corpus_lint.tables import CLASS_SHIFT, LINE_FEED, PASSAGE_BIT, CharacterClass

DICTIONARIES = Path(opencc.__file__).parent / "dictionary"


def mapping(name: str) -> dict[str, list[str]]:
    """A dictionary of OpenCC: each key with its targets, the preferred one first."""
    rows = (DICTIONARIES / name).read_text("utf-8").splitlines()
    pairs = (row.split("\t") for row in rows if row and not row.startswith("#"))
    return {key: targets.split(" ") for key, targets in pairs}


def han_sides() -> tuple[set[str], set[str]]:
    """The characters of only simplified and of only traditional text.

    A character that may stay as it is when the text is converted belongs to both sides.
    """
    to_traditional = mapping("STCharacters.txt")
    to_simplified = mapping("TSCharacters.txt")
    simplified = {c for c, targets in to_traditional.items() if c not in targets}
    traditional = {c for c, targets in to_simplified.items() if c not in targets}
    both = simplified & traditional
    return simplified - both, traditional - both


def fold(character: str, to_simplified: dict[str, list[str]]) -> int:
    """The folded form as a code point, 0 when folding drops the character.

    A compatibility character that NFKC expands to several is represented by its first letter or digit.
    """
    if unicodedata.category(character) in {"Mn", "Me", "Cc", "Cf", "Zs", "Zl", "Zp", "Cs"}:
        return 0
    expanded = unicodedata.normalize("NFKC", character)
    head = next((c for c in expanded if c.isalnum()), expanded[0])
    if head.isspace():
        return 0
    simplified = to_simplified.get(head, [head])[0]
    lowered = simplified.casefold()
    result = lowered if len(lowered) == 1 else simplified
    return ord(result) if ord(result) < 0x10000 else ord(head) & 0xFFFF


BLANKS = "\u034f\u115f\u1160\u17b4\u17b5\u180f\u2065\u2800\u3164\uffa0\ufffc"
"""Characters that show nothing, or stand for nothing, and are no format characters."""


def is_invisible(character: str) -> bool:
    """Whether a character shows nothing and is no white space."""
    if unicodedata.category(character) == "Cf":
        # Signs of Arabic and Syriac that enclose numbers and are seen.
        return not "\u0600" <= character <= "\u08ff" or character in "\u061c\u180e"
    return character in BLANKS or "\ufe00" <= character <= "\ufe0f" or "\u180b" <= character <= "\u180d"


LATIN = ("LATIN", "FEMININE ORDINAL", "MASCULINE ORDINAL", "MICRO", "KELVIN", "ANGSTROM", "MODIFIER LETTER")
"""Beginnings of the names of Latin letters, and of those that every script uses."""

COMPATIBILITY_FORMS = (
    ("CJK RADICAL", 0x2E80, 0x2F00),
    ("KANGXI RADICAL", 0x2F00, 0x2FE0),
    ("CJK COMPATIBILITY IDEOGRAPH", 0xF900, 0xFB00),
    ("LATIN SMALL LIGATURE", 0xFB00, 0xFB07),
    ("ARABIC", 0xFB50, 0xFDF0),
    ("ARABIC", 0xFE80, 0xFEFD),
    ("FULLWIDTH DIGIT", 0xFF10, 0xFF1A),
    ("FULLWIDTH LATIN", 0xFF21, 0xFF5B),
    ("HALFWIDTH KATAKANA", 0xFF66, 0xFFA0),
)
"""The beginning of the name, and the first and last (exclusive) code point, of forms that text is not written with."""


def is_compatibility_form(character: str) -> bool:
    """Whether a character is another form of one that text is written with, and nothing more."""
    code = ord(character)
    name = unicodedata.name(character, "")
    named = any(name.startswith(start) and first <= code < last for start, first, last in COMPATIBILITY_FORMS)
    # A dozen ideographs of the compatibility block are the only form of their character.
    return named and (code < 0x2F00 or unicodedata.normalize("NFKC", character) != character)


def census_class(character: str, simplified: set[str], traditional: set[str]) -> int:
    """The `CharacterClass` of a character."""
    code = ord(character)
    if character in simplified:
        return CharacterClass.SIMPLIFIED
    if character in traditional:
        return CharacterClass.TRADITIONAL
    if character == "\ufffd":
        return CharacterClass.REPLACEMENT
    category = unicodedata.category(character)
    if is_invisible(character):
        return CharacterClass.INVISIBLE
    if character == "\r" or (category in {"Zs", "Zl", "Zp"} and character not in " \u3000"):
        return CharacterClass.ODD_SPACE
    if category == "Co":
        return CharacterClass.PRIVATE_USE
    if category == "Cc":
        return CharacterClass.OTHER if character in "\t\n\f" else CharacterClass.CONTROL
    if is_compatibility_form(character):
        return CharacterClass.COMPATIBILITY
    if category[0] not in "LMN":
        return CharacterClass.OTHER
    name = unicodedata.name(character, "")
    if name.startswith(("CJK UNIFIED", "CJK COMPAT")) or code == 0x3007:
        return CharacterClass.HAN
    if name.startswith(("HIRAGANA", "KATAKANA", "HALFWIDTH KATAKANA", "KATAKANA-HIRAGANA")):
        return CharacterClass.KANA
    if name.startswith(("HANGUL", "HALFWIDTH HANGUL")):
        return CharacterClass.HANGUL
    if category[0] != "L":
        return CharacterClass.OTHER
    return CharacterClass.LETTER if name.startswith(LATIN) else CharacterClass.OTHER_SCRIPT


def main() -> int:
    """Write the table beside this file."""
    simplified, traditional = han_sides()
    to_simplified = mapping("TSCharacters.txt")
    table = array("I", bytes(4 * 0x10000))
    for code in range(0x10000):
        character = chr(code)
        folded = fold(character, to_simplified) if not 0xD800 <= code < 0xE000 else 0
        entry = folded | census_class(character, simplified, traditional) << CLASS_SHIFT
        if folded and chr(folded).isalnum():
            entry |= PASSAGE_BIT
        table[code] = entry
    table[ord("\n")] |= LINE_FEED
    if sys.byteorder == "big":
        table.byteswap()
    Path(__file__).with_name("characters.bin").write_bytes(table.tobytes())
    print(f"{len(simplified)} simplified-only, {len(traditional)} traditional-only characters")
    return 0


if __name__ == "__main__":
    sys.exit(main())
