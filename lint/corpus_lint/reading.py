"""Reading: from files to documents, as a stream, so that a file may be larger than memory."""

from __future__ import annotations

import os
import sys

from . import formats
from .decode import MAXIMUM_BAD, damage, decode, decode_as, looks_binary, marks, utf8
from .discover import STANDARD_INPUT
from .formats.layout import FormatError
from .formats.layout import NoTextError as NoText
from .formats.place import Place
from .formats.plain import PlainText
from .source import Decoding, Source
from .splicing import CHANGED, RawEdit
from .tape import Tape, read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from io import FileIO
    from types import ModuleType
    from typing import IO

    from .document import Document
    from .formats.layout import Layout
    from .formats.record import Problem
    from .line_ends import LineEnds
    from .source import BadBytes

SEGMENT = 1 << 18
"""Bytes that are read at once, and of one document of plain text at most, where there are line ends to cut at."""

WHOLE = 1 << 24
"""Bytes of a text that is not UTF-8, at most, that is judged and decoded as a whole."""

HEAD = 8192
"""Bytes of a file by which binary files are known."""

BINARY = "this is a binary file, not text; convert it to text first, or exclude it"


class ReadError(Exception):
    """A file that cannot be read as text; the message says why and what to do."""


class BinaryError(ReadError):
    """A file that is no text; in a folder it is skipped, named it is an error."""


class NoTextError(ReadError):
    """A table or JSON file without a text in a wanted field; in a folder it is no corpus, named it is an error."""


