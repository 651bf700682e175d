"""Unlike: little text that has nothing in common with itself, told without fingerprints.

Two fingerprints are equal where their grams are, but for a collision that the text then refutes. Where no gram stands
twice nothing can be found, and what would find it need not be loaded: a page in a hook costs a tenth less.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .folding import folded_text

if TYPE_CHECKING:
    from collections.abc import Iterable

GRAM = 16
"""Folded characters of the shortest gram of `corpus_lint.winnowing`; a longer one begins with such."""


def are_unlike(texts: Iterable[str]) -> bool:
    """Whether no gram of the texts stands twice in them."""
    seen: set[str] = set()
    total = 0
    for text in texts:
        folded = folded_text(text, passage=True)
        grams = [folded[start : start + GRAM] for start in range(len(folded) - GRAM + 1)]
        seen.update(grams)
        total += len(grams)
        if len(seen) < total:
            return False
    return True
