"""Parting: where a long plain text is cut into documents."""

from __future__ import annotations

from zlib import crc32

from .. import expressions as re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST_LINE = 1 << 18
"""Bytes of a line, at most, that stay in one document, or hardly more: 256 KiB."""

PIECE = 1 << 13
"""Bytes of the documents that a longer line is cut into: a rule that looks at one place looks at all of the line."""

LAST_PART = 1 << 11
"""Bytes at the end of such a document, in which the line may be cut."""

WINDOW = 5
"""A part of a text ends in the last 32nd (a shift) of its greatest length, if a line does."""

CONTEXT = 64
"""Bytes before a line end by which it is chosen."""

ENDS = (b"\n\n", b"\n\r\n", b"\n", b"\r")
"""What is cut behind: paragraphs, if there are any, else lines."""

LINE_END = rb"\r\n?|\n"
LINE_FEED, CARRIAGE_RETURN = b"\n\r"

LAST_REST = rb".*(?:[ \t.!?]|\xe3\x80[\x80\x82]|\xef\xbc[\x81\x8c\x9b\x9f])(?=[^\x80-\xbf])"
"""Up to where a very long line is cut best: behind a space or a mark, before a new character."""


def parts(chunks: Iterable[bytes], segment: int) -> Iterator[bytes]:
    """A text in parts of at most ``segment`` bytes; each ends at a line end, except in a very long line.

    Where one ends depends on nothing but what follows the one before, so a file can be read on behind any of them; and
    of the line ends near its greatest length on what stands before them, so behind an edit the parts are soon the same
    again, and with them what is found.
    """
    longest = max(segment, LONGEST_LINE)
    rest, start = b"", 0  # what is to be cut, and where in it
    bare = 0  # of that, in which no line ends
    for chunk in chunks:
        # Most parts end in what has just been read, and nothing has to be copied to see where.
        stop = segment - (len(rest) - start)
        end = _end_before(chunk, stop, segment) if 0 < stop < len(chunk) else 0
        if end:
            yield b"".join((memoryview(rest)[start:], memoryview(chunk)[:end]))
            rest, start, bare = chunk, end, 0
        else:
            rest, start, bare = rest[start:] + chunk, 0, max(bare - start, 0)
        while len(rest) - start > segment:
            stop = start + segment
            end = 0
            if _has_line_end(rest, max(bare, start), stop):
                end = _end_before(rest, stop, segment) or _last_end(rest, start, stop)
            if not end:
                bare = stop - 1  # before the line feed at ``stop`` a carriage return may stand
                end = _end_beyond(rest, start, stop, start + longest)
            if not end:
                break
            yield rest[start:end]
            start = end
    if start < len(rest):
        yield rest[start:]


def _has_line_end(data: bytes, start: int, end: int) -> bool:
    return data.find(b"\n", start, end) >= 0 or data.find(b"\r", start, end) >= 0


def _end_before(data: bytes, stop: int, segment: int) -> int:
    """Behind which line of the last ones before ``stop`` to cut; 0 where none ends so near, or they are not all there.

    Where a paragraph ends is better, and the same place should be chosen when the window lies a little differently.
    """
    stop = _between(data, stop)
    first = stop - (segment >> WINDOW)
    window = data[first:stop] if first >= 0 else b""
    sign = next((sign for sign in ENDS if sign in window), None)
    if sign is None:
        return 0
    stretches = window.split(sign)
    sums = [crc32(stretch[-CONTEXT:]) for stretch in stretches[:-1]]
    chosen = sums.index(max(sums)) + 1
    return first + sum(map(len, stretches[:chosen])) + chosen * len(sign)


def _last_end(data: bytes, start: int, stop: int) -> int:
    """Behind the last line that ends before ``stop``; 0 where none does."""
    stop = _between(data, stop)
    return max(data.rfind(b"\n", start, stop), data.rfind(b"\r", start, stop)) + 1


def _between(data: bytes, stop: int) -> int:
    """``stop``, or one byte before, so that it does not part a carriage return from its line feed."""
    return stop - 1 if data[stop - 1 : stop + 1] == b"\r\n" else stop


def _end_beyond(data: bytes, start: int, stop: int, limit: int) -> int:
    """As `_end`, of a line that goes on behind ``stop``: its end, or where to part it; 0 where more must be known."""
    found = re.compile(LINE_END).search(data, stop, limit)
    if found is None:
        return _rest(data, start, start + PIECE) if len(data) > limit else 0
    end = found.end()
    if data[end - 1] != CARRIAGE_RETURN:
        return end
    return 0 if end == len(data) else end + (data[end] == LINE_FEED)


def _rest(data: bytes, start: int, end: int) -> int:
    """Where to cut a very long line in this stretch: behind the last mark of its last part, else before a character."""
    # Nearly always there is one quite near.
    for part in (LAST_PART >> 5, LAST_PART):
        first = max(end - part, start)
        last = re.compile(LAST_REST, re.DOTALL).match(data, first, end)
        if last:
            return last.end()
    cut = end - 1
    while cut > first and data[cut] & 0xC0 == 0x80:
        cut -= 1
    return cut
