"""Duplicates: documents that are the same text as an earlier one, found by all their fingerprints together.

Such a document is told of once and takes no part in the search for passages: what it shares is all it has.
"""

from __future__ import annotations

from array import array
from itertools import chain
from typing import TYPE_CHECKING

from ..named_tuple import NamedTuple
from ..native import key_loops
from ..repeats import Duplicate
from .folded_text import weight
from .winnowing import Sketch, fold, fold_numpy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from ..document import Document


class Wholes(NamedTuple):
    """What is the same for documents of one size with the same fingerprints in the same places, if they have any."""

    documents: Sequence[int] | NDArray[np.uint32]
    digests: Sequence[int] | NDArray[np.uint64]


FEW = 1 << 17
"""Digests that are held against each other in less time than numpy is imported in."""


def wholes(sketch: Sketch) -> Wholes:
    """The digest of each document of a sketch."""
    compiled = key_loops()
    if sketch.is_much and compiled is not None:
        found = compiled.digests(*sketch[2:5], array("Q", sketch.sizes), sketch.first)
        return Wholes(array("I", found[0]), array("Q", found[1]))
    if not sketch.is_much:
        whole: dict[int, list[tuple[int, int]]] = {}
        for key, number, position in zip(sketch.keys, sketch.documents, sketch.positions, strict=True):
            whole.setdefault(number, []).append((key, position))
        sized = ((sketch.sizes[number - sketch.first], *prints) for number, prints in whole.items())
        return Wholes(list(whole), [hash(prints) for prints in sized])
    import numpy as np

    documents = np.asarray(sketch.documents)
    if not len(documents):
        return Wholes(documents, np.empty(0, np.uint64))
    starts = np.flatnonzero(np.concatenate((np.ones(1, np.bool_), documents[1:] != documents[:-1])))
    mixed = np.asarray(sketch.keys).astype(np.uint64) << np.uint64(32)
    mixed |= np.asarray(sketch.positions).astype(np.uint64)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(32)
    sums = np.add.reduceat(mixed, starts)
    sums += np.asarray(sketch.sizes, np.uint64)[documents[starts] - sketch.first] * np.uint64(0x9E3779B97F4A7C15)
    return Wholes(documents[starts], sums)


def alike(known: Sequence[Wholes], shift: int = 0, shifted: int = 0) -> dict[int, int]:
    """For each document with the digest of an earlier one the first such; no more.

    Args:
        known: the digests of all documents.
        shift: how much further on the documents of the first ``shifted`` are numbered.
        shifted: how many of ``known`` that concerns.
    """
    if sum(len(whole.digests) for whole in known) > FEW:
        return _alike_numpy(known, shift, shifted)
    every: list[tuple[int, int]] = []
    for order, whole in enumerate(known):
        more = shift if order < shifted else 0
        every += [(int(number) + more, int(digest)) for number, digest in zip(*whole, strict=True)]
    every.sort()
    first: dict[int, int] = {}
    pairs = ((number, first.setdefault(digest, number)) for number, digest in every)
    return {number: earliest for number, earliest in pairs if earliest != number}


def _alike_numpy(known: Sequence[Wholes], shift: int, shifted: int) -> dict[int, int]:
    import numpy as np

    digests = np.concatenate([np.asarray(whole.digests, np.uint64) for whole in known])
    documents = np.concatenate(
        [np.asarray(whole.documents, np.int64) + (shift if n < shifted else 0) for n, whole in enumerate(known)]
    )
    order = np.lexsort((documents, digests))
    same = digests[order[1:]] == digests[order[:-1]]
    heads = np.maximum.accumulate(np.where(np.append(True, ~same), np.arange(len(order)), 0)) if len(order) else order
    later = np.flatnonzero(same) + 1
    pairs = zip(documents[order[later]].tolist(), documents[order[heads[later]]].tolist(), strict=True)
    return dict(sorted(pairs))


class Texts(NamedTuple):
    """Documents that may be asked for.

    Attributes:
        total: how many there are, numbered from 0.
        load: gives a document by its number.
        fields: gives all documents of the record that the one of that number is a field of.
    """

    total: int
    load: Callable[[int], Document]
    fields: Callable[[int], Sequence[Document]]


