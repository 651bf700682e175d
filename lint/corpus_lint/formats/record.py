"""Records: what a document knows about the record that it is a field of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from ..document import Document
    from ..finding import Edit

Steps = tuple[str | int, ...]
"""The way to a field inside a record: keys and numbers of elements."""


EVERY = "*"
"""In the path to a field, every name."""

IDENTIFIERS = ("id", "_id", "uuid", "guid", "uid", "doc_id")
"""Fields by which a record is known, wherever it stands: the first of them counts."""


class Record:
    """A document's place in a record, and what is written there for it.

    Attributes:
        number: number of the record in its file, from 1.
        field: the way to the text, as users write it: ``messages[1].content``.
        size: bytes of the record as it is written; 0 for one that is not written as text.
    """

    __slots__ = ("field", "number", "size")

    def __init__(self, number: int, field: str) -> None:
        self.number = number
        self.field = field
        self.size = 0

    def lead(self, errors: str) -> int:
        """Bytes of the record before `raw`, as UTF-8 with that handler of codec errors."""
        return 0

    @property
    def identifier(self) -> str | None:
        """What the record calls itself, in one of `IDENTIFIERS`; None where it has none, or none that is known."""
        return None

    @property
    def raw(self) -> str:
        """What is written for the text, escapes and all."""
        raise NotImplementedError

    def position(self, offset: int) -> tuple[int, int]:
        """Lines below the record's first one, and column from 0, of the character at ``offset`` of the text."""
        raise NotImplementedError

    def raw_offset(self, offset: int) -> int:
        """The offset in `raw` of the character at ``offset`` of the text."""
        return offset

    def inserted(self, content: str) -> str:
        """New text as it is written inside `raw`."""
        return content

    def edited(self, edits: Sequence[Edit], text: str) -> Record:
        """The record with the edits made, which are in order and apart; ``text`` is the whole text after them."""
        raise NotImplementedError

    @property
    def key(self) -> object:
        """What `again` needs besides the record as it is written, the same for many records; hashable."""
        return self.field

    @property
    def mark(self) -> int:
        """What `again` needs besides, of this very record; less than 2⁶⁴."""
        return 0

    @property
    def written(self) -> str | None:
        """The record as it is written; None for one that is not written as text."""
        return None

    @classmethod
    def again(cls, number: int, key: Any, mark: int, raw: str) -> tuple[str, Record]:
        """The text and the record, of a record as it is written."""
        raise NotImplementedError


class Broken(Record):
    """A record that could not be read: its document is the record as it is written, or the beginning of it."""

    __slots__ = ()

    def __init__(self, number: int) -> None:
        super().__init__(number, "")

    def position(self, offset: int) -> tuple[int, int]:
        """On the record's first line."""
        return 0, offset


class Problem(NamedTuple):
    """A record that could not be read or has no text: where, and why."""

    document: Document
    reason: str


def shown(steps: Steps) -> str:
    """The way to a field as users write it."""
    written = ""
    for step in steps:
        written += f"[{step}]" if isinstance(step, int) else f".{step}" if written else step
    return written


def named(path: str, names: Collection[str]) -> Iterator[tuple[str, str]]:
    """The names that a path to a field begins with, each with the rest of the path.

    The longest beginning that is a name is meant, as a name may hold dots, and ``*`` is every name. ``[]`` or ``[*]``
    behind a name, as jq and JSONPath write it, says nothing: lists are gone through without.
    """
    name, rest = path, ""
    while name not in names:
        name, dot, last = name.rpartition(".")
        if not dot:
            break
        rest = f"{last}.{rest}" if rest else last
    else:
        yield name, rest
        return
    bare = last.removesuffix("[]").removesuffix("[*]")
    for name in names if bare == EVERY else {bare} & {*names}:
        yield name, rest
