"""CSV and TSV: rows of cells, the first row naming the columns.

The dialect is that of RFC 4180 with any separator: a cell that begins with a quotation mark ends at the next single
one, two are one. The mark is the single one where rows are more alike so. In TSV files quotation marks are often mere
text: there a cell is quoted only when it looks so from end to end. Only changed cells are written anew, quoted when
they were or when they have to be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import expressions as re
from . import RECORD_LIMIT, TSV, USUAL_FIELDS
from .cell import LOOSE, Cell, Column
from .layout import FormatError, NoTextError
from .record import IDENTIFIERS
from .records import Buffer, RecordLayout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..document import Document
    from .layout import Host
    from .place import Place

QUOTES = (b'"', b"'")
"""What cells may be quoted with; the first is usual."""

QUOTED = {sign: re.compile(rb"%b[^%b]*+(?:%b%b[^%b]*+)*+%b" % ((sign,) * 6)) for sign in QUOTES}
SEPARATORS = (b",", b"\t", b";", b"|")
QUOTED_CELL = re.compile(
    rb"(?<![^,\t;|\r\n])(?:%b)(?![^,\t;|\r\n])" % b"|".join(quoted.pattern for quoted in QUOTED.values())
)
"""A quoted cell, whatever separates it from others."""
LOOSE_LIMIT = 1 << 16
"""Bytes within which the quotation mark that ends a cell of a TSV file is looked for."""

PREAMBLE = re.compile(rb'(?: *[\r\n])*(?:"?sep=([^\r\n])"?[\r\n]+)?(?: *[\r\n])*')
"""What may stand before the header; the line with the separator is that of spreadsheets."""

LINE_END = re.compile(rb"\r\n?|\n")
NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")

SAMPLE, SAMPLE_ROWS = 1 << 18, 500
"""Bytes and rows, at most, by which the columns of texts are known."""


class Rows(RecordLayout):
    """The rows of a table."""

    def __init__(self, host: Host, form: str) -> None:
        super().__init__(host)
        self._separator = b"\t" if form == TSV else b","
        self._quote = QUOTES[0]
        self._is_loose = False
        self._is_told = False
        self._rest = re.compile(b"")
        self._line_end = b"\n"
        self._names: list[str] | None = None
        self._columns: list[Column] = []

    def documents(self, chunks: Iterator[bytes], place: Place) -> Iterator[Document]:
        """The documents of the rows from ``place`` on."""
        buffer = Buffer(chunks)
        buffer.fill()
        if self._names is None and not self._header(buffer, place):
            return
        assert self._names is not None
        width = len(self._names)
        while buffer.start < len(buffer.data) or buffer.fill():
            spans, end = self._row(buffer)
            start = buffer.start
            row = buffer.data[start:end]
            lines = self._line_ends(row)
            if spans is None:
                self.broken(row, self._unended(buffer), place)
                place.record += 1
            elif row.strip(b"\r\n"):
                if len(spans) != width:
                    cells = f"{len(spans)} cell{'' if len(spans) == 1 else 's'}"
                    self.broken(row, f"the row has {cells}, the header has {width}", place)
                else:
                    written = self.host.decode(row, place)
                    for column in self._columns:
                        yield self._cell(written, spans, row, column, place)
                place.record += 1
            buffer.start = end
            place.pass_over(row, lines)
        self.check_readable()

    def _cell(self, written: str, spans: list[tuple[int, int]], row: bytes, column: Column, place: Place) -> Document:
        start, end = spans[column.at]
        if len(written) != len(row):
            start = len(row[:start].decode("utf-8", "surrogateescape"))
            end = start + len(row[spans[column.at][0] : end].decode("utf-8", "surrogateescape"))
        cell = Cell(place.record, column, written, (start, end))
        return self.document(cell.text, cell, len(row), place)

    def _header(self, buffer: Buffer, place: Place) -> bool:
        """Read the names of the columns; False when there is not even that."""
        while b"\n" not in buffer.data and not (len(buffer.data) > LOOSE_LIMIT and b"\r" in buffer.data):
            if not buffer.may_fill():
                break
        if not buffer.data.strip():
            return False
        while len(buffer.data) < SAMPLE and buffer.fill():
            pass  # what is judged by its first rows is judged alike, in pieces of whatever size it comes
        if _ends_with_returns(buffer.data):
            self._line_end = b"\r"
        self._pass_preamble(buffer, place)
        if not self.host.fields:
            self._choose(buffer)
        else:
            if not self._is_told:
                self._separate_by(self._likeliest(buffer))
            self._sampled(buffer)
        spans, end = self._row(buffer)
        if spans is None:
            raise FormatError(f"its header cannot be read: {self._unended(buffer)}")
        header = buffer.data[buffer.start : buffer.start + spans[-1][1]]
        names = [self._name(header[a:b]) for a, b in spans]
        wanted = [(field, names.index(field)) for field in self.host.fields if field in names]
        if not wanted and all(field.isdigit() for field in self.host.fields):
            # Columns by number: there is no header.
            numbers = [int(field) for field in self.host.fields]
            wanted = [(str(number), number - 1) for number in numbers if 0 < number <= len(names)]
            end = buffer.start
        if not wanted:
            wanted_names = " or ".join(f'"{field}"' for field in self.host.fields)
            shown = ", ".join(f'"{name}"' for name in names[:20])
            raise NoTextError(
                f"there is no column {wanted_names}; its columns are {shown}: name the one that holds the text "
                "with --field, or its number (from 1) when there is no header"
            )
        self._names = names
        has_header = end > buffer.start
        identifier = next((names.index(name) for name in IDENTIFIERS if has_header and name in names), -1)
        self._columns = [
            Column(name, at, self._separator.decode(), self._quote.decode(), identifier) for name, at in wanted
        ]
        passed = buffer.data[buffer.start : end]
        place.pass_over(passed, self._line_ends(passed))
        buffer.start = end
        return True

    def _line_ends(self, written: bytes) -> int:
        """How many lines end in a piece, for one who looks at it: those in a cell as well."""
        return written.count(b"\n") if self._line_end == b"\n" else sum(1 for _ in LINE_END.finditer(written))

    def _pass_preamble(self, buffer: Buffer, place: Place) -> None:
        """Pass over empty lines before the header, and the line in which spreadsheets name the separator."""
        preamble = PREAMBLE.match(buffer.data, buffer.start)
        assert preamble is not None
        if preamble[1]:
            self._separate_by(preamble[1])
            self._is_told = True
        place.pass_over(preamble[0], self._line_ends(preamble[0]))
        buffer.start = preamble.end()

    def _separate_by(self, sign: bytes) -> None:
        self._separator = sign
        self._is_loose = sign == LOOSE.encode()
        self._rest = re.compile(b"[^" + re.escape(sign) + re.escape(self._line_end) + b"]*")

    def _likeliest(self, buffer: Buffer) -> bytes:
        """The separator by which the header has a wanted column, else the usual one, else the most frequent one."""
        first = buffer.data[buffer.start :].partition(self._line_end)[0]
        wanted = set(self.host.fields)
        return max(
            SEPARATORS,
            key=lambda sign: (
                bool(wanted & {self._name(cell).strip("'") for cell in first.split(sign)}),
                sign == self._separator and sign in first,
                first.count(sign),
            ),
        )

    def _choose(self, buffer: Buffer) -> None:
        """Choose the separator by which rows are alike, and the columns of texts: by number where no name is."""
        from .text_fields import WORDS, of_values, words

        usual = self._separator
        samples: dict[bytes, list[list[str]]] = {}
        quotes: dict[bytes, bytes] = {}
        for sign in (usual,) if self._is_told else SEPARATORS:
            self._separate_by(sign)
            samples[sign] = self._sampled(buffer)
            quotes[sign] = self._quote
        sign = max(
            samples, key=lambda sign: (USUAL_FIELDS[0] in samples[sign][0], _evenness(samples[sign]), sign == usual)
        )
        self._separate_by(sign)
        self._quote = quotes[sign]
        first, *rest = samples[sign]
        rest = [row for row in rest if len(row) == len(first)]
        if 2 * len(rest) < len(samples[sign]) - 1:
            self.host.fields = USUAL_FIELDS  # no table
            return
        if any(words(cell) >= WORDS or NUMBER.fullmatch(cell) for cell in first):
            rest.append(first)
            first = [str(number) for number in range(1, len(first) + 1)]
        self.host.fields = of_values(dict(zip(first, zip(*rest, strict=True), strict=False)))

    def _sampled(self, buffer: Buffer) -> list[list[str]]:
        """The first rows, by the quotation mark by which they are alike; the rare one if more cells begin with it."""
        self._quote = QUOTES[0]
        rows = self._sample(buffer)
        if not self._is_loose and _evenness(rows) < 1:
            usual, rare = (self._begun_with(quote, buffer) for quote in QUOTES)
            self._quote = QUOTES[1]
            if rare > usual and _evenness(others := self._sample(buffer)) > _evenness(rows):
                return others
            self._quote = QUOTES[0]
        return rows

    def _begun_with(self, quote: bytes, buffer: Buffer) -> int:
        """How many cells of the first rows begin with a quotation mark."""
        ends = buffer.start, buffer.start + SAMPLE
        return sum(buffer.data.count(before + quote, *ends) for before in (self._separator, self._line_end))

    def _sample(self, buffer: Buffer) -> list[list[str]]:
        """The cells of the first rows, without one that is cut or does not end."""
        head = Buffer(iter(()))
        head.data = buffer.data[buffer.start : buffer.start + SAMPLE]
        rows: list[list[str]] = []
        while head.start < len(head.data) and len(rows) < SAMPLE_ROWS:
            spans, end = self._row(head)
            if spans and (end < len(head.data) or len(head.data) < SAMPLE):
                rows.append([self._name(head.data[head.start + a : head.start + b]) for a, b in spans])
            head.start = end
        return rows or [[""]]

    def _row(self, buffer: Buffer) -> tuple[list[tuple[int, int]] | None, int]:
        """Where the cells of the row at the start of the buffer stand in it, and where it ends with its line end.

        None for the cells of a row in which a quoted one does not end; then only its first line is passed over.
        """
        while True:
            data, start = buffer.data, buffer.start
            end = data.find(self._line_end, start)
            if end < 0 and buffer.may_fill():
                continue
            end = len(data) if end < 0 else end
            if data.find(self._quote, start, end) < 0:
                return self._plain(data, start, end), min(end + 1, len(data))
            found = self._quoted(data, start)
            is_within = not self._is_loose or len(data) - start < LOOSE_LIMIT
            if (found is None or found[1] == len(data)) and is_within and buffer.may_fill():
                continue
            if found is None and self._is_loose:
                found = self._quoted(data, start, has_strays=True)
            if found is None:
                return None, min(end + 1, len(data))
            if self._names and found[1] > end + 1 and self._is_swallowed(data, start, found[0]):
                # A stray quotation mark has found another one lines below.
                return self._plain(data, start, end) if self._is_loose else None, min(end + 1, len(data))
            return found

    def _is_swallowed(self, data: bytes, start: int, spans: list[tuple[int, int]]) -> bool:
        """Whether a row of several lines is no row of this table."""
        if self._names and len(spans) != len(self._names):
            return True
        for first, last in spans:
            cell = data[start + first : start + last]
            match = QUOTED[self._quote].match(cell)
            if match and match.end() < len(cell) and b"\n" in match[0]:
                return True
        return False

    def _plain(self, data: bytes, start: int, end: int) -> list[tuple[int, int]]:
        """The cells of a line in which quotation marks are mere text."""
        if self._line_end == b"\n" and data[end - 1 : end] == b"\r" and end > start:
            end -= 1
        spans = []
        first = position = start
        while (position := data.find(self._separator, position, end)) >= 0:
            spans.append((first - start, position - start))
            position += 1
            first = position
        spans.append((first - start, end - start))
        return spans

    def _quoted(self, data: bytes, start: int, *, has_strays: bool = False) -> tuple[list[tuple[int, int]], int] | None:
        """The cells of a row some of which may be quoted, and where it ends; None when a quoted one does not.

        With strays, the quotation mark of a cell that does not end is mere text, and the other cells are what they are.
        """
        spans = []
        position = start
        while True:
            first = position
            if data[position : position + 1] == self._quote:
                quoted = QUOTED[self._quote].match(data, position)
                if quoted is None and not has_strays:
                    return None
                end = quoted.end() if quoted else position
                if quoted and (not self._is_loose or data[end : end + 1] in (self._separator, b"\r", b"\n", b"")):
                    position = end
            match = self._rest.match(data, position)
            position = match.end() if match else position
            at_end = data[position : position + 1] != self._separator
            last = position
            if at_end and self._line_end == b"\n" and data[position - 1 : position] == b"\r" and position > first:
                last -= 1
            spans.append((first - start, last - start))
            if at_end:
                return spans, min(position + 1, len(data))
            position += 1

    def _name(self, cell: bytes) -> str:
        text, quote = cell.decode("utf-8", "replace").strip("\r\n"), self._quote.decode()
        if text.startswith(quote) and text.endswith(quote) and len(text) > 1:
            return text[1:-1].replace(quote * 2, quote)
        return text

    def _unended(self, buffer: Buffer) -> str:
        if not buffer.ended:
            return f"a quoted cell is longer than {RECORD_LIMIT >> 20} MiB, or its closing quotation mark is missing"
        return "a quoted cell has no end: its closing quotation mark is missing"


def _evenness(rows: list[list[str]]) -> float:
    """The share of rows that have as many cells as the first, if it has several."""
    width = len(rows[0])
    return sum(len(row) == width for row in rows) / len(rows) if width > 1 else 0.0


def _ends_with_returns(written: bytes) -> bool:
    """Whether lone carriage returns end the lines of a table: outside quoted cells, in which a fix may add some."""
    if written.count(b"\r") == written.count(b"\r\n"):
        return False
    outside = QUOTED_CELL.sub(b"", written)
    first = LINE_END.search(outside)
    alone = outside.count(b"\r") - outside.count(b"\r\n")
    return first is not None and first[0] == b"\r" and alone >= outside.count(b"\n")
