"""Growth: how far many chains go on at either end, found for all of them at once.

The meaning is that of `extension.grown_back` and `grown_on`, which do it for one. Most chains grow by
nothing and say too little: they are known here, and no more is done for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..named_tuple import NamedTuple, made
from .alignment import Growth
from .chaining import Chain
from .extension import LONG_SEED, PIECE, SEEN, SHORT_SEED, SIMILAR, SIMILAR_PIECE
from .folded_text import Stretch
from .side_by_side import count_syllables, equal_extent
from .winnowing import FIRST_SYLLABIC

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .folds import Folds

ROUNDS, MOST = 8, 40
"""Equal runs, one behind the other, that are followed at an end, at least, and while there are `MANY` ends, at most;
what has more is left to `extension`."""
MANY = 64
_WINDOW = SEEN + LONG_SEED
_ENDS = 4096
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
    documents = np.array([document for document, _, _ in chains])
    earlier = np.array([place for _, place, _ in chains])
    places = *folds.places(documents), *folds.places(earlier)
    heads, tails = (
        np.array([number for _, _, chain in chains for number in chain.stretches[end]], np.int64).reshape(-1, 3).T
        for end in (0, -1)
    )
    is_one = documents == earlier
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
    is_little = says < least
    # Of those hardly any is looked at again.
    ends = Ends(np.concatenate((start, end)), np.concatenate((copy, copy_end)), *ends[2:])
    told = followed.told(ends, np.concatenate((head_known & ~is_little, tail_known & ~is_little)))
    limits = (zip(*(column.tolist() for column in columns), strict=True) for columns in (lows, highs))
    grown = made(Growth, zip(told[:size], told[size:], *limits, is_little.tolist(), strict=True))
    return list(made(Chain, ((*chain[:-1], growth) for (_, _, chain), growth in zip(chains, grown, strict=True))))


class Followed:
    """How far ends of chains grow."""

    def __init__(self, folds: Folds, ends: Ends) -> None:
        """Follow the ends through the folded texts."""
        import numpy as np

        self._np, self._folds, self._ends = np, folds, ends
        size = len(ends.later)
        self._end, self._copy_end, self._same, self._syllables, self._good = np.zeros((5, size), np.int64)
        rounds: list[NDArray[Any]] = []
        active = np.arange(size)
        while len(rounds) < ROUNDS or (len(active) >= MANY and len(rounds) < MOST):
            rounds.append(np.zeros((3, size), np.int32))
            parts = [active[start : start + _ENDS] for start in range(0, len(active), _ENDS)]
            active = np.concatenate([active[:0], *(self._follow(len(rounds), rows, rounds[-1]) for rows in parts)])
        self._found = np.stack(rounds, 1)
        self.known = np.ones(size, np.bool_)
        """Which ends have been followed to where they are no longer alike."""
        self.known[active] = False

    def extent(self) -> NDArray[Any]:
        """By how much of the later text each end grows."""
        np = self._np
        rows = np.flatnonzero(self._good)
        at, _, length = self._run(rows, self._good[rows] - 1)
        extent = np.zeros(len(self._good), np.int64)
        extent[rows] = at + length
        return extent  # type: ignore[no-any-return]

    def seen(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """How much of the later and of the earlier text was looked at."""
        np, ends = self._np, self._ends
        return np.minimum(ends.room, self._end + _WINDOW), np.minimum(ends.copy_room, self._copy_end + _WINDOW)

    def told(self, ends: Ends, wanted: NDArray[Any]) -> list[list[Stretch] | None]:
        """The equal stretches at each end that is wanted, in order; ``ends`` has its places in both texts."""
        np = self._np
        rows = np.flatnonzero(wanted & (self._good > 0))
        way, good = ends.way[rows], self._good[rows]
        count = int(good.sum())
        at = np.repeat(np.cumsum(good) - good, good)
        steps = np.arange(count) - at
        # What is before a chain is found from its end on.
        steps = np.where(np.repeat(way, good) > 0, steps, np.repeat(good, good) - 1 - steps)
        rows_of = np.repeat(rows, good)
        places, copies, length = self._run(rows_of, steps)
        back = np.where(ends.way[rows_of] < 0, length, 0)
        start = ends.later[rows_of] + ends.way[rows_of] * places - back
        other = ends.earlier[rows_of] + ends.way[rows_of] * copies - back
        every = list(made(Stretch, zip(start.tolist(), other.tolist(), length.tolist(), strict=True)))
        told: list[list[Stretch] | None] = [[] if one else None for one in wanted.tolist()]
        first = 0
        for row, number in zip(rows.tolist(), good.tolist(), strict=True):
            told[row] = every[first : first + number]
            first += number
        return told

    def _run(self, rows: NDArray[Any], numbers: NDArray[Any]) -> NDArray[Any]:
        """Of some ends one of the equal runs each: how far from the end it begins in both texts, how long it is."""
        return self._found[:, numbers, rows].astype(self._np.int64)

    def _follow(self, number: int, rows: NDArray[Any], found: NDArray[Any]) -> NDArray[Any]:
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
        steps = np.arange(_WINDOW, dtype=np.int16)[:, None]
        at_step, copy_step = at.astype(np.int16), copy.astype(np.int16)
        # Fewer than 256: bytes are added up much faster than larger numbers.
        passed = ((one >= FIRST_SYLLABIC) & (steps < at_step)).view(np.uint8).sum(0, dtype=np.uint8).astype(np.int64)
        passed += ((other >= FIRST_SYLLABIC) & (steps < copy_step)).view(np.uint8).sum(0, dtype=np.uint8)
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
        found[:, rows] = at_end, copy_at, length
        end, copy_end = at_end + length, copy_at + length
        self._end[rows], self._copy_end[rows] = end, copy_end
        size = end + copy_end
        least = np.where(2 * self._syllables[rows] < size, SIMILAR, SIMILAR_PIECE)
        self._good[rows[2 * self._same[rows] >= least * size]] = number
        return rows

    def _read(self, at: NDArray[Any], way: NDArray[Any], room: NDArray[Any], nothing: int) -> NDArray[Any]:
        """The characters from some places on, or before them, in rows; ``nothing`` where there is no more room."""
        np = self._np
        steps = np.arange(_WINDOW, dtype=np.int16)[:, None]
        windows = self._folds.windows(np.where(way > 0, at, at - _WINDOW), _WINDOW)
        windows[way < 0] = windows[way < 0, ::-1]
        found = np.ascontiguousarray(windows.T)
        found[steps >= np.minimum(room, _WINDOW).astype(np.int16)] = nothing
        return found  # type: ignore[no-any-return]


def _equal(np: Any, one: NDArray[Any], other: NDArray[Any]) -> NDArray[Any]:
    """For each character of one window which of the other window are the same, the first in the lowest bit."""
    masks = np.zeros((*one.shape, 8), np.uint8)
    same, bits = np.empty(one.shape, np.bool_), np.empty(one.shape, np.uint8)
    lowest = same.view(np.uint8)
    for first in range(0, _WINDOW, 8):
        bits[:] = 0
        for codes in other[first : first + 8][::-1]:
            np.equal(one, codes, out=same)
            # Processors shift no bytes.
            np.add(bits, bits, out=bits)
            np.bitwise_or(bits, lowest, out=bits)
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
    order = np.argsort(-at)
    left = np.full(len(at), ~np.uint64(0))
    for step, number in enumerate((len(at) - np.cumsum(np.bincount(at))).tolist()):
        # Those of which so many characters are before the place.
        some = left[:number]
        both = some & equal[step, order[:number]]
        left[:number] = (some + both) | (some ^ both)
    found = np.empty(len(at), np.int64)
    counted = (np.uint64(1) << copy[order].astype(np.uint64)) - np.uint64(1)
    found[order] = np.bitwise_count(~left & counted)
    return found  # type: ignore[no-any-return]
