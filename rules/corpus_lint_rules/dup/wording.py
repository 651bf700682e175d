"""What the rules about repeats have in common: how sure a repeat is, and how it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lint.finding import Confidence
from corpus_lint.folding import reading

if TYPE_CHECKING:
    from corpus_lint.repeats import Repeat, Span

_FIRST_SYLLABIC = "\u2e80"
"""The alphabets are below this character."""
CODE_MARKS = frozenset("{}()[];=<>_\"'/\\|$#*:`+&")
CODE = 0.08
"""From so many marks a letter on, text is code, a table or markup, which repeats by its nature."""
ALIKE = 0.95
"""Below this similarity, two passages are rather alike than copies."""


def confidence(repeat: Repeat, enough: float) -> Confidence:
    """HIGH for prose that is copied: of the weight ``enough`` when it is the same, twice that when nearly the same."""
    if repeat.similarity < ALIKE or repeat.weight < (enough if repeat.similarity == 1 else 2 * enough):
        return Confidence.MEDIUM
    text = reading().sub("", repeat.later.document.text[repeat.later.start : repeat.later.end])
    return Confidence.MEDIUM if sum(map(CODE_MARKS.__contains__, text)) >= CODE * repeat.weight else Confidence.HIGH


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


def weight(folded: str) -> int:
    """How much a folded text says, as the engine counts: a letter or digit one, a Han, kana or Hangul one three."""
    return sum(1 if character < _FIRST_SYLLABIC else 3 for character in folded)
