"""Distant documents: parts of files that are read again when their text is asked for, and decoded where it must be."""

from __future__ import annotations

from ..document import Document
from ..native import utf8_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ..native_loops import Utf8Loops

COUNTED = 4
"""How often lines are counted from the beginning: to find where all of them begin costs more than that."""


class DistantDocument(Document):
    """A part of a file that is read when its text is asked for: of most, only the place is.

    Of the others little more is asked than the line of a place or two: line feeds are counted for that.
    """

    __slots__ = ("_asked", "_byte", "_counted", "_fetch", "_is_apart", "_offset", "_recall")

    def __init__(self, fetch: Callable[[], bytes], recall: Callable[[Callable[[], bool]], bool], **place: Any) -> None:
        """A part of a file.

        Args:
            fetch: reads it.
            recall: gives what a function does, which need not be asked twice for the same part.
            place: as for a document.
        """
        super().__init__("", data=b"", errors="surrogateescape", **place)
        del self.text, self.data
        self._fetch = fetch
        self._recall = recall
        self._asked = 0
        self._counted = 0, 0
        self._offset = self._byte = 0
        """A place that was asked for, in code points and in bytes."""

    def line_at(self, offset: int) -> int:
        """Number, from 0, of the line that holds the code point at ``offset``."""
        return self.position(offset)[0]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of ``offset``, both from 0, the column in code points."""
        if self._line_starts is not None:
            return super().position(offset)
        before, line = self._counted
        if not before <= offset:
            self._asked += 1
            before = line = 0
        if self._asked > COUNTED:
            return super().position(offset)
        loops = utf8_loops()
        if loops is not None and self._is_apart:
            byte = self._reached(loops, before)
            end = self._reached(loops, offset)
            line += loops.feeds(self.data, byte, end)
            self._counted = offset, line
            return line, len(self.data[self.data.rfind(b"\n", 0, end) + 1 : end].decode())
        if not before and "\r" in self.text:
            return super().position(offset)
        line += self.text.count("\n", before, offset) if loops is None else loops.feeds(self.text, before, offset)
        self._counted = offset, line
        return line, offset - self.text.rfind("\n", 0, offset) - 1

    def piece(self, start: int, end: int) -> str:
        """The text from an offset to another, or to its end: of most documents that is all that is decoded."""
        loops = utf8_loops()
        if loops is None or not self._is_apart:
            return super().piece(start, end)
        first = self._reached(loops, start)
        return self.data[first : loops.reach(self.data, first, end - start)].decode()

    def _tells_places(self) -> bool:
        """Whether the bytes tell what is where as the text does, and for less than ASCII is decoded for."""
        loops = utf8_loops()
        return loops is not None and not self.data.isascii() and b"\r" not in self.data and loops.is_valid(self.data)

    def _reached(self, loops: Utf8Loops, offset: int) -> int:
        """The byte at which a code point begins."""
        if offset < self._offset:
            self._offset = self._byte = 0
        self._byte = loops.reach(self.data, self._byte, offset - self._offset)
        self._offset = offset
        return self._byte

    def __getattr__(self, name: str) -> Any:
        """What is not there yet.

        Raises:
            OSError: the file can no longer be read.
        """
        if name == "data":
            self.data = self._fetch()
        elif name == "text":
            self.text = self.data.decode("utf-8", "surrogateescape")
            self._is_apart = False
        elif name == "_is_apart":
            # Whether the text is not decoded, and need not be for a piece of it.
            self._is_apart = self._recall(self._tells_places)
        else:
            raise AttributeError(name)
        return getattr(self, name)
