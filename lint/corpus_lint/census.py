"""The census: how many characters of each class a document has.

Little text is counted in plain Python, much text by one table look-up in numpy; a test holds both to the same meaning.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from itertools import accumulate

from .named_tuple import NamedTuple
from .native import character_loops
from .tables import CLASS_MASK, CLASS_SHIFT, CharacterClass, characters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    import numpy as np
    from numpy.typing import NDArray

    from .document import Document
    from .look_up import LookedUp
    from .native_loops import CharacterLoops, Numbers

FEW = 16
"""A class of less than one character in so many is counted by its places instead of by summing."""
SEVERAL = 8
"""So many texts are counted one by one."""


class Census(NamedTuple):
    """Counts of characters, one field a class of `corpus_lint.tables.CharacterClass`, in its order."""

    other: int = 0
    han: int = 0
    simplified: int = 0
    traditional: int = 0
    kana: int = 0
    hangul: int = 0
    control: int = 0
    private_use: int = 0
    replacement: int = 0
    letter: int = 0
    invisible: int = 0
    odd_space: int = 0
    compatibility: int = 0
    other_script: int = 0

    @property
    def all_han(self) -> int:
        """All Han characters, whichever side they belong to."""
        return self.han + self.simplified + self.traditional


def class_of(code: int) -> int:
    """The class of a code point; the higher planes are Han (2, 3), invisible (14), private use (15, 16) or other.

    Mathematical letters and the compatibility ideographs of plane 2 are compatibility forms.
    """
    if code < 0x10000:
        return characters()[code] >> CLASS_SHIFT & CLASS_MASK
    if code < 0x20000:
        return CharacterClass.COMPATIBILITY if 0x1D400 <= code < 0x1D800 else CharacterClass.OTHER
    if code < 0x40000:
        return CharacterClass.COMPATIBILITY if 0x2F800 <= code < 0x2FA20 else CharacterClass.HAN
    if code >= 0xF0000:
        return CharacterClass.PRIVATE_USE
    return CharacterClass.INVISIBLE if 0xE0000 <= code < 0xE1000 else CharacterClass.OTHER


def count(text: str) -> Census:
    """The census of a text, without numpy."""
    compiled = character_loops()
    if compiled is not None:
        kinds, _, _, beyond = compiled.look_up(text, characters())
        return _counted(compiled, text, kinds, array("q", beyond), [len(text)])[0]
    return _count_plain(text)


def _count_plain(text: str) -> Census:
    counts = [0] * len(Census._fields)
    for character, number in Counter(text).items():
        counts[class_of(ord(character))] += number
    return Census(*counts)


def take(documents: Sequence[Document], table: array[int] | None = None) -> LookedUp:
    """Give documents their census, all in one go; their texts looked up, which fingerprints need too.

    ``table`` as for `corpus_lint.look_up.look_up`.
    """
    from .look_up import look_up

    found = look_up("\n".join(document.text for document in documents), table)
    lengths = [len(document.text) for document in documents]
    for document, counted in zip(documents, count_many(found, lengths), strict=True):
        document.census = counted
    return found


def count_many(found: LookedUp, lengths: Sequence[int]) -> list[Census]:
    """The census of each of many texts that were joined with one line feed each.

    Args:
        found: the joined text, looked up.
        lengths: code points of each text.
    """
    compiled = character_loops()
    if compiled is not None:
        return _counted(compiled, found.text, found.kinds, found.beyond, list(lengths))
    return _count_numpy(found, lengths)


def _count_numpy(found: LookedUp, lengths: Sequence[int]) -> list[Census]:
    import numpy as np

    classes = np.frombuffer(found.kinds, np.uint8) & np.uint8(CLASS_MASK)
    for place in found.beyond:
        classes[place] = class_of(ord(found.text[place]))
    ends = np.cumsum(np.asarray(lengths, np.int64) + 1) - 1
    starts = ends - lengths
    if len(lengths) <= SEVERAL:
        bounds = zip(starts.tolist(), ends.tolist(), strict=True)
        return [_count_one(np, classes[start:end]) for start, end in bounds]
    counts = np.zeros((len(Census._fields), len(lengths)), np.int64)
    for number in range(1, len(Census._fields)):
        members = classes == number
        total = int(np.count_nonzero(members))
        if not total:
            continue
        if total * FEW < len(classes):
            texts = np.searchsorted(ends, np.flatnonzero(members))
            counts[number] = np.bincount(texts, minlength=len(lengths))
        else:
            counts[number] = np.add.reduceat(members, np.minimum(starts, len(classes) - 1), dtype=np.int64)
    # A text without a character has no stretch to sum; what stands there is its neighbour's.
    counts[:, np.asarray(lengths) == 0] = 0
    counts[CharacterClass.OTHER] = np.asarray(lengths) - counts.sum(axis=0)
    return [Census(*column) for column in counts.T.tolist()]


def _counted(
    loops: CharacterLoops, text: str, kinds: Numbers, beyond: Sequence[int], lengths: list[int]
) -> list[Census]:
    """As `count_many`, of what the compiled loops have looked up."""
    counts = loops.count(kinds, lengths)
    if beyond:
        of_texts = [list(some) for some in counts]
        ends = list(accumulate(length + 1 for length in lengths))
        shared = characters()[-1] >> CLASS_SHIFT & CLASS_MASK
        for place in beyond:
            own = of_texts[bisect_right(ends, place)]
            own[shared] -= 1
            own[class_of(ord(text[place]))] += 1
        return [Census(*some[: len(Census._fields)]) for some in of_texts]
    return [Census(*some[: len(Census._fields)]) for some in counts]


def _count_one(np: Any, classes: NDArray[np.uint8]) -> Census:
    """The census of one text by its classes: the frequent ones are counted, the rest is picked out first."""
    counts = [0] * len(Census._fields)
    rest = classes > CharacterClass.OTHER
    for number in (CharacterClass.HAN, CharacterClass.SIMPLIFIED, CharacterClass.LETTER):
        members = classes == number
        counts[number] = int(np.count_nonzero(members))
        rest ^= members
    for number, total in enumerate(np.bincount(classes[rest], minlength=len(counts)).tolist()):
        counts[number] += total
    counts[CharacterClass.OTHER] = len(classes) - sum(counts)
    return Census(*counts)
