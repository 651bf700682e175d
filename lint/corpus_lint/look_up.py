"""Looking up: what the character table says of every character of much text, by numpy."""

from __future__ import annotations

from sys import byteorder
from typing import TYPE_CHECKING

from .named_tuple import NamedTuple
from .tables import CLASS_SHIFT, PASSAGE_BIT, characters

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FOREIGN = 1 << 22
RARE = 1 << 23
"""Bits of an entry, which the table of characters has nowhere, for two kinds of characters that somebody looks for."""

_CHUNK = 1 << 16
"""Characters looked up at once: as many as the processor's cache holds, since numpy widens them before."""


class LookedUp(NamedTuple):
    """A text with what the table says of it.

    Attributes:
        text: the text, or several joined with one line feed each.
        entries: the table's entry of each character; every character beyond the table has the last one.
        kinds: bits 16 to 23 of each entry: class, passage bit, `FOREIGN` and `RARE`.
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
    def is_marked(self) -> bool:
        """Whether any character has `FOREIGN` or `RARE`."""
        return bool(self.kinds.max(initial=0) >= FOREIGN >> CLASS_SHIFT)

    @property
    def foreign(self) -> NDArray[np.bool_]:
        """Which characters have `FOREIGN`."""
        import numpy as np

        found: NDArray[np.bool_] = self.kinds & np.uint8(FOREIGN >> CLASS_SHIFT) != 0
        return found

    @property
    def rare(self) -> NDArray[np.bool_]:
        """Which characters have `RARE`."""
        found: NDArray[np.bool_] = self.kinds >= RARE >> CLASS_SHIFT
        return found


def marked(foreign: str, rare: str) -> NDArray[np.uint32]:
    """The table of characters with `FOREIGN` and `RARE` for some, of the Basic Multilingual Plane."""
    import numpy as np

    table = np.array(characters(), np.uint32)
    for members, bit in ((foreign, FOREIGN), (rare, RARE)):
        table[np.frombuffer(members.encode("utf-16-le"), "<u2")] |= np.uint32(bit)
    return table


def look_up(text: str, table: NDArray[np.uint32] | None = None) -> LookedUp:
    """Look up every character of a text, in the table of characters or in one that `marked` gave."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    if table is None:
        table = np.frombuffer(characters(), np.uint32)
    entries = np.empty(len(codes), np.uint32)
    for start in range(0, len(codes), _CHUNK):
        table.take(codes[start : start + _CHUNK], mode="clip", out=entries[start : start + _CHUNK])
    kinds = entries.view(np.uint8)[CLASS_SHIFT // 8 if byteorder == "little" else 1 :: 4].copy()
    return LookedUp(text, entries, kinds)
