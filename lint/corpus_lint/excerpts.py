"""Excerpts: the lines of a text that a search is for, picked out, so that it costs other lines nothing.

Short lines are picked out in plain Python of little text, in numpy of much; lines with certain characters in numpy.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from .named_tuple import NamedTuple
from .rule import SHORT_LINE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from .look_up import LookedUp

DENSE = 80
"""Bytes a line, on average, below which picking out short ones costs more than it saves."""
_CHUNK = 1 << 17
"""Bytes looked at at once, with what comes of them in the processor's cache."""
CROWDED = 16
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


def short_lines(text: bytes) -> list[tuple[int, int]] | None:
    """The lines of at most `SHORT_LINE` bytes that are not empty, as stretches; None when nearly all are so short.

    ``text`` begins and ends with a line feed, and has no carriage return.
    """
    if text.count(b"\n") * DENSE > len(text):
        return None
    lines = text.split(b"\n")
    bounds = pairwise(accumulate((len(line) + 1 for line in lines), initial=0))
    return [(start, end) for start, end in bounds if 1 < end - start <= SHORT_LINE + 1]


class Lines:
    """The lines of much text, of which some are picked out as stretches, neighbours together."""

    def __init__(self, text: bytes, looked_up: LookedUp) -> None:
        """``text`` as for `short_lines`; ``looked_up`` is the same text without the line feeds at both ends.

        Carriage returns in it are line feeds in ``text``.
        """
        self._text = text
        self._looked_up = looked_up

    def short(self) -> list[tuple[int, int]] | None:
        """As `short_lines`."""
        import numpy as np

        if len(self._feeds) * DENSE > len(self._text):
            return None
        sizes = np.diff(self._feeds)
        return self._stretches((sizes > 1) & (sizes <= SHORT_LINE + 1))

    def around(self, found: NDArray[np.bool_]) -> list[tuple[int, int]] | None:
        """The lines in which the marked ones of all characters stand; None when these are many."""
        import numpy as np

        if np.count_nonzero(found) * CROWDED > len(found):
            return None
        chosen = np.zeros(len(self._feeds) - 1, bool)
        chosen[np.searchsorted(self._ends, np.flatnonzero(found))] = True
        return self._stretches(chosen)

    @cached_property
    def _feeds(self) -> NDArray[np.intp]:
        """The offsets of the line feeds in the bytes."""
        import numpy as np

        codes = np.frombuffer(self._text, np.uint8)
        starts = range(0, len(codes), _CHUNK)
        return np.concatenate([np.flatnonzero(codes[start : start + _CHUNK] == ord("\n")) + start for start in starts])

    @cached_property
    def _ends(self) -> NDArray[np.intp]:
        """The offsets of line ends in the code points."""
        import numpy as np

        found = self._looked_up.feeds
        if len(found) + 2 < len(self._feeds):
            codes = np.frombuffer(self._looked_up.text.encode("utf-32-le", "surrogatepass"), np.uint32)
            found = np.flatnonzero((codes == ord("\n")) | (codes == ord("\r")))
        return found

    def _stretches(self, chosen: NDArray[np.bool_]) -> list[tuple[int, int]]:
        import numpy as np

        changes = np.flatnonzero(np.diff(chosen, prepend=False, append=False))
        bounds = (self._feeds[changes] + 1).tolist()
        return list(zip(bounds[::2], bounds[1::2], strict=True))
