"""Partitions: rows of numbers in files, one file for each range of keys, to be brought together range by range.

A row is some numbers of 32 bits, little-endian; the first is its key, or the upper half of it, and `BITS` bits of that,
mixed, say which file it is in. Rows with equal keys are in one file, whoever wrote it: what is true of equal keys can
be found out file by file, in any order, on any machine.
"""

from __future__ import annotations

import os
from itertools import pairwise
from sys import byteorder
from typing import IO, TYPE_CHECKING, Any

from ..native import key_loops

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from ..native_loops import Numbers
    from .spill import Bytes

BITS = 6
"""Rows are parted by so many bits of their keys."""
NUMBER = 1 << BITS
"""How many files there are."""
KIND = "<u4"


class Partitions:
    """Rows that were written down, in files of their own."""

    def __init__(self, width: int, folder: str = "") -> None:
        """Nothing is opened yet.

        Args:
            width: numbers in a row.
            folder: where the files are, or are to be; empty for files that go with the process.
        """
        self._width = width
        self._folder = folder
        self._files: list[IO[bytes]] = []

    def append(self, columns: Sequence[NDArray[np.uint32]]) -> None:
        """Write rows down, given by their columns, `width` of them."""
        rows, ends = in_order(columns)
        if not self._files:
            self._files = [self._open(number) for number in range(NUMBER)]
        for file, (start, end) in zip(self._files, pairwise(ends.tolist()), strict=True):
            file.write(rows[start:end].tobytes())

    def read(self, number: int) -> NDArray[Any]:
        """The rows of one range of keys, in the order in which they were written."""
        import numpy as np

        if self._files:
            file = self._files[number]
            file.flush()
            if hasattr(os, "pread"):  # a forked process has the same place in the file
                data = os.pread(file.fileno(), os.fstat(file.fileno()).st_size, 0)
            else:
                file.seek(0)
                data = file.read()
                file.seek(0, os.SEEK_END)
        else:
            with open(os.path.join(self._folder, name(number)), "rb") as file:
                data = file.read()
        return np.frombuffer(data, KIND).reshape(-1, self._width)

    def size(self, number: int) -> int:
        """Bytes of the rows of one range of keys; none of them waits to be written, as before a fork none may."""
        if not self._files:
            return os.path.getsize(os.path.join(self._folder, name(number)))
        self._files[number].flush()
        return os.fstat(self._files[number].fileno()).st_size

    def close(self) -> None:
        """Close the files in a folder; of them, those that have no row are made, too."""
        if not self._files:
            self._files = [self._open(number) for number in range(NUMBER)]
        for file in self._files:
            file.close()
        self._files = []

    def _open(self, number: int) -> IO[bytes]:
        if self._folder:
            os.makedirs(self._folder, exist_ok=True)
            return open(os.path.join(self._folder, name(number)), "w+b")
        import tempfile

        return tempfile.TemporaryFile(prefix="corpus-lint-")


class Stretch:
    """Rows that lie in order of their ranges of keys in a file that others lie in, too."""

    def __init__(self, width: int, file: Bytes, at: int, ends: NDArray[Any]) -> None:
        """Rows of ``width`` numbers behind ``at`` bytes of a file; ``ends`` as `in_order` gives them."""
        self._width = width
        self._file = file
        self._at = at
        self._ends = ends

    def read(self, number: int) -> NDArray[Any]:
        """As `Partitions.read`."""
        import numpy as np

        start, end = self._ends[number : number + 2].tolist()
        size = 4 * self._width
        return np.frombuffer(self._file.read(self._at + start * size, (end - start) * size), KIND).reshape(
            -1, self._width
        )

    def size(self, number: int) -> int:
        """As `Partitions.size`."""
        start, end = self._ends[number : number + 2].tolist()
        return 4 * self._width * (end - start)  # type: ignore[no-any-return]


def in_order(columns: Sequence[Numbers]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Rows sorted by their ranges of keys, and at which row each range ends; the first number is 0.

    The columns of the rows are given, that of the keys first; at most 2 ** 26 rows.
    """
    import numpy as np

    loops = key_loops()
    if loops is None or byteorder != "little":
        return _in_order_numpy(np, [np.asarray(column) for column in columns])
    data, counts = loops.parted([np.ascontiguousarray(column, np.uint32) for column in columns])
    rows = np.frombuffer(data, KIND).reshape(-1, len(columns))
    return rows, np.cumsum([0, *counts])


def _in_order_numpy(np: Any, columns: Sequence[NDArray[np.uint32]]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    bits = np.uint32(32 - BITS)
    keys = mixed(columns[0])
    ends = np.zeros(NUMBER + 1, np.int64)
    np.cumsum(np.bincount((keys >> bits).astype(np.uint8), minlength=NUMBER), out=ends[1:])
    # Numbers are sorted twice as fast as their order is found: the upper bits of keys, and which row it is.
    order = keys >> bits << bits | np.arange(len(keys), dtype=np.uint32)
    order.sort()
    order &= (np.uint32(1) << bits) - np.uint32(1)
    rows = np.empty((len(keys), len(columns)), KIND)
    for number, column in enumerate(columns):
        rows[:, number] = column.take(order)
    return rows, ends


def mixed(keys: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Keys as other numbers, of which the upper bits say in which range they are.

    Fingerprints are the least hashes of their windows: by their own upper bits a fifth of all would be in one file.
    """
    import numpy as np

    return keys * np.uint32(0x9E3779B1)


def name(number: int) -> str:
    """What the file of a range of keys is called: two hexadecimal digits."""
    return f"{number:02x}"


def remembered(path: str, width: int, make: Callable[[], NDArray[Any]]) -> NDArray[Any]:
    """Rows that were written to a file before, or those that are made now and written there, whole or not at all."""
    import numpy as np

    if os.path.exists(path):
        return np.fromfile(path, KIND).reshape(-1, width)
    rows = make()
    os.makedirs(os.path.dirname(path), exist_ok=True)
    temporary = f"{path}.{os.getpid()}"
    rows.astype(KIND, copy=False).tofile(temporary)
    os.replace(temporary, path)
    return rows
