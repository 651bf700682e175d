"""Duplicates: documents that are the same text as an earlier one, found by all their fingerprints together.

Such a document is told of once and takes no part in the search for passages: what it shares is all it has.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from ..named_tuple import NamedTuple
from ..native import key_loops
from ..repeats import Duplicate
from .folded_text import weight
from .winnowing import Sketch, fold, fold_numpy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

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


def confirmed(
    found: dict[int, int], total: int, load: Callable[[int], Document], *, numpy: bool = False
) -> Iterator[tuple[Duplicate, range]]:
    """The duplicates among documents that are `alike`, each with the numbers of its parts.

    Args:
        found: what `alike` gives.
        total: how many documents there are.
        load: gives a document by its number; the first document of many copies is asked for once.
        numpy: whether there is much text.

    A part of a long file is no document: the file is a duplicate when all its parts are those of another.
    """
    kept: dict[int, Document] = {}
    end = 0
    for number in found:
        if number < end:
            continue
        later = load(number)
        if later.index and later.record is None and later.source is not None:
            continue  # a later part of a file whose first part is like none
        parts = range(number, _file_end(number, later, total, load))
        earlier = found[number]
        copies = range(earlier, earlier + len(parts))
        if any(found.get(part) != copy for part, copy in zip(parts, copies, strict=True)):
            continue
        end = parts.stop
        if earlier not in kept:
            kept = {earlier: load(earlier)}
        if len(parts) > 1 and _file_end(earlier, kept[earlier], total, load) != copies.stop:
            continue
        pairs = (
            (later if part == number else load(part), kept[earlier] if copy == earlier else load(copy))
            for part, copy in zip(parts, copies, strict=True)
        )
        same = [_same(one, other, numpy) for one, other in pairs]
        if all(likeness for likeness, _ in same):
            says = min(weight(fold(later.text[:4096])), 10_000)
            is_identical = min(same)[0] == 2
            yield Duplicate(later, kept[earlier], is_identical, says, sum(length for _, length in same)), parts


def without(sketches: Sequence[Sketch], numbers: set[int]) -> list[Sketch]:
    """The sketches without the fingerprints of these documents."""
    return [_without(sketch, numbers) for sketch in sketches] if numbers else list(sketches)


def _file_end(number: int, document: Document, total: int, load: Callable[[int], Document]) -> int:
    """The number behind the last part of the file that begins with the document."""
    end = number + 1
    if document.source is None or document.record is not None:
        return end
    while end < total:
        following = load(end)
        if following.source is None or following.source.name != document.source.name or not following.index:
            break
        end += 1
    return end


def _same(one: Document, other: Document, numpy: bool) -> tuple[int, int]:
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
