"""Blocks: the shortest stretches of misread characters whose bytes are whole characters when they are read rightly."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ._codepages import read_table, write_table
from ._conversion import converted_from, simplified_forms
from ._model import ASCII, BROKEN, HAN, KANA, MARK, SYMBOL, UNIT, model, script

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST = 6
"""Characters after which a block must end where a character of the right encoding ends."""
LOST_MARKS = "?\ufffd"
EURO = "€"
"""What GBK has twice: as a single byte on Windows, and as two."""
LOST = 3.0
"""Bits of a byte that has become a question mark or U+FFFD."""
MIXED = 3.0
"""Bits of a letter that was read as UTF-8 amid bytes that were read one by one."""
COMMON = 14.0
"""Bits, in their script, of the rarest characters that are guessed for a lost byte."""
CHOICES = 12
"""Guesses for a lost byte that are followed."""

UNKNOWN = "\ufffd"
"""Stands for a character of which a byte is lost."""

Block = tuple[int, str, str, float]
"""Where a block ends, what it was, the same with `UNKNOWN` for what is guessed, and what the guesses cost in bits."""


class Blocks:
    """The blocks of one misreading; those without a lost byte are kept once they are known."""

    def __init__(self, right: str, wrong: str, *, converted: bool) -> None:
        self._is_utf8 = right == "utf-8"
        self._guesses = LOST_MARKS + EURO if wrong == "gbk" else LOST_MARKS
        self._bytes = write_table(wrong)
        self._table = {} if self._is_utf8 else read_table(right)
        self._converted = converted
        self._known: dict[str, tuple[str | None, bool]] = {}
        self._is_latin = wrong == "cp1252" and not self._is_utf8
        self._judged = ("", False)

    def at(self, text: str, start: int, end: int) -> Sequence[Block]:
        """The blocks that begin at ``start``: at most one unless bytes are lost or characters were converted."""
        found: list[Block] = []
        limit = min(end, start + LONGEST)
        if self._is_utf8 and (self._converted or any(mark in text[start:limit] for mark in self._guesses)):
            return list(self._guessed(text, start, limit))
        if self._is_latin and self._is_mixed(text):
            found += self._mixed(text, start, limit)
        for stop in range(start + 1, limit + 1):
            part = text[start:stop]
            known = self._known.get(part)
            if known is None:
                known = self._known[part] = self._read(part)
                if len(self._known) > 100_000:
                    self._known.clear()
            restored, wants_more = known
            if restored is not None:
                found.append((stop, restored, restored, 0.0))
            if not wants_more:
                break
        return found

    def _read(self, part: str) -> tuple[str | None, bool]:
        """What the characters were, if they are a block; whether more characters could make them one."""
        data = b""
        for character in part:
            more = character.encode() if character < "\x80" else self._bytes.get(character)
            if more is None:
                return None, False
            data += more
        return _read_utf8(data) if self._is_utf8 else self._decoded(data)

    def _is_mixed(self, text: str) -> bool:
        """Whether bytes that are UTF-8 were read so and others as Latin-1: some letter is beyond both."""
        if self._judged[0] != text:
            self._judged = text, any("\u0100" <= c < "\u0800" and len(self._bytes.get(c, b"")) == 2 for c in text)
        return self._judged[1]

    def _mixed(self, text: str, start: int, limit: int) -> Iterator[Block]:
        """The blocks in which a letter of Latin-1 stands for the two bytes that it has in UTF-8."""
        stack = [(start, b"", False)]
        while stack:
            position, data, is_mixed = stack.pop()
            restored, wants_more = self._decoded(data) if data else (None, True)
            if restored and is_mixed:
                yield position, restored, restored, MIXED
            if not wants_more or position == limit:
                continue
            character = text[position]
            more = character.encode() if character < "\x80" else self._bytes.get(character)
            if more is not None:
                stack.append((position + 1, data + more, is_mixed))
            if "\xa0" <= character < "\u0100":
                stack.append((position + 1, data + character.encode(), True))

    def _decoded(self, data: bytes) -> tuple[str | None, bool]:
        """What bytes of a double-byte set are, if they are whole characters; whether more could make them so."""
        position = 0
        found = []
        while position < len(data):
            if data[position] < 0x80:
                found.append(chr(data[position]))
                position += 1
                continue
            one = self._table.get(data[position : position + 1])
            length = 2 if one is None else 1
            known = self._table.get(data[position : position + 2]) if one is None else one
            if known is None:
                return None, position + 1 == len(data)
            if script(known) == BROKEN:
                return None, False
            found.append(known)
            position += length
        return "".join(found), False

    def _guessed(self, text: str, start: int, limit: int) -> Iterator[Block]:
        """The blocks of UTF-8 in which bytes are lost, or characters stand for others."""
        stack: list[tuple[int, tuple[int, ...], str, str, float]] = [(start, (), "", "", 0.0)]
        while stack:
            position, pending, written, known, cost = stack.pop()
            if written and not pending:
                yield position, written, known, cost
                continue
            if position == limit:
                continue
            is_followed = text[position : position + 2] == 2 * UNKNOWN
            for more, price in self._spellings(text[position], bool(pending)):
                if is_followed and more == (-1, -1):
                    continue  # a mark for each byte
                for rest, restored, sure in _feed((*pending, *more)):
                    stack.append((position + 1, rest, written + restored, known + sure, cost + price))

    def _spellings(self, character: str, inside: bool) -> Iterator[tuple[tuple[int, ...], float]]:
        """The bytes that a character may stand for, -1 for a lost one, and what that costs."""
        if character in LOST_MARKS and (inside or character == "\ufffd"):
            yield (-1,), LOST
            yield (-1, -1), LOST
        if character < "\x80":
            if not inside:
                return
            yield (ord(character),), 0.0
            return
        data = self._bytes.get(character)
        if data is not None:
            yield tuple(data), 0.0
        if character == EURO and EURO in self._guesses:
            yield (0xA2, 0xE3), 0.0
        if self._converted:
            for other in converted_from().get(character, ""):
                data = self._bytes.get(other)
                if data is not None:
                    yield tuple(data), 0.0


def _read_utf8(data: bytes) -> tuple[str | None, bool]:
    try:
        return data.decode(), False
    except UnicodeDecodeError as error:
        return None, error.end == len(data) and error.reason == "unexpected end of data"


def _feed(data: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], str, str]]:
    """Every way to read bytes of UTF-8 with lost ones: what is left for the next character, the text, what is sure."""
    stack: list[tuple[tuple[int, ...], str, str]] = [(data, "", "")]
    while stack:
        rest, written, sure = stack.pop()
        head = rest[:3]
        if not head:
            yield (), written, sure
            continue
        lead = head[0]
        if 0xC2 <= lead < 0xE0:
            if len(rest) == 1:
                yield rest, written, sure
            elif 0x80 <= rest[1] < 0xC0:
                character = bytes(rest[:2]).decode()
                stack.append((rest[2:], written + character, sure + character))
            continue
        if not (0xE0 <= lead < 0xF0 or lead == -1) or any(0 <= byte < 0x80 or byte >= 0xC0 for byte in head[1:]):
            continue
        if len(head) < 3:
            yield rest, written, sure
        elif head.count(-1) == 0:
            character = bytes(head).decode("utf-8", "ignore")
            if character:
                stack.append((rest[3:], written + character, sure + character))
        elif head.count(-1) == 1:
            place = head.index(-1)
            known = tuple(byte for byte in head if byte >= 0)
            for character in _common().get((place, known), "")[:CHOICES]:
                stack.append((rest[3:], written + character, sure + UNKNOWN))
        elif lead != -1 and head[1:] == (-1, -1):
            stack.append((rest[3:], written + UNKNOWN, sure + UNKNOWN))


@cache
def _common() -> dict[tuple[int, tuple[int, ...]], str]:
    """Common characters of three bytes, the most frequent first, by which byte is missing and the two others."""
    ranked = sorted(
        (share, character)
        for character, share in model().shares()
        if script(character) in (HAN, KANA, MARK, SYMBOL, ASCII)
        and share * UNIT <= COMMON
        and (character >= "\u0800" or character in _variants())
    )
    found: dict[tuple[int, tuple[int, ...]], list[str]] = {}
    for _, character in ranked:
        for form in (character, *_variants().get(character, "")):
            data = tuple(form.encode())
            if len(data) != 3:
                continue
            for place in range(3):
                found.setdefault((place, data[:place] + data[place + 1 :]), []).append(form)
    return {key: "".join(characters) for key, characters in found.items()}


@cache
def _variants() -> dict[str, str]:
    """Simplified characters with the traditional ones that the model counts as the same, and marks with wide ones."""
    found: dict[str, str] = {}
    for traditional, simplified in simplified_forms().items():
        found[simplified] = found.get(simplified, "") + traditional
    for code in range(0xFF01, 0xFF5F):
        if not chr(code - 0xFEE0).isalnum():
            found[chr(code - 0xFEE0)] = chr(code)
    return found
