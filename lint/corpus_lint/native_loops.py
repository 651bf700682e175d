"""What the compiled loops are called with, and what they give: for type checkers, and to be read.

Of each module that `corpus_lint.native` looks for, a class says what is in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Numbers = bytes | array[int] | NDArray[Any]


class CharacterLoops(Protocol):
    """What is compiled from ``_characters.c``.

    Tables are those of `corpus_lint.tables.characters`, or have the same form; numbers in bytes are the machine's.
    """

    def look_up(self, text: str, table: Numbers, /) -> tuple[bytes, bytes, bytes, bytes]:
        """As `corpus_lint.look_up.look_up`.

        Returns:
            Bits 16 to 23 of each character's entry; all those of each line; where line feeds and characters beyond the
            table stand, in 64 bits each.
        """

    def stretches(self, data: bytes, lines: bytes, limit: int, /) -> tuple[list[tuple[int, int]], ...]:
        """From where to where lines stand in bytes, neighbours together, with the line feed behind the last.

        Args:
            data: lines, with a line feed in front and behind all of them.
            lines: what `look_up` says of each.
            limit: bytes of a short line at most.

        Returns:
            The short lines but for empty ones; for each of `corpus_lint.look_up.MARKS` the lines that have it.
        """

    def brief(
        self, text: str, feeds: Numbers, lengths: list[int], first: int, limit: int, around: str, ends: str, /
    ) -> tuple[bytes, bytes, list[str]]:
        """As `corpus_lint.duplication.brief_lines.in_documents`, of texts joined with one line feed each.

        Args:
            text: the joined texts.
            feeds: where line feeds stand in it, in 64 bits each.
            lengths: code points of each text.
            first: number of the first text.
            limit: code points of a brief line at most.
            around: characters that are left out around a line.
            ends: characters at which a line ends that is left out.
        """

    def count(self, kinds: Numbers, lengths: list[int], /) -> list[tuple[int, ...]]:
        """How many characters of each class each of some texts has, that were joined with one line feed each."""


class FoldingLoops(Protocol):
    """What is compiled from ``_folding.c``; tables are as for `CharacterLoops`."""

    def readings(self, text: str, /) -> list[tuple[int, int]]:
        """As `corpus_lint.folding.reading_spans`."""

    def fold(self, text: str, table: Numbers, readings: list[tuple[int, int]], passage: bool, /) -> str:
        """As `corpus_lint.folding.fold`.

        Args:
            text: what is folded.
            table: of characters.
            readings: what is left out, from and to, in order.
            passage: whether only letters and digits are left.
        """

    def offsets(self, text: str, table: Numbers, readings: list[tuple[int, int]], passage: bool, /) -> bytes:
        """Likewise, where the characters stood, in 32 bits each."""


class Utf8Loops(Protocol):
    """What is compiled from ``_utf8.c``."""

    def decode(self, data: bytes, /) -> str | None:
        """As ``data.decode()``; None where that is to be asked, as of what is no UTF-8."""

    def is_valid(self, data: bytes, /) -> bool:
        """Whether bytes are UTF-8."""

    def reach(self, data: bytes, start: int, characters: int, /) -> int:
        """Where in UTF-8 so many characters behind a byte are over, or all that there are."""

    def feeds(self, text: str | bytes, start: int, end: int, /) -> int:
        """How many line feeds stand in a stretch of a text, or of bytes: Python's count stops at each."""

    def characters(self, data: bytes, start: int, end: int, /) -> int:
        """How many characters begin in a stretch of UTF-8."""


class WinnowingLoops(Protocol):
    """What is compiled from ``_winnowing.c``."""

    def sketch(
        self, text: str, table: Numbers, lengths: list[int], readings: list[tuple[int, int]], first: int, /
    ) -> tuple[list[int], bytes, bytes, bytes, bytes, bytes, bytes]:
        """As `corpus_lint.duplication.winnowing.sketch_looked_up`.

        Args:
            text: texts joined with one line feed each.
            table: of characters.
            lengths: code points of each text.
            readings: what is left out, from and to, in order.
            first: number of the first text.

        Returns:
            Sizes; keys, documents and positions, in 32 bits each; the folded texts, in 16; the characters that count
            and the line feeds, in bits, the first in the highest of a byte.
        """


class KeyLoops(Protocol):
    """What is compiled from ``_keys.c``."""

    def recurring(self, columns: Sequence[Numbers], /) -> bytes:
        """The keys that stand more than once in some columns, and some others; each with its number in all columns.

        Args:
            columns: numbers of 32 bits.

        Returns:
            Numbers of 64 bits in the order of the columns: in the upper half the key, in the lower its number.
        """

    def digests(
        self, keys: Numbers, documents: Numbers, positions: Numbers, sizes: Numbers, first: int, /
    ) -> tuple[bytes, bytes]:
        """As `corpus_lint.duplication.duplicates.wholes`.

        Args:
            keys: in 32 bits each, as are the next two.
            documents: in order.
            positions: of the grams.
            sizes: of all documents from ``first`` on, in 64 bits each.
            first: number of the first document.

        Returns:
            The documents that have fingerprints, in 32 bits each, and their digests in 64.
        """

    def neighbours(self, keys: Numbers, documents: Numbers, /) -> bytes:
        """The numbers, in 32 bits each, of the fingerprints that have the key of the next one of the same document."""

    def may_repeat(
        self,
        keys: Sequence[Numbers],
        documents: Sequence[Numbers],
        positions: Sequence[Numbers],
        limits: tuple[int, int, int, int, int],
        /,
    ) -> bool:
        """Whether fingerprints that stand twice are near enough together to be looked at.

        Args:
            keys: of each sketch, in 32 bits each, as are the next two.
            documents: in order.
            positions: of the grams.
            limits: so many hits must lead to one neighbourhood; `PLACES`, `REACH` and `LONGEST` of
                `corpus_lint.duplication.grouping`; the longest loop for which one hit is enough.
        """

    def parted(self, columns: Sequence[Numbers], /) -> tuple[bytes, list[int]]:
        """As `corpus_lint.duplication.partitions.in_order`.

        Args:
            columns: numbers of 32 bits, as many in each; the first has the keys.

        Returns:
            The rows, range of keys by range of keys, and how many each range has.
        """
