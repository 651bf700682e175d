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

    One that stands for several places of a line goes when its place does, and all of its edits if it has any.
    """
    places: dict[int, list[tuple[int, int]]] = {}
    for result in results:
        if result.rule.explains:
            places.setdefault(id(result.document), []).extend(_places(result))
    return (
        [result for result in results if result.rule.explains or not _is_inside(result, places)]
        if places
        else [*results]
    )


def _places(result: Result) -> list[tuple[int, int]]:
    """The finding's own place, and those of its edits."""
    finding = result.finding
    edits = finding.fix.edits if finding.fix else ()
    return [(finding.start, finding.end), *((edit.start, edit.end) for edit in edits)]


def _is_inside(result: Result, places: dict[int, list[tuple[int, int]]]) -> bool:
    known = places.get(id(result.document), ())
    return all(any(first <= start and end <= last for first, last in known) for start, end in _places(result))
