"""Extension: the rest of a passage's first and last line, and the lines around, as far as they are like the copy's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .folded_text import Passage, weight

if TYPE_CHECKING:
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
        (line, whole), (earlier_line, earlier_whole) = _line_before(later, start), _line_before(earlier, earlier_start)
        if whole != earlier_whole or line < low or earlier_line < earlier_low:
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
        (line, whole), (earlier_line, earlier_whole) = _line_behind(later, end), _line_behind(earlier, earlier_end)
        if whole != earlier_whole or line > high or earlier_line > earlier_high:
            break
        same = _alike(later.folded[end:line], earlier.folded[earlier_end:earlier_line], whole=whole)
        if not same:
            break
        end, earlier_end, more = line, earlier_line, more + same
    return end, earlier_end, more


def _line_before(text: Text, position: int) -> tuple[int, bool]:
    """Where the line before ``position`` begins, and whether it is a whole line and not the rest of one."""
    line = text.line(position)[0]
    if position - line > RAGGED or not line:
        return line, False
    return text.line(line - 1)[0], True


def _line_behind(text: Text, position: int) -> tuple[int, bool]:
    """Where the line behind ``position`` ends, and whether it is a whole line and not the rest of one."""
    line = text.line(position - 1)[1]
    if line - position > RAGGED or line == len(text.folded):
        return line, False
    return text.line(line)[1], True


def _alike(one: str, other: str, *, whole: bool) -> int:
    """How many characters two lines, or pieces of lines, share in order; 0 when they are not alike."""
    if whole and min(weight(one), weight(other)) < LINE:
        return 0
    same = shared(one, other)
    size = len(one) + len(other)
    least = SIMILAR if whole or weight(one) + weight(other) < 2 * size else SIMILAR_PIECE
    return same if 2 * same >= least * size else 0


def alike(one: str, other: str) -> bool:
    """Whether two pieces of lines are variants of each other."""
    return _alike(one, other, whole=False) > 0


def shared(one: str, other: str) -> int:
    """How many characters two texts share in order."""
    from rapidfuzz.distance import LCSseq

    same: int = LCSseq.similarity(one, other)
    return same
