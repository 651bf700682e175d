"""Rarity: which characters most Chinese and English text does without.

Nearly all strings that rules look for are text in another encoding's characters, in the other script, or in another
language: each has a character that the text at hand, as a rule, has not. So one look at the characters, which are
looked up anyway, spares most of a text the search. What is rare is told by the old character sets, which were made by
frequency; it decides about speed only, never about what is found.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .rule import Trigger

EVERYDAY = 1
"""Characters up to this rank are not rare: ASCII, the marks of Chinese text, the 3,755 Han of GB 2312's first level."""

_SETS = (
    ("gbk", 0xA1A1, 0xA3FE, EVERYDAY),
    ("gb2312", 0xB0A1, 0xD7FF, EVERYDAY),
    ("big5", 0xA440, 0xC67E, 2),
    ("gb2312", 0xD8A1, 0xF7FF, 3),
    ("shift_jis", 0x889F, 0x9872, 3),
    ("big5", 0xC940, 0xF9FF, 4),
)
"""Character sets, from which code to which, and the rank of what is there: the first that has a character says it."""
_BEYOND = 5


@cache
def rank(character: str) -> int:
    """How rare a character is, from 0."""
    code = ord(character)
    if code <= 0xA0 or 0x2000 <= code < 0x2070:
        return 0
    for name, first, last, found in _SETS:
        encoded = character.encode(name, "ignore")
        if len(encoded) == 2 and first <= int.from_bytes(encoded, "big") <= last:
            return found
    return _BEYOND


def rarest(trigger: Trigger) -> str:
    """The rarest character that stands in every match of a trigger; empty when none of them is rare.

    One beyond the Basic Multilingual Plane is none, and a trigger across a line end has none.
    """
    try:
        needed = trigger.pattern.decode() if trigger.is_literal else trigger.needs
    except UnicodeDecodeError:
        return ""
    if "\n" in needed or trigger.is_apart or trigger.in_short_lines:
        return ""
    found = max((one for one in needed if one < "\U00010000"), key=rank, default="")
    return found if found and rank(found) > EVERYDAY else ""
