"""Looking up: what the character table says of every character of much text, by numpy."""

from __future__ import annotations

from sys import byteorder
from typing import TYPE_CHECKING

from .named_tuple import NamedTuple
from .tables import CLASS_SHIFT, PASSAGE_BIT, characters

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CHUNK = 1 << 16
"""Characters looked up at once: as many as the processor's cache holds, since numpy widens them before."""


class LookedUp(NamedTuple):
    """A text with what the table says of it.

    Attributes:
        text: the text, or several joined with one line feed each.
        entries: the table's entry of each character; every character beyond the table has the last one.
        kinds: bits 16 to 23 of each entry: class and passage bit.
    """

    text: str
    entries: NDArray[np.uint32]
    kinds: NDArray[np.uint8]

    @property
    def in_passages(self) -> NDArray[np.bool_]:
        """Which characters count in passages."""
        found: NDArray[np.bool_] = self.kinds >= PASSAGE_BIT >> CLASS_SHIFT
        return found


def look_up(text: str) -> LookedUp:
    """Look up every character of a text."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    table = np.frombuffer(characters(), np.uint32)
    entries = np.empty(len(codes), np.uint32)
    for start in range(0, len(codes), _CHUNK):
        table.take(codes[start : start + _CHUNK], mode="clip", out=entries[start : start + _CHUNK])
    kinds = entries.view(np.uint8)[CLASS_SHIFT // 8 if byteorder == "little" else 1 :: 4].copy()
    return LookedUp(text, entries, kinds)
