"""The shelf: documents that may be asked for again, in memory while they are few.

Many are not kept: those of plain UTF-8 files are read again from there; those that cannot be had again so easily
(packed files, standard input, files that are about to be rewritten) are put into one temporary file. Of UTF-8 that is
what was read, and is read again from there: an object with all that is known of a document costs five times as much.
"""

from __future__ import annotations

import os
from array import array
from bisect import bisect_right
from functools import partial

from ..document import Document
from ..named_tuple import NamedTuple
from ..source import Source
from .distant_document import DistantDocument

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO, Any

    from ..formats.record import Record
    from ..reading import Reader

KEPT = 16 << 20
"""Bytes of text that are kept in memory."""

RECENT = 8
"""Documents that are kept when they have been asked for, at least."""
RECENT_BYTES = 8 << 20
"""Bytes of text that are kept likewise, at most, where there are more documents."""


class _Origin(NamedTuple):
    """A file that documents are read again from, and what kind of record they stand in there.

    A source without a name is a file into which another process has put documents. Without a path it is the
    temporary file.
    """

    path: str
    source: Source
    record: tuple[type[Record], Any] | None


class Places(NamedTuple):
    """Where documents are, in columns; the first one has indexes of ``origins``."""

    origins: list[_Origin]
    columns: tuple[array[int], ...]


