"""The compiled loops that find passages, for whoever has them: as `corpus_lint.native`, for what needs two texts."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, cast

from .native import SWITCH

if TYPE_CHECKING:
    from numpy.typing import NDArray


class PassageLoops(Protocol):
    """What is compiled from ``_passages.c``. Codes are folded characters in 16 bits, other numbers have 64."""

    def extents(
        self, codes: NDArray[Any], one: NDArray[Any], other: NDArray[Any], room: NDArray[Any], way: NDArray[Any], /
    ) -> bytes:
        """As `corpus_lint.side_by_side.equal_extent`, each with a way of its own."""

    def follow(
        self,
        codes: NDArray[Any],
        later: NDArray[Any],
        earlier: NDArray[Any],
        room: NDArray[Any],
        copy_room: NDArray[Any],
        way: NDArray[Any],
        /,
    ) -> tuple[bytes, bytes, bytes, bytes]:
        """Follow ends of chains, as `corpus_lint.extension.grown_back` and `grown_on` do.

        Returns:
            How far each was followed in the later and the earlier text, and by how many equal runs it grows; these
            runs, one behind the other: how far from the end they begin in both texts, and how long they are.
        """

    def followed(self, one: str, other: str, /) -> list[tuple[int, int, int]] | None:
        """Likewise of two texts alone; None where a character of them has more than 16 bits."""

    def repeats(self, text: str, start: int, end: int, /) -> bool:
        """As `corpus_lint.alignment.self_similar`."""

    def breaks(self, counted: NDArray[Any], feeds: NDArray[Any], /) -> bytes:
        """As `corpus_lint.folds.Folds.breaks`, of the bits of one text, in 32 bits each."""

    def place(self, bits: NDArray[Any], number: int, /) -> int:
        """Where, among bits, the one stands before which so many are set."""

    def feeds(self, text: str, start: int, end: int, /) -> int:
        """How many line feeds stand in a stretch of a text: Python's count stops at each."""

    def text(self, codes: NDArray[Any], /) -> str | None:
        """The text of codes; None where one stands for a character of which it is not all."""


@cache
def passage_loops() -> PassageLoops | None:
    """The compiled loops; None where there are none."""
    if os.environ.get(SWITCH) == "0":
        return None
    try:
        from importlib import import_module

        return cast(PassageLoops, import_module("._passages", __package__))
    except ImportError:
        return None
