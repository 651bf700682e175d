"""Leads by numpy: as `leads` finds them, for many documents of much text."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from ..named_tuple import made
from .alignment import ALIKE_GAP
from .folded_text import Stretch
from .grouping import GRID, LONGEST, REACH
from .leads import ALONE, SLACK, Lead, Leads
from .loops import COPIES, Round
from .native_passages import lead_loops
from .pairing import LAST, WITHIN, Pairs
from .side_by_side import are_equal, count_syllables, equal_extent
from .winnowing import SHORT_GRAM, fold_numpy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from ..document import Document
    from .folds import Folds

BATCH = 1 << 19
"""Pairs that are judged together, or hardly more."""
DENSE = 1 << 9
"""Characters for each stretch of equal ones, at most, for the syllables of all to be counted before."""
_BLOCK = 64
"""Folded characters from one pair to the next, at most, for what is between them to be looked at."""


def find(pairs: Pairs, folds: Folds, load: Callable[[int], Document], shortest: int, evidence: int) -> Iterator[Leads]:
    """The leads of the documents of a range that have any, in order.

    Args:
        pairs: what of the documents stands elsewhere, by document and position.
        folds: the folded texts; those that are missing are added.
        load: gives a document by its number.
        shortest: least weight of a passage.
        evidence: so many hits must lead to one neighbourhood.
    """
    import numpy as np

    known = _compiled(np, pairs, folds, shortest, evidence)
    if known is not None:
        yield from _by_document(np, folds, *known)
        return
    near = _heavy(np, pairs, pairs.position, pairs.position, np.ones(len(pairs.position)), evidence)
    turns = _turning(np, pairs)
    kept = np.flatnonzero(near | turns)
    pairs, near, turns = pairs.chosen(kept), near[kept], turns[kept]
    for column in (pairs.document, pairs.place):
        for number in np.unique(column[folds.places(column)[0] < 0]).tolist():
            folded = fold_numpy(load(number).text)
            folds.add(number, folded.encode("utf-16-le"), [len(folded)])
    starts = np.flatnonzero(np.concatenate((np.ones(1, np.bool_), pairs.document[1:] != pairs.document[:-1])))
    first = 0
    for last in [*starts.tolist(), len(near)]:
        if last - first >= BATCH or last == len(near) > first:
            rows = slice(first, last)
            yield from _Judged(np, pairs.chosen(rows), near[rows], turns[rows], folds, shortest).leads()
            first = last


def _compiled(np: Any, pairs: Pairs, folds: Folds, shortest: int, evidence: int) -> Sequence[NDArray[Any]] | None:
    """What `_by_document` is given, found by compiled loops; None where there are none, or not all texts they need."""
    loops, codes, columns = lead_loops(), folds.whole, folds.columns
    if loops is None or codes is None or columns is None:
        return None
    starts, sizes, first = columns
    found = loops.leads(codes, starts, sizes, first, tuple(map(np.ascontiguousarray, pairs)), shortest, evidence)
    if found is None:
        return None
    within, across, rounds = (np.frombuffer(rows, np.int64) for rows in found)
    return within.reshape(-1, 7), across.reshape(-1, 7), rounds.reshape(-1, 4)


class Table:
    """Leads of a document, in order.

    Attributes:
        columns: where they begin, their place by its number in ``places``, where they begin there, how long they are,
            what they say, and their group.
        places: the places of leads.
        bounds: of each, where its text begins among all characters and how many it has.
    """

    def __init__(self, columns: NDArray[np.int64], places: NDArray[np.int64], bounds: NDArray[np.int64]) -> None:
        """Leads; inside a document all bounds are its own."""
        self.columns = columns
        self.places = places
        self.bounds = bounds

    def __len__(self) -> int:
        return len(self.columns[0])

    def __contains__(self, lead: object) -> bool:
        return any(one == lead for one in self)

    def __iter__(self) -> Iterator[Lead]:
        start, _, copy, length, says, group = self.columns.tolist()
        stretches = made(Stretch, zip(start, copy, length, strict=True))
        return made(Lead, zip(start, self.places[self.columns[1]].tolist(), stretches, says, group, strict=True))

    def outside(self, rounds: Sequence[Round]) -> Table:
        """Those that lead from no loop into itself."""
        start, _, copy, *_ = self.columns
        lows, highs = (start.searchsorted([one[end] for one in rounds]).tolist() for end in (0, 1))
        inside = [
            low + (copy[low:high] >= one.start).nonzero()[0]
            for one, low, high in zip(rounds, lows, highs, strict=True)
            if low < high
        ]
        if not inside:
            return self
        import numpy as np

        return Table(np.delete(self.columns, np.concatenate(inside), 1), self.places, self.bounds)


class _Judged:
    """Pairs of whole documents, and what is equal around each."""

    def __init__(
        self, np: Any, pairs: Pairs, near: NDArray[Any], turns: NDArray[Any], folds: Folds, shortest: int
    ) -> None:
        # What is on one diagonal of the same two texts stands together, by position, and each document's for itself.
        number = (pairs.document - pairs.document[:1]).astype(np.uint64)
        bits = np.uint64(64 - int(number[-1:].max(initial=0)).bit_length())
        diagonal = (pairs.position - pairs.at).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        diagonal = (diagonal ^ pairs.place.astype(np.uint64)) * np.uint64(0xC2B2AE3D27D4EB4F)
        order = _order(np, number << bits | diagonal >> np.uint64(64) - bits if bits < 64 else diagonal)
        self._np, self._pairs, self._near, self._turns = np, pairs.chosen(order), near[order], turns[order]
        self._folds, self._shortest = folds, shortest
        self._compare(folds)

    def _compare(self, folds: Folds) -> None:
        """Find all that is equal around the pairs."""
        np = self._np
        document, position, place, at, _ = self._pairs
        later, later_start, later_end = _placed(folds, document, position)
        earlier, earlier_start, earlier_end = _placed(folds, place, at)
        room_back = np.minimum(later - later_start, earlier - earlier_start)
        room_on = np.minimum(later_end - later, earlier_end - earlier)
        # Neighbours on a diagonal with nothing but equal text between are on one stretch.
        same = (document[1:] == document[:-1]) & (place[1:] == place[:-1])
        same &= position[1:] - at[1:] == position[:-1] - at[:-1]
        gap = position[1:] - position[:-1]
        near = np.flatnonzero(same & (gap <= _BLOCK))
        apart = np.ones(len(later) + 1, np.bool_)
        apart[near + 1] = ~are_equal(np, folds, later[near], earlier[near], gap[near], _BLOCK)
        heads, tails = np.flatnonzero(apart[:-1]), np.flatnonzero(apart[1:])
        back = equal_extent(np, folds, later[heads], earlier[heads], room_back[heads], -1)
        on = equal_extent(np, folds, later[tails], earlier[tails], room_on[tails], 1)
        run = np.cumsum(apart[:-1]) - 1
        start, length = position[heads] - back, position[tails] + on - position[heads] + back
        said = np.minimum(length, self._shortest)
        if len(heads):
            low, high = int(later_start.min()), int(later_end.max())
            if high - low <= len(heads) * DENSE:
                folds.look_at(low, high)
        # As `leads.evidence` counts.
        weight = 2 * said + 7 * count_syllables(np, folds, later[heads] - back, said)
        self._run, self._runs = run, len(heads)
        self._start, self._length, self._weight = start[run], length[run], weight[run]

    def leads(self) -> Iterator[Leads]:
        """The leads of each document that has any."""
        np = self._np
        document, position, place, at, slot = self._pairs
        start, length = self._start, self._length
        copy, is_last = start - position + at, slot == LAST
        rows = np.flatnonzero(self._near & (length >= SHORT_GRAM))
        # One that leads to a stretch of a text is as good as another; those that are few are sorted.
        first = np.full(2 * self._runs, -1)
        first[2 * self._run[rows[::-1]] + is_last[rows[::-1]]] = rows[::-1]
        rows = first[first >= 0]
        rows = rows[np.lexsort((copy[rows], is_last[rows], place[rows], start[rows], document[rows]))]
        # A stretch counts once, whatever leads to it.
        new = np.ones(len(rows), np.bool_)
        columns = [column[rows] for column in (document, start, place, copy, is_last)]
        if len(rows):
            new[1:] = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
        rows = rows[new]
        whole = Pairs(document[rows], start[rows], place[rows], copy[rows], slot[rows])
        weight = np.minimum(self._weight[rows], self._shortest)
        rows = rows[_heavy(np, whole, start[rows], (start + length)[rows], weight, self._shortest)]
        enough, group = self._enough(rows)
        rows, group = rows[enough], group[enough]

        is_within = slot[rows] >= WITHIN
        says = np.minimum(self._weight[rows], self._shortest)
        leads = np.stack((document[rows], start[rows], place[rows], copy[rows], length[rows], says, group), 1)
        leads[is_within, 2] = is_last[rows[is_within]]
        turns = np.flatnonzero(self._turns & (length >= (COPIES - 1) * (position - at)))
        period, begin = position[turns] - at[turns], start[turns]
        rounds = np.stack((document[turns], begin - period, begin + length[turns], period), 1)
        yield from _by_document(np, self._folds, leads[is_within], leads[~is_within], rounds)

    def _enough(self, rows: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Which stretches may be of a chain that says enough (`chaining`), and the group of each.

        A stretch may when all that it could be in one chain with, at once or through others, says enough together.

        Args:
            rows: the stretches, by document and start.
        """
        np = self._np
        document, position, place, at, slot = self._pairs.chosen(rows)
        start, length, within = self._start[rows], self._length[rows], slot >= WITHIN
        copy = start - position + at
        distance = start - copy
        # In one text the copy ends where the later one begins, at the latest.
        size = np.where(within, np.minimum(length, distance), length)
        says = np.minimum(np.minimum(self._weight[rows], self._shortest), 9 * size)
        least = np.where(within, np.minimum(distance, SHORT_GRAM), SHORT_GRAM)
        text = np.where(slot == LAST, -1, place)
        order = np.lexsort((copy, start, text, document))
        links = _links(np, [column[order] for column in (document, text, start, copy, length, size, least)])
        total, label = _totals(np, says[order], links)
        enough, alone = np.zeros((2, len(rows)), np.bool_)
        enough[order] = (total >= self._shortest)[label]
        alone[order] = (np.bincount(label, minlength=len(rows)) == 1)[label]
        group = np.empty(len(rows), np.int64)
        group[order] = label
        group[alone & enough & (size == length)] = ALONE
        # A loop of two hides what begins in it, whatever it says (`passages`).
        return enough | (within & (length >= distance)), group


