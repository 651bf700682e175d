"""Excerpts: the lines of a text that a search is for, picked out, so that it costs other lines nothing.

Short lines of little text are picked out in plain Python; of much text, which is looked up, those with certain
characters, too.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate, pairwise

from ..named_tuple import NamedTuple
from ..native import character_loops
from ..rule import SHORT_LINE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from ..look_up import LookedUp

DENSE = 80
"""Bytes a line, on average, below which picking out short ones costs more than it saves."""
CROWDED = 16
"""Characters for each that is looked for below which, by numpy, the same holds for the lines that have one."""
_CHUNK = 1 << 17
"""Bytes looked at at once, with what comes of them in the processor's cache."""


class Excerpt(NamedTuple):
    """Some lines of a text, one behind the other.

    Attributes:
        data: the lines with a line feed in front, between and behind them.
        picked: where lines that were neighbours begin in ``data``, in order.
        original: where they begin in the text.
    """

    data: bytes
    picked: Sequence[int]
    original: Sequence[int]

    def place(self, found: Sequence[int], bits: int) -> list[int]:
        """Where in the text matches end that were found in ``data``, behind its first line feed.

        Args:
            found: in order; each the offset of the match's end, above so many bits with something else.
            bits: how many.
        """
        # A match that ends where lines begin is of those before, to which the line feed belongs.
        numbers = [bisect_left(self.picked, match >> bits, 1) - 1 for match in found]
        moved = [original - picked << bits for picked, original in zip(self.picked, self.original, strict=True)]
        return [match + moved[number] for match, number in zip(found, numbers, strict=True)]


def excerpt(text: bytes, stretches: Sequence[tuple[int, int]]) -> Excerpt:
    """The lines between offsets; the line feed behind a stretch's last line belongs to it."""
    picked = list(accumulate([end - start for start, end in stretches], initial=1))
    data = b"".join((b"\n", *[text[start:end] for start, end in stretches]))
    return Excerpt(data, picked[:-1], [start for start, _ in stretches])


def short_lines(text: bytes) -> list[tuple[int, int]] | None:
    """The lines of at most `SHORT_LINE` bytes that are not empty, as stretches; None when nearly all are so short.

    ``text`` begins and ends with a line feed, and has no carriage return.
    """
    if _is_dense(text.count(b"\n"), text):
        return None
    sizes = (len(line) + 1 for line in text.split(b"\n"))
    bounds = pairwise(accumulate(sizes, initial=0))
    return [(start, end) for start, end in bounds if 1 < end - start <= SHORT_LINE + 1]


def _is_dense(feeds: int, text: bytes) -> bool:
    return feeds * DENSE > len(text)


class Lines(NamedTuple):
    """Lines of a text, as stretches, neighbours together.

    Attributes:
        short: as `short_lines`.
        marked: for each of `corpus_lint.look_up.MARKS` the lines that have a character with it; where it would cost
            more than it saves, all.
    """

    short: Sequence[tuple[int, int]] | None
    marked: Sequence[Sequence[tuple[int, int]]]


def lines(text: bytes, looked_up: LookedUp) -> Lines:
    """The lines of a text as for `short_lines`.

    Args:
        text: the text.
        looked_up: the same without the line feeds at both ends; carriage returns in it are line feeds in ``text``.
    """
    compiled = character_loops()
    if compiled is None or looked_up.lines is None:
        return _lines_numpy(text, looked_up)
    short, *marked = compiled.stretches(text, looked_up.lines, SHORT_LINE)
    return Lines(None if _is_dense(len(looked_up.lines) + 1, text) else short, marked)


def _lines_numpy(text: bytes, looked_up: LookedUp) -> Lines:
    import numpy as np

    from ..look_up import MARKS

    codes = np.frombuffer(text, np.uint8)
    starts = range(0, len(codes), _CHUNK)
    feeds = np.concatenate([np.flatnonzero(codes[start : start + _CHUNK] == ord("\n")) + start for start in starts])
    sizes = np.diff(feeds)
    short = None if _is_dense(len(feeds), text) else _stretches(feeds, (sizes > 1) & (sizes <= SHORT_LINE + 1))
    if not looked_up.is_marked:
        return Lines(short, [[]] * len(MARKS))
    ends: NDArray[np.int64] = looked_up.feeds
    if len(ends) + 2 < len(feeds):
        wide = np.frombuffer(looked_up.text.encode("utf-32-le", "surrogatepass"), np.uint32)
        ends = np.flatnonzero((wide == ord("\n")) | (wide == ord("\r")))
    marked = []
    for number in range(len(MARKS)):
        places = np.flatnonzero(looked_up.marked(number))
        chosen = np.full(len(sizes), len(places) * CROWDED > len(looked_up.text), np.bool_)
        if not chosen.any():
            chosen[np.searchsorted(ends, places)] = True
        marked.append(_stretches(feeds, chosen))
    return Lines(short, marked)


def _stretches(feeds: NDArray[np.int64], chosen: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """From where to where the chosen lines stand, of which each ends at a line feed, behind the first."""
    import numpy as np

    changes = np.flatnonzero(np.diff(chosen, prepend=False, append=False))
    bounds = (feeds[changes] + 1).tolist()
    return list(zip(bounds[::2], bounds[1::2], strict=True))
