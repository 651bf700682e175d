"""Winnowing: a few fingerprints of a text that any long enough copy of a part of it must share.

The text is folded to its letters and digits (`corpus_lint.folding`). A gram is a run of `SHORT_GRAM` characters
where it begins with a Han, kana or Hangul character, and of `LONG_GRAM` where it begins with a letter of an alphabet
or a digit, which say less each. Each gram has an order-sensitive polynomial hash, and of every `WINDOW` neighbouring
grams the one with the least rank (upper half of the hash) is a fingerprint, or all that have it (Schleimer, Wilkerson
and Aiken, SIGMOD 2003). So two texts that share
`GUARANTEED` characters share at least two fingerprints, and texts that share none of their grams share none but by
a collision of hashes.

Little text is fingerprinted in plain Python, much text in numpy: the same fingerprints, as a test holds.
"""

from __future__ import annotations

from array import array
from sys import byteorder
from typing import TYPE_CHECKING, Any

from .. import folding
from ..look_up import look_up
from ..named_tuple import NamedTuple
from ..native import winnowing_loops
from ..tables import FOLDED_MASK, characters
from . import folds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from ..document import Document
    from ..look_up import LookedUp
    from ..native_loops import WinnowingLoops

SHORT_GRAM = 16
LONG_GRAM = 2 * SHORT_GRAM
WINDOW = 16
"""Not larger than `SHORT_GRAM`: then no window has grams of two documents."""
FIRST_SYLLABIC = 0x2E80
"""The alphabets are below this code point, Han, kana and Hangul syllables above."""
GUARANTEED = LONG_GRAM + 2 * WINDOW - 1
"""Folded characters that two texts must share to be sure to share two fingerprints."""

_FIRST_SYLLABIC = chr(FIRST_SYLLABIC)
_MASK = 0xFFFFFFFF
_FACTORS = {size: pow(0x2545F491, size, _MASK + 1) for size in (1, 2, 4, 8, 16)}
_NONE = _MASK
FEW = 8
"""Long grams of less than one in so many characters are computed one by one."""
RANK_SHIFT = 16
"""A hash is ranked by its upper half, which is enough to choose by and half the work."""
_CHUNK = 1 << 16
_BRACKET = ord("(")


class Sketch(NamedTuple):
    """The fingerprints of a batch of documents, in three columns, by document and position.

    Attributes:
        first: number of the first document.
        sizes: folded characters of each document, in order.
        keys: the hash of each fingerprint's gram.
        documents: the number of the document that each is from.
        positions: where the gram begins, in folded characters of the document.
        texts: the folded texts end to end as `folds` keeps them, where there is much; they save the
            comparison from making them again.
        marks: where their characters stand in the texts, for some documents at a time, with the lengths of those.
        is_much: whether it is of much text, so that numpy is worth its import when something is to be done with it.
    """

    first: int
    sizes: list[int]
    keys: array[int] | NDArray[np.uint32]
    documents: array[int] | NDArray[np.uint32]
    positions: array[int] | NDArray[np.uint32]
    texts: bytes | None = None
    marks: tuple[tuple[list[int], folds.Marks], ...] = ()
    is_much: bool = False

    def shifted(self, number: int) -> Sketch:
        """The same, with the documents numbered from so much further on."""
        if not number:
            return self
        first = self.first + number
        if not self.is_much:
            return self._replace(first=first, documents=array("I", [one + number for one in self.documents]))
        import numpy as np

        return self._replace(first=first, documents=np.asarray(self.documents) + np.uint32(number))

    def of_much(self) -> Sketch:
        """The same fingerprints as those of much text."""
        return self._replace(is_much=True)

    @property
    def may_repeat(self) -> bool:
        """Whether a key stands in it twice, or it is too large to tell cheaply."""
        return self.is_much or len(set(self.keys)) < len(self.keys)


def documents_repeating(sketch: Sketch) -> list[int]:
    """The documents of a sketch of much text in which a key stands twice, in order."""
    import numpy as np

    both = np.asarray(sketch.documents).astype(np.uint64) << np.uint64(32) | np.asarray(sketch.keys).astype(np.uint64)
    both.sort()
    found: list[int] = np.unique(both[1:][both[1:] == both[:-1]] >> np.uint64(32)).tolist()
    return found


