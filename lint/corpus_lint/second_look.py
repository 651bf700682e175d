"""A second look at files: what only the corpus as a whole shows is mended when all files have been mended once.

A line that stands in many documents is known for one when the last document has been read. By then the files have been
mended and rewritten, so those with such lines are opened once more. Where nothing is written, what the files would be
is read instead.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from .discover import STANDARD_INPUT
from .finding import Applicability, Edit
from .fixing import allowed
from .outcome import Change, Failure
from .reading import ReadError
from .rewriting import rewrite, rewritten
from .splicing import RewriteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .document import Document
    from .engine import Result
    from .linting import Linter
    from .reading import Reader


class SecondLook:
    """Mends findings in documents as they are after the first mending of their files."""

    def __init__(self, linter: Linter, paths: Mapping[str, str], *, writes: bool) -> None:
        """Nothing is opened yet.

        Args:
            linter: what has linted the files.
            paths: the files, by what reports call them.
            writes: whether files are written; standard input never is.
        """
        self._linter = linter
        self._paths = paths
        self._writes = writes
        self._changes: dict[str, int] = {}

    def mend(self, results: Iterable[Result]) -> Iterator[Result]:
        """Mend what may be mended, unsafely; gives what is left.

        Args:
            results: findings in documents as they are when mended once, those of a file together.
        """
        outcome = self._linter.outcome
        self._changes = {change.filename: number for number, change in enumerate(outcome.changes)}
        for name, group in groupby(results, key=_name):
            found = [*group]
            mended: set[int] = set()
            if name in self._paths:
                try:
                    mended = self._mend_file(name, found)
                except (RewriteError, ReadError, OSError) as error:
                    outcome.failures.append(Failure(name, 0, f"not fixed: {error}"))
            yield from (result for result in found if id(result) not in mended)

    def _mend_file(self, name: str, found: Sequence[Result]) -> set[int]:
        """Make the edits of findings in a file; gives the identities of those whose edits were made."""
        linter = self._linter
        wanted = {
            result.document.index: result
            for result in reversed(linter.sieve.counting(found))
            if allowed(result, Applicability.UNSAFE)
        }
        if not wanted:
            return set()
        number = self._changes.get(name)
        earlier = None if number is None else linter.outcome.changes[number]
        writes = self._writes and self._paths[name] != STANDARD_INPUT
        reader = self._reader(name, None if writes else earlier)
        cells = {} if writes or earlier is None else earlier.cells
        mended = []
        for read in reader.documents():
            document = _with(read, cells.get(read.index))
            result = wanted.get(read.index)
            # A part of a long file may have come to begin elsewhere when the file was mended.
            if result is None or result.finding.fix is None or document.text != result.document.text:
                if document is not read:
                    reader.edit(read, document)
                continue
            reader.edit(read, document.edited(sorted(result.finding.fix.edits)))
            mended.append(result)
        if not mended or reader.is_read_only:
            return set()
        change = Change(name, b"", b"", reader.source)
        if writes:
            rewrite(reader)
        else:
            before, after = rewritten(reader)
            if earlier is not None and not cells:
                before = earlier.before
            change = change._replace(before=before, after=after, source=earlier.source if earlier else reader.source)
        linter.outcome.mended.update(result.rule.code for result in mended)
        if number is None:
            linter.outcome.changes.append(change)
        else:
            linter.outcome.changes[number] = change
        return {id(result) for result in mended}

    def _reader(self, name: str, earlier: Change | None) -> Reader:
        """What reads a file as it is, or as it would be after ``earlier``."""
        path = self._paths[name]
        given: bytes | None = None
        if earlier is not None and not earlier.cells:
            given = earlier.after
        elif path == STANDARD_INPUT:
            given = self._linter.outcome.standard_input
        return self._linter.reader(path, name, given)


def _name(result: Result) -> str:
    return result.document.source.name if result.document.source else ""


def _with(document: Document, text: str | None) -> Document:
    """The document with another text, unless it is None."""
    return document if text is None else document.edited([Edit(0, len(document.text), text)])
