"""Stretches of damaged text: misread runs with what stands between and behind them that is no text either.

A reading of its own accord loses bytes, and a byte lost in double-byte text puts what follows out of step. What is
left there is nothing that could be read; it belongs to the same damage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lint.finding import Edit
from corpus_lint.named_tuple import NamedTuple

from ._blocks import UNKNOWN
from ._model import model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ._pairs import Run

STRANGE = 14.0
"""Bits a character from which text looks misread."""
POOR = 3.0
"""Bits of evidence a character below which a run among others is no text: bytes that are out of step."""
READABLE = 0.75
"""Share of a stretch that must be read for a fix, which leaves holes for the rest."""
FAR = 60
"""Characters beside a run, at most, that may belong to it."""
STRAY = 3
"""Characters for each lost one, at most, that are rubbish with it."""
APART = 3
"""Characters, at most, that stand rightly between two runs of one finding."""


class Stretch(NamedTuple):
    """Damaged text from ``start`` to ``end``; the runs are what of it can be read."""

    start: int
    end: int
    runs: tuple[Run, ...]

    def holes(self, text: str) -> list[tuple[int, int]]:
        """What of it cannot be read, as bytes are lost; other gaps between the runs stand rightly."""
        ends = [self.start, *(run.end for run in self.runs)]
        starts = [*(run.start for run in self.runs), self.end]
        gaps = zip(ends, starts, strict=True)
        return [(start, end) for start, end in gaps if any(map(_is_lost, text[start:end]))]

    def is_readable(self, holes: Sequence[tuple[int, int]]) -> bool:
        """Whether enough of it can be read to write down what can."""
        return sum(end - start for start, end in holes) <= (1 - READABLE) * (self.end - self.start)

    def edits(self, text: str, restored: Sequence[str], hole: str) -> list[Edit]:
        """What makes the runs right, with a sign for each hole, neighbours together."""
        parts = [Edit(run.start, run.end, one) for run, one in zip(self.runs, restored, strict=True)]
        parts += [Edit(start, end, hole) for start, end in self.holes(text)]
        found: list[Edit] = []
        for part in sorted(parts):
            if found and found[-1].end == part.start:
                part = Edit(found[-1].start, part.end, found.pop().content + part.content)
            found.append(part)
        return found


def stretches(text: str, runs: Sequence[Run]) -> Iterator[Stretch]:
    """The runs of a line, joined where nothing but debris or next to nothing stands between them."""
    group: list[Run] = []
    for run in runs:
        if group and run.start - group[-1].end > APART and not _is_debris(text, group[-1].end, run.start):
            yield _stretch(text, group)
            group = []
        group.append(run)
    if group:
        yield _stretch(text, group)


def _stretch(text: str, group: Sequence[Run]) -> Stretch:
    start, end = _begin(text, group[0].start), _finish(text, group[-1].end)
    best = max(group, key=_evidence)
    # A run that is no text belongs to the hole beside it.
    kept = [
        run
        for run in group
        if run is best or _evidence(run) >= POOR or not any(map(_is_lost, text[run.start - 1 : run.end + 1]))
    ]
    return Stretch(start, end, tuple(kept))


def _evidence(run: Run) -> float:
    """Bits of evidence for each character of a run, by which it is likelier than chance."""
    return run.evidence / max(1, sum(c > "\x7f" for c in run.restored))


def _begin(text: str, start: int) -> int:
    """Where debris begins that ends at ``start``."""
    for belongs in (_is_odd, _is_hole):
        length = _length(reversed(text[max(0, start - FAR) : start]), belongs)
        if length and _is_debris(text, start - length, start):
            return start - length
    return start


def _finish(text: str, end: int) -> int:
    """Where debris ends that begins at ``end``."""
    for belongs in (_is_odd, _is_hole):
        length = _length(text[end : end + FAR], belongs)
        if length and _is_debris(text, end, end + length):
            return end + length
    return end


def _length(characters: Iterator[str] | str, belongs: Callable[[str], bool]) -> int:
    """How many characters belong to debris, before the first that does not; question marks at its end are none."""
    length = 0
    for at, character in enumerate(characters, 1):
        if not belongs(character):
            break
        if character != "?":
            length = at
    return length


def _is_debris(text: str, start: int, end: int) -> bool:
    """Whether what stands there is lost bytes, private-use and control characters, and little that does not fit."""
    bits = model().bits
    lost = sum(map(_is_lost, text[start:end]))
    others = [at for at in range(start, end) if text[at] > "\x7f" and not _is_lost(text[at])]
    if not lost or len(others) > STRAY * lost:
        return False
    return sum(bits(text[at - 1] if at else " ", text[at]) for at in others) >= STRANGE * len(others)


def _is_lost(character: str) -> bool:
    """Whether the character stands for bytes that were none."""
    return character == UNKNOWN or "\x80" <= character < "\xa0" or "\ue000" <= character < "\uf900"


def _is_hole(character: str) -> bool:
    return character == "?" or _is_lost(character)


def _is_odd(character: str) -> bool:
    return character == "?" or (character > "\x7f" and character != "\u3000")
