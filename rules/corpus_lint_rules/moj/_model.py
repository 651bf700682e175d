"""How likely text is: what a character costs in bits behind the one before it.

``text.model`` is made by ``make_model.py``, which says of what. The model is one for all languages, so that readings
of the same bytes in different languages can be compared: a table of frequent pairs of characters, and for all other
pairs how often a script follows a script and a character stands in its script. Simplified and traditional forms are
one character, full-width and half-width marks too; letters of ASCII are one character, digits another.
"""

from __future__ import annotations

import os
from array import array
from bisect import bisect_left
from functools import cache, lru_cache
from itertools import accumulate
from sys import byteorder
from typing import TYPE_CHECKING

from corpus_lint.tables import FOLDED_MASK, characters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SCRIPTS = (
    "ascii",
    "letter",
    "latin",
    "han",
    "kana",
    "hangul",
    "mark",
    "cyrillic",
    "greek",
    "hebrew",
    "arabic",
    "thai",
    "symbol",
    "other",
    "broken",
)
"""What a character may belong to; a model file holds the same number of rows."""
(ASCII, LETTER, LATIN, HAN, KANA, HANGUL, MARK, CYRILLIC, GREEK, HEBREW, ARABIC, THAI, SYMBOL, OTHER, BROKEN) = range(
    len(SCRIPTS)
)

REMEMBERED = 200_000
"""Pairs of which the price is kept."""
UNIT = 0.1
"""Bits of one step of the numbers in the file."""
UNLISTED = {
    ASCII: 12.0,
    LETTER: 12.0,
    LATIN: 13.0,
    HAN: 18.0,
    KANA: 13.0,
    HANGUL: 16.0,
    MARK: 14.0,
    SYMBOL: 14.0,
    OTHER: 14.0,
    BROKEN: 13.0,
}
"""Bits, within its script, of a character that the training text did not have."""

_RANGES = (
    (0x80, BROKEN),
    (0xA0, SYMBOL),
    (0xC0, LATIN),
    (0x250, SYMBOL),
    (0x370, GREEK),
    (0x400, CYRILLIC),
    (0x530, OTHER),
    (0x590, HEBREW),
    (0x600, ARABIC),
    (0x700, OTHER),
    (0xE00, THAI),
    (0xE80, OTHER),
    (0x1100, HANGUL),
    (0x1200, OTHER),
    (0x1E00, LATIN),
    (0x1F00, GREEK),
    (0x2000, SYMBOL),
    (0x2E80, HAN),
    (0x3000, MARK),
    (0x3040, KANA),
    (0x3100, OTHER),
    (0x3130, HANGUL),
    (0x3190, OTHER),
    (0x31F0, KANA),
    (0x3200, SYMBOL),
    (0x3400, HAN),
    (0x4DC0, SYMBOL),
    (0x4E00, HAN),
    (0xA000, OTHER),
    (0xAC00, HANGUL),
    (0xD7A4, BROKEN),
    (0xF900, HAN),
    (0xFB00, OTHER),
    (0xFB50, ARABIC),
    (0xFE00, OTHER),
    (0xFE30, SYMBOL),
    (0xFE70, ARABIC),
    (0xFEFF, OTHER),
    (0xFF00, MARK),
    (0xFF61, SYMBOL),
    (0xFFA0, OTHER),
    (0xFFE0, SYMBOL),
    (0xFFF0, BROKEN),
    (0x10000, OTHER),
    (0x20000, HAN),
    (0x40000, OTHER),
    (0xF0000, BROKEN),
)
_STARTS = [start for start, _ in _RANGES]
_DASHES = "—…·“”‘’–"


@lru_cache(1 << 16)
def symbol(character: str) -> str:
    """The character that stands for this one in the model."""
    code = ord(character)
    if code < 0x80:
        if character.isalpha():
            return "a"
        if character.isdigit():
            return "0"
        return character if code > 0x20 else " "
    if 0x3400 <= code < 0xA000:
        return chr(characters()[code] & FOLDED_MASK)
    if 0xFF01 <= code < 0xFF5F:
        return symbol(chr(code - 0xFEE0))
    return " " if code in (0x3000, 0xA0) else character


