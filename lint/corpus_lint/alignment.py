"""Alignment: from a place where two texts share a gram to the passage that they share, judged on the texts themselves.

All positions are those of folded characters (`corpus_lint.winnowing.fold`) unless called offsets.
"""

from __future__ import annotations

from itertools import pairwise

from .extension import RAGGED, SIMILAR, extended, shared
from .folded_text import Passage, Stretch, Text, weight
from .named_tuple import NamedTuple

GAP = 64
"""So many folded characters may stand between two equal stretches of one passage."""
ALIKE_GAP = 192
"""So many may, if they are like those of the copy."""


def self_similar(folded: str) -> bool:
    """Whether a passage is a loop or the rows of a table: its own parts are alike."""
    sample = folded[:1024]
    grams = len(sample) - 7
    return grams > 0 and 2 * len({sample[n : n + 8] for n in range(grams)}) < grams


def too_little(later: Text, stretches: list[Stretch], shortest: int) -> bool:
    """Whether the stretches say less than a third of what a passage must."""
    length = sum(stretch.length for stretch in stretches)
    if 3 * length >= shortest:
        return False
    return (
        9 * length < shortest
        or 3 * sum(weight(later.folded[s.later : s.later + s.length]) for s in stretches) < shortest
    )


def confirm(later: Text, earlier: Text, stretches: list[Stretch], shortest: int) -> list[Passage]:
    """The passages, in order, that are made of equal stretches and of what differs between them.

    Args:
        later: the text with the later copy.
        earlier: the text with the earlier copy; the same object when both are in one document.
        stretches: what is the same, in the order of both texts and without overlap.
        shortest: least weight of a passage.

    A third of a passage at least is equal stretches; the rest may be between them, or make up the first and the last
    lines. Where all of it together is too little like its copy, it is cut where the texts are furthest apart.
    """
    if too_little(later, stretches, shortest):
        return []
    passages: list[Passage] = []
    gaps = [_Gap.between(later, earlier, one, two) for one, two in pairwise(stretches)]
    parts = [(0, len(stretches))]
    low = 0
    while parts:
        first, last = parts.pop()
        part, inner = stretches[first:last], gaps[first : last - 1]
        high = stretches[last].later if last < len(stretches) else len(later.folded)
        core = _core(part, inner)
        if core.similarity >= SIMILAR:
            # Cut, it would say still less.
            passage = _judged(later, earlier, core, shortest, low, high)
            if passage is not None:
                trimmed = _trimmed(later, earlier, part, shortest // 2)
                if trimmed != part and (_enough(later, trimmed, shortest) or not _enough(later, part, shortest)):
                    passage = _judged(later, earlier, _core(trimmed, inner), shortest, low, high) or passage
                if not self_similar(later.folded[passage.start : passage.end]):
                    passages.append(passage)
                low = passage.end
            continue
        if inner:
            cut = first + 1 + max(range(len(inner)), key=lambda number: inner[number].size)
            parts += [(cut, last), (first, cut)]
    return passages


class _Gap(NamedTuple):
    """What differs between two stretches: characters of the longer side, and how many both sides share in order."""

    size: int
    same: int

    @classmethod
    def between(cls, later: Text, earlier: Text, one: Stretch, two: Stretch) -> _Gap:
        piece = later.folded[one.later + one.length : two.later]
        copy = earlier.folded[one.earlier + one.length : two.earlier]
        return cls(max(len(piece), len(copy)), shared(piece, copy) if piece and copy else 0)


def _core(stretches: list[Stretch], gaps: list[_Gap]) -> Passage:
    """From the first to the last of the stretches."""
    first, last = stretches[0], stretches[-1]
    end, earlier_end = last.later + last.length, last.earlier + last.length
    same = sum(stretch.length for stretch in stretches) + sum(gap.same for gap in gaps)
    similarity = 2 * same / (end - first.later + earlier_end - first.earlier)
    return Passage(first.later, end, first.earlier, earlier_end, similarity)


def _judged(later: Text, earlier: Text, core: Passage, shortest: int, low: int, high: int) -> Passage | None:
    """The passage that has the core, with the lines around as far as they are alike; None if it says too little."""
    enough = weight(later.folded[core.start : core.end]) >= shortest
    if core.similarity == 1 and enough:
        return core
    longer = extended(later, earlier, core, low, high)
    if longer.similarity >= SIMILAR and (enough or weight(later.folded[longer.start : longer.end]) >= shortest):
        return longer
    return core if enough and core.similarity >= SIMILAR else None


def _enough(later: Text, stretches: list[Stretch], shortest: int) -> bool:
    return weight(later.folded[stretches[0].later : stretches[-1].later + stretches[-1].length]) >= shortest


def _trimmed(later: Text, earlier: Text, stretches: list[Stretch], chance: int) -> list[Stretch]:
    """The stretches without the part of a line, of at most the weight ``chance``, at either end.

    The end of the line before a copy is often the same by chance, as is the beginning of the heading behind it.
    """
    first = stretches[0]
    piece = later.line(first.later)[1] - first.later
    if (
        piece < first.length
        and weight(later.folded[first.later : first.later + piece]) <= chance
        and earlier.begins_line(first.earlier + piece)
        and not (later.begins_line(first.later) and earlier.begins_line(first.earlier))
    ):
        rest = Stretch(first.later + piece, first.earlier + piece, first.length - piece)
        stretches = [rest, *stretches[1:]]
    last = stretches[-1]
    end, earlier_end = last.later + last.length, last.earlier + last.length
    piece = end - later.line(end - 1)[0]
    if (
        piece < last.length
        and weight(later.folded[end - piece : end]) <= chance
        and earlier.begins_line(earlier_end - piece)
        and not (later.begins_line(end) and earlier.begins_line(earlier_end))
    ):
        stretches = [*stretches[:-1], last._replace(length=last.length - piece)]
    return stretches


def join(one: Passage, other: Passage) -> Passage | None:
    """Two passages, in order, as one, if they touch in both copies; None if they do not, or both copies are exact."""
    if not (0 <= other.start - one.end <= RAGGED and 0 <= other.earlier_start - one.earlier_end <= RAGGED):
        return None
    if one.similarity == 1 == other.similarity:
        return None
    same = sum(p.similarity * (p.end - p.start + p.earlier_end - p.earlier_start) for p in (one, other))
    size = other.end - one.start + other.earlier_end - one.earlier_start
    return Passage(one.start, other.end, one.earlier_start, other.earlier_end, same / size)
