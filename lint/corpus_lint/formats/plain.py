"""Plain text: the whole file is one document, a long one in parts."""

from __future__ import annotations

from ..document import Document
from ..line_ends import count
from .layout import Layout
from .parting import parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .layout import Host
    from .place import Place


class PlainText(Layout):
    """Documents of limited length, each ending at a line end, except in a very long line."""

    def __init__(self, host: Host, segment: int) -> None:
        """A text in parts of about ``segment`` bytes; one that is not longer is one document."""
        super().__init__(host)
        self._segment = segment

    def documents(self, chunks: Iterator[bytes], place: Place) -> Iterator[Document]:
        """The parts of the text from ``place`` on; a text without a byte is one empty document."""
        return self.of_parts(parts(chunks, self._segment), place)

    def of_parts(self, parts: Iterable[bytes], place: Place) -> Iterator[Document]:
        """The documents of a text that is in parts already."""
        for data in parts:
            yield self._part(data, place)
        if not place.index:
            yield self._part(b"", place)

    def _part(self, data: bytes, place: Place) -> Document:
        text = self.host.decode(data, place)
        source = self.host.source
        document = Document(
            text,
            data=data,
            errors=source.decoding.errors,
            source=source,
            index=place.index,
            first_line=place.line,
            first_column=place.column,
            file_start=place.start,
        )
        document.well_formed = not self.host.is_damaged or _is_utf_8(data)
        line_ends = count(data, text)
        self.host.count(line_ends)
        # How many carriage returns a doubled one has is not told.
        lines = ended(data, line_ends.lf) if line_ends.doubled else line_ends.total
        pass_over(data, text, lines, place)
        return document


def ended(data: bytes, line_feeds: int) -> int:
    """How many lines end in a part of a text, of which the line feeds are counted."""
    return line_feeds if b"\r" not in data else data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")


def pass_over(data: bytes, text: str, lines: int, place: Place) -> None:
    """Go on behind a part of a plain text.

    Args:
        data: the part.
        text: likewise, as text; of one that ends with its line, nothing is read.
        lines: how many end in it.
        place: where it begins.
    """
    place.pass_over(data, lines)
    place.offset += len(text)
    place.index += 1
    if data.endswith((b"\n", b"\r")):
        place.column = 0
    else:
        last = max(text.rfind("\n"), text.rfind("\r")) if lines else -1
        place.column = len(text) - last - 1 + (0 if lines else place.column)


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
