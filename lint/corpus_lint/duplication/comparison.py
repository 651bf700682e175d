"""The comparison: what documents have in common with each other, found when all of them have been read.

While documents go by, it takes down their fingerprints, their short lines and where they can be read again; at the end
it gives what the rules for repeated text and for common lines find.
"""

from __future__ import annotations

import os

from ..named_tuple import NamedTuple
from .shelf import Shelf

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ..config import Settings
    from ..document import Document
    from ..engine import Engine, PendingResult, Result
    from ..look_up import LookedUp
    from ..reading import Reader
    from ..repeats import Duplicate, Loop, Repeat
    from .common_lines import CommonLines
    from .fingerprints import Fingerprints
    from .freight import Freight
    from .passages import Matching
    from .shelf import Places
    from .winnowing import Sketch


LITTLE = 1 << 15
"""Characters of text, at most, of which nothing is taken down before it is known that something may stand twice."""

FINGERPRINTS, LINES = "fingerprints", "lines"
"""Folders of what is written down for a comparison by another run."""


class Taken(NamedTuple):
    """What was taken down of documents that another process has read, or another run; they are numbered from 0.

    Attributes:
        sketches: their fingerprints.
        common: their short lines.
        places: where they can be read again.
        promised: instead of that, how many there are of each file, and what gives them.
        units: files that are documents in parts, with the number of the first part.
        freight: what of that lies in files; the fingerprints among it are not among ``sketches``.
        size: bytes of text that have been read for them now.
    """

    sketches: list[Sketch]
    common: CommonLines | None
    places: Places | None
    promised: Sequence[tuple[int, Reader]] = ()
    units: Mapping[str, int] = {}
    freight: Freight | None = None
    size: int = 0


