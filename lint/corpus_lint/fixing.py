"""Fixing: edits chosen, made and checked, pass after pass, until nothing is left to fix."""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING

from .finding import Applicability
from .named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Sequence

    from .document import Document
    from .engine import Result
    from .finding import Edit

PASSES = 10


class UnstableError(Exception):
    """Fixes that undo each other, or that make new findings of their own kind; names the rules."""


class Fixed(NamedTuple):
    """A document after fixing: how many defects each rule mended, and what is still found."""

    document: Document
    mended: Counter[str]
    left: list[Result]


def allowed(result: Result, applicability: Applicability) -> bool:
    """Whether the finding has edits that may be made under ``applicability``."""
    fix = result.finding.fix
    if fix is None or not fix.edits:
        return False
    return fix.applicability is Applicability.SAFE or applicability is Applicability.UNSAFE


def fix_document(
    document: Document,
    check: Callable[[Document], list[Result]],
    applicability: Applicability,
    results: Sequence[Result] | None = None,
) -> Fixed:
    """Mend what may be mended, until a pass finds nothing more to mend.

    Args:
        document: what to mend; it is not changed.
        check: gives the findings in a document.
        applicability: UNSAFE allows both kinds of fix.
        results: what ``check`` gives for the document, when that is known already.

    Raises:
        UnstableError: no rest after `PASSES` passes, or a rule is found more often for its own fixes.
    """
    from collections import Counter

    original = document
    left = found = check(document) if results is None else list(results)
    before = Counter(result.rule.code for result in left)
    mended: Counter[str] = Counter()
    for _ in range(PASSES):
        chosen = _choose([result for result in left if allowed(result, applicability)])
        if not chosen:
            break
        edits: list[Edit] = []
        for result in chosen:
            mended[result.rule.code] += result.finding.occurrences
            edits += result.finding.fix.edits if result.finding.fix else ()
        document = document.edited(sorted(edits))
        left = check(document)
    else:
        rules = ", ".join(sorted({result.rule.code for result in left if allowed(result, applicability)}))
        raise UnstableError(f"the fixes of {rules} do not come to rest after {PASSES} passes")
    after = Counter(result.rule.code for result in left)
    more = [code for code in mended if after[code] > before[code]]
    worse = [code for code in more if _worsens(code, original, check, applicability, found)]
    if worse:
        raise UnstableError(f"the fix of {', '.join(sorted(worse))} leaves more findings than there were")
    return Fixed(document, mended, left)


def _worsens(
    code: str,
    document: Document,
    check: Callable[[Document], list[Result]],
    applicability: Applicability,
    found: Sequence[Result],
) -> bool:
    """Whether a rule is found more often when its own fixes are made, and no others.

    What another rule has mended may well let a rule find more: a menu that is no longer one, lines of their own.
    """
    own = [result for result in found if result.rule.code == code]
    left = own
    for _ in range(PASSES):
        chosen = _choose([result for result in left if allowed(result, applicability)])
        if not chosen:
            break
        edits = [edit for result in chosen if result.finding.fix for edit in result.finding.fix.edits]
        document = document.edited(sorted(edits))
        left = [result for result in check(document) if result.rule.code == code]
    return len(left) > len(own)


def _choose(results: Sequence[Result]) -> list[Result]:
    """Findings whose edits do not touch each other; the first by position, then by rule order, wins."""
    chosen: list[Result] = []
    taken: list[tuple[int, int]] = []
    for result in results:
        spans = [(edit.start, edit.end) for edit in result.finding.fix.edits] if result.finding.fix else []
        if not any(_touches(span, taken) for span in spans):
            chosen.append(result)
            for span in spans:
                insort(taken, span)
    return chosen


def _touches(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a span overlaps one of the taken ones, which are in order and apart; neighbours do not overlap."""
    place = bisect_left(taken, span)
    return any(
        span == other or (span[0] < other[1] and other[0] < span[1]) for other in taken[max(place - 1, 0) : place + 1]
    )
