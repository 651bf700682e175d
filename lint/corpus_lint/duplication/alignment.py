"""Alignment: from a place where two texts share a gram to the passage that they share, judged on the texts themselves.

All positions are those of folded characters (`winnowing.fold`) unless called offsets.
"""

from __future__ import annotations

from itertools import pairwise

from ..named_tuple import NamedTuple
from .extension import RAGGED, SIMILAR, extended, grown_back, grown_on, shared
from .folded_text import Passage, Stretch, Text, says
from .native_passages import passage_loops

GAP = 64
"""So many folded characters may stand between two equal stretches of one passage."""
ALIKE_GAP = 192
"""So many may, if they are like those of the copy."""
NEARLY = 1.25
"""So much longer a passage may become by the lines around, for these to be looked at."""
GAIN = 60
"""What a passage that says enough must gain at an end to be told of as part of a longer one that is less alike."""
GAINED = 8
"""It must also be the so-maniest part of what it says, unless that is not the same anyway and lines end there."""


_FEW = 400
"""Up to so many runs of characters, most begin with a character of their own, in Han."""


def least_to_extend(shortest: int) -> int:
    """What a passage must say for the lines around it to be looked at."""
    return int(shortest / NEARLY)


def self_similar(text: Text, start: int, end: int) -> bool:
    """Whether a passage is a loop or the rows of a table: its own parts are alike."""
    loops = passage_loops()
    if loops is not None:
        return loops.repeats(text.folded, start, end)
    sample = text.folded[start : min(end, start + 1024)]
    grams = len(sample) - 7
    if grams <= 0:
        return False
    some = grams * 5 // 8
    if text.is_of_much:
        # Nearly always the first ones are enough.
        at_least = (_distinct_at_least(sample, number) for number in (some, grams))
        return not any(2 * known >= grams for known in at_least) and 2 * distinct(sample) < grams
    # Of runs that begin with different characters nothing else need be known.
    if grams <= _FEW and 2 * len(set(sample[:grams])) >= grams:
        return False
    found = {sample[n : n + 8] for n in range(some)}
    if 2 * len(found) >= grams:
        return False
    found.update(sample[n : n + 8] for n in range(some, grams))
    return 2 * len(found) < grams


def _distinct_at_least(sample: str, grams: int) -> int:
    """So many of the first runs of eight characters of a text are different, at least, told by their first halves."""
    import numpy as np

    data = sample.encode("utf-16-le", "surrogatepass")
    if len(data) != 2 * len(sample):
        return 0
    halves = np.ndarray((grams,), np.uint64, data, 0, (2,)).copy()
    halves.sort()
    return 1 + int(np.count_nonzero(halves[1:] != halves[:-1]))


