"""Reading: from files to documents, as a stream, so that a file may be larger than memory."""

from __future__ import annotations

import os
import sys
from typing import IO, TYPE_CHECKING

from .discover import STANDARD_INPUT
from .document import Document
from .jsonl import RecordText, locate
from .source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

SEGMENT = 1 << 18
"""Bytes of one document at most, where there are line ends to cut at: 256 KiB."""

RECORD_SUFFIXES = (".jsonl", ".ndjson")
LINE_ENDS = b"\n\r"

HEAD = 8192
"""Bytes of a file by which binary files are known."""


class ReadError(Exception):
    """A file that cannot be read as text; the message says why and what to do."""


class BinaryError(ReadError):
    """A file that is no text; in a folder it is skipped, named it is an error."""


class Reader:
    """One file, or standard input, as documents.

    Attributes:
        source: the file as rules and reports see it; known once reading has begun.
        problems: records that could not be read, as (line, message), filled while reading.
    """

    def __init__(self, path: str, name: str | None = None, *, text_field: str = "text") -> None:
        """Nothing is opened yet.

        Args:
            path: the file; ``-`` is standard input.
            name: what reports call it, and what its format is guessed from; the path unless given.
            text_field: the key of a record's text.
        """
        self.path = path
        self.source = Source(path if name is None else name)
        self.problems: list[tuple[int, str]] = []
        self._text_field = text_field
        self._standard_input = b""
        self._is_record_file = self.source.name.lower().endswith(RECORD_SUFFIXES)

    def documents(self) -> Iterator[Document]:
        """The documents in order; a file without a byte is one empty document, of records none.

        Raises:
            ReadError: the file cannot be opened or read, or is no text.
        """
        try:
            yield from self._documents()
        except OSError as error:
            raise ReadError(error.strerror or str(error)) from error

    def read_again(self) -> bytes:
        """The file's bytes as they are now; of standard input, as they were read.

        Raises:
            OSError: the file cannot be read.
        """
        return self._standard_input if self.path == STANDARD_INPUT else self._read()

    def _read(self) -> bytes:
        if self.path == STANDARD_INPUT:
            self._standard_input = sys.stdin.buffer.read()
            return self._standard_input
        with open(self.path, "rb", buffering=0) as file:
            return file.read()

    def _documents(self) -> Iterator[Document]:
        if self.path != STANDARD_INPUT and os.path.getsize(self.path) > SEGMENT:
            with open(self.path, "rb") as file:
                if _begins_as_utf8(file.read(HEAD)):
                    file.seek(0)
                    yield from self._stream(file)
                    return
        data, text = self._decoded()
        if self._is_record_file:
            yield from self._records(iter(_lines(data)))
        elif len(data) <= SEGMENT:
            yield self._plain(data, text, _Place())
        else:
            yield from self._segments(_chunks(data), _Place())

    def _decoded(self) -> tuple[bytes, str]:
        """The whole file's text, as UTF-8 without byte-order mark and as ``str``."""
        from .decode import decode, looks_binary

        data = self._read()
        if looks_binary(data[:HEAD]):
            raise BinaryError("this is a binary file, not text; convert it to text first, or exclude it")
        text, decoding = decode(data)
        self.source = Source(self.source.name, decoding)
        if decoding.encoding == "utf-8":
            return data[len(decoding.bom) :], text
        return text.encode("utf-8", "surrogatepass"), text

    def _stream(self, file: IO[bytes]) -> Iterator[Document]:
        """The documents of a long file that is taken for UTF-8 until a part of it is not.

        Where that shows only when documents of it have been given away, they were right all the same: text of ASCII
        alone is the same in every encoding that is guessed, and a file that was UTF-8 so far stays UTF-8.
        """
        place = _Place()
        try:
            if self._is_record_file:
                yield from self._records(iter(file), place)
            else:
                yield from self._segments(iter(lambda: file.read(SEGMENT), b""), place)
        except UnicodeDecodeError:
            data, text = self._decoded()
            if self.source.decoding.encoding != "utf-8" and not place.is_ascii:
                from .decode import as_utf8

                data = self._read()
                text, decoding = as_utf8(data)
                self.source = Source(self.source.name, decoding)
            del text
            rest = data[place.start :]
            if self._is_record_file:
                yield from self._records(iter(_lines(rest)), place)
            else:
                yield from self._segments(_chunks(rest), place)

    def _segments(self, chunks: Iterator[bytes], place: _Place) -> Iterator[Document]:
        """Documents of about `SEGMENT` bytes, each ending at a line end, except in a longer line."""
        kept: list[bytes] = []
        for chunk in chunks:
            # A chunk that ends in a carriage return may be continued by a line feed: cut before it.
            cut = max(chunk.rfind(b"\n"), chunk.rfind(b"\r", 0, len(chunk) - 1)) + 1
            if not cut:
                kept.append(chunk)
                continue
            data = b"".join((*kept, chunk[:cut]))
            kept = [chunk[cut:]]
            yield self._part(data, place)
        data = b"".join(kept)
        if data or not place.index:
            yield self._part(data, place)

    def _part(self, data: bytes, place: _Place) -> Document:
        document = self._plain(data, data.decode("utf-8", self._errors()), place)
        place.pass_over(data, data.count(b"\n") + (data.count(b"\r") - data.count(b"\r\n") if b"\r" in data else 0))
        return document

    def _errors(self) -> str:
        """Strict while nothing but UTF-8 has been seen, so that anything else is noticed."""
        decoding = self.source.decoding
        return decoding.errors if decoding.bad or decoding.encoding != "utf-8" else "strict"

    def _plain(self, data: bytes, text: str, place: _Place) -> Document:
        document = Document(
            text,
            data=data,
            errors=self.source.decoding.errors,
            source=self.source,
            index=place.index,
            first_line=place.line,
            file_start=place.start,
        )
        document.well_formed = not self.source.decoding.bad
        return document

    def _records(self, lines: Iterator[bytes], place: _Place | None = None) -> Iterator[Document]:
        place = _Place() if place is None else place
        for line in lines:
            if not line.isspace():
                try:
                    document = self._record(line.rstrip(LINE_ENDS), place)
                except UnicodeDecodeError:
                    raise
                except (ValueError, RecursionError) as error:
                    self.problems.append(
                        (place.line, f"not a JSON record ({_reason(error)}); repair or remove the line")
                    )
                except KeyError:
                    message = f'the record has no text in the field "{self._text_field}"; name it with --text-field'
                    self.problems.append((place.line, message))
                else:
                    yield document
                    place.index += 1
            place.pass_over(line, 1, index=0)

    def _record(self, data: bytes, place: _Place) -> Document:
        import json

        line = data.decode("utf-8", self._errors())
        record = json.loads(line)
        if not isinstance(record, dict):
            raise ValueError("not an object")
        text = record[self._text_field]
        if not isinstance(text, str):
            raise KeyError(self._text_field)
        begin, end = locate(line, self._text_field)
        before = len(line[:begin].encode("utf-8", self.source.decoding.errors))
        return Document(
            text,
            source=self.source,
            index=place.index,
            first_line=place.line,
            file_start=place.start + before,
            record=RecordText(place.line, self._text_field, line[begin:end], begin),
        )


class _Place:
    """Where in a file reading has come to: byte, line, number of the next document, and whether all was ASCII."""

    def __init__(self) -> None:
        self.start = 0
        self.line = 1
        self.index = 0
        self.is_ascii = True

    def pass_over(self, data: bytes, lines: int, index: int = 1) -> None:
        """Go on behind ``data``, which holds so many line ends and documents."""
        self.start += len(data)
        self.line += lines
        self.index += index
        self.is_ascii = self.is_ascii and data.isascii()


def _begins_as_utf8(head: bytes) -> bool:
    """Whether a file that begins so is worth reading as a stream of UTF-8: no byte-order mark, no NUL byte."""
    from codecs import BOM_UTF8, getincrementaldecoder

    if b"\0" in head or head.startswith(BOM_UTF8):
        return False
    try:
        getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _lines(data: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(data):
        end = data.find(b"\n", start) + 1 or len(data)
        yield data[start:end]
        start = end


def _chunks(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), SEGMENT):
        yield data[start : start + SEGMENT]


def _reason(error: Exception) -> str:
    return str(getattr(error, "msg", error)).lower()
