"""Rarity: which characters most text does without, and which triggers cannot match without them.

Nearly all strings that rules look for are text in another encoding's characters, in the other script, or in another
language: each has a character that the text at hand, as a rule, has not. So one look at the characters, which are
looked up anyway, spares most of a text the search. What is rare is told by the old character sets, which were made by
frequency; foreign are the signs of ASCII, since Chinese prose has marks of its own, and seldom Latin letters. Both
decide about speed only, never about what is found.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from .requirements import characters_needed, crosses_lines, parts_of

if TYPE_CHECKING:
    from ..rule import Trigger

MARKS = "·—‘’“”…　、。〈〉《》「」『』【】〔〕！％，：；？～"
"""What stands in most Chinese prose beside its characters; brackets are in few of its lines."""

FOREIGN = 1
"""The rank of the signs of ASCII and of round brackets; what is beyond is rare."""

_SETS = (
    ("gb2312", 0xB0A1, 0xD7FF, 0),
    ("big5", 0xA440, 0xC67E, 2),
    ("gb2312", 0xD8A1, 0xF7FF, 3),
    ("shift_jis", 0x889F, 0x9872, 3),
    ("big5", 0xC940, 0xF9FF, 4),
)
"""Character sets, from which code to which, and the rank of what is there: the first that has a character says it."""
_BEYOND = 5


@cache
def rank(character: str) -> int:
    """How much text does without a character, from 0: marks, controls, the 3,755 Han of GB 2312's first level.

    None beyond the Basic Multilingual Plane is ranked.
    """
    if " " <= character <= "~" or character in "（）":
        return FOREIGN
    if character < " " or character in MARKS or character == "\xa0" or character > "\uffff":
        return 0
    for name, first, last, found in _SETS:
        encoded = character.encode(name, "ignore")
        if len(encoded) == 2 and first <= int.from_bytes(encoded, "big") <= last:
            return found
    return _BEYOND


def needed(trigger: Trigger) -> str:
    """Characters beyond rank 0 of which at least one stands in every match of a trigger; empty when none must.

    A trigger across a line end, or one that Hyperscan does not take as it is, has none.
    """
    if trigger.prefilter:
        return ""
    if trigger.is_literal:
        best = max(trigger.pattern.decode("utf-8", "ignore"), key=rank, default="")
        return best if best and rank(best) and b"\n" not in trigger.pattern[1:-1] else ""
    parts = parts_of(trigger.pattern)
    return "" if crosses_lines(parts) else "".join(sorted(characters_needed(parts, rank)))
