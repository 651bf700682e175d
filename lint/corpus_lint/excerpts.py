"""Excerpts: the lines of a text that a search is for, picked out, so that it costs other lines nothing.

Short lines are picked out in plain Python of little text, in numpy of much; lines with certain characters by where
these stand.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from .named_tuple import NamedTuple
from .rule import SHORT_LINE

if TYPE_CHECKING:
    from collections.abc import Sequence

DENSE = 80
"""Bytes a line, on average, below which picking out short ones costs more than it saves."""
CROWDED = 100
"""Characters for each that is looked for below which the same holds for the lines that have one."""


class Excerpt(NamedTuple):
    """Some lines of a text, one behind the other.

    Attributes:
        data: the lines with a line feed in front, between and behind them.
        runs: where lines that were neighbours begin in ``data`` and in the text, in order.
    """

    data: bytes
    runs: Sequence[tuple[int, int]]

    def place(self, at: int) -> int:
        """The offset in the text of an offset in ``data``, which is not that of the first line feed."""
        number = bisect_right(self.runs, at - 1, key=_in_data) - 1
        picked, original = self.runs[number]
        return at + original - picked


def _in_data(run: tuple[int, int]) -> int:
    return run[0]


def excerpt(text: bytes, stretches: Sequence[tuple[int, int]]) -> Excerpt:
    """The lines between offsets; the line feed behind a stretch's last line belongs to it."""
    runs = []
    size = 1
    for start, end in stretches:
        runs.append((size, start))
        size += end - start
    return Excerpt(b"".join((b"\n", *(text[start:end] for start, end in stretches))), runs)


def short_lines(text: bytes, *, numpy: bool) -> Excerpt | None:
    """The lines of at most `SHORT_LINE` bytes that are not empty; None when nearly all lines are so short.

    Args:
        text: begins and ends with a line feed, and has no carriage return and no surrogate.
        numpy: chooses the way, never the result.
    """
    stretches = _stretches_numpy(text) if numpy else _stretches(text)
    return None if stretches is None else excerpt(text, stretches)


def lines_around(text: str, places: Sequence[int]) -> list[tuple[int, int]] | None:
    """The lines in which some characters stand, as stretches of the text's UTF-8; None when there are too many.

    Args:
        text: has no carriage return and no surrogate.
        places: code-point offsets of the characters, in order.
    """
    if len(places) * CROWDED > len(text):
        return None
    stretches = []
    done = offset = 0
    end = -1
    for place in places:
        if place < end:
            continue
        start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
        if end < 0:
            end = len(text)
        offset += len(text[done:start].encode())
        size = len(text[start:end].encode())
        stretches.append((offset, offset + size + 1))
        offset += size
        done = end
    return stretches


def _stretches(text: bytes) -> list[tuple[int, int]] | None:
    """Where short lines begin and end, the line feeds behind them included."""
    if text.count(b"\n") * DENSE > len(text):
        return None
    lines = text.split(b"\n")
    bounds = pairwise(accumulate((len(line) + 1 for line in lines), initial=0))
    return [(start, end) for start, end in bounds if 1 < end - start <= SHORT_LINE + 1]


def _stretches_numpy(text: bytes) -> list[tuple[int, int]] | None:
    """As `_stretches`, but neighbours are one stretch."""
    import numpy as np

    feeds = np.flatnonzero(np.frombuffer(text, np.uint8) == ord("\n"))
    if len(feeds) * DENSE > len(text):
        return None
    sizes = np.diff(feeds)
    short = (sizes > 1) & (sizes <= SHORT_LINE + 1)
    changes = np.flatnonzero(np.diff(short, prepend=False, append=False))
    bounds = (feeds[changes] + 1).tolist()
    return list(zip(bounds[::2], bounds[1::2], strict=True))
