"""Linting: files are read, their documents checked a batch at a time, and what is found reported or fixed."""

from __future__ import annotations

from .discover import STANDARD_INPUT
from .duplication.comparison import Comparison
from .engine import Engine, Result, RuleError
from .formats import USUAL_FIELDS
from .native import is_much, looks_up
from .outcome import Failure, Outcome
from .reading import BinaryError, NoTextError, Reader, ReadError
from .sieve import Sieve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .config import Settings
    from .document import Document
    from .look_up import LookedUp
    from .mending import Fixing, Mending
    from .pieces import End, Piece
    from .source import Source

BATCH = 1 << 20
"""Bytes of text that are screened at once, at least, when there are so many.

The screen's databases and the arrays of the rest push each other out of the processor's cache: rarer is faster.
"""

BATCH_DOCUMENTS = 4096

RECORD_PROBLEMS = 3
"""Unreadable records of one file that are named one by one where no rule tells of them."""


class Linter:
    """Files go in, one after the other; findings, failures and changes come out in an outcome.

    Attributes:
        outcome: what was found and done.
        comparison: what was taken down for the comparison of all documents.
        sieve: what decides which findings count.
        begun: how many documents have been read.
    """

    def __init__(
        self,
        engine: Engine,
        settings: Settings,
        *,
        fix: Fixing | None = None,
        progress: Callable[[int], None] | None = None,
        identified: bool = True,
        keeps_hidden: bool = False,
        spool: str = "",
        keeps_texts: bool = False,
        is_lasting: bool = False,
        folder: str = "",
        numpy: bool = False,
    ) -> None:
        """Nothing is read yet.

        Args:
            engine: the rules.
            settings: the configuration.
            fix: None finds only.
            progress: called now and then with the number of bytes read.
            identified: whether the findings' fingerprints are wanted.
            keeps_hidden: whether findings that are not sure enough are kept apart.
            spool: where another process is to compare the documents, the file for those that cannot be read again.
            keeps_texts: whether short lines are kept for another run.
            is_lasting: whether another run is to compare the documents, with those of other runs.
            folder: for that, where the comparison writes things down.
            numpy: whether numpy is used from the beginning; it is taken up on the way when there is much to read.
        """
        self.outcome = Outcome()
        self.sieve = Sieve(settings, self.outcome, identified=identified, keeps_hidden=keeps_hidden)
        self.comparison = Comparison(
            engine,
            settings,
            is_fixing=fix is not None,
            spool=spool,
            keeps_texts=keeps_texts,
            is_lasting=is_lasting or bool(folder),
            folder=folder,
        )
        self.begun = 0
        self._engine = engine
        self._settings = settings
        self._fix = fix
        self._progress = progress
        self._numpy = False
        self._batch: list[tuple[Document, Reader, Mending | None]] = []
        self._batch_bytes = 0
        self._bytes = 0
        if numpy:
            self._take_up_numpy()

    def file(self, path: str, name: str, *, is_named: bool) -> None:
        """Lint a file, and fix it when asked to; its last documents may wait for `flush`.

        Args:
            path: the file, or ``-``.
            name: what reports call it.
            is_named: whether the user named it, so that one that is no text is an error.
        """
        reader = self.reader(path, name)
        mending = self._mending(reader)
        try:
            documents, first = self._documents(reader, mending)
        except ReadError as error:
            self._unread(reader, error, is_named=is_named)
            return
        if path == STANDARD_INPUT and self._fix is not None:
            self.outcome.standard_input = reader.read_again()
        self._conclude(reader, documents, first, mending)
        if mending is not None:
            self.flush()
            mending.rewrite(self.outcome)

    def cut(self, path: str, name: str, size: Callable[[int], int]) -> Iterator[Piece]:
        """The pieces of a file that can be cut; of any other none.

        ``size`` says of how many bytes, about, a piece is to be that begins behind so many.

        Raises:
            OSError: the file cannot be read.
        """
        from .pieces import cut

        return cut(self.reader(path, name), size)

    def piece(self, path: str, name: str, piece: Piece) -> End:
        """Lint a piece of a file, as `file` does; what concerns the whole file is told by `rejoined`."""
        from .pieces import PieceReader

        reader = PieceReader(path, name, piece)
        try:
            documents, first = self._documents(reader, None)
        except ReadError as error:
            return reader.end(0, None, str(error))
        return reader.end(documents, first, "")

    def rejoined(self, path: str, name: str, ends: Sequence[End], *, is_named: bool) -> None:
        """Conclude a file all pieces of which were linted, in order."""
        from .pieces import Rejoined

        reader = Rejoined(path, name, ends)
        try:
            reader.check()
        except ReadError as error:
            self._unread(reader, error, is_named=is_named)
            return
        self._conclude(reader, reader.documents_read, reader.first, None)

    def reader(self, path: str, name: str, given: bytes | None = None) -> Reader:
        """What reads a file, or what is given as its bytes."""
        keeps_input = self._fix is not None
        fields, form = self._settings.named_fields, self._settings.format
        return Reader(path, name, fields=fields, form=form, keeps_input=keeps_input, given=given)

    def flush(self) -> None:
        """Check the documents that wait."""
        batch, size, self._batch, self._batch_bytes = self._batch, self._batch_bytes, [], 0
        if not batch:
            return
        self.choose_numpy(self._bytes)
        documents = [document for document, _, _ in batch]
        is_looked_up = self._engine.looks and (self._numpy or looks_up(size))
        looked_up = self._engine.look_up(documents) if is_looked_up else None
        results = self._check(documents, looked_up)
        kept: list[tuple[Document, Reader]] = []
        for document, reader, mending in batch:
            found = results.get(id(document), [])
            self._bytes += len(document.data)
            if mending is not None:
                document, found = mending.document(document, found, numpy=self._numpy)
            if found:
                self.sieve.report(found)
            kept.append((document, reader))
        self.comparison.add(kept, looked_up if self._fix is None else None, numpy=self._numpy)
        if self._progress is not None:
            self._progress(self._bytes)

    def passed(self, size: int) -> None:
        """Count bytes that another process has read."""
        self._bytes += size
        if self._progress is not None:
            self._progress(self._bytes)

    def choose_numpy(self, size: int) -> bool:
        """Use numpy for so many bytes; of what is packed or comes from a pipe, that shows on the way only."""
        if not self._numpy and is_much(size):
            self._take_up_numpy()
        return self._numpy

    def _take_up_numpy(self) -> None:
        from .screening.allocation import tune

        tune()
        self._numpy = True

    def _mending(self, reader: Reader) -> Mending | None:
        if self._fix is None:
            return None
        from .mending import Mending

        return Mending(reader, self._fix, self._engine, self.sieve)

    def _documents(self, reader: Reader, mending: Mending | None) -> tuple[int, Document | None]:
        """Take in the documents of a file; how many there are, and the first.

        Raises:
            ReadError: the file cannot be read, or is no text.
        """
        documents = 0
        first: Document | None = None
        for document in reader.documents():
            documents += document.record is not None or document.index == 0  # a long file is read in parts
            first = first or document
            self.begun += 1
            self._batch.append((document, reader, mending))
            self._batch_bytes += len(document.data)
            if self._batch_bytes >= BATCH or len(self._batch) >= BATCH_DOCUMENTS:
                self.flush()
        return documents, first

    def _unread(self, reader: Reader, error: ReadError, *, is_named: bool) -> None:
        """Tell of a file that could not be read, or count it as no corpus."""
        if isinstance(error, BinaryError) and not is_named:
            self.outcome.skipped["binary"] += 1
        elif isinstance(error, NoTextError) and reader.is_doubtful and not is_named:
            self.outcome.skipped["without text fields"] += 1
            self.outcome.textless.append(Failure(reader.source.name, 0, str(error)))
        else:
            self._fail(reader.source.name, str(error))

    def _conclude(self, reader: Reader, documents: int, first: Document | None, mending: Mending | None) -> None:
        """Tell what concerns a file as a whole, once it has been read to its end."""
        self.outcome.names.append(reader.source.name)
        self.outcome.documents += documents
        if not self._settings.named_fields and tuple(reader.fields) not in ((), USUAL_FIELDS):
            self.outcome.guessed[", ".join(reader.fields)] += 1
        self._records(reader)
        if first is not None:
            self._source(reader, first, mending)

    def _records(self, reader: Reader) -> None:
        """What is found about records that could not be read; where no rule tells of them they are failures."""
        if not reader.problem_count:
            return
        name = reader.source.name
        try:
            self.sieve.report(self._engine.check_problems(reader.problems))
        except RuleError as error:
            self._fail(name, str(error))
        told = len(reader.problems)
        if self._engine.record_rules:
            self.outcome.documents += reader.problem_count  # of which each has, or would have, a finding
        else:
            told = min(told, RECORD_PROBLEMS)
            for document, reason in reader.problems[:told]:
                self._fail(name, f"{reason}; repair or remove it", document.first_line)
        if reader.problem_count > told:
            line = reader.problems[told].document.first_line if told < len(reader.problems) else 0
            self._fail(name, f"{reader.problem_count - told:,} more records could not be read", line)

    def _source(self, reader: Reader, first: Document, mending: Mending | None) -> None:
        """What is found about the file itself, once it has been read to its end."""
        try:
            found = self._engine.check_source(reader.source, first if first.record is None else _of_file(reader.source))
        except RuleError as error:
            self._fail(reader.source.name, str(error))
            return
        self.sieve.report(mending.source(found) if mending is not None else found)

    def _check(self, documents: Sequence[Document], looked_up: LookedUp | None) -> dict[int, list[Result]]:
        """The results by the identity of their documents; a rule that fails costs only its own document."""
        try:
            results = self._engine.check(documents, looked_up)
        except RuleError:
            results = []
            for document in documents:
                try:
                    results += self._engine.check([document])
                except RuleError as error:
                    name = document.source.name if document.source else STANDARD_INPUT
                    message = str(error)
                    if error.is_bug:
                        message += "; please report this, and leave the rule out with --ignore until it is mended"
                    self._fail(name, message, document.first_line)
        grouped: dict[int, list[Result]] = {}
        for result in results:
            grouped.setdefault(id(result.document), []).append(result)
        return grouped

    def _fail(self, name: str, message: str, line: int = 0) -> None:
        self.outcome.failures.append(Failure(name, line, message))


def _of_file(source: Source) -> Document:
    """What stands for a file of records in a finding about all of it: its beginning, or its first bad line."""
    from .document import Document

    bad = source.decoding.bad
    return Document("", source=source, first_line=bad[0].line if bad else 1)
