"""One number for each character of the Basic Multilingual Plane: its folded form, its class, its use.

``characters.bin`` holds 65,536 little-endian 32-bit entries, indexed by code point:

* bits 0 to 15: the folded character: NFKC, traditional to simplified Han, lower case; 0 for white space,
  invisible and combining characters, which folding drops;
* bits 16 to 19: the census class, a `CharacterClass`;
* bit 20: set when the character counts in passages (letters and digits of any script; no punctuation);
* bit 31: set for the line feed alone, whose entry is so known from every other.

``make_tables.py`` makes the file from Python's Unicode data and the OpenCC dictionaries.
"""

from __future__ import annotations

from array import array
from functools import cache
from os.path import dirname, join
from sys import byteorder
from zlib import crc32

from .. import cache as kept

FOLDED_MASK = 0xFFFF
CLASS_SHIFT = 16
CLASS_MASK = 0xF
PASSAGE_BIT = 1 << 20
LINE_FEED = 1 << 31


class CharacterClass:
    """The classes that the census counts; every character is in exactly one."""

    OTHER = 0
    HAN = 1
    """Han that simplified and traditional text both use, and rare Han."""
    SIMPLIFIED = 2
    """Han that only simplified text uses."""
    TRADITIONAL = 3
    """Han that only traditional text uses."""
    KANA = 4
    HANGUL = 5
    CONTROL = 6
    """C0 and C1 controls other than tab, line feed, form feed and carriage return, and U+007F."""
    PRIVATE_USE = 7
    REPLACEMENT = 8
    """U+FFFD."""
    LETTER = 9
    """Latin letters."""
    INVISIBLE = 10
    """Characters that show nothing: format characters, variation selectors, fillers, and U+FFFC."""
    ODD_SPACE = 11
    """White space that is neither U+0020, tab, line feed, form feed nor U+3000: carriage return, U+00A0, U+2028 ..."""
    COMPATIBILITY = 12
    """Other forms of letters, digits and Han that text is not written with: radicals, compatibility ideographs,
    full-width letters and digits, half-width katakana, Arabic presentation forms, Latin ligatures; not ① ² ㎡ ™."""
    OTHER_SCRIPT = 13
    """Letters of every other script: Greek, Cyrillic, Arabic, Thai ..."""


@cache
def characters() -> array[int]:
    """The table, as unsigned 32-bit integers."""
    table = array("I")
    with open(join(dirname(__file__), "characters.bin"), "rb") as file:
        table.frombytes(file.read())
    if byteorder == "big":
        table.byteswap()
    return table


@cache
def members(number: int) -> str:
    """The characters of a class, in their order."""
    state = f"{number}\0{crc32(characters())}".encode()
    found: str = kept.made(
        "class",
        state,
        lambda: "".join(
            chr(code)
            for code, entry in enumerate(characters())
            if entry >> CLASS_SHIFT & CLASS_MASK == number and not 0xD800 <= code < 0xE000
        ),
    )
    return found