def _by_document(
    np: Any, folds: Folds, within: NDArray[Any], across: NDArray[Any], rounds: NDArray[Any]
) -> Iterator[Leads]:
    """The leads of each document that has any, given in rows, and its rounds: document, start, end and period."""
    tables = _parted(np, folds, within, within[:, 0]), _parted(np, folds, across, across[:, 2])
    of_loops: defaultdict[int, set[Round]] = defaultdict(set)
    for document, *one in rounds.tolist():
        of_loops[document].add(Round(*one))
    for number in sorted({*tables[0], *tables[1], *of_loops}):
        yield Leads(number, tables[0].get(number, []), tables[1].get(number, []), sorted(of_loops[number]))


def _parted(np: Any, folds: Folds, rows: NDArray[Any], texts: NDArray[Any]) -> dict[int, Table]:
    """Leads in rows, by document.

    Args:
        np: numpy.
        folds: the folded texts.
        rows: of each the document, and the columns of a table; the place is not numbered yet.
        texts: the document that each leads to.
    """
    if not len(rows):
        return {}
    # Each document numbers for itself what its leads lead to.
    keys = rows[:, 0] << 32 | rows[:, 2]
    known, first, number = np.unique(keys, return_index=True, return_inverse=True)
    bounds = np.stack(folds.places(texts[first]), 1)
    documents, starts = np.unique(rows[:, 0], return_index=True)
    table = np.searchsorted(known, documents << 32)
    columns = rows[:, 1:].T.copy()
    columns[1] = number - np.repeat(table, np.diff(starts, append=len(rows)))
    places = known & 0xFFFFFFFF
    numbers, firsts, lows = (column.tolist() for column in (documents, starts, table))
    lasts, highs = [*firsts[1:], len(rows)], [*lows[1:], len(known)]
    return {
        number: Table(columns[:, first:last], places[low:high], bounds[low:high])
        for number, first, last, low, high in zip(numbers, firsts, lasts, lows, highs, strict=True)
    }


