"""A tape: a stream of bytes, of which what has not been passed over can be had again."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from .formats.place import Place


class Tape:
    """A stream in chunks, of which those that have not been passed over can be had again."""

    def __init__(self, first: bytes, file: IO[bytes], segment: int, start: int = 0) -> None:
        """A stream that begins with ``first`` and goes on in ``file``, of which ``segment`` bytes are read at once.

        ``start`` is where in its text it begins.
        """
        self._kept = [first]
        self._start = start
        self._file = file
        self._segment = segment

    def chunks(self, place: Place) -> Iterator[bytes]:
        """What follows ``place``, which is moved on meanwhile."""
        yield self.rest(place, 0)
        while chunk := self._file.read(self._segment):
            while self._kept and self._start + len(self._kept[0]) <= place.start:
                self._start += len(self._kept.pop(0))
            self._kept.append(chunk)
            yield chunk

    def rest(self, place: Place, least: int) -> bytes:
        """What has been read behind ``place``, and more where that is less than ``least`` bytes."""
        data = b"".join(self._kept)[place.start - self._start :]
        if len(data) < least:
            data += read(self._file, least - len(data))
        self._kept, self._start = [data], place.start
        return data


def read(file: IO[bytes], size: int) -> bytes:
    """So many bytes, fewer only at the end of the stream."""
    pieces = []
    while size:
        piece = file.read(size)
        if not piece:
            break
        pieces.append(piece)
        size -= len(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)
