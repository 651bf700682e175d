"""The short lines of texts: which they are, and where they stand.

Few texts are split in plain Python; of many that have been looked up, long lines are never looked at.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from ..named_tuple import NamedTuple
from ..native import character_loops

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from ..document import Document
    from ..look_up import LookedUp

LONGEST = 48
"""Characters of a line, white space and all, that is counted."""
AROUND = " \t\r\u3000\xa0|·•»›>-–—*"
"""What is left out around a line."""
ENDS = "。；;！？"
"""A line that ends so is a sentence and is not counted."""


def _stands(line: str) -> bool:
    """Whether a line is not blank; a long one is not asked."""
    return len(line) > LONGEST or not (line == "" or line.isspace())


class Brief(NamedTuple):
    """Short lines in columns.

    Attributes:
        documents: the number of each one's document, in 32 bits.
        places: the number of each among those lines of its document that are not blank, in 32 bits.
        texts: the lines, without what is left out around them.
    """

    documents: bytes
    places: bytes
    texts: list[str]


def in_documents(documents: Sequence[Document], first: int = 0) -> Brief:
    """The short lines of documents, which are numbered from ``first`` on, but for sentences."""
    return _columns(_split(documents), first)


def in_looked_up(looked_up: LookedUp, lengths: Sequence[int], first: int = 0) -> Brief:
    """As `in_documents`, for documents joined with one line feed each: long lines are never looked at."""
    compiled = character_loops()
    if compiled is None:
        return _columns(_in_numpy(looked_up.text, looked_up.feeds, lengths), first)
    return Brief(*compiled.brief(looked_up.text, looked_up.found_feeds, list(lengths), first, LONGEST, AROUND, ENDS))


def _columns(lines: Iterable[tuple[int, int, str]], first: int) -> Brief:
    documents, places = array("I"), array("I")
    texts = []
    for number, place, line in lines:
        if line[-1] not in ENDS:
            documents.append(first + number)
            places.append(place)
            texts.append(line.strip(AROUND))
    return Brief(documents.tobytes(), places.tobytes(), texts)


def _split(documents: Sequence[Document]) -> Iterator[tuple[int, int, str]]:
    """The short lines: the number of the document, the number of the line among those that stand, the line."""
    for number, document in enumerate(documents):
        for place, line in enumerate(filter(_stands, document.text.split("\n"))):
            if len(line) <= LONGEST:
                yield number, place, line


def _in_numpy(joined: str, feeds: NDArray[np.int64], lengths: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """As `_split`."""
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
