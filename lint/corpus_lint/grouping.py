"""Grouping: which fingerprints of a document stand elsewhere, too, and where.

In plain Python for little text and in numpy for much: the same hits.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Any

from .alignment import ALIKE_GAP
from .named_tuple import NamedTuple
from .winnowing import LONG_GRAM, WINDOW

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from .winnowing import Sketch

PLACES = 3
"""With how many of the first earlier documents that have a fingerprint a document is compared, besides the nearest."""
REACH = ALIKE_GAP + LONG_GRAM + WINDOW
"""Folded characters from one hit to the next of the same passage, at most."""
GRID = 2 * REACH
"""Hits lead to the same neighbourhood when their distances to their copies differ by less than half of this."""
LONGEST = 5000
"""Folded characters of one copy in a loop, at most."""
COUNT_BITS = 20
"""Bits of a number under which the hits that lead to a neighbourhood are counted, now and then with others."""
SEEN_BITS = 20
"""Lower bits of a key by which keys that stand more than once are picked out; their table stays in the cache."""


class Hit(NamedTuple):
    """A fingerprint of a document that stands elsewhere, too.

    ``places`` are documents and positions in them, best first. Where a document repeats itself, they have 0 for the
    first place in the document and 1 for the last before this.
    """

    position: int
    places: tuple[tuple[int, int], ...]


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


class Hits(NamedTuple):
    """What of a document stands earlier in itself (``within``) and in earlier documents (``across``), by position."""

    document: int
    within: list[Hit]
    across: list[Hit]


def hits(sketches: Sequence[Sketch], common: int) -> Iterator[Hits]:
    """The hits of every document that has any, in order of the documents.

    Args:
        sketches: all sketches, in order.
        common: fingerprints that more documents have than this are left out, but for documents that are made of such.
    """
    holders: dict[int, dict[int, tuple[int, int]]] = {}
    """For each key its documents in order, each with the first and (so far) the last position in it."""
    prints: list[tuple[int, int, int]] = []
    for sketch in sketches:
        prints += zip(sketch.keys, sketch.documents, sketch.positions, strict=True)
    shared_by = Counter(key for key, _ in {(key, document) for key, document, _ in prints})
    totals = Counter(document for _, document, _ in prints)
    frequent = Counter(document for key, document, _ in prints if shared_by[key] > common)
    within: dict[int, list[Hit]] = {}
    across: dict[int, list[Hit]] = {}
    for key, document, position in prints:
        places = holders.setdefault(key, {})
        known = places.get(document)
        if known is not None:
            first, last = known
            own = ((0, first),) if first == last else ((0, first), (1, last))
            within.setdefault(document, []).append(Hit(position, own))
        places[document] = (position if known is None else known[0], position)
        if len(places) > 1 and (shared_by[key] <= common or 2 * frequent[document] >= totals[document]):
            chosen = list(islice(places, min(PLACES, len(places) - 1)))
            if len(places) > PLACES + 1:
                chosen.append(next(islice(reversed(places), 1, None)))
            found = tuple((number, places[number][0]) for number in chosen)
            across.setdefault(document, []).append(Hit(position, found))
    for document in totals:
        if document in within or document in across:
            yield Hits(document, within.get(document, []), across.get(document, []))


def pairs(sketches: Sequence[Sketch], common: int, totals: NDArray[np.intp] | None, evidence: int) -> Pairs:
    """The hits of all documents in columns, with each of their places.

    Args:
        sketches: as for `hits`.
        common: likewise.
        totals: how many fingerprints each document has, when the sketches have only those that stand twice.
        evidence: so many hits must lead to one neighbourhood; some of the others are left out.
    """
    import numpy as np

    keys = np.concatenate([np.asarray(sketch.keys, np.uint32) for sketch in sketches])
    numbers = _repeated(np, keys)
    if not len(numbers):
        return Pairs(*(np.empty(0, np.int64) for _ in Pairs._fields))
    packed = keys[numbers].astype(np.uint64) << np.uint64(32) | numbers.astype(np.uint64)
    del keys, numbers
    packed.sort()
    ordered = (packed >> np.uint64(32)).astype(np.uint32)
    same = ordered[1:] == ordered[:-1]
    member = np.append(same, False)
    member[1:] |= same
    ordered = ordered[member]
    numbers = (packed[member] & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    del packed, member, same
    totals = _totals(np, sketches) if totals is None else totals
    document, position = _picked(np, sketches, numbers)
    starts_group = np.ones(len(numbers), np.bool_)
    starts_group[1:] = ordered[1:] != ordered[:-1]
    starts_run = starts_group.copy()
    starts_run[1:] |= document[1:] != document[:-1]
    run = np.cumsum(starts_run, dtype=np.int32) - np.int32(1)
    heads = np.flatnonzero(starts_run).astype(np.int32)
    group_of = np.cumsum(starts_group, dtype=np.int32) - np.int32(1)
    first_runs = run[starts_group]
    first_run = first_runs[group_of]
    shared_by = np.diff(first_runs, append=np.int32(len(heads)))[group_of]

    frequent = np.bincount(document[shared_by > common], minlength=len(totals))
    left_out = (shared_by > common) & (2 * frequent < totals)[document]
    left_out |= run == first_run
    chosen = np.flatnonzero(~left_out)
    of, first_of = run[chosen], first_run[chosen]
    parts = []
    for slot in range(PLACES + 1):
        before = first_of + np.int32(slot) if slot < PLACES else np.maximum(of - np.int32(1), first_of + PLACES)
        rows = np.flatnonzero(before < of)
        parts.append((chosen[rows], heads[before[rows]], slot))
    before, head = np.arange(len(run), dtype=np.int32) - np.int32(1), heads[run]
    rows = np.flatnonzero(before == head)
    parts.append((rows, head[rows], ONLY))
    rows = np.flatnonzero(before > head)
    parts += [(rows, head[rows], WITHIN), (rows, before[rows], LAST)]
    return _together(np, parts, numbers, document, position.astype(np.int32), evidence)


def _totals(np: Any, sketches: Sequence[Sketch]) -> NDArray[np.intp]:
    """How many fingerprints each document has."""
    every = [np.asarray(sketch.documents, np.uint32) for sketch in sketches if len(sketch.documents)]
    totals: NDArray[np.intp] = np.zeros(max(int(column.max()) for column in every) + 1, np.intp)
    for column in every:
        first = int(column.min())
        counts = np.bincount(column - np.uint32(first))
        totals[first : first + len(counts)] += counts
    return totals


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


def _repeated(np: Any, keys: NDArray[np.uint32]) -> NDArray[np.intp]:
    """The numbers of the keys that stand more than once, and of a few others."""
    ordered = np.sort(keys)
    repeated = ordered[1:][ordered[1:] == ordered[:-1]]
    # Keys are looked up by their lower bits: one look each, where a search for the whole key would take twenty.
    seen = np.zeros(1 << SEEN_BITS, np.bool_)
    seen[repeated & np.uint32((1 << SEEN_BITS) - 1)] = True
    chosen: NDArray[np.intp] = np.flatnonzero(seen.take(keys & np.uint32((1 << SEEN_BITS) - 1)))
    return chosen


def _together(
    np: Any,
    parts: Sequence[tuple[NDArray[Any], NDArray[Any], int]],
    numbers: NDArray[np.uint32],
    document: NDArray[np.uint32],
    position: NDArray[np.int32],
    evidence: int,
) -> Pairs:
    """The pairs of fingerprints in all slots, in the order of ``numbers``, without those that are clearly alone."""
    keys: list[list[NDArray[np.uint32]]] = []
    counts = np.zeros((2, 1 << COUNT_BITS), np.intp)
    for row, other, slot in parts:
        texts = document[row] * np.uint32(0x9E3779B1) + document[other] * np.uint32(0x85EBCA77)
        texts ^= texts >> np.uint32(15)
        texts += np.uint32(0x165667B1 if slot == LAST else 0)
        distance = position[row] - position[other]
        hashed = []
        for shift in (0, REACH):
            key = (texts + ((distance + np.int32(shift)) // np.int32(GRID)).view(np.uint32)) * np.uint32(0xC2B2AE3D)
            hashed.append(key >> np.uint32(32 - COUNT_BITS))
        keys.append(hashed)
        for count, key in zip(counts, hashed, strict=True):
            count += np.bincount(key, minlength=len(count))
    enough = counts >= evidence
    columns = []
    for (row, other, slot), hashed in zip(parts, keys, strict=True):
        kept = enough[0].take(hashed[0]) | enough[1].take(hashed[1])
        if slot > WITHIN:
            kept |= position[row] - position[other] <= LONGEST
        kept = np.flatnonzero(kept)
        rows, others = row[kept], other[kept]
        columns.append((numbers[rows], document[rows], position[rows], document[others], position[others], slot))
    order, *found = (np.concatenate(column).astype(np.int64) for column in list(zip(*columns, strict=True))[:-1])
    slots = np.repeat(np.array([column[-1] for column in columns]), [len(column[0]) for column in columns])
    return Pairs(found[0], found[1], found[2], found[3], slots).chosen(np.argsort(order << 4 | slots))
