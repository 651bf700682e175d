"""Symptoms: findings inside text of which another finding says that it is none.

Where text was read wrongly, the lost bytes, control characters and odd signs in it are no defects of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .engine import Result


def without_symptoms(results: Sequence[Result]) -> list[Result]:
    """The findings but for those that lie in what a rule that `explains` has found, or would mend.

    One that stands for several places of a line goes when its place does, and all of its edits if it has any. Of two
    explanations the longer one stays; one that stands for more than its place is no part of another.
    """
    places: dict[int, list[tuple[int, int]]] = {}
    for result in results:
        if result.rule.explains:
            places.setdefault(id(result.document), []).extend(_places(result))
    if not places:
        return [*results]
    return [result for result in results if not _is_symptom(result, places.get(id(result.document), ()))]


def _places(result: Result) -> list[tuple[int, int]]:
    """The finding's own place, and those of its edits."""
    finding = result.finding
    edits = finding.fix.edits if finding.fix else ()
    return [(finding.start, finding.end), *((edit.start, edit.end) for edit in edits)]


def _is_symptom(result: Result, known: Sequence[tuple[int, int]]) -> bool:
    longer = 0
    if result.rule.explains:
        if result.finding.occurrences > 1:
            return False
        longer = 1
    return all(
        any(first <= start and end <= last and last - first >= end - start + longer for first, last in known)
        for start, end in _places(result)
    )
