"""Text that was read in the wrong encoding: the ways it comes about, and the search for runs of it in a line.

A `Misreading` is a pair of encodings: bytes of one were read as the other. The search prices every way of reading a
line, each stretch either as it stands or with its bytes read rightly, and keeps the cheapest: so a run inside a clean
line is found with its exact ends, and clean text, which is cheap as it stands, is not touched.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from math import inf
from typing import TYPE_CHECKING

from corpus_lint.named_tuple import NamedTuple

from ._blocks import Blocks
from ._codepages import DOUBLE, SINGLE, decode, encode, read_table
from ._conversion import to_traditional
from ._model import model

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NAMES = {
    "utf-8": "UTF-8",
    "gbk": "GBK",
    "big5": "Big5",
    "cp932": "Shift-JIS",
    "cp949": "EUC-KR",
    "euc_jp": "EUC-JP",
    "cp1252": "Latin-1",
    "cp1251": "Windows-1251 (Cyrillic)",
    "koi8-r": "KOI8-R (Cyrillic)",
    "cp866": "code page 866 (Cyrillic)",
    "cp874": "Windows-874 (Thai)",
    "cp1250": "Windows-1250 (Central European)",
    "mac_roman": "Mac Roman",
    "cp437": "code page 437 (DOS)",
}
ENTER = 10.0
"""Bits that a run of misread text costs: how seldom one begins."""
WAYS = 3
"""Readings of what stands before that are kept at each place, as many in a misread run as outside."""
FAR = 99.0
"""Bits by which the best answer leads when there is no other."""


class Misreading(NamedTuple):
    """Bytes of the encoding ``right`` that were read as ``wrong``, and perhaps made traditional afterwards."""

    right: str
    wrong: str
    converted: bool = False

    def __str__(self) -> str:
        name = f"{NAMES[self.right]} bytes read as {NAMES[self.wrong]}"
        return f"{name} and then converted to traditional characters" if self.converted else name

    @property
    def key(self) -> str:
        """The pair as one word."""
        return f"{self.right}>{self.wrong}" + ("+" if self.converted else "")

    def undo(self, text: str) -> str | None:
        """The text with its bytes read rightly; None when they cannot be."""
        data = encode(text, self.wrong)
        return None if data is None else decode(data, self.right)

    def proves(self, restored: str, damaged: str) -> bool:
        """Whether writing ``restored`` rightly and reading it wrongly gives exactly ``damaged``.

        Where programs read the same bytes as different characters, either will do.
        """
        data = encode(restored, self.right)
        if data is None:
            return False
        read = decode(data, self.wrong)
        if self.converted:
            return read is not None and to_traditional(read) == damaged
        known = encode(damaged, self.wrong)
        return read is not None and known is not None and read == decode(known, self.wrong)

    def is_ambiguous(self, damaged: str) -> bool:
        """Whether a character that was read has several spellings in bytes, so that nobody knows which one it was."""
        return self.right != "utf-8" and not _twins(self.wrong).isdisjoint(damaged)

    def random_bits(self, restored: str) -> float:
        """What text would cost in which every sequence of bytes that the right encoding allows is equally likely."""
        if self.right == "utf-8":
            # What the bytes of UTF-8 have to be, other bytes are once in 13 times for two of them and 60 for three.
            return sum(0.0 if c < "\x80" else 14.7 if c < "\u0800" else 22.0 for c in restored)
        return sum(0.0 if c < "\x80" else 6.0 if "ｦ" <= c <= "ﾟ" or "０" <= c <= "ｚ" else 13.5 for c in restored)


class Run(NamedTuple):
    """A misread stretch of a line: from ``start`` to ``end`` stands ``restored``, read wrongly.

    ``sure`` is the same with U+FFFD for every character of which a byte is lost.
    """

    start: int
    end: int
    restored: str
    sure: str
    misreading: Misreading
    gain: float
    """Bits by which the restored text is likelier than what stands there."""
    evidence: float
    """Bits by which it is likelier than chance: what a random sequence of characters would cost."""


class Found(NamedTuple):
    """The runs of one misreading in a stretch, and by how many bits the next best answer is dearer.

    ``lead`` counts answers that differ in more than guesses for lost bytes, ``guess_lead`` those that differ in them.
    """

    runs: tuple[Run, ...]
    gain: float
    evidence: float
    lead: float
    guess_lead: float


class _Way(NamedTuple):
    cost: float
    last: str
    written: int
    sure: int
    inside: bool
    parent: _Way | None
    start: int
    text: str
    known: str


_Step = tuple[int, int, str, str]
"""Start and end of a block, what it was, and what of it is sure."""


def every_misreading(wrongs: Sequence[str], rights: Sequence[str]) -> tuple[Misreading, ...]:
    """All pairs of different encodings."""
    return tuple(Misreading(right, wrong) for wrong in wrongs for right in rights if right != wrong)


UTF_8_AS_DOUBLE = (*every_misreading(DOUBLE, ("utf-8",)), Misreading("utf-8", "gbk", converted=True))
DOUBLE_AS_SINGLE = every_misreading(SINGLE, DOUBLE)
DOUBLE_AS_DOUBLE = every_misreading(DOUBLE, DOUBLE)


def search(text: str, start: int, end: int, misreading: Misreading) -> Found | None:
    """The cheapest way to read ``text[start:end]``; None when nothing in it is misread."""
    bits = model().pairs
    before = text[start - 1] if start else " "
    first = _Way(0.0, before, 0, 0, False, None, start, "", "")
    waiting: dict[int, list[_Way]] = {start: [first]}
    plain = 0.0
    previous = before
    blocks = _blocks(misreading.key)
    for position in range(start, end):
        ways = waiting.pop(position, None)
        character = text[position]
        plain += bits[previous + character]
        previous = character
        if not ways:
            continue
        found = () if character < "\x80" else blocks.at(text, position, end)
        for way in _best(ways):
            cost = way.cost + bits[way.last + character]
            written, sure = hash((way.written, character)), hash((way.sure, character))
            keeps = way.inside and character < "\x80"
            following = waiting.setdefault(position + 1, [])
            following.append(_Way(cost, character, written, sure, keeps, way, position, character, character))
            for stop, restored, known, guess in found:
                cost = way.cost + guess + (0.0 if way.inside else ENTER)
                last, written, sure = way.last, way.written, way.sure
                for one, shown in zip(restored, known, strict=True):
                    cost += bits[last + one]
                    last = one
                    written, sure = hash((written, one)), hash((sure, shown))
                next_way = _Way(cost, last, written, sure, True, way, position, restored, known)
                waiting.setdefault(stop, []).append(next_way)
    behind = text[end : end + 1] or " "
    ways = [way._replace(cost=way.cost + bits[way.last + behind]) for way in waiting.get(end, ())]
    plain += bits[previous + behind]
    ways = _best(ways)
    if not ways:
        return None
    runs = tuple(_runs(text, end, ways[0], misreading))
    if not runs:
        return None
    best = ways[0]
    lead = next((way.cost - best.cost for way in ways if way.sure != best.sure), FAR)
    guess_lead = next((w.cost - best.cost for w in ways if w.sure == best.sure and w.written != best.written), FAR)
    return Found(runs, plain - best.cost, sum(run.evidence for run in runs), lead, guess_lead)


def may_gain(text: str, start: int, end: int, misreading: Misreading, least: float) -> bool:
    """Whether `search` may find text that is likelier by so many bits: it need not be asked where it cannot.

    Of all ways that end alike the cheapest is kept, whatever it writes: none that `search` follows is cheaper.
    """
    bits = model().pairs
    blocks = _blocks(misreading.key)
    plain = outside = 0.0
    inside: dict[int, dict[str, float]] = {}
    previous = text[start - 1] if start else " "
    for position in range(start, end):
        character = text[position]
        price = bits[previous + character]
        ways = inside.pop(position, None)
        if character < "\x80":
            if ways:
                goes_on = min([cost + bits[last + character] for last, cost in ways.items()])
                _keep(inside, position + 1, character, goes_on)
            outside += price
        else:
            for stop, restored, _, guess in blocks.at(text, position, end):
                first = restored[0]
                cost = outside + ENTER + bits[previous + first]
                if ways:
                    cost = min([cost, *[known + bits[last + first] for last, known in ways.items()]])
                if len(restored) > 1:
                    guess += model().cost(restored[1:], first)
                _keep(inside, stop, restored[-1], cost + guess)
            outside += price
            if ways:
                outside = min([outside, *[cost + bits[last + character] for last, cost in ways.items()]])
        plain += price
        previous = character
    behind = text[end : end + 1] or " "
    ends = [cost + bits[last + behind] for last, cost in inside.get(end, {}).items()]
    ends.append(outside + bits[previous + behind])
    return plain + bits[previous + behind] - min(ends) >= least - 1e-6  # sums come out otherwise in another order


def _keep(inside: dict[int, dict[str, float]], position: int, last: str, cost: float) -> None:
    ways = inside.setdefault(position, {})
    if cost < ways.get(last, inf):
        ways[last] = cost


def _best(ways: list[_Way]) -> list[_Way]:
    """The cheapest ways that differ in what they write."""
    ways.sort(key=_cost)
    found: list[_Way] = []
    seen: set[tuple[int, bool]] = set()
    guesses: dict[tuple[int, bool], int] = {}
    kinds = [0, 0]
    for way in ways:
        if (way.written, way.inside) in seen:
            continue
        kind = (way.sure, way.inside)
        alike = guesses.get(kind, 0)
        if alike == 2 or (not alike and kinds[way.inside] == WAYS):
            continue
        kinds[way.inside] += not alike
        guesses[kind] = alike + 1
        seen.add((way.written, way.inside))
        found.append(way)
    return found


def _cost(way: _Way) -> float:
    return way.cost


def _runs(text: str, end: int, way: _Way, misreading: Misreading) -> Iterator[Run]:
    """The misread stretches of a way, in order, without ASCII at their ends."""
    steps: list[_Step] = []
    at = way
    stop = end
    while at.parent is not None:
        steps.append((at.start, stop, at.text, at.known))
        stop = at.start
        at = at.parent
    steps.reverse()
    changed = [number for number, step in enumerate(steps) if step[2] != text[step[0] : step[1]]]
    group: list[int] = []
    for number in changed:
        if group and any(not step[2].isascii() for step in steps[group[-1] + 1 : number]):
            yield _run(text, steps[group[0] : group[-1] + 1], misreading)
            group = []
        group.append(number)
    if group:
        yield _run(text, steps[group[0] : group[-1] + 1], misreading)


def _run(text: str, steps: list[_Step], misreading: Misreading) -> Run:
    start, end = steps[0][0], steps[-1][1]
    restored = "".join(step[2] for step in steps)
    before = text[start - 1] if start else " "
    cost = model().cost(restored, before)
    gain = model().cost(text[start:end], before) - cost
    sure = "".join(step[3] for step in steps)
    return Run(
        start, end, restored, sure, misreading, gain, misreading.random_bits(restored) - cost + _ascii_cost(restored)
    )


def _ascii_cost(text: str) -> float:
    """What the ASCII in a text costs, which is no evidence either way."""
    bits = model().bits
    return sum(bits(text[i - 1] if i else " ", c) for i, c in enumerate(text) if c < "\x80")


@cache
def _twins(name: str) -> frozenset[str]:
    """The characters that an encoding has twice, as Shift-JIS has those of NEC and of IBM."""
    numbers = Counter(read_table(name).values())
    return frozenset(character for character, number in numbers.items() if number > 1)


@cache
def _blocks(key: str) -> Blocks:
    right, wrong = key.rstrip("+").split(">")
    return Blocks(right, wrong, converted=key.endswith("+"))
