"""The compiled loops over characters, for whoever has them: a build without a C compiler goes without.

What they do numpy or plain Python does, too, more slowly; tests hold all ways to the same results.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from array import array

    from numpy.typing import NDArray

    Numbers = bytes | array[int] | NDArray[Any]

SWITCH = "CORPUS_LINT_NATIVE"
"""An environment variable: ``0`` does without the compiled loops, to compare."""


MUCH, MUCH_COMPILED = 350_000, 1_000_000
"""Bytes of text from which importing numpy costs less than doing without: in plain Python, and with compiled loops."""


class Loops(Protocol):
    """What is compiled from ``_native.c``.

    Tables are those of `corpus_lint.tables.characters`, or have the same form; numbers in bytes are the machine's.
    """

    def look_up(self, text: str, table: Numbers, /) -> tuple[bytes, bytes, bytes]:
        """As `corpus_lint.look_up.look_up`.

        Returns:
            Bits 16 to 23 of each character's entry; where line feeds and characters beyond the table stand, in 64 bits
            each.
        """

    def count(self, kinds: Numbers, lengths: list[int], /) -> list[tuple[int, ...]]:
        """How many characters of each class each of some texts has, that were joined with one line feed each."""

    def sketch(
        self, text: str, table: Numbers, lengths: list[int], readings: list[tuple[int, int]], first: int, /
    ) -> tuple[list[int], bytes, bytes, bytes, bytes, bytes, bytes]:
        """As `corpus_lint.winnowing.sketch_looked_up`.

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


@cache
def loops() -> Loops | None:
    """The compiled loops; None where there are none."""
    if os.environ.get(SWITCH) == "0":
        return None
    try:
        from importlib import import_module

        return cast(Loops, import_module("._native", __package__))
    except ImportError:
        return None


def is_much(size: int) -> bool:
    """Whether for so many bytes of text numpy is worth its import."""
    return size >= (MUCH if loops() is None else MUCH_COMPILED)
