"""Unlike: little text that has nothing in common with itself, told before anything is loaded that would find it.

What stands twice is found by fingerprints (`winnowing`), which compiled loops make. Where no fingerprint stands twice
nothing can be found: a page in a hook costs a tenth less. Without compiled loops the grams themselves are looked at,
which are equal wherever fingerprints are, but for a collision that the text then refutes.
"""

from __future__ import annotations

from array import array

from ..folding import folded_text, reading_spans
from ..native import winnowing_loops
from ..tables import characters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

GRAM = 16
"""Folded characters of a gram of `winnowing` that begins with a syllable: Han, kana, Hangul."""
LETTERS = 2 * GRAM
"""Those of one that begins with a letter of an alphabet or a digit."""
FIRST_SYLLABLE = "\u2e80"


def are_unlike(texts: Sequence[str]) -> bool:
    """Whether texts have nothing in common, with each other or with themselves, that fingerprints would tell."""
    compiled = winnowing_loops()
    if compiled is None:
        return have_no_gram_twice(texts)
    joined = "\n".join(texts)
    found = compiled.sketch(joined, characters(), [*map(len, texts)], reading_spans(joined), 0)
    keys = array("I", found[1])
    return len(set(keys)) == len(keys)


def have_no_gram_twice(texts: Iterable[str]) -> bool:
    """Whether no gram of the texts stands twice in them, told without compiled loops."""
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
