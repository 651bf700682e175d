"""Diagnostics as plain tuples, which can be written down fast, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .diagnostic import Diagnostic, Excerpt, Place, PlacedEdit, PlacedFix
from .finding import Applicability, Confidence, Likeness, Severity

if TYPE_CHECKING:
    from .identity import Identity

Plain = tuple[Any, ...]

_SEVERITIES = {severity.value: severity for severity in Severity}
_CONFIDENCES = {confidence.value: confidence for confidence in Confidence}


def plain(diagnostic: Diagnostic) -> Plain:
    """The diagnostic as a tuple of tuples, numbers and texts."""
    fix, identity, excerpt, likeness = diagnostic[-4:]
    return (
        tuple(diagnostic.place),
        *diagnostic[1:3],
        diagnostic.severity.value,
        diagnostic.confidence.value,
        *diagnostic[5:12],
        tuple(map(tuple, diagnostic.related)),
        fix and (fix.applicability.value, fix.message, _edits(fix), fix.recode, fix.line_end),
        identity and tuple(identity),
        excerpt and tuple(excerpt),
        likeness and tuple(likeness),
    )


def diagnostic(plain: Plain) -> Diagnostic:
    """The diagnostic that `plain` was given."""
    place, code, name, severity, confidence, *rest, related, fix, identity, excerpt, likeness = plain
    values = (
        Place(*place),
        code,
        name,
        _SEVERITIES[severity],
        _CONFIDENCES[confidence],
        *rest,
        tuple([Place(*other) for other in related]),
        fix and _fix(*fix),
        identity and _identity(identity),
        excerpt and Excerpt(*excerpt),
        likeness and Likeness(*likeness),
    )
    return Diagnostic._make(values)


def _edits(fix: PlacedFix) -> tuple[Plain, ...]:
    return tuple([(tuple(edit.place), edit.content) for edit in fix.edits])


def _fix(applicability: str, message: str, edits: tuple[Plain, ...], recode: bool, line_end: str) -> PlacedFix:
    placed = tuple([PlacedEdit(Place(*place), content) for place, content in edits])
    return PlacedFix(Applicability(applicability), message, placed, recode, line_end)


def _identity(identity: Plain) -> Identity:
    from .identity import Identity

    return Identity(*identity)
