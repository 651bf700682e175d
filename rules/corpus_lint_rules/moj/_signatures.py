"""Strings of which one stands in nearly every text that was misread in a code page of one byte a character."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re

if TYPE_CHECKING:
    from re import Pattern

    from corpus_lint.rule import Trigger

CONTROLS = tuple(map(chr, range(0x80, 0xA0)))
"""C1 controls: bytes that a code page has no character for."""

CONTINUED = f"[\xa0-\xbf{bytes(range(0x80, 0xA0)).decode('cp1252', 'ignore')}]"
"""What Windows-1252 shows for the second and the third byte of a character; its controls are in `CONTROLS`."""
HAN = f"[ä-é]{CONTINUED}{{2}}"
"""What it shows for a Han character: a single word in a page may have none of the strings."""
_BYTES = (
    rb"\xc3[\xa4-\xa9](?:\xc2[\xa0-\xbf]|\xe2\x80[\x93\x94\x98-\x9e\xa0-\xa2\xa6\xb0\xb9\xba]|\xe2\x82\xac|\xe2\x84\xa2"
    rb"|\xc5[\x92\x93\xa0\xa1\xb8\xbd\xbe]|\xc6\x92|\xcb[\x86\x9c]){2}"
)
"""The same in UTF-8, for the screen."""


def triggers() -> list[Trigger]:
    """Triggers for the strings, and for any Han character."""
    from corpus_lint.rule import Trigger, literals

    return [*literals(sorted(signatures())), Trigger(_BYTES)]


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
    return _han().search(text) is not None or any(
        text[match.start() : match.start() + length] in known for match in _first().finditer(text) for length in lengths
    )


@cache
def _han() -> Pattern[str]:
    return re.compile(HAN)


@cache
def _first() -> Pattern[str]:
    """What one of the strings begins with: no Han, which a text may have nothing but."""
    return re.compile(f"[{re.escape(''.join(sorted({sign[0] for sign in signatures()})))}]")


@cache
def _lengths() -> tuple[int, ...]:
    return tuple(sorted({len(sign) for sign in signatures()}))