class Shelf:
    """Documents by number, from 0 in the order in which they were put there."""

    def __init__(self, *, is_fixing: bool = False, spool: str = "", is_lasting: bool = False) -> None:
        """An empty shelf.

        Args:
            is_fixing: whether the files of the documents may be rewritten meanwhile.
            is_lasting: whether the file is moved before it is asked for; what is in it is known by having no name.
            spool: for a shelf whose `places` another process is to have, the file to put documents into.
        """
        self._is_fixing = is_fixing
        self._is_lasting = is_lasting
        self._spool_path = spool
        self._room = 0 if spool else KEPT
        self._kept: dict[int, Document] = {}
        self._recent: dict[int, Document] = {}
        self._recent_bytes = 0
        self._spool: IO[bytes] | None = None
        self._shared: IO[bytes] | None = None
        self._spooled = 0
        """Bytes in that file."""
        self._last: tuple[str, int, int] | None = None
        """The record that was put there last, and where: several of its fields may be documents."""
        self._read_last: tuple[tuple[str, int, int], str] | None = None
        """The record that was read again last, and from where."""
        self._own: set[int] | None = None
        self._told: dict[int, bool] = {}
        # Of each document that is not kept, in columns, since there may be millions: where it is read from (an index
        # of `_origins`), the bytes there, and what else makes the document again.
        self._origins: list[_Origin] = [_Origin(spool, Source(""), None)]
        self._origin_numbers: dict[_Origin, int] = {}
        self._promises: list[tuple[int, int, Reader]] = []
        """The first number of each, the one behind its last, and what gives its documents; in order."""
        self._origin = array("L")
        self._start = array("Q")
        self._length = array("L")
        self._index = array("Q")
        self._line = array("Q")
        self._column = array("L")
        self._mark = array("Q")
        self._number = array("Q")

    def __len__(self) -> int:
        return len(self._origin)

    def put(self, document: Document, reader: Reader) -> None:
        """Remember a document that was read by ``reader``."""
        for column, value in zip(self._columns, self._row(len(self), document, reader), strict=True):
            column.append(value)

    def promise(self, total: int, reader: Reader) -> None:
        """Remember that there are as many documents as ``reader`` gives; they are read when one of them is wanted."""
        self._promises.append((len(self), len(self) + total, reader))
        for column in self._columns:
            column.extend([0] * total)

    def settle(self) -> None:
        """Be ready for processes that are forked, which would write once more what waits to be written."""
        if self._spool is not None:
            self._spool.flush()

    def apart(self) -> None:
        """Put nothing more into the file that other processes have, too."""
        self._shared, self._spool = self._spool, None
        self._spooled, self._last = 0, None
        self._own = set()

    @property
    def places(self) -> Places:
        """Where all documents are, for another process."""
        self.settle()
        return Places(self._origins, self._columns)

    def extend(self, places: Places) -> None:
        """Take over documents that another process has put on its shelf."""
        numbers = []
        for origin in places.origins:
            number = self._origin_numbers.setdefault(origin, len(self._origins))
            if number == len(self._origins):
                self._origins.append(origin)
            numbers.append(number)
        for own, column in zip(self._columns, places.columns, strict=True):
            own.extend(column if own is not self._origin else array("L", [numbers[number] for number in column]))

    def get(self, number: int) -> Document:
        """The document of that number.

        Raises:
            OSError: its file can no longer be read.
        """
        kept = self._kept.get(number) or self._recent.get(number)
        if kept is None and self._fulfil(number):
            kept = self._kept.get(number)
        if kept is None:
            kept = self._recent[number] = self._read(number) if self._origin[number] else self._take_out(number)
            self._recent_bytes += self._length[number]
            while len(self._recent) > RECENT and self._recent_bytes > RECENT_BYTES:
                oldest = next(iter(self._recent))
                del self._recent[oldest]
                self._recent_bytes -= self._length[oldest]
        return kept

    def fields(self, number: int) -> list[Document]:
        """All documents of the record that the one of that number is a field of.

        Raises:
            OSError: the file can no longer be read.
        """
        self.get(number)
        first, end = number, number + 1
        while first and self._is_next(first):
            first -= 1
        while end < len(self) and self._is_next(end):
            end += 1
        return [self.get(one) for one in range(first, end)]

    def _is_next(self, number: int) -> bool:
        """Whether a document is of the same record as the one before it; with the index 0 it is of another file."""
        ordinal, index = self._number[number], self._index[number]
        return bool(ordinal) and (ordinal, index) == (self._number[number - 1], self._index[number - 1] + 1)

    @property
    def _columns(self) -> tuple[array[int], ...]:
        columns = (self._origin, self._start, self._length, self._index, self._line, self._column, self._mark)
        return (*columns, self._number)

    def _fulfil(self, number: int) -> bool:
        """Read the documents of the promise that holds the number; whether there is one."""
        at = bisect_right(self._promises, number, key=_first) - 1
        if at < 0 or number >= self._promises[at][1]:
            return False
        from ..reading import ReadError

        first, end, reader = self._promises[at]
        given = first
        try:
            for given, document in enumerate(reader.documents(), first + 1):
                if given <= end:
                    row = self._row(given - 1, document, reader)
                    for column, value in zip(self._columns, row, strict=True):
                        column[given - 1] = value
        except ReadError as error:
            raise OSError(f"{reader.source.name}: {error}") from error
        if given != end:
            raise OSError(f"{reader.source.name} has changed while it was read")
        del self._promises[at]
        return True

    def _row(self, number: int, document: Document, reader: Reader) -> tuple[int, ...]:
        """What goes into the columns for a document, which is kept where it must be."""
        record = document.record
        origin, start, length = 0, 0, 0
        self._room -= 2 * len(document.data)
        if self._room > 0:
            self._kept[number] = document
        else:
            source = reader.source
            is_written = record is None or record.size > 0
            written = None
            is_moved = self._is_lasting and not reader.can_reread
            if self._is_fixing or is_moved or not is_written or source.decoding.encoding != "utf-8":
                start, length = self._put_away(document)
            elif reader.can_reread:
                written = reader.path
                start = document.record_start + len(source.decoding.bom)
                length = len(document.data) if record is None else record.size
            else:
                written = self._spool_path
                start, length = self._copy(document)
            if self._own is not None and written != reader.path:
                self._own.add(number)
            if written is not None:
                place = _Origin(written, source, None if record is None else (type(record), record.key))
                origin = self._origin_numbers.setdefault(place, len(self._origins))
                if origin == len(self._origins):
                    self._origins.append(place)
        mark, ordinal = (0, 0) if record is None else (record.mark, record.number)
        return origin, start, length, document.index, document.first_line, document.first_column, mark, ordinal

    def _put_away(self, document: Document) -> tuple[int, int]:
        """Put a document into the temporary file; where it is there, and its size.

        A record stands there once for all its fields: a whole file may be one.
        """
        from .packing import packed

        written = None if document.record is None else document.record.written
        return self._write(packed(document, written, self._copy(document)) if written else packed(document))

    def _copy(self, document: Document) -> tuple[int, int]:
        """Likewise what was read of it."""
        written = None if document.record is None else document.record.written
        if written is None:
            return self._write(document.data)
        if self._last is None or self._last[0] is not written:
            self._last = written, *self._write(written.encode("utf-8", "surrogateescape"))
        return self._last[1:]

    def _write(self, data: bytes) -> tuple[int, int]:
        import tempfile

        if self._spool is None:
            # It goes with the shelf, or with the folder of the process that asked for it.
            path = self._spool_path
            self._spool = open(path, "w+b") if path else tempfile.TemporaryFile(prefix="corpus-lint-")  # noqa: SIM115
        self._spool.write(data)
        self._spooled += len(data)
        return self._spooled - len(data), len(data)

    def _out(self, number: int) -> bytes:
        """What was put into the temporary file of a document."""
        return self._at(number, self._start[number], self._length[number])

    def _at(self, number: int, start: int, length: int) -> bytes:
        """What stands at a place of the temporary file that a document of that number was put into."""
        spool = self._spool if self._own is None or number in self._own else self._shared
        assert spool is not None
        spool.flush()
        if hasattr(os, "pread"):  # a forked process has the same place in the file
            return os.pread(spool.fileno(), length, start)
        spool.seek(start)
        data = spool.read(length)
        spool.seek(0, 2)
        return data

    def _take_out(self, number: int) -> Document:
        from ..distributed import unpickling

        document: Document = unpickling.loads(self._out(number), partial(self._at, number))
        return document

    def _read(self, number: int) -> Document:
        path, source, record = self._origins[self._origin[number]]
        if path and source.name and record is None:
            fetch = partial(_bytes, path, self._start[number], self._length[number])
            return DistantDocument(fetch, partial(self._recall, number), **self._place(number, source))
        place = path, self._start[number], self._length[number]
        if record is not None and self._read_last is not None and self._read_last[0] == place:
            return self._again(number, source, record, self._read_last[1])
        data = _bytes(*place) if path else self._out(number)
        if not source.name:
            from ..distributed import unpickling

            document: Document = unpickling.loads(data, partial(_bytes, path) if path else partial(self._at, number))
            return document
        written = data.decode("utf-8", "surrogateescape")
        if record is None:
            return Document(written, data=data, errors="surrogateescape", **self._place(number, source))
        self._read_last = place, written
        return self._again(number, source, record, written)

    def _again(self, number: int, source: Source, record: tuple[type[Record], Any], written: str) -> Document:
        """The field of a record as it is written."""
        kind, key = record
        text, again = kind.again(self._number[number], key, self._mark[number], written)
        return Document(text, record=again, **self._place(number, source))

    def _recall(self, number: int, ask: Callable[[], bool]) -> bool:
        """What is told of a document: it is asked for again and again where many repeat it."""
        known = self._told.get(number)
        if known is None:
            known = self._told[number] = ask()
        return known

    def _place(self, number: int, source: Source) -> dict[str, Any]:
        """How a document that is made again is made where it was before."""
        return {
            "source": source,
            "index": self._index[number],
            "first_line": self._line[number],
            "first_column": self._column[number],
            "file_start": self._start[number] - len(source.decoding.bom),
        }


def _bytes(path: str, start: int, length: int) -> bytes:
    with open(path, "rb") as file:
        file.seek(start)
        return file.read(length)


def _first(promise: tuple[int, int, Reader]) -> int:
    return promise[0]
