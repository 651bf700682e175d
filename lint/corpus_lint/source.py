"""Sources: the files that documents come from, and how their bytes were decoded."""

from __future__ import annotations

from typing import NamedTuple


class BadBytes(NamedTuple):
    """Bytes that are no character of the encoding: ``data[start:end]`` of the file, from 0, end exclusive."""

    start: int
    end: int


class Decoding(NamedTuple):
    """How a file's bytes became text.

    Attributes:
        encoding: the Python codec; "utf-8" for a file that is UTF-8 but for the ``bad`` bytes.
        bom: the byte-order mark that the file begins with; it is no part of the text.
        bad: the bytes that could not be decoded; in the text they are lone surrogates (``surrogateescape``)
            when the encoding is UTF-8, and U+FFFD otherwise.
        sure: whether the judgement which encoding it is leaves no reasonable doubt.
        exact: whether encoding the text again gives the very bytes of the file.
    """

    encoding: str = "utf-8"
    bom: bytes = b""
    bad: tuple[BadBytes, ...] = ()
    sure: bool = True
    exact: bool = True

    @property
    def errors(self) -> str:
        """The codec error handler that goes with the decoding."""
        return "surrogateescape" if self.encoding == "utf-8" else "strict"


class Source(NamedTuple):
    """A file, as rules and reports see it: ``name`` is its path as the user gave it, ``-`` for standard input."""

    name: str
    decoding: Decoding = Decoding()
