"""Lines of a UTF-8 file that are in another encoding, told from lines of UTF-8 that are damaged.

A text with bytes that are not UTF-8 has lone surrogates for them (U+DC80 to U+DCFF): a line gives back its bytes.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = 3
"""Encodings that the lines which say too little by themselves are searched for."""
FEW = 4
"""Bytes outside ASCII that all such lines must have, to be read at all."""
LETTERS = 4
"""Letters outside ASCII that they must have in the encoding that they are read in."""
CLEAR = 8
"""Bytes outside ASCII from which the judgement may leave no doubt."""
TELLING = 48
"""Bytes outside ASCII by which lines that stand together are judged by themselves."""
STRETCHES = 50
"""Stretches that are judged one by one at most; with more of them, all are judged at once."""


class ForeignLine(NamedTuple):
    """A line that is no UTF-8.

    Attributes:
        start, end: where it is in the text, without its line end.
        encoding: the Python codec that it is in.
        text: what it says.
        is_sure: whether the judgement leaves no reasonable doubt.
    """

    start: int
    end: int
    encoding: str
    text: str
    is_sure: bool


class _Line(NamedTuple):
    start: int
    end: int
    data: bytes


@cache
def bad_bytes() -> re.Pattern[str]:
    """The bytes in a row that are no characters."""
    return re.compile("[\udc80-\udcff][\udc80-\udcff]*")  # searched for faster than a set that is repeated


@lru_cache(maxsize=2)
def foreign_lines(text: str) -> dict[int, ForeignLine]:
    """The lines of a text that are in another encoding than UTF-8, by where they start.

    A line that is mostly UTF-8 is damaged. Of the others, those that stand together and say enough are judged together,
    and the rest all at once, since a short line alone says too little. Each must be readable without a bad byte and
    give its own bytes again.
    """
    lines = [line for line in _lines(text) if not _is_mostly_utf8(line.data)]
    found: dict[int, ForeignLine] = {}
    telling = [stretch for stretch in _stretches(text, lines) if _high(stretch) >= TELLING]
    if 1 < len(telling) <= STRETCHES:
        for stretch in telling:
            found |= _judged(stretch)
    for _ in range(ROUNDS):
        read = _judged([line for line in lines if line.start not in found])
        if not read:
            break
        found |= read
    return dict(sorted(found.items()))


def _judged(lines: list[_Line]) -> dict[int, ForeignLine]:
    """Those of the lines that are in the encoding in which all are likeliest text."""
    number = _high(lines)
    if number < FEW:
        return {}
    from corpus_lint.guess import guess

    guessed = guess(b"\n".join(line.data for line in lines))
    if guessed.encoding is None or guessed.encoding.startswith("utf"):
        return {}
    is_sure = guessed.sure and number >= CLEAR
    read = [_read(line, guessed.encoding, is_sure=is_sure) for line in lines]
    found = {line.start: line for line in read if line is not None}
    outside = "".join(character for line in found.values() for character in line.text if character >= "\x80")
    letters = sum(character.isalpha() for character in outside)
    # A few bytes strewn in read as something in every single-byte encoding, mostly as signs.
    return found if letters >= LETTERS and letters * 2 > len(outside) else {}


def _high(lines: list[_Line]) -> int:
    """How many bytes of the lines are none of ASCII."""
    return sum(byte >= 0x80 for line in lines for byte in line.data)


def _stretches(text: str, lines: list[_Line]) -> Iterator[list[_Line]]:
    """The lines between which there is nothing but ASCII."""
    stretch: list[_Line] = []
    for line in lines:
        if stretch and not text[stretch[-1].end : line.start].isascii():
            yield stretch
            stretch = []
        stretch.append(line)
    if stretch:
        yield stretch


def _lines(text: str) -> Iterator[_Line]:
    """The lines with bad bytes, and with nothing else that is no character."""
    end = -1
    for match in bad_bytes().finditer(text):
        if match.start() <= end:
            continue
        start = max(text.rfind("\n", 0, match.start()), text.rfind("\r", 0, match.start())) + 1
        found = re.compile(r"[\r\n]").search(text, match.end())
        end = found.start() if found else len(text)
        try:
            yield _Line(start, end, text[start:end].encode("utf-8", "surrogateescape"))
        except UnicodeEncodeError:
            continue  # half a character that a record escapes: no byte of the file


def _is_mostly_utf8(data: bytes) -> bool:
    high = sum(byte >= 0x80 for byte in data)
    valid = data.decode("utf-8", "ignore")
    return (len(valid.encode()) - sum(character < "\x80" for character in valid)) * 2 > high


def _read(line: _Line, encoding: str, *, is_sure: bool) -> ForeignLine | None:
    from corpus_lint.guess import is_plausible

    try:
        text = line.data.decode(encoding)
        if text.encode(encoding) != line.data or not is_plausible(line.data, encoding):
            return None
    except UnicodeError:
        return None
    return ForeignLine(line.start, line.end, encoding, text, is_sure)
