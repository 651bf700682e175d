"""Looking up: what the character table says of every character of much text, by numpy."""

from __future__ import annotations

from sys import byteorder
from typing import TYPE_CHECKING

from .named_tuple import NamedTuple
from .tables import CLASS_SHIFT, PASSAGE_BIT, characters

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WANTED = 1 << 23
"""The bit of an entry, which the table of characters has nowhere, for characters that somebody looks for."""

_CHUNK = 1 << 16
"""Characters looked up at once: as many as the processor's cache holds, since numpy widens them before."""


class LookedUp(NamedTuple):
    """A text with what the table says of it.

    Attributes:
        text: the text, or several joined with one line feed each.
        entries: the table's entry of each character; every character beyond the table has the last one.
        kinds: bits 16 to 23 of each entry: class, passage bit and `WANTED`.
    """

    text: str
    entries: NDArray[np.uint32]
    kinds: NDArray[np.uint8]

    @property
    def in_passages(self) -> NDArray[np.bool_]:
        """Which characters count in passages."""
        import numpy as np

        found: NDArray[np.bool_] = self.kinds & np.uint8(PASSAGE_BIT >> CLASS_SHIFT) != 0
        return found

    @property
    def wanted(self) -> NDArray[np.intp]:
        """Where characters stand that were wanted."""
        import numpy as np

        found = self.kinds >= WANTED >> CLASS_SHIFT
        return np.flatnonzero(found) if found.any() else np.empty(0, np.intp)


def wanting(wanted: str) -> NDArray[np.uint32]:
    """The table of characters in which some, of the Basic Multilingual Plane, are wanted."""
    import numpy as np

    table = np.array(characters(), np.uint32)
    table[np.frombuffer(wanted.encode("utf-16-le"), "<u2")] |= np.uint32(WANTED)
    return table


def look_up(text: str, table: NDArray[np.uint32] | None = None) -> LookedUp:
    """Look up every character of a text, in the table of characters or in one that `wanting` gave."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    if table is None:
        table = np.frombuffer(characters(), np.uint32)
    entries = np.empty(len(codes), np.uint32)
    for start in range(0, len(codes), _CHUNK):
        table.take(codes[start : start + _CHUNK], mode="clip", out=entries[start : start + _CHUNK])
    kinds = entries.view(np.uint8)[CLASS_SHIFT // 8 if byteorder == "little" else 1 :: 4].copy()
    return LookedUp(text, entries, kinds)
