"""Parts of a run, file by file: what linting a file gave, as bytes that another run can go on with.

A file's part has its findings and what the comparison across documents needs of it, but no text besides: documents
that the comparison wants to see are read again.
"""

from __future__ import annotations

import marshal
import time
from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from ..duplication.common_lines import CommonLines, Written
from ..duplication.comparison import Taken
from ..duplication.winnowing import Sketch
from ..jobs import Part, Read
from ..outcome import Failure, Outcome
from .plain import diagnostic, plain
from .signature import digest, sign

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ..diagnostic import Diagnostic
    from ..jobs import Item
    from ..linting import Linter
    from ..reading import Reader


def lint(linter: Linter, items: Sequence[Item], named: set[str]) -> list[Read]:
    """Lint files so that the part of each can be told from the others; the last documents may wait for a flush."""
    reads = []
    for item in items:
        began = time.time_ns()
        signature, content = sign(item.path), digest(item.path)
        begun, documents = linter.begun, linter.outcome.documents
        skipped, guessed = linter.outcome.skipped.copy(), linter.outcome.guessed.copy()
        textless = len(linter.outcome.textless)
        linter.file(item.path, item.name, is_named=item.path in named)
        reads.append(
            Read(
                item,
                signature.trusted(began),
                content if sign(item.path) == signature else b"",
                linter.begun - begun,
                linter.outcome.documents - documents,
                next(iter(linter.outcome.skipped - skipped), ""),
                next((failure.message for failure in linter.outcome.textless[textless:]), ""),
                next(iter(linter.outcome.guessed - guessed), ""),
            )
        )
    return reads


def split(part: Part) -> Iterator[tuple[Read, bytes]]:
    """The files of a part that can be kept, each with what another run needs of it."""
    sketches, common, *_ = part.taken
    if common is not None and not common.keeps_texts:
        return
    failed = {failure.filename for failure in part.outcome.failures}
    found, hidden = _by_file(part.outcome.diagnostics), _by_file(part.outcome.hidden)
    first = 0
    for read in part.reads:
        name = read.item.name
        if read.content and name not in failed:
            own = (
                read.begun,
                read.documents,
                part.held_back.get(name, 0),
                read.skipped,
                read.textless,
                found.get(name, ()),
                hidden.get(name, ()),
                read.guessed,
                _sketch(sketches, first, read.begun) if sketches else None,
                tuple(common.written(first, read.begun)) if common is not None else None,
            )
            data = written(own)
            if data is not None:
                yield read, data
        first += read.begun


def written(plain: Any) -> bytes | None:
    """The bytes of plain values; None when they are not plain, as a rule's numbers may be numpy's."""
    try:
        return marshal.dumps(plain)
    except ValueError:
        return None


def keys(data: bytes) -> bytes:
    """The keys of a file's fingerprints, 32 bits each, from what `split` gave for it."""
    sketch = marshal.loads(data)[8]
    found: bytes = sketch[1] if sketch is not None else b""
    return found


def join(kept: Iterable[tuple[Item, bytes]], reader: Callable[[str, str], Reader], *, numpy: bool) -> Part:
    """One part of the files, in their order.

    Args:
        kept: the files, each with what `split` gave for it.
        reader: gives what reads a file, by its path and name.
        numpy: how fingerprints are brought together; it chooses the way, never the result.
    """
    outcome = Outcome()
    promised: list[tuple[int, Reader]] = []
    sizes, keys, documents, positions = array("I"), array("I"), array("I"), array("I")
    is_sketched = False
    common: CommonLines | None = None
    first = 0
    for item, data in kept:
        begun, number, held_back, skipped, textless, found, hidden, guessed, sketch, lines = marshal.loads(data)
        outcome.diagnostics += map(diagnostic, found)
        outcome.hidden += map(diagnostic, hidden)
        outcome.held_back += held_back
        if skipped:
            outcome.skipped[skipped] += 1
            outcome.textless += [Failure(item.name, 0, textless)] if textless else []
        else:
            outcome.names.append(item.name)
            outcome.guessed.update([guessed] if guessed else ())
            outcome.documents += number
        promised.append((begun, reader(item.path, item.name)))
        if sketch is not None:
            is_sketched = True
            sizes.frombytes(sketch[0])
            keys.frombytes(sketch[1])
            documents.frombytes(_numbers(sketch[2], len(sketch[1]) // 4, first, numpy=numpy))
            positions.frombytes(sketch[3])
        if lines is not None:
            common = common or CommonLines()
            common.read(Written(*lines))
        first += begun
    sketches = [Sketch(0, sizes.tolist(), keys, documents, positions, is_much=numpy)] if is_sketched else []
    return Part(outcome, Taken(sketches, common, None, promised))


def _by_file(diagnostics: Iterable[Diagnostic]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for one in diagnostics:
        found.setdefault(one.place.filename, []).append(plain(one))
    return found


def _sketch(sketches: Sequence[Sketch], first: int, total: int) -> tuple[bytes, ...]:
    """Sizes, keys, numbers of documents from ``first`` on (none when there is one document) and positions."""
    columns: tuple[list[bytes], ...] = ([], [], [], [])
    for sketch in sketches:
        start, end = max(first, sketch.first), min(first + total, sketch.first + len(sketch.sizes))
        if start >= end:
            continue
        rows = slice(bisect_left(sketch.documents, start), bisect_left(sketch.documents, end))
        columns[0].append(array("I", sketch.sizes[start - sketch.first : end - sketch.first]).tobytes())
        columns[1].append(sketch.keys[rows].tobytes())
        if total > 1:
            columns[2].append(_counted_from(first, sketch.documents[rows], numpy=sketch.is_much))
        columns[3].append(sketch.positions[rows].tobytes())
    return tuple(map(b"".join, columns))


def _counted_from(first: int, column: Any, *, numpy: bool) -> bytes:
    """The numbers of documents, in 32 bits each."""
    if numpy:
        import numpy as np

        return (np.asarray(column) - np.uint32(first)).tobytes()
    return array("I", [number - first for number in column]).tobytes()


def _numbers(column: bytes, rows: int, first: int, *, numpy: bool) -> bytes:
    """The numbers of documents, counted from ``first`` on."""
    if not column:
        return array("I", [first]).tobytes() * rows
    if numpy:
        import numpy as np

        return (np.frombuffer(column, np.uint32) + np.uint32(first)).tobytes()
    return array("I", [number + first for number in array("I", column)]).tobytes()
