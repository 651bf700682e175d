"""Splicing: a file's bytes with parts of its text replaced; all other bytes stay the same."""

from __future__ import annotations

from .named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import IO

    from .source import Decoding

CHUNK = 1 << 20

CHANGED = "it changed while it was being linted; run again"
"""What is told of a file that others write to."""


class RewriteError(Exception):
    """A file that was not written; the message says why."""


class RawEdit(NamedTuple):
    """``old``, at byte ``start`` of the file's text as UTF-8 without byte-order mark, becomes ``new``."""

    start: int
    old: bytes
    new: bytes

    def trimmed(self) -> RawEdit:
        """The same change without what both texts begin and end with."""
        start, old, new = self
        same = _shared(old, new)
        old, new = old[same:], new[same:]
        tail = _shared(old[::-1], new[::-1])
        return RawEdit(start + same, old[: len(old) - tail], new[: len(new) - tail])


def _shared(one: bytes, other: bytes) -> int:
    """How many bytes two byte strings have in common at their beginnings."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def spliced(
    data: bytes, decoding: Decoding, edits: Sequence[RawEdit], *, recode: bool = False, line_end: str = ""
) -> bytes:
    """The file's bytes with parts of its text replaced.

    Args:
        data: the bytes of the file as it is.
        decoding: how they were decoded.
        edits: apart from each other.
        recode: whether the result is UTF-8 without byte-order mark instead of the file's own encoding.
        line_end: what every line end becomes, unless empty.

    Raises:
        RewriteError: the bytes are not those that were linted, or the file's encoding cannot hold the new text or
            does not give the file's own bytes again.
    """
    from .decode import decode, encode

    in_utf8 = decoding.encoding == "utf-8"
    if in_utf8:
        text = data[len(decoding.bom) :]
    else:
        old, now = decode(data)
        if not decoding.exact or not now.exact:
            raise RewriteError(f"its bytes are not exactly {decoding.encoding}, so that rewriting would change more")
        text = old.encode("utf-8", "surrogatepass")
    new = b"".join(_splice(iter((text,)), edits))
    if line_end:
        from .line_ends import unified

        new = unified(new, line_end)
    if recode:
        return new
    if in_utf8:
        return decoding.bom + new
    try:
        return encode(new.decode("utf-8", "surrogatepass"), decoding)
    except UnicodeEncodeError as error:
        raise RewriteError(f"{decoding.encoding} cannot hold {error.object[error.start]!r}") from error


def splice(
    file: IO[bytes], decoding: Decoding, edits: Sequence[RawEdit], *, recode: bool = False, line_end: str = ""
) -> Iterator[bytes]:
    """As `spliced`, as a stream; a text that is not UTF-8 or whose line ends change is taken as a whole."""
    if decoding.encoding != "utf-8" or line_end:
        yield spliced(file.read(), decoding, edits, recode=recode, line_end=line_end)
        return
    bom = file.read(len(decoding.bom)) if decoding.bom else b""
    if bom and not recode:
        yield bom
    yield from _splice(iter(lambda: file.read(CHUNK), b""), edits)


def _splice(chunks: Iterator[bytes], edits: Sequence[RawEdit]) -> Iterator[bytes]:
    """The text with the edits made; only as much of it is held as an edit replaces."""
    data, base = b"", 0
    for start, old, new in sorted(edits):
        while base + len(data) < start + len(old):
            chunk = next(chunks, None)
            if chunk is None:
                break
            keep = max(min(start - base, len(data)), 0)
            yield data[:keep]
            data, base = data[keep:] + chunk, base + keep
        at = start - base
        if at < 0 or data[at : at + len(old)] != old:
            raise RewriteError(CHANGED)
        yield data[:at]
        yield new
        data, base = data[at + len(old) :], start + len(old)
    yield data
    yield from chunks
