"""Reading: from files to documents, as a stream, so that a file may be larger than memory."""

from __future__ import annotations

import os
import sys
from typing import IO, TYPE_CHECKING

from .document import Document
from .jsonl import RecordText, locate
from .source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

SEGMENT = 1 << 22
"""Bytes of one document at most, where there are line ends to cut at: 4 MiB."""

RECORD_SUFFIXES = (".jsonl", ".ndjson")
LINE_ENDS = b"\n\r"


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
        return self._standard_input if self.path == "-" else self._read()

    def _read(self) -> bytes:
        if self.path == "-":
            self._standard_input = sys.stdin.buffer.read()
            return self._standard_input
        with open(self.path, "rb", buffering=0) as file:
            return file.read()

    def _documents(self) -> Iterator[Document]:
        if self.path != "-" and os.path.getsize(self.path) > SEGMENT:
            with open(self.path, "rb") as file:
                if _is_plain_utf8(file):
                    file.seek(0)
                    yield from self._split(file)
                    return
        data = self._read()
        from .decode import decode, looks_binary

        if looks_binary(data[:8192]):
            raise BinaryError("this is a binary file, not text; convert it to text first, or exclude it")
        text, decoding = decode(data)
        self.source = Source(self.source.name, decoding)
        in_utf8 = decoding.encoding == "utf-8"
        data = data[len(decoding.bom) :] if in_utf8 else text.encode("utf-8", "surrogatepass")
        if self._is_record_file:
            yield from self._records(iter(_lines(data)))
        elif len(data) <= SEGMENT:
            yield self._plain(data, text, 0, 0, 1)
        else:
            yield from self._segments(iter(_chunks(data)))

    def _split(self, file: IO[bytes]) -> Iterator[Document]:
        if self._is_record_file:
            return self._records(iter(file))
        return self._segments(iter(lambda: file.read(SEGMENT), b""))

    def _segments(self, chunks: Iterator[bytes]) -> Iterator[Document]:
        """Documents of about `SEGMENT` bytes, each ending at a line end, except in a longer line."""
        kept: list[bytes] = []
        start, index, line = 0, 0, 1
        for chunk in chunks:
            # A chunk that ends in a carriage return may be continued by a line feed: cut before it.
            cut = max(chunk.rfind(b"\n"), chunk.rfind(b"\r", 0, len(chunk) - 1)) + 1
            if not cut:
                kept.append(chunk)
                continue
            data = b"".join((*kept, chunk[:cut]))
            kept = [chunk[cut:]]
            document = self._plain(data, data.decode("utf-8", self.source.decoding.errors), start, index, line)
            yield document
            start, index = start + len(data), index + 1
            line += data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")
        data = b"".join(kept)
        if data or not index:
            yield self._plain(data, data.decode("utf-8", self.source.decoding.errors), start, index, line)

    def _plain(self, data: bytes, text: str, start: int, index: int, line: int) -> Document:
        document = Document(
            text,
            data=data,
            errors="surrogateescape",
            source=self.source,
            index=index,
            first_line=line,
            file_start=start,
        )
        document.well_formed = not self.source.decoding.bad
        return document

    def _records(self, lines: Iterator[bytes]) -> Iterator[Document]:
        start = index = 0
        for number, line in enumerate(lines, 1):
            if not line.isspace():
                try:
                    document = self._record(line.rstrip(LINE_ENDS), number, index, start)
                except ValueError as error:
                    self.problems.append((number, f"not a JSON record ({_reason(error)}); repair or remove the line"))
                except KeyError:
                    message = f'the record has no text in the field "{self._text_field}"; name it with --text-field'
                    self.problems.append((number, message))
                else:
                    yield document
                    index += 1
            start += len(line)

    def _record(self, data: bytes, number: int, index: int, start: int) -> Document:
        import json

        line = data.decode("utf-8", self.source.decoding.errors)
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
            index=index,
            first_line=number,
            file_start=start + before,
            record=RecordText(number, self._text_field, line[begin:end], begin),
        )


def _is_plain_utf8(file: IO[bytes]) -> bool:
    """Whether the file is UTF-8 without byte-order mark and without NUL bytes at its head."""
    from codecs import BOM_UTF8, getincrementaldecoder

    decoder = getincrementaldecoder("utf-8")("strict")
    head = True
    while chunk := file.read(1 << 20):
        if head and (chunk.startswith(BOM_UTF8) or b"\0" in chunk[:8192]):
            return False
        head = False
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError:
            return False
    try:
        decoder.decode(b"", final=True)
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


def _reason(error: ValueError) -> str:
    return str(getattr(error, "msg", error)).lower()
