"""The string literals of a JSON record: where a field's stands, and how it is edited.

Only the inside of a field's string literal is ever rewritten: other fields, key order, spacing, number forms and
the escapes of untouched characters stay the same bytes.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache, lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any

from .. import expressions as re
from .record import IDENTIFIERS, Record, Steps, named, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..finding import Edit

WHITE = (" ", "\t", "\n", "\r")
ESCAPE = r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)"
"""One escape, or two that together are one character."""


class JsonField(Record):
    """The text of a record: a string literal inside the raw record, which is looked for when it is asked for."""

    __slots__ = ("_is_escaped", "_offsets", "_raw", "_record", "_steps")

    def __init__(self, number: int, steps: Steps, record: str) -> None:
        super().__init__(number, shown(steps))
        self._steps = steps
        self._record = record
        self._raw: str | None = None
        self._is_escaped: bool | None = None
        self._offsets: list[int] | None = None

    @property
    def identifier(self) -> str | None:
        """The record's own name, which is looked for when it is asked for."""
        members = _members(self._record, _skip(self._record, 0))
        for name in IDENTIFIERS:
            if name in members:
                value, _ = _decoder().raw_decode(self._record, members[name])
                return str(value) if isinstance(value, (str, int)) else None
        return None

    @property
    def raw(self) -> str:
        """The inside of the literal, without its quotes, escapes and all."""
        if self._raw is None:
            begin, end = locate(self._record, self._steps)
            self._raw = self._record[begin:end]
        return self._raw

    def lead(self, errors: str) -> int:
        """Bytes of the record before `raw`."""
        return len(self._record[: self._begin()].encode("utf-8", errors))

    def _begin(self) -> int:
        """Where `raw` begins in the record."""
        return locate(self._record, self._steps)[0]

    def position(self, offset: int) -> tuple[int, int]:
        """Where in the raw record the character at ``offset`` of the text begins; a literal never spans lines."""
        begin, starts = self._begin(), _line_starts(self._record)
        line = bisect_right(starts, begin) - 1
        return line, begin - starts[line] + self.raw_offset(offset)

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

    def inserted(self, content: str) -> str:
        """New text, escaped as the literal escapes its own."""
        import json

        if self._is_escaped is None:
            self._is_escaped = self.raw.isascii() and "\\u" in self.raw
        # A lone surrogate has no UTF-8: it can only be written as an escape.
        return json.dumps(content, ensure_ascii=self._is_escaped or not _is_encodable(content))[1:-1]

    def edited(self, edits: Sequence[Edit], text: str) -> JsonField:
        """The literal with the edits made."""
        pieces: list[str] = []
        position = 0
        for edit in edits:
            pieces.append(self.raw[position : self.raw_offset(edit.start)])
            pieces.append(self.inserted(edit.content))
            position = self.raw_offset(edit.end)
        pieces.append(self.raw[position:])
        copy = JsonField(self.number, self._steps, self._record)
        copy._raw = "".join(pieces)
        return copy

    @property
    def key(self) -> Steps:
        """The way to the literal."""
        return self._steps

    @property
    def written(self) -> str:
        """The raw record."""
        return self._record

    @classmethod
    def again(cls, number: int, key: Steps, mark: int, raw: str) -> tuple[str, JsonField]:
        """The text and the literal of the raw record."""
        value = _parsed(raw)
        for step in key:
            value = value[step]
        return value, cls(number, key, raw)


@lru_cache(maxsize=1)
def _parsed(raw: str) -> Any:
    """A record's value; several fields of one are asked for, one after the other."""
    import json

    return json.loads(raw)


def texts(value: Any, path: str, steps: Steps = ()) -> Iterator[tuple[Steps, str]]:
    """The strings at a path: ``a.b`` is the key ``b`` in the object ``a``, or in every object of the list ``a``.

    ``a.*.b`` is ``b`` in every object in ``a``. A key that holds dots or is a star itself is meant when there is one.
    """
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from texts(item, path, (*steps, number))
    elif not path:
        if isinstance(value, str):
            yield steps, value
    elif isinstance(value, dict):
        for key, rest in named(path, value):
            yield from texts(value[key], rest, (*steps, key))


def paths(value: Any, path: str = "") -> Iterator[str]:
    """What `texts` could be asked for, of lists by their first element: the paths to strings."""
    if isinstance(value, str):
        yield path
    elif isinstance(value, list):
        yield from paths(value[0], path) if value else ()
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, f"{path}.{key}" if path else key)


def locate(record: str, steps: Steps) -> tuple[int, int]:
    """Start and end, in the raw record, of the inside of a field's string literal.

    Of a key that stands twice the last one counts, as in ``json.loads``.

    Raises:
        KeyError: the record has no such field, or it is no string.
        ValueError: the record is no JSON.
    """
    start = _skip(record, 0)
    for step in steps:
        start = _members(record, start)[step]
    value, end = _decoder().raw_decode(record, start)
    if not isinstance(value, str):
        raise KeyError(shown(steps))
    return start + 1, end - 1


def _members(record: str, position: int) -> Mapping[str | int, int]:
    """Where the values of the object or list at ``position`` begin, by key or number; of anything else none.

    They are kept while the same record is asked about: a whole file may be one.
    """
    known = _known(record)
    if position not in known:
        sign = record[position : position + 1]
        found = _keyed(record, position) if sign == "{" else _numbered(record, position) if sign == "[" else ()
        known[position] = dict(found)
    return known[position]


def _keyed(record: str, position: int) -> Iterator[tuple[str | int, int]]:
    decoder = _decoder()
    position = _skip(record, position + 1)
    while record[position : position + 1] == '"':
        key, position = decoder.parse_string(record, position + 1, True)
        start = _skip(record, _skip(record, position) + 1)
        yield key, start
        _, position = decoder.raw_decode(record, start)
        position = _skip(record, position)
        if record[position : position + 1] != ",":
            return
        position = _skip(record, position + 1)


def _numbered(record: str, position: int) -> Iterator[tuple[str | int, int]]:
    decoder = _decoder()
    position = _skip(record, position + 1)
    if record[position : position + 1] == "]":
        return
    for number in count():
        yield number, position
        _, position = decoder.raw_decode(record, position)
        position = _skip(record, position)
        if record[position : position + 1] != ",":
            return
        position = _skip(record, position + 1)


@lru_cache(maxsize=1)
def _known(record: str) -> dict[int, dict[str | int, int]]:
    """What is known of the record asked about last, by the places of its objects and lists."""
    return {}


@lru_cache(maxsize=1)
def _line_starts(record: str) -> list[int]:
    """Where the lines of the record asked about last begin: a whole file may be one, and is that of all its texts."""
    return [0, *(end.end() for end in re.finditer("\n", record))]


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _skip(record: str, position: int) -> int:
    while record[position : position + 1] in WHITE:
        position += 1
    return position


@cache
def _decoder() -> Any:
    """Python's own decoder, whose parts read one value at a place."""
    import json

    return json.JSONDecoder()
