"""Decoding: from a file's bytes to text, and back to the very same bytes.

A byte-order mark decides; else strict UTF-8 is tried first, and costs nothing more than that. Only bytes that are
not UTF-8 throughout are judged (`corpus_lint.guess`): damaged UTF-8 stays UTF-8 with its bad bytes named, and is never
read as another encoding as a whole. Line ends are never touched.
"""

from __future__ import annotations

import codecs
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from functools import cache

from . import expressions as re
from .native import SOME, utf8_loops
from .source import SHOWN, BadBytes, Decoding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

BOMS = (
    (BOM_UTF32_LE, "utf-32-le"),
    (BOM_UTF32_BE, "utf-32-be"),
    (BOM_UTF16_LE, "utf-16-le"),
    (BOM_UTF16_BE, "utf-16-be"),
)
FEW_PRIVATE = 1000
"""Characters of a text in a legacy encoding for each private-use one that its author may have made himself."""
_MARKS = (BOM_UTF8, *(mark for mark, _ in BOMS))
MAXIMUM_BAD = 10_000
HEAD = 4096
WIDE_HALVES = b"\0\3\4\5\6"
"""The upper halves of UTF-16 in ASCII, Greek, Cyrillic, Hebrew and Arabic."""

CERTAIN = 12
"""Bytes above 0x7f that a line must have for its being UTF-8 to say something."""
HIGH = bytes(range(0x80, 0x100))

LINE_END = r"\r\n|\n|\r"
CONTROL = r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f-\x9f]"
NO_CONTROLS = bytes(code for code in range(256) if (code >= 0x20 and code != 0x7F) or code in b"\b\t\n\v\f\r\x1b")

SIGNATURES = (
    b"%PDF-",
    b"\x1f\x8b",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BZh",
    b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\xd0\xcf\x11\xe0",
    b"\x7fELF",
    b"ID3",
    b"OggS",
)
"""How files begin that are no text and may have no NUL byte in their head."""


def utf8(data: bytes) -> str:
    """As ``data.decode()``, of much data in less time.

    Raises:
        UnicodeDecodeError: it is not UTF-8.
    """
    loops = utf8_loops() if len(data) >= SOME else None
    text = loops.decode(data) if loops is not None else None
    return data.decode() if text is None else text


def decode(data: bytes) -> tuple[str, Decoding]:
    """The text of a file's bytes, and how it was decoded. Never raises; `encode` is the inverse where it is exact."""
    bom = marks(data)
    try:
        text = data[len(bom) :].decode("utf-8") if bom else data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(data, bom)
    if bom:
        return text, Decoding(bom=bom)
    # ASCII as UTF-16 is valid UTF-8, every other byte NUL; so is Russian, every other byte 4.
    if text.isascii():
        head = data[:HEAD]
        if any(half in head for half in WIDE_HALVES) and (wide := _wide(data)):
            return decode_as(data, b"", wide, sure=True)
    return text, Decoding()


def damage(data: bytes, start: int, offset: int, line: int) -> tuple[str, list[BadBytes]]:
    """The text of a part of a file that is UTF-8 but for some damage, and the damage.

    Args:
        data: the part.
        start: where it stands in the file, in bytes from 0.
        offset: likewise in code points of the text.
        line: the number of its first line, from 1.
    """
    places: list[tuple[int, int]] = []
    text = _decode_recording(data, "utf-8", places)
    found = _located(data, "utf-8", places, start)
    return text, [bad._replace(offset=bad.offset + offset, line=bad.line + line - 1) for bad in found]


def encode(text: str, decoding: Decoding) -> bytes:
    """The bytes of a text in a file's own encoding, byte-order mark included.

    Raises:
        UnicodeEncodeError: the encoding has no bytes for some character of the text.
    """
    return decoding.bom + text.encode(decoding.encoding, _handler(decoding.encoding))