def sketch(documents: Sequence[Document], first: int, *, numpy: bool) -> Sketch:
    """The fingerprints of documents whose numbers are ``first``, ``first + 1`` and so on.

    ``numpy`` chooses the way, never the result.
    """
    texts = [document.text for document in documents]
    joined, lengths = "\n".join(texts), [len(text) for text in texts]
    compiled = winnowing_loops()
    if compiled is not None:
        return _sketch_compiled(compiled, joined, lengths, first, is_much=numpy)
    return _sketch_numpy(look_up(joined), lengths, first) if numpy else _sketch_plain(texts, first)


def sketch_looked_up(found: LookedUp, lengths: Sequence[int], first: int, *, is_much: bool = True) -> Sketch:
    """The fingerprints of documents that were joined with one line feed each.

    Args:
        found: the joined text, looked up.
        lengths: code points of each document.
        first: number of the first document.
        is_much: as in a sketch; without compiled loops it always is.
    """
    compiled = winnowing_loops()
    if compiled is not None:
        return _sketch_compiled(compiled, found.text, lengths, first, is_much=is_much)
    return _sketch_numpy(found, lengths, first)


def _sketch_compiled(
    loops: WinnowingLoops, joined: str, lengths: Sequence[int], first: int, *, is_much: bool
) -> Sketch:
    own = list(lengths)
    found = loops.sketch(joined, characters(), own, folding.reading_spans(joined), first)
    sizes, *columns, texts, counted, feeds = found
    keys, documents, positions = (array("I", column) for column in columns)
    if not is_much:
        return Sketch(first, sizes, keys, documents, positions)
    return Sketch(first, sizes, keys, documents, positions, texts, ((own, folds.Marks(counted, feeds)),), is_much)


def _sketch_numpy(found: LookedUp, lengths: Sequence[int], first: int) -> Sketch:
    import numpy as np

    mask = _in_passages(found)
    texts = np.empty(np.count_nonzero(mask), np.uint16)
    sizes: list[int] = []
    columns: list[tuple[Any, Any, Any]] = []
    marks: list[tuple[list[int], folds.Marks]] = []
    for start, end, chunk in _chunks(lengths):
        own = list(lengths[chunk.start : chunk.stop])
        feeds = found.feeds[slice(*np.searchsorted(found.feeds, (start, end)).tolist())] - start
        part = _chunk(found.entries[start:end], mask[start:end], own, texts[sum(sizes) :])
        sizes += part[0]
        columns.append((part[1], part[2] + np.uint32(first + chunk.start), part[3]))
        bits = np.packbits(mask[start:end]), _bits(np, feeds, end - start)
        marks.append((own, folds.Marks(bits[0].tobytes(), bits[1].tobytes())))
    if not columns:
        nothing = np.empty(0, np.uint32)
        return Sketch(first, sizes, nothing, nothing, nothing, is_much=True)
    if len(columns) == 1:
        return Sketch(first, sizes, *columns[0], texts.tobytes(), tuple(marks), is_much=True)
    keys, documents, positions = (np.concatenate(column) for column in zip(*columns, strict=True))
    return Sketch(first, sizes, keys, documents, positions, texts.tobytes(), tuple(marks), is_much=True)


def fold(text: str) -> str:
    """The letters and digits of ``text``, folded."""
    return folding.fold(text, passage=True).text


def offsets(text: str) -> array[int]:
    """The offset in ``text`` of each character of ``fold(text)``."""
    return array("I", folding.fold(text, passage=True).offsets)


def fold_numpy(text: str) -> str:
    """The same as `fold`, much faster for all but short texts."""
    looked_up = look_up(text)
    codes = looked_up.entries[_in_passages(looked_up)]
    return (codes & codes.dtype.type(FOLDED_MASK)).tobytes().decode("utf-32-le")


def offsets_numpy(text: str) -> array[int]:
    """The same as `offsets`, likewise."""
    import numpy as np

    return array("I", np.flatnonzero(_in_passages(look_up(text))).astype(np.uint32).tobytes())


def _sketch_plain(texts: Sequence[str], first: int) -> Sketch:
    sizes: list[int] = []
    keys, documents, positions = array("I"), array("I"), array("I")
    for number, text in enumerate(texts, first):
        folded = fold(text)
        sizes.append(len(folded))
        hashes = _hashes(folded)
        found = _without_runs([(hashes[position], position - WINDOW + 1) for position in _minima(hashes)])
        keys.extend(key for key, _ in found)
        positions.extend(position for _, position in found)
        documents.extend([number] * len(found))
    return Sketch(first, sizes, keys, documents, positions)


