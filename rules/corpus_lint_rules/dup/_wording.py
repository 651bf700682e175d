"""What the rules about repeats have in common: how a repeat is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus_lint.repeats import Repeat, Span


def passage(repeat: Repeat) -> str:
    """The later copy: ``these 102 characters`` or ``these 377 characters (lines 106 to 108)``."""
    first, last = lines(repeat.later)
    return f"these {repeat.length} characters" + (f" (lines {first} to {last})" if first < last else "")


def place(span: Span) -> str:
    """Where a copy is: ``line 10`` or ``lines 10 to 12``."""
    first, last = lines(span)
    return f"lines {first} to {last}" if first < last else f"line {first}"


def likeness(repeat: Repeat) -> str:
    """How like the copies are, as the end of a sentence; empty when they are the same."""
    if repeat.similarity < 1:
        return f" ({int(repeat.similarity * 100)} % the same)"
    if not repeat.differs:
        return ""
    *most, last = repeat.differs
    return f", differing only in {', '.join(most)}{' and ' if most else ''}{last}"


def lines(span: Span) -> tuple[int, int]:
    """The first and the last line, from 1: of the file, or of the text when this is a record's field."""
    document = span.document
    first = 1 if document.record is not None else document.first_line
    return first + document.line_at(span.start), first + document.line_at(span.end - 1)
