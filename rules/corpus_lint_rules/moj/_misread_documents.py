"""Misread text in a document that is misread as a whole: what proves it in one line speaks for the others."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from . import _misread_runs as runs
from ._pairs import search

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus_lint.document import Document, Line
    from corpus_lint.finding import Finding

    from ._misread_runs import Standard
    from ._pairs import Misreading
    from ._signs import Signs

PROVEN = 16
"""Characters, as they stand, that are misread beyond doubt in a document of which other lines are judged by them."""
SHARE = 3
"""They are one of so many of its characters outside ASCII, at least."""
WHOLE = 0.8
"""Share of such characters of another line that must be misread like them: that is no chance."""
LESS = 0.5
"""Share of the bits, which a line takes by itself, that such a line takes."""


def findings(document: Document, lines: Sequence[Line], signs: Signs, standard: Standard) -> Iterator[Finding]:
    """A finding for every misread run.

    Args:
        document: the document.
        lines: those of its lines that have a sign.
        signs: the signs.
        standard: what a line takes by itself.
    """
    seen: set[int] = set()
    proof: Counter[Misreading] = Counter()
    for line in lines:
        for finding, found in runs.judged(line.text, signs, standard):
            yield finding.shifted(line.start)
            seen.add(line.start)
            if found.lead >= runs.CLEAR:
                proof[found.runs[0].misreading] += sum(run.end - run.start for run in found.runs)
    if not proof:
        return
    ((misreading, size),) = proof.most_common(1)
    if size < PROVEN or size * SHARE < sum(character > "\x7f" for character in document.text):
        return
    for line in document.lines():
        if line.start not in seen and not line.text.isascii():
            for finding in _by_others(line.text, misreading, standard):
                yield finding.shifted(line.start)


def _by_others(text: str, misreading: Misreading, standard: Standard) -> Iterator[Finding]:
    """What is found in a line that would prove nothing by itself."""
    found = search(text, 0, len(text), misreading)
    if found is None or found.gain < LESS * standard.gain:
        return
    strange = sum(c > "\x7f" for c in text)
    inside = sum(c > "\x7f" for run in found.runs for c in text[run.start : run.end])
    if inside >= WHOLE * strange:
        yield from runs.of_answer(text, found, standard)
