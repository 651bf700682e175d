"""JSON lines: one record a line, one of whose fields is the text.

Only the inside of the field's string literal is ever rewritten: other fields, key order, spacing, number forms and
the escapes of untouched characters stay the same bytes.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .finding import Edit

WHITE = (" ", "\t", "\n", "\r")
ESCAPE = r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)"
"""One escape, or two that together are one character."""


class RecordText:
    """The text of a record: a string literal inside a raw line.

    Attributes:
        number: number of the record in its file, from 1.
        field: the key.
        raw: the inside of the literal, without its quotes, escapes and all.
        column: code points before ``raw`` in the raw line.
    """

    __slots__ = ("_offsets", "column", "field", "number", "raw")

    def __init__(self, number: int, field: str, raw: str, column: int) -> None:
        self.number = number
        self.field = field
        self.raw = raw
        self.column = column
        self._offsets: list[int] | None = None

    def raw_offset(self, offset: int) -> int:
        """Where in ``raw`` the character at ``offset`` of the text begins."""
        if "\\" not in self.raw:
            return offset
        if self._offsets is None:
            self._offsets = []
            position = 0
            for escape in re.finditer(ESCAPE, self.raw):
                self._offsets += range(position, escape.start() + 1)
                position = escape.end()
            self._offsets += range(position, len(self.raw) + 1)
        return self._offsets[offset]

    def edited(self, edits: Sequence[Edit]) -> RecordText:
        """The literal with the edits made; new text is escaped as the literal escapes its own."""
        import json

        ascii_only = self.raw.isascii() and "\\u" in self.raw
        pieces: list[str] = []
        position = 0
        for edit in edits:
            pieces.append(self.raw[position : self.raw_offset(edit.start)])
            pieces.append(json.dumps(edit.content, ensure_ascii=ascii_only)[1:-1])
            position = self.raw_offset(edit.end)
        pieces.append(self.raw[position:])
        return RecordText(self.number, self.field, "".join(pieces), self.column)


def locate(line: str, field: str) -> tuple[int, int]:
    """Start and end, in the raw line, of the inside of the field's string literal.

    Of a key that stands twice the last one counts, as in ``json.loads``.

    Raises:
        KeyError: the record has no such field, or it is no string.
        ValueError: the line is not a JSON object.
    """
    decoder = _decoder()
    position = _skip(line, 0)
    if line[position : position + 1] != "{":
        raise ValueError("not a JSON object")
    found: tuple[int, int] | None = None
    position = _skip(line, position + 1)
    while line[position : position + 1] == '"':
        key, position = decoder.parse_string(line, position + 1, True)
        position = _skip(line, position)
        start = _skip(line, position + 1)
        value, position = decoder.raw_decode(line, start)
        if key == field:
            found = (start + 1, position - 1) if isinstance(value, str) else None
        position = _skip(line, position)
        if line[position : position + 1] != ",":
            break
        position = _skip(line, position + 1)
    if found is None:
        raise KeyError(field)
    return found


def _skip(line: str, position: int) -> int:
    while line[position : position + 1] in WHITE:
        position += 1
    return position


@cache
def _decoder() -> Any:
    """Python's own decoder, whose parts read one value at a place."""
    import json

    return json.JSONDecoder()
