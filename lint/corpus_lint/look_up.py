"""Looking up: what the character table says of every character of much text, compiled or by numpy."""

from __future__ import annotations

from sys import byteorder
from typing import TYPE_CHECKING

from .native import loops
from .tables import CLASS_SHIFT, LINE_FEED, PASSAGE_BIT, characters

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

MARKS = (1 << 21, 1 << 22, 1 << 23)
"""Bits of an entry, which the table of characters has nowhere, for sets of characters that somebody looks for."""

_CHUNK = 1 << 16
"""Characters looked up at once: as many as the processor's cache holds, since numpy widens them before."""


class LookedUp:
    """A text with what the table says of it.

    Attributes:
        text: the text, or several joined with one line feed each.
        table: the table.
        kinds: bits 16 to 23 of the entry of each character: class, passage bit and `MARKS`.
        feeds: where the line feeds stand.
        beyond: where characters beyond the table stand, which have its last entry.
    """

    __slots__ = ("_entries", "beyond", "feeds", "kinds", "table", "text")

    def __init__(
        self,
        text: str,
        table: NDArray[np.uint32],
        kinds: NDArray[np.uint8],
        feeds: NDArray[np.int64],
        beyond: NDArray[np.int64],
        entries: NDArray[np.uint32] | None = None,
    ) -> None:
        """``entries`` as far as they are known."""
        self.text = text
        self.table = table
        self.kinds = kinds
        self.feeds = feeds
        self.beyond = beyond
        self._entries = entries

    @property
    def entries(self) -> NDArray[np.uint32]:
        """The table's entry of each character."""
        if self._entries is None:
            self._entries = self.table.take(_codes(self.text), mode="clip")
        return self._entries

    @property
    def in_passages(self) -> NDArray[np.bool_]:
        """Which characters count in passages."""
        import numpy as np

        found: NDArray[np.bool_] = self.kinds & np.uint8(PASSAGE_BIT >> CLASS_SHIFT) != 0
        return found

    @property
    def is_marked(self) -> bool:
        """Whether any character is in a set of those that are looked for."""
        return bool(self.kinds.max(initial=0) >= MARKS[0] >> CLASS_SHIFT)

    def marked(self, number: int) -> NDArray[np.bool_]:
        """Which characters are in the set of this number."""
        import numpy as np

        found: NDArray[np.bool_] = self.kinds & np.uint8(MARKS[number] >> CLASS_SHIFT) != 0
        return found


def marking(sets: Sequence[str]) -> NDArray[np.uint32]:
    """The table of characters in which some sets of them, of the Basic Multilingual Plane, have their bit."""
    import numpy as np

    table = np.array(characters(), np.uint32)
    for members, bit in zip(sets, MARKS, strict=True):
        table[np.frombuffer(members.encode("utf-16-le"), "<u2")] |= np.uint32(bit)
    return table


def look_up(text: str, table: NDArray[np.uint32] | None = None) -> LookedUp:
    """Look up every character of a text, in the table of characters or in one that `marking` gave."""
    import numpy as np

    if table is None:
        table = np.frombuffer(characters(), np.uint32)
    compiled = loops()
    if compiled is not None:
        kinds, feeds, beyond = compiled.look_up(text, table)
        places = np.frombuffer(feeds, np.int64), np.frombuffer(beyond, np.int64)
        return LookedUp(text, table, np.frombuffer(kinds, np.uint8), *places)
    return _look_up_numpy(text, table)


def _look_up_numpy(text: str, table: NDArray[np.uint32]) -> LookedUp:
    import numpy as np

    codes = _codes(text)
    entries = np.empty(len(codes), np.uint32)
    kinds = np.empty(len(codes), np.uint8)
    feeds, beyond = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for start in range(0, len(codes), _CHUNK):
        chunk = entries[start : start + _CHUNK]
        table.take(codes[start : start + _CHUNK], mode="clip", out=chunk)
        kinds[start : start + _CHUNK] = chunk.view(np.uint8)[CLASS_SHIFT // 8 if byteorder == "little" else 1 :: 4]
        feeds.append(np.flatnonzero(chunk == np.uint32(LINE_FEED)) + start)
        beyond.append(np.flatnonzero(chunk == table[-1]) + start)
    return LookedUp(text, table, kinds, np.concatenate(feeds), np.concatenate(beyond), entries)


def _codes(text: str) -> NDArray[np.uint32]:
    import numpy as np

    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
