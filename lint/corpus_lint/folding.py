"""Folding: one spelling for texts that differ only in script, width, case, spaces or injected readings.

A folded character is its NFKC form, simplified, in lower case; white space, invisible characters and
combining marks are dropped; so are readings that a converter wrote behind a Han character: 網(wǎng).
Positions map back to the original text exactly.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .tables import FOLDED_MASK, PASSAGE_BIT, characters

READING = re.compile(
    r"(?<=[\u3400-\u9fff])[(（][ \t\xa0\u3000]?"
    r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?[aeiouvüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,3}(?:ng|n|r)?"
    r"[ \t\xa0\u3000]?[)）]"
)
"""A syllable in brackets, directly behind a Han character; whether it is injected is a rule's to judge."""


class Folded(NamedTuple):
    """A folded text and, for each of its characters, the offset of the original character."""

    text: str
    offsets: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original text of the folded characters from ``start`` to ``end`` (exclusive)."""
        return self.offsets[start], self.offsets[end - 1] + 1


def fold(text: str, *, passage: bool = False) -> Folded:
    """Fold ``text``; with ``passage`` also drop everything but letters and digits.

    Characters outside the Basic Multilingual Plane stay as they are, and are dropped from passages.
    """
    table = characters()
    folded: list[str] = []
    offsets: list[int] = []
    position = 0
    for start, end in (*reading_spans(text), (len(text), len(text))):
        for offset in range(position, start):
            code = ord(text[offset])
            if code >= 0x10000:
                if not passage:
                    folded.append(text[offset])
                    offsets.append(offset)
                continue
            entry = table[code]
            if entry & (PASSAGE_BIT if passage else FOLDED_MASK):
                folded.append(chr(entry & FOLDED_MASK))
                offsets.append(offset)
        position = end
    return Folded("".join(folded), offsets)


def reading_spans(text: str) -> list[tuple[int, int]]:
    """Where ``text`` has a syllable in brackets behind a Han character, brackets included."""
    if "(" not in text and "（" not in text:
        return []
    return [match.span() for match in READING.finditer(text)]
