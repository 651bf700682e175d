"""Code pages as Windows and browsers read them: every character with its bytes, user-defined areas included.

Python's codecs leave out what no standard defines, but real programs write it: characters of the user-defined areas
become private-use characters, single bytes without a meaning the C1 controls of the same number. The areas are those
of Microsoft's code pages 932, 936, 949 and 950.
"""

from __future__ import annotations

import sys
from functools import cache

from corpus_lint import cache as kept

DOUBLE = ("gbk", "big5", "cp932", "cp949", "euc_jp")
"""The double-byte sets, by the names that this package gives them."""
_CODECS = {"gbk": "gbk", "big5": "cp950"}
_LEADS = {"cp932": (*range(0x81, 0xA0), *range(0xE0, 0xFD)), "euc_jp": (0x8E, *range(0xA1, 0xFF))}
_AREAS = {
    "gbk": (
        (0xE000, range(0xAA, 0xB0), range(0xA1, 0xFF)),
        (0xE234, range(0xF8, 0xFF), range(0xA1, 0xFF)),
        (0xE4C6, range(0xA1, 0xA8), (*range(0x40, 0x7F), *range(0x80, 0xA1))),
    ),
    "big5": (
        (0xE000, range(0xFA, 0xFF), (*range(0x40, 0x7F), *range(0xA1, 0xFF))),
        (0xE311, range(0x8E, 0xA1), (*range(0x40, 0x7F), *range(0xA1, 0xFF))),
        (0xEEB8, range(0x81, 0x8E), (*range(0x40, 0x7F), *range(0xA1, 0xFF))),
    ),
    "cp932": ((0xE000, range(0xF0, 0xFA), (*range(0x40, 0x7F), *range(0x80, 0xFD))),),
    "cp949": ((0xE000, (0xC9, 0xFE), range(0xA1, 0xFF)),),
    "euc_jp": (),
}
_EXTRAS = {
    # Microsoft's code page 936 has the euro sign as a single byte; a lone 0xff is private.
    "gbk": {b"\x80": "€", b"\xff": "\uf8f5"},
    "big5": {b"\x80": "\x80", b"\xff": "\uf8f8"},
    "cp932": {b"\x80": "\x80", b"\xa0": "\xa0", b"\xfd": "\uf8f1", b"\xfe": "\uf8f2", b"\xff": "\uf8f3"},
    "cp949": {b"\x80": "\x80", b"\xff": "\uf8f7"},
    "euc_jp": {},
}


SINGLE = ("cp1252", "cp1251", "koi8-r", "cp866", "cp874", "cp1250", "mac_roman", "cp437")
"""The single-byte sets in which double-byte text is found; cp1252 stands for Latin-1 as well."""


@cache
def read_table(name: str) -> dict[bytes, str]:
    """Every character above ASCII of a set by its one or two bytes."""
    if name in SINGLE:
        return {bytes((byte,)): bytes((byte,)).decode(name, "ignore") or chr(byte) for byte in range(0x80, 0x100)}
    found: dict[bytes, str] = kept.made("read-table", _state(name), lambda: _make_read_table(name))
    return found


def _state(name: str) -> bytes:
    """What a table depends on: Python's codecs and this module."""
    return f"{name}\0{sys.version}\0".encode() + kept.state([__file__])


def _make_read_table(name: str) -> dict[bytes, str]:
    found = dict(_EXTRAS[name])
    codec = _CODECS.get(name, name)
    for lead in _LEADS.get(name, range(0x81, 0xFF)):
        for trail in range(0x40, 0xFF):
            data = bytes((lead, trail))
            character = data.decode(codec, "replace")
            # Neither two characters of one byte each, nor one behind a byte that is none.
            if len(character) == 1 and character != "\ufffd" and not character.isascii():
                found[data] = character
    if name == "cp932":
        for byte in range(0xA1, 0xE0):
            found[bytes((byte,))] = bytes((byte,)).decode(codec)
        for byte in (0xA0, 0xFD, 0xFE, 0xFF):
            found[bytes((byte,))] = bytes((byte,)).decode(codec)  # private use
    if name == "gbk":
        # What the code page lacks and its successor GB18030 has in the same two bytes.
        for lead in range(0x81, 0xFF):
            for trail in range(0x40, 0xFF):
                data = bytes((lead, trail))
                if data not in found:
                    character = data.decode("gb18030", "replace")
                    if len(character) == 1 and character != "\ufffd":
                        found[data] = character
    for first, leads, trails in _AREAS[name]:
        code = first
        for lead in leads:
            for trail in trails:
                found.setdefault(bytes((lead, trail)), chr(code))
                code += 1
    return found


@cache
def write_table(name: str) -> dict[str, bytes]:
    """The bytes of every character above ASCII in a double-byte set, those of the everyday area first."""
    found: dict[str, bytes] = kept.made("write-table", _state(name), lambda: _make_write_table(name))
    return found


def _make_write_table(name: str) -> dict[str, bytes]:
    codec = _CODECS.get(name, name)
    # Latin-1 and browsers have the C1 controls where code page 1252 has signs.
    found = {chr(byte): bytes((byte,)) for byte in range(0x80, 0xA0)} if name == "cp1252" else {}
    for data, character in read_table(name).items():
        if character not in found or character.encode(codec, "ignore") == data:
            found[character] = data
    if name == "cp1252":
        # A program that reads UTF-8 where the bytes are UTF-8, and Latin-1 elsewhere, made one character of two bytes.
        for code in range(0x100, 0x800):
            found.setdefault(chr(code), chr(code).encode())
    if name == "gbk":
        # Windows has private characters where GB18030 found the characters of no other bytes.
        trails = (trail for trail in range(0x50, 0xA1) if trail != 0x7F)
        for code, trail in enumerate(trails, 0xE815):
            found.setdefault(chr(code), bytes((0xFE, trail)))
    return found


def decode(data: bytes, name: str) -> str | None:
    """The text of bytes that are whole characters of a set; None when they are not."""
    if name == "utf-8":
        try:
            return data.decode()
        except UnicodeDecodeError:
            return None
    table = read_table(name)
    found = []
    position = 0
    while position < len(data):
        if data[position] < 0x80:
            found.append(chr(data[position]))
            position += 1
            continue
        for length in (1, 2):
            character = table.get(data[position : position + length])
            if character is not None:
                break
        else:
            return None
        found.append(character)
        position += length
    return "".join(found)


def encode(text: str, name: str) -> bytes | None:
    """The bytes of a text in a set; None when a character has none."""
    if name == "utf-8":
        return text.encode("utf-8", "surrogatepass")
    table = write_table(name)
    try:
        return b"".join(character.encode() if character < "\x80" else table[character] for character in text)
    except KeyError:
        return None
