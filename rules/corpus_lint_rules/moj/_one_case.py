"""Misread text that was made small, or capital, afterwards: half of its letters are other bytes than they were.

Of UTF-8 read in a code page, the later bytes of a character are signs and letters of both cases. Where no letter of a
text is a capital, although many might be, a program has folded them: š may have been Š, and the bytes of both are
characters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._single_byte import pages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ._misreading import Repair
    from ._single_byte import Page

ENOUGH = 4
"""Letters that might be of the other case, at least; chance makes so many of one case once in twenty texts."""


def is_one_case(repairs: Iterable[tuple[str, Repair]]) -> bool:
    """Whether some lines, each with its repair, have letters of one case only, of which many may have been the other.

    Of a line that was misread several times, the last misreading is looked at.
    """
    known = {page.name: page for page in pages()}
    cases: set[bool] = set()
    number = 0
    for text, repaired in repairs:
        cases |= {character.isupper() for character in text if character.lower() != character.upper()}
        if len(cases) > 1:
            return False
        if repaired.pages:
            page = known[repaired.pages[0]]
            number += sum(
                _may_be_other(page, character)
                for piece in repaired.pieces
                if piece.is_new
                for character in text[piece.start : piece.end]
            )
    return number >= ENOUGH


def _may_be_other(page: Page, character: str) -> bool:
    """Whether the letter of the other case is a byte of the page as well, and in UTF-8 stands where this one does."""
    byte, other = page.bytes.get(character, 0), page.bytes.get(character.swapcase(), 0)
    return byte != other and _role(byte) == _role(other) != ""


def _role(byte: int) -> str:
    """What a byte beyond ASCII is in UTF-8: a later one, or the first of two, three or four; nothing of others."""
    if byte < 0x80:
        return ""
    if byte < 0xC0:
        return "later"
    return "two" if byte < 0xE0 else "three" if byte < 0xF0 else "four"