@lru_cache(1 << 16)
def script(character: str) -> int:
    """The script of a character that `symbol` gave."""
    code = ord(character)
    if code < 0x80:
        return LETTER if character == "a" else ASCII if code >= 0x20 else BROKEN
    if character in _DASHES:
        return MARK
    place = bisect_left(_STARTS, code + 1) - 1
    return _RANGES[place][1]


Listed = list[tuple[int | None, int, float]]
"""Characters as `Model.row` takes them: number in the model, script, bits within it."""


class _Pairs(dict[str, float]):
    """The prices of pairs that have been asked for; no other is made before."""

    def __init__(self, price: Callable[[str, str], float]) -> None:
        self._price = price

    def __missing__(self, pair: str) -> float:
        if len(self) > REMEMBERED:
            self.clear()
        self[pair] = found = self._price(symbol(pair[0]), symbol(pair[1]))
        return found


class Model:
    """The model, read from its file."""

    def __init__(self, data: bytes) -> None:
        """Read the uncompressed part of the file: see `make_model.py` for its layout."""
        count, pairs, length = (int.from_bytes(data[i : i + 4], "little") for i in (0, 4, 8))
        at = 12
        text = data[at : at + length].decode()
        self._ids = dict(zip(text, range(len(text)), strict=True))
        at += length
        self._moves = data[at : (at := at + len(SCRIPTS) ** 2)]
        self._shares = data[at : (at := at + count)]
        self._leaves = data[at : (at := at + count)]
        lengths = array("H", data[at : (at := at + 2 * count)])
        self._seconds = array("H", data[at : (at := at + 2 * pairs)])
        if byteorder == "big":
            lengths.byteswap()
            self._seconds.byteswap()
        self._bits = data[at:]
        self._rows = [0, *accumulate(lengths)]
        self.pairs = _Pairs(self._price)
        """What the second of two characters costs behind the first: what `bits` says, for those who ask for many."""

    def bits(self, before: str, character: str) -> float:
        """What a character costs behind ``before``."""
        return self.pairs[before + character]

    def cost(self, text: str, before: str = " ") -> float:
        """What a text costs behind ``before``."""
        total = 0.0
        for character in text:
            total += self.bits(before, character)
            before = character
        return total

    def listed(self, listed: Iterable[str]) -> Listed:
        """Characters, ready to be priced together behind others."""
        found: Listed = []
        for character in map(symbol, listed):
            number, kind = self._ids.get(character), script(character)
            found.append((number, kind, self._share(number, kind)))
        return found

    def row(self, before: str, listed: Listed) -> list[float]:
        """What each of many characters costs behind ``before``: what `bits` says, at once."""
        before = symbol(before)
        first = self._ids.get(before)
        known: dict[int | None, int] = {}
        leave = 0.0
        if first is not None:
            leave = self._leaves[first] * UNIT
            start, end = self._rows[first], self._rows[first + 1]
            known = dict(zip(self._seconds[start:end], self._bits[start:end], strict=True))
        at = script(before) * len(SCRIPTS)
        moves = [leave + move * UNIT for move in self._moves[at : at + len(SCRIPTS)]]
        return [known[number] * UNIT if number in known else moves[kind] + share for number, kind, share in listed]

    def shares(self) -> list[tuple[str, int]]:
        """Every character of the model and, in units, what it costs within its script."""
        return list(zip(self._ids, self._shares, strict=True))

    def _price(self, before: str, character: str) -> float:
        first, second = self._ids.get(before), self._ids.get(character)
        leave = 0.0
        if first is not None:
            leave = self._leaves[first] * UNIT
            if second is not None:
                row_end = self._rows[first + 1]
                place = bisect_left(self._seconds, second, self._rows[first], row_end)
                if place < row_end and self._seconds[place] == second:
                    return self._bits[place] * UNIT
        kind = script(character)
        return leave + self._moves[script(before) * len(SCRIPTS) + kind] * UNIT + self._share(second, kind)

    def _share(self, number: int | None, kind: int) -> float:
        """What a character costs within its script."""
        return UNLISTED.get(kind, 12.0) if number is None else self._shares[number] * UNIT


@cache
def model() -> Model:
    """The model that ships."""
    import zlib

    with open(os.path.join(os.path.dirname(__file__), "text.model"), "rb") as file:
        content = file.read()
    return Model(zlib.decompress(content[content.index(b"\n\n") + 2 :]))
