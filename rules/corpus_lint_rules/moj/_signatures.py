"""Strings of which one stands in nearly every text that was misread in a code page of one byte a character."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re

if TYPE_CHECKING:
    from re import Pattern

CONTROLS = tuple(map(chr, range(0x80, 0xA0)))
"""C1 controls: bytes that a code page has no character for."""


@cache
def signatures() -> frozenset[str]:
    """The strings; ``make_signatures.py`` tells where they come from."""
    with open(os.path.join(os.path.dirname(__file__), "signatures.txt"), encoding="utf-8") as file:
        return frozenset((*CONTROLS, *(line.rstrip("\n") for line in file)))


def has_signature(text: str) -> bool:
    """Whether one of the strings stands in the text."""
    if text.isascii():
        return False
    known, lengths = signatures(), _lengths()
    return any(
        text[match.start() : match.start() + length] in known for match in _first().finditer(text) for length in lengths
    )


@cache
def _first() -> Pattern[str]:
    """What one of the strings begins with: no Han, which a text may have nothing but."""
    return re.compile(f"[{re.escape(''.join(sorted({sign[0] for sign in signatures()})))}]")


@cache
def _lengths() -> tuple[int, ...]:
    return tuple(sorted({len(sign) for sign in signatures()}))
