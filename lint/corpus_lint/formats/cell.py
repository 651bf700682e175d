"""Cells of tables: where the text of one stands in its row, and how it is edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import expressions as re
from ..named_tuple import NamedTuple
from .record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..finding import Edit

LOOSE = "\t"
"""The separator of files in which quotation marks are often mere text."""


class Column(NamedTuple):
    """What cells of one column share.

    Attributes:
        name: of the column; its number, from 1, where there is no header.
        at: its number, from 0.
        separator: of cells.
        quote: what cells are quoted with.
        identifier: the number, from 0, of the column by which rows are known; -1 where there is none.
    """

    name: str
    at: int
    separator: str
    quote: str
    identifier: int


class Cell(Record):
    """A cell of a row."""

    __slots__ = ("_column", "_edited", "_offsets", "_quoted", "_row", "_span")

    def __init__(self, number: int, column: Column, row: str, span: tuple[int, int]) -> None:
        """A cell that stands at ``span`` of the row as it is written."""
        super().__init__(number, column.name)
        self._column = column
        self._row = row
        self._span = span
        self._edited: str | None = None
        self._offsets: list[int] | None = None
        self._quoted: bool | None = None

    @property
    def identifier(self) -> str | None:
        """What the row calls itself, which is looked for when it is asked for."""
        if self._column.identifier < 0:
            return None
        sign, quote = re.escape(self._column.separator), self._column.quote
        quoted = f"{quote}[^{quote}]*+(?:{quote}{quote}[^{quote}]*+)*+{quote}"
        cell = re.compile(rf"{quoted}(?=[{sign}\r\n]|$)|[^{sign}\r\n]*")
        start, end = 0, -1
        for _ in range(self._column.identifier + 1):
            match = cell.match(self._row, end + 1)
            assert match is not None
            start, end = match.span()
        return Cell(self.number, self._column, self._row, (start, end)).text or None

    @property
    def raw(self) -> str:
        """The cell as it is written, quotation marks and all."""
        return self._row[slice(*self._span)] if self._edited is None else self._edited

    @property
    def text(self) -> str:
        """What the cell says."""
        raw = self.raw
        end = self._closing(raw)
        if end < 0:
            return raw
        quote = self._column.quote
        return raw[1:end].replace(quote * 2, quote) + raw[end + 1 :]

    def lead(self, errors: str) -> int:
        """Bytes of the row before the cell."""
        return len(self._row[: self._span[0]].encode("utf-8", errors))

    def position(self, offset: int) -> tuple[int, int]:
        """Line in the row and column in that line: a quoted cell may hold line ends."""
        before = self._row[: self._span[0]] + self.raw[: self.raw_offset(offset)]
        lines = before.count("\n")
        return lines, len(before) - (before.rfind("\n") + 1)

    def raw_offset(self, offset: int) -> int:
        """Where in ``raw`` the character at ``offset`` of the text begins."""
        raw = self.raw
        end = self._closing(raw)
        if end < 0:
            return offset
        quote = self._column.quote
        if quote * 2 not in raw[1:end] and offset < end:
            return offset + 1
        if self._offsets is None:
            offsets: list[int] = []
            position = 1
            while position < end:
                offsets.append(position)
                position += 2 if raw[position] == quote else 1
            self._offsets = [*offsets, *range(end + 1 if end + 1 < len(raw) else end, len(raw) + 1)]
        return self._offsets[offset]

    def inserted(self, content: str) -> str:
        """New text, with its quotation marks twice in a quoted cell."""
        quote = self._column.quote
        return content.replace(quote, quote * 2) if self._is_quoted() else content

    def _is_quoted(self) -> bool:
        """Whether the whole cell stands in quotation marks."""
        if self._quoted is None:
            self._quoted = self._closing(self.raw) == len(self.raw) - 1 > 0
        return self._quoted

    def edited(self, edits: Sequence[Edit], text: str) -> Cell:
        """The cell with the edits made: quoted as it was, or when it has to be."""
        raw, quote = self.raw, self._column.quote
        if self._is_quoted():
            pieces: list[str] = []
            position = 0
            for edit in edits:
                pieces += (raw[position : self.raw_offset(edit.start)], self.inserted(edit.content))
                position = self.raw_offset(edit.end)
            pieces.append(raw[position:])
            written = "".join(pieces)
        elif self._must_be_quoted(text):
            written = quote + text.replace(quote, quote * 2) + quote
        else:
            written = text
        copy = Cell(self.number, self._column, self._row, self._span)
        copy._edited = written
        return copy

    def _must_be_quoted(self, text: str) -> bool:
        if not text:
            return self._column.separator not in self._row  # an empty line is no row
        if any(sign in text for sign in (self._column.separator, "\n", "\r")):
            return True
        return text.startswith(self._column.quote) and (self._column.separator != LOOSE or self._closing(text) >= 0)

    def _closing(self, raw: str) -> int:
        """Where the quotation mark stands that ends a quoted cell; -1 for a cell that is not quoted."""
        end = _closing(raw, self._column.quote)
        return end if self._column.separator != LOOSE or end == len(raw) - 1 else -1

    @property
    def key(self) -> Column:
        """The column."""
        return self._column

    @property
    def mark(self) -> int:
        """Where the cell stands in its row."""
        return self._span[0] << 32 | self._span[1]

    @property
    def written(self) -> str:
        """The row."""
        return self._row

    @classmethod
    def again(cls, number: int, key: Column, mark: int, raw: str) -> tuple[str, Cell]:
        """The text of the cell, and the cell itself, of the row as it is written."""
        cell = cls(number, key, raw, (mark >> 32, mark & 0xFFFFFFFF))
        return cell.text, cell


def _closing(raw: str, quote: str) -> int:
    """Where the quotation mark stands that ends a quoted cell; -1 for a cell that is not quoted."""
    if not raw.startswith(quote):
        return -1
    position = 1
    while (position := raw.find(quote, position)) >= 0:
        if raw[position + 1 : position + 2] != quote:
            return position
        position += 2
    return -1
