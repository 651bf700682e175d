"""Spill: bytes that are kept in memory while they are few, and in a temporary file when there are many."""

from __future__ import annotations

import os
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    import mmap
    from collections.abc import Sequence

PAGES = 1 << 27
"""Bytes of pages of a file that are looked at, at most, before they are given back."""
_PIECES = 1 << 10
"""Pieces that every system writes at once, with some other."""
_AROUND = 1 << 16
"""Bytes that Linux brings in for one page that is looked at."""


class Bytes:
    """Bytes that are only added to: in memory, from some number on in a file that goes with the process."""

    def __init__(self, kept: int) -> None:
        """None yet; of more than ``kept`` all go to disk."""
        self._kept = kept
        self._memory = bytearray()
        self._file: IO[bytes] | None = None
        self._mapped: mmap.mmap | None = None
        self._faults = 0
        self._size = 0

    @property
    def size(self) -> int:
        """How many there are."""
        return self._size

    def append(self, data: bytes | memoryview) -> int:
        """Add bytes; where they begin."""
        at = self._size
        self._size += len(data)
        if self._file is None and self._size > self._kept:
            import tempfile

            self._file = tempfile.TemporaryFile(prefix="corpus-lint-")  # noqa: SIM115 - it goes with this object
            self._file.write(self._memory)
            self._memory = bytearray()
        if self._file is not None:
            self._file.write(data)
            self._mapped = None
        else:
            self._memory += data
        return at

    def settle(self) -> None:
        """Write to the file what waits: a process that is forked would write it once more."""
        if self._file is not None:
            self._file.flush()

    def read(self, at: int, size: int) -> bytes:
        """So many bytes from there on; fewer at the end."""
        if self._file is None:
            return bytes(self._memory[at : at + size])
        self._file.flush()
        if hasattr(os, "pread"):  # a forked process has the same place in the file
            return os.pread(self._file.fileno(), size, at)
        self._file.seek(at)
        data = self._file.read(size)
        self._file.seek(0, os.SEEK_END)
        return data

    @property
    def view(self) -> bytearray | mmap.mmap:
        """All bytes, not to be kept while some are added."""
        if self._file is None:
            return self._memory
        if self._mapped is None:
            import mmap

            self._file.flush()
            self._mapped = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        return self._mapped

    def bound(self) -> None:
        """Give the pages of the file back when many have been looked at; they are had again from the system's cache."""
        if self._mapped is None or self.size < PAGES or not hasattr(self._mapped, "madvise"):
            return
        import mmap
        import resource

        faults = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        if (faults - self._faults) * _AROUND > PAGES:
            self._faults = faults
            self._mapped.madvise(mmap.MADV_DONTNEED)


class Shared(Bytes):
    """Bytes in a file to which several processes add, each by an object of its own: none waits for another."""

    def __init__(self, path: str) -> None:
        """The file is made unless it is there; it goes with its folder."""
        super().__init__(0)
        self._file = open(path, "ab+", buffering=0)  # noqa: SIM115 - it is closed with this object

    @property
    def size(self) -> int:
        """How many there are, whoever added them."""
        assert self._file is not None
        return os.fstat(self._file.fileno()).st_size

    def append(self, data: bytes | memoryview) -> int:
        """Add bytes; where they begin, which is an even number.

        Raises:
            OSError: there is no room.
        """
        return self.extend([data])

    def extend(self, pieces: Sequence[bytes | memoryview]) -> int:
        """The same of some pieces, end to end, which are not copied before."""
        assert self._file is not None
        if len(pieces) >= _PIECES:
            pieces = [b"".join(pieces)]
        file = self._file.fileno()
        self._mapped = None
        size = sum(piece.nbytes if isinstance(piece, memoryview) else len(piece) for piece in pieces)
        padding = b""
        while True:
            # The system looks for the end and writes as one; what was written in part is of no use.
            written = os.writev(file, [padding, *pieces])
            at = os.lseek(file, 0, os.SEEK_CUR) - written
            if written == len(padding) + size and (at + len(padding)) % 2 == 0:
                return at + len(padding)
            # A process was killed while it wrote, and its last byte has no other half.
            padding = b"\0" * ((at + written) % 2)
