"""Extension: a passage goes on at either end as far as the texts are alike.

Through edits it is followed from one short run of equal characters to the next (`grown_back`, `grown_on`); then it
takes in the rest of its first and its last line, and the lines around, where those are like the copy's (`extended`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cache
from typing import TYPE_CHECKING

from .folded_text import Passage, Stretch, common_prefix, weight
from .native_passages import passage_loops
from .winnowing import FIRST_SYLLABIC

if TYPE_CHECKING:
    from collections.abc import Callable

    from .folded_text import Text

SIMILAR = 0.75
"""Least similarity of a passage and its copy."""
SIMILAR_PIECE = 0.6
"""Least similarity of the rest of a line for a passage to be taken to begin or end with it, and of a wide gap; in an
alphabet it must be as much as that of a whole line, because letters come in the same order soon."""
LINE = 90
"""Least weight of a line that is added to a passage because it is similar; shorter lines are alike too easily."""
RAGGED = 8
"""Where a line begins or ends within so many characters of a passage, the passage is taken to begin or end with it."""

SHORT_SEED = 4
"""Equal Han, kana or Hangul characters by which a passage is followed through edits."""
LONG_SEED = 10
"""Equal letters, likewise."""
SEEN = 32
"""Folded characters behind the last that are equal in which a seed is looked for."""
PIECE = 1024
"""Folded characters beyond an end that are looked at, at most."""
_FIRST_SYLLABIC = chr(FIRST_SYLLABIC)


def grown_back(later: Text, earlier: Text, ends: tuple[int, int], low: tuple[int, int]) -> list[Stretch]:
    """The equal stretches before a place in both texts, as far as they are alike and not before ``low``."""
    end, copy_end = ends
    one = later.folded[max(low[0], end - PIECE, 0) : end]
    other = earlier.folded[max(low[1], copy_end - PIECE, 0) : copy_end]
    return [Stretch(end - a - n, copy_end - b - n, n) for a, b, n in _followed(one[::-1], other[::-1])][::-1]


def grown_on(later: Text, earlier: Text, starts: tuple[int, int], high: tuple[int, int]) -> list[Stretch]:
    """The equal stretches behind a place in both texts, as far as they are alike and not behind ``high``."""
    start, copy = starts
    one = later.folded[start : min(high[0], start + PIECE)]
    other = earlier.folded[copy : min(high[1], copy + PIECE)]
    return [Stretch(start + a, copy + b, n) for a, b, n in _followed(one, other)]


def _followed(one: str, other: str) -> list[tuple[int, int, int]]:
    """Where two texts that begin alike are equal, as far as they are alike: places in both and lengths."""
    loops = passage_loops()
    known = None if loops is None else loops.followed(one, other)
    if known is not None:
        return known
    found: list[tuple[int, int, int]] = []
    end = copy_end = same = good = 0
    while True:
        seed = _seed(one, end, other, copy_end)
        if seed is None:
            break
        at, copy = seed
        length = common_prefix(one, at, other, copy, len(one))
        found.append((at, copy, length))
        same += length
        if at > end and copy > copy_end:
            same += shared(one[end:at], other[copy_end:copy])
        end, copy_end = at + length, copy + length
        if _is_similar(same, one[:end], other[:copy_end]):
            good = len(found)
    return found[:good]


def _seed(one: str, start: int, other: str, copy: int) -> tuple[int, int] | None:
    """The next short run of equal characters in both texts."""
    window = other[copy : copy + SEEN + LONG_SEED]
    there = set(window)
    for at in range(start, min(start + SEEN, len(one) - SHORT_SEED + 1)):
        if one[at] in there:
            size = LONG_SEED if one[at] < _FIRST_SYLLABIC else SHORT_SEED
            found = window.find(one[at : at + size]) if at + size <= len(one) else -1
            if found >= 0:
                return at, copy + found
    return None


def extended(later: Text, earlier: Text, passage: Passage, low: int, high: int) -> Passage:
    """A passage with the rest of its first and last line, and the lines around, as far as they are alike.

    At either end it may grow by as much as it has.
    """
    start, end, earlier_start, earlier_end, similarity = passage
    same = similarity * (end - start + earlier_end - earlier_start) / 2
    if later is earlier:
        low = max(low, earlier_end)
    start, earlier_start, more = _extended_back(
        later, earlier, start, earlier_start, max(low, 2 * start - end), max(0, 2 * earlier_start - earlier_end)
    )
    same += more
    room = start if later is earlier else len(earlier.folded)
    end, earlier_end, more = _extended_on(
        later, earlier, end, earlier_end, min(high, 2 * end - start), min(room, 2 * earlier_end - earlier_start)
    )
    same += more
    return Passage(start, end, earlier_start, earlier_end, 2 * same / (end - start + earlier_end - earlier_start))


def _extended_back(
    later: Text, earlier: Text, start: int, earlier_start: int, low: int, earlier_low: int
) -> tuple[int, int, int]:
    """Where a passage begins if its line, and the lines before, are like those of its copy; how much is the same."""
    more = 0
    while start > low and earlier_start > earlier_low:
        line, whole = _line_before(later, start)
        if line < low:
            break
        earlier_line, earlier_whole = _line_before(earlier, earlier_start)
        if whole != earlier_whole or earlier_line < earlier_low:
            break
        same = _alike(later.folded[line:start], earlier.folded[earlier_line:earlier_start], whole=whole)
        if not same:
            break
        start, earlier_start, more = line, earlier_line, more + same
    return start, earlier_start, more


def _extended_on(
    later: Text, earlier: Text, end: int, earlier_end: int, high: int, earlier_high: int
) -> tuple[int, int, int]:
    """Where a passage ends if its line, and the lines behind, are like those of its copy; how much is the same."""
    more = 0
    while end < high and earlier_end < earlier_high:
        line, whole = _line_behind(later, end)
        if line > high:
            break
        earlier_line, earlier_whole = _line_behind(earlier, earlier_end)
        if whole != earlier_whole or earlier_line > earlier_high:
            break
        same = _alike(later.folded[end:line], earlier.folded[earlier_end:earlier_line], whole=whole)
        if not same:
            break
        end, earlier_end, more = line, earlier_line, more + same
    return end, earlier_end, more


def _line_before(text: Text, position: int) -> tuple[int, bool]:
    """Where the line before ``position`` begins, and whether it is a whole line and not the rest of one."""
    breaks = text.breaks()
    index = bisect_right(breaks, position) - 1
    line = breaks[index]
    if position - line > RAGGED or not line:
        return line, False
    return breaks[index - 1], True


def _line_behind(text: Text, position: int) -> tuple[int, bool]:
    """Where the line behind ``position`` ends, and whether it is a whole line and not the rest of one."""
    breaks = text.breaks()
    index = bisect_left(breaks, position)
    line = breaks[index] if index < len(breaks) else len(text.folded)
    if line - position > RAGGED or line == len(text.folded):
        return line, False
    return breaks[index + 1] if index + 1 < len(breaks) else len(text.folded), True


def _alike(one: str, other: str, *, whole: bool) -> int:
    """How many characters two lines, or pieces of lines, share in order; 0 when they are not alike."""
    shorter, size = min(len(one), len(other)), len(one) + len(other)
    if 2 * shorter < SIMILAR_PIECE * size:
        return 0
    if not whole:
        same = shared(one, other)
        return same if _is_similar(same, one, other) else 0
    if 3 * shorter < LINE or (shorter < LINE and min(weight(one), weight(other)) < LINE):
        return 0
    same = shared(one, other)
    return same if 2 * same >= SIMILAR * size else 0


def _is_similar(same: int, one: str, other: str) -> bool:
    """Whether two pieces that share so many characters are similar: less so must they be where most are no letters."""
    size = len(one) + len(other)
    if not SIMILAR_PIECE * size <= 2 * same < SIMILAR * size:
        return 2 * same >= SIMILAR * size
    return weight(one) + weight(other) >= 2 * size


def alike(one: str, other: str) -> bool:
    """Whether two pieces of lines are variants of each other."""
    return _alike(one, other, whole=False) > 0


def shared(one: str, other: str) -> int:
    """How many characters two texts share in order."""
    return _similarity()(one, other)


@cache
def _similarity() -> Callable[[str, str], int]:
    from rapidfuzz.distance import LCSseq

    return LCSseq.similarity
