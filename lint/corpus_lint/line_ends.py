"""Line ends of a file, counted by kind, part by part."""

from __future__ import annotations

from . import expressions as re
from .named_tuple import NamedTuple
from .native import SOME, utf8_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from re import Match

LINE_END = rb"\r(?:(?<!\r\r)\r*+\n)?|\n"
"""One line end; carriage returns doubled by a converter belong to one.

Of a long run of carriage returns without a line feed only the first looks for its end."""
DOUBLED = b"\r\r\n"
"""What stands for a line feed with any number of carriage returns before it, but one."""

OTHER = rb"(?<!\r)\n|\r(?!\n)"
"""Where a line ends otherwise than with one carriage return and a line feed, about."""


class LineEnds(NamedTuple):
    """How many line ends of each kind a text has.

    Attributes:
        lf, crlf, cr: line feed; carriage return and line feed; carriage return alone.
        doubled: several carriage returns before a line feed, as a conversion made twice leaves them.
        first: the first line end; empty where there is none.
        change: number of the line, from 1, that is the first to end otherwise than the first; 0 where none does.
    """

    lf: int = 0
    crlf: int = 0
    cr: int = 0
    doubled: int = 0
    first: str = ""
    change: int = 0

    @property
    def kinds(self) -> int:
        """How many different line ends there are."""
        return 4 - self[:4].count(0)

    @property
    def total(self) -> int:
        """How many line ends there are."""
        return sum(self[:4])

    @property
    def commonest(self) -> str:
        """The line end that stands most often; of two that are as frequent, the simpler. Doubled counts as CRLF."""
        return max((self.lf, "\n"), (self.crlf + self.doubled, "\r\n"), (self.cr, "\r"), key=lambda pair: pair[0])[1]

    @property
    def rest(self) -> int:
        """How many line ends are none of the commonest."""
        return self.total - {"\n": self.lf, "\r\n": self.crlf, "\r": self.cr}[self.commonest]

    def plus(self, other: LineEnds) -> LineEnds:
        """The line ends of a text and of what goes on behind it."""
        if not any(self):
            return other
        if not self.first or self.change:
            change = self.change or other.change
        elif other.first and other.first != self.first:
            change = self.total + 1
        else:
            change = other.change and self.total + other.change
        lf, crlf, cr, doubled = (mine + others for mine, others in zip(self[:4], other[:4], strict=True))
        return LineEnds(lf, crlf, cr, doubled, self.first or other.first, change)


def feeds(text: str | bytes) -> int:
    """How many line feeds there are."""
    loops = utf8_loops() if len(text) >= SOME else None
    if loops is not None:
        return loops.feeds(text, 0, len(text))
    return text.count("\n") if isinstance(text, str) else text.count(b"\n")


def count(data: bytes, text: str) -> LineEnds:
    """The line ends of a text, in bytes too, that does not end between a carriage return and its line feed."""
    lf = feeds(text)  # of which there are fewer characters than bytes
    if b"\r" not in data:
        return LineEnds(lf=lf, first="\n" if lf else "")
    crlf = data.count(b"\r\n")
    numbers = LineEnds(lf=lf - crlf, crlf=crlf, cr=data.count(b"\r") - crlf)
    if b"\r\r\n" in data:
        extra = [len(match[0]) - 2 for match in re.finditer(rb"(?<!\r)\r{2,}\n", data)]
        numbers = numbers._replace(crlf=crlf - len(extra), doubled=len(extra), cr=numbers.cr - sum(extra))
    first = _kind(re.search(LINE_END, data))
    return numbers._replace(first=first.decode(), change=_change(data, first) if numbers.kinds > 1 else 0)


def _change(data: bytes, first: bytes) -> int:
    """The line of a text with several kinds of line ends that is the first to end otherwise than the first line."""
    if first == b"\n":
        return data.count(b"\n", 0, data.index(b"\r")) + 1
    if first == b"\r\n":
        other = re.search(OTHER, data)
        assert other is not None
        return data.count(b"\n", 0, other.start()) + 1
    ends = map(_kind, re.finditer(LINE_END, data))
    return next(line for line, kind in enumerate(ends, 1) if kind != first)


def _kind(end: Match[bytes] | None) -> bytes:
    assert end is not None
    return end[0] if len(end[0]) < 3 else DOUBLED


def unified(data: bytes, line_end: str) -> bytes:
    """The text in UTF-8 with every line end the same."""
    return re.sub(LINE_END, line_end.encode(), data)
