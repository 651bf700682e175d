"""Documents: one text each, with its lines and its place in a file.

A document's lines end at line feed, carriage return and line feed, or carriage return, and nowhere else.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from itertools import accumulate

from . import census
from . import expressions as re
from .folding import Folded, fold
from .native import SOME, utf8_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .census import Census
    from .finding import Edit
    from .formats.record import Record
    from .markup import Markup
    from .source import Source

LINE_END = r"\r\n|\n|\r"

NUMPY_LENGTH = 1 << 12
"""Characters of a text from which numpy, where it has been imported, finds the lines faster than `re`."""


class Line:
    """One line of a document, without its line end."""

    __slots__ = ("_start", "byte_start", "document", "text")

    def __init__(self, document: Document, text: str, byte_start: int, start: int | None = None) -> None:
        self.document = document
        self.text = text
        self.byte_start = byte_start
        self._start = start

    @property
    def start(self) -> int:
        """Code-point offset of the line in its document."""
        if self._start is None:
            self._start = self.document.offset_of_byte(self.byte_start)
        return self._start

    @property
    def index(self) -> int:
        """Number of the line in its document, from 0."""
        return bisect_right(self.document.line_starts, self.start) - 1

    @property
    def folded(self) -> Folded:
        """The line as `corpus_lint.folding.fold` gives it."""
        return fold(self.text)

    def neighbour(self, step: int) -> str | None:
        """The text of the line ``step`` lines further on (or back, when negative); None outside the document."""
        index = self.index + step
        return self.document.line_text(index) if 0 <= index < len(self.document.line_starts) else None


class Document:
    """One text: a file, a record's field, or a part of a very long file cut at a line end.

    Attributes:
        text: the text as ``str``; every offset counts its code points from 0.
        data: the same text as UTF-8 bytes, which is what is screened.
        errors: the codec error handler with which ``text`` and ``data`` are the same.
        well_formed: whether ``data`` is valid UTF-8.
        source: the file that the document comes from; None for a text without a file.
        index: number of the document in its source, from 0.
        first_line: number of the file's line on which the document, or its record, begins, from 1.
        first_column: code points before it on that line.
        record: for a record's field, where in the record it stands; None when the file is the text.
    """

    __slots__ = (
        "_census",
        "_checkpoint",
        "_line_starts",
        "_markup",
        "_start",
        "data",
        "errors",
        "first_column",
        "first_line",
        "index",
        "record",
        "source",
        "text",
        "well_formed",
    )

    def __init__(
        self,
        text: str,
        *,
        data: bytes | None = None,
        errors: str = "surrogatepass",
        source: Source | None = None,
        index: int = 0,
        first_line: int = 1,
        first_column: int = 0,
        file_start: int = 0,
        record: Record | None = None,
    ) -> None:
        self.text = text
        self.errors = errors
        self.well_formed = True
        if data is None:
            try:
                data = text.encode()
            except UnicodeEncodeError:
                data = text.encode("utf-8", errors)
                self.well_formed = False
        self.data = data
        self._start = file_start
        self.record = record
        self.source = source
        self.index = index
        self.first_line = first_line
        self.first_column = first_column
        self._line_starts: list[int] | None = None
        self._census: Census | None = None
        self._markup: Markup | None = None
        self._checkpoint = (0, 0)

    @property
    def census(self) -> Census:
        """How many characters of each class the text has."""
        if self._census is None:
            self._census = census.count(self.text)
        return self._census

    @census.setter
    def census(self, value: Census) -> None:
        self._census = value

    @property
    def markup(self) -> Markup:
        """Which lines are code, front matter, tables or HTML; for rules about running text."""
        if self._markup is None:
            from .markup import Markup

            self._markup = Markup(self)
        return self._markup

    @property
    def line_starts(self) -> list[int]:
        """Code-point offset of the start of every line; a final line end starts a last, empty line."""
        if self._line_starts is None:
            if "\r" in self.text and self.text.count("\r") > self.text.count("\r\n"):
                self._line_starts = [0, *[match.end() for match in re.finditer(LINE_END, self.text)]]
            else:
                self._line_starts = [0, *_behind_line_feeds(self.text)]
        return self._line_starts

    def piece(self, start: int, end: int) -> str:
        """The text from an offset to another, or to its end."""
        return self.text[start:end]

    def written(self, content: str) -> str:
        """New text as the file would have it."""
        return content if self.record is None else self.record.inserted(content)

    def line_text(self, index: int) -> str:
        """The text of line ``index`` (from 0), without its line end."""
        starts = self._line_starts or self.line_starts
        if index + 1 == len(starts):
            return self.text[starts[index] :]
        start, end = starts[index], starts[index + 1] - 1
        if end < start:
            return ""  # what is in front of the first line
        if end > start and self.text[end] == "\n" and self.text[end - 1] == "\r":
            end -= 1
        return self.text[start:end]

    def line_texts(self) -> list[str]:
        """The texts of all lines, as `line_text` gives them."""
        if "\r" in self.text:
            return [self.line_text(index) for index in range(len(self.line_starts))]
        return self.text.split("\n")

    def lines(self) -> Iterator[Line]:
        """Every line, in order."""
        byte = 0
        for index, start in enumerate(self.line_starts):
            text = self.line_text(index)
            yield Line(self, text, byte, start)
            if index + 1 < len(self.line_starts):
                whole = self.text[start : self.line_starts[index + 1]]
                byte += len(whole.encode("utf-8", self.errors))

    def line_at(self, offset: int) -> int:
        """Number, from 0, of the line that holds the code point at ``offset``."""
        return bisect_right(self._line_starts or self.line_starts, offset) - 1

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of ``offset``, both from 0, the column in code points."""
        starts = self._line_starts or self.line_starts
        line = bisect_right(starts, offset) - 1
        return line, offset - starts[line]

    def offset_of_byte(self, byte: int) -> int:
        """Code-point offset of the character that begins at ``byte`` of ``data``; cheap in ascending order."""
        if len(self.data) == len(self.text):
            return byte
        from_byte, from_offset = self._checkpoint
        if byte < from_byte:
            from_byte, from_offset = 0, 0
        loops = utf8_loops() if len(self.data) >= SOME and self.well_formed else None
        if loops is None:
            offset = from_offset + len(self.data[from_byte:byte].decode("utf-8", self.errors))
        else:
            offset = from_offset + loops.characters(self.data, from_byte, byte)
        self._checkpoint = (byte, offset)
        return offset

    def file_position(self, offset: int) -> tuple[int, int]:
        """Line and column of ``offset`` in the file, both from 1; in a record file the column in the raw line."""
        line, column = self.position(offset) if self.record is None else self.record.position(offset)
        return self.first_line + line, column + 1 + (0 if line else self.first_column)

    def edited(self, edits: Sequence[Edit]) -> Document:
        """A new document with the edits made; they must be in order and must not overlap."""
        pieces: list[str] = []
        position = 0
        for edit in edits:
            pieces += (self.text[position : edit.start], edit.content)
            position = edit.end
        pieces.append(self.text[position:])
        text = "".join(pieces)
        return Document(
            text,
            errors=self.errors,
            source=self.source,
            index=self.index,
            first_line=self.first_line,
            first_column=self.first_column,
            file_start=self._start,
            record=None if self.record is None else self.record.edited(edits, text),
        )

    @property
    def raw(self) -> bytes:
        """What stands in the file for the document, as UTF-8: the text itself, or what a record has for it."""
        return self.data if self.record is None else self.record.raw.encode("utf-8", self._file_errors)

    @property
    def file_start(self) -> int:
        """Offset of `raw` in the file's text, in bytes of UTF-8, without byte-order mark."""
        return self._start if self.record is None else self._start + self.record.lead(self._file_errors)

    @property
    def record_start(self) -> int:
        """Likewise of the record; without one, of `raw`."""
        return self._start

    @property
    def _file_errors(self) -> str:
        """The codec error handler with which the file's text is UTF-8."""
        return self.source.decoding.errors if self.source else "surrogatepass"


def _behind_line_feeds(text: str) -> list[int]:
    """The offset behind each line feed."""
    if len(text) < NUMPY_LENGTH or "numpy" not in sys.modules:
        lengths = accumulate(map(len, text.split("\n")))
        return [length + number for number, length in enumerate(lengths, 1)][:-1]
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    ends: list[int] = (np.flatnonzero(codes == ord("\n")) + 1).tolist()
    return ends
