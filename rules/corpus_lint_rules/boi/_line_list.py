"""Whether a document is a list of lines that have nothing to do with one another.

Sentences to be read aloud, translated or judged, comments, subtitles and entries of a dictionary are kept so, one a
line. What stands around such a line says nothing about it: 没有了, "Got it" and "Please wait." are examples like the
others, and a line about a password is no form.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from corpus_lint import expressions as re

from . import _words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus_lint.document import Document

FEWEST = 300
"""Lines that a list has, at least."""
LOOKED_AT = 1000
"""Lines that are looked at."""
EMPTY = 0.01
"""So many of them may be empty, at most: pages part their paragraphs and blocks."""
DIFFERENT = 0.75
"""So many are there once."""
LONGEST = 200
LONGER = 10
"""No line has more characters, or more of them than the middle one so many times: paragraphs vary more."""
LISTED = 0.02
"""So many of the lines may be those of sites, at most."""


def is_line_list(document: Document) -> bool:
    """Whether the lines are many, of like length, hardly any empty, twice or of a site."""
    return _is_line_list(document.text)


@lru_cache(1)
def _is_line_list(text: str) -> bool:
    lines = [line.strip() for line in islice(_lines(text), LOOKED_AT)]
    filled = [line for line in lines if line]
    if len(filled) < FEWEST or len(lines) - len(filled) > EMPTY * len(lines):
        return False
    lengths = sorted(map(len, filled))
    if lengths[-1] > min(LONGEST, LONGER * lengths[len(lengths) // 2]) or len(set(filled)) < DIFFERENT * len(filled):
        return False
    words_of = _words.lexicon().words_of
    return sum(words_of(line) is not None for line in filled) <= LISTED * len(filled)


def _lines(text: str) -> Iterator[str]:
    return (match[0] for match in re.finditer(r".*\n|.+", text))
