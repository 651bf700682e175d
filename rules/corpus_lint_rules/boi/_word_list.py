"""Whether a document is a list of words, as a dictionary, an index or a table of keywords is.

Some of its words are those of menus, as of any words; a page of menus is made of such words.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re

from . import _words

if TYPE_CHECKING:
    from corpus_lint.document import Document

ENTRY = re.compile(r"(?P<word>[^\s。！？!?，,；;：:|<>()（）]{1,30})(?:[\s,]+\d[\d.]*){0,2}(?:\s+[A-Za-z]{1,4})?")
"""A word, and how often it is met and which part of speech it is, as lists have them."""
FEWEST = 60
"""Lines that a list has, at least."""
LOOKED_AT = 1000
"""Lines that are looked at."""
SHARE = 0.97
"""Of so many lines each has a word of its own."""
LISTED = 0.1
"""So many of the words may be those of menus, at most."""


def is_word_list(document: Document) -> bool:
    """Whether nearly every line has one word, few of them those of menus, and hardly any twice."""
    return _is_word_list(document.text)


@lru_cache(1)
def _is_word_list(text: str) -> bool:
    lines = [line for line in text[: 40 * LOOKED_AT].split("\n") if line.strip()][:LOOKED_AT]
    if len(lines) < FEWEST:
        return False
    entries = [found["word"] for found in map(ENTRY.fullmatch, map(str.strip, lines)) if found]
    if len(set(entries)) < SHARE * len(lines):
        return False
    words_of = _words.lexicon().words_of
    return sum(words_of(word) is not None for word in entries) <= LISTED * len(lines)
