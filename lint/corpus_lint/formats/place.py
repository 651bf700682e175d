"""Where in a text reading has come to."""

from __future__ import annotations


class Place:
    """Byte, character, line, number of the next document and record, and whether all was ASCII so far.

    ``start`` counts bytes of the file's text as UTF-8 without byte-order mark, ``offset`` code points (of plain text
    only); ``line`` and ``record`` count from 1, ``index`` from 0; ``column`` is how many code points stand before it on
    its line, where that is not always none.
    """

    __slots__ = ("column", "index", "is_ascii", "line", "offset", "record", "start")

    def __init__(self) -> None:
        self.start = 0
        self.offset = 0
        self.line = 1
        self.column = 0
        self.index = 0
        self.record = 1
        self.is_ascii = True

    def pass_over(self, data: bytes, lines: int) -> None:
        """Go on behind ``data``, which holds so many line ends."""
        self.start += len(data)
        self.line += lines
        self.is_ascii = self.is_ascii and data.isascii()
