"""Volumes: pieces of data in files that never change, each file with an index of its pieces at its end.

A volume is written under another name and renamed, so it is whole or not there, and processes that write at once write
different ones: nothing is locked. What is damaged, or of another version, is not read. Nothing in them is needed.
"""

from __future__ import annotations

import marshal
import os
import time
from typing import IO, Any
from zlib import crc32

from ..named_tuple import NamedTuple

try:  # hashlib loads OpenSSL, which costs as much as half a bare start
    from _blake2 import blake2b
except ImportError:  # pragma: no cover - another Python than CPython
    from hashlib import blake2b

SUFFIX = ".volume"
ABANDONED = 3600
"""Seconds after which a file that is still being written belongs to a process that died."""
_FORMAT = b"corpus-lint volume 1\n"
_DIGEST = 16
_TAIL = 8 + _DIGEST + len(_FORMAT)


class Piece(NamedTuple):
    """Where in its volume a piece of data is, and its checksum."""

    start: int
    size: int
    checksum: int


class Volume:
    """A volume, open for reading.

    Attributes:
        index: what `Writing.finish` was given.
        size: bytes of the file.
    """

    def __init__(self, path: str) -> None:
        """Open a volume and read its index.

        Raises:
            OSError: the file cannot be read.
            ValueError: it is no whole volume of this version.
        """
        self.path = path
        self._file: IO[bytes] = open(path, "rb", buffering=0)  # noqa: SIM115
        try:
            self.size = self._file.seek(0, os.SEEK_END)
            tail = self._read(self.size - _TAIL, _TAIL)
            length = int.from_bytes(tail[:8], "little")
            index = self._read(self.size - _TAIL - length, length)
            if not tail.endswith(_FORMAT) or _digest(index) != tail[8 : 8 + _DIGEST]:
                raise ValueError("not a whole volume")
            self.index: Any = marshal.loads(index)
        except BaseException:
            self._file.close()
            raise

    def read(self, piece: Piece) -> bytes | None:
        """The data of a piece; None when it is damaged."""
        try:
            data = self._read(piece.start, piece.size)
        except (OSError, ValueError):
            return None
        return data if crc32(data) == piece.checksum else None

    def touch(self) -> None:
        """Remember that the volume is used, so that others are removed first."""
        try:
            if time.time() - os.stat(self.path).st_mtime > ABANDONED:
                os.utime(self.path)
        except OSError:
            return

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _read(self, start: int, size: int) -> bytes:
        if start < 0:
            raise ValueError("not a whole volume")
        self._file.seek(start)
        return self._file.read(size)


class Writing:
    """A volume being written; nothing is there under its name before it is finished."""

    def __init__(self, folder: str, owner: str) -> None:
        """Begin a volume.

        Args:
            folder: where; it is made when it is not there.
            owner: what the volumes that belong together begin with.

        Raises:
            OSError: nothing can be written there.
        """
        os.makedirs(folder, mode=0o700, exist_ok=True)
        self._path = os.path.join(folder, f"{owner}-{time.time_ns():016x}-{os.getpid()}{SUFFIX}")
        # A corpus may be confidential, and what is found in it quotes it.
        self._file = os.fdopen(os.open(f"{self._path}.new", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self.size = 0

    def add(self, data: bytes) -> Piece:
        """Write a piece.

        Raises:
            OSError: it cannot be written.
        """
        self._file.write(data)
        piece = Piece(self.size, len(data), crc32(data))
        self.size += len(data)
        return piece

    def finish(self, index: Any) -> None:
        """Write the index, which `marshal` must be able to, and give the volume its name.

        Raises:
            OSError: it cannot be written.
        """
        data = marshal.dumps(index)
        with self._file:
            self._file.write(b"".join((data, len(data).to_bytes(8, "little"), _digest(data), _FORMAT)))
        os.replace(f"{self._path}.new", self._path)

    def abandon(self) -> None:
        """Leave nothing behind."""
        try:
            self._file.close()
            os.unlink(f"{self._path}.new")
        except OSError:
            return


def volumes(folder: str, owner: str) -> list[Volume]:
    """The whole volumes of an owner, oldest first; those that cannot be read are removed."""
    try:
        names = sorted(name for name in os.listdir(folder) if name.startswith(f"{owner}-") and name.endswith(SUFFIX))
    except OSError:
        return []
    found = []
    for name in names:
        path = os.path.join(folder, name)
        try:
            found.append(Volume(path))
        except (ValueError, EOFError, TypeError):
            remove(path)
        except OSError:
            continue
    return found


def remove(path: str) -> None:
    """Remove a file, if that is possible."""
    try:
        os.unlink(path)
    except OSError:
        return


def bound(folder: str, limit: int) -> None:
    """Remove what was used longest ago until the folder has ``limit`` bytes at most, and what was never finished."""
    found = []
    try:
        for entry in os.scandir(folder):
            status = entry.stat()
            found.append((status.st_mtime, status.st_size, entry.path))
    except OSError:
        return
    total = 0
    for used, size, path in sorted(found, reverse=True):
        total += size
        if total > limit or (not path.endswith(SUFFIX) and time.time() - used > ABANDONED):
            remove(path)
            total -= size


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=_DIGEST).digest()
