"""A document's folded text, and what two such texts have in common.

All positions are those of folded characters (`winnowing.fold`) unless called offsets.
"""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any

from .. import expressions as re
from .. import folding
from ..folding import reading_spans
from ..named_tuple import NamedTuple
from ..tables import CLASS_MASK, CLASS_SHIFT, CharacterClass, characters
from . import winnowing
from .native_passages import chaining_loops, passage_loops
from .winnowing import FIRST_SYLLABIC

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from ..document import Document
    from .folds import Folds

_OPENING = "\"'“‘「『《〈（(【[〔"
_CLOSING = "\"'”’」』》〉）)】]〕。，、；：？！…．.,;:?!"
_ALPHABETIC = re.compile(f"[\0-{chr(FIRST_SYLLABIC - 1)}]+")
_LINE_FEED = re.compile("\n")
_BESIDE = 64
"""Characters beside a passage that are looked at for marks; seldom are there more."""
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

    __slots__ = (
        "_bits",
        "_breaks",
        "_counts",
        "_document",
        "_folded",
        "_folds",
        "_load",
        "_number",
        "_offsets",
        "_syllables",
    )

    def __init__(self, load: Callable[[], Document], folds: Folds | None = None, number: int = 0) -> None:
        """A text.

        Args:
            load: gives the document.
            folds: what is known of folded texts, where there is much text.
            number: the document's number there.
        """
        self._load = load
        self._folds = folds
        self._number = number
        self._document: Document | None = None
        self._offsets: array[int] | None = None
        self._breaks: Sequence[int] | None = None
        self._bits: tuple[NDArray[np.uint8], int] | None = None
        self._counts: tuple[NDArray[np.uint64], NDArray[np.uint32], int] | None = None
        self._syllables: tuple[array[int], array[int], int] | None = None
        self._folded: str | None = None

    @property
    def folded(self) -> str:
        """The folded characters."""
        if self._folded is None:
            folded = None if self._folds is None else self._folds.text(self._number)
            if folded is None:
                find = winnowing.fold if self._folds is None else winnowing.fold_numpy
                folded = find(self.document.text)
            self._folded = folded
        return self._folded

    @property
    def size(self) -> int:
        """How many there are."""
        if self._folded is None and self._folds is not None:
            place = self._folds.place(self._number)
            if place is not None:
                return place[1]
        return len(self.folded)

    @property
    def document(self) -> Document:
        """The document."""
        if self._document is None:
            self._document = self._load()
        return self._document

    @property
    def is_of_much(self) -> bool:
        """Whether there is so much text that numpy is in use."""
        return self._folds is not None

    @property
    def offsets(self) -> array[int]:
        """The offset in the document of each folded character."""
        if self._offsets is None:
            known = None if self._folds is None else self._folds.offsets(self._number)
            if known is not None:
                self._offsets = array("I", known.tobytes())
            else:
                find = winnowing.offsets if self._folds is None else winnowing.offsets_numpy
                self._offsets = find(self.document.text)
        return self._offsets

    def offset(self, position: int) -> int:
        """One of the offsets, without the others."""
        loops = passage_loops()
        if loops is not None and self._bits is None and self._offsets is None and self._folds is not None:
            self._bits = self._folds.bits(self._number)
        if loops is not None and self._bits is not None:
            return loops.place(self._bits[0], position) - self._bits[1]
        if self._counts is None and self._offsets is None and self._folds is not None:
            self._counts = self._folds.counts(self._number)
        if self._counts is None:
            return self.offsets[position]
        counted, before, skipped = self._counts
        word = int(before.searchsorted(before.dtype.type(position), "right")) - 1
        left, value = position - int(before[word]), int(counted[word])
        low, high = 0, 64
        while high - low > 1:
            # So many bits are before the one in the middle; the highest comes first.
            middle = (low + high) // 2
            low, high = (low, middle) if (value >> 64 - middle).bit_count() > left else (middle, high)
        return 64 * word - skipped + low

    def weight(self, start: int, end: int) -> int:
        """How much a stretch says, as `weight`."""
        return end - start + 2 * self._said(start, end)

    def evidence(self, start: int, end: int) -> int:
        """Likewise, as `evidence`."""
        return 2 * (end - start) + 7 * self._said(start, end)

    def _said(self, start: int, end: int) -> int:
        """How many characters of a stretch are Han, kana or Hangul; they are counted once for the whole text."""
        if self._folds is None:
            return (weight(self.folded[start:end]) - (end - start)) // 2
        loops = passage_loops()
        codes = None if loops is None else self._folds.codes(self._number)
        if loops is not None and codes is not None:
            return loops.syllables(codes, start, end)
        words, before, base = self._syllables or self._count_syllables(self._folds)
        start += base
        end += base
        first, last = start >> 6, end >> 6
        said = before[last] - before[first]
        return said + (words[last] >> 64 - (end & 63)).bit_count() - (words[first] >> 64 - (start & 63)).bit_count()

    def _count_syllables(self, folds: Folds) -> tuple[array[int], array[int], int]:
        """The words and counts of `syllables`, and how many characters of others are before this text."""
        import numpy as np

        from .syllables import Syllables

        base = 0
        place, known = folds.place(self._number), folds.syllables
        if place is not None and known is not None and known.low <= place[0] and sum(place) <= known.high:
            base = place[0] - known.low
        else:
            codes: NDArray[Any] | None = folds.codes(self._number)
            if codes is None:
                codes = np.frombuffer(self.folded.encode("utf-32-le", "surrogatepass"), np.uint32)
            known = Syllables((codes,), 0, len(codes))
        self._syllables = known.words, known.before, base
        return self._syllables

    def lighten(self) -> None:
        """Keep what finds passages, and let go what is needed only to place them."""
        self._document = self._offsets = self._bits = self._counts = self._syllables = None
        if self._folds is not None and self._folds.place(self._number) is not None and chaining_loops() is not None:
            self._folded = None

    def breaks(self) -> Sequence[int]:
        """Where lines begin that have any characters, in order. Lines end at line feeds here."""
        if self._breaks is None:
            if self._folds is None:
                text = self.document.text
                starts = [0, *(at + 1 for at, character in enumerate(text) if character == "\n")]
                self._breaks = sorted({bisect_left(self.offsets, start) for start in starts})
            else:
                self._breaks = self._breaks_numpy(self._folds)
        return self._breaks

    def _breaks_numpy(self, folds: Folds) -> array[int]:
        import numpy as np

        known = folds.breaks(self._number)
        if known is not None:
            return array("I", known.tobytes())
        starts = np.array([at.end() for at in _LINE_FEED.finditer(self.document.text)], np.uint32)
        found = np.searchsorted(np.frombuffer(self.offsets, np.uint32), starts)
        found = np.concatenate((np.zeros(1, found.dtype), found))
        found = found[np.concatenate((np.ones(1, np.bool_), found[1:] != found[:-1]))]
        return array("I", found.astype(np.uint32).tobytes())

    def line(self, position: int) -> tuple[int, int]:
        """Where the line of the character at ``position`` begins, and where the next line with characters does."""
        breaks = self._breaks or self.breaks()
        index = bisect_right(breaks, position)
        return breaks[index - 1], breaks[index] if index < len(breaks) else self.size

    def begins_line(self, position: int) -> bool:
        """Whether a line begins at ``position``, or the text ends there."""
        return position == self.size or self.line(position)[0] == position

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets from and to of a passage, with the quotation marks, brackets and stops that belong to it."""
        first, last = self.offset(start), self.offset(end - 1) + 1
        low, high = max(first - _BESIDE, 0), last + _BESIDE
        text = self.document.piece(low, high)
        found = _with_marks(text, first - low, last - low)
        if (low and not found[0]) or found[1] == high - low:
            return _with_marks(self.document.text, first, last)
        return found[0] + low, found[1] + low


def _with_marks(text: str, first: int, last: int) -> tuple[int, int]:
    """A stretch of a text with the marks around it that belong to it, and with the reading of its last character."""
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


def evidence(folded: str) -> int:
    """How much an equal stretch says for a passage: thrice its weight, but letters come in the same order sooner."""
    return 9 * len(folded) - 7 * sum(map(len, _ALPHABETIC.findall(folded)))


def says(text: Text, start: int, end: int, least: int) -> bool:
    """Whether a stretch of a text has that weight."""
    if end - start >= least:
        return True
    return 3 * (end - start) >= least and text.weight(start, end) >= least


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


def differences(later: Text, earlier: Text, passage: Passage) -> tuple[str, ...]:
    """In what two copies differ that are the same when folded: of "script", "width", "readings"."""
    first, last = later.span(passage.start, passage.end)
    earlier_first, earlier_last = earlier.span(passage.earlier_start, passage.earlier_end)
    one, other = later.document.piece(first, last), earlier.document.piece(earlier_first, earlier_last)
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
