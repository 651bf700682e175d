"""Which lines many documents have, and how many such lines stand together.

Few lines are summed up in plain Python, many in numpy: the same lines, as a test holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

Place = tuple[int, int, int, int]
"""The number of a line among its document's, its hash, how many documents have it, how many stand together."""


class Rows(NamedTuple):
    """Short lines: hash, number of the document, number of the line among those that stand."""

    keys: Any
    documents: Any
    places: Any


def common_plain(rows: Rows, units: Sequence[int], fewest: int) -> Iterator[tuple[int, list[Place]]]:
    """The common lines of each document that has any."""
    every = list(zip(*rows, strict=True))
    having: dict[int, set[int]] = {}
    following: dict[tuple[int, int], set[int]] = {}
    for number, row in enumerate(every):
        unit = units[row[1]]
        having.setdefault(row[0], set()).add(unit)
        if number and _adjacent(every[number - 1], row):
            following.setdefault((every[number - 1][0], row[0]), set()).add(unit)
    linked = [
        bool(number) and _adjacent(every[number - 1], row) and len(following[every[number - 1][0], row[0]]) >= fewest
        for number, row in enumerate(every)
    ]
    found: dict[int, list[Place]] = {}
    for (key, document, place), together in zip(every, _run_lengths(linked), strict=True):
        count = len(having[key])
        if count >= fewest:
            found.setdefault(document, []).append((place, key, count, together))
    yield from sorted(found.items())


def common_numpy(plain: Rows, unit_list: Sequence[int], fewest: int) -> Iterator[tuple[int, list[Place]]]:
    """As `common_plain`."""
    import numpy as np

    rows = in_numpy(plain)
    units = np.asarray(unit_list, np.int64)[rows.documents]
    keys, inverse = np.unique(rows.keys, return_inverse=True)
    having = distinct(np, inverse, units, len(keys))
    common = having[inverse] >= fewest
    adjacent = np.zeros(len(inverse), np.bool_)
    adjacent[1:] = (rows.documents[1:] == rows.documents[:-1]) & (rows.places[1:] == rows.places[:-1] + 1)
    adjacent[1:] &= common[1:] & common[:-1]
    behind = np.flatnonzero(adjacent)
    linked = np.zeros(len(inverse), np.bool_)
    if len(behind):
        pairs, pair = np.unique(inverse[behind - 1] * np.int64(len(keys)) + inverse[behind], return_inverse=True)
        linked[behind] = distinct(np, pair, units[behind], len(pairs))[pair] >= fewest
    heads = np.flatnonzero(~linked)
    company = np.repeat(np.diff(np.append(heads, len(linked))), np.diff(np.append(heads, len(linked))))
    chosen = np.flatnonzero(common)
    columns = (rows.documents, rows.places, rows.keys, having[inverse], company)
    found: list[Place] = []
    last = -1
    for document, *row in zip(*(column[chosen].tolist() for column in columns), strict=True):
        if document != last and found:
            yield last, found
            found = []
        last = document
        found.append(tuple(row))
    if found:
        yield last, found


def _adjacent(before: tuple[int, int, int], behind: tuple[int, int, int]) -> bool:
    return before[1] == behind[1] and before[2] + 1 == behind[2]


def _run_lengths(linked: Sequence[bool]) -> list[int]:
    """For each row the length of its run; a row that is linked continues the run of the row before."""
    lengths: list[int] = []
    start = 0
    for number in range(1, len(linked) + 1):
        if number == len(linked) or not linked[number]:
            lengths += [number - start] * (number - start)
            start = number
    return lengths


def in_numpy(rows: Rows) -> Rows:
    """The rows as numpy's arrays, which share their memory."""
    import numpy as np

    return Rows(*(np.frombuffer(column, column.typecode) for column in rows))


def distinct(np: Any, groups: NDArray[Any], units: NDArray[Any], number: int) -> NDArray[Any]:
    """How many different units each of ``number`` groups has."""
    pairs = np.unique(groups * np.int64(int(units.max()) + 1) + units)
    counts: NDArray[Any] = np.bincount(pairs // (int(units.max()) + 1), minlength=number)
    return counts
