"""Transcoding: a long text in another encoding as a stream of UTF-8."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .decode import MAXIMUM_BAD, decode_as

if TYPE_CHECKING:
    from .source import BadBytes, Decoding

WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")


class Transcoder:
    """Bytes of a known encoding to UTF-8, part by part, each cut where no character can be cut."""

    def __init__(self, decoding: Decoding) -> None:
        self._given = decoding
        self._kept = b""
        self._start = 0
        self._offset = 0
        self._line = 0
        self._bad: list[BadBytes] = []
        self._bad_count = 0
        self._exact = decoding.exact

    @property
    def decoding(self) -> Decoding:
        """How the text was decoded, as far as it has been fed."""
        return self._given._replace(bad=tuple(self._bad), bad_count=self._bad_count, exact=self._exact)

    def feed(self, data: bytes) -> bytes:
        """The UTF-8 of what can be decoded by now."""
        data = self._kept + data
        cut = self._cut(data)
        self._kept = data[cut:]
        return self._part(data[:cut])

    def finish(self) -> bytes:
        """The UTF-8 of the rest."""
        return self._part(self._kept)

    def _cut(self, data: bytes) -> int:
        if self._given.encoding not in WIDE:
            # No byte of a character in any encoding that is guessed is a line feed, but a line feed itself.
            return data.rfind(b"\n") + 1
        line_end = "\n".encode(self._given.encoding)
        cut = data.rfind(line_end)
        while cut >= 0 and cut % len(line_end):
            cut = data.rfind(line_end, 0, cut + len(line_end) - 1)
        return cut + len(line_end) if cut >= 0 else 0

    def _part(self, data: bytes) -> bytes:
        if not data:
            return b""
        bom = self._given.bom if not self._start else b""
        text, decoding = decode_as(data, bom, self._given.encoding, sure=self._given.sure)
        shifted = decoding.shifted(self._start, self._offset, self._line)
        self._bad += shifted.bad[: MAXIMUM_BAD - len(self._bad)]
        self._bad_count += decoding.bad_count
        self._exact = self._exact and decoding.exact
        self._start += len(data)
        self._offset += len(text)
        self._line += text.count("\n")
        return text.encode("utf-8", "surrogatepass")
