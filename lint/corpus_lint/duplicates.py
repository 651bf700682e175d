"""Duplicates: documents that are the same text as an earlier one, found by all their fingerprints together.

Such a document is told of once and takes no part in the search for passages: what it shares is all it has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .alignment import weight
from .repeats import Duplicate
from .winnowing import Sketch, fold, fold_numpy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .document import Document


def alike(sketches: Sequence[Sketch]) -> dict[int, int]:
    """For each document with the fingerprints of an earlier one, in the same places, the first such; no more.

    A document without a fingerprint is like none.
    """
    first: dict[Any, int] = {}
    found: dict[int, int] = {}
    for sketch in sketches:
        for number, key in _wholes(sketch):
            known = first.setdefault(key, number)
            if known != number:
                found[number] = known
    return found


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
        same = [
            _same(later if part == number else load(part), kept[earlier] if copy == earlier else load(copy), numpy)
            for part, copy in zip(parts, copies, strict=True)
        ]
        if all(same):
            says = min(weight(fold(later.text[:4096])), 10_000)
            yield Duplicate(later, kept[earlier], min(same) == 2, says), parts


def without(sketches: Sequence[Sketch], numbers: set[int]) -> list[Sketch]:
    """The sketches without the fingerprints of these documents."""
    return [_without(sketch, numbers) for sketch in sketches] if numbers else list(sketches)


def _wholes(sketch: Sketch) -> Iterator[tuple[int, Any]]:
    """Each document that has fingerprints, with what is the same for documents that have the same."""
    if not len(sketch.keys):
        return
    if sketch.is_numpy:
        import numpy as np

        documents = np.asarray(sketch.documents)
        starts = np.flatnonzero(np.concatenate((np.ones(1, np.bool_), documents[1:] != documents[:-1])))
        mixed = np.asarray(sketch.keys).astype(np.uint64) << np.uint64(32)
        mixed |= np.asarray(sketch.positions).astype(np.uint64)
        mixed ^= mixed >> np.uint64(29)
        mixed *= np.uint64(0xBF58476D1CE4E5B9)
        mixed ^= mixed >> np.uint64(32)
        sums = np.add.reduceat(mixed, starts)
        for number, total in zip(documents[starts].tolist(), sums.tolist(), strict=True):
            yield number, (sketch.sizes[number - sketch.first], total)
        return
    whole: dict[int, list[tuple[int, int]]] = {}
    for key, number, position in zip(sketch.keys, sketch.documents, sketch.positions, strict=True):
        whole.setdefault(number, []).append((key, position))
    for number, prints in whole.items():
        yield number, (sketch.sizes[number - sketch.first], tuple(prints))


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


def _same(one: Document, other: Document, numpy: bool) -> int:
    """2 when two documents are the same to the byte, 1 when they are when folded, 0 when not at all."""
    if one.text == other.text:
        encodings = {document.source.decoding.encoding if document.source else "" for document in (one, other)}
        return 2 if len(encodings) == 1 else 1
    if numpy:
        return int(fold_numpy(one.text)[0] == fold_numpy(other.text)[0])
    return int(fold(one.text) == fold(other.text))


def _without(sketch: Sketch, numbers: set[int]) -> Sketch:
    if numbers.isdisjoint(range(sketch.first, sketch.first + len(sketch.sizes))):
        return sketch
    if sketch.is_numpy:
        import numpy as np

        mask = ~np.isin(np.asarray(sketch.documents), list(numbers))
        keys, documents, positions = (np.asarray(column)[mask] for column in sketch[2:])
        return sketch._replace(keys=keys, documents=documents, positions=positions)
    from array import array

    kept = [n for n, number in enumerate(sketch.documents) if number not in numbers]
    columns = [array("I", [column[n] for n in kept]) for column in (sketch.keys, sketch.documents, sketch.positions)]
    return Sketch(sketch.first, sketch.sizes, *columns)
