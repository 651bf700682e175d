"""The short lines of texts: which they are, and where they stand.

Few texts are split in plain Python; of many that have been looked up, long lines are never looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .native import character_loops

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from .document import Document
    from .look_up import LookedUp

LONGEST = 48
"""Characters of a line, white space and all, that is counted."""


def _stands(line: str) -> bool:
    """Whether a line is not blank; a long one is not asked."""
    return len(line) > LONGEST or not (line == "" or line.isspace())


def in_documents(documents: Sequence[Document]) -> Iterator[tuple[int, int, str]]:
    """The short lines: the number of the document, the number of the line among those that stand, the line."""
    for number, document in enumerate(documents):
        for place, line in enumerate(filter(_stands, document.text.split("\n"))):
            if len(line) <= LONGEST:
                yield number, place, line


def in_looked_up(looked_up: LookedUp, lengths: Sequence[int]) -> Iterable[tuple[int, int, str]]:
    """As `in_documents`, for documents joined with one line feed each: long lines are never looked at."""
    compiled = character_loops()
    if compiled is None:
        return _in_numpy(looked_up.text, looked_up.feeds, lengths)
    return compiled.brief(looked_up.text, looked_up.found_feeds, list(lengths), LONGEST)


def _in_numpy(joined: str, feeds: NDArray[np.int64], lengths: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    import numpy as np

    starts = np.concatenate((np.zeros(1, feeds.dtype), feeds + 1))
    sizes = np.concatenate((feeds, np.full(1, len(joined), feeds.dtype))) - starts
    filled = np.cumsum(sizes > 0)
    short = np.flatnonzero((sizes > 0) & (sizes <= LONGEST))
    ends = np.cumsum(np.asarray(lengths, np.int64) + 1) - 1
    numbers = np.searchsorted(ends, starts[short])
    # Of each document the filled lines before it.
    before = np.concatenate((np.zeros(1, filled.dtype), filled[np.searchsorted(feeds, ends[:-1])]))
    places = filled[short] - 1 - before[numbers]
    last = -1
    blank = 0
    columns = (numbers, places, starts[short], sizes[short])
    for number, place, start, size in zip(*(column.tolist() for column in columns), strict=True):
        if number != last:
            last, blank = number, 0
        line = joined[start : start + size]
        if line.isspace():
            blank += 1
        else:
            yield number, place - blank, line


def places(text: str) -> dict[int, tuple[int, str]]:
    """By the number among the lines that stand: where a short line begins, and its text without white space."""
    found: dict[int, tuple[int, str]] = {}
    start = place = 0
    for line in text.split("\n"):
        if _stands(line):
            if len(line) <= LONGEST:
                found[place] = start + len(line) - len(line.lstrip()), line.strip()
            place += 1
        start += len(line) + 1
    return found
