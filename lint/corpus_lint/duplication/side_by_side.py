"""Side by side: what many stretches of folded text have in common with others, by numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .native_passages import passage_loops
from .winnowing import FIRST_SYLLABIC

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .folds import Folds

_SHORTEST, _LONGEST = 16, 1 << 10
"""Characters that are compared at once: first of all stretches, and in the end of those that go on and on."""
_CHARACTERS = 1 << 18
"""Characters that are brought together at once, about."""
_COUNTED = 64


def are_equal(
    np: Any, folds: Folds, one: NDArray[Any], other: NDArray[Any], length: NDArray[Any], longest: int
) -> NDArray[Any]:
    """Whether so many characters, at most ``longest``, are the same from two places on."""
    extent = _compiled_extent(np, folds, one, other, length, 1)
    if extent is not None:
        return (extent == length) & (length <= longest)  # type: ignore[no-any-return]
    found = np.zeros(len(one), np.bool_)
    for low, width in ((-1, _SHORTEST), (_SHORTEST, longest)):
        rows = np.flatnonzero((length > low) & (length <= width))
        steps = np.arange(width)
        for start in range(0, len(rows), _CHARACTERS // width):
            some = rows[start : start + _CHARACTERS // width]
            same = folds.windows(one[some], width) == folds.windows(other[some], width)
            found[some] = (same | (steps >= length[some, None])).all(1)
    return found  # type: ignore[no-any-return]


def equal_extent(
    np: Any, folds: Folds, one: NDArray[Any], other: NDArray[Any], room: NDArray[Any], way: int
) -> NDArray[Any]:
    """How many characters, at most ``room``, are the same from two places on, or, when ``way`` is -1, before them."""
    known = _compiled_extent(np, folds, one, other, room, way)
    if known is not None:
        return known
    extent = np.zeros(len(one), np.int64)
    active, width = np.arange(len(one)), _SHORTEST
    while len(active):
        going = []
        for start in range(0, len(active), _CHARACTERS // width):
            rows = active[start : start + _CHARACTERS // width]
            done = extent[rows] if way > 0 else -extent[rows] - width
            differs = folds.windows(one[rows] + done, width) != folds.windows(other[rows] + done, width)
            if way < 0:
                differs = differs[:, ::-1]
            first = differs.argmax(1)
            some = differs[np.arange(len(rows)), first]
            extent[rows] += np.where(some, first, width)
            going.append(rows[~some & (extent[rows] < room[rows])])
        active = np.concatenate(going)
        width = min(2 * width, _LONGEST)
    return np.minimum(extent, room)  # type: ignore[no-any-return]


def _compiled_extent(
    np: Any, folds: Folds, one: NDArray[Any], other: NDArray[Any], room: NDArray[Any], way: int
) -> NDArray[Any] | None:
    loops, codes = passage_loops(), folds.whole
    if loops is None or codes is None:
        return None
    columns = (np.ascontiguousarray(column, np.int64) for column in (one, other, room, np.full(len(one), way)))
    return np.frombuffer(loops.extents(codes, *columns), np.int64)  # type: ignore[no-any-return]


def count_syllables(np: Any, folds: Folds, start: NDArray[Any], length: NDArray[Any]) -> NDArray[Any]:
    """How many characters of stretches, by where they begin among all, are Han, kana or Hangul."""
    known = folds.syllables
    if known is not None and known.covers(start, length):
        return known.counts(start, length)
    counts = np.zeros(len(start), np.int64)
    steps = np.arange(_COUNTED)
    active, done = np.arange(len(start)), 0
    while len(active := active[length[active] > done]):
        for first in range(0, len(active), _CHARACTERS // _COUNTED):
            rows = active[first : first + _CHARACTERS // _COUNTED]
            said = folds.windows(start[rows] + done, _COUNTED) >= FIRST_SYLLABIC
            counts[rows] += np.count_nonzero(said & (steps < length[rows, None] - done), axis=1)
        done += _COUNTED
    return counts  # type: ignore[no-any-return]