class Reader:
    """One file, or standard input, as documents.

    Attributes:
        source: the file as rules and reports see it; known when reading has ended.
        form, compression: what the file is, known once reading has begun.
        fields: the fields of records that are texts; where none was named, known once the first record is.
        problems: records that could not be read, the first of them, filled while reading; `problem_count` counts all.
        edits, cells: what is to be written differently, in a text and in a columnar file.
        is_damaged: whether bytes have been met that are no characters.
    """

    def __init__(
        self,
        path: str,
        name: str | None = None,
        *,
        fields: Sequence[str] = formats.USUAL_FIELDS,
        form: str = "",
        keeps_input: bool = False,
        given: bytes | None = None,
    ) -> None:
        """Nothing is opened yet.

        Args:
            path: the file; ``-`` is standard input.
            name: what reports call it, and what its format is guessed from; the path unless given.
            fields: the fields of records that are texts: ``text``, ``messages.content``; none to guess them.
            form: the format, one of `formats.FORMATS`; empty to guess it.
            keeps_input: whether standard input is kept to be read again.
            given: what is read instead of the file, unpacked where the file is packed; None reads the file.
        """
        self.path = path
        self.source = Source(path if name is None else name)
        self.fields = fields
        self.problems: list[Problem] = []
        self.problem_count = 0
        self.is_damaged = False
        self.edits: list[RawEdit] = []
        self.cells: list[tuple[Document, Document]] = []
        named = formats.by_name(self.source.name)
        self.form: str = form or named.form or ""
        self.compression = named.compression
        self._is_told = bool(form)
        self._keeps_input = keeps_input
        self._given = given
        if given is not None:
            self.compression = None
        self._bad: list[BadBytes] = []
        self._bad_count = 0
        self._has_said = False
        self._whole = b"", ""
        """The bytes of a file that is read at once, and its text."""

    def documents(self) -> Iterator[Document]:
        """The documents in order; a text file without a byte is one empty document, one of records none.

        Raises:
            ReadError: the file cannot be opened or read, or is no text.
        """
        try:
            yield from self._documents()
        except OSError as error:
            raise ReadError(f"{error.strerror or error}; make it readable, or exclude it") from error

    @property
    def is_doubtful(self) -> bool:
        """Whether a file that is called so may well be no corpus."""
        return self.form in (formats.JSON, formats.CSV, formats.TSV) and not self._is_told

    @property
    def is_edited(self) -> bool:
        """Whether something is to be written differently."""
        return bool(self.edits or self.cells)

    @property
    def is_read_only(self) -> bool:
        """Whether the format is read but never written."""
        return self.form == formats.WARC

    @property
    def can_reread(self) -> bool:
        """Whether bytes of the text are had again by their place in the file."""
        return self.path != STANDARD_INPUT and not self.compression and self.source.decoding.encoding == "utf-8"

    def read_again(self) -> bytes:
        """The bytes of standard input, as they were read."""
        return self._given or b""

    def edit(self, before: Document, after: Document) -> None:
        """Remember that a document is to be written differently."""
        if self.form in formats.COLUMNAR:
            self.cells.append((before, after))
            return
        self.edits.append(RawEdit(before.file_start, before.raw, after.raw).trimmed())

    def open(self) -> IO[bytes]:
        """The file's bytes as they are now, unpacked; standard input's, and what was given, as they were read."""
        if self.path == STANDARD_INPUT or self._given is not None:
            import io

            return io.BytesIO(self._given or b"")
        file: IO[bytes] = open(self.path, "rb")  # noqa: SIM115
        if not self.compression:
            return file
        from .formats.compression import unpacked

        return unpacked(file, self.compression)

    def _documents(self) -> Iterator[Document]:
        if self.path == STANDARD_INPUT or self._given is not None:
            yield from self._input()
            return
        with open(self.path, "rb", buffering=0) as file:
            if self.compression is None:
                first = file.read(SEGMENT + 1)
                self.compression = formats.by_packing(first)
                if not self.compression:
                    before = _state(file) if len(first) > SEGMENT else None
                    yield from self._text(first, file)
                    # What is not longer has been read at once.
                    if before is not None and _state(file) != before:
                        raise ReadError(CHANGED)
                    return
                file.seek(0)
            yield from self._packed(file)

    def _input(self) -> Iterator[Document]:
        """The documents of standard input, or of what was given."""
        if self._given is not None:
            file = self.open()
        elif sys.stdin is None:
            raise ReadError("standard input is closed; give it a text, or name files instead")
        elif self._keeps_input:
            self._given = sys.stdin.buffer.read()
            file = self.open()
        else:
            file = sys.stdin.buffer
        first = read(file, SEGMENT + 1)
        self.compression = self.compression or formats.by_packing(first)
        if self.compression:
            from .formats.compression import rejoined

            yield from self._packed(rejoined(first, file))
        else:
            yield from self._text(first, file)

    def _packed(self, file: IO[bytes]) -> Iterator[Document]:
        from .formats.compression import CompressionError, unpacked

        try:
            with unpacked(file, self.compression or "") as stream:
                yield from self._text(read(stream, SEGMENT + 1), stream)
        except CompressionError as error:
            raise ReadError(str(error)) from error

    def _text(self, first: bytes, file: IO[bytes]) -> Iterator[Document]:
        """The documents of an unpacked file that begins with ``first`` and goes on in ``file``."""
        self.guess(first)
        name, decoding, _, line_ends = self.source
        self.source = Source(name, decoding, self.form, line_ends)
        if self.form in formats.PACKED:
            yield from self._records(first, file)
            return
        layout = self._layout()
        place = Place()
        try:
            if len(first) <= SEGMENT:
                yield from layout.documents(iter((self._decoded(first),)), place)
            else:
                yield from self._stream(layout, first, file, place)
        except NoText as error:
            raise NoTextError(str(error)) from error
        except FormatError as error:
            raise ReadError(str(error)) from error
        self._tell_damage()

    def guess(self, first: bytes) -> None:
        """Know the format of a file that begins so, once it is unpacked, and the fields of its records."""
        if not self.form or (not self._is_told and self.form == formats.TEXT):
            self.form = formats.by_content(first, is_named=bool(self.form)) or formats.TEXT
        if not self.fields and self.form in (formats.JSON, formats.JSONL):
            from .formats.text_fields import of_json

            self.fields = of_json(first, is_lines=self.form == formats.JSONL)

    def _tell_damage(self) -> None:
        """Put what is damaged in a text in UTF-8 into its source."""
        if self._bad:
            bad = Decoding(bom=self.source.decoding.bom, bad=tuple(self._bad), bad_count=self._bad_count)
            self.source = self.source._replace(decoding=bad)

    def count(self, line_ends: LineEnds) -> None:
        """Remember the line ends of the next part of a plain text."""
        name, decoding, form, before = self.source
        self.source = Source(name, decoding, form, before.plus(line_ends))

    def _records(self, first: bytes, file: IO[bytes]) -> Iterator[Document]:
        """The documents of a file that is no text itself: columns, or a web archive."""
        try:
            module = self.module()
            if self.form == formats.WARC:
                from .formats.compression import rejoined

                yield from module.documents(self, rejoined(first, file))
                return
            if self.path != STANDARD_INPUT and not self.compression:
                yield from module.documents(self, self.path)
                return
            import shutil
            import tempfile

            with tempfile.NamedTemporaryFile(prefix="corpus-lint-") as copy:
                copy.write(first)
                shutil.copyfileobj(file, copy)
                copy.flush()
                yield from module.documents(self, copy.name)
        except NoText as error:
            raise NoTextError(str(error)) from error
        except FormatError as error:
            raise ReadError(str(error)) from error

    def module(self) -> ModuleType:
        """What reads and writes this format.

        Raises:
            ReadError: its package is not installed.
        """
        from importlib.util import find_spec

        package, extra = ("warcio", "warc") if self.form == formats.WARC else ("pyarrow", "parquet")
        if find_spec(package) is None:
            raise ReadError(f"to read it, pip install 'corpus-lint[{extra}]'")
        from importlib import import_module

        return import_module(f".formats.{self.form}", __package__)

    def _layout(self) -> Layout:
        if self.form in (formats.CSV, formats.TSV):
            from .formats.delimited import Rows

            return Rows(self, self.form)
        if self.form == formats.JSONL:
            from .formats.json_lines import JsonLines

            return JsonLines(self)
        if self.form == formats.JSON:
            from .formats.json_values import JsonValues

            return JsonValues(self)
        return PlainText(self, SEGMENT)

    def _decoded(self, data: bytes) -> bytes:
        """A whole file's text, as UTF-8 without byte-order mark."""
        if looks_binary(data[:HEAD]):
            raise BinaryError(BINARY)
        text, decoding = decode(data)
        self._settle(decoding)
        if decoding.encoding == "utf-8":
            rest = data[len(decoding.bom) :]
            self._whole = rest, text
            return rest
        return text.encode("utf-8", "surrogatepass")

    def _settle(self, decoding: Decoding) -> None:
        """Read on in this encoding."""
        name, _, form, line_ends = self.source
        self.source = Source(name, decoding, form, line_ends)
        self.is_damaged = bool(decoding.bad)
        self._has_said = True

    def decode(self, data: bytes, place: Place) -> str:
        """The text of bytes that stand at ``place``: of the file, or in UTF-8 already.

        While nothing but UTF-8 has been seen, anything else is noticed: a file that was more than ASCII so far stays
        UTF-8, and what is damaged in it is remembered.

        Raises:
            UnicodeDecodeError: the file was ASCII so far, and its encoding has to be judged.
        """
        if data is self._whole[0]:
            return self._whole[1]
        if self._has_said:
            return data.decode("utf-8", self.source.decoding.errors if self.is_damaged else "surrogatepass")
        try:
            return utf8(data)
        except UnicodeDecodeError:
            if place.is_ascii and not self.source.decoding.bom:
                raise
            self.is_damaged = True
            text, places = damage(data, place.start + len(self.source.decoding.bom), place.offset, place.line)
            self._bad += places[: MAXIMUM_BAD - len(self._bad)]
            self._bad_count += sum(bad.end - bad.start for bad in places)
            return text

    def _stream(self, layout: Layout, first: bytes, file: IO[bytes], place: Place) -> Iterator[Document]:
        """The documents of a long file that is taken for UTF-8 until a part of it is not."""
        bom = b""
        if begins_well := begins_as_utf8(first[:HEAD]):
            bom = marks(first)
            self.source = self.source._replace(decoding=Decoding(bom=bom))
        tape = Tape(first[len(bom) :], file, SEGMENT)
        if begins_well:
            yield from self._go_on(layout, tape, place)
            return
        if looks_binary(first[:HEAD]):
            raise BinaryError(BINARY)
        yield from layout.documents(self._judged(tape, place), place)

    def _go_on(self, layout: Layout, tape: Tape, place: Place) -> Iterator[Document]:
        """The documents from a place on, before which nothing but UTF-8 was met."""
        try:
            yield from layout.documents(tape.chunks(place), place)
        except UnicodeDecodeError:
            # What has been given away was right all the same: ASCII is the same in every encoding that is guessed.
            yield from layout.documents(self._judged(tape, place), place)

    def _judged(self, tape: Tape, place: Place) -> Iterator[bytes]:
        """What follows ``place``, in UTF-8, now that it is known not to be UTF-8 as it stands."""
        from .transcoding import Transcoder

        sample = tape.rest(place, WHOLE)
        if len(sample) < WHOLE:
            # A mark in the middle is text.
            in_middle = place.start and marks(sample)
            text, decoding = decode_as(sample, b"", "utf-8", sure=True) if in_middle else decode(sample)
            self._settle(decoding.shifted(place.start, place.offset, place.line - 1))
            yield sample[len(decoding.bom) :] if decoding.encoding == "utf-8" else text.encode("utf-8", "surrogatepass")
            return
        _, decoding = decode(sample[: sample.rfind(b"\n") + 1 or -(-WHOLE // 4) * 4])
        self._settle(decoding._replace(bad=(), bad_count=0))
        transcoder = Transcoder(decoding)
        for chunk in tape.chunks(place):
            yield transcoder.feed(chunk)
        yield transcoder.finish()
        self._settle(transcoder.decoding.shifted(place.start, place.offset, place.line - 1))


def _state(file: FileIO) -> tuple[int, int]:
    """What is another when an open file has been written to."""
    status = os.fstat(file.fileno())
    return status.st_size, status.st_mtime_ns


def begins_as_utf8(head: bytes) -> bool:
    """Whether a file that begins so is worth reading as a stream of UTF-8: no NUL byte."""
    from codecs import getincrementaldecoder

    if b"\0" in head:
        return False
    try:
        getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True
