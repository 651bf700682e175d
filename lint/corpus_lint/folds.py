"""Folded texts by the number of their document, kept for the comparison: in memory, and when there are many in a file.

With them goes where their characters and the line feeds stand in the texts, a bit for each character of the text. A
folded character is 16 bits. Those beyond share the 2048 numbers of the surrogates, so that equality here is equality
of the texts but for rare such characters; a passage is compared once more before it is told.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from .named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

KEPT = 1 << 22
"""Folded characters that are kept in memory: those of 12 MB of Chinese text, in 8 MB. To write them to a file costs
less than the pages for them: most texts have nothing in common, and the file is never read."""
_SURROGATES = 0xD800


def narrow(codes: NDArray[np.uint32]) -> NDArray[np.uint16]:
    """Folded characters in 16 bits each."""
    import numpy as np

    if len(codes) and codes.max() > 0xFFFF:
        codes = np.where(codes > 0xFFFF, _SURROGATES | codes & 0x7FF, codes)
    return codes.astype(np.uint16)


class Marks(NamedTuple):
    """Which characters of texts count and which are line feeds, in bits, the first in the highest bit of a byte."""

    counted: NDArray[np.uint8]
    feeds: NDArray[np.uint8]


class Folds:
    """The folded texts of documents."""

    def __init__(self, *, kept: int = KEPT) -> None:
        """None yet; of more than ``kept`` characters all go to disk."""
        self._kept = kept
        self._memory: NDArray[np.uint16] | None = None
        self._file: IO[bytes] | None = None
        self._mapped: NDArray[np.uint16] | None = None
        self._count = 0
        self.places: dict[int, tuple[int, int]] = {}
        """Where the text of each document begins among all characters, and how many it has."""
        self._marks: dict[int, tuple[Marks, int, int]] = {}

    def add(self, first: int, codes: NDArray[np.uint16], sizes: Sequence[int]) -> None:
        """Add the texts of documents that are numbered from ``first`` on, laid end to end."""
        import numpy as np

        at = self._count
        for number, size in enumerate(sizes, first):
            self.places[number] = (at, size)
            at += size
        if self._file is None and at > self._kept:
            import tempfile

            self._file = tempfile.TemporaryFile(prefix="corpus-lint-")  # noqa: SIM115 - it goes with this object
            if self._memory is not None:
                self._file.write(self._memory[: self._count].tobytes())
                self._memory = None
        if self._file is not None:
            self._file.write(codes.tobytes())
            self._mapped = None
        else:
            if self._memory is None:
                self._memory = np.empty(self._kept, np.uint16)  # what is not written to takes no memory
            self._memory[self._count : at] = codes
        self._count = at

    def mark(self, first: int, marks: Marks, lengths: Sequence[int]) -> None:
        """Add where the folded characters of documents stand: ``marks`` of their texts joined by one line feed each."""
        at = 0
        for number, length in enumerate(lengths, first):
            self._marks[number] = marks, at, at + length
            at += length + 1

    def offsets(self, number: int) -> NDArray[np.uint32] | None:
        """Where in the text of a document its folded characters stand; None where that is not known."""
        found = self._marks.get(number)
        return None if found is None else _set(found[0].counted, *found[1:])

    def line_starts(self, number: int) -> NDArray[np.uint32] | None:
        """Where lines begin behind line feeds."""
        import numpy as np

        found = self._marks.get(number)
        return None if found is None else _set(found[0].feeds, *found[1:]) + np.uint32(1)

    def shift(self, number: int) -> None:
        """Number the documents from so much further on."""
        if number:
            self.places = {known + number: place for known, place in self.places.items()}
            self._marks = {known + number: mark for known, mark in self._marks.items()}

    @property
    def codes(self) -> NDArray[np.uint16]:
        """The characters of all documents, end to end."""
        import numpy as np

        if self._file is None:
            return np.empty(0, np.uint16) if self._memory is None else self._memory[: self._count]
        if self._mapped is None:
            self._file.flush()
            self._mapped = np.memmap(self._file, np.uint16, "r")
        return self._mapped

    def text(self, number: int) -> str | None:
        """The text of a document; None where it is not there, or not to the letter."""
        place = self.places.get(number)
        if place is None:
            return None
        at, size = place
        found = self.codes[at : at + size].tobytes().decode("utf-16-le", "surrogatepass")
        if len(found) < size:
            return None
        try:
            found.encode("utf-16-le")
        except UnicodeEncodeError:
            return None
        return found


def _set(bits: NDArray[np.uint8], start: int, end: int) -> NDArray[np.uint32]:
    """The numbers, from 0, of the bits from ``start`` to ``end`` that are set."""
    import numpy as np

    skipped = start % 8
    unpacked = np.unpackbits(bits[start // 8 : end // 8 + 1], count=end - start + skipped)
    return np.flatnonzero(unpacked[skipped:].view(np.bool_)).astype(np.uint32)
