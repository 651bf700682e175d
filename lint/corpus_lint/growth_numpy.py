"""Growth: how far many chains go on at either end, found for all of them at once.

The meaning is that of `corpus_lint.extension.grown_back` and `grown_on`, which do it for one. Most chains grow by
nothing and say too little: they are known here, and no more is done for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .alignment import Growth
from .extension import LONG_SEED, PIECE, SEEN, SHORT_SEED, SIMILAR, SIMILAR_PIECE
from .folded_text import Stretch
from .named_tuple import NamedTuple
from .winnowing import FIRST_SYLLABIC

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .chaining import Chain
    from .folds import Folds

ROUNDS = 8
"""Equal runs, one behind the other, that are followed at an end; what has more is left to `corpus_lint.extension`."""
_WINDOW = SEEN + LONG_SEED
_ENDS = 1 << 10
"""Ends that are looked at together."""
_BLOCK = 32
"""Folded characters that are compared at once behind a seed."""
_NO_CHARACTER, _NONE_EITHER = 0, 1


def grown(chains: Sequence[tuple[int, Chain]], folds: Folds, within: bool, least: int) -> list[Chain]:
    """Chains with how they go on at their ends, as far as that is soon known.

    Args:
        chains: each with the document that it is of.
        folds: the folded texts.
        within: whether they are of documents that repeat themselves.
        least: what a chain must say with all of that, or the lines around it are not looked at.
    """
    import numpy as np

    if not chains:
        return []
    places = {}
    for number in {place for document, chain in chains for place in (document, document if within else chain.place)}:
        found = folds.place(number)
        assert found is not None
        places[number] = found
    rows = []
    for document, chain in chains:
        first, last = chain.stretches[0], chain.stretches[-1]
        at, size = places[document]
        copy_at, copy_size = places[document if within else chain.place]
        end, copy_end = last.later + last.length, last.earlier + last.length
        rows.append(
            (
                at,
                copy_at,
                first.later,
                end,
                first.earlier,
                copy_end,
                first.later - copy_end if within else first.later,
                size - end,
                (first.later if within else copy_size) - copy_end,
            )
        )
    at, copy_at, start, end, copy, copy_end, room_before, room_behind, copy_room = np.array(rows, np.int64).T
    before = Followed(folds, Ends(at + start, copy_at + copy, room_before, copy), -1)
    behind = Followed(folds, Ends(at + end, copy_at + copy_end, room_behind, copy_room), 1)
    is_single = np.array([len(chain.stretches) == 1 for _, chain in chains])
    begin = start - before.extent()
    size = end + behind.extent() - begin
    says = np.full(len(size), least)
    short = np.flatnonzero(is_single & before.known & behind.known & (size < least))
    says[short] = size[short] + 2 * count_syllables(np, folds, (at + begin)[short], size[short])
    is_little = (says < least).tolist()
    known = (before.known & behind.known).tolist()
    rooms = zip(*(room.tolist() for one in (before, behind) for room in one.rooms()), strict=True)
    heads, tails = before.told(start.tolist(), copy.tolist()), behind.told(end.tolist(), copy_end.tolist())
    ends = zip(heads, tails, rooms, is_little, strict=True)
    return [
        chain._replace(growth=Growth(*end)) if is_known else chain
        for (_, chain), is_known, end in zip(chains, known, ends, strict=True)
    ]


class Ends(NamedTuple):
    """Ends of chains, in columns.

    Attributes:
        later: where the end is in the later text, among all folded characters.
        earlier: likewise in the earlier text.
        room: so many characters of the later text it may grow by, at most.
        copy_room: likewise of the earlier text.
    """

    later: NDArray[Any]
    earlier: NDArray[Any]
    room: NDArray[Any]
    copy_room: NDArray[Any]

    def chosen(self, rows: NDArray[Any] | slice) -> Ends:
        """Some of the ends."""
        return Ends(*(column[rows] for column in self))


class Followed:
    """How far ends of chains grow, all in one direction."""

    def __init__(self, folds: Folds, ends: Ends, way: int) -> None:
        """Follow the ends.

        Args:
            folds: the folded texts.
            ends: the ends.
            way: 1 for what is behind, -1 for what is before.
        """
        import numpy as np

        self._np, self._folds, self._way = np, folds, way
        self._ends = ends._replace(room=np.minimum(ends.room, PIECE), copy_room=np.minimum(ends.copy_room, PIECE))
        size = len(ends.later)
        self._end, self._copy_end, self._same, self._syllables, self._good = np.zeros((5, size), np.int64)
        self._found = np.zeros((3, ROUNDS, size), np.int32)
        active = np.arange(size)
        for number in range(ROUNDS):
            parts = [active[start : start + _ENDS] for start in range(0, len(active), _ENDS)]
            grown = [self._follow(number, rows) for rows in parts]
            active = np.concatenate([active[:0], *grown])
        self.known = np.ones(size, np.bool_)
        """Which ends have been followed to where they are no longer alike."""
        self.known[active] = False

    def extent(self) -> NDArray[Any]:
        """By how much of the later text each end grows."""
        np = self._np
        at, _, length = self._found
        last = np.maximum(self._good - 1, 0), np.arange(len(self._good))
        return np.where(self._good > 0, at[last] + length[last], 0)

    def rooms(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """So many characters there must be in the later and the earlier text for all this to be true."""
        np, ends = self._np, self._ends
        return np.minimum(ends.room, self._end + _WINDOW), np.minimum(ends.copy_room, self._copy_end + _WINDOW)

    def told(self, places: Sequence[int], copies: Sequence[int]) -> list[list[Stretch]]:
        """The equal stretches at each end, in order; the ends are at these places of their texts."""
        told: list[list[Stretch]] = [[] for _ in places]
        for number, columns in enumerate(self._found.transpose(1, 0, 2)):
            rows = self._np.flatnonzero(self._good > number)
            for row, at, copy, length in zip(rows.tolist(), *columns[:, rows].tolist(), strict=True):
                if self._way > 0:
                    told[row].append(Stretch(places[row] + at, copies[row] + copy, length))
                else:
                    told[row].insert(0, Stretch(places[row] - at - length, copies[row] - copy - length, length))
        return told

    def _follow(self, number: int, rows: NDArray[Any]) -> NDArray[Any]:
        """Find the next run of equal characters of some ends; those that have one."""
        np, way = self._np, self._way
        later, earlier, room, copy_room = self._ends.chosen(rows)
        end, copy_end = self._end[rows], self._copy_end[rows]
        one = self._read(later + way * end, room - end, _NO_CHARACTER)
        other = self._read(earlier + way * copy_end, copy_room - copy_end, _NONE_EITHER)
        equal = _equal(np, one, other)
        at, copy = _seeds(np, one, equal)
        kept = np.flatnonzero(at >= 0)
        rows, at, copy, equal, one, other = rows[kept], at[kept], copy[kept], equal[kept], one[kept], other[kept]
        steps = np.arange(_WINDOW)
        passed = ((one >= FIRST_SYLLABIC) & (steps < at[:, None])).sum(1)
        passed += ((other >= FIRST_SYLLABIC) & (steps < copy[:, None])).sum(1)
        at_end, copy_at = end[kept] + at, copy_end[kept] + copy
        later, earlier = later[kept] + way * at_end, earlier[kept] + way * copy_at
        length = equal_extent(
            np, self._folds, later, earlier, np.minimum(room[kept] - at_end, copy_room[kept] - copy_at), way
        )
        self._same[rows] += length + _shared(np, equal, at, copy)
        syllables = count_syllables(np, self._folds, later if way > 0 else later - length, length)
        self._syllables[rows] += passed + 2 * syllables
        self._found[:, number, rows] = at_end, copy_at, length
        end, copy_end = at_end + length, copy_at + length
        self._end[rows], self._copy_end[rows] = end, copy_end
        size = end + copy_end
        least = np.where(2 * self._syllables[rows] < size, SIMILAR, SIMILAR_PIECE)
        self._good[rows[2 * self._same[rows] >= least * size]] = number + 1
        return rows  # type: ignore[no-any-return]

    def _read(self, at: NDArray[Any], room: NDArray[Any], nothing: int) -> NDArray[Any]:
        """The characters from some places on, or before them, and ``nothing`` where there is no more room."""
        np = self._np
        steps = np.arange(_WINDOW)
        found = self._folds.take(at[:, None] + (steps if self._way > 0 else -1 - steps))
        return np.where(steps < room[:, None], found, np.uint16(nothing))  # type: ignore[no-any-return]


def _equal(np: Any, one: NDArray[Any], other: NDArray[Any]) -> NDArray[Any]:
    """For each character of one window which of the other window are the same, the first in the lowest bit."""
    bits = np.packbits(one[:, :, None] == other[:, None, :], axis=2, bitorder="little")
    masks = np.zeros((*bits.shape[:2], 8), np.uint8)
    masks[:, :, : bits.shape[2]] = bits
    return masks.view("<u8")[:, :, 0]  # type: ignore[no-any-return]


def _seeds(np: Any, one: NDArray[Any], equal: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Where the first run of equal characters begins in either window; -1 where there is none."""

    def shifted(masks: NDArray[Any], by: int) -> NDArray[Any]:
        return masks[:, by:] >> np.uint64(by)

    two = equal[:, :-1] & shifted(equal, 1)
    four = two[:, :-2] & shifted(two, 2)
    eight = four[:, :-4] & shifted(four, 4)
    assert (SHORT_SEED, LONG_SEED) == (4, 10)
    ten = eight[:, :SEEN] & (two[:, 8 : SEEN + 8] >> np.uint64(8))
    runs = np.where(one[:, :SEEN] < FIRST_SYLLABIC, ten, four[:, :SEEN])
    at = (runs != 0).argmax(1)
    first = runs[np.arange(len(runs)), at]
    lowest = first & (~first + np.uint64(1))
    copy = np.frexp(lowest.astype(np.float64))[1] - 1
    return np.where(first != 0, at, -1), copy.astype(np.int64)


