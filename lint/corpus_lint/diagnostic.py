"""Diagnostics: findings with everything that a report needs, so that the documents can go."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from .folding import fold

if TYPE_CHECKING:
    from .document import Document
    from .engine import Result
    from .finding import Applicability, Confidence, Severity

CONTEXT = 16
"""Folded characters on each side of a finding that belong to its fingerprint."""

SHOWN = 200
"""Characters of a line, at most, that are kept for an excerpt, on each side of where the finding begins."""


class Place(NamedTuple):
    """A stretch of a file: lines and columns from 1, columns in code points, the end exclusive."""

    filename: str
    line: int
    column: int
    end_line: int
    end_column: int


class PlacedEdit(NamedTuple):
    """An edit, placed in its file."""

    place: Place
    content: str


class PlacedFix(NamedTuple):
    """A fix, placed in its file."""

    applicability: Applicability
    message: str
    edits: tuple[PlacedEdit, ...]
    recode: bool


class Excerpt(NamedTuple):
    """Part of the line that a finding begins in: ``text``, in which ``start`` to ``end`` is the finding."""

    text: str
    start: int
    end: int
    is_cut_before: bool
    is_cut_behind: bool


class Diagnostic(NamedTuple):
    """A finding as reports show it.

    ``text_line`` and ``text_column`` (from 1) count inside the document's text; outside record files they are the
    file's. ``record`` and ``field`` are None outside record files.
    """

    place: Place
    code: str
    name: str
    severity: Severity
    confidence: Confidence
    message: str
    text: str
    occurrences: int
    record: int | None
    field: str | None
    text_line: int
    text_column: int
    related: tuple[Place, ...]
    fix: PlacedFix | None
    fingerprint: str
    excerpt: Excerpt


def place(document: Document, start: int, end: int) -> Place:
    """Where in its file a stretch of a document is."""
    filename = document.source.name if document.source else "-"
    return Place(filename, *document.file_position(start), *document.file_position(end))


def diagnose(result: Result) -> Diagnostic:
    """The diagnostic of a finding."""
    rule, document, finding = result
    text_line, text_column = document.position(finding.start)
    fix = None
    if finding.fix is not None:
        edits = tuple(PlacedEdit(place(document, e.start, e.end), e.content) for e in finding.fix.edits)
        fix = PlacedFix(finding.fix.applicability, finding.fix.message, edits, finding.fix.recode)
    in_record = document.record is not None
    return Diagnostic(
        place=place(document, finding.start, finding.end),
        code=rule.code,
        name=rule.name,
        severity=finding.severity or rule.severity,
        confidence=finding.confidence or rule.confidence,
        message=finding.message,
        text=document.text[finding.start : finding.end],
        occurrences=finding.occurrences,
        record=document.record.number if document.record else None,
        field=document.record.field if document.record else None,
        text_line=text_line + (1 if in_record else document.first_line),
        text_column=text_column + 1,
        related=tuple(place(*related) for related in finding.related),
        fix=fix,
        fingerprint=fingerprint(rule.code, document, finding.start, finding.end),
        excerpt=_excerpt(document, finding.start, finding.end),
    )


def fingerprint(code: str, document: Document, start: int, end: int) -> str:
    """What a finding is known by, version 1: its rule, its text and a little context, folded; not its place.

    16 hexadecimal digits of BLAKE2b over code, text and the `CONTEXT` folded characters on each side.
    """
    before = fold(document.text[max(start - 4 * CONTEXT, 0) : start]).text[-CONTEXT:]
    behind = fold(document.text[end : end + 4 * CONTEXT]).text[:CONTEXT]
    parts = (code, before, fold(document.text[start:end]).text, behind)
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _excerpt(document: Document, start: int, end: int) -> Excerpt:
    line, column = document.position(start)
    text = document.line_text(line)
    first = max(column - SHOWN, 0)
    last = min(column + SHOWN, len(text))
    stop = min(column + end - start, last)
    return Excerpt(text[first:last], column - first, stop - first, first > 0, last < len(text))