def _hashes(folded: str) -> list[int]:
    """The hash of the gram at each position, `_NONE` where it would not end in the text; a window of `_NONE` around.

    All positions are computed at once, each in 64 bits of one great integer.
    """
    padding = [_NONE] * (WINDOW - 1)
    count = len(folded)
    if count < SHORT_GRAM:
        return padding
    lanes = int.from_bytes(_MASK.to_bytes(8, "little") * count, "little")
    short = int.from_bytes("\0".join(folded).encode("utf-32-le"), "little")
    size = 1
    while size < SHORT_GRAM:
        short = (short * _FACTORS[size] & lanes) + (short >> 64 * size) & lanes
        size *= 2
    long = short + ((short >> 64 * SHORT_GRAM) * _FACTORS[SHORT_GRAM] & lanes) & lanes
    shorts, longs = (_lanes(grams, count) for grams in (short, long))
    shorts[count - SHORT_GRAM + 1 :] = [_NONE] * (SHORT_GRAM - 1)
    first_long = max(0, count - LONG_GRAM + 1)
    longs[first_long:] = [_NONE] * (count - first_long)
    if min(folded) >= _FIRST_SYLLABIC:
        hashes = shorts
    elif max(folded) < _FIRST_SYLLABIC:
        hashes = longs
    else:
        hashes = [l if c < _FIRST_SYLLABIC else s for c, s, l in zip(folded, shorts, longs, strict=True)]  # noqa: E741
    return [*padding, *hashes, *padding]


def _lanes(integer: int, count: int) -> list[int]:
    values = array("Q")
    values.frombytes(integer.to_bytes(8 * count, "little"))
    return values.tolist()


def _minima(hashes: list[int]) -> Iterator[int]:
    """Where the least rank of any window stands; every place of it, when it stands several times."""
    ranks = [value >> RANK_SHIFT for value in hashes]
    end = len(ranks) - WINDOW
    if end < 0:
        return
    least = min(ranks[:WINDOW])
    position = ranks.index(least)
    while True:
        if hashes[position] != _NONE:
            yield position
        following = ranks[position + 1 : position + WINDOW]
        if following and min(following) <= least:
            position += 1 + next(step for step, value in enumerate(following) if value <= least)
        elif position >= end:
            return
        else:
            following.append(ranks[position + WINDOW])
            position += 1 + following.index(min(following))
        least = ranks[position]


def _without_runs(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of neighbours with one hash, which are a loop in the text, the first and the last."""
    last = len(found) - 1
    return [
        pair
        for number, pair in enumerate(found)
        if number in (0, last) or not found[number - 1][0] == pair[0] == found[number + 1][0]
    ]


def _chunks(lengths: Sequence[int]) -> Iterator[tuple[int, int, range]]:
    """The documents in parts that the processor's cache holds: code points from and to, and which documents."""
    start = end = first = 0
    for number, length in enumerate(lengths):
        end += length + 1
        if end - start >= _CHUNK or number == len(lengths) - 1:
            yield start, end - 1, range(first, number + 1)
            start, first = end, number + 1


def _in_passages(found: LookedUp) -> NDArray[np.bool_]:
    """Which characters count in passages: without those of readings."""
    import numpy as np

    text, entries, mask = found.text, found.entries, found.in_passages
    if "(" in text or "（" in text:
        brackets = np.flatnonzero((entries & np.uint32(FOLDED_MASK)) == _BRACKET)
        behind = entries.take(brackets - 1, mode="clip") & np.uint32(FOLDED_MASK)
        for offset in brackets[behind >= FIRST_SYLLABIC].tolist():
            reading = folding.reading().match(text, offset)
            if reading is not None:
                mask[offset : reading.end()] = False
    return mask


def _chunk(
    entries: NDArray[np.uint32], mask: NDArray[np.bool_], lengths: Sequence[int], texts: NDArray[np.uint16]
) -> tuple[list[int], NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint32]]:
    """Sizes, keys, documents from 0 and positions of documents.

    ``mask`` says what counts in passages; the folded text is put at the beginning of ``texts``.
    """
    import numpy as np

    values = entries[mask]
    values &= np.uint32(FOLDED_MASK)
    texts[: len(values)] = values
    ends = _ends(np, mask, lengths)
    starts = np.concatenate((np.zeros(1, ends.dtype), ends[:-1]))
    sizes = (ends - starts).tolist()
    if len(values) < SHORT_GRAM:
        nothing = np.empty(0, np.uint32)
        return sizes, nothing, nothing, nothing
    hashes = _numpy_hashes(np, values, ends)
    found = _numpy_minima(np, hashes)
    keys = hashes.take(found)
    real = keys != _NONE
    if not real.all():
        found, keys = found[real], keys[real]
    documents = np.searchsorted(ends, found, "right") if len(ends) > 1 else np.zeros(len(found), np.intp)
    run = (keys[1:] == keys[:-1]) & (documents[1:] == documents[:-1])
    inner = run[1:] & run[:-1]
    if inner.any():
        kept = np.ones(len(keys), np.bool_)
        kept[1:-1] = ~inner
        keys, documents, found = keys[kept], documents[kept], found[kept]
    positions = found - starts.take(documents)
    return sizes, keys, documents.astype(np.uint32), positions.astype(np.uint32)