def _shared(np: Any, equal: NDArray[Any], at: NDArray[Any], copy: NDArray[Any]) -> NDArray[Any]:
    """How many characters windows share in order before some places.

    By the bits of a number: Hyyrö, "Bit-parallel LCS-length computation revisited", AWOCA 2004.
    """
    left = np.full(len(at), ~np.uint64(0))
    for step in range(int(at.max(initial=0)) if len(at) else 0):
        masks = np.where(step < at, equal[:, step], np.uint64(0))
        left = (left + (left & masks)) | (left & ~masks)
    counted = (np.uint64(1) << copy.astype(np.uint64)) - np.uint64(1)
    return np.bitwise_count(~left & counted).astype(np.int64)  # type: ignore[no-any-return]


def equal_extent(
    np: Any, folds: Folds, one: NDArray[Any], other: NDArray[Any], room: NDArray[Any], way: int
) -> NDArray[Any]:
    """How many characters are the same from two places on, or, when ``way`` is -1, before them."""
    extent = np.zeros(len(one), np.int64)
    active, size = np.arange(len(one)), _BLOCK
    while len(active):
        steps = np.arange(size) if way > 0 else -1 - np.arange(size)
        going = []
        rows_at_once = max(1, (_ENDS * _BLOCK * 8) // size)
        for start in range(0, len(active), rows_at_once):
            rows = active[start : start + rows_at_once]
            done = way * extent[rows, None] + steps
            differs = folds.take(one[rows, None] + done) != folds.take(other[rows, None] + done)
            some = differs.any(1)
            extent[rows] += np.where(some, differs.argmax(1), size)
            going.append(rows[~some & (extent[rows] < room[rows])])
        active = np.concatenate(going)
        size = min(2 * size, 1 << 10)
    return np.minimum(extent, room)  # type: ignore[no-any-return]


def count_syllables(np: Any, folds: Folds, start: NDArray[Any], length: NDArray[Any]) -> NDArray[Any]:
    """How many characters of stretches, by where they begin among all, are Han, kana or Hangul."""
    counts = np.zeros(len(start), np.int64)
    ends = np.cumsum(length)
    first = 0
    while first < len(start):
        last = max(first + 1, int(np.searchsorted(ends, (ends[first - 1] if first else 0) + (1 << 18), "right")))
        size = length[first:last]
        to = np.cumsum(size)
        at = np.arange(to[-1]) + np.repeat(start[first:last] - to + size, size)
        said = np.concatenate((np.zeros(1, np.int64), np.cumsum(folds.take(at) >= FIRST_SYLLABIC)))
        counts[first:last] = said[to] - said[to - size]
        first = last
    return counts  # type: ignore[no-any-return]
