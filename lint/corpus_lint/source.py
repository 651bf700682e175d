"""Sources: the files that documents come from, and how their bytes were decoded."""

from __future__ import annotations

from .line_ends import LineEnds
from .named_tuple import NamedTuple


class BadBytes(NamedTuple):
    """Bytes that are no character of the encoding.

    Attributes:
        start: where they begin in the file, in bytes from 0.
        end: where they end, exclusive.
        offset: where they stand in the file's text, in code points from 0.
        line: number of the file's line that they stand in, from 1.
        data: the bytes themselves, the first `SHOWN` of them.
    """

    start: int
    end: int
    offset: int
    line: int
    data: bytes


SHOWN = 8
"""Bytes of a bad place that are kept to be shown."""


class Decoding(NamedTuple):
    """How a file's bytes became text.

    Attributes:
        encoding: the Python codec; "utf-8" for a file that is UTF-8 but for the ``bad`` bytes.
        bom: the byte-order marks that the file begins with; they are no part of the text.
        bad: the places whose bytes could not be decoded, in order, the first 10,000 of them. Their bytes are lone
            surrogates in the text, or U+FFFD where the codec knows no better, and then ``exact`` is False.
        sure: whether the judgement which encoding it is leaves no reasonable doubt.
        exact: whether encoding the text again gives the very bytes of the file.
        bad_count: bytes in all bad places, those that ``bad`` leaves out among them.
        known: whether the encoding is one at all; False for bytes that are no text in any, read as UTF-8.
    """

    encoding: str = "utf-8"
    bom: bytes = b""
    bad: tuple[BadBytes, ...] = ()
    sure: bool = True
    exact: bool = True
    bad_count: int = 0
    known: bool = True

    @property
    def is_guess(self) -> bool:
        """Whether the text may be another one: the bytes were read in an encoding that is likely, or in none."""
        return not self.known or (self.encoding != "utf-8" and not self.sure)

    def shifted(self, start: int, offset: int, lines: int) -> Decoding:
        """The same for a text before which so many bytes, code points and line ends stand."""
        if not self.bad or not (start or offset or lines):
            return self
        bad = tuple(
            b._replace(start=b.start + start, end=b.end + start, offset=b.offset + offset, line=b.line + lines)
            for b in self.bad
        )
        return self._replace(bad=bad)

    @property
    def errors(self) -> str:
        """The codec error handler with which the text and its UTF-8 bytes are the same."""
        return "surrogateescape" if self.encoding == "utf-8" else "surrogatepass"


class Source(NamedTuple):
    """A file, as rules and reports see it.

    Attributes:
        name: its path as the user gave it, ``-`` for standard input.
        decoding: how its bytes became text.
        form: its format, one of `corpus_lint.formats.FORMATS`, where it was read from a file.
        line_ends: those of the whole file, once it has been read to its end; of a record file they are not counted.
    """

    name: str
    decoding: Decoding = Decoding()
    form: str = ""
    line_ends: LineEnds = LineEnds()

    @property
    def is_foreign(self) -> bool:
        """Whether it is anything but UTF-8 without a byte-order mark."""
        decoding = self.decoding
        return decoding.encoding != "utf-8" or bool(decoding.bom or decoding.bad)

    @property
    def has_mixed_ends(self) -> bool:
        """Whether its lines end in several ways, or in one that doubles the carriage return."""
        return self.line_ends.kinds > 1 or self.line_ends.doubled > 0
