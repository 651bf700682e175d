"""Web archives (WARC, WET): their text records, read only.

Texts are the conversion records, which Common Crawl's WET files consist of, and responses and resources that are
plain text. What is HTML has to be extracted first, and is not linted as if it were text. Lines are those of the
unpacked file; a record's key is its target URI.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from . import RECORD_LIMIT
from .layout import FormatError
from .place import Place
from .record import Record
from .records import RecordLayout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..document import Document
    from .layout import Host

TYPES = ("conversion", "response", "resource")


class Payload(Record):
    """The text of a record; the document begins at the line on which its payload begins."""

    __slots__ = ("_starts",)

    def __init__(self, number: int, field: str, text: str) -> None:
        super().__init__(number, field)
        self._starts = text

    @property
    def raw(self) -> str:
        """The text itself."""
        return self._starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column in the payload."""
        before = self._starts[:offset]
        return before.count("\n"), offset - (before.rfind("\n") + 1)


def documents(host: Host, file: IO[bytes]) -> Iterator[Document]:
    """The documents of an unpacked archive.

    Raises:
        FormatError: the file cannot be read, or has no text record.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    layout = RecordLayout(host)
    place = Place()
    others = 0
    try:
        for record in ArchiveIterator(file):
            header = 2 + len(record.rec_headers.headers)
            if record.http_headers is not None:
                header += 2 + len(record.http_headers.headers)
            place.line += header
            if _is_text(record):
                data = record.content_stream().read(RECORD_LIMIT + 1)
                if len(data) > RECORD_LIMIT:
                    layout.broken(data, f"the record is longer than {RECORD_LIMIT >> 20} MiB; split its text", place)
                else:
                    yield _document(layout, record, data, place)
                place.line += data.count(b"\n")
            else:
                others += record.rec_type in TYPES
            place.line += _lines(record.raw_stream) + 2
            place.record += 1
    except ArchiveLoadFailed as error:
        raise FormatError(f"it cannot be read as a web archive: {error}") from error
    if others and not layout.readable:
        raise FormatError("it has no text records: extract the text of its pages first (as WET, say)")
    layout.check_readable()


def _is_text(record: Any) -> bool:
    if record.rec_type == "conversion":
        return True
    headers = record.http_headers if record.rec_type == "response" else record.rec_headers
    kind = (headers.get_header("Content-Type") or "") if headers is not None else ""
    return record.rec_type in TYPES and kind.lower().startswith("text/plain")


def _document(layout: RecordLayout, record: Any, data: bytes, place: Place) -> Document:
    from ..decode import decode

    text, _ = decode(data)
    uri = record.rec_headers.get_header("WARC-Target-URI") or ""
    return layout.document(text, Payload(place.record, uri, text), 0, place)


def _lines(stream: Any) -> int:
    """How many line ends a stream still has."""
    count = 0
    while chunk := stream.read(1 << 16):
        count += chunk.count(b"\n")
    return count
