"""What GBK bytes become that a program has cut open: the damage forwards, which proves a repair."""

from __future__ import annotations

from ._codepages import read_table, write_table

MARKS = {sign: bytes((0xA3, ord(sign) + 0x80)) for sign in "!,?;:"} | {"。": b"\xa1\xa3"}
"""Signs that the program put in for two bytes without regard to where a character begins, with these bytes."""
LOST = "\0"
"""Stands in a result for a sign that was swallowed and cannot be known."""

_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def misread(parts: list[bytes | str]) -> str:
    """What GBK bytes become that a program has cut open, when they are read as GBK and made half-width.

    A lone byte becomes `?`; so does one that was already made a question mark by whatever lost it.

    Args:
        parts: bytes of the original text, in order, and between them what stands in the damaged text as it was put
            there: a reading with its brackets, a half-width mark, a swallowed sign.
    """
    table = read_table("gbk")
    stream: list[int | str] = []
    for part in parts:
        stream += part
    found: list[str] = []
    position = 0
    while position < len(stream):
        item = stream[position]
        following = stream[position + 1] if position + 1 < len(stream) else None
        position += 1
        if isinstance(item, str):
            found.append(item)
        elif item < 0x80:
            found.append(chr(item))
        elif isinstance(following, int) and bytes((item, following)) in table:
            found.append(table[bytes((item, following))])
            position += 1
        else:
            found.append("?")
            # A bracket or a digit behind a lone byte goes with it; a mark stays.
            if isinstance(following, str) and following not in MARKS:
                position += 1
    return canonical("".join(found).replace(LOST, ""))


def canonical(text: str) -> str:
    """The text with half-width signs, and with one character for every pair of bytes that programs read differently."""
    table, back = read_table("gbk"), write_table("gbk")
    return "".join(table.get(back.get(character, b""), character) for character in text).translate(_HALF)