class Comparison:
    """Documents to compare, numbered from 0 in the order in which they were added."""

    def __init__(
        self,
        engine: Engine,
        settings: Settings,
        *,
        is_fixing: bool = False,
        spool: str = "",
        keeps_texts: bool = False,
        is_lasting: bool = False,
        folder: str = "",
    ) -> None:
        """Nothing to compare yet.

        Args:
            engine: the rules.
            settings: the configuration.
            is_fixing: whether the documents' files may be rewritten meanwhile.
            spool: where another process is to do the comparing, the file for documents that cannot be read again.
            keeps_texts: whether short lines are kept for another run.
            is_lasting: whether another run is to do the comparing, with what other runs have taken down.
            folder: for `save`, where things are written to.
        """
        self._engine = engine
        self._settings = settings
        self._keeps_texts = keeps_texts
        self._is_lasting = is_lasting
        self._folder = folder
        self._shelf = Shelf(is_fixing=is_fixing, spool=spool, is_lasting=is_lasting)
        self._sketches: list[Sketch] | None = [] if spool else None
        self._shared = ""
        self._fingerprints: Fingerprints | None = None
        self._common: CommonLines | None = None
        self._units: dict[str, int] = {}
        self._size = 0
        self._is_wanted = bool(engine.repeat_rules or engine.common_line_rules)
        is_alone = not (spool or folder or is_lasting or keeps_texts or settings.against)
        self._waiting: list[Sequence[Document]] | None = [] if is_alone else None
        """Little text that nothing has been taken down of; None when there is more, or others want to know."""
        self._left = LITTLE

    def share(self, folder: str) -> None:
        """Expect that other processes put what they hand over into this folder; before anything is added."""
        self._shared = folder

    def add(self, documents: Sequence[tuple[Document, Reader]], looked_up: LookedUp | None, *, numpy: bool) -> None:
        """Take down documents.

        Args:
            documents: the documents, each with what has read it.
            looked_up: their texts joined with one line feed each, looked up; None where they were edited.
            numpy: the way, never the result.
        """
        self._size += sum(len(document.data) for document, _ in documents)
        if not self._is_wanted:
            return
        first = len(self._shelf)
        for document, reader in documents:
            self._shelf.put(document, reader)
        texts = [document for document, _ in documents]
        if self._waiting is not None:
            self._left -= sum(len(document.text) for document in texts)
            if self._left >= 0 and looked_up is None and not numpy:
                self._waiting.append(texts)
                return
            self._wait_no_more()
        self._take_down(texts, first, looked_up, numpy=numpy)

    def _wait_no_more(self) -> None:
        """Take down what has been waiting."""
        waiting, self._waiting = self._waiting, None
        first = 0
        for texts in waiting or ():
            self._take_down(texts, first, None, numpy=False)
            first += len(texts)

    def _take_down(self, documents: Sequence[Document], first: int, looked_up: LookedUp | None, *, numpy: bool) -> None:
        if self._engine.repeat_rules:
            self._sketch(documents, first, looked_up, numpy=numpy)
        if self._engine.common_line_rules:
            self._count_lines(documents, first, looked_up)

    def take(self, taken: Taken) -> None:
        """Add the documents that another process has read."""
        self._wait_no_more()
        before = len(self._shelf)
        if taken.places is not None:
            self._shelf.extend(taken.places)
        for total, reader in taken.promised:
            self._shelf.promise(total, reader)
        if taken.freight is not None:
            table = self._fingerprinted
            assert not isinstance(table, list)
            table.take_over(taken.freight, before)
        for sketch in taken.sketches:
            self._fingerprinted.append(sketch.shifted(before))
        if taken.common is not None:
            joined = {}
            for name, unit in taken.units.items():
                known = self._units.setdefault(name, unit + before)
                if known < before:
                    joined[unit] = known
            self._counted.extend(taken.common, joined)

    @property
    def taken(self) -> Taken:
        """What was taken down, for another process."""
        return Taken(self._sketches or [], self._common, self._shelf.places, units=self._units, size=self._size)

    def save(self) -> Places:
        """Write everything down, for `gather`; but for where the documents are, which is given back."""
        if self._engine.repeat_rules:
            table = self._fingerprinted
            assert not isinstance(table, list)
            table.save()
        if self._engine.common_line_rules:
            self._counted.save()
        return self._shelf.places

    def gather(self, saved: Sequence[tuple[str, Places]], work: str) -> None:
        """Take over what other runs have written down.

        Args:
            saved: their folders, and where their documents are.
            work: a folder to keep what is found out about them, to be used when it is asked for again.
        """
        for _, places in saved:
            self._shelf.extend(places)
        folders = [folder for folder, _ in saved]
        if self._engine.repeat_rules:
            from .fingerprints import Fingerprints

            self._fingerprints = Fingerprints.gather([os.path.join(f, FINGERPRINTS) for f in folders], work=work)
        if self._engine.common_line_rules:
            from .common_lines import CommonLines

            self._common = CommonLines.gather([os.path.join(f, LINES) for f in folders], self._fewest)

    @property
    def _fewest(self) -> int:
        """How many documents make a line common, at least."""
        return min(rule.fewest_documents for rule in self._engine.common_line_rules)

    def matching(self, given: set[str], folders: Sequence[str]) -> Matching | None:
        """What finds text that stands twice; None where nothing can.

        Args:
            given: the real paths of the files that were read.
            folders: the real paths of the folders that were given, each with a separator at its end.

        Raises:
            OSError: a file can no longer be read.
        """
        if self._waiting is not None and self._engine.repeat_rules:
            from .unlike import are_unlike

            if not are_unlike([document.text for texts in self._waiting for document in texts]):
                self._wait_no_more()
        table = self._fingerprints
        if table is None or not table.total:
            return None
        load: Callable[[int], Document] = self._shelf.get
        fields: Callable[[int], Sequence[Document]] = self._shelf.fields
        known = 0
        root = os.path.join(os.path.realpath(self._settings.against), "")
        is_whole = any(root.startswith(folder) for folder in folders)
        if self._settings.against and not is_whole:
            load, fields, known = self._hold_against(table, given)
        if not table.may_repeat:
            return None
        from .passages import Matching

        self._shelf.settle()
        return Matching(table, load, self._engine.shortest_passage, known=known, fields=fields)

    def apart(self) -> None:
        """Go on in a process that was forked, without harm to the others."""
        self._shelf.apart()

    def check(self, repeats: Iterable[Repeat | Loop | Duplicate]) -> Iterator[Result | PendingResult]:
        """What rules find in text that stands twice.

        Raises:
            RuleError: a rule failed.
            OSError: a file can no longer be read.
        """
        # One at a time: each holds two whole documents.
        for repeat in repeats:
            yield from self._engine.check_repeat(repeat)

    def common_lines(self) -> Iterator[Result]:
        """What is found about lines that many documents have.

        Raises:
            RuleError: a rule failed.
            OSError: a file can no longer be read.
        """
        if self._waiting is not None and self._engine.common_line_rules and len(self._shelf) >= self._fewest:
            self._wait_no_more()
        if self._common is not None:
            yield from self._engine.check_common_lines(self._common, self._shelf.get)

    def _sketch(self, documents: Sequence[Document], first: int, looked_up: LookedUp | None, *, numpy: bool) -> None:
        from . import winnowing

        if looked_up is None:
            self._fingerprinted.append(winnowing.sketch(documents, first, numpy=numpy))
        else:
            lengths = [len(document.text) for document in documents]
            self._fingerprinted.append(winnowing.sketch_looked_up(looked_up, lengths, first, is_much=numpy))

    @property
    def _fingerprinted(self) -> Fingerprints | list[Sketch]:
        """What the sketches of documents are added to."""
        if self._sketches is not None:
            return self._sketches
        if self._fingerprints is None:
            from .fingerprints import Fingerprints

            self._fingerprints = Fingerprints(folder=self._of(FINGERPRINTS), shared=self._shared)
        return self._fingerprints

    @property
    def _counted(self) -> CommonLines:
        """What counts short lines."""
        if self._common is None:
            from .common_lines import CommonLines

            self._common = CommonLines(
                keeps_texts=self._keeps_texts, is_lasting=self._is_lasting, folder=self._of(LINES)
            )
        return self._common

    def _of(self, name: str) -> str:
        return os.path.join(self._folder, name) if self._folder else ""

    def _count_lines(self, documents: Sequence[Document], first: int, looked_up: LookedUp | None) -> None:
        units = []
        for number, document in enumerate(documents, first):
            # A long file is read in parts.
            name = "" if document.source is None or document.record is not None else document.source.name
            units.append(self._units.setdefault(name, number) if name else number)
        self._counted.add(documents, units, looked_up)

    def _hold_against(
        self, table: Fingerprints, given: set[str]
    ) -> tuple[Callable[[int], Document], Callable[[int], Sequence[Document]], int]:
        """Put the rest of the corpus before the documents.

        Returns:
            What loads a document, what loads all of its record, and how many come before.
        """
        from .against import Corpus

        held = Corpus(self._settings.against, self._settings).holding(table, given)
        known = len(held.sketch.sizes)
        table.hold_against(held.sketch)

        def load(number: int) -> Document:
            return held.load(number) if number < known else self._shelf.get(number - known)

        def fields(number: int) -> Sequence[Document]:
            return held.fields(number) if number < known else self._shelf.fields(number - known)

        return load, fields, known
