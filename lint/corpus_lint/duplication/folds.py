"""Folded texts by the number of their document, kept for the comparison: in memory, and when there are many in a file.

With them goes where their characters and the line feeds stand in the texts, a bit for each character of the text. A
folded character has 16 bits: folding leaves none beyond.

A document costs 48 bytes of memory besides, a file's pages are given back as soon as they are many.
"""

from __future__ import annotations

import os
from array import array
from itertools import accumulate, islice
from operator import sub
from typing import TYPE_CHECKING, Any

from ..named_tuple import NamedTuple
from . import freight
from .native_passages import passage_loops
from .spill import Bytes, Shared

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from .syllables import Syllables

KEPT = 1 << 22
"""Folded characters that are kept in memory: those of 12 MB of Chinese text, in 8 MB. To write them to a file costs
less than the pages for them: most texts have nothing in common, and the file is never read."""
_COUNTED = 1 << 17
"""Characters that are looked at at once when all of them are: as many as stay in the processor's cache."""
_UNKNOWN = -1


class Marks(NamedTuple):
    """Which characters of texts count and which are line feeds, in bits, the first in the highest bit of a byte."""

    counted: bytes
    feeds: bytes


class Folds:
    """The folded texts of documents.

    A process that was forked may read what was there before, and add what it needs for itself (`apart`).
    """

    def __init__(self, *, kept: int = KEPT, folder: str = "") -> None:
        """None yet; of more than ``kept`` characters all go to disk.

        ``folder`` is one where other processes put some, too (`freight`).
        """
        self._texts = Shared(os.path.join(folder, freight.TEXTS)) if folder else Bytes(2 * kept)
        self._bits = Shared(os.path.join(folder, freight.BITS)) if folder else Bytes(kept)
        self._first = 0
        self._columns = array("q"), array("q")
        """Where each document's text begins among all characters, `_UNKNOWN` where it is not there, and its size."""
        self._marks = array("q"), array("q"), array("q"), array("q")
        """Likewise: bytes before its bits and those of its line feeds, the first bit and the one behind the last."""
        self._added: dict[int, tuple[int, int]] = {}
        """Documents that came out of order."""
        self._own: list[NDArray[np.uint16]] | None = None
        self._own_codes: NDArray[np.uint16] | None = None
        self.syllables: Syllables | None = None
        """Those of the texts that are judged now, where these are much asked for (`look_at`)."""

    def add(self, first: int, codes: bytes, sizes: Sequence[int]) -> None:
        """Add the texts of documents that are numbered from ``first`` on, laid end to end, 16 bits a character."""
        if self._own is not None:
            import numpy as np

            at = self._texts.size // 2 + sum(map(len, self._own))
            self._own.append(np.frombuffer(codes, np.uint16))
            self._own_codes = None
        else:
            at = self._texts.append(codes) // 2
        if first - self._first < len(self._columns[0]) or self._own is not None:
            for number, size in enumerate(sizes, first):
                self._added[number] = at, size
                at += size
            return
        self._put(first, at, sizes)

    def mark(self, first: int, marked: Sequence[tuple[Sequence[int], Marks]]) -> None:
        """Add where the folded characters of documents stand.

        Args:
            first: number of the first document.
            marked: of some documents after others their lengths, and the marks of their texts joined by one line feed
                each.
        """
        bits, columns = bits_and_marks(marked)
        self._put_marks(first, self._bits.append(bits), columns)

    def take_over(self, first: int, known: freight.Freight) -> None:
        """Add documents, numbered from ``first`` on, that another process has put into the files of the folder."""
        self._put(first, known.texts // 2, known.sizes)
        self._put_marks(first, known.bits, known.marks)

    def _put(self, first: int, at: int, sizes: Sequence[int]) -> None:
        """Note documents of these sizes that lie end to end behind ``at`` characters."""
        starts, lengths = self._columns
        _fill(self._columns, first - self._first)
        starts.extend(islice(accumulate(sizes, initial=at), len(sizes)))
        lengths.extend(sizes)

    def _put_marks(self, first: int, at: int, columns: Sequence[array[int]]) -> None:
        """Note what `bits_and_marks` gave of documents whose bits lie behind ``at`` bytes."""
        _fill(self._marks, first - self._first)
        for number, (column, values) in enumerate(zip(self._marks, columns, strict=True)):
            column.extend([value + at for value in values] if number < 2 else values)

    def settle(self) -> None:
        """Be ready for processes that are forked."""
        self._texts.settle()
        self._bits.settle()

    def apart(self) -> None:
        """Add nothing more to what another process reads, too."""
        self._own = []
        self._own_codes = None

    def look_at(self, low: int, high: int) -> None:
        """Count the syllables from one of all characters to another, of which much is going to be asked."""
        from .syllables import Syllables

        high = min(high, self._texts.size // 2)
        if low < high:
            parts = (self._data(at, min(_COUNTED, high - at)) for at in range(low, high, _COUNTED))
            self.syllables = Syllables(parts, low, high)

    def forget(self) -> None:
        """Forget what was added since `apart`, and what was only for texts that have been judged."""
        self.syllables = None
        if self._own:
            beyond = self._texts.size // 2
            self._added = {number: place for number, place in self._added.items() if place[0] < beyond}
            self.apart()

    def place(self, number: int) -> tuple[int, int] | None:
        """Where the text of a document begins among all characters, and how many it has; None where it is not there."""
        found = self._added.get(number)
        if found is None:
            at = number - self._first
            if 0 <= at < len(self._columns[0]) and self._columns[0][at] != _UNKNOWN:
                return self._columns[0][at], self._columns[1][at]
        return found

    def places(self, numbers: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where the texts of documents begin and how many characters they have; less than 0 for those not there."""
        import numpy as np

        columns = [np.frombuffer(column, np.int64) for column in self._columns]
        at = numbers - self._first
        outside = (at < 0) | (at >= len(columns[0]))
        at[outside] = 0
        starts, sizes = (column[at] if len(column) else np.zeros(len(at), np.int64) for column in columns)
        starts[outside] = _UNKNOWN
        if self._added:
            added = np.isin(numbers, list(self._added))
            for row in np.flatnonzero(added).tolist():
                starts[row], sizes[row] = self._added[int(numbers[row])]
        return starts, sizes

    def offsets(self, number: int) -> NDArray[np.uint32] | None:
        """Where in the text of a document its folded characters stand; None where that is not known."""
        import numpy as np

        found = self._marked(number)
        loops = passage_loops()
        if found is None or loops is None:
            return None if found is None else self._set(found[0], *found[2:]).astype(np.uint32)
        bits, skipped = self._bits_of(found[0], *found[2:])
        return np.frombuffer(loops.places(bits), np.uint32) - np.uint32(skipped)

    def counts(self, number: int) -> tuple[NDArray[np.uint64], NDArray[np.uint32], int] | None:
        """Which characters of a document count, in words of bits, how many before each, and bits before the first.

        None where that is not known.
        """
        found = self._marked(number)
        return None if found is None else self._counts(found[0], *found[2:])

    def _counts(self, base: int, start: int, end: int) -> tuple[NDArray[np.uint64], NDArray[np.uint32], int]:
        import numpy as np

        bits, skipped = self._bits_of(base, start, end)
        data = np.zeros(len(bits) // 8 + 1, ">u8")
        data.view(np.uint8)[: len(bits)] = bits
        counted = data.astype(np.uint64)
        before = np.zeros(len(counted) + 1, np.uint32)
        np.cumsum(np.bitwise_count(counted), dtype=np.uint32, out=before[1:])
        return counted, before, skipped

    def bits(self, number: int) -> tuple[NDArray[np.uint8], int] | None:
        """Which characters of a document count, in bits, and bits before the first; None where that is not known."""
        found = self._marked(number)
        return None if found is None else self._bits_of(found[0], *found[2:])

    def breaks(self, number: int) -> NDArray[np.uint32] | None:
        """Before how many folded characters of a document its lines begin; None where that is not known."""
        import numpy as np

        marked = self._marked(number)
        if marked is None:
            return None
        counts, feeds, *place = marked
        loops = passage_loops()
        if loops is not None:
            return np.frombuffer(
                loops.breaks(self._bits_of(counts, *place)[0], self._bits_of(feeds, *place)[0]), np.uint32
            )
        counted, before, skipped = self._counts(counts, *place)
        at = self._set(feeds, *place) + skipped
        word = at >> 6
        # The highest bit of a word comes first: what is before a bit remains when the rest is shifted out. The bit
        # itself is not set, since line feeds do not count.
        inside = counted.take(word)
        inside >>= (~at & 63).view(np.uint64)
        found = np.zeros(len(at) + 1, np.uint32)
        np.add(before.take(word), np.bitwise_count(inside), out=found[1:])
        is_new = np.ones(len(found), np.bool_)
        np.not_equal(found[1:], found[:-1], out=is_new[1:])
        return found[is_new]

    def shift(self, number: int) -> None:
        """Number the documents from so much further on."""
        self._first += number
        self._added = {known + number: place for known, place in self._added.items()}

    def take(self, at: NDArray[Any]) -> NDArray[np.uint16]:
        """The characters at some places among all; any for those before the first and behind the last."""
        import numpy as np

        self._texts.bound()
        codes = self._codes
        if not self._own:
            return codes.take(at, mode="clip")
        if self._own_codes is None:
            self._own_codes = np.concatenate(self._own)
        found = self._own_codes.take(at - len(codes), mode="clip")
        return np.where(at < len(codes), codes.take(at, mode="clip"), found) if len(codes) else found

    def windows(self, at: NDArray[Any], width: int) -> NDArray[np.uint16]:
        """So many characters from each of some places on, in rows; any for those before the first, behind the last."""
        import numpy as np

        last = self._texts.size // 2 - width
        if self._own or last < 0:
            return self.take(at[:, None] + np.arange(width))
        self._texts.bound()
        # Taken row by row, and not each character for itself.
        rows = np.ndarray((last + 1,), f"V{2 * width}", self._codes, 0, (2,))
        is_inside = not len(at) or (at.min() >= 0 and at.max() <= last)
        found: NDArray[np.uint16] = rows[at if is_inside else at.clip(0, last)].view(np.uint16).reshape(-1, width)
        if not is_inside:
            outside = np.flatnonzero((at < 0) | (at > last))
            found[outside] = self.take(at[outside, None] + np.arange(width))
        return found

    @property
    def columns(self) -> tuple[array[int], array[int], int] | None:
        """Where texts begin among all characters, less than 0 for those not there; their sizes; the first's number.

        None where some came out of order.
        """
        return None if self._added else (*self._columns, self._first)

    @property
    def whole(self) -> NDArray[np.uint16] | None:
        """The characters of all documents, not to be kept; None where they are not together."""
        if self._own:
            return None
        self._texts.bound()
        return self._codes

    def text(self, number: int) -> str | None:
        """The text of a document; None where it is not there, or not to the letter."""
        place = self.place(number)
        if place is None:
            return None
        loops = passage_loops()
        if loops is not None:
            return loops.text(self._data(*place))
        try:
            found = self._data(*place).tobytes().decode("utf-16-le")
        except UnicodeDecodeError:
            return None
        return found if len(found) == place[1] else None

    def codes(self, number: int) -> NDArray[np.uint16] | None:
        """The characters of a document, not to be kept; None where it is not there."""
        place = self.place(number)
        return None if place is None else self._data(*place)

    def _data(self, at: int, size: int) -> NDArray[np.uint16]:
        """So many characters, from one of them on; not to be kept."""
        beyond = self._texts.size // 2
        if at < beyond or not self._own:
            self._texts.bound()
            return self._codes[at : at + size]
        import numpy as np

        if self._own_codes is None:
            self._own_codes = np.concatenate(self._own)
        return self._own_codes[at - beyond : at - beyond + size]

    @property
    def _codes(self) -> NDArray[np.uint16]:
        """The characters of all documents, end to end."""
        import numpy as np

        size = self._texts.size // 2
        return np.frombuffer(self._texts.view, np.uint16, size) if size else np.empty(0, np.uint16)

    def _marked(self, number: int) -> tuple[int, ...] | None:
        at = number - self._first
        if not 0 <= at < len(self._marks[0]) or self._marks[0][at] == _UNKNOWN:
            return None
        return tuple(column[at] for column in self._marks)

    def _set(self, base: int, start: int, end: int) -> NDArray[np.int64]:
        """The numbers, from 0, of the bits from ``start`` to ``end`` that are set."""
        import numpy as np

        bits, skipped = self._bits_of(base, start, end)
        found: NDArray[np.int64] = np.flatnonzero(np.unpackbits(bits).view(np.bool_))
        found -= skipped
        return found

    def _bits_of(self, base: int, start: int, end: int) -> tuple[NDArray[np.uint8], int]:
        """The bits from ``start`` to ``end``, in bytes with zeros around them; and how many are before them."""
        import numpy as np

        skipped = start % 8
        bits = np.frombuffer(bytearray(self._bits.read(base + start // 8, end // 8 + 1 - start // 8)), np.uint8)
        if len(bits):
            bits[0] &= 0xFF >> skipped
            # The last byte is not of this text alone.
            bits[(end - start + skipped) // 8 :] &= 0xFF00 >> (end - start + skipped) % 8 & 0xFF
        return bits, skipped


def bits_and_marks(marked: Sequence[tuple[Sequence[int], Marks]]) -> tuple[bytes, tuple[array[int], ...]]:
    """What is said of documents, given for some at a time with their lengths, joined: all bits, and the columns."""
    columns = array("q"), array("q"), array("q"), array("q")
    at = 0
    for lengths, marks in marked:
        ends = [end - 1 for end in accumulate([length + 1 for length in lengths])]
        columns[0].extend([at] * len(ends))
        columns[1].extend([at + len(marks.counted)] * len(ends))
        columns[2].extend(map(sub, ends, lengths))
        columns[3].extend(ends)
        at += len(marks.counted) + len(marks.feeds)
    return b"".join(bits for _, marks in marked for bits in marks), columns


def _fill(columns: Sequence[array[int]], size: int) -> None:
    """Make columns so long, with documents that are not there."""
    for column in columns:
        column.extend([_UNKNOWN] * (size - len(column)))
