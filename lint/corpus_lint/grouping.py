"""Grouping: which fingerprints of a document stand elsewhere, too, and where.

In plain Python for little text and in numpy for much: the same hits.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

from .alignment import ALIKE_GAP
from .named_tuple import NamedTuple
from .winnowing import LONG_GRAM, WINDOW

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from .winnowing import Sketch

PLACES = 3
"""With how many of the first earlier documents that have a fingerprint a document is compared, besides the nearest."""
REACH = ALIKE_GAP + LONG_GRAM + WINDOW
"""Folded characters from one hit to the next of the same passage, at most."""
SEEN_BITS = 20
"""Lower bits of a key by which keys that stand more than once are picked out; their table stays in the cache."""


class Hit(NamedTuple):
    """A fingerprint of a document that stands elsewhere, too.

    ``places`` are documents and positions in them, best first. Where a document repeats itself, they have 0 for the
    first place in the document and 1 for the last before this.
    """

    position: int
    places: tuple[tuple[int, int], ...]


class Hits(NamedTuple):
    """What of a document stands earlier in itself (``within``) and in earlier documents (``across``), by position."""

    document: int
    within: list[Hit]
    across: list[Hit]


def group(sketches: Sequence[Sketch], common: int, totals: NDArray[np.intp] | None = None) -> Iterator[Hits]:
    """The hits of every document that has any, in order of the documents.

    Args:
        sketches: all sketches, in order.
        common: fingerprints that more documents have than this are left out, but for documents that are made of such.
        totals: how many fingerprints each document has, when the sketches have only those that stand twice.
    """
    if any(sketch.is_numpy for sketch in sketches):
        return _group_numpy(sketches, common, totals)
    return _group_plain(sketches, common)


def _group_plain(sketches: Sequence[Sketch], common: int) -> Iterator[Hits]:
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
        hits = Hits(document, _not_alone(within.get(document, [])), _not_alone(across.get(document, [])))
        if hits.within or hits.across:
            yield hits


def _not_alone(hits: list[Hit]) -> list[Hit]:
    """The hits that lead to the same surroundings as the next or the last: a passage has two such at least."""
    if not hits:
        return []
    near = [_together(a, b) for a, b in pairwise(hits)]
    return [hit for hit, before, behind in zip(hits, [False, *near], [*near, False], strict=True) if before or behind]


def _together(one: Hit, other: Hit) -> bool:
    return other.position - one.position <= REACH and any(
        place == other_place and 0 < other_at - at <= REACH
        for place, at in one.places
        for other_place, other_at in other.places
    )


def _group_numpy(sketches: Sequence[Sketch], common: int, totals: NDArray[np.intp] | None) -> Iterator[Hits]:
    import numpy as np

    keys = np.concatenate([np.asarray(sketch.keys, np.uint32) for sketch in sketches])
    numbers = _repeated(np, keys)
    if not len(numbers):
        return
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
    documents, positions = (
        np.concatenate([np.asarray(column, np.uint32) for column in columns])
        for columns in zip(*(sketch[3:] for sketch in sketches), strict=True)
    )
    totals = np.bincount(documents) if totals is None else totals
    document, position = documents[numbers], positions[numbers]
    del documents, positions
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
    places = []
    for number in range(PLACES):
        head = heads[np.minimum(first_run + np.int32(number), run)]
        places.append((np.where(first_run + number < run, document[head].astype(np.int32), -1), position[head]))
    head = heads[np.maximum(run - np.int32(1), 0)]
    places.append((np.where(run > first_run + PLACES, document[head].astype(np.int32), -1), position[head]))
    across = _by_document(np, np.flatnonzero(~left_out), numbers, document, position, places)

    order = np.arange(len(run), dtype=np.int32)
    head = heads[run]
    places = [
        (np.zeros(len(run), np.int32), position[head]),
        (np.where(order - 1 > head, 1, -1), position[np.maximum(order - 1, 0)]),
    ]
    within = _by_document(np, np.flatnonzero(order > head), numbers, document, position, places)
    for number in sorted({*within.documents(), *across.documents()}):
        yield Hits(number, within.of(number), across.of(number))


def _repeated(np: Any, keys: NDArray[np.uint32]) -> NDArray[np.intp]:
    """The numbers of the keys that stand more than once, and of a few others."""
    ordered = np.sort(keys)
    repeated = ordered[1:][ordered[1:] == ordered[:-1]]
    # Keys are looked up by their lower bits: one look each, where a search for the whole key would take twenty.
    seen = np.zeros(1 << SEEN_BITS, np.bool_)
    seen[repeated & np.uint32((1 << SEEN_BITS) - 1)] = True
    chosen: NDArray[np.intp] = np.flatnonzero(seen.take(keys & np.uint32((1 << SEEN_BITS) - 1)))
    return chosen


def _by_document(
    np: Any,
    chosen: NDArray[np.intp],
    numbers: NDArray[np.uint32],
    document: NDArray[np.uint32],
    position: NDArray[np.uint32],
    places: list[tuple[NDArray[Any], NDArray[Any]]],
) -> _Rows:
    """The chosen fingerprints in the order of the text, those alone in their surroundings left out."""
    chosen = chosen[np.argsort(numbers[chosen])]
    document, position = document[chosen], position[chosen].astype(np.int32)
    places = [(number[chosen], at[chosen].astype(np.int32)) for number, at in places]
    near = np.zeros(len(chosen) + 1, np.bool_)
    if len(chosen) > 1:
        together = near[1:-1]
        for number, at in places:
            for other, other_at in places:
                distance = other_at[1:] - at[:-1]
                together |= (number[:-1] == other[1:]) & (number[:-1] >= 0) & (distance > 0) & (distance <= REACH)
        together &= (document[1:] == document[:-1]) & (position[1:] - position[:-1] <= REACH)
    kept = near[1:] | near[:-1]
    return _Rows(np, document[kept], position[kept], [(number[kept], at[kept]) for number, at in places])


class _Rows:
    """Hits in columns, by document and position."""

    def __init__(self, np: Any, document: NDArray[Any], position: NDArray[Any], places: list[tuple[Any, Any]]) -> None:
        documents, starts = np.unique(document, return_index=True)
        self._bounds = dict(zip(documents.tolist(), pairwise([*starts.tolist(), len(document)]), strict=True))
        self._position, self._places = position, places

    def documents(self) -> Iterable[int]:
        """The documents that have hits."""
        return self._bounds

    def of(self, number: int) -> list[Hit]:
        """The hits of a document."""
        if number not in self._bounds:
            return []
        start, end = self._bounds[number]
        columns = [zip(a[start:end].tolist(), b[start:end].tolist(), strict=True) for a, b in self._places]
        return [
            Hit(position, tuple([place for place in places if place[0] >= 0]))
            for position, *places in zip(self._position[start:end].tolist(), *columns, strict=True)
        ]
