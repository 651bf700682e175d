"""Pieces: a long file for several processes, cut where its documents or records end.

One process looks over the file: it counts line ends and finds where to cut, which takes a fiftieth of what linting
takes, just ahead of those that read the pieces, so that the disk is read once. A piece says where it begins, in bytes,
lines and documents; so what is found in it has its place in the file already. What concerns the file as a whole comes
together at its end: `Rejoined` stands for the reader that would have read all of it.

Only plain text and JSON lines can be cut, and not when they are packed. While all was ASCII the encoding is open: if
what comes then is not UTF-8, the rest of the file is one piece, and is judged by who reads it.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from . import formats, reading
from .decode import MAXIMUM_BAD
from .formats import RECORD_LIMIT
from .formats.layout import FormatError
from .formats.layout import NoTextError as NoText
from .formats.parting import parts as parts_of
from .formats.place import Place
from .formats.plain import PlainText, ended, pass_over
from .formats.records import FIELDS_KEPT, PROBLEMS_KEPT, RecordLayout
from .line_ends import feeds
from .named_tuple import NamedTuple
from .reading import HEAD, NoTextError, Reader, ReadError, begins_as_utf8
from .source import Decoding, Source
from .tape import Tape, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .document import Document
    from .formats.record import Problem

CUTTABLE = (formats.TEXT, formats.MARKDOWN, formats.JSONL)


class Piece(NamedTuple):
    """A stretch of a file.

    Attributes:
        number: from 0.
        form, fields, bom: of the file.
        start: bytes of the file's text before it.
        ends: behind how many bytes of the text each of its documents ends; of records, all of it; empty when it goes on
            to the end of the file.
        line, ordinal, column: where its first document begins, and which it is in the file, as in a `Place`.
        is_ascii: whether all before it is ASCII.
        is_last: whether none follows.
    """

    number: int
    form: str
    fields: Sequence[str]
    bom: bytes
    start: int
    ends: tuple[int, ...]
    line: int
    ordinal: int
    column: int
    is_ascii: bool
    is_last: bool = False


class End(NamedTuple):
    """What is known at the end of a piece that concerns the whole file.

    Attributes:
        piece: which.
        source: the file, as far as the piece shows it.
        offset: code points of the piece; of records 0.
        problems, problem_count: records that could not be read.
        readable, known_fields: as `RecordLayout` has them.
        documents: how many there are; parts of a text are none.
        first: the first document of the first piece.
        error: why the piece could not be read; empty when it could.
    """

    piece: Piece
    source: Source
    offset: int
    problems: list[Problem]
    problem_count: int
    readable: int
    known_fields: dict[str, None]
    documents: int
    first: Document | None
    error: str


def cut(reader: Reader, size: Callable[[int], int]) -> Iterator[Piece]:
    """The pieces of a file that can be cut; of any other none.

    Args:
        reader: of the file.
        size: says of how many bytes, about, a piece is to be that begins behind so many.

    Raises:
        OSError: the file cannot be read.
    """
    from .decode import marks

    with open(reader.path, "rb", buffering=0) as file:
        first = read(file, reading.SEGMENT + 1)
        if reader.compression or formats.by_packing(first) or len(first) <= reading.SEGMENT:
            return
        reader.guess(first)
        if reader.form not in CUTTABLE or not begins_as_utf8(first[:HEAD]):
            return
        bom = marks(first)
        cutting = _Cutting(reader.form, reader.fields, bom, size)
        tape = Tape(first[len(bom) :], file, reading.SEGMENT)
        try:
            yield from cutting.records(tape) if reader.form == formats.JSONL else cutting.parts(tape)
        except OSError:
            yield from cutting.rest()  # who reads it will tell


class _Cutting:
    """The cutting of one file."""

    def __init__(self, form: str, fields: Sequence[str], bom: bytes, size: Callable[[int], int]) -> None:
        self._form = form
        self._fields = fields
        self._bom = bom
        self._size = size
        self._place = Place()
        self._waiting: Piece | None = None
        self._number = 0
        self._from = self._begin()
        self._ends: list[int] = []

    def parts(self, tape: Tape) -> Iterator[Piece]:
        """The pieces of a plain text."""
        for data in parts_of(tape.chunks(self._place), reading.SEGMENT):
            if not self._is_settled(data):
                yield from self.rest()
                return
            text = "" if data.endswith((b"\n", b"\r")) else data.decode("utf-8", "surrogateescape")
            pass_over(data, text, ended(data, feeds(data)), self._place)
            yield from self._grown()
        yield from self._finish()

    def records(self, tape: Tape) -> Iterator[Piece]:
        """The pieces of JSON lines."""
        kept = b""
        for chunk in tape.chunks(self._place):
            end = chunk.rfind(b"\n") + 1
            data, kept = (kept + chunk[:end], chunk[end:]) if end else (b"", kept + chunk)
            if len(kept) > RECORD_LIMIT:
                yield from self.rest()
                return
            if data:
                if not self._is_settled(data):
                    yield from self.rest()
                    return
                self._place.pass_over(data, feeds(data))
                yield from self._grown()
        if kept:
            if not self._is_settled(kept):
                yield from self.rest()
                return
            self._place.pass_over(kept, 0)
            self._ends.append(self._place.start)
        yield from self._finish()

    def _is_settled(self, data: bytes) -> bool:
        """Whether the file is UTF-8, damaged or not, or may be anything still, behind what follows the place."""
        if not self._place.is_ascii or self._bom or data.isascii():
            return True
        if self._form == formats.JSONL:
            data = next(line for line in data.split(b"\n") if not line.isascii())
        try:
            data.decode()
        except UnicodeDecodeError:
            return False
        return True

    def _begin(self) -> Piece:
        place = self._place
        piece = Piece(
            self._number,
            self._form,
            self._fields,
            self._bom,
            place.start,
            (),
            place.line,
            place.index,
            place.column,
            place.is_ascii,
        )
        self._number += 1
        return piece

    def _grown(self) -> Iterator[Piece]:
        """The piece before, when the one at hand is large enough: it is known then that it is not the last."""
        self._ends.append(self._place.start)
        if self._place.start - self._from.start >= self._size(self._from.start):
            yield from self._put(self._from._replace(ends=tuple(self._ends)))
            self._from, self._ends = self._begin(), []

    def _put(self, piece: Piece) -> Iterator[Piece]:
        if self._waiting is not None:
            yield self._waiting
        self._waiting = piece

    def _finish(self) -> Iterator[Piece]:
        if self._ends:
            yield from self._put(self._from._replace(ends=tuple(self._ends)))
        if self._waiting is not None:
            yield self._waiting._replace(is_last=True)

    def rest(self) -> Iterator[Piece]:
        """The pieces up to the end of the file, of which the last goes on from the place."""
        if self._ends:
            yield from self._put(self._from._replace(ends=tuple(self._ends)))
            self._from = self._begin()
        yield from self._put(self._from)
        assert self._waiting is not None
        yield self._waiting._replace(is_last=True)


class PieceReader(Reader):
    """A piece of a file as documents."""

    def __init__(self, path: str, name: str, piece: Piece) -> None:
        """Nothing is opened yet."""
        super().__init__(path, name, fields=piece.fields, form=piece.form)
        self.compression = ""
        self.source = self.source._replace(form=piece.form, decoding=Decoding(bom=piece.bom))
        self._piece = piece
        self._read_layout = self._layout()
        self._at = Place()

    def end(self, documents: int, first: Document | None, error: str) -> End:
        """What is known when the documents, so many, have been read."""
        layout = self._read_layout if isinstance(self._read_layout, RecordLayout) else None
        return End(
            self._piece,
            self.source,
            self._at.offset,
            self.problems,
            self.problem_count,
            layout.readable if layout else 0,
            layout.known_fields if layout else {},
            documents,
            first if self._piece.number == 0 else None,
            error,
        )

    def _documents(self) -> Iterator[Document]:
        piece, place, layout = self._piece, self._at, self._read_layout
        place.start, place.line, place.index, place.column = piece.start, piece.line, piece.ordinal, piece.column
        place.record, place.is_ascii = piece.line, piece.is_ascii
        with open(self.path, "rb", buffering=0) as file:
            file.seek(len(piece.bom) + piece.start)
            try:
                if not piece.ends:
                    tape = Tape(read(file, reading.SEGMENT + 1), file, reading.SEGMENT, piece.start)
                    yield from self._go_on(layout, tape, place)
                elif isinstance(layout, PlainText):
                    yield from layout.of_parts(self._parts(file), place)
                else:
                    yield from layout.documents(self._chunks(file), place)
            except FormatError:
                pass  # whether any record can be read shows at the end of the file
        self._tell_damage()

    def _parts(self, file: IO[bytes]) -> Iterator[bytes]:
        start = self._piece.start
        for end in self._piece.ends:
            yield read(file, end - start)
            start = end

    def _chunks(self, file: IO[bytes]) -> Iterator[bytes]:
        left = self._piece.ends[-1] - self._piece.start
        while left > 0 and (chunk := file.read(min(reading.SEGMENT, left))):
            left -= len(chunk)
            yield chunk


class Rejoined(Reader):
    """A file that was read in pieces, at its end."""

    def __init__(self, path: str, name: str, ends: Sequence[End]) -> None:
        """The file of all these pieces, in order."""
        super().__init__(path, name, fields=ends[0].piece.fields, form=ends[0].piece.form)
        self.compression = ""
        self._ends = ends
        self.source = ends[0].source
        offset = 0
        for number, end in enumerate(ends):
            decoding = end.source.decoding.shifted(0, offset, 0)
            if number:
                self.count(end.source.line_ends)
            self._bad += decoding.bad
            self._bad_count += decoding.bad_count
            offset += end.offset
            self.problems += end.problems[: PROBLEMS_KEPT - len(self.problems)]
            self.problem_count += end.problem_count
        if not ends[-1].piece.ends:
            # Judged in the last piece; all before it is ASCII.
            self.source = self.source._replace(decoding=decoding)
        else:
            self._bad = self._bad[:MAXIMUM_BAD]
            self._tell_damage()
        self.documents_read = sum(end.documents for end in ends)
        self.first = ends[0].first

    def check(self) -> None:
        """Make sure that the file could be read.

        Raises:
            ReadError: it could not, or none of its records has a text.
        """
        for end in self._ends:
            if end.error:
                raise ReadError(end.error)
        layout = self._layout()
        if not isinstance(layout, RecordLayout):
            return
        layout.readable = sum(end.readable for end in self._ends)
        for end in self._ends:
            if len(layout.known_fields) < FIELDS_KEPT:
                layout.known_fields.update(end.known_fields)
        try:
            layout.check_readable()
        except NoText as error:
            raise NoTextError(str(error)) from error
        except FormatError as error:
            raise ReadError(str(error)) from error
