"""Pairing: the hits of much text, as `grouping` finds them, in columns and by ranges of documents.

Fingerprints come one range of keys after the other, each whole in memory. What is made of them is parted by ranges of
documents, and kept in memory while it is little and in a file when it is much; then one range of documents after the
other is judged, in any order and by any process. So nothing is in memory of which there is more when there is more
text, but some numbers for each document.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from ..named_tuple import NamedTuple
from ..native import key_loops
from .grouping import GRID, LONGEST, PLACES, REACH
from .spill import Bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from .winnowing import Sketch

RANGE = 1 << 19
"""Fingerprints that the documents of a range have, at most, about: those of 12 MB of Chinese text."""
RANGES, LEAST = 16, 1 << 16
"""So many ranges there are at least for each of several processes, unless they have fewer fingerprints than that."""
FEW = 1 << 16
"""Bytes of pairs of neighbouring ranges that are rather judged together."""
KEPT = 1 << 26
"""Bytes of pairs that are kept in memory."""
TOGETHER = 1 << 20
"""Bytes of pairs that are parted at once, at least."""
COUNT_BITS = range(12, 20)
"""Bits of a number under which the hits that lead to a neighbourhood are counted, now and then with others."""
SPARSE = 4
"""Bits more than it would take to number the hits."""
SEEN_BITS = 20
"""Lower bits of a key by which keys that stand more than once are picked out; their table stays in the cache."""

_AT_ONCE = 1 << 16
"""Rows that are looked up at once."""

WITHIN, LAST, ONLY = 8, 9, 10
"""Slots of pairs inside a document: the first place of several, the last, the only one."""


class Pairs(NamedTuple):
    """Hits with one of their places each, in columns.

    Attributes:
        document: which document's fingerprint stands elsewhere, too.
        position: where it stands.
        place: the document where it stands earlier; the same for a document that repeats itself.
        at: where it stands there.
        slot: which of the hit's places it is: in earlier documents from 0 on, in its own `WITHIN`, `LAST` or `ONLY`.
    """

    document: NDArray[np.int64]
    position: NDArray[np.int64]
    place: NDArray[np.int64]
    at: NDArray[np.int64]
    slot: NDArray[np.int64]

    def chosen(self, rows: NDArray[Any] | slice) -> Pairs:
        """Some of the pairs, by number, by mask or from and to."""
        return Pairs(*(column[rows] for column in self))


class Rows(NamedTuple):
    """Fingerprints whose keys stand more than once, by key, document and position."""

    keys: NDArray[np.uint32]
    documents: NDArray[np.uint32]
    positions: NDArray[np.uint32]


class Paired:
    """Pairs by ranges of documents."""

    def __init__(self, totals: NDArray[np.intp], processes: int = 1) -> None:
        """None yet.

        Args:
            totals: how many fingerprints each document has.
            processes: how many are going to judge ranges: there must be something for each, but few are sooner done.
        """
        import numpy as np

        ends = np.cumsum(totals)
        every = int(ends[-1]) if len(ends) else 0
        ranges = ends // min(RANGE, max(every // (RANGES * processes), LEAST) if processes > 1 else RANGE)
        self._firsts = np.flatnonzero(np.concatenate((np.ones(1, np.bool_), ranges[1:] != ranges[:-1])))
        self._total = len(totals)
        self._blocks: list[list[tuple[int, int]]] = [[] for _ in self._firsts]
        self._bytes = Bytes(KEPT)

    def __len__(self) -> int:
        return len(self._firsts)

    def documents(self, number: int) -> range:
        """The documents of a range."""
        following = self._firsts[number + 1] if number + 1 < len(self) else self._total
        return range(int(self._firsts[number]), int(following))

    def weight(self, number: int) -> int:
        """Bytes of the pairs of a range: what it costs to judge it, about."""
        return sum(size for _, size in self._blocks[number])

    def add(self, columns: NDArray[np.uint32]) -> None:
        """Add pairs in columns."""
        import numpy as np

        of = np.searchsorted(self._firsts, columns[0], "right") - 1
        order = np.argsort(of.astype(np.uint16 if len(self) < 1 << 16 else np.uint32), kind="stable")
        ends = np.cumsum(np.bincount(of, minlength=len(self))).tolist()
        start = 0
        for blocks, end in zip(self._blocks, ends, strict=True):
            if end > start:
                data = columns[:, order[start:end]].tobytes()
                blocks.append((self._bytes.append(data), len(data)))
                start = end

    def settle(self) -> None:
        """Add no more, and be ready for processes that are forked: neighbours with few pairs become one range."""
        import numpy as np

        firsts: list[int] = []
        blocks: list[list[tuple[int, int]]] = []
        room = 0
        for number, first in enumerate(self._firsts.tolist()):
            weight = self.weight(number)
            if not firsts or weight > max(room, 0):
                firsts.append(first)
                blocks.append([])
                room = FEW
            blocks[-1] += self._blocks[number]
            room -= weight
        self._firsts, self._blocks = np.array(firsts), blocks
        self._bytes.settle()

    def pairs(self, number: int, evidence: int) -> Pairs:
        """The pairs of a range of documents, by document, position and slot.

        Args:
            number: of the range.
            evidence: so many hits must lead to one neighbourhood; some of the others are left out.
        """
        import numpy as np

        read = (np.frombuffer(self._bytes.read(*block), np.uint32).reshape(5, -1) for block in self._blocks[number])
        columns = np.concatenate([np.empty((5, 0), np.uint32), *read], 1)
        columns = columns[:, _together(np, columns, evidence)]
        first = np.uint32(self._firsts[number])
        order = (columns[0] - first).astype(np.uint64) << np.uint64(36)
        order |= columns[1].astype(np.uint64) << np.uint64(4)
        order |= columns[4]
        return Pairs(*columns[:, np.argsort(order)].astype(np.int64))


def paired(
    parts: Sequence[Callable[[], Rows]],
    totals: NDArray[np.intp],
    common: int,
    processes: int = 1,
    wanted: NDArray[np.bool_] | None = None,
) -> Paired:
    """The hits of all documents, with each of their places.

    Args:
        parts: give the fingerprints of ranges of keys, each twice.
        totals: how many fingerprints each document has.
        common: as for `grouping.hits`.
        processes: as for `Paired`.
        wanted: which documents' hits are; None for all.
    """
    import numpy as np

    frequent = np.zeros(len(totals), np.intp)
    for part in parts:
        _count_frequent(np, part(), common, frequent)
    is_common = 2 * frequent >= totals
    found = Paired(totals, processes)
    some: list[NDArray[np.uint32]] = []
    size = 0
    for columns in chain.from_iterable(_pairs(np, part(), common, is_common) for part in parts):
        if wanted is not None:
            columns = columns[:, wanted[columns[0]]]
        some.append(columns)
        size += columns.nbytes
        # Each time they are parted by all ranges of documents, however few they are.
        if size >= TOGETHER:
            found.add(np.concatenate(some, 1))
            some, size = [], 0
    if some:
        found.add(np.concatenate(some, 1))
    found.settle()
    return found


def count(sketches: Sequence[Sketch], total: int) -> NDArray[np.intp]:
    """How many fingerprints each of so many documents has."""
    import numpy as np

    totals: NDArray[np.intp] = np.zeros(total, np.intp)
    for sketch in sketches:
        column = np.asarray(sketch.documents, np.uint32)
        if len(column):
            first = int(column.min())
            counts = np.bincount(column - np.uint32(first))
            totals[first : first + len(counts)] += counts
    return totals


def repeated(sketches: Sequence[Sketch]) -> Rows:
    """The fingerprints of sketches whose keys stand more than once in them."""
    import numpy as np

    found, numbers = _repeated(np, [np.asarray(sketch.keys, np.uint32) for sketch in sketches])
    return Rows(found, *_picked(np, sketches, numbers))


def repeated_rows(rows: NDArray[np.uint32]) -> Rows:
    """Likewise of rows of three columns."""
    import numpy as np

    found, numbers = _repeated(np, [rows[start : start + _AT_ONCE, 0] for start in range(0, len(rows), _AT_ONCE)])
    return Rows(found, rows[:, 1].take(numbers), rows[:, 2].take(numbers))


def _repeated(np: Any, columns: Sequence[NDArray[np.uint32]]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """The keys that stand more than once in some columns, sorted, and their numbers in all of them."""
    compiled = key_loops()
    if compiled is not None:
        packed = np.frombuffer(compiled.recurring([np.ascontiguousarray(keys) for keys in columns]), np.uint64).copy()
    else:
        packed = _recurring(np, columns)
    packed.sort()
    ordered = (packed >> np.uint64(32)).astype(np.uint32)
    member = np.zeros(len(ordered), np.bool_)
    member[1:] = ordered[1:] == ordered[:-1]
    member[:-1] |= member[1:]
    return ordered[member], (packed[member] & np.uint64(0xFFFFFFFF)).astype(np.uint32)


def _recurring(np: Any, columns: Sequence[NDArray[np.uint32]]) -> NDArray[np.uint64]:
    """As `corpus_lint.native.KeyLoops.recurring`.

    All keys are in memory once, to be sorted; whatever else is done is done to one column after the other, since a page
    of memory that is needed for the first time costs more than what is done in it.
    """
    ordered = np.concatenate([np.empty(0, np.uint32), *columns])
    ordered.sort()
    several = ordered[1:][ordered[1:] == ordered[:-1]]
    del ordered
    # Keys are looked up by their lower bits: one look each, where a search for the whole key would take twenty.
    lower = np.uint32((1 << SEEN_BITS) - 1)
    seen = np.zeros(1 << SEEN_BITS, np.bool_)
    seen[several & lower] = True
    chosen = [np.empty(0, np.uint64)]
    start = 0
    for keys in columns:
        numbers = np.flatnonzero(seen.take(keys & lower))
        # Numbers of 64 bits are sorted several times as fast as an order is found.
        chosen.append(keys[numbers].astype(np.uint64) << np.uint64(32) | (numbers + start).astype(np.uint64))
        start += len(keys)
    found: NDArray[np.uint64] = np.concatenate(chosen)
    return found


def _picked(
    np: Any, sketches: Sequence[Sketch], numbers: NDArray[np.uint32]
) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Documents and positions of some fingerprints, by their numbers among those of all sketches."""
    order = np.argsort(numbers)
    ascending = numbers[order]
    document, position = np.empty(len(numbers), np.uint32), np.empty(len(numbers), np.uint32)
    start = low = 0
    for sketch in sketches:
        end = start + len(sketch.keys)
        high = int(np.searchsorted(ascending, end))
        if high > low:
            rows, places = order[low:high], ascending[low:high] - np.uint32(start)
            document[rows] = np.asarray(sketch.documents, np.uint32)[places]
            position[rows] = np.asarray(sketch.positions, np.uint32)[places]
        start, low = end, high
    return document, position