def looks_binary(data: bytes) -> bool:
    """Whether the first few KiB of a file are no text in any encoding; for the walk through folders.

    Text with NUL bytes or control characters strewn in is text, as long as there is clearly more of it than of them.
    """
    if not data or data.startswith(_MARKS):
        return False
    if data.startswith(SIGNATURES):
        return True
    text = data.rstrip(b"\0")
    controls = len(text.translate(None, NO_CONTROLS))
    if text and (not controls or controls * _tolerance(text) <= len(text)):
        return False
    return controls != 1 and not _wide(data[: len(data) // 4 * 4])


def _tolerance(data: bytes) -> int:
    """One byte in how many may be a control character in a text like this; real pages have one in ten."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return 50
    return 10 if text.isascii() else 3


def marks(data: bytes) -> bytes:
    """The UTF-8 byte-order marks that the data begins with; careless joining leaves several."""
    number = 0
    while data.startswith(BOM_UTF8, 3 * number):
        number += 1
    return BOM_UTF8 * number


def _decode_other(data: bytes, bom: bytes) -> tuple[str, Decoding]:
    """Decode what is not strictly UTF-8."""
    mark, encoding = next(
        (pair for pair in BOMS if data.startswith(pair[0]) and (len(pair[0]) == 2 or len(data) % 4 == 0)), (b"", "")
    )
    if len(mark) == 4:
        return decode_as(data, mark, encoding, sure=True)
    if not bom and not mark and b"\0" in data[:HEAD] and (wide := _wide(data)):
        return decode_as(data, b"", wide, sure=True)
    from .guess import guess, means_something

    if mark and means_something(data[2:], encoding):
        return decode_as(data, mark, encoding, sure=True)
    guessed = guess(data[len(bom) :])
    # A word in Windows-1251 may begin with the bytes of a mark, too: яю. No byte of such a text is zero.
    if mark and (guessed.encoding != "cp1251" or b"\0" in data):
        return decode_as(data, mark, encoding, sure=True)
    if guessed.encoding != "utf-8" and not (guessed.encoding or "").startswith("utf-16") and _has_utf8_lines(data):
        return decode_as(data, bom, "utf-8", sure=True)
    if guessed.encoding is None:
        text, decoding = decode_as(data, bom, "utf-8", sure=False)
        return text, decoding._replace(known=False)
    text, decoding = decode_as(data, bom, guessed.encoding, sure=guessed.sure)
    # Where a byte was lost, double bytes behind it are out of step, and some of them are nobody's characters.
    private = len(re.findall("[\ue000-\uf8ff]", text)) if guessed.sure else 0
    return text, decoding._replace(sure=guessed.sure and private * FEW_PRIVATE <= len(text))


def _has_utf8_lines(data: bytes) -> bool:
    """Whether some lines are certainly UTF-8, though the bytes as a whole are not.

    A long line of another encoding is UTF-8 by chance less than once in a thousand times; short ones often are.
    """
    long = valid = 0
    for line in data.replace(b"\r", b"\n").split(b"\n"):
        high = 0 if line.isascii() else len(line) - len(line.translate(None, HIGH))
        if high >= CERTAIN:
            long += 1
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                continue
            valid += 2 if high >= 2 * CERTAIN else 1
    return valid >= 2 and valid * 100 >= long


def decode_as(data: bytes, bom: bytes, encoding: str, *, sure: bool) -> tuple[str, Decoding]:
    """Decode in a known encoding, with the bytes named that are no characters of it."""
    body = data[len(bom) :]
    places: list[tuple[int, int]] = []
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError:
        text = _decode_recording(body, encoding, places)
    count = sum(end - start for start, end in places)
    bad = tuple(_located(body, encoding, places[:MAXIMUM_BAD], len(bom)))
    decoding = Decoding(encoding, bom, bad, sure, bad_count=count)
    return text, decoding._replace(exact=encoding == "utf-8" or _is_exact(text, decoding, data))


@cache
def _recording() -> Any:
    """Where `_record` finds the list to add to, one for each thread: codecs know their error handlers by name only."""
    import threading

    codecs.register_error("corpus_lint.record", _record)
    return threading.local()


def _decode_recording(body: bytes, encoding: str, places: list[tuple[int, int]]) -> str:
    """Decode tolerantly; adds to ``places`` where bytes are that are no characters, neighbours joined."""
    _recording().places = places
    return body.decode(encoding, "corpus_lint.record")


def _record(error: UnicodeError) -> tuple[str, int]:
    """Stand in for bad bytes with what `encode` turns back into them; U+FFFD where there is no such thing."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    places: list[tuple[int, int]] = _recording().places
    in_utf = error.encoding.lower().startswith("utf")
    # What follows a bad first byte may be a character of its own.
    start, end = error.start, error.end if in_utf else error.start + 1
    if places and places[-1][1] == start:
        places[-1] = (places[-1][0], end)
    else:
        places.append((start, end))
    bad = error.object[start:end]
    if in_utf:
        try:
            return bad.decode(error.encoding, _handler(error.encoding)), end
        except UnicodeDecodeError:
            return "\ufffd", end
    return bad.decode("ascii", "surrogateescape"), end


def _located(body: bytes, encoding: str, places: list[tuple[int, int]], shift: int) -> Iterator[BadBytes]:
    """The places with their code-point offsets and lines; ``shift`` bytes of the file precede the body."""
    position, offset, line = 0, 0, 1
    for start, end in places:
        between = body[position:start].decode(encoding)
        offset += len(between)
        line += len(re.findall(LINE_END, between))
        yield BadBytes(start + shift, end + shift, offset, line, body[start : min(end, start + SHOWN)])
        offset += len(_decode_recording(body[start:end], encoding, []))
        position = end


def _handler(encoding: str) -> str:
    """The error handler with which an encoding gives back bytes that are none of its characters."""
    return "surrogatepass" if encoding.lower().startswith(("utf-16", "utf-32", "utf16", "utf32")) else "surrogateescape"


def _is_exact(text: str, decoding: Decoding, data: bytes) -> bool:
    try:
        return encode(text, decoding) == data
    except UnicodeEncodeError:
        return False


def _wide(data: bytes) -> str | None:
    """The UTF-16 or UTF-32 that bytes with NUL bytes or other controls and no mark surely are."""
    head = data[:HEAD]
    for encoding, first in (("utf-32-le", 0), ("utf-32-be", 3)):
        if len(data) % 4 == 0 and not any(head[first ^ 3 :: 4]) and any(head):
            text = head.decode(encoding, "replace")
            if "\ufffd" not in text and not re.search(CONTROL, text):
                return encoding
    if len(data) % 2:
        return None
    from .guess import guess_wide

    return guess_wide(data)
