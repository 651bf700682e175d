"""Compressed files: their content as a stream, and new content compressed as the old was.

Every format is read over all its members, streams or frames. Nothing is imported before a compressed file is met.
"""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import Buffer

ZSTD_MEMORY = 1 << 27
"""Bytes of window, at most, that a file may ask for: what `zstd` itself allows without ``--long``."""


PACKED_READ = 1 << 16
"""Packed bytes of xz and bzip2 that are read at once."""

ZSTD_READ = 1 << 14
"""Packed bytes that are unpacked at once: little, since they may become a thousand times as many."""


class CompressionError(Exception):
    """A compressed file that cannot be read; the message says why and what to do."""


def unpacked(file: IO[bytes], compression: str) -> IO[bytes]:
    """The content of a compressed file as a stream, which closes the file when it is closed.

    Raises:
        CompressionError: the package for it is not installed.
    """
    if compression == "gzip":
        import gzip

        return _Guarded(cast("IO[bytes]", gzip.GzipFile(fileobj=file)))
    if compression == "bzip2":
        import bz2

        return _Guarded(cast("IO[bytes]", io.BufferedReader(_Streams(file, bz2.BZ2Decompressor))))
    if compression == "xz":
        import lzma

        return _Guarded(cast("IO[bytes]", io.BufferedReader(_Streams(file, lzma.LZMADecompressor))))
    return _Guarded(cast("IO[bytes]", io.BufferedReader(_Frames(file))))


def packed(file: IO[bytes], compression: str, head: bytes) -> IO[bytes]:
    """A stream that writes compressed to ``file``; closing it leaves ``file`` open.

    Args:
        file: what is written to.
        compression: as `unpacked` takes it.
        head: how the old file began: level, name, time and checksums are taken from there as far as they stand there.
    """
    if compression == "gzip":
        return _gzip(file, head)
    if compression == "bzip2":
        import bz2

        return bz2.BZ2File(file, "wb", compresslevel=head[3] - 48 if head[3:4] in b"123456789" else 9)
    if compression == "xz":
        import lzma

        if not head.startswith(b"\xfd7zXZ\0"):
            return lzma.LZMAFile(file, "wb", format=lzma.FORMAT_ALONE)
        return lzma.LZMAFile(file, "wb", check=head[7] & 0x0F)
    zstandard = _zstandard()
    parameters = zstandard.get_frame_parameters(head)
    # The level is not kept in a frame; its window tells the fast levels from the thorough ones.
    level = 19 if parameters.window_size >= 1 << 23 else 3
    compressor = zstandard.ZstdCompressor(level=level, write_checksum=parameters.has_checksum)
    return cast("IO[bytes]", compressor.stream_writer(file, closefd=False))


def _gzip(file: IO[bytes], head: bytes) -> IO[bytes]:
    """A gzip stream with the time and name of the old one, of the nearest level that its header tells."""
    import gzip

    flags, time, effort = head[3], int.from_bytes(head[4:8], "little"), head[8]
    name = b""
    if flags & 0x08:
        start = 10 + (2 + int.from_bytes(head[10:12], "little") if flags & 0x04 else 0)
        name = head[start : head.index(b"\0", start)]
    level = {2: 9, 4: 1}.get(effort, 6)
    stream = gzip.GzipFile(name.decode("latin-1"), "wb", compresslevel=level, fileobj=file, mtime=time)
    return cast("IO[bytes]", stream)


def rejoined(first: bytes, rest: IO[bytes]) -> IO[bytes]:
    """A stream of ``first`` and then of what ``rest`` still gives."""
    return cast("IO[bytes]", io.BufferedReader(_Rejoined(first, rest)))


class _Rejoined(io.RawIOBase):
    def __init__(self, first: bytes, rest: IO[bytes]) -> None:
        self._first = first
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        data = self._first[: len(view)] or self._rest.read(len(view))
        self._first = self._first[len(data) :]
        view[: len(data)] = data
        return len(data)


class _Streams(io.RawIOBase):
    """The content of xz or bzip2 streams, between and behind which zeros may stand.

    The files of `lzma` and `bz2` take what they cannot read behind a stream for its end, and so lose what comes then.
    """

    def __init__(self, file: IO[bytes], open_stream: Callable[[], Any]) -> None:
        self._file = file
        self._open = open_stream
        self._stream = open_stream()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        content = b""
        while not content:
            packed = b""
            if self._stream.eof:
                packed = self._stream.unused_data.lstrip(b"\0")
                while not packed and (data := self._file.read(PACKED_READ)):
                    packed = data.lstrip(b"\0")
                if not packed:
                    return 0
                self._stream = self._open()
            elif self._stream.needs_input and not (packed := self._file.read(PACKED_READ)):
                raise EOFError("it ends inside a stream")
            content = self._stream.decompress(packed, len(view))
        view[: len(content)] = content
        return len(content)

    def close(self) -> None:
        self._file.close()
        super().close()


class _Frames(io.RawIOBase):
    """The content of zstd frames; the package's own stream does not notice when the last one is cut off."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._open = _zstandard().ZstdDecompressor(max_window_size=ZSTD_MEMORY).decompressobj
        self._frame: Any = None
        self._packed = b""
        self._content = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        while not self._content:
            if not self._packed and not (data := self._file.read(ZSTD_READ)):
                if self._frame is not None:
                    raise EOFError("it ends inside a frame")
                return 0
            self._packed = self._packed or data
            self._frame = self._frame or self._open()
            self._content = memoryview(self._frame.decompress(self._packed))
            self._packed = b""
            if self._frame.eof:
                self._packed, self._frame = self._frame.unused_data, None
        view = memoryview(buffer)
        size = min(len(view), len(self._content))
        view[:size] = self._content[:size]
        self._content = self._content[size:]
        return size

    def close(self) -> None:
        self._file.close()
        super().close()


class _Guarded(io.RawIOBase, IO[bytes]):
    """A stream whose damage is one kind of error, whatever the compression."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)

    def read(self, size: int = -1) -> bytes:
        try:
            return self._stream.read(size)
        except Exception as error:  # OSError, EOFError, zlib.error, lzma.LZMAError, zstandard.ZstdError
            if isinstance(error, OSError) and error.errno:
                raise
            raise CompressionError(_reason(error)) from error

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


def _reason(error: Exception) -> str:
    if "memory" in str(error) or "window" in str(error).lower():
        return f"its compression needs more memory than is allowed ({error}); compress it again without --long"
    return f"its compressed content is damaged or cut off ({error}); restore the file"


def _zstandard() -> Any:
    try:
        import zstandard
    except ImportError:
        raise CompressionError("it is compressed with zstd: pip install 'corpus-lint[zstd]'") from None
    return zstandard
