"""Identity: what a finding is known by, so that it is the same finding after its file has changed elsewhere.

Version `VERSION`, a contract that ``docs/baseline.md`` describes. Neither lines nor columns, file names nor times
belong to it, and all text is folded first: white space, case, width, script and injected readings do not count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from .folding import folded_text
from .named_tuple import NamedTuple

try:  # hashlib loads OpenSSL, which costs as much as half a bare start
    from _blake2 import blake2b
except ImportError:  # pragma: no cover - another Python than CPython
    from hashlib import blake2b

if TYPE_CHECKING:
    from .document import Document

VERSION = 1

CONTEXT = 16
"""Folded characters on each side of a finding, in its line, that belong to its fingerprint."""

TELLING = 8
"""Folded characters that a side needs at least to be evidence on its own."""

SPREAD = 64
"""Folded characters on each side of a finding, across lines, that its sketch is made of."""

LONG = 64
"""Folded characters from which on a text is known by a sketch of itself."""

LONGEST = 20_000
"""Characters of a line or a matched text, at most, that are read."""

DIGITS = 16
"""Digits of a sketch."""

NONE = 1 << 32
"""More than any number of which the least is a digit of a sketch."""

_READING = 10
"""Characters of the longest reading that folding drops: so much may be cut wrongly at the edge of a slice."""


class Identity(NamedTuple):
    """What a finding is known by.

    Attributes:
        fingerprint: 16 hexadecimal digits: 8 of rule and matched text, 4 of what stands before it in its line and 4
            of what stands behind it. A side of fewer than `TELLING` characters begins with 0, any other never.
        sketch: a letter and 16 hexadecimal digits that stay alike where texts are alike: with ``a`` of the text
            around the finding, with ``w`` of the whole that it stands for (a long passage, a line of many defects).
    """

    fingerprint: str
    sketch: str


def identify(code: str, document: Document, start: int, end: int, *, whole_line: bool = False) -> Identity:
    """The identity of a finding of the rule ``code`` from ``start`` to ``end`` of the document.

    With ``whole_line`` it stands for all the defects of its line, and stays itself when some of them are mended.
    """
    text = document.text
    first = document.line_at(start)
    last = document.line_at(max(end - 1, start))
    starts = document.line_starts
    line_start, line_end = starts[first], starts[last + 1] if last + 1 < len(starts) else len(text)
    stop = min(end, start + LONGEST)
    # Of what folding drops the very characters count, but for the kind of line end.
    matched = _fold(text, start, stop) or text[start:stop].replace("\r\n", "\n").replace("\r", "\n")
    before = _before(text, start, line_start, CONTEXT)
    behind = _behind(text, end, line_end, CONTEXT)
    fingerprint = _digest(f"{code}\0{matched}", 4) + _side(before) + _side(behind)
    if whole_line:
        return Identity(fingerprint, "w" + _sketch(folded_text(text[line_start : min(line_end, line_start + LONGEST)])))
    if len(matched) > LONG:
        return Identity(fingerprint, "w" + _sketch(matched))
    around = _before(text, start, 0, SPREAD), _behind(text, end, len(text), SPREAD)
    return Identity(fingerprint, "a" + _sketch(*around))


def identify_file(code: str, document: Document) -> Identity:
    """The identity of a finding about a file as a whole, which begins with ``document``."""
    fingerprint = _digest(f"{code}\0", 4) + _side("") + _side("")
    return Identity(fingerprint, "a" + _sketch("", _behind(document.text, 0, len(document.text), SPREAD)))


def likeness(one: str, other: str) -> int:
    """How alike the texts are of which two sketches were made: from 0 to `DIGITS`.

    Two sketches of nothing are as alike as can be.
    """
    if one == other:
        return DIGITS
    if one[0] != other[0]:
        return 0
    pairs = [(a, b) for a, b in zip(one[1:], other[1:], strict=False) if a != "0" or b != "0"]
    equal = sum(a == b for a, b in pairs)
    return DIGITS * equal // len(pairs) if equal > 1 else 0


def _fold(text: str, start: int, end: int) -> str:
    """The folded text; a reading at its beginning is known by the character before it."""
    if start and text[start : start + 1] in ("(", "（"):
        lead = folded_text(text[start - 1])
        return folded_text(text[start - 1 : end])[len(lead) :]
    return folded_text(text[start:end])


def _before(text: str, at: int, limit: int, count: int) -> str:
    """At most ``count`` folded characters before ``at``, not from before ``limit``."""
    size = 2 * count
    while True:
        start = max(at - size, limit)
        folded = folded_text(text[start:at])
        if start == limit or len(folded) >= count + _READING:
            return folded[-count:]
        size *= 3


def _behind(text: str, at: int, limit: int, count: int) -> str:
    """At most ``count`` folded characters from ``at`` on, not from ``limit`` on."""
    size = 2 * count
    while True:
        end = min(at + size, limit)
        folded = _fold(text, at, end)
        if end == limit or len(folded) >= count + _READING:
            return folded[:count]
        size *= 3


def _side(context: str) -> str:
    """Four digits, of which the first is 0 exactly when the context is too short to be evidence."""
    digits = int(_digest(context, 4), 16)
    return f"{digits % 0x1000:04x}" if len(context) < TELLING else f"{0x1000 + digits % 0xF000:04x}"


def _digest(text: str, size: int) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()


def _sketch(*parts: str) -> str:
    """One-permutation min-hash (Li, Owen and Zhang, NIPS 2012) of the parts' runs of three characters, 4 bits each.

    A part's runs differ from another's: what stands before a finding is not like what stands behind it. 0 is a
    digit that no run fell to.
    """
    least = [NONE] * DIGITS
    for number, part in enumerate(parts):
        data = part.encode("utf-16-le", "surrogatepass")
        for start in range(0, len(data) - 4, 2):
            # The last four bits are the place of a digit, the others the value.
            mixed = crc32(data[start : start + 6], number) * 0x9E3779B1 & 0xFFFFFFFF
            if mixed < least[mixed & 15]:
                least[mixed & 15] = mixed
    return "".join(
        "0" if value == NONE else "123456789abcdef"[((value >> 4) + 1) * 0x85EBCA6B % 0xFFFFFFFB % 15]
        for value in least
    )
