"""Folded texts by the number of their document, kept for the comparison: in memory, and when there are many in a file.

A character is 16 bits. Those beyond share the 2048 numbers of the surrogates, so that equality here is equality of the
texts but for rare such characters; a passage is compared once more before it is told.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

KEPT = 1 << 26
"""Folded characters that are kept in memory: those of 200 MB of Chinese text or 80 MB of English, in 128 MB."""
_SURROGATES = 0xD800


def narrow(codes: NDArray[np.uint32]) -> NDArray[np.uint16]:
    """Folded characters in 16 bits each."""
    import numpy as np

    if len(codes) and codes.max() > 0xFFFF:
        codes = np.where(codes > 0xFFFF, _SURROGATES | codes & 0x7FF, codes)
    return codes.astype(np.uint16)


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

    def shift(self, number: int) -> None:
        """Number the documents from so much further on."""
        if number:
            self.places = {known + number: place for known, place in self.places.items()}

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