def _bits(np: Any, places: NDArray[np.intp], size: int) -> NDArray[np.uint8]:
    """So many bits, of which those at some places are set, as `np.packbits` gives them."""
    bits: NDArray[np.uint8] = np.zeros(-(-size // 8), np.uint8)
    np.bitwise_or.at(bits, places >> 3, (0x80 >> (places & 7)).astype(np.uint8))
    return bits


def _ends(np: Any, mask: NDArray[np.bool_], lengths: Sequence[int]) -> NDArray[np.int64]:
    """Where each document ends among the characters that count in passages."""
    if len(lengths) == 1:
        return np.array([np.count_nonzero(mask)])  # type: ignore[no-any-return]
    ends: NDArray[np.int64] = np.cumsum(mask, dtype=np.int64)[np.cumsum(np.asarray(lengths) + 1) - 2]
    ends[np.cumsum(lengths) == 0] = 0
    return ends


def _numpy_hashes(np: Any, values: NDArray[np.uint32], ends: NDArray[Any]) -> NDArray[np.uint32]:
    """As `_hashes`, for documents end to end and without the padding."""
    hashes, size = values, 1
    while size < SHORT_GRAM:
        doubled = hashes * np.uint32(_FACTORS[size])
        doubled[:-size] += hashes[size:]
        hashes, size = doubled, 2 * size
    alphabetic = values[:-SHORT_GRAM] < FIRST_SYLLABIC
    if np.count_nonzero(alphabetic) * FEW < len(values):
        places = np.flatnonzero(alphabetic)
        longer = hashes.take(places + SHORT_GRAM)
        longer *= np.uint32(_FACTORS[SHORT_GRAM])
        longer += hashes.take(places)
        hashes[places] = longer
    else:
        longer = hashes[SHORT_GRAM:] * np.uint32(_FACTORS[SHORT_GRAM])
        longer *= alphabetic
        hashes[:-SHORT_GRAM] += longer
    beyond = (ends[:, None] - np.arange(1, SHORT_GRAM)).ravel()
    hashes[beyond[beyond >= 0]] = _NONE
    beyond = (ends[:, None] - np.arange(SHORT_GRAM, LONG_GRAM)).ravel()
    beyond = beyond[beyond >= 0]
    hashes[beyond[values[beyond] < FIRST_SYLLABIC]] = _NONE
    return hashes


def _numpy_minima(np: Any, hashes: NDArray[np.uint32]) -> NDArray[np.intp]:
    """As `_minima`, with places of `_NONE`.

    A rank is the least of some window when the greatest minimum of its windows is the rank itself.
    """
    ranks = hashes.view(np.uint16)[1 if byteorder == "little" else 0 :: 2].copy()
    padding = np.full(WINDOW - 1, _NONE >> RANK_SHIFT, np.uint16)
    best = np.concatenate((padding, ranks, padding))
    for choose in (np.minimum, np.maximum):
        size = 1
        while size < WINDOW:
            best = choose(best[:-size], best[size:])
            size *= 2
    found: NDArray[np.intp] = np.flatnonzero(best == ranks)
    return found
