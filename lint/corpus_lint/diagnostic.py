"""Diagnostics: findings with everything that a report needs, so that the documents can go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .named_tuple import NamedTuple

if TYPE_CHECKING:
    from .document import Document
    from .engine import Result
    from .finding import Applicability, Confidence, Likeness, Severity
    from .identity import Identity

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
    """An edit, placed in its file.

    Attributes:
        place: what it replaces.
        content: the new text.
        written: the new text as the file has it there, with the escapes of a record.
    """

    place: Place
    content: str
    written: str


class PlacedFix(NamedTuple):
    """A fix, placed in its file."""

    applicability: Applicability
    message: str
    edits: tuple[PlacedEdit, ...]
    recode: bool
    line_end: str


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
    file's. ``record``, ``record_id`` and ``field`` are None outside record files, ``record_id`` also where a record has
    none that is known. ``identity`` is None where nobody asked for it, ``excerpt`` where the corpus may not be quoted.
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
    record_id: str | None
    field: str | None
    text_line: int
    text_column: int
    related: tuple[Place, ...]
    fix: PlacedFix | None
    identity: Identity | None
    excerpt: Excerpt | None
    likeness: Likeness | None = None

    @property
    def fingerprint(self) -> str:
        """What the finding is known by; empty where nobody asked for it."""
        return self.identity.fingerprint if self.identity else ""


def place(document: Document, start: int, end: int) -> Place:
    """Where in its file a stretch of a document is."""
    filename = document.source.name if document.source else "-"
    return Place(filename, *document.file_position(start), *document.file_position(end))


def diagnose(result: Result, *, identified: bool = True) -> Diagnostic:
    """The diagnostic of a finding; making its identity costs time, and not every report shows it."""
    rule, document, finding = result
    text_line, text_column = document.position(finding.start)
    fix = None
    if finding.fix is not None:
        edits = tuple(
            PlacedEdit(place(document, edit.start, edit.end), edit.content, document.written(edit.content))
            for edit in finding.fix.edits
        )
        fix = PlacedFix(finding.fix.applicability, finding.fix.message, edits, finding.fix.recode, finding.fix.line_end)
    in_record = document.record is not None
    return Diagnostic(
        place=place(document, finding.start, finding.end),
        code=rule.code,
        name=rule.name,
        severity=finding.severity or rule.severity,
        confidence=finding.confidence or rule.confidence,
        message=finding.message,
        text=document.piece(finding.start, finding.end),
        occurrences=finding.occurrences,
        record=document.record.number if document.record else None,
        record_id=document.record.identifier if document.record else None,
        field=(document.record.field or None) if document.record else None,
        text_line=text_line + (1 if in_record else document.first_line),
        text_column=text_column + 1 + (0 if text_line or in_record else document.first_column),
        related=tuple(place(*related) for related in finding.related),
        fix=fix,
        identity=identify_result(result) if identified else None,
        excerpt=_excerpt(document, finding.start, finding.end),
        likeness=finding.likeness,
    )


def identify_result(result: Result) -> Identity:
    """What a finding is known by."""
    from .identity import identify, identify_file
    from .rule import SourceRule

    rule, document, finding = result
    if isinstance(rule, SourceRule):
        return identify_file(rule.code, document)
    whole_line = rule.whole_lines or finding.occurrences > 1
    return identify(rule.code, document, finding.start, finding.end, whole_line=whole_line)


def _excerpt(document: Document, start: int, end: int) -> Excerpt:
    line, column = document.position(start)
    text = document.line_text(line)
    first = max(column - SHOWN, 0)
    last = min(column + SHOWN, len(text))
    stop = min(column + end - start, last)
    return Excerpt(text[first:last], column - first, stop - first, first > 0, last < len(text))
