"""Short lines that many documents have: counted while reading, judged by a rule when everything has been read.

A line is known by its text without the white space and the marks around it. Short lines only are counted, and none
that end a sentence, so that prose costs next to nothing: it is split into lines, and few of them are looked at.

How often a line stands somewhere says little about what it is: an author's name stands above a thousand poems. What
furniture has is company: the same line in front of it or behind it, again and again. So a line's company is counted as
well: how many lines stand together that follow one another in as many documents.
"""

from __future__ import annotations

import os
from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING

from ..named_tuple import NamedTuple
from . import brief_lines, line_company, partitions
from .line_company import Rows
from .partitions import Partitions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ..document import Document
    from ..look_up import LookedUp

MOST_ROWS = 12_000_000
"""Lines that are remembered; beyond it those that one document only has had so far are forgotten."""
MANY_ROWS = 20_000
"""Lines from which numpy is worth its import."""
SPILLED_ROWS = 1_000_000
"""Lines that are remembered where they can be written down."""
WIDTH = 4
"""Numbers of a row on disk: the halves of the key, document, place."""
UNITS = "units.npy"
"""The file that says which documents are parts of one."""


class CommonLine(NamedTuple):
    """A line of a document that many documents have.

    Attributes:
        start: code-point offset of its first character that is not white space.
        end: offset behind its last one.
        text: the line, without white space around it.
        documents: how many documents have it.
        company: how many lines stand together here that follow one another in many documents, itself included.
    """

    start: int
    end: int
    text: str
    documents: int
    company: int


class Written(NamedTuple):
    """The short lines of some documents, which are numbered from 0, as another run of Python can read them.

    Attributes:
        texts: the lines that are counted, one below the other.
        documents: the number of each line's document, in 32 bits; empty when there is one document.
        places: likewise the number of each among those of its document that are not blank.
        total: how many documents there are.
        is_one: whether they are parts of one, and count once.
    """

    texts: str
    documents: bytes
    places: bytes
    total: int
    is_one: bool


