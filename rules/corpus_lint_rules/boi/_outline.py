"""Where the text of a document lies, and so where the head and the foot of a page are."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from . import _forms as forms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus_lint.document import Document

    from ._runs import Entry

MUCH_TEXT = 4000
"""Characters of such a text; a Han character counts three."""
FARTHEST_EDGE = 20_000
"""Characters before the end of a head, or behind the beginning of a foot, at most."""
EDGE_SHARE = 30
"""Of the text of a document, at most one part in so many stands before its head's end, and behind its foot's begin."""


class Outline:
    """Where the text of a document lies: what stands before it is its head, what stands behind it its foot."""

    def __init__(self, document: Document, said: frozenset[int] | None) -> None:
        """``said`` are the numbers of lines that are the site's; without them no text is measured, any line is text."""
        self._document = document
        self._said = said

    def _is_blank(self, numbers: range) -> bool:
        return not any(self._document.line_text(number).strip() for number in numbers)

    @cached_property
    def _before(self) -> list[int]:
        """How much text stands before each line, and in all; the title is none."""
        found, total = [0, 0], 0
        said = self._said or frozenset()
        for number, text in enumerate(self._document.line_texts()[1:], 1):
            if len(text) >= forms.SHORTEST_TEXT and forms.is_text(text) and number not in said:
                total += 3 * len(text) if forms.has_syllabic(text) else len(text)
            found.append(total)
        return found

    @property
    def has_much_text(self) -> bool:
        """Whether the text is so long that short lines around it are not the text."""
        return self._said is not None and self._before[-1] >= MUCH_TEXT

    def begins(self, stretch: Sequence[Entry]) -> bool:
        """Whether a stretch of lines begins where the document does, its first line apart."""
        return self._is_blank(range(1, stretch[0].number))

    def ends(self, stretch: Sequence[Entry]) -> bool:
        """Whether it ends where the document does."""
        return self._is_blank(range(stretch[-1].number + 1, len(self._document.line_starts)))

    def follows_contents(self, stretch: Sequence[Entry]) -> bool:
        """Whether the line in front of a stretch is the heading of a table of contents."""
        before = (self._document.line_text(number).strip() for number in range(stretch[0].number - 1, 0, -1))
        return forms.opens_contents(next((text for text in before if text), ""))

    def is_head(self, stretch: Sequence[Entry]) -> bool:
        """Whether hardly any text stands before a stretch of lines."""
        if self._said is None:
            return self._is_blank(range(1, stretch[0].number))
        if self._document.line_starts[stretch[0].number] > FARTHEST_EDGE:
            return False
        return EDGE_SHARE * self._before[stretch[0].number] <= self._before[-1]

    def is_foot(self, stretch: Sequence[Entry]) -> bool:
        """Whether hardly any text stands behind it."""
        if self._said is None:
            return self._is_blank(range(stretch[-1].number + 1, len(self._document.line_starts)))
        if len(self._document.text) - self._document.line_starts[stretch[-1].number] > FARTHEST_EDGE:
            return False
        return EDGE_SHARE * (self._before[-1] - self._before[stretch[-1].number + 1]) <= self._before[-1]
