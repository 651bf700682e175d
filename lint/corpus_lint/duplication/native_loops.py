"""What the compiled loops that find passages are called with, and what they give: for type checkers, and to be read.

As `corpus_lint.native_loops`, of those that `corpus_lint.duplication.native_passages` looks for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray


class PassageLoops(Protocol):
    """What is compiled from ``_passages.c``. Codes are folded characters in 16 bits, other numbers have 64."""

    def extents(
        self, codes: NDArray[Any], one: NDArray[Any], other: NDArray[Any], room: NDArray[Any], way: NDArray[Any], /
    ) -> bytes:
        """As `side_by_side.equal_extent`, each with a way of its own."""

    def followed(self, one: str, other: str, /) -> list[tuple[int, int, int]] | None:
        """As `extension._followed`; None where a character of the texts has more than 16 bits."""

    def repeats(self, text: str, start: int, end: int, /) -> bool:
        """As `alignment.self_similar`."""

    def breaks(self, counted: NDArray[Any], feeds: NDArray[Any], /) -> bytes:
        """As `folds.Folds.breaks`, of the bits of one text, in 32 bits each."""

    def place(self, bits: NDArray[Any], number: int, /) -> int:
        """Where, among bits, the one stands before which so many are set."""

    def places(self, bits: NDArray[Any], /) -> bytes:
        """Where, among bits, those stand that are set, in 32 bits each."""

    def syllables(self, codes: NDArray[Any], start: int, end: int, /) -> int:
        """How many characters of a stretch are Han, kana or Hangul."""

    def text(self, codes: NDArray[Any], /) -> str | None:
        """The text of codes; None where one stands for a character of which it is not all."""


class ChainingLoops(Protocol):
    """What is compiled from ``_chaining.c``."""

    def passages(
        self,
        codes: NDArray[Any],
        leads: NDArray[Any],
        places: NDArray[Any],
        own: tuple[int, int],
        breaks: Callable[[int], Sequence[int]],
        is_one: bool,
        shortest: int,
        /,
    ) -> list[tuple[int, int, int, int, float, int]]:
        """What `chaining.chains` and `passages` find together, for all leads of a text at once.

        Args:
            codes: the folded characters of all texts.
            leads: in six rows where they begin, the number of the text that has the earlier copy, where it begins
                there, how long they are, what they say, and their group (`leads.Lead`).
            places: of each such text where it begins among all characters and how many it has.
            own: likewise of this text, the number of which is -1.
            breaks: gives of the text of a number where its lines begin, as `folded_text.Text.breaks`.
            is_one: whether all numbers mean this text.
            shortest: least weight of a passage.

        Returns:
            Each as a `folded_text.Passage`, with the number of the text that has the earlier copy.
        """


class LeadLoops(Protocol):
    """What is compiled from ``_leads.c``."""

    def leads(
        self,
        codes: NDArray[Any],
        starts: Sequence[int],
        sizes: Sequence[int],
        first: int,
        pairs: tuple[NDArray[Any], ...],
        shortest: int,
        evidence: int,
        /,
    ) -> tuple[bytes, bytes, bytes] | None:
        """As `leads.find`, for the pairs of many documents.

        Args:
            codes: the folded characters of all texts.
            starts: of each document, from the one numbered ``first`` on, where its text begins among them.
            sizes: likewise, how many characters it has.
            first: as above.
            pairs: the columns of a `pairing.Pairs`.
            shortest: least weight of a passage.
            evidence: so many hits must lead to one neighbourhood.

        Returns:
            The leads within documents, those across, both with document, start, place (inside a document 0 or 1), copy,
            length, what they say and 0 as their group; and rounds, with document, start, end and period. By document
            and start. None where a text is not there.
        """
