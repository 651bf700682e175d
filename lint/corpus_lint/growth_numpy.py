"""Growth: how far many chains go on at either end, found for all of them at once.

The meaning is that of `corpus_lint.extension.grown_back` and `grown_on`, which do it for one. Most chains grow by
nothing and say too little: they are known here, and no more is done for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .alignment import Growth
from .chaining import Chain
from .extension import LONG_SEED, PIECE, SEEN, SHORT_SEED, SIMILAR, SIMILAR_PIECE
from .folded_text import Stretch
from .named_tuple import NamedTuple
from .side_by_side import count_syllables, equal_extent
from .winnowing import FIRST_SYLLABIC

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .folds import Folds

ROUNDS = 8
"""Equal runs, one behind the other, that are followed at an end; what has more is left to `corpus_lint.extension`."""
_WINDOW = SEEN + LONG_SEED
_ENDS = 1 << 12
"""Ends that are looked at together."""
_NO_CHARACTER, _NONE_EITHER = 0, 1


class Ends(NamedTuple):
    """Ends of chains, in columns.

    Attributes:
        later: where the end is in the later text, among all folded characters.
        earlier: likewise in the earlier text.
        room: so many characters of the later text it may grow by, at most.
        copy_room: likewise of the earlier text.
        way: 1 for what is behind a chain, -1 for what is before it.
    """

    later: NDArray[Any]
    earlier: NDArray[Any]
    room: NDArray[Any]
    copy_room: NDArray[Any]
    way: NDArray[Any]


def grown(chains: Sequence[tuple[int, int, Chain]], folds: Folds, least: int) -> list[Chain]:
    """Chains with how they go on at their ends, as far as that is soon known.

    Args:
        chains: each with the document that it is of, and the one that has the earlier copy.
        folds: the folded texts.
        least: what a chain must say with all of that, or the lines around it are not looked at.
    """
    import numpy as np

    if not chains:
        return []
    size = len(chains)
    texts: dict[int, tuple[int, int]] = {}
    for document, place, _ in chains:
        for number in (document, place):
            if number not in texts:
                found = folds.place(number)
                assert found is not None
                texts[number] = found
    places = np.array([(*texts[document], *texts[place]) for document, place, _ in chains], np.int64).T
    heads = np.array([chain.stretches[0] for _, _, chain in chains], np.int64).T
    tails = np.array([chain.stretches[-1] for _, _, chain in chains], np.int64).T
    is_one = np.array([document == place for document, place, _ in chains])
    start, copy = heads[0], heads[1]
    end, copy_end = tails[0] + tails[2], tails[1] + tails[2]
    room = np.where(is_one, start - copy_end, start)
    copy_room = np.where(is_one, start, places[3]) - copy_end
    ends = Ends(
        np.concatenate((places[0] + start, places[0] + end)),
        np.concatenate((places[2] + copy, places[2] + copy_end)),
        np.minimum(np.concatenate((room, places[1] - end)), PIECE),
        np.minimum(np.concatenate((copy, copy_room)), PIECE),
        np.repeat(np.array([-1, 1]), size),
    )
    followed = Followed(folds, ends)
    extent = followed.extent()
    seen, copy_seen = followed.seen()
    begin = start - extent[:size]
    lows = start - seen[:size], copy - copy_seen[:size]
    highs = end + seen[size:], copy_end + copy_seen[size:]
    head_known, tail_known = followed.known[:size], followed.known[size:]
    # In one text, what is behind the earlier copy ends where the later one now begins.
    tail_known &= ~is_one | (head_known & (highs[1] <= begin))
    # All that can be made of the chain is in between.
    whole = end + extent[size:] - begin
    says = np.full(size, least)
    short = np.flatnonzero(head_known & tail_known & (whole < least))
    says[short] = whole[short] + 2 * count_syllables(np, folds, (places[0] + begin)[short], whole[short])
    told = followed.told(np.concatenate((start, end)), np.concatenate((copy, copy_end)))
    columns = (column.tolist() for column in (head_known, tail_known, *lows, *highs, says < least))
    done = []
    for number, ((_, _, chain), head, tail, low, copy_low, high, copy_high, is_little) in enumerate(
        zip(chains, *columns, strict=True)
    ):
        before = told.get(number, []) if head else None
        behind = told.get(number + size, []) if tail else None
        done.append(chain.growing(Growth(before, behind, (low, copy_low), (high, copy_high), is_little)))
    return done


class Followed:
    """How far ends of chains grow."""

    def __init__(self, folds: Folds, ends: Ends) -> None:
        """Follow the ends through the folded texts."""
        import numpy as np

        self._np, self._folds, self._ends = np, folds, ends
        size = len(ends.later)
        self._end, self._copy_end, self._same, self._syllables, self._good = np.zeros((5, size), np.int64)
        self._found = np.zeros((3, ROUNDS, size), np.int32)
        active = np.arange(size)
        for number in range(ROUNDS):
            parts = [active[start : start + _ENDS] for start in range(0, len(active), _ENDS)]
            active = np.concatenate([active[:0], *(self._follow(number, rows) for rows in parts)])
        self.known = np.ones(size, np.bool_)
        """Which ends have been followed to where they are no longer alike."""
        self.known[active] = False

    def extent(self) -> NDArray[Any]:
        """By how much of the later text each end grows."""
        np = self._np
        at, _, length = self._found
        last = np.maximum(self._good - 1, 0), np.arange(len(self._good))
        extent: NDArray[Any] = np.where(self._good > 0, at[last] + length[last], 0)
        return extent

    def seen(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """How much of the later and of the earlier text was looked at."""
        np, ends = self._np, self._ends
        return np.minimum(ends.room, self._end + _WINDOW), np.minimum(ends.copy_room, self._copy_end + _WINDOW)

    def told(self, places: NDArray[Any], copies: NDArray[Any]) -> dict[int, list[Stretch]]:
        """The equal stretches at the ends that have any, in order; the ends are at these places of their texts."""
        np, way = self._np, self._ends.way
        told: dict[int, list[Stretch]] = {}
        for number, columns in enumerate(self._found.transpose(1, 0, 2)):
            rows = np.flatnonzero(self._good > number)
            at, copy, length = columns[:, rows]
            back = np.where(way[rows] < 0, length, 0)
            start, other = places[rows] + way[rows] * at - back, copies[rows] + way[rows] * copy - back
            found = map(Stretch._make, zip(start.tolist(), other.tolist(), length.tolist(), strict=True))
            for row, stretch in zip(rows.tolist(), found, strict=True):
                told.setdefault(row, []).append(stretch)
        for row, stretches in told.items():
            if way[row] < 0:
                stretches.reverse()
        return told

    def _follow(self, number: int, rows: NDArray[Any]) -> NDArray[Any]:
        """Find the next run of equal characters of some ends; those that have one."""
        np = self._np
        later, earlier, room, copy_room, way = (column[rows] for column in self._ends)
        end, copy_end = self._end[rows], self._copy_end[rows]
        one = self._read(later + way * end, way, room - end, _NO_CHARACTER)
        other = self._read(earlier + way * copy_end, way, copy_room - copy_end, _NONE_EITHER)
        equal = _equal(np, one, other)
        at, copy = _seeds(np, one, equal)
        kept = np.flatnonzero(at >= 0)
        rows, at, copy, way = rows[kept], at[kept], copy[kept], way[kept]
        equal, one, other = equal[:, kept], one[:, kept], other[:, kept]
        steps = np.arange(_WINDOW)[:, None]
        passed = ((one >= FIRST_SYLLABIC) & (steps < at)).sum(0)
        passed += ((other >= FIRST_SYLLABIC) & (steps < copy)).sum(0)
        at_end, copy_at = end[kept] + at, copy_end[kept] + copy
        later, earlier = later[kept] + way * at_end, earlier[kept] + way * copy_at
        left = np.minimum(room[kept] - at_end, copy_room[kept] - copy_at)
        length = np.zeros(len(rows), np.int64)
        for one_way in (1, -1):
            some = np.flatnonzero(way == one_way)
            length[some] = equal_extent(np, self._folds, later[some], earlier[some], left[some], one_way)
        self._same[rows] += length + _shared(np, equal, at, copy)
        syllables = count_syllables(np, self._folds, np.where(way > 0, later, later - length), length)
        self._syllables[rows] += passed + 2 * syllables
        self._found[:, number, rows] = at_end, copy_at, length
        end, copy_end = at_end + length, copy_at + length
        self._end[rows], self._copy_end[rows] = end, copy_end
        size = end + copy_end
        least = np.where(2 * self._syllables[rows] < size, SIMILAR, SIMILAR_PIECE)
        self._good[rows[2 * self._same[rows] >= least * size]] = number + 1
        return rows

    def _read(self, at: NDArray[Any], way: NDArray[Any], room: NDArray[Any], nothing: int) -> NDArray[Any]:
        """The characters from some places on, or before them, in rows; ``nothing`` where there is no more room."""
        np = self._np
        steps = np.arange(_WINDOW)[:, None]
        windows = self._folds.windows(np.where(way > 0, at, at - _WINDOW), _WINDOW)
        windows[way < 0] = windows[way < 0, ::-1]
        found = np.ascontiguousarray(windows.T)
        return np.where(steps < room, found, np.uint16(nothing))  # type: ignore[no-any-return]


def _equal(np: Any, one: NDArray[Any], other: NDArray[Any]) -> NDArray[Any]:
    """For each character of one window which of the other window are the same, the first in the lowest bit."""
    masks = np.zeros((*one.shape, 8), np.uint8)
    for first in range(0, _WINDOW, 8):
        bits = np.zeros(one.shape, np.uint8)
        for number, codes in enumerate(other[first : first + 8]):
            bits |= (one == codes).view(np.uint8) << np.uint8(number)
        masks[:, :, first // 8] = bits
    found: NDArray[Any] = masks.view("<u8")[:, :, 0]
    return found


def _seeds(np: Any, one: NDArray[Any], equal: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Where the first run of equal characters begins in either window; -1 where there is none."""

    def shifted(masks: NDArray[Any], by: int) -> NDArray[Any]:
        return masks[by:] >> np.uint64(by)  # type: ignore[no-any-return]

    two = equal[:-1] & shifted(equal, 1)
    four = two[:-2] & shifted(two, 2)
    eight = four[:-4] & shifted(four, 4)
    assert (SHORT_SEED, LONG_SEED) == (4, 10)
    ten = eight[:SEEN] & (two[8 : SEEN + 8] >> np.uint64(8))
    runs = np.where(one[:SEEN] < FIRST_SYLLABIC, ten, four[:SEEN])
    at = (runs != 0).argmax(0)
    first = runs[at, np.arange(len(at))]
    lowest = first & (~first + np.uint64(1))
    copy = np.frexp(lowest.astype(np.float64))[1] - 1
    return np.where(first != 0, at, -1), copy.astype(np.int64)


def _shared(np: Any, equal: NDArray[Any], at: NDArray[Any], copy: NDArray[Any]) -> NDArray[Any]:
    """How many characters windows share in order before some places.

    By the bits of a number: Hyyrö, "Bit-parallel LCS-length computation revisited", AWOCA 2004.
    """
    left = np.full(len(at), ~np.uint64(0))
    for step in range(int(at.max(initial=0)) if len(at) else 0):
        masks = np.where(step < at, equal[step], np.uint64(0))
        left = (left + (left & masks)) | (left & ~masks)
    counted = (np.uint64(1) << copy.astype(np.uint64)) - np.uint64(1)
    return np.bitwise_count(~left & counted).astype(np.int64)  # type: ignore[no-any-return]
