"""Thai that is spelled as Thai: it was not misread, however much its letters look like bytes of something else.

A vowel sign or a tone mark stands on a consonant, and a vowel that is written first has one behind it (the order that
the input check of WTT 2.0 asks for; The Unicode Standard, chapter 16.1). Bytes that were read as Windows-874 break that
every second time; UTF-8 of Thai itself keeps it, but has เธ or เน in the place of every third character.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re

if TYPE_CHECKING:
    from re import Pattern

CONSONANT, SIGN, TONE, FIRST = "ก-ฮ", "\u0e31\u0e34-\u0e3a", "\u0e47-\u0e4e", "\u0e40-\u0e44"
MARKED = f"[{FIRST}{SIGN}{TONE}]"
MISPLACED = f"(?<![{CONSONANT}])[{SIGN}]|(?<![{CONSONANT}{SIGN}])[{TONE}]|[{FIRST}](?![{CONSONANT}])"
RUN = "(?<![^\\x00-@\\[-`{-~])[\u0e01-\u0e5b]+(?![^\\x00-@\\[-`{-~])"
"""Thai that touches no letter, nor anything else that is not ASCII: such a place may be a misread word of its own."""
LEADS = ("เธ", "เน")
"""What the first two bytes of Thai in UTF-8 are read as."""
ENOUGH = 6
"""Places where a line must be spelled rightly."""
ERRORS = 16
"""One misspelled place is let pass among so many."""
THIRD = 6
"""Half as often as in UTF-8 that was misread: one lead in so many characters."""


@lru_cache(maxsize=256)
def without_thai(text: str) -> str:
    """A line with blanks in the place of Thai, unless that is not spelled as Thai is; as long as before."""
    runs = list(_compiled(RUN).finditer(text))
    joined = " ".join(run[0] for run in runs)
    marked = len(_compiled(MARKED).findall(joined))
    if (
        marked < ENOUGH
        or THIRD * sum(map(joined.count, LEADS)) > len(joined)
        or ERRORS * len(_compiled(MISPLACED).findall(joined)) > marked
    ):
        return text
    return _compiled(RUN).sub(_blanks, text)


def _blanks(run: re.Match[str]) -> str:
    return " " * len(run[0])


@cache
def _compiled(pattern: str) -> Pattern[str]:
    return re.compile(pattern)
