"""A text without the readings that a converter injected: 網(wǎng)絡(luò) is read as 網絡."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from corpus_lint.folding import reading_spans

if TYPE_CHECKING:
    from corpus_lint.document import Document


class Unread:
    """A text without injected readings, whose offsets lead back to the original.

    Attributes:
        text: the text; its offsets count from 0.
        has_readings: whether any reading was left out.
    """

    def __init__(self, original: str) -> None:
        self._cuts: list[int] = []
        self._shifts: list[int] = []
        pieces, position, removed = [], 0, 0
        for start, end in reading_spans(original):
            pieces.append(original[position:start])
            removed += end - start
            self._cuts.append(end - removed)
            self._shifts.append(removed)
            position = end
        self.has_readings = removed > 0
        self.text = "".join((*pieces, original[position:])) if removed else original

    def origin(self, at: int) -> int:
        """The offset in the original of an offset in the text."""
        index = bisect_right(self._cuts, at) - 1
        return at + self._shifts[index] if index >= 0 else at


def unread(document: Document) -> Unread:
    """A document without injected readings; the last one asked for is remembered."""
    global _last
    if _last is None or _last[0] is not document:
        _last = (document, Unread(document.text))
    return _last[1]


_last: tuple[Document, Unread] | None = None
