"""Requirements: what every match of a byte expression has, as its parsed form tells.

The answers err on one side: what is not understood counts as something that need not be there, or may be a line end.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Part = tuple[Any, Any]
    """An operation and its operand, as `re` has them."""

_FEED = ord("\n")
_ALL = frozenset(range(256))
_REPEATS = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}
_LENGTHS = ((0x80, 1), (0xC2, 0), (0xE0, 2), (0xF0, 3))
"""Up to which first byte, exclusive, a character of UTF-8 has how many bytes; others are left out."""
_MOST = 1 << 13
"""Characters that one place of an expression may have and still tell something."""


@cache
def parts_of(pattern: bytes) -> Sequence[Part]:
    """The parts of an expression that match one behind the other; none of one that only Hyperscan understands."""
    from re import _parser, error  # type: ignore[attr-defined]

    try:
        return list(_parser.parse(pattern))
    except error:
        return []


def crosses_lines(parts: Sequence[Part], *, begins: bool = True, ends: bool = True) -> bool:
    """Whether a match may have a line end elsewhere than as its first and its last byte.

    ``begins`` and ``ends`` say whether a match of the parts stands there.
    """
    last = len(parts) - 1
    return any(_may_cross(part, begins=begins and n == 0, ends=ends and n == last) for n, part in enumerate(parts))


def _may_cross(part: Part, *, begins: bool, ends: bool) -> bool:
    name, operand = str(part[0]), part[1]
    if name == "BRANCH":
        return any(crosses_lines(branch, begins=begins, ends=ends) for branch in operand[1])
    if name == "SUBPATTERN":
        return crosses_lines(operand[3], begins=begins, ends=ends)
    if name in _REPEATS:
        is_once = operand[1] == 1
        return crosses_lines(operand[2], begins=begins and is_once, ends=ends and is_once)
    return not (begins or ends) and _FEED in (_bytes(part) or _ALL)


def characters_needed(
    parts: Sequence[Part], rank: Callable[[str], int], before: Sequence[frozenset[int]] = ()
) -> frozenset[str]:
    """Characters of which every match has at least one; none when none must be there.

    Args:
        parts: the expression.
        rank: how much a character tells, from 0, which is nothing; of several answers that which tells the most, for
            its least telling character, is given.
        before: bytes of an unfinished character in front of the parts.
    """
    found: list[frozenset[str]] = []
    run = list(before)
    for part in parts:
        if (members := _bytes(part)) is not None:
            run.append(members)
            continue
        places, rest = _characters(run)
        found += places
        run = []
        name, operand = str(part[0]), part[1]
        if name == "BRANCH":
            branches = [characters_needed(branch, rank, rest) for branch in operand[1]]
            found.append(frozenset().union(*branches) if all(branches) else frozenset())
        elif name == "SUBPATTERN":
            found.append(characters_needed(operand[3], rank, rest))
        elif name in _REPEATS and operand[0] > 0:
            found.append(characters_needed(operand[2], rank))
    found += _characters(run)[0]
    telling = [(min(map(rank, one)), -len(one), one) for one in found if one]
    best = max(telling, key=lambda one: one[:2], default=(0, 0, frozenset[str]()))
    return best[2] if best[0] else frozenset()


def _characters(run: Sequence[frozenset[int]]) -> tuple[list[frozenset[str]], Sequence[frozenset[int]]]:
    """The characters that each place of a run of bytes may have, where these are few, and an unfinished one's bytes."""
    found: list[frozenset[str]] = []
    at = 0
    while at < len(run):
        size = _length(run[at])
        if size and at + size > len(run):
            return found, run[at:]
        one = run[at : at + (size or 1)]
        if size and prod(map(len, one)) <= _MOST:
            found.append(frozenset(_decoded(one)))
        at += size or 1
    return found, ()


def _length(members: frozenset[int]) -> int:
    """Bytes of the characters that begin with one of some bytes; 0 when these are no such, or of several lengths."""
    lengths = {next((size for bound, size in _LENGTHS if byte < bound), 0) for byte in members}
    return lengths.pop() if len(lengths) == 1 else 0


def _decoded(one: Sequence[frozenset[int]]) -> Iterator[str]:
    for codes in product(*one):
        yield from bytes(codes).decode("utf-8", "ignore")


def _bytes(part: Part) -> frozenset[int] | None:
    """The bytes that a part may match, where it matches exactly one."""
    name, operand = str(part[0]), part[1]
    if name == "LITERAL":
        return frozenset((operand,))
    if name == "NOT_LITERAL":
        return _ALL - {operand}
    if name == "ANY":
        return _ALL - {_FEED}
    if name == "IN":
        is_negated = str(operand[0][0]) == "NEGATE"
        members = frozenset().union(*map(_members, operand[is_negated:]))
        return _ALL - members if is_negated else members
    return None


def _members(member: Part) -> Sequence[int]:
    """The bytes that a member of a class stands for; all when that is not known."""
    name, operand = str(member[0]), member[1]
    if name == "LITERAL":
        return (operand,)
    if name == "RANGE":
        return range(operand[0], operand[1] + 1)
    return b"0123456789" if str(operand) == "CATEGORY_DIGIT" else range(256)
