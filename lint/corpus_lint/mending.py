"""Mending: a file's documents are fixed one by one, and the file is then rewritten once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from .discover import STANDARD_INPUT
from .engine import RuleError
from .finding import Applicability
from .named_tuple import NamedTuple
from .outcome import Change, Failure
from .rule import RepeatRule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .document import Document
    from .engine import Engine, Result
    from .outcome import Outcome
    from .reading import Reader
    from .sieve import Sieve


class Fixing(NamedTuple):
    """Whether and how to fix: which fixes, and whether files are written."""

    applicability: Applicability
    writes: bool


class Mending:
    """The fixing of one file."""

    def __init__(self, reader: Reader, fix: Fixing, engine: Engine, sieve: Sieve) -> None:
        self._reader = reader
        self._fix = fix
        self._engine = engine
        self._sieve = sieve
        self._changes: list[Result] = []
        self._mended: Counter[str] = Counter()
        self._obstacles: list[str] = []

    def document(self, document: Document, found: list[Result], *, numpy: bool) -> tuple[Document, list[Result]]:
        """The document after fixing, and what is left; what was edited is remembered for the file.

        Args:
            document: as it was read.
            found: what the rules find in it.
            numpy: the way, never the result.
        """
        if self._reader.is_read_only:
            return document, found
        from . import fixing

        applicability = self._fix.applicability
        found = self._sieve.counting(found)
        # What stands twice in a document is mended with the rest, and only unsafely.
        alone = applicability is Applicability.UNSAFE and bool(self._engine.repeat_rules)

        def check(again: Document, known: Sequence[Result] | None = None) -> list[Result]:
            if alone:
                return self._sieve.counting(self._engine.check_alone(again, known, numpy=numpy))
            return self._sieve.counting(self._engine.check([again])) if known is None else list(known)

        try:
            fixed = fixing.fix_document(document, check, applicability, check(document, found))
        except (fixing.UnstableError, RuleError) as error:
            self._obstacles.append(str(error))
            return document, found
        if fixed.document is document:
            return document, found
        self._reader.edit(document, fixed.document)
        self._mended.update(fixed.mended)
        # All documents are compared in the end, this one with itself among them.
        return fixed.document, [result for result in fixed.left if not isinstance(result.rule, RepeatRule)]

    def source(self, found: Sequence[Result]) -> list[Result]:
        """What is left of the findings about the file itself; the others change how it is written."""
        left: list[Result] = []
        for result in found:
            wanted = result.finding.fix
            if wanted is None or not wanted.is_of_file or not self._sieve.counting([result]):
                left.append(result)
            elif wanted.applicability is Applicability.SAFE or self._fix.applicability is Applicability.UNSAFE:
                self._changes.append(result)
            else:
                left.append(result)
        return left

    def rewrite(self, outcome: Outcome) -> None:
        """Write the file anew when something in it was mended, or put into the outcome how it would be."""
        reader, name = self._reader, self._reader.source.name
        if self._obstacles:
            outcome.failures.append(Failure(name, 0, f"not fixed: {'; '.join(self._obstacles)}"))
            return
        if not reader.is_edited and not self._changes:
            return
        from .reading import ReadError
        from .rewriting import rewrite, rewritten
        from .splicing import RewriteError

        before = after = b""
        cells: dict[int, str] = {}
        try:
            fixes = [result.finding.fix for result in self._changes if result.finding.fix]
            line_end = next((fix.line_end for fix in fixes if fix.line_end), "")
            recode = any(fix.recode for fix in fixes)
            if self._fix.writes and reader.path != STANDARD_INPUT:
                rewrite(reader, recode=recode, line_end=line_end)
            else:
                before, after = rewritten(reader, recode=recode, line_end=line_end)
                cells = {old.index: new.text for old, new in reader.cells}
        except (RewriteError, ReadError, OSError) as error:
            outcome.failures.append(Failure(name, 0, f"not fixed: {error}"))
            return
        outcome.mended.update(self._mended)
        outcome.mended.update(result.rule.code for result in self._changes)
        outcome.changes.append(Change(name, before, after, reader.source, cells))
