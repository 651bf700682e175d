"""Freight: what a process that lints leaves in files for the comparison of all documents, and what it says of it.

Through a pipe each byte would be copied four times, and half of that by the one process that all others wait for. So
folded texts, marks and rows are added to three files that all processes share, the rows sorted by range of keys; what
goes through the pipe are some numbers for each document. What a process has added that died before it could say so
is never looked at.
"""

from __future__ import annotations

import os
from array import array
from itertools import pairwise
from typing import TYPE_CHECKING

from ..named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from .duplicates import Wholes
    from .winnowing import Sketch

IS_POSSIBLE = os.name != "nt"
"""Whether several processes can add to a file at once: elsewhere the end of a file is looked for first."""

TEXTS, BITS, ROWS = "texts", "bits", "rows"
"""What the files are called."""


class Sorted(NamedTuple):
    """Fingerprints whose rows lie in a file, and what has been told of whole documents by them.

    Attributes:
        at: bytes before them.
        ends: the number of the row at which each range of keys ends; the first number is 0.
        wholes: the digest of each document.
        runs: where neighbours are equal, by document.
        counts: documents that have rows, and how many.
    """

    at: int
    ends: NDArray[np.int64]
    wholes: Wholes
    runs: dict[int, list[int]]
    counts: tuple[NDArray[np.int64], NDArray[np.int64]]


class Freight(NamedTuple):
    """What of some documents, numbered from 0, lies in files.

    Attributes:
        texts: bytes before their folded texts, which lie end to end.
        sizes: folded characters of each, in an array of 64 bits each.
        bits: bytes before what is said of all their characters.
        marks: as in `folds.Folds`, counted from there on.
        rows: their fingerprints, unless these are handed over themselves.
    """

    texts: int
    sizes: array[int]
    bits: int
    marks: tuple[array[int], ...]
    rows: Sorted | None


class Loading:
    """Puts the sketches of documents into the files of a folder."""

    def __init__(self, folder: str) -> None:
        """The files are made where they are not there."""
        from .spill import Shared

        self._texts, self._bits, self._rows = (Shared(os.path.join(folder, name)) for name in (TEXTS, BITS, ROWS))

    def put(self, sketches: Sequence[Sketch], *, rows: bool) -> tuple[list[Sketch], Freight | None]:
        """Put all sketches of a portion there.

        Args:
            sketches: of all its documents.
            rows: whether the fingerprints, too, or only the texts.

        Returns:
            The sketches that are to be handed over all the same, and what was put into files.
        """
        texts = [sketch.texts for sketch in sketches if sketch.texts is not None]
        if not sketches or len(texts) < len(sketches):
            return list(sketches), None
        from .folds import bits_and_marks

        bits, marks = bits_and_marks([mark for sketch in sketches for mark in sketch.marks])
        freight = Freight(
            self._texts.extend(texts),
            array("q", [size for sketch in sketches for size in sketch.sizes]),
            self._bits.append(bits),
            marks,
            self._sorted(sketches) if rows else None,
        )
        return [] if rows else [sketch._replace(texts=None, marks=()) for sketch in sketches], freight

    def _sorted(self, sketches: Sequence[Sketch]) -> Sorted:
        import numpy as np

        from . import duplicates, loops, partitions
        from .duplicates import Wholes

        # Some documents at a time: all of that is done much faster in the processor's cache.
        wholes = [duplicates.wholes(sketch) for sketch in sketches]
        some = [partitions.in_order(sketch[2:5]) for sketch in sketches]
        parted = [(rows, pairwise(ends.tolist())) for rows, ends in some]
        pieces = [rows[slice(*next(ends))].data for _ in range(partitions.NUMBER) for rows, ends in parted]
        documents = np.concatenate([sketch.documents for sketch in sketches])
        starts = np.flatnonzero(np.diff(documents, prepend=np.uint32(0xFFFFFFFF)))
        return Sorted(
            self._rows.extend([piece for piece in pieces if piece.nbytes]),
            np.sum([ends for _, ends in some], 0),
            Wholes(*(np.concatenate(columns) for columns in zip(*wholes, strict=True))),
            dict(loops.runs(sketches)),
            (documents[starts], np.diff(starts, append=len(documents))),
        )
