"""Looking up: what the character table says of every character of much text, by numpy."""

from __future__ import annotations

from sys import byteorder
from typing import TYPE_CHECKING

from .named_tuple import NamedTuple
from .tables import CLASS_SHIFT, LINE_FEED, PASSAGE_BIT, characters

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

MARKS = (1 << 21, 1 << 22, 1 << 23)
"""Bits of an entry, which the table of characters has nowhere, for sets of characters that somebody looks for."""

_CHUNK = 1 << 16
"""Characters looked up at once: as many as the processor's cache holds, since numpy widens them before."""


class LookedUp(NamedTuple):
    """A text with what the table says of it.

    Attributes:
        text: the text, or several joined with one line feed each.
        entries: the table's entry of each character; every character beyond the table has the last one.
        kinds: bits 16 to 23 of each entry: class, passage bit and `MARKS`.
        feeds: where the line feeds stand.
    """

    text: str
    entries: NDArray[np.uint32]
    kinds: NDArray[np.uint8]
    feeds: NDArray[np.intp]

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

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    if table is None:
        table = np.frombuffer(characters(), np.uint32)
    entries = np.empty(len(codes), np.uint32)
    kinds = np.empty(len(codes), np.uint8)
    feeds = [np.empty(0, np.intp)]
    for start in range(0, len(codes), _CHUNK):
        chunk = entries[start : start + _CHUNK]
        table.take(codes[start : start + _CHUNK], mode="clip", out=chunk)
        kinds[start : start + _CHUNK] = chunk.view(np.uint8)[CLASS_SHIFT // 8 if byteorder == "little" else 1 :: 4]
        feeds.append(np.flatnonzero(chunk == np.uint32(LINE_FEED)) + start)
    return LookedUp(text, entries, kinds, np.concatenate(feeds))
