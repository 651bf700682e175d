"""Chinese words of two characters, and what they say of a place in a text: whether a word runs across it."""

from __future__ import annotations

import os
from functools import cache, lru_cache

from corpus_lint.folding import fold

BANDS = 3
SOUGHT = 32
"""Rows that are looked for in the table as it stands; for more of them it is taken apart."""


@cache
def _table() -> str:
    with open(os.path.join(os.path.dirname(__file__), "words.txt"), encoding="utf-8") as file:
        return file.read()


@cache
def _rows() -> dict[str, str]:
    """The rows of the table by their starts: a band, a tab and a character."""
    rows = {row[:3]: row[3:] for row in _table().splitlines()}
    opening = "opening\t"
    return {**rows, opening: rows[opening[:3]].removeprefix(opening[3:])}


@cache
def _row(start: str) -> str:
    """What the table has behind the start of a row; looked for as it stands while a page asks for few of the rows."""
    if _row.cache_info().currsize > SOUGHT:
        return _rows().get(start, "")
    table = _table()
    at = table.find(f"\n{start}")
    return "" if at < 0 else table[at + 1 + len(start) : table.index("\n", at + 1)]


@lru_cache(maxsize=1 << 13)
def band(word: str) -> int | None:
    """How common a word of two characters is: 0 (very), 1 or 2; None when it is none that is known."""
    if len(word) != 2:
        return _band(fold(word).text)
    found = _band(word)
    if found is not None:
        return found
    folded = _folded(word[0]) + _folded(word[1])
    return None if folded == word else _band(folded)


def _band(word: str) -> int | None:
    if len(word) != 2:
        return None
    second = word[1]
    for number, seconds in enumerate(_seconds(word[0])):
        if second in seconds:
            return number
    return None


@lru_cache(maxsize=1 << 13)
def _seconds(first: str) -> tuple[str, ...]:
    """The characters that make a word with this one before them, those of each band."""
    return tuple(_row(f"{number}\t{first}") for number in range(BANDS))


@lru_cache(maxsize=1 << 13)
def _folded(character: str) -> str:
    return fold(character).text


def opens_only(character: str) -> bool:
    """Whether words begin with the character or go on with it, but hardly ever end with it."""
    folded = fold(character).text
    return len(folded) == 1 and folded in _row("opening\t")


def is_split(before: str, after: str) -> bool:
    """Whether a word runs from ``before`` into ``after``, so that neither is whole without the other.

    The two characters at the seam are a word, and neither of them is part of a word on its own side.
    """
    if not before or not after or band(before[-1] + after[0]) is None:
        return False
    return (len(before) < 2 or band(before[-2:]) is None) and (len(after) < 2 or band(after[:2]) is None)
