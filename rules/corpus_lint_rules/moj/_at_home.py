"""Whether characters restored from UTF-8 belong where they stand, or whether chance made them.

Two or three characters of any misread text can be the bytes of UTF-8 by accident: Japanese in EUC-JP that was read
as Thai, Russian in code page 866 that was read as Latin. Two things betray it. The characters that come out are those
of nobody's code page, as most of Unicode is; and what stands beside them stays as odd as it was.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re

from ._model import model
from ._oddness import LETTERS, look, tension

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ._misreading import Piece

CODE_PAGES = (
    *(f"cp125{number}" for number in range(9)),
    *(f"iso8859-{number}" for number in (3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
    *("cp874", "koi8-u", "mac-roman"),
)
FIRST_LEVELS = (("gb2312", 0xA1, 0xD7), ("big5", 0xA1, 0xC6), ("shift_jis", 0x81, 0x97), ("euc_kr", 0xA1, 0xC8))
"""The lead bytes of the characters that the standards of East Asia call the common ones."""
SIGNS = ((0x1EA0, 0x1EF9), (0x2000, 0x27BF), (0xFE00, 0xFE0F), (0x1F000, 0x1FAFF))
"""Letters of Vietnamese, punctuation and symbols, emoji: in everyday use and in no code page."""
MORE = "\ufeff\ufffdəƏ"
NEAR = 10
"""Characters on both sides of a restored stretch that must look like text."""
KINSHIP = 3
"""Characters on both sides among which a character of a rare script has others of it."""
STRAINED = 2.0
"""How odd (in nats) a character that was not restored stands, from which on it is damaged."""
STRANGE = 13.0
"""Bits a character, over those that were not restored, from which on they are no text."""


def is_at_home(pieces: Sequence[Piece], first: int, end: int) -> bool:
    """Whether the restored pieces from ``first`` to ``end`` belong there, and what stands around them is text."""
    start, stop = max(0, first - NEAR), min(len(pieces), end + NEAR)
    kind = look(pieces[first].character).kind
    if first and pieces[first - 1].character in "?\ufffd" and kind in (*LETTERS, "M", "?", "x"):
        return False  # the first byte of the character may be lost
    if _camel().search("".join(piece.character for piece in pieces[max(0, first - 1) : end + 1])):
        return False
    if not all(_is_everyday(pieces[at].character) or _has_kin(pieces, at) for at in range(first, end)):
        return False
    # Between letters it is an apostrophe, as in l’été.
    text = "".join("'" if piece.character == "’" else piece.character for piece in pieces[start:stop])
    return _is_text(text, pieces[start:stop])


def _has_kin(pieces: Sequence[Piece], at: int) -> bool:
    """Whether two more restored characters nearby are of the same script."""
    kind = look(pieces[at].character)
    near = pieces[max(0, at - KINSHIP) : at + KINSHIP + 1]
    return bool(kind.script) and sum(p.is_new and look(p.character).script == kind.script for p in near) > 2


def _is_text(text: str, pieces: Sequence[Piece]) -> bool:
    """Whether what was not restored is text."""
    bits = model().bits
    prices: list[float] = []
    for at, piece in enumerate(pieces):
        if piece.is_new or piece.character.isascii():
            continue
        if look(piece.character).kind in "LUxmbc$?M" and tension(text, at, at + 1) >= STRAINED:
            return False
        if any(c.isascii() and c.isalpha() for c in text[max(0, at - 1) : at + 2]):
            continue  # an accented letter of a word
        prices.append(bits(text[at - 1] if at else " ", piece.character))
    return len(prices) < 2 or sum(prices) < STRANGE * len(prices)


@cache
def _camel() -> re.Pattern[str]:
    """A capital amid small letters: bytes were lost, or are others in the right code page, as ü of ISO-8859-15."""
    return re.compile("[а-џґ][А-ЯЁЂ-Џ][а-џґ]|[ά-ώ][Ά-Ϋ][ά-ώ]|[a-zß-öø-ÿ][À-ÖØ-Þ][a-zß-öø-ÿ]")


@cache
def _is_everyday(character: str) -> bool:
    """Whether the character is in somebody's code page, or in use without one."""
    code = ord(character)
    if code < 0x80 or character in MORE or any(first <= code <= last for first, last in SIGNS):
        return True
    if any(character.encode(page, "ignore") for page in CODE_PAGES):
        return True
    for page, first, last in FIRST_LEVELS:
        data = character.encode(page, "ignore")
        if data and (len(data) == 1 or first <= data[0] <= last):
            return True
    return False