class _Runs(NamedTuple):
    """What of some fingerprints has one key, and what of that is in one document.

    Attributes:
        run: of each fingerprint the number of the run of its key in its document.
        first: likewise, the first run of its key.
        heads: the first fingerprint of each run.
        shared_by: of each fingerprint how many documents have its key.
    """

    run: NDArray[np.int32]
    first: NDArray[np.int32]
    heads: NDArray[np.int32]
    shared_by: NDArray[np.int32]


def _runs(np: Any, rows: Rows) -> _Runs:
    starts_group = np.ones(len(rows.keys), np.bool_)
    starts_group[1:] = rows.keys[1:] != rows.keys[:-1]
    starts_run = starts_group.copy()
    starts_run[1:] |= rows.documents[1:] != rows.documents[:-1]
    run = np.cumsum(starts_run, dtype=np.int32) - np.int32(1)
    heads = np.flatnonzero(starts_run).astype(np.int32)
    group_of = np.cumsum(starts_group, dtype=np.int32) - np.int32(1)
    first_runs = run[starts_group]
    shared_by = np.diff(first_runs, append=np.int32(len(heads)))[group_of]
    return _Runs(run, first_runs[group_of], heads, shared_by)


def _count_frequent(np: Any, rows: Rows, common: int, frequent: NDArray[np.intp]) -> None:
    """Count the fingerprints of each document that more documents have than are ``common``."""
    if len(rows.keys):
        numbers, counts = np.unique(rows.documents[_runs(np, rows).shared_by > common], return_counts=True)
        frequent[numbers] += counts