class CommonLines:
    """Counts the short lines of documents, which are numbered from 0 in the order in which they come."""

    def __init__(self, *, keeps_texts: bool = False, is_lasting: bool = False, folder: str = "") -> None:
        """Nothing is counted yet.

        Args:
            keeps_texts: whether the lines themselves are kept, so that they can be `written`.
            is_lasting: whether what is counted is put together with what other runs have counted.
            folder: for `save`, where lines are written to.
        """
        self._rows = Rows(array("q"), array("I"), array("I"))
        self._units: list[int] = []
        self.keeps_texts = keeps_texts
        self._texts: list[str] = []
        # The hash of a text is its own in every run of Python.
        self._key: Callable[[str], int] = _digest if is_lasting else hash
        self._folder = folder
        self._written = Partitions(WIDTH, folder)

    def add(self, documents: Sequence[Document], units: Sequence[int], looked_up: LookedUp | None = None) -> None:
        """Count the short lines of the next documents.

        Args:
            documents: one after the other.
            units: of each document what it is a part of; parts of one file have the same and count once.
            looked_up: the documents' texts joined with one line feed each, if they have been looked up; it chooses the
                way, never the result.
        """
        first = len(self._units)
        self._units += units
        found = (
            brief_lines.in_documents(documents, first)
            if looked_up is None
            else brief_lines.in_looked_up(looked_up, [len(one.text) for one in documents], first)
        )
        self._rows.keys.extend(map(self._key, found.texts))
        self._rows.documents.frombytes(found.documents)
        self._rows.places.frombytes(found.places)
        if self.keeps_texts:
            self._texts += found.texts
        self._bound()

    def extend(self, other: CommonLines, joined: Mapping[int, int] | None = None) -> None:
        """Count the documents that another has counted, as those that come next.

        Args:
            other: the other.
            joined: for units of the other that are parts of ones that came before, those.
        """
        before = len(self._units)
        joined = joined or {}
        self._units += [joined.get(unit, unit + before) for unit in other._units]
        # Another process may have hashed otherwise.
        self._rows.keys.extend(map(self._key, other._texts) if other.keeps_texts else other._rows.keys)
        self._rows.places.extend(other._rows.places)
        self._rows.documents.extend(document + before for document in other._rows.documents)
        self._bound()

    def save(self) -> None:
        """Write everything to the folder, for `gather`."""
        import numpy as np

        self._write()
        self._written.close()
        np.save(os.path.join(self._folder, UNITS), np.array(self._units, np.uint32))

    @classmethod
    def gather(cls, folders: Sequence[str], fewest: int) -> CommonLines:
        """What was saved in some folders as one: the lines that at least ``fewest`` documents have, and no others.

        The documents of each folder follow those of the one before.
        """
        import numpy as np

        found = cls(is_lasting=True)
        firsts = []
        for folder in folders:
            firsts.append(len(found._units))
            found._units += (np.load(os.path.join(folder, UNITS)).astype(np.int64) + firsts[-1]).tolist()
        units = np.array(found._units, np.int64)
        written = [Partitions(WIDTH, folder) for folder in folders]
        kept = []
        for number in range(partitions.NUMBER):
            parts = []
            for partition, first in zip(written, firsts, strict=True):
                part = partition.read(number).astype(np.int64)
                part[:, 2] += first
                parts.append(part)
            rows = np.concatenate([np.empty((0, WIDTH), np.int64), *parts])
            keys, inverse = np.unique(rows[:, 0] << 32 | rows[:, 1], return_inverse=True)
            if len(keys):
                counts = line_company.distinct(np, inverse, units[rows[:, 2]], len(keys))
                kept.append(rows[counts[inverse] >= fewest])
        rows = np.concatenate([np.empty((0, WIDTH), np.int64), *kept])
        rows = rows[np.lexsort((rows[:, 3], rows[:, 2]))]
        columns = (("q", rows[:, 0] << 32 | rows[:, 1]), ("I", rows[:, 2]), ("I", rows[:, 3]))
        found._rows = Rows(*(array(kind, column.astype(kind).tobytes()) for kind, column in columns))
        return found

    def written(self, first: int, total: int) -> Written:
        """The lines of ``total`` documents from number ``first`` on; only where texts are kept."""
        columns = self._rows
        start, end = (bisect_left(columns.documents, number) for number in (first, first + total))
        documents = b""
        if total > 1:
            documents = array("I", [number - first for number in columns.documents[start:end]]).tobytes()
        is_one = total > 1 and self._units[first] == self._units[first + 1]
        texts = "\n".join(self._texts[start:end])
        return Written(texts, documents, columns.places[start:end].tobytes(), total, is_one)

    def read(self, lines: Written) -> None:
        """Count documents that were `written`, as those that come next."""
        first = len(self._units)
        self._units += [first] * lines.total if lines.is_one else range(first, first + lines.total)
        columns = self._rows
        rows = len(columns.places)
        columns.places.frombytes(lines.places)
        rows = len(columns.places) - rows
        if not rows:
            return
        columns.keys.extend(map(self._key, lines.texts.split("\n")))
        if lines.documents:
            columns.documents.extend(number + first for number in array("I", lines.documents))
        else:
            columns.documents.extend([first] * rows)

    def find(
        self, load: Callable[[int], Document], fewest: int, accepts: Callable[[str, int, int], bool]
    ) -> Iterator[tuple[Document, list[CommonLine]]]:
        """The documents with common lines that are accepted, in order.

        Args:
            load: gives a document by its number.
            fewest: how many documents make a line common.
            accepts: whether a line of that text, that number of documents and that company is to be shown.
        """
        if len(set(self._units)) < fewest or not self._rows.keys:
            return
        common = line_company.common_numpy if len(self._rows.keys) >= MANY_ROWS else line_company.common_plain
        verdicts: dict[tuple[int, int], bool] = {}
        for number, places in common(self._rows, self._units, fewest):
            wanted = [(place, *rest) for place, *rest in places if verdicts.get((rest[0], rest[2]), True)]
            if not wanted:
                continue
            document = load(number)
            lines = brief_lines.places(document.text)
            found = []
            for place, key, count, company in wanted:
                start, text = lines[place]
                if (key, company) not in verdicts:
                    verdicts[key, company] = accepts(text, count, company)
                if verdicts[key, company]:
                    found.append(CommonLine(start, start + len(text), text, count, company))
            if found:
                yield document, found

    def _bound(self) -> None:
        """Keep no more in memory than may be."""
        if self._folder:
            if len(self._rows.keys) > SPILLED_ROWS:
                self._write()
        elif len(self._rows.keys) > MOST_ROWS:
            self._forget()

    def _write(self) -> None:
        """Write the lines in memory down."""
        import numpy as np

        columns = line_company.in_numpy(self._rows)
        keys = columns.keys.view(np.uint64)
        rows = keys >> np.uint64(32), keys, columns.documents, columns.places
        self._written.append([column.astype(np.uint32) for column in rows])
        self._rows = Rows(array("q"), array("I"), array("I"))

    def _forget(self) -> None:
        """Forget the lines that were counted once; when that is not enough, those counted twice, and so on."""
        import numpy as np

        rows = line_company.in_numpy(self._rows)
        _, inverse, counts = np.unique(rows.keys, return_inverse=True, return_counts=True)
        least = 2
        while int(np.count_nonzero(kept := counts[inverse] >= least)) > MOST_ROWS // 2:
            least *= 2
        self._rows = Rows(
            *(array(old.typecode, new[kept].tobytes()) for old, new in zip(self._rows, rows, strict=True))
        )


def _digest(text: str) -> int:
    """A hash that is the same everywhere, from -2⁶³ on."""
    from hashlib import blake2b

    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)
