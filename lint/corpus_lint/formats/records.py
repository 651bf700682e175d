"""Layouts of records: what formats share whose texts are fields of records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..document import Document
from . import RECORD_LIMIT
from .layout import FormatError, Layout, NoTextError
from .record import Broken, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .layout import Host
    from .place import Place
    from .record import Record

SHOWN = 200
"""Characters of a broken record, at most, that are kept to be shown."""

FIELDS_KEPT = 20
"""Names of fields from which on no more are remembered to be told."""

PROBLEMS_KEPT = 1000
"""Broken records of one file, at most, that are told one by one."""


class RecordLayout(Layout):
    """A layout of records: it keeps those that cannot be read, and says of which the text is missing.

    Attributes:
        readable: texts that were found.
        known_fields: names of fields of records that have no text in a wanted one.
        is_parsed: whether there is a record that is well written, and has no fields or no text in them.
    """

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.readable = 0
        self.known_fields: dict[str, None] = {}
        self.is_parsed = False

    def document(self, text: str, record: Record, size: int, place: Place) -> Document:
        """A field's text as a document, in the record at ``place``, which is written with so many bytes."""
        record.size = size
        document = Document(
            text,
            source=self.host.source,
            index=place.index,
            first_line=place.line,
            first_column=place.column,
            file_start=place.start,
            record=record,
        )
        place.index += 1
        self.readable += 1
        return document

    def broken(self, data: bytes, reason: str, place: Place) -> None:
        """Remember that the record at ``place``, which is written so, cannot be read."""
        self.host.problem_count += 1
        if len(self.host.problems) >= PROBLEMS_KEPT:
            return
        shown = data[: 4 * SHOWN].decode("utf-8", "replace")[:SHOWN].splitlines()
        document = Document(
            shown[0] if shown else "",
            source=self.host.source,
            first_line=place.line,
            first_column=place.column,
            file_start=place.start,
            record=Broken(place.record),
        )
        self.host.problems.append(Problem(document, reason))

    def without_text(self, data: bytes, names: Iterable[str], place: Place) -> None:
        """Remember that the record at ``place`` has fields of those names, and no text in a wanted one."""
        if len(self.known_fields) < FIELDS_KEPT:
            self.known_fields.update(dict.fromkeys(names))
        self.is_parsed = True
        wanted = " or ".join(f'"{field}"' for field in self.host.fields)
        self.broken(data, f"the record has no text in the field {wanted}", place)

    def check_readable(self) -> None:
        """Make sure, at the end, that a file with records has given some text.

        Raises:
            NoTextError: it has none.
            FormatError: no record could be read.
        """
        if self.readable or not self.host.problem_count:
            return
        if self.known_fields:
            wanted = " or ".join(f'"{field}"' for field in self.host.fields)
            names = ", ".join(f'"{name}"' for name in self.known_fields)
            raise NoTextError(
                f"no record has a text in the field {wanted}; its fields are {names}: name the one that holds the "
                "text with --field"
            )
        if self.is_parsed:
            raise NoTextError("it holds no texts: no record is an object or a string, or has a string in a list")
        first = self.host.problems[0]
        raise FormatError(
            f"no record can be read (line {first.document.first_line}: {first.reason}); say with --format what it is"
        )


class Buffer:
    """Bytes of a stream from where reading has come to, as many as have been asked for."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self.data = b""
        self.start = 0
        self.ended = False

    def fill(self) -> bool:
        """Add what comes next, and drop what lies before ``start``; False at the end of the stream."""
        kept = len(self.data) - self.start
        pieces: list[bytes] = []
        got = 0
        for chunk in self._chunks:
            pieces.append(chunk)
            got += len(chunk)
            # Twice as much each time: a long record is looked at a few times, not hundreds.
            if got >= kept:
                break
        else:
            self.ended = True
        if not got:
            return False  # who has looked at the data goes on by the same places
        self.data = b"".join((self.data[self.start :], *pieces))
        self.start = 0
        return True

    def may_fill(self) -> bool:
        """Add what comes next, unless the record at ``start`` is too long already; False then, and at the end."""
        return len(self.data) - self.start < RECORD_LIMIT and self.fill()
