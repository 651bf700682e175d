"""How likely a word of Cyrillic letters is: what a letter costs in bits behind the one before it.

``letter_pairs.txt`` is made by ``make_letter_pairs.py``, which says of what. It is of Russian; letters of other
languages that are written in Cyrillic cost the same wherever they stand.
"""

from __future__ import annotations

import os
from functools import cache, lru_cache

DATA_FILE = "letter_pairs.txt"
SOURCES = (__file__, os.path.join(os.path.dirname(__file__), DATA_FILE))
"""What all of this depends on."""
LETTERS = " абвгдежзийклмнопрстуфхцчшщъыьэюяё"
"""The letters of the table, behind the space that begins and ends a word."""
OTHERS = "іїєґўђѓѕјљњћќџ"
"""Letters that code pages have for other languages."""
_KNOWN = frozenset(LETTERS[1:] + OTHERS)
OTHER = 9.0
"""Bits of one of them, or of a letter behind one."""
FIRST_CAPITAL = 3.0
"""Bits of a capital at the beginning of a word."""
CAPITAL = 2.0
"""Bits of a capital behind a capital."""
CAMEL = 9.0
"""Bits of a capital behind a small letter."""
FOREIGN = 6.0
"""Bits of a letter of ASCII beside one of Cyrillic."""
MARK = 4.0
"""Bits of a mark that Russian has beyond ASCII."""
STRAY = 9.0
"""Bits of any other character beyond ASCII."""
MARKS = "«»—–“”„’…№•·°§©\xa0"


def cost(text: str, before: str = " ", behind: str = " ") -> float:
    """What a text costs between its neighbours."""
    total = 0.0
    for character in (*text, behind):
        total += price(before, character)
        before = character
    return total


@lru_cache(maxsize=40_000)
def price(before: str, character: str) -> float:
    """What a character costs behind another."""
    table = pairs()
    last, letter = before.lower(), character.lower()
    is_behind_letter, is_letter = last in _KNOWN, letter in _KNOWN
    if not is_letter:
        total = table.get(f"{last} ", OTHER) if is_behind_letter else 0.0
        if character.isascii():
            return total + (FOREIGN if is_behind_letter and character.isalpha() else 0.0)
        return total + (MARK if character in MARKS else STRAY)
    total = table.get((last if is_behind_letter else " ") + letter, OTHER)
    if before.isascii() and before.isalpha():
        total += FOREIGN
    if character != letter:
        total += FIRST_CAPITAL if not is_behind_letter else CAPITAL if before != last else CAMEL
    return total


@cache
def pairs() -> dict[str, float]:
    """The pairs with their bits."""
    found: dict[str, float] = {}
    with open(SOURCES[1], encoding="utf-8") as file:
        for line in file:
            for letter, tenths in zip(LETTERS, line[1:].split(), strict=True):
                found[line[0] + letter] = int(tenths) / 10
    return found
