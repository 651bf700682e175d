"""Folding: one spelling for texts that differ only in script, width, case, spaces or injected readings.

A folded character is its NFKC form, simplified, in lower case; white space, invisible characters and
combining marks are dropped; so are readings that a converter wrote behind a Han character: 網(wǎng).
Positions map back to the original text exactly.
"""

from __future__ import annotations

from array import array
from functools import cache, lru_cache
from zlib import crc32

from . import cache as kept
from . import expressions as re
from .native import folding_loops
from .tables import FOLDED_MASK, PASSAGE_BIT, characters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


SYLLABLE = (
    r"(?<=[\u3400-\u9fff].)[ \t\xa0\u3000]?"
    r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?[aeiouvüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,3}(?:ng|n|r)?"
    r"[ \t\xa0\u3000]?[)）]"
)
"""What stands behind the bracket of a reading."""


@cache
def reading() -> re.Pattern[str]:
    """A syllable in brackets, directly behind a Han character; whether it is injected is a rule's to judge."""
    return re.compile(f"[(（]{SYLLABLE}")


@cache
def _readings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    # `re` looks for a first letter ten times as fast as for one of a class.
    return re.compile(rf"\({SYLLABLE}"), re.compile(f"（{SYLLABLE}")


class Folded:
    """A folded text that knows, for each of its characters, the offset of the original one.

    Attributes:
        text: the folded text.
        original: what it was made of.
    """

    __slots__ = ("_offsets", "_passage", "original", "text")

    def __init__(self, original: str, *, passage: bool = False) -> None:
        self.original = original
        self._passage = passage
        self._offsets: Sequence[int] | None = None
        self.text = folded_text(original, passage=passage)

    @property
    def offsets(self) -> Sequence[int]:
        """The offset in the original of each folded character; made when first asked for."""
        if self._offsets is None:
            readings, compiled = reading_spans(self.original), folding_loops()
            if compiled is None:
                self._offsets = _offsets(self.original, readings, self._passage)
            else:
                self._offsets = array("I", compiled.offsets(self.original, characters(), readings, self._passage))
        return self._offsets

    def __iter__(self) -> Iterator[str | Sequence[int]]:
        """The text, then the offsets: ``text, offsets = fold(line)``."""
        yield self.text
        yield self.offsets

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original text of the folded characters from ``start`` to ``end`` (exclusive)."""
        return self.offsets[start], self.offsets[end - 1] + 1


def fold(text: str, *, passage: bool = False) -> Folded:
    """Fold ``text``; with ``passage`` also drop everything but letters and digits.

    Characters outside the Basic Multilingual Plane stay as they are, and are dropped from passages. Short texts are
    remembered: several rules look at one line.
    """
    return _fold_short(text, passage) if len(text) <= SHORT else Folded(text, passage=passage)


def folded_text(text: str, *, passage: bool = False) -> str:
    """The text that `fold` gives, for one that nobody will ask for again."""
    compiled = folding_loops()
    if compiled is not None:
        return compiled.fold(text, characters(), reading_spans(text), passage)
    if "(" in text or "（" in text:
        text = reading().sub("", text)
    return text.translate(_table(passage))


def _offsets(text: str, readings: list[tuple[int, int]], passage: bool) -> list[int]:
    table = _table(passage)
    found: list[int] = []
    position = 0
    for start, end in (*readings, (len(text), 0)):
        found += [offset for offset, c in enumerate(text[position:start], position) if table[ord(c)] is not None]
        position = end
    return found


SHORT = 512
"""Characters of a text that is worth remembering."""


@lru_cache(maxsize=2048)
def _fold_short(text: str, passage: bool) -> Folded:
    return Folded(text, passage=passage)


def reading_spans(text: str) -> list[tuple[int, int]]:
    """Where ``text`` has a syllable in brackets behind a Han character, brackets included."""
    if len(text) > SHORT:
        compiled = folding_loops()
        if compiled is not None:
            return compiled.readings(text)
    return _reading_spans(text)


def _reading_spans(text: str) -> list[tuple[int, int]]:
    narrow, wide = _readings()
    found = [match.span() for match in narrow.finditer(text)] if "(" in text else []
    if "（" in text:
        found += [match.span() for match in wide.finditer(text)]
        found.sort()
    return found


@cache
def unfolded() -> dict[str, str]:
    """For a folded character those that fold to it, in their order, of the Basic Multilingual Plane.

    Characters to which nothing but themselves folds are left out.
    """
    found: dict[str, str] = kept.made("unfolded", str(crc32(characters())).encode(), _unfold)
    return found


def _unfold() -> dict[str, str]:
    found: dict[int, str] = {}
    for code, entry in enumerate(characters()):
        folded = entry & FOLDED_MASK
        if folded and not 0xD800 <= code < 0xE000:
            found[folded] = found.get(folded, "") + chr(code)
    return {chr(folded): codes for folded, codes in found.items() if codes != chr(folded)}


class _Table(dict[int, "int | None"]):
    """What a code point folds to, None when it is dropped; filled from the table of characters as they come."""

    def __init__(self, *, passage: bool) -> None:
        self._passage = passage

    def __missing__(self, code: int) -> int | None:
        if code >= 0x10000:
            folded = None if self._passage else code
        else:
            entry = characters()[code]
            folded = entry & FOLDED_MASK if entry & (PASSAGE_BIT if self._passage else FOLDED_MASK) else None
        self[code] = folded
        return folded


@cache
def _table(passage: bool) -> _Table:
    return _Table(passage=passage)