def _pairs(np: Any, rows: Rows, common: int, is_common: NDArray[np.bool_]) -> Iterator[NDArray[np.uint32]]:
    """The pairs of a range of keys, in columns, slot by slot.

    Args:
        np: numpy.
        rows: the fingerprints.
        common: fingerprints that more documents have than this are left out,
        is_common: but for documents that are made of such.
    """
    if not len(rows.keys):
        return
    run, first_run, heads, shared_by = _runs(np, rows)
    left_out = (shared_by > common) & ~is_common[rows.documents]
    left_out |= run == first_run
    chosen = np.flatnonzero(~left_out)
    of, first_of = run[chosen], first_run[chosen]
    for slot in range(PLACES + 1):
        before = first_of + np.int32(slot) if slot < PLACES else np.maximum(of - np.int32(1), first_of + PLACES)
        kept = np.flatnonzero(before < of)
        yield _columns(np, rows, chosen[kept], heads[before[kept]], slot)
    before, head = np.arange(len(run), dtype=np.int32) - np.int32(1), heads[run]
    kept = np.flatnonzero(before == head)
    yield _columns(np, rows, kept, head[kept], ONLY)
    kept = np.flatnonzero(before > head)
    yield _columns(np, rows, kept, head[kept], WITHIN)
    yield _columns(np, rows, kept, before[kept], LAST)


def _columns(np: Any, rows: Rows, one: NDArray[Any], other: NDArray[Any], slot: int) -> NDArray[np.uint32]:
    columns = np.empty((len(Pairs._fields), len(one)), np.uint32)
    columns[0], columns[1] = rows.documents[one], rows.positions[one]
    columns[2], columns[3], columns[4] = rows.documents[other], rows.positions[other], slot
    return columns  # type: ignore[no-any-return]


def _together(np: Any, columns: NDArray[np.uint32], evidence: int) -> NDArray[Any]:
    """The pairs, by number, but for such as are clearly alone."""
    document, position, place, at, slot = columns
    texts = document * np.uint32(0x9E3779B1) + place * np.uint32(0x85EBCA77)
    texts ^= texts >> np.uint32(15)
    texts[slot == LAST] += np.uint32(0x165667B1)
    bits = min(max(len(document).bit_length() + SPARSE, COUNT_BITS.start), COUNT_BITS.stop - 1)
    distance = position.astype(np.int32) - at.astype(np.int32)
    kept = (slot > WITHIN) & (distance <= LONGEST)
    for shift in (0, REACH):
        key = (texts + ((distance + np.int32(shift)) // np.int32(GRID)).view(np.uint32)) * np.uint32(0xC2B2AE3D)
        key >>= np.uint32(32 - bits)
        kept |= (np.bincount(key, minlength=1 << bits) >= evidence).take(key)
    return np.flatnonzero(kept)  # type: ignore[no-any-return]
