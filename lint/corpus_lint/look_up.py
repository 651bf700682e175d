"""Looking up: what the character table says of every character of much text, compiled or by numpy."""

from __future__ import annotations

from array import array
from sys import byteorder
from typing import TYPE_CHECKING

from .native import character_loops
from .tables import CLASS_SHIFT, LINE_FEED, PASSAGE_BIT, characters

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from .native_loops import CharacterLoops, Numbers

MARKS = (1 << 21, 1 << 22, 1 << 23)
"""Bits of an entry, which the table of characters has nowhere, for sets of characters that somebody looks for."""

_CHUNK = 1 << 16
"""Characters looked up at once: as many as the processor's cache holds, since numpy widens them before."""


class LookedUp:
    """A text with what the table says of it.

    Attributes:
        text: the text, or several joined with one line feed each.
        table: the table.
        kinds: bits 16 to 23 of the entry of each character, in bytes: class, passage bit and `MARKS`.
        found_feeds: where the line feeds stand, in 64 bits each.
        lines: all bits of the kinds of each line's characters, in bytes; None where they are not known. Lines end at
            each line feed and each carriage return.
        beyond: where characters beyond the table stand, which have its last entry.
    """

    __slots__ = ("_entries", "beyond", "found_feeds", "kinds", "lines", "table", "text")

    def __init__(
        self,
        text: str,
        table: array[int],
        kinds: Numbers,
        feeds: Numbers,
        beyond: array[int],
        *,
        lines: bytes | None = None,
        entries: NDArray[np.uint32] | None = None,
    ) -> None:
        """``feeds`` are `found_feeds`, ``entries`` as `entries`, as far as they are known."""
        self.text = text
        self.table = table
        self.kinds = kinds
        self.lines = lines
        self.beyond = beyond
        self.found_feeds = feeds
        self._entries = entries

    @property
    def feeds(self) -> NDArray[np.int64]:
        """`found_feeds` in an array."""
        import numpy as np

        return np.frombuffer(self.found_feeds, np.int64)

    @property
    def entries(self) -> NDArray[np.uint32]:
        """The table's entry of each character."""
        if self._entries is None:
            import numpy as np

            self._entries = np.frombuffer(self.table, np.uint32).take(_codes(self.text), mode="clip")
        return self._entries

    @property
    def is_marked(self) -> bool:
        """Whether any character is in a set of those that are looked for."""
        import numpy as np

        return bool(np.frombuffer(self.kinds, np.uint8).max(initial=0) >= MARKS[0] >> CLASS_SHIFT)

    def marked(self, number: int) -> NDArray[np.bool_]:
        """Which characters are in the set of this number."""
        import numpy as np

        found: NDArray[np.bool_] = np.frombuffer(self.kinds, np.uint8) & np.uint8(MARKS[number] >> CLASS_SHIFT) != 0
        return found

    @property
    def in_passages(self) -> NDArray[np.bool_]:
        """Which characters count in passages."""
        import numpy as np

        found: NDArray[np.bool_] = np.frombuffer(self.kinds, np.uint8) & np.uint8(PASSAGE_BIT >> CLASS_SHIFT) != 0
        return found


def marking(sets: Sequence[str]) -> array[int]:
    """The table of characters in which some sets of them, of the Basic Multilingual Plane, have their bit."""
    table = characters()[:]
    for members, bit in zip(sets, MARKS, strict=True):
        for code in map(ord, members):
            table[code] |= bit
    return table


def look_up(text: str, table: array[int] | None = None) -> LookedUp:
    """Look up every character of a text, in the table of characters or in one that `marking` gave."""
    if table is None:
        table = characters()
    compiled = character_loops()
    return _look_up_numpy(text, table) if compiled is None else _look_up_compiled(compiled, text, table)


def _look_up_compiled(compiled: CharacterLoops, text: str, table: array[int]) -> LookedUp:
    kinds, lines, feeds, beyond = compiled.look_up(text, table)
    return LookedUp(text, table, kinds, feeds, array("q", beyond), lines=lines)


def _look_up_numpy(text: str, table: array[int]) -> LookedUp:
    import numpy as np

    codes = _codes(text)
    known = np.frombuffer(table, np.uint32)
    entries = np.empty(len(codes), np.uint32)
    kinds = np.empty(len(codes), np.uint8)
    feeds, beyond = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for start in range(0, len(codes), _CHUNK):
        chunk = entries[start : start + _CHUNK]
        known.take(codes[start : start + _CHUNK], mode="clip", out=chunk)
        kinds[start : start + _CHUNK] = chunk.view(np.uint8)[CLASS_SHIFT // 8 if byteorder == "little" else 1 :: 4]
        feeds.append(np.flatnonzero(chunk == np.uint32(LINE_FEED)) + start)
        beyond.append(np.flatnonzero(chunk == known[-1]) + start)
    places = array("q", np.concatenate(beyond).tobytes())
    return LookedUp(text, table, kinds, np.concatenate(feeds), places, entries=entries)


def _codes(text: str) -> NDArray[np.uint32]:
    import numpy as np

    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
