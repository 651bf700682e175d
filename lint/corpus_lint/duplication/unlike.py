"""Unlike: little text that has nothing in common with itself, told without fingerprints.

Two fingerprints are equal where their grams are, but for a collision that the text then refutes. Where no gram stands
twice nothing can be found, and what would find it need not be loaded: a page in a hook costs a tenth less.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..folding import folded_text

if TYPE_CHECKING:
    from collections.abc import Iterable

GRAM = 16
"""Folded characters of a gram of `winnowing` that begins with a syllable: Han, kana, Hangul."""
LETTERS = 2 * GRAM
"""Those of one that begins with a letter of an alphabet or a digit."""
FIRST_SYLLABLE = "\u2e80"


def are_unlike(texts: Iterable[str]) -> bool:
    """Whether no gram of the texts stands twice in them."""
    seen: set[str] = set()
    total = 0
    for text in texts:
        folded = folded_text(text, passage=True)
        grams = _grams(folded)
        seen.update(grams)
        total += len(grams)
        if len(seen) < total:
            return False
    return True


def _grams(folded: str) -> list[str]:
    """The grams of a folded text; at its end there may be some that are shorter."""
    starts = range(len(folded) - GRAM + 1)
    if starts and max(folded) < FIRST_SYLLABLE:
        return [folded[start : start + LETTERS] for start in starts[: GRAM - LETTERS]]
    if starts and min(folded) >= FIRST_SYLLABLE:
        return [folded[start : start + GRAM] for start in starts]
    return [folded[start : start + (LETTERS if folded[start] < FIRST_SYLLABLE else GRAM)] for start in starts]