def _links(np: Any, columns: Sequence[NDArray[Any]]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Which stretches of the same two texts may follow each other in a chain: numbers of the one and of the other.

    Args:
        np: numpy.
        columns: the stretches by document, text, start and copy: of each these four, how long it is, how much of it
            a chain can have, and how much it must have.
    """
    document, text, start, copy, length, size, least = columns
    end, copy_end = start + size, copy + size
    active = np.arange(len(start))
    ones, others = [active[:0]], [active[:0]]
    step = 0
    while len(active):
        step += 1
        active = active[active < len(start) - step]
        other = active + step
        near = (document[other] == document[active]) & (text[other] == text[active])
        near &= start[other] - end[active] <= ALIKE_GAP
        active, other = active[near], other[near]
        gap, copy_gap = start[other] - end[active], copy[other] - copy_end[active]
        overlap = np.maximum(0, -np.minimum(gap, copy_gap))
        linked = (copy_gap <= ALIKE_GAP) & (length[other] - overlap >= least[other])
        ones.append(active[linked])
        others.append(other[linked])
    return np.concatenate(ones), np.concatenate(others)


def _totals(
    np: Any, values: NDArray[Any], links: tuple[NDArray[Any], NDArray[Any]]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """The sums of what is linked, by the least number there, and that number of each."""
    one, other = links
    label = np.arange(len(values))
    while True:
        known = label.copy()
        np.minimum.at(label, other, label[one])
        np.minimum.at(label, one, label[other])
        label = label[label]
        if (label == known).all():
            return np.bincount(label, values, minlength=len(values)), label


def _placed(folds: Folds, documents: NDArray[Any], positions: NDArray[Any]) -> tuple[Any, Any, Any]:
    """Where positions in documents are among all characters, and where their documents begin and end."""
    starts, sizes = folds.places(documents)
    return starts + positions, starts, starts + sizes


def _turning(np: Any, pairs: Pairs) -> NDArray[Any]:
    """The pairs that may be of a loop: those of one distance reach as far as those of a loop would."""
    period = pairs.position - pairs.at
    kept = np.zeros(len(period), np.bool_)
    rows = np.flatnonzero((pairs.slot > WITHIN) & (period <= LONGEST))
    if not len(rows):
        return kept  # type: ignore[no-any-return]
    key = pairs.document[rows] * (LONGEST + 1) + period[rows]
    order = np.argsort(key, kind="stable")
    rows, key = rows[order], key[order]
    starts = np.flatnonzero(np.concatenate((np.ones(1, np.bool_), key[1:] != key[:-1])))
    sizes = np.diff(starts, append=len(key))
    reach = pairs.position[rows[starts + sizes - 1]] - pairs.position[rows[starts]]
    kept[rows] = np.repeat(reach >= (COPIES - 1) * period[rows[starts]] - SLACK, sizes)
    return kept  # type: ignore[no-any-return]


def _order(np: Any, keys: NDArray[Any]) -> NDArray[Any]:
    """What sorts keys, equal ones by their place: a sort of numbers takes a fifth of the time that finding it takes."""
    bits = np.uint64(len(keys).bit_length())
    packed = keys >> bits << bits | np.arange(len(keys), dtype=np.uint64)
    packed.sort()
    order = (packed & (np.uint64(1) << bits) - np.uint64(1)).view(np.int64)
    same = packed[1:] >> bits == packed[:-1] >> bits
    if (keys[order[1:]] != keys[order[:-1]])[same].any():
        return np.argsort(keys, kind="stable")  # type: ignore[no-any-return]
    return order  # type: ignore[no-any-return]


def _heavy(
    np: Any, pairs: Pairs, start: NDArray[Any], end: NDArray[Any], weight: NDArray[Any], least: int
) -> NDArray[Any]:
    """Which pairs are in a neighbourhood of that weight; by start in each document."""
    kept = np.zeros(len(start), np.bool_)
    texts = pairs.document.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    texts += pairs.place.astype(np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F)
    texts[pairs.slot == LAST] ^= np.uint64(0x165667B19E3779F9)
    texts ^= texts >> np.uint64(31)
    distance = pairs.position - pairs.at
    for shift in (0, REACH):
        key = (texts + ((distance + shift) // GRID).astype(np.uint64)) * np.uint64(0xBF58476D1CE4E5B9)
        order = _order(np, key)
        key, first, last = key[order], start[order], end[order]
        new = np.ones(len(order), np.bool_)
        new[1:] = (key[1:] != key[:-1]) | (first[1:] - last[:-1] > REACH)
        chain = np.cumsum(new) - 1
        kept[order] |= (np.bincount(chain, weight[order]) >= least)[chain]
    return kept  # type: ignore[no-any-return]
