"""Chinese words of two characters, and what they say of a place in a text: whether a word runs across it."""

from __future__ import annotations

import os
from functools import cache
from typing import NamedTuple

from corpus_lint.folding import fold


class _Words(NamedTuple):
    """For each band the second characters of its words, by the first; the characters that open words."""

    bands: list[dict[str, str]]
    opening: frozenset[str]


@cache
def _words() -> _Words:
    bands: list[dict[str, str]] = [{}, {}, {}]
    opening: frozenset[str] = frozenset()
    with open(os.path.join(os.path.dirname(__file__), "words.txt"), encoding="utf-8") as file:
        rows = file.read().splitlines()
    for row in rows:
        if row.startswith("#"):
            continue
        key, characters = row.split("\t")
        if key == "opening":
            opening = frozenset(characters)
        else:
            bands[int(key)][characters[0]] = characters[1:]
    return _Words(bands, opening)


def band(word: str) -> int | None:
    """How common a word of two characters is: 0 (very), 1 or 2; None when it is none that is known."""
    found = _band(word)
    return _band(fold(word).text) if found is None else found


def _band(word: str) -> int | None:
    if len(word) != 2:
        return None
    return next((number for number, words in enumerate(_words().bands) if word[1] in words.get(word[0], "")), None)


def opens_only(character: str) -> bool:
    """Whether words begin with the character or go on with it, but hardly ever end with it."""
    return fold(character).text in _words().opening


def is_split(before: str, after: str) -> bool:
    """Whether a word runs from ``before`` into ``after``, so that neither is whole without the other.

    The two characters at the seam are a word, and neither of them is part of a word on its own side.
    """
    if not before or not after or band(before[-1] + after[0]) is None:
        return False
    return (len(before) < 2 or band(before[-2:]) is None) and (len(after) < 2 or band(after[:2]) is None)
