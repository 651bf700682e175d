"""Diagnostics as plain tuples, which can be written down fast, and back."""

from __future__ import annotations

from typing import Any

from ..diagnostic import Diagnostic, Excerpt, Place, PlacedEdit, PlacedFix
from ..finding import Applicability, Confidence, Likeness, Severity
from ..identity import Identity

Plain = tuple[Any, ...]


def plain(diagnostic: Diagnostic) -> Plain:
    """The diagnostic as a tuple of tuples, numbers and texts."""
    values = list(diagnostic)
    for number, (write, _) in _WAYS.items():
        if values[number] is not None:
            values[number] = write(values[number])
    return tuple(values)


def diagnostic(plain: Plain) -> Diagnostic:
    """The diagnostic that `plain` was given."""
    values = list(plain)
    for number, (_, read) in _WAYS.items():
        if values[number] is not None:
            values[number] = read(values[number])
    return Diagnostic._make(values)


def _value(member: Any) -> str:
    value: str = member.value
    return value


def _places(places: tuple[Plain, ...]) -> tuple[Plain, ...]:
    return tuple(map(tuple, places))


def _read_places(places: tuple[Plain, ...]) -> tuple[Place, ...]:
    return tuple(map(Place._make, places))


def _fix(fix: PlacedFix) -> Plain:
    edits = tuple([(tuple(edit.place), edit.content, edit.written) for edit in fix.edits])
    return fix.applicability.value, fix.message, edits, fix.recode, fix.line_end


def _read_fix(fix: Plain) -> PlacedFix:
    applicability, message, edits, recode, line_end = fix
    placed = tuple([PlacedEdit(Place._make(place), content, written) for place, content, written in edits])
    return PlacedFix(_APPLICABILITIES[applicability], message, placed, recode, line_end)


_APPLICABILITIES = {member.value: member for member in Applicability}
_BY_NAME: dict[str, tuple[Any, Any]] = {
    "place": (tuple, Place._make),
    "severity": (_value, {member.value: member for member in Severity}.__getitem__),
    "confidence": (_value, {member.value: member for member in Confidence}.__getitem__),
    "related": (_places, _read_places),
    "fix": (_fix, _read_fix),
    "identity": (tuple, Identity._make),
    "excerpt": (tuple, Excerpt._make),
    "likeness": (tuple, Likeness._make),
}
_WAYS = {number: _BY_NAME[name] for number, name in enumerate(Diagnostic._fields) if name in _BY_NAME}
"""By the number of a field that is not plain: how it is written and read."""
