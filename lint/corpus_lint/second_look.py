"""A second look at files: what only the corpus as a whole shows is mended when all files have been written once.

A line that stands in many documents is known for one when the last document has been read. By then the files have been
mended and rewritten, so those with such lines are opened once more.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from .finding import Applicability
from .fixing import allowed
from .outcome import Change, Failure
from .reading import ReadError
from .rewrite import RewriteError
from .rewriting import rewrite

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .engine import Result
    from .linting import Linter


def mend(results: Iterable[Result], linter: Linter, paths: Mapping[str, str]) -> Iterator[Result]:
    """Mend what may be mended, unsafely; gives what is left.

    Args:
        results: findings in documents as they are now in their files, those of a file together.
        linter: what has linted the files.
        paths: the files that may be written, by what reports call them.
    """
    for name, group in groupby(results, key=_name):
        found = [*group]
        mended: set[int] = set()
        if name in paths:
            try:
                mended = _mend_file(linter, paths[name], name, found)
            except (RewriteError, ReadError, OSError) as error:
                linter.outcome.failures.append(Failure(name, 0, f"not fixed: {error}"))
        yield from (result for result in found if id(result) not in mended)


def _name(result: Result) -> str:
    return result.document.source.name if result.document.source else ""


def _mend_file(linter: Linter, path: str, name: str, found: Sequence[Result]) -> set[int]:
    """Make the edits of findings in a file; gives the identities of those whose edits were made."""
    wanted = {
        result.document.index: result
        for result in reversed(linter.sieve.counting(found))
        if allowed(result, Applicability.UNSAFE)
    }
    if not wanted:
        return set()
    reader = linter.reader(path, name)
    mended = []
    for document in reader.documents():
        result = wanted.get(document.index)
        # A part of a long file may have come to begin elsewhere when the file was mended.
        if result is None or result.finding.fix is None or document.text != result.document.text:
            continue
        reader.edit(document, document.edited(sorted(result.finding.fix.edits)))
        mended.append(result)
    if not mended or reader.is_read_only:
        return set()
    rewrite(reader)
    linter.outcome.mended.update(result.rule.code for result in mended)
    if all(change.filename != name for change in linter.outcome.changes):
        linter.outcome.changes.append(Change(name, b"", b"", reader.source))
    return {id(result) for result in mended}
