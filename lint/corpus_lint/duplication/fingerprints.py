"""The fingerprints of a corpus: a table of sketches that stays within bounds of memory, however many there are.

Few are kept as they come. Of many, what can be told as they come is told (which documents are made of the same
fingerprints, where neighbours are equal), and the rows go to files on disk, one for each range of keys; later one file
at a time is read, and of it only those rows are kept whose key stands twice. The rest is the same as without files.

A row is a key, a document and a place: three columns of 32 bits, as `winnowing.Sketch` has them. So the
files may as well be made by many machines, and the bringing together of equal keys be a distributed engine's group-by:
it is all that is needed of one. Plain files of numpy's were as fast as the disk in this; a data frame or a data base
would have to be installed, and loaded, for a sort and a comparison of neighbours.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from ..native import key_loops
from . import freight, partitions
from .folds import Folds
from .partitions import Partitions, Stretch
from .spill import Shared
from .winnowing import Sketch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from . import duplicates
    from .pairing import Paired, Rows
    from .spill import Bytes

    Columns = Iterable[tuple[NDArray[np.uint32], NDArray[np.uint32]]]
    Choose = Callable[[Callable[[], Columns], int], NDArray[np.bool_] | None]
    Share = Callable[[Sequence[int], Callable[[int], list[Rows]]], Iterable[list[Rows]]]

ROWS = 3 << 22
"""Fingerprints that are kept in memory: those of 300 MB of Chinese text or 125 MB of English, in 150 MB."""
WIDTH = 3
"""Numbers of a row: key, document, place."""
REDUCED = 1 << 26
"""Bytes of rows whose key stands twice that are kept in memory."""
WRITTEN = 1 << 19
"""Rows that are put into the files at once, about: 6 MB, 100 KB to a file."""
AT_ONCE = 1 << 17
"""Rows that are looked through at once when they were few by themselves."""
GROUP = 8
"""Files that a process reduces before it asks for more."""
SUMMARY = "documents.npz"
"""The file of what is told of whole documents: their digests, where neighbours are equal, how many rows they have."""


class Fingerprints:
    """All fingerprints of a corpus, by document."""

    def __init__(
        self,
        sketches: Iterable[Sketch] = (),
        *,
        rows: int = ROWS,
        folder: str = "",
        work: str = "",
        shared: str = "",
    ) -> None:
        """A table of these sketches.

        Args:
            sketches: the first sketches.
            rows: of more than so many rows the rest goes to disk.
            folder: where they go, for `save`; empty for files that go with the process.
            work: where what is found out about equal keys is kept, to be used when it is asked for again.
            shared: a folder where other processes put what they hand over.
        """
        self.is_much = False
        """Whether there is much text, so that numpy is worth its import when something is to be done with it."""
        self.folds = Folds(folder=shared)
        self._sorted = Shared(os.path.join(shared, freight.ROWS)) if shared else None
        self._limit = rows
        self._sketches: list[Sketch] = []
        self._rows = 0
        self._known: Sketch | None = None
        self._total = 0
        self._wholes: list[duplicates.Wholes] = []
        self._runs: dict[int, list[int]] = {}
        self._counts: list[tuple[Any, Any]] = []
        self._folder = folder
        self._work = work
        self._spilled: Partitions | None = None
        self._parts: list[tuple[Partitions | Stretch, int]] = []
        """Rows on disk, and from which number on their documents are numbered."""
        for sketch in sketches:
            self.append(sketch)

    def append(self, sketch: Sketch) -> None:
        """Add the sketch of the documents that come next."""
        if sketch.is_much:
            self._expect_much()
        elif self.is_much:
            sketch = sketch.of_much()
        if sketch.texts is not None:
            if not self._folder:
                self._keep_texts(sketch)
            sketch = sketch._replace(texts=None, marks=())
        self._sketches.append(sketch)
        self._rows += len(sketch.keys)
        self._total = sketch.first + len(sketch.sizes)
        if self._rows > self._limit and sketch.is_much:
            self._spill()

    def take_over(self, known: freight.Freight, first: int) -> None:
        """Add what another process has made of documents, which are numbered from ``first`` on."""
        import numpy as np

        from .duplicates import Wholes

        self._expect_much()
        self.folds.take_over(first, known)
        rows = known.rows
        if rows is None:
            return
        assert self._sorted is not None
        self._total = first + len(known.sizes)
        self._wholes.append(Wholes(np.asarray(rows.wholes.documents) + np.uint32(first), rows.wholes.digests))
        self._runs.update((number + first, places) for number, places in rows.runs.items())
        self._counts.append((rows.counts[0] + first, rows.counts[1]))
        self._parts.append((Stretch(WIDTH, self._sorted, rows.at, rows.ends), first))

    def _expect_much(self) -> None:
        if not self.is_much:
            self.is_much = True
            self._sketches = [one.of_much() for one in self._sketches]

    def _keep_texts(self, sketch: Sketch) -> None:
        assert sketch.texts is not None
        self.folds.add(sketch.first, sketch.texts, sketch.sizes)
        self.folds.mark(sketch.first, sketch.marks)

    def hold_against(self, known: Sketch) -> None:
        """Put the fingerprints of documents before all others, whose numbers go up by so many."""
        self._known = known._replace(texts=None, marks=())
        self.folds.shift(len(known.sizes))

    @property
    def total(self) -> int:
        """How many documents there are."""
        return self._total + self._before

    @property
    def may_repeat(self) -> bool:
        """Whether anything can stand twice, or there is too much to tell cheaply."""
        known = self._known is not None and len(self._known.keys) > 0
        return known or bool(self._parts) or len(self._sketches) > 1 or any(one.may_repeat for one in self._sketches)

    def are_unlike(self, evidence: int) -> bool:
        """Whether nothing but phrases can stand twice; only of what is in memory is that told, without numpy.

        ``evidence`` is how many hits must lead to one neighbourhood.
        """
        compiled = key_loops()
        if compiled is None or self._known is not None or self._parts:
            return False
        from .grouping import LONGEST, PLACES, REACH
        from .leads import SLACK
        from .loops import COPIES

        limits = evidence, PLACES, REACH, LONGEST, SLACK // (COPIES - 1)
        keys = [sketch.keys for sketch in self._sketches]
        documents = [sketch.documents for sketch in self._sketches]
        return not compiled.may_repeat(keys, documents, [sketch.positions for sketch in self._sketches], limits)

    def all_keys(self) -> Iterator[Any]:
        """The columns of keys, in any order, without those that documents are held against."""
        yield from (sketch.keys for sketch in self._sketches)
        for rows, _ in self._parts:
            yield from (rows.read(part)[:, 0] for part in range(partitions.NUMBER))

    def alike(self) -> dict[int, int]:
        """As `duplicates.alike`."""
        from . import duplicates

        return duplicates.alike([*self._wholes, *map(duplicates.wholes, self._all())], self._before, len(self._wholes))

    def runs(self) -> dict[int, list[int]]:
        """As `loops.runs`."""
        from . import loops

        before = self._before
        spilled = {number + before: places for number, places in self._runs.items()}
        return {**spilled, **dict(loops.runs(self._all()))}

    def shared(self, left_out: set[int]) -> Sequence[Sketch]:
        """The sketches without the fingerprints of the documents ``left_out``; only of little text."""
        from . import duplicates

        return duplicates.without(list(self._all()), left_out)

    def columns(self) -> Columns:
        """The columns of keys of much text and of the documents that have them, likewise, in any order."""
        import numpy as np

        yield from ((np.asarray(sketch.keys), np.asarray(sketch.documents)) for sketch in self._sketches)
        for rows, first in self._parts:
            for part in range(partitions.NUMBER):
                some = rows.read(part)
                yield some[:, 0], some[:, 1] + np.uint32(first)

    def paired(
        self, left_out: set[int], common: int, share: Share, processes: int, wanted: NDArray[np.bool_] | None = None
    ) -> Paired:
        """The hits of much text.

        Args:
            left_out: documents that are.
            common: as for `grouping.hits`.
            share: given how much there is to do in each part of something, and what does a part, has the parts done.
            processes: as for `pairing.paired`.
            wanted: likewise.
        """
        from . import pairing

        if not self._parts:
            sketches = self.shared(left_out)
            rows = pairing.repeated(sketches)
            return pairing.paired([lambda: rows], pairing.count(sketches, self.total), common, processes, wanted)
        import numpy as np

        if self._sketches:
            self._spill()
        kept = np.ones(self.total, np.bool_)
        kept[list(left_out)] = False
        totals = np.zeros(self.total, np.intp)
        for numbers, found in self._counts:
            totals[numbers + self._before] += found
        if self._known is not None:
            totals[: self._before] = np.bincount(np.asarray(self._known.documents), minlength=self._before)
        return pairing.paired(self._reduced(np, kept, share), totals, common, processes, wanted)

    @property
    def _before(self) -> int:
        return len(self._known.sizes) if self._known is not None else 0

    def _all(self) -> Iterator[Sketch]:
        """The sketches in memory, by the final numbers of their documents."""
        before = self._before
        if self._known is not None:
            yield self._known
        yield from (sketch.shifted(before) for sketch in self._sketches)

    def _spill(self) -> None:
        """Write the rows in memory down, after all that needs whole documents has been told of them."""
        import numpy as np

        from . import duplicates, loops

        if self._spilled is None:
            self._spilled = Partitions(WIDTH, self._folder)
            self._parts.append((self._spilled, 0))
        for sketch in self._sketches:
            self._wholes.append(duplicates.wholes(sketch))
            self._runs.update(loops.runs([sketch]))
            self._counts.append(np.unique(np.asarray(sketch.documents), return_counts=True))
        sketches, self._sketches, self._rows = self._sketches, [], 0
        some: list[Sketch] = []
        for number, sketch in enumerate(sketches, 1):
            some.append(sketch)
            if number == len(sketches) or sum(len(one.keys) for one in some) >= WRITTEN:
                columns = zip(*(one[2:5] for one in some), strict=True)
                self._spilled.append([np.concatenate(column).astype(np.uint32, copy=False) for column in columns])
                some = []

    def save(self) -> None:
        """Write all that is in memory to the folder of the table, for `gather`."""
        import numpy as np

        self._expect_much()
        self._spill()
        assert self._spilled is not None
        self._spilled.close()
        runs = [(number, place) for number, places in self._runs.items() for place in places]
        np.savez(
            os.path.join(self._folder, SUMMARY),
            total=np.array([self._total], np.uint64),
            wholes=_joined(np, np.uint32, [whole.documents for whole in self._wholes]),
            digests=_joined(np, np.uint64, [whole.digests for whole in self._wholes]),
            runs=np.array(runs, np.uint32).reshape(-1, 2),
            counted=_joined(np, np.uint32, [numbers for numbers, _ in self._counts]),
            counts=_joined(np, np.uint64, [counts for _, counts in self._counts]),
        )

    @classmethod
    def gather(cls, folders: Sequence[str], *, work: str = "") -> Fingerprints:
        """The tables that were saved in some folders as one; the documents of each follow those of the one before."""
        import numpy as np

        from .duplicates import Wholes

        table = cls(work=work)
        table.is_much = True
        for folder in folders:
            with np.load(os.path.join(folder, SUMMARY), allow_pickle=False) as saved:
                first = table._total
                table._total += int(saved["total"][0])
                table._wholes.append(Wholes(saved["wholes"] + np.uint32(first), saved["digests"]))
                for number, place in saved["runs"].tolist():
                    table._runs.setdefault(number + first, []).append(place)
                table._counts.append((saved["counted"].astype(np.intp) + first, saved["counts"].astype(np.intp)))
            table._parts.append((Partitions(WIDTH, folder), first))
        return table

    def _part(self, part: int) -> NDArray[np.uint32]:
        """The rows of a range of keys, by the numbers that documents have without those before all others."""
        import numpy as np

        found = []
        for rows, first in self._parts:
            some = rows.read(part)
            if first:
                some = some.copy()
                some[:, 1] += np.uint32(first)
            found.append(some)
        return found[0] if len(found) == 1 else np.concatenate(found)

    def _reduced(self, np: Any, kept: NDArray[np.bool_], share: Share) -> Sequence[Callable[[], Rows]]:
        """What gives the rows of each part whose key stands twice: they are made once."""
        from functools import partial

        if self._work and self._known is None:
            from zlib import crc32

            place = os.path.join(self._work, f"{crc32(np.packbits(kept)):08x}")
            return [partial(self._remembered, place, part, kept) for part in range(partitions.NUMBER)]
        from .spill import Bytes

        store, parts = Bytes(REDUCED), []
        groups = [range(first, first + GROUP) for first in range(0, partitions.NUMBER, GROUP)]
        weights = [sum(rows.size(part) for rows, _ in self._parts for part in group) for group in groups]
        for some in share(weights, lambda number: _few(np, [self._repeated(kept, part) for part in groups[number]])):
            for found in some:
                rows = np.array(found, np.uint32)
                parts.append(partial(_stored, store, store.append(rows.tobytes()), rows.nbytes))
        return parts

    def _remembered(self, place: str, part: int, kept: NDArray[np.bool_]) -> Rows:
        """As `_repeated`, from where it was written down before."""
        import numpy as np

        from .pairing import Rows

        path = os.path.join(place, partitions.name(part))
        rows = partitions.remembered(path, WIDTH, lambda: np.column_stack(self._repeated(kept, part)))
        return Rows(*np.ascontiguousarray(rows.T))

    def _repeated(self, kept: NDArray[np.bool_], part: int) -> Rows:
        """The rows of a part whose key stands twice."""
        import numpy as np

        from .pairing import repeated_rows

        rows = self._part(part)
        if self._known is not None:
            rows = rows.copy()
            rows[:, 1] += np.uint32(self._before)
            keys = np.asarray(self._known.keys, np.uint32)
            mine = partitions.mixed(keys) >> np.uint32(32 - partitions.BITS) == part
            known = np.column_stack([np.asarray(column)[mine] for column in self._known[2:5]])
            rows = np.concatenate((known.astype(np.uint32), rows))
        if not kept.all():
            rows = rows[kept[rows[:, 1]]]
        return repeated_rows(rows)


def _stored(store: Bytes, at: int, size: int) -> Rows:
    import numpy as np

    from .pairing import Rows

    return Rows(*np.frombuffer(store.read(at, size), np.uint32).reshape(WIDTH, -1))


def _few(np: Any, parts: Sequence[Rows]) -> list[Rows]:
    """The rows of ranges of keys, those of some ranges together as long as they are few: each costs a little."""
    found: list[Rows] = []
    some: list[Rows] = []
    size = 0
    for rows in parts:
        if some and size + len(rows.keys) > AT_ONCE:
            found.append(_together(np, some))
            some, size = [], 0
        some.append(rows)
        size += len(rows.keys)
    return [*found, _together(np, some)]


def _together(np: Any, some: Sequence[Rows]) -> Rows:
    from .pairing import Rows

    return some[0] if len(some) == 1 else Rows(*(np.concatenate(columns) for columns in zip(*some, strict=True)))


def _joined(np: Any, kind: Any, columns: Sequence[Any]) -> NDArray[Any]:
    found: NDArray[Any] = np.concatenate([np.empty(0, kind), *(np.asarray(column, kind) for column in columns)])
    return found
