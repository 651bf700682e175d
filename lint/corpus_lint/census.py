"""The census: how many characters of each class a document has.

Little text is counted in plain Python, much text by one table look-up in numpy
(`corpus_lint.screen`); a test holds both to the same meaning.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from .tables import CLASS_MASK, CLASS_SHIFT, characters

CLASSES = CLASS_MASK + 1


class Census(NamedTuple):
    """Counts of characters, one field a class of `corpus_lint.tables.CharacterClass`, in its order."""

    other: int = 0
    han: int = 0
    simplified: int = 0
    traditional: int = 0
    kana: int = 0
    hangul: int = 0
    control: int = 0
    private_use: int = 0
    replacement: int = 0
    letter: int = 0

    @property
    def all_han(self) -> int:
        """All Han characters, whichever side they belong to."""
        return self.han + self.simplified + self.traditional


def class_of(code: int) -> int:
    """The class of a code point; planes above the first are Han (2, 3), private use (15, 16) or other."""
    if code < 0x10000:
        return characters()[code] >> CLASS_SHIFT & CLASS_MASK
    if code < 0x20000:
        return 0
    if code < 0x40000:
        return 1
    return 7 if code >= 0xF0000 else 0


def count(text: str) -> Census:
    """The census of a text, in plain Python."""
    counts = [0] * len(Census._fields)
    for character, number in Counter(text).items():
        counts[class_of(ord(character))] += number
    return Census(*counts)
