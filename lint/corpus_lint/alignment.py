"""Alignment: from a place where two texts share a gram to the passage that they share, judged on the texts themselves.

All positions are those of folded characters (`corpus_lint.winnowing.fold`) unless called offsets.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from . import folding, winnowing
from .folding import reading_spans
from .tables import CLASS_MASK, CLASS_SHIFT, CharacterClass, characters
from .winnowing import FIRST_SYLLABIC

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .document import Document

GAP = 64
"""So many folded characters may stand between two equal stretches of one passage."""
ALIKE_GAP = 192
"""So many may, if they are like those of the copy."""
SIMILAR = 0.75
"""Least similarity of a passage and its copy."""
SIMILAR_PIECE = 0.6
"""Least similarity of the rest of a line for a passage to be taken to begin or end with it, and of a wide gap; in an
alphabet it must be as much as that of a whole line, because letters come in the same order soon."""
LINE = 90
"""Least weight of a line that is added to a passage because it is similar; shorter lines are alike too easily."""
RAGGED = 8
"""Where a line begins or ends within so many characters of a passage, the passage is taken to begin or end with it."""

_OPENING = "\"'“‘「『《〈（(【[〔"
_CLOSING = "\"'”’」』》〉）)】]〕。，、；：？！…．.,;:?!"
_ALPHABETIC = re.compile(f"[\0-{chr(FIRST_SYLLABIC - 1)}]+")
_FULL_WIDTH = re.compile(r"[\uff01-\uff5e]")


class Stretch(NamedTuple):
    """``length`` folded characters that are the same in the later and the earlier text."""

    later: int
    earlier: int
    length: int


class Passage(NamedTuple):
    """A passage of the later text and its copy in the earlier one; ends exclusive."""

    start: int
    end: int
    earlier_start: int
    earlier_end: int
    similarity: float


class Text:
    """A document's folded text, and where its lines begin in it; the document itself is loaded when it is asked for."""

    __slots__ = ("_breaks", "_document", "_load", "_numpy", "_offsets", "folded")

    def __init__(self, load: Callable[[], Document], *, numpy: bool = False) -> None:
        self._load = load
        self._numpy = numpy
        self._document: Document | None = None
        self._offsets: array[int] | None = None
        self._breaks: Sequence[int] | None = None
        self.folded = ""
        self._fold()

    @property
    def document(self) -> Document:
        """The document."""
        if self._document is None:
            self._document = self._load()
        return self._document

    @property
    def offsets(self) -> array[int]:
        """The offset in the document of each folded character."""
        if self._offsets is None:
            self._fold()
            if self._offsets is None:
                self._offsets = winnowing.offsets(self.document.text)
        return self._offsets

    def lighten(self) -> None:
        """Keep what finds passages, and let go what is needed only to place them."""
        self.breaks()
        self._document = self._offsets = None

    def breaks(self) -> Sequence[int]:
        """Where lines begin that have any characters, in order."""
        if self._breaks is None:
            if self._numpy:
                import numpy as np

                starts = np.asarray(self.document.line_starts)
                found = np.unique(np.searchsorted(np.frombuffer(self.offsets, np.uint32), starts))
                self._breaks = array("I", found.astype(np.uint32).tobytes())
            else:
                self._breaks = sorted({bisect_left(self.offsets, start) for start in self.document.line_starts})
        return self._breaks

    def _fold(self) -> None:
        if self._numpy:
            self.folded, self._offsets = winnowing.fold_numpy(self.document.text)
        elif not self.folded:
            self.folded = winnowing.fold(self.document.text)

    def line(self, position: int) -> tuple[int, int]:
        """Where the line of the character at ``position`` begins, and where the next line with characters does."""
        breaks = self.breaks()
        index = bisect_right(breaks, position)
        return breaks[index - 1], breaks[index] if index < len(breaks) else len(self.folded)

    def begins_line(self, position: int) -> bool:
        """Whether a line begins at ``position``, or the text ends there."""
        return position == len(self.folded) or self.line(position)[0] == position

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets from and to of a passage, with the quotation marks, brackets and stops that belong to it."""
        text = self.document.text
        first, last = self.offsets[start], self.offsets[end - 1] + 1
        reading = folding.reading().match(text, last)
        last = reading.end() if reading else last
        while first and text[first - 1] in _OPENING:
            first -= 1
        while last < len(text) and text[last] in _CLOSING:
            last += 1
        return first, last


def weight(folded: str) -> int:
    """How much a folded text says: a letter or digit counts one, a Han, kana or Hangul character three."""
    return 3 * len(folded) - 2 * sum(map(len, _ALPHABETIC.findall(folded)))


def common_prefix(one: str, start: int, other: str, other_start: int, limit: int) -> int:
    """How many characters, ``limit`` at most, are the same from ``start`` and ``other_start`` on."""
    limit = min(limit, len(one) - start, len(other) - other_start)
    same, step = 0, 64
    while same < limit:
        size = min(step, limit - same)
        at, other_at = start + same, other_start + same
        if one[at : at + size] == other[other_at : other_at + size]:
            same += size
            step *= 2
        else:
            limit, step = same + size - 1, max(1, size // 2)
    return same


def common_suffix(one: str, end: int, other: str, other_end: int, limit: int) -> int:
    """How many characters, ``limit`` at most, are the same before ``end`` and ``other_end``."""
    limit = min(limit, end, other_end)
    same, step = 0, 64
    while same < limit:
        size = min(step, limit - same)
        at, other_at = end - same, other_end - same
        if one[at - size : at] == other[other_at - size : other_at]:
            same += size
            step *= 2
        else:
            limit, step = same + size - 1, max(1, size // 2)
    return same


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
    longer = _extended(later, earlier, core, low, high)
    if longer.similarity >= SIMILAR and (enough or weight(later.folded[longer.start : longer.end]) >= shortest):
        return longer
    return core if enough and core.similarity >= SIMILAR else None


def _enough(later: Text, stretches: list[Stretch], shortest: int) -> bool:
    return weight(later.folded[stretches[0].later : stretches[-1].later + stretches[-1].length]) >= shortest


def _extended(later: Text, earlier: Text, passage: Passage, low: int, high: int) -> Passage:
    """A passage with the rest of its first and last line, and the lines around, as far as they are alike.

    At either end it may grow by as much as it has.
    """
    start, end, earlier_start, earlier_end, similarity = passage
    same = similarity * (end - start + earlier_end - earlier_start) / 2
    if later is earlier:
        low = max(low, earlier_end)
    start, earlier_start, more = _extended_back(
        later, earlier, start, earlier_start, max(low, 2 * start - end), max(0, 2 * earlier_start - earlier_end)
    )
    same += more
    room = start if later is earlier else len(earlier.folded)
    end, earlier_end, more = _extended_on(
        later, earlier, end, earlier_end, min(high, 2 * end - start), min(room, 2 * earlier_end - earlier_start)
    )
    same += more
    return Passage(start, end, earlier_start, earlier_end, 2 * same / (end - start + earlier_end - earlier_start))


def _extended_back(
    later: Text, earlier: Text, start: int, earlier_start: int, low: int, earlier_low: int
) -> tuple[int, int, int]:
    """Where a passage begins if its line, and the lines before, are like those of its copy; how much is the same."""
    more = 0
    while start > low and earlier_start > earlier_low:
        (line, whole), (earlier_line, earlier_whole) = _line_before(later, start), _line_before(earlier, earlier_start)
        if whole != earlier_whole or line < low or earlier_line < earlier_low:
            break
        same = _alike(later.folded[line:start], earlier.folded[earlier_line:earlier_start], whole=whole)
        if not same:
            break
        start, earlier_start, more = line, earlier_line, more + same
    return start, earlier_start, more


def _extended_on(
    later: Text, earlier: Text, end: int, earlier_end: int, high: int, earlier_high: int
) -> tuple[int, int, int]:
    """Where a passage ends if its line, and the lines behind, are like those of its copy; how much is the same."""
    more = 0
    while end < high and earlier_end < earlier_high:
        (line, whole), (earlier_line, earlier_whole) = _line_behind(later, end), _line_behind(earlier, earlier_end)
        if whole != earlier_whole or line > high or earlier_line > earlier_high:
            break
        same = _alike(later.folded[end:line], earlier.folded[earlier_end:earlier_line], whole=whole)
        if not same:
            break
        end, earlier_end, more = line, earlier_line, more + same
    return end, earlier_end, more


def _line_before(text: Text, position: int) -> tuple[int, bool]:
    """Where the line before ``position`` begins, and whether it is a whole line and not the rest of one."""
    line = text.line(position)[0]
    if position - line > RAGGED or not line:
        return line, False
    return text.line(line - 1)[0], True


def _line_behind(text: Text, position: int) -> tuple[int, bool]:
    """Where the line behind ``position`` ends, and whether it is a whole line and not the rest of one."""
    line = text.line(position - 1)[1]
    if line - position > RAGGED or line == len(text.folded):
        return line, False
    return text.line(line)[1], True


def _alike(one: str, other: str, *, whole: bool) -> int:
    """How many characters two lines, or pieces of lines, share in order; 0 when they are not alike."""
    if whole and min(weight(one), weight(other)) < LINE:
        return 0
    same = shared(one, other)
    size = len(one) + len(other)
    least = SIMILAR if whole or weight(one) + weight(other) < 2 * size else SIMILAR_PIECE
    return same if 2 * same >= least * size else 0


def alike(one: str, other: str) -> bool:
    """Whether two pieces of lines are variants of each other."""
    return _alike(one, other, whole=False) > 0


def shared(one: str, other: str) -> int:
    """How many characters two texts share in order."""
    from rapidfuzz.distance import LCSseq

    same: int = LCSseq.similarity(one, other)
    return same


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


def differences(later: Text, earlier: Text, passage: Passage) -> tuple[str, ...]:
    """In what two copies differ that are the same when folded: of "script", "width", "readings"."""
    first, last = later.span(passage.start, passage.end)
    earlier_first, earlier_last = earlier.span(passage.earlier_start, passage.earlier_end)
    one, other = later.document.text[first:last], earlier.document.text[earlier_first:earlier_last]
    if one == other:
        return ()
    table = characters()
    han = (CharacterClass.HAN, CharacterClass.SIMPLIFIED, CharacterClass.TRADITIONAL)
    script = width = False
    pairs = zip(
        later.offsets[passage.start : passage.end],
        earlier.offsets[passage.earlier_start : passage.earlier_end],
        strict=True,
    )
    for offset, earlier_offset in pairs:
        a, b = later.document.text[offset], earlier.document.text[earlier_offset]
        if a != b:
            if unicodedata.normalize("NFKC", a) == unicodedata.normalize("NFKC", b):
                width = True
            elif table[ord(a)] >> CLASS_SHIFT & CLASS_MASK in han:
                script = True
    width = width or bool(_FULL_WIDTH.search(one)) != bool(_FULL_WIDTH.search(other))
    readings = bool(reading_spans(one)) != bool(reading_spans(other))
    found = (("script", script), ("width", width), ("readings", readings))
    return tuple(name for name, differs in found if differs)
