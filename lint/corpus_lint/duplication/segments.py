"""Segments: the fingerprints of many contents in one file that is mapped, not read.

A segment has its fingerprints sorted by key, in three columns of 32 bits, and behind them which contents they are of.
To look up a file's few fingerprints means some binary searches, without numpy.
"""

from __future__ import annotations

import marshal
import os
from array import array
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from . import winnowing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..document import Document
    from .fingerprints import Fingerprints

BATCH = 1 << 18
"""Bytes of text that are fingerprinted at once, at least, when there are so many."""
HOLDERS = 64
"""Documents that have a fingerprint, of which more are not told apart."""
_END = b"corpus-lint index\n"


class Segment:
    """Contents and their fingerprints: keys in order, with the number of the document in the segment and the place."""

    def __init__(self, data: Any, name: str = "") -> None:
        """Read a segment from its bytes.

        Raises:
            ValueError: it is not whole.
        """
        view = memoryview(data)
        if bytes(view[-len(_END) :]) != _END:
            raise ValueError("not a whole segment")
        rows, header = (int.from_bytes(view[at : at + 8], "little") for at in (0, 8))
        self.name = name
        self.columns = [view[16 + 4 * rows * n : 16 + 4 * rows * (n + 1)].cast("I") for n in range(3)]
        start = 16 + 12 * rows
        self.contents: list[tuple[bytes, list[int]]] = marshal.loads(view[start : start + header])
        """Each content with the folded sizes of its documents."""
        self.starts = [0, *accumulate(len(sizes) for _, sizes in self.contents)]

    def known(self, table: Fingerprints) -> set[int]:
        """The keys of a table, those that the segment has not left out where there are many."""
        if not table.is_much:
            return {key for keys in table.all_keys() for key in keys}
        import numpy as np

        own = np.frombuffer(self.columns[0], np.uint32)
        found: set[int] = set()
        for keys in table.all_keys():
            unique = np.unique(np.asarray(keys))
            at = np.searchsorted(own, unique)
            found.update(unique[own.take(at, mode="clip") == unique].tolist() if len(own) else ())
        return found

    def holders(self, keys: Iterable[int]) -> Iterator[tuple[int, int, int]]:
        """Document, place and key of the fingerprints that have one of the keys."""
        known, documents, positions = self.columns
        for key in keys:
            at = bisect_left(known, key)
            for row in range(at, min(at + HOLDERS, len(known))):
                if known[row] != key:
                    break
                yield documents[row], positions[row], key

    def content_of(self, document: int) -> tuple[bytes, int, int]:
        """The content that a document is of, its number in that, and its folded size."""
        number = bisect_right(self.starts, document) - 1
        content, sizes = self.contents[number]
        ordinal = document - self.starts[number]
        return content, ordinal, sizes[ordinal]


class Making:
    """A segment being made."""

    def __init__(self, *, numpy: bool) -> None:
        self._numpy = numpy
        self._clear()

    def _clear(self) -> None:
        self.contents: list[tuple[bytes, list[int]]] = []
        self.rows = 0
        self._documents = 0
        self._pending: list[tuple[Document, list[int]]] = []
        self._pending_bytes = 0
        self._columns: tuple[list[Any], list[Any], list[Any]] = ([], [], [])

    def add(self, content: bytes, documents: Iterable[Document]) -> None:
        """Fingerprint the documents of a content, some at a time, so that they need not fit into memory."""
        sizes: list[int] = []
        self.contents.append((content, sizes))
        for document in documents:
            self._pending.append((document, sizes))
            self._pending_bytes += len(document.data)
            if self._pending_bytes >= BATCH:
                self._sketch()

    def _sketch(self) -> None:
        pending, self._pending, self._pending_bytes = self._pending, [], 0
        sketch = winnowing.sketch([document for document, _ in pending], self._documents, numpy=self._numpy)
        for (_, sizes), size in zip(pending, sketch.sizes, strict=True):
            sizes.append(size)
        self._documents += len(pending)
        self._extend(sketch.keys, sketch.documents, sketch.positions)

    def take(self, segment: Segment, wanted: set[bytes]) -> None:
        """Take over the wanted contents of a segment that are not there yet."""
        have = {content for content, _ in self.contents}
        renumbered: dict[int, int] = {}
        for (content, sizes), start in zip(segment.contents, segment.starts, strict=False):
            if content in wanted and content not in have:
                renumbered.update((start + n, self._documents + n) for n in range(len(sizes)))
                self.contents.append((content, sizes))
                self._documents += len(sizes)
        keys, documents, positions = segment.columns
        kept = [row for row, document in enumerate(documents) if document in renumbered]
        self._extend(
            array("I", [keys[row] for row in kept]),
            array("I", [renumbered[documents[row]] for row in kept]),
            array("I", [positions[row] for row in kept]),
        )

    def _extend(self, *columns: Any) -> None:
        self.rows += len(columns[0])
        for parts, column in zip(self._columns, columns, strict=True):
            parts.append(column)

    def segment(self) -> bytes:
        """The bytes of the segment; begins another one."""
        self._sketch()
        columns = self._sorted_numpy() if self._numpy else self._sorted()
        header = marshal.dumps(self.contents)
        counts = self.rows.to_bytes(8, "little") + len(header).to_bytes(8, "little")
        self._clear()
        return b"".join((counts, *columns, header, _END))

    def _sorted(self) -> list[bytes]:
        columns = [[value for part in parts for value in part] for parts in self._columns]
        rows = sorted(zip(*columns, strict=True))
        return [array("I", [row[n] for row in rows]).tobytes() for n in range(3)]

    def _sorted_numpy(self) -> list[bytes]:
        import numpy as np

        columns = [np.concatenate([np.asarray(part, np.uint32) for part in (*parts, ())]) for parts in self._columns]
        order = np.argsort(columns[0], kind="stable")
        return [column[order].astype(np.uint32).tobytes() for column in columns]


def write(path: str, data: bytes) -> bool:
    """Write a file whole or not at all; whether it was."""
    temporary = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(temporary, "wb") as file:
            file.write(data)
        os.replace(temporary, path)
    except OSError:
        return False
    return True