def distinct(sample: str) -> int:
    """How many different runs of eight characters a text has, told by their hashes."""
    import numpy as np

    codes = np.frombuffer(sample.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    codes = (codes[:-1] << np.uint64(32)) + codes[1:]
    for factor, by in ((np.uint64(0x9E3779B97F4A7C15), 2), (np.uint64(0xC2B2AE3D27D4EB4F), 4)):
        codes = codes[:-by] * factor ^ codes[by:]
        codes ^= codes >> np.uint64(29)
    codes.sort()
    return 1 + int(np.count_nonzero(codes[1:] != codes[:-1]))


def too_little(later: Text, stretches: list[Stretch], shortest: int) -> bool:
    """Whether the stretches say less than a third of what a passage must, or half in an alphabet."""
    length = 0
    for stretch in stretches:
        length += stretch.length
    if 2 * length >= shortest:
        return False
    if 9 * length < shortest:
        return True
    return sum([later.evidence(one.later, one.later + one.length) for one in stretches]) < shortest


class Growth(NamedTuple):
    """How a chain of stretches goes on where nothing is in its way, as `grown_back` and `grown_on` find it.

    Attributes:
        before: the equal stretches before it; None where that is not known.
        behind: likewise, behind it.
        low: from where on in the later and the earlier text nothing may be in its way.
        high: likewise, up to where.
        is_little: whether all of it says too little for the lines around it to be looked at.
    """

    before: list[Stretch] | None
    behind: list[Stretch] | None
    low: tuple[int, int]
    high: tuple[int, int]
    is_little: bool

    def back(self, low: tuple[int, int]) -> list[Stretch] | None:
        """The stretches before it that lie behind a place in both texts; None where that is not known."""
        return self.before if low[0] <= self.low[0] and low[1] <= self.low[1] else None

    def on(self, high: tuple[int, int]) -> list[Stretch] | None:
        """Likewise those behind it, before a place in both texts."""
        return self.behind if high[0] >= self.high[0] and high[1] >= self.high[1] else None

    def is_too_little(self, low: int, high: int) -> bool:
        """Whether nothing can be made of it between two places of the later text."""
        return self.is_little and low <= self.low[0] and high >= self.high[0]


def confirm(
    later: Text,
    earlier: Text,
    stretches: list[Stretch],
    shortest: int,
    low: int = 0,
    high: int | None = None,
    growth: Growth | None = None,
) -> list[Passage]:
    """The passages, in order, that are made of equal stretches and of what differs between them.

    Args:
        later: the text with the later copy.
        earlier: the text with the earlier copy; the same object when both are in one document.
        stretches: what is the same, in the order of both texts and without overlap; not `too_little`.
        shortest: least weight of a passage.
        low: in the later text, where it may begin.
        high: likewise, where it must end; None for the end of the text.
        growth: how the stretches go on, where that is known.

    A third of a passage at least is equal stretches (half in an alphabet); the rest may be between them, or make up the
    first and the last lines. Where all of it together is too little like its copy, it is cut where the texts are
    furthest apart.
    """
    passages: list[Passage] = []
    gaps = [_Gap.between(later, earlier, one, two) for one, two in pairwise(stretches)]
    parts = [(0, len(stretches))]
    lowest, highest = (low, 0), (len(later.folded) if high is None else high, len(earlier.folded))
    while parts:
        first, last = parts.pop()
        part, inner = stretches[first:last], gaps[first : last - 1]
        core = _core(part, inner)
        if core.similarity >= SIMILAR:
            # Cut, it would say still less.
            above = (stretches[last].later, stretches[last].earlier) if last < len(stretches) else highest
            known = growth if len(part) == len(stretches) else None
            passage = _judged(later, earlier, part, inner, core, shortest, (lowest, above), known)
            if passage is not None and not self_similar(later, passage.start, passage.end):
                passages.append(passage)
                lowest = (passage.end, passage.earlier_end)
        elif inner:
            cut = first + 1 + max(range(len(inner)), key=lambda number: inner[number].size)
            parts += [(cut, last), (first, cut)]
    return passages


class _Gap(NamedTuple):
    """What differs between two stretches: characters of the longer side, and how many both sides share in order."""

    size: int
    same: int

    @classmethod
    def between(cls, later: Text, earlier: Text, one: Stretch, two: Stretch) -> _Gap:
        end, copy_end = one.later + one.length, one.earlier + one.length
        size, copy_size = two.later - end, two.earlier - copy_end
        if size <= 0 or copy_size <= 0:
            return cls(max(size, copy_size, 0), 0)
        differs, copy = later.folded[end : two.later], earlier.folded[copy_end : two.earlier]
        if size == 1 or copy_size == 1:
            # Nearly all are so short.
            return cls(max(size, copy_size), int(differs in copy or copy in differs))
        return cls(max(size, copy_size), shared(differs, copy))


def _core(stretches: list[Stretch], gaps: list[_Gap]) -> Passage:
    """From the first to the last of the stretches."""
    first, last = stretches[0], stretches[-1]
    end, earlier_end = last.later + last.length, last.earlier + last.length
    if first is last:
        return Passage(first.later, end, first.earlier, earlier_end, 1.0)
    same = sum([stretch.length for stretch in stretches]) + sum([gap.same for gap in gaps])
    similarity = 2 * same / (end - first.later + earlier_end - first.earlier)
    return Passage(first.later, end, first.earlier, earlier_end, similarity)


def _judged(
    later: Text,
    earlier: Text,
    part: list[Stretch],
    gaps: list[_Gap],
    core: Passage,
    shortest: int,
    limits: tuple[tuple[int, int], tuple[int, int]],
    growth: Growth | None,
) -> Passage | None:
    """The passage that has these stretches, as far as it goes on at either end; None if it says too little."""
    low, high = limits
    before = None if growth is None else growth.back(low)
    behind = None if growth is None else growth.on(high)
    if later is earlier:
        low = max(low[0], core.earlier_end), low[1]
    if before is None:
        before = grown_back(later, earlier, (core.start, core.earlier_start), low)
    if later is earlier:
        high = high[0], min(high[1], before[0].later if before else core.start)
    if behind is None:
        behind = grown_on(later, earlier, (core.end, core.earlier_end), high)
    whole = [*before, *part, *behind]
    if not _enough(later, whole, least_to_extend(shortest)):
        return None
    if (before or behind) and _enough(later, part, shortest):
        # It remains as like its copy as it is, but for what is clearly more of it.
        least = max(GAIN, later.weight(core.start, core.end) // GAINED)
        at_lines = GAIN if core.similarity < 1 else least
        if before and _says(later, before) < (at_lines if _begin(later, earlier, before[0]) else least):
            before = []
        if behind and _says(later, behind) < (at_lines if _end(later, earlier, behind[-1]) else least):
            behind = []
        whole = [*before, *part, *behind]
    trimmed = _trimmed(later, earlier, whole, len(before), len(behind), shortest // 2)
    if not _enough(later, trimmed, shortest) and _enough(later, whole, shortest):
        trimmed = whole
    passage = core if trimmed == part else _core(trimmed, _gaps(later, earlier, trimmed, part, gaps))
    if passage.similarity < 1 or not _enough(later, trimmed, shortest):
        longer = extended(later, earlier, passage, low[0], high[0])
        if longer.similarity >= SIMILAR:
            passage = longer
    enough = says(later, passage.start, passage.end, shortest)
    return passage if enough and passage.similarity >= SIMILAR else None


def _gaps(later: Text, earlier: Text, stretches: list[Stretch], part: list[Stretch], inner: list[_Gap]) -> list[_Gap]:
    """What differs between stretches, among which are those of a part, of which it is known."""
    before = 0
    while stretches[before].later + stretches[before].length <= part[0].later:
        before += 1
    ends = stretches[: before + 1], stretches[before + len(part) - 1 :]
    first, last = ([_Gap.between(later, earlier, one, two) for one, two in pairwise(end)] for end in ends)
    return [*first, *inner, *last]


def _enough(later: Text, stretches: list[Stretch], shortest: int) -> bool:
    return says(later, stretches[0].later, stretches[-1].later + stretches[-1].length, shortest)


def _says(later: Text, stretches: list[Stretch]) -> int:
    return sum([later.weight(one.later, one.later + one.length) for one in stretches])


def _trimmed(
    later: Text, earlier: Text, stretches: list[Stretch], before: int, behind: int, chance: int
) -> list[Stretch]:
    """The stretches without the part of a line, of at most the weight ``chance``, at either end.

    The end of the line before a copy is often the same by chance, as is the beginning of the heading behind it.
    Of the first ``before`` and the last ``behind`` stretches, all that lies in such a line goes.
    """
    ragged = RAGGED if before else 0
    first = stretches[0]
    line, following = later.line(first.later)
    piece = following - first.later
    if (
        piece <= chance
        and not (first.later - line <= ragged and _begins(earlier, first.earlier, ragged))
        and (3 * piece <= chance or later.weight(first.later, following) <= chance)
    ):
        if piece < first.length and earlier.begins_line(first.earlier + piece):
            rest = Stretch(first.later + piece, first.earlier + piece, first.length - piece)
            stretches = [rest, *stretches[1:]]
        elif before and piece >= first.length:
            return _trimmed(later, earlier, stretches[1:], before - 1, behind, chance)
    ragged = RAGGED if behind else 0
    last = stretches[-1]
    end, earlier_end = last.later + last.length, last.earlier + last.length
    line, following = later.line(end - 1)
    piece = end - line
    if (
        piece <= chance
        and not (following - end <= ragged and _ends(earlier, earlier_end, ragged))
        and (3 * piece <= chance or later.weight(line, end) <= chance)
    ):
        if piece < last.length and earlier.begins_line(earlier_end - piece):
            stretches = [*stretches[:-1], last._replace(length=last.length - piece)]
        elif behind and piece >= last.length:
            return _trimmed(later, earlier, stretches[:-1], 0, behind - 1, chance)
    return stretches


def _begin(later: Text, earlier: Text, stretch: Stretch) -> bool:
    """Whether a stretch begins where lines begin in both texts, or nearly."""
    return _begins(later, stretch.later, RAGGED) and _begins(earlier, stretch.earlier, RAGGED)


def _end(later: Text, earlier: Text, stretch: Stretch) -> bool:
    """Whether a stretch ends where lines end in both texts, or nearly."""
    end, earlier_end = stretch.later + stretch.length, stretch.earlier + stretch.length
    return _ends(later, end, RAGGED) and _ends(earlier, earlier_end, RAGGED)


def _begins(text: Text, position: int, ragged: int) -> bool:
    """Whether a line begins at ``position`` or so little before."""
    return position - text.line(position)[0] <= ragged


def _ends(text: Text, position: int, ragged: int) -> bool:
    """Whether a line ends at ``position`` or so little behind."""
    return text.line(position - 1)[1] - position <= ragged


def join(one: Passage, other: Passage) -> Passage | None:
    """Two passages, in order, as one, if they touch in both copies; None if they do not, or both copies are exact."""
    if not (0 <= other.start - one.end <= RAGGED and 0 <= other.earlier_start - one.earlier_end <= RAGGED):
        return None
    if one.similarity == 1 == other.similarity:
        return None
    same = sum(p.similarity * (p.end - p.start + p.earlier_end - p.earlier_start) for p in (one, other))
    size = other.end - one.start + other.earlier_end - one.earlier_start
    return Passage(one.start, other.end, one.earlier_start, other.earlier_end, same / size)
