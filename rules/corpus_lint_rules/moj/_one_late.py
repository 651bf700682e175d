"""GBK text of which a byte is gone without a trace: from there on every pair of bytes is read one byte late.

What stands there are the second byte of one character and the first of the next, over and over. Every way to read a
line is priced, each stretch either as it stands or one byte earlier; the cheapest has the runs with their ends. The
character that lost its byte is guessed, and so is the last one, whose second byte often became a question mark.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise
from math import inf

from corpus_lint import expressions as re
from corpus_lint.named_tuple import NamedTuple

from ._codepages import read_table, write_table
from ._model import BROKEN, model, script
from ._signs import rows

SIGNS = "gbk/1"
"""The row of the table of signs."""
ENTER = 12.0
"""Bits that such a run costs: how seldom a byte is lost."""
GUESS = 12.0
"""Bits of a character that must be guessed."""
INSERTED = 14.0
"""Bits of the assumption that a byte was put in, and none lost."""
GAIN = 40.0
"""Bits by which a run must be likelier one byte earlier."""
FEWEST = 5
"""Characters of a run."""
GAIN_MARKED = 18.0
FEWEST_MARKED = 2
"""The same between two U+FFFD, which say by themselves that bytes were lost."""
DEAREST = 10.5
"""Bits a character from which on what comes out is no text either."""
CLEAR = 6.0
"""Bits by which a guess must beat every other: 64 times."""
NEAR = 5
STRANGE = 13.0
"""Bits a character, of so many on one side of a sign, from which on text looks misread."""
UNKNOWN = "\ufffd"
LOST = "?\ufffd"


class Run(NamedTuple):
    """A stretch from ``start`` to ``end`` that is read one byte late; `UNKNOWN` is what cannot be guessed."""

    start: int
    end: int
    restored: str


@cache
def signs() -> frozenset[str]:
    """Characters and pairs of characters that such text has, and other text hardly ever."""
    return frozenset(rows().get(SIGNS, ()))


def has_sign(text: str) -> bool:
    """Whether U+FFFD stands in a line, or one of them or a private-use character amid what looks misread."""
    if UNKNOWN in text:
        return True
    known = signs()
    for match in _beginnings().finditer(text):
        at, character = match.start(), match[0]
        is_sign = character in known or text[at : at + 2] in known or "\ue000" <= character < "\uf000"
        if is_sign and _is_strange(text, at):
            return True
    return False


@cache
def _beginnings() -> re.Pattern[str]:
    """The characters with which the signs begin, and those of private use."""
    return re.compile(f"[{''.join(sorted({re.escape(sign[0]) for sign in signs()}))}\ue000-\uefff]")


def _is_strange(text: str, at: int) -> bool:
    """Whether the characters before or behind a place are unlikely as they stand; ASCII and private use aside."""
    bits = model().bits
    for start, end in ((max(0, at - NEAR), at + 2), (at, at + NEAR + 2)):
        pairs = pairwise(text[max(0, start - 1) : end])
        costs = [bits(*pair) for pair in pairs if pair[1] > "\x7f" and not "\ue000" <= pair[1] < "\uf900"]
        if sum(costs) >= STRANGE * len(costs):
            return True
    return False


def find(text: str) -> list[Run]:
    """The runs of a line, in order."""
    bits = model().bits
    data = [_bytes(character) for character in text]
    late = [_late(data[at], data[at + 1]) for at in range(len(text) - 1)] + [""]
    # What the line costs as it stands up to here, and one byte earlier from the best place to begin.
    standing, shifted, start = 0.0, inf, 0
    found: list[tuple[int, int]] = []
    best: dict[int, tuple[float, int]] = {}
    before = " "
    for at, character in enumerate(text):
        price = bits(before, character)
        follows = shifted + bits(late[at - 2] or " ", late[at - 1]) if at and late[at - 1] else inf
        begins = standing + (0.0 if before == UNKNOWN else ENTER + GUESS) if len(data[at]) == 2 else inf
        standing += price
        if follows <= begins:
            shifted = follows
        else:
            shifted, start = begins, at
        if shifted < inf:
            is_marked = text[max(0, start - 1)] == UNKNOWN == text[at + 1 : at + 2]
            ending = 0.0 if is_marked else GUESS
            if data[at][1] <= 0x7E:
                ending = bits(late[at - 1] or " ", chr(data[at][1]))
            gain = standing - shifted - ending
            least, fewest = (GAIN_MARKED, FEWEST_MARKED) if is_marked else (GAIN, FEWEST)
            if gain >= least and at - start >= fewest and gain > best.get(start, (0.0, 0))[0]:
                best[start] = gain, at
        before = character
    for begin, (_, last) in sorted(best.items(), key=lambda item: -item[1][0]):
        if all(last < first or end < begin for first, end in found):
            found.append((begin, last))
    runs = (_run(text, data, late, first, last) for first, last in sorted(found))
    return [run for run in runs if run is not None]


def _run(text: str, data: list[bytes], late: list[str], first: int, last: int) -> Run | None:
    middle = "".join(late[first:last])
    price = model().cost(middle[1:], middle[0])
    is_marked = text[first - 1 : first] == UNKNOWN == text[last + 1 : last + 2]
    if price > DEAREST * len(middle) and not is_marked:
        return None
    start = first - 1 if first and text[first - 1] in LOST else first
    before = text[start - 1] if start else " "
    beginning = _first(before, data[first][0], middle[0])
    end = last + 1
    trail = data[last][1]
    if trail <= 0x7E:
        ending = chr(trail)
    else:
        behind = text[end : end + 1]
        end += behind != "" and behind in LOST
        candidates = {_character(bytes((trail, byte))) for byte in range(0x40, 0xFF)} - {""}
        ending = _clearest({c: _between(middle[-1], c, text[end : end + 1] or " ") for c in candidates})
    return Run(start, end, beginning + middle + ending)


def _first(before: str, known: int, behind: str) -> str:
    """The character that lost a byte, of which one is known; nothing where that byte was put in."""
    both = (bytes(pair) for other in range(0x40, 0xFF) for pair in ((other, known), (known, other)))
    candidates = {_character(pair) for pair in both} - {""}
    costs = {character: _between(before, character, behind) for character in candidates}
    costs[""] = model().bits(before, behind) + INSERTED
    return _clearest(costs)


def _clearest(costs: dict[str, float]) -> str:
    """What is cheapest by far; `UNKNOWN` if nothing is, or nothing is possible."""
    ranked = sorted((cost, character) for character, cost in costs.items())
    if not ranked or (len(ranked) > 1 and ranked[1][0] - ranked[0][0] < CLEAR):
        return UNKNOWN
    return ranked[0][1]


def _between(before: str, character: str, behind: str) -> float:
    bits = model().bits
    return bits(before, character) + bits(character, behind)


def _bytes(character: str) -> bytes:
    """The bytes of a character in GBK; none if it has none."""
    return character.encode() if character < "\x80" else write_table("gbk").get(character, b"")


def _late(one: bytes, other: bytes) -> str:
    """The character that the second byte of one and the first of the next make; nothing if they make none."""
    return _character(bytes((one[1], other[0]))) if len(one) == len(other) == 2 else ""


@lru_cache(1 << 15)
def _character(data: bytes) -> str:
    found = read_table("gbk").get(data, "")
    return "" if not found or script(found) == BROKEN or "\ue000" <= found < "\uf900" else found
