"""Deleting whole lines: the edits, with the blank line that would be left doubled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lint.finding import Applicability, Edit, Fix

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus_lint.document import Document, Line

FAR = 40
"""How many lines a stretch of deleted lines is followed back, to see what stood before it."""


def line_span(text: str) -> tuple[int, int]:
    """Where a line's text begins and ends, the white space around it left out."""
    return len(text) - len(text.lstrip()), len(text.rstrip())


def delete_lines(
    document: Document,
    first: int,
    last: int,
    *,
    goes: Callable[[str], bool] = lambda text: False,
    offset: int = 0,
    message: str = "delete the line",
    applicability: Applicability = Applicability.SAFE,
) -> Fix:
    """A fix that deletes the lines from ``first`` to ``last`` (numbers from 0, both included).

    Args:
        document: the document.
        first: number of the first line.
        last: number of the last line.
        goes: whether another line, given its text, is deleted by the same rule.
        offset: code-point offset from which the edits count.
        message: what the fix does.
        applicability: whether it is safe.
    """
    starts, text = document.line_starts, document.text
    start = starts[first]
    end = starts[last + 1] if last + 1 < len(starts) else len(text)
    if not text[end:].strip():
        # Nothing follows: the blank lines in front go too, and the file ends with a line end if it did.
        while first > 0 and not document.line_text(first - 1).strip():
            first -= 1
        start = starts[first]
        if not text.endswith(("\n", "\r")) and first > 0 and not goes(document.line_text(first - 1)):
            start -= 2 if text.endswith("\r\n", 0, start) else 1
        end = len(text)
    elif not document.line_text(last + 1).strip():
        before = _kept_before(document, first, goes)
        if before is None or not before.strip():
            # The blank line behind would follow a blank line, or open the document.
            end = starts[last + 2] if last + 2 < len(starts) else len(text)
    return Fix(message, (Edit(start - offset, end - offset, ""),), applicability)


def delete_line(line: Line, goes: Callable[[str], bool], applicability: Applicability = Applicability.SAFE) -> Fix:
    """A fix that deletes the line; its offsets count from the start of the line."""
    index = line.index
    return delete_lines(line.document, index, index, goes=goes, offset=line.start, applicability=applicability)


def _kept_before(document: Document, first: int, goes: Callable[[str], bool]) -> str | None:
    """The nearest line before ``first`` that stays; None at the start of the document.

    A blank line that goes with a deleted line is counted as staying, for the blank line before that one stays.
    """
    for index in range(first - 1, max(-1, first - 1 - FAR), -1):
        text = document.line_text(index)
        if not goes(text):
            return text
    return None if first <= FAR else ""
