"""Layouts: how documents lie in a text; what every text format is."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Protocol

    from ..document import Document
    from ..line_ends import LineEnds
    from ..source import Source
    from .place import Place
    from .record import Problem

    class Host(Protocol):
        """What a layout needs of the file that it reads."""

        source: Source
        fields: Sequence[str]
        problems: list[Problem]
        problem_count: int
        is_damaged: bool

        def decode(self, data: bytes, place: Place) -> str:
            """The text of bytes that stand at ``place``.

            Raises:
                UnicodeDecodeError: the encoding of the file has to be judged anew; go on from ``place`` afterwards.
            """
            ...

        def count(self, line_ends: LineEnds) -> None:
            """Remember the line ends of the next part of a plain text."""
            ...


class FormatError(Exception):
    """A file that cannot be read in its format at all; the message says why and what to do."""


class NoTextError(FormatError):
    """A file of records none of which has a text in a wanted field."""


class Layout:
    """How documents lie in a text. What it has learnt stays when reading goes on from another place."""

    def __init__(self, host: Host) -> None:
        self.host = host

    def documents(self, chunks: Iterator[bytes], place: Place) -> Iterator[Document]:
        """The documents of the text from ``place`` on, which goes on behind each document when it is taken.

        Raises:
            FormatError: the file cannot be read in this format.
            UnicodeDecodeError: as `Host.decode`.
        """
        raise NotImplementedError
