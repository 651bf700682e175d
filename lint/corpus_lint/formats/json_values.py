"""JSON as one array of records, or as records one after another in any spelling.

The text is cut into records by its brackets and strings alone, so that a record that is no JSON costs only itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import expressions as re
from . import RECORD_LIMIT
from .json_lines import JsonRecords
from .records import Buffer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..document import Document
    from .layout import Host
    from .place import Place

GAP = re.compile(rb"[\s,]*")
SCALAR = re.compile(rb"[^\s,\[\]{}\"]+")
TOKEN = re.compile(rb'"[^"\\\n]*(?:\\.[^"\\\n]*)*"|[\[\]{}]|"')
"""A whole string, a bracket, or the beginning of a string that does not end here: none goes on in the next line."""


class JsonValues(JsonRecords):
    """The elements of an array, or values that stand one after another."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._in_array = False
        self._is_first = True
        self._indent = b""

    def documents(self, chunks: Iterator[bytes], place: Place) -> Iterator[Document]:
        """The documents of the values from ``place`` on."""
        buffer = Buffer(chunks)
        while self._skip_gap(buffer, place):
            first = buffer.data[buffer.start]
            if first in b"[]" and (first == 0x5D) == self._in_array:
                # An array in an array is a record; the outermost one holds the records.
                self._in_array = first == 0x5B
                self._is_first = True
                _pass(buffer, buffer.start + 1, place)
                continue
            end = self._end(buffer)
            if end is None:
                self._recover(buffer, place)
                continue
            self._is_first = True  # where reading goes on from here, in another encoding, there is no comma before
            yield from self.record(buffer.data[buffer.start : end], place)
            self._is_first = False
            place.record += 1
            _pass(buffer, end, place)
        if self._in_array:
            self.broken(b"", "the array has no end: a closing bracket is missing", place)
        self.check_readable()

    def _skip_gap(self, buffer: Buffer, place: Place) -> bool:
        """Go to the next value; False when there is none."""
        gap = b""
        while True:
            match = GAP.match(buffer.data, buffer.start)
            assert match is not None
            gap += match[0]
            _pass(buffer, match.end(), place)
            if buffer.start < len(buffer.data):
                break
            if not buffer.fill():
                return False
        is_comma_missing = self._in_array and not self._is_first and b"," not in gap
        if is_comma_missing and buffer.data[buffer.start] != 0x5D:
            self.broken(buffer.data[buffer.start : buffer.start + 800], "no comma stands before this record", place)
        if b"\n" in gap:
            self._indent = gap[gap.rfind(b"\n") + 1 :]
        return True

    def _end(self, buffer: Buffer) -> int | None:
        """Where the value at the start of the buffer ends; None when it does not."""
        seen, depth = 0, 0
        while True:
            position = buffer.start + seen
            if not depth and buffer.data[position] not in b'[]{}"':
                match = SCALAR.match(buffer.data, position)
                end = match.end() if match else position + 1
                if end < len(buffer.data) or not buffer.may_fill():
                    return end
                continue
            for token in TOKEN.finditer(buffer.data, position):
                sign = token[0]
                if sign == b'"':
                    if buffer.data.find(b"\n", token.end()) >= 0:
                        return None
                    seen = token.start() - buffer.start
                    break
                if sign in b"[{":
                    depth += 1
                elif sign in b"]}":
                    depth -= 1
                if depth <= 0:
                    return token.end()
            else:
                seen = len(buffer.data) - buffer.start
            if not buffer.may_fill():
                return None

    def _recover(self, buffer: Buffer, place: Place) -> None:
        """Pass over a record without end, to the next line on which one seems to begin as it did."""
        reason = "the record has no end: a quotation mark or a closing bracket is missing"
        if len(buffer.data) - buffer.start > RECORD_LIMIT:
            reason = f"the record is longer than {RECORD_LIMIT >> 20} MiB; split its text"
        self.broken(buffer.data[buffer.start : buffer.start + 800], reason, place)
        place.record += 1
        self._is_first = True
        beginning = re.compile(rb"\n" + re.escape(self._indent) + rb"[{\[\"]")
        while (match := beginning.search(buffer.data, buffer.start)) is None:
            _pass(buffer, max(buffer.start, len(buffer.data) - len(self._indent) - 2), place)
            if not buffer.fill():
                self._in_array = False
                _pass(buffer, len(buffer.data), place)
                return
        _pass(buffer, match.start(), place)


def _pass(buffer: Buffer, end: int, place: Place) -> None:
    data = buffer.data[buffer.start : end]
    lines = data.count(b"\n")
    place.pass_over(data, lines)
    line = data[data.rfind(b"\n") + 1 :]
    place.column = len(line.decode("utf-8", "surrogateescape")) + (0 if lines else place.column)
    buffer.start = end
