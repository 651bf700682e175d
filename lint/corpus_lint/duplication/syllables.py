"""Syllables: how many characters of folded text are Han, kana or Hangul, counted once for many stretches of it."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from .winnowing import FIRST_SYLLABIC

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray


class Syllables:
    """Which of some characters are syllabic, in bits, and how many before each word of them.

    Attributes:
        low: the first of the characters, among all.
        high: the one behind the last.
        words: the bits, the first in the highest of a word.
        before: how many are set before each word.
    """

    def __init__(self, parts: Iterable[NDArray[np.unsignedinteger]], low: int, high: int) -> None:
        """The characters from ``low`` to ``high``, given in parts of which each but the last has a multiple of 64."""
        import numpy as np

        data = np.zeros((high - low) // 64 + 1, ">u8")
        into = data.view(np.uint8)
        done = 0
        for codes in parts:
            bits = np.packbits(codes >= FIRST_SYLLABIC)
            into[done : done + len(bits)] = bits
            done += len(bits)
        words = data.astype(np.uint64)
        before = np.zeros(len(words), np.uint32)
        np.cumsum(np.bitwise_count(words[:-1]), dtype=np.uint32, out=before[1:])
        self.low, self.high = low, high
        # Single numbers of these are had several times as fast as numpy's.
        self.words, self.before = array("Q", words.tobytes()), array("I", before.tobytes())

    def covers(self, start: NDArray[np.int64], length: NDArray[np.int64]) -> bool:
        """Whether stretches, by where they begin among all characters, are of these."""
        return not len(start) or bool(start.min() >= self.low and (start + length).max() <= self.high)

    def counts(self, start: NDArray[np.int64], length: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many characters of each stretch are syllabic."""
        first = start - self.low
        return self._before(first + length) - self._before(first)

    def _before(self, at: NDArray[np.int64]) -> NDArray[np.int64]:
        import numpy as np

        word = at >> 6
        bits = np.frombuffer(self.words, np.uint64).take(word)
        # Shifted twice, since by 64 at once no number can be.
        bits >>= (~at & 63).view(np.uint64)
        bits >>= np.uint64(1)
        return np.frombuffer(self.before, np.uint32).take(word).astype(np.int64) + np.bitwise_count(bits)