class Confirming:
    """Tells which of the documents that are `alike` are duplicates.

    A part of a long file is no document: the file is a duplicate when all its parts are those of another. Likewise a
    record with all its fields; of a record that is none, those fields are told that are duplicates by themselves.
    """

    def __init__(self, found: dict[int, int], texts: Texts, known: int, *, numpy: bool) -> None:
        """Nothing is told yet.

        Args:
            found: what `alike` gives.
            texts: the documents; the first one of many copies is asked for once.
            known: so many of the first documents are only there to be repeated.
            numpy: whether there is much text.
        """
        self._found = found
        self._total, self._load, self._fields = texts
        self._numpy = numpy
        self._end = known
        """The number behind all documents that have been judged."""
        self._kept: dict[int, Document] = {}
        self._records: dict[tuple[int, ...], int] = {}
        """The first record that says something, by hashes of what its fields say: the number of one of these."""

    def __iter__(self) -> Iterator[tuple[Duplicate, range]]:
        """The duplicates, each with the numbers of its parts.

        Raises:
            OSError: a file can no longer be read.
        """
        for number in self._found:
            if number < self._end:
                continue
            later = self._load(number)
            if later.record is not None:
                yield from self._in_record(number, self._fields(number), later.index)
            elif not later.index or later.source is None:  # else a later part of a file whose first part is like none
                yield from self._file(number, later)

    def _file(self, number: int, later: Document) -> Iterator[tuple[Duplicate, range]]:
        """A file whose first part is like an earlier one."""
        parts = range(number, self._file_end(number, later))
        first = self._found[number]
        copies = range(first, first + len(parts))
        if any(self._found.get(part) != copy for part, copy in zip(parts, copies, strict=True)):
            return
        self._end = parts.stop
        earlier = self._earlier(first)
        if len(parts) > 1 and self._file_end(first, earlier) != copies.stop:
            return
        others = zip(map(self._load, parts[1:]), map(self._load, copies[1:]), strict=True)
        duplicate = self._same(chain([(later, earlier)], others), _says(later))
        if duplicate is not None:
            yield duplicate, parts

    def _in_record(self, number: int, fields: Sequence[Document], index: int) -> Iterator[tuple[Duplicate, range]]:
        """A record that has a field, of that index in the file, like an earlier document; or such fields."""
        first = number - (index - fields[0].index)
        numbers = range(first, first + len(fields))
        self._end = numbers.stop
        if len(fields) > 1:
            whole = self._record(number, fields, numbers)
            if whole is not None:
                yield whole, numbers
                return
        for at, field in zip(numbers, fields, strict=True):
            if at in self._found:
                duplicate = self._same([(field, self._earlier(self._found[at]))], _says(field))
                if duplicate is not None:
                    yield duplicate._replace(is_field=len(fields) > 1), range(at, at + 1)

    def _record(self, number: int, fields: Sequence[Document], numbers: range) -> Duplicate | None:
        """A record of several fields, when an earlier one is the same."""
        key = tuple(hash(fold(field.text)) for field in fields)
        # A record with nothing like what came before was not seen here; to that one any field leads.
        earlier = self._records.get(key, self._found[number])
        copies = () if earlier in numbers else self._fields(earlier)
        whole = None
        if len(copies) == len(fields):
            whole = self._same(zip(fields, copies, strict=True), sum(map(_says, fields)))
        self._records.setdefault(key, number if whole is None else earlier)
        return whole

    def _same(self, pairs: Iterable[tuple[Document, Document]], says: int) -> Duplicate | None:
        """What documents and their copies are together, when each is the same as its copy."""
        first, likeness, length = None, 2, 0
        for later, earlier in pairs:
            first = first or (later, earlier)
            alike, size = _likeness(later, earlier, self._numpy)
            if not alike:
                return None
            likeness, length = min(likeness, alike), length + size
        return first and Duplicate(*first, likeness == 2, says, length)

    def _earlier(self, number: int) -> Document:
        if number not in self._kept:
            self._kept = {number: self._load(number)}
        return self._kept[number]

    def _file_end(self, number: int, document: Document) -> int:
        """The number behind the last part of the file that begins with the document."""
        end = number + 1
        if document.source is None or document.record is not None:
            return end
        while end < self._total:
            following = self._load(end)
            if following.source is None or following.source.name != document.source.name or not following.index:
                break
            end += 1
        return end


def without(sketches: Sequence[Sketch], numbers: set[int]) -> list[Sketch]:
    """The sketches without the fingerprints of these documents."""
    return [_without(sketch, numbers) for sketch in sketches] if numbers else list(sketches)


def _says(document: Document) -> int:
    """How much a document says, or its beginning."""
    return min(weight(fold(document.text[:4096])), 10_000)


def _likeness(one: Document, other: Document, numpy: bool) -> tuple[int, int]:
    """2 when two documents are the same to the byte, 1 when they are when folded, 0 when not at all; and how long."""
    folded = fold_numpy(one.text) if numpy else fold(one.text)
    if one.text == other.text:
        encodings = {document.source.decoding.encoding if document.source else "" for document in (one, other)}
        return 2 if len(encodings) == 1 else 1, len(folded)
    return int(folded == (fold_numpy(other.text) if numpy else fold(other.text))), len(folded)


def _without(sketch: Sketch, numbers: set[int]) -> Sketch:
    if numbers.isdisjoint(range(sketch.first, sketch.first + len(sketch.sizes))):
        return sketch
    if sketch.is_much:
        import numpy as np

        mask = ~np.isin(np.asarray(sketch.documents), list(numbers))
        keys, documents, positions = (np.asarray(column)[mask] for column in sketch[2:5])
        return sketch._replace(keys=keys, documents=documents, positions=positions)
    kept = [n for n, number in enumerate(sketch.documents) if number not in numbers]
    columns = [array("I", [column[n] for n in kept]) for column in sketch[2:5]]
    return Sketch(sketch.first, sketch.sizes, columns[0], columns[1], columns[2])
