"""What stands around a character of the other script: its line, and its neighbours in simplified spelling."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.named_tuple import NamedTuple

from . import _chinese_script as script

if TYPE_CHECKING:
    from collections.abc import Iterable

NEAR = 3
"""Characters on both sides of a stray one that must be ordinary, and that must not hold its other form."""

LINE_RATIO = 4
"""A line is of the document's script when its characters are this many times those of the other."""

LEAST_MIXED = 2
"""Characters of the document's script in a line that has as many, or fewer, of the other, and is no text of its own."""

QUOTABLE = 20
"""Characters of a line from which modern text has a word of modern grammar."""

KANA = "[\u3041-\u30fa]"

ABOUT_SCRIPT = "[简簡][体體化]|[繁正异異]体|[繁正異]體"

APART = r"《[^》\n]*》|〈[^〉\n]*〉|「[^」\n]*」|『[^』\n]*』|“[^”\n]*”|\"[^\"\n]*\"|\[[^\]\n]*\]"

ADDRESS = r"(?:https?://|www\.)[^\s）》」\"]*"

MODERN_GRAMMAR = "[的了們這個嗎呢吧很]"
CLASSICAL_GRAMMAR = "[之其曰也矣乃吾汝焉哉乎兮者於而以]"
LONG_CLAUSE = "[\u3400-\u4dbf\u4e00-\u9fff]{9}"
"""More than the clauses of verse and of classical prose mostly have."""


class Stray(NamedTuple):
    """A character of the other script: where it is, what should stand there, and the word from start to end."""

    at: int
    right: str
    start: int
    end: int


class Line:
    """A line: from where to where, and whether a stray character in it counts.

    Attributes:
        start: where it begins.
        end: where it ends.
        hosts: whether it is of the document's own script, and not about scripts.
    """

    def __init__(self, start: int, text: str, own: frozenset[str], *, hosts: bool) -> None:
        self.start = start
        self.end = start + len(text)
        self.hosts = hosts
        self._text = text
        self._own = own

    @cached_property
    def is_classical(self) -> bool:
        """Whether it may be a classical quotation."""
        if len(self._text) < QUOTABLE or re.search(MODERN_GRAMMAR, self._text):
            return False
        modern = len(re.findall(LONG_CLAUSE, self._text))
        return not modern or modern < len(re.findall(CLASSICAL_GRAMMAR, self._text))

    @cached_property
    def apart(self) -> list[tuple[int, int]]:
        """Addresses, and quotations or titles without any character of the document's script."""
        own, text, start = self._own, self._text, self.start
        apart = [match for match in re.finditer(APART, text) if not any(map(own.__contains__, match[0]))]
        return [(start + match.start(), start + match.end()) for match in (*apart, *re.finditer(ADDRESS, text))]


class Window(NamedTuple):
    """The simplified neighbourhood of a character, and where in it the character is."""

    simplified: str
    at: int


class Surroundings:
    """The lines of a text, and what stands around its characters."""

    def __init__(self, text: str, own: frozenset[str], foreign: frozenset[str], *, is_clear: bool) -> None:
        """Nothing is looked at yet.

        Args:
            text: the text; all offsets count its characters from 0.
            own: characters of the text's script.
            foreign: characters that only the other script has.
            is_clear: whether the text as a whole is of its script beyond doubt.
        """
        self._text = text
        self._own = own
        self._foreign = foreign
        self._is_clear = is_clear
        self._lines: dict[int, Line] = {}

    def line(self, at: int) -> Line:
        """The line in which an offset lies."""
        start = self._text.rfind("\n", 0, at) + 1
        known = self._lines.get(start)
        if known is None:
            known = self._lines[start] = self._make_line(start)
        return known

    def _make_line(self, start: int) -> Line:
        end = self._text.find("\n", start)
        text = self._text[start : len(self._text) if end < 0 else end]
        own = self._own
        few = sum(map(self._foreign.__contains__, text))
        many = sum(map(own.__contains__, text))
        hosts = not few or few * LINE_RATIO <= many or (LEAST_MIXED <= many >= few and self._is_clear)
        hosts = hosts and not re.search(KANA, text) and not re.search(ABOUT_SCRIPT, text)
        return Line(start, text, own, hosts=hosts)

    def window(self, at: int) -> Window:
        """What stands around an offset, in simplified spelling."""
        start = max(0, at - script.LONGEST)
        return Window(script.simplify(self._text[start : at + script.LONGEST]), at - start)


def is_inside(at: int, spans: list[tuple[int, int]]) -> bool:
    """Whether an offset lies in a span."""
    return any(start <= at < end for start, end in spans)


def shortest(hits: Iterable[script.Hit]) -> script.Hit:
    """The shortest of phrases that cover a character, the first of these."""
    return min(hits, key=lambda hit: (hit.length, hit.start))
