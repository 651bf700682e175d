"""The outcome of a run: what was found and done, for reports to tell."""

from __future__ import annotations

from collections import Counter

from .named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .diagnostic import Diagnostic
    from .gate import Budget, Known
    from .rule import Rule
    from .source import Source


TOLD = 3
"""Files without a field of texts, at most, that are told one by one."""


class Failure(NamedTuple):
    """Something that could not be done: which file, which line of it (0: none), and why."""

    filename: str
    line: int
    message: str


class Change(NamedTuple):
    """A file that was fixed, or would be.

    Attributes:
        filename: what reports call it.
        before: its bytes, unpacked; of a columnar file, what is shown of it. Empty when it was written.
        after: likewise.
        source: the file as it was read.
        cells: of a columnar file that was not written, the new texts by the numbers of their documents.
    """

    filename: str
    before: bytes
    after: bytes
    source: Source
    cells: Mapping[int, str] = {}


class Outcome:
    """What a run has found and done.

    Attributes:
        diagnostics: the findings that count, by file, line, column and code.
        known: the findings that do not, because the baseline or a revision has them; `in_baseline` of them the former.
        hidden: findings that are only shown with ``--pedantic``, kept when there is a gate; `held_back` counts them.
        rules: the rules that were used.
        failures: what could not be done.
        skipped: how many files were left out, by reason.
        textless: the files of records that were left out because no field of texts was found in them, and why.
        guessed: of how many files the fields of texts were guessed, by these fields.
        mended: how many defects were fixed, by rule.
        changes: the files that were fixed, or would be.
        names: the files that were read, as they are called.
        documents: documents in them; affected: documents with a finding that counts.
        accepted: findings that the baseline gained and lost, and how many it has, when it was written anew.
        pruned: findings that were gone and were removed from the baseline; stale: those that could be.
        has_baseline: whether there is a baseline; since: the revision that findings were compared with.
        budgets: how many documents may have findings, and have; fails: whether what counts fails the run.
        standard_input: the bytes that were read from there.
    """

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.known: list[Known] = []
        self.in_baseline = 0
        self.hidden: list[Diagnostic] = []
        self.rules: list[Rule] = []
        self.failures: list[Failure] = []
        self.skipped: Counter[str] = Counter()
        self.textless: list[Failure] = []
        self.guessed: Counter[str] = Counter()
        self.mended: Counter[str] = Counter()
        self.changes: list[Change] = []
        self.held_back = 0
        self.names: list[str] = []
        self.documents = 0
        self.affected = 0
        self.accepted: tuple[int, int, int] | None = None
        self.pruned = 0
        self.stale = 0
        self.has_baseline = False
        self.since = ""
        self.budgets: list[Budget] = []
        self.fails = False
        self.standard_input = b""

    def fail_unread(self) -> None:
        """Let it be a failure that files were left out for want of a field of texts, where nothing else was read."""
        if self.names or not self.textless:
            return
        self.failures += self.textless[:TOLD]
        if rest := self.textless[TOLD:]:
            self.failures.append(Failure(rest[0].filename, 0, f"likewise; {len(rest):,} files are not told one by one"))

    def add(self, part: Outcome) -> None:
        """Take in what was found and done in other files."""
        self.diagnostics += part.diagnostics
        self.hidden += part.hidden
        self.failures += part.failures
        self.skipped.update(part.skipped)
        self.textless += part.textless
        self.guessed.update(part.guessed)
        self.mended.update(part.mended)
        self.changes += part.changes
        self.held_back += part.held_back
        self.names += part.names
        self.documents += part.documents


def affected(diagnostics: Iterable[Diagnostic]) -> int:
    """How many documents findings are in; what concerns a whole file of records is in those of the others there."""
    documents = {(diagnostic.place.filename, diagnostic.record, diagnostic.field) for diagnostic in diagnostics}
    of_records = {name for name, record, _ in documents if record is not None}
    return sum(record is not None or name not in of_records for name, record, _ in documents)
