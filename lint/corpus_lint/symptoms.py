"""Symptoms: findings inside text of which another finding says that it is none.

Where text was read wrongly, the lost bytes, control characters and odd signs in it are no defects of their own. A rule
may also explain the findings of a few others only: of a menu's lines none is told by itself.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .engine import Result


def without_symptoms(results: Sequence[Result]) -> list[Result]:
    """The findings but for those that lie in what a rule that `explains` has found, or would mend.

    One that stands for several places of a line goes when its place does, and all of its edits if it has any. Of two
    explanations the longer one stays; one that stands for more than its place is no part of another.
    """
    places: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for result in results:
        for code in ("", *result.rule.explains_of) if result.rule.explains else result.rule.explains_of:
            places.setdefault((id(result.document), code), []).extend(_places(result))
    if not places:
        return [*results]
    return [
        result
        for result in results
        if not any(
            known and _is_symptom(result, known)
            for code in ("", result.rule.code)
            for known in (places.get((id(result.document), code)),)
        )
    ]


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
