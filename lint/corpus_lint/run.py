"""A run: from paths to diagnostics and fixed files. It reads, checks, gates and fixes; it prints nothing."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from . import packs
from .discover import STANDARD_INPUT, discover, matches
from .engine import Engine, Result, RuleError
from .finding import Applicability, Confidence
from .outcome import Change, Failure, Outcome
from .reading import BinaryError, NoTextError, Reader, ReadError
from .rewrite import RewriteError, clean
from .screen import NUMPY_WORTHWHILE
from .shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from tempfile import TemporaryDirectory

    import numpy as np
    from numpy.typing import NDArray

    from .common_lines import CommonLines
    from .config import Settings
    from .diagnostic import Diagnostic
    from .document import Document
    from .fingerprints import Fingerprints
    from .gate import Gate
    from .jobs import Item, Part
    from .rule import Rule
    from .winnowing import Sketch

BATCH = 1 << 18
"""Bytes of text that are screened at once, at least, when there are so many."""

BATCH_DOCUMENTS = 4096


PARALLEL_WORTHWHILE = 8_000_000
"""Bytes of files from which several processes are worth their start."""

RECORD_PROBLEMS = 3
"""Unreadable records of one file that are named one by one where no rule tells of them."""


class Fixing(NamedTuple):
    """Whether and how to fix: which fixes, and whether files are written."""

    applicability: Applicability
    writes: bool


class _File:
    """A file being linted, and what becomes of it."""

    def __init__(self, path: str, reader: Reader) -> None:
        self.path = path
        self.reader = reader
        self.changes: list[Result] = []
        self.mended: Counter[str] = Counter()
        self.obstacles: list[str] = []
        self.first: Document | None = None


def run(
    paths: Sequence[str],
    settings: Settings,
    *,
    fix: Fixing | None = None,
    stdin_name: str = STANDARD_INPUT,
    progress: Callable[[int], None] | None = None,
    gate: Gate | None = None,
    identified: bool = True,
) -> Outcome:
    """Lint the paths, and fix them when asked to.

    Args:
        paths: files, folders, or ``-``.
        settings: the configuration.
        fix: None finds only.
        stdin_name: what standard input is called.
        progress: called now and then with the number of bytes read.
        gate: what the findings are held against.
        identified: whether the findings' fingerprints are wanted; a gate wants them anyway.

    Raises:
        ConfigurationError: the rules cannot be made as configured, or the gate's file or revision cannot be used.
    """
    classes = packs.load(settings.packs, settings.rule, deferred=True)
    rules = packs.make(classes, settings.select, settings.ignore, settings.rules)
    lint = _Run(rules, settings, fix, stdin_name, progress, gate, identified=identified or gate is not None)
    outcome = lint.all(paths)
    if gate is not None:

        def relint(copies: Sequence[tuple[str, str]]) -> list[Diagnostic]:
            return _Run(rules, settings, None, stdin_name, None, gate).copies(copies).diagnostics

        gate.apply(outcome, {rule.code for rule in rules}, {rule.code for rule in classes}, relint)
    outcome.affected = len({(d.place.filename, d.record, d.field) for d in outcome.diagnostics})
    if outcome.diagnostics or settings.max_share:
        from .gate import fails, make_budgets

        outcome.budgets = make_budgets(outcome, settings, classes)
        outcome.fails = fails(outcome, settings)
    return outcome


class _Run:
    def __init__(
        self,
        rules: Sequence[Rule],
        settings: Settings,
        fix: Fixing | None,
        stdin_name: str,
        progress: Callable[[int], None] | None,
        gate: Gate | None,
        *,
        identified: bool = True,
        keeps_hidden: bool = False,
        spool: str = "",
        engine: Engine | None = None,
    ) -> None:
        self._engine = engine or Engine(rules)
        self._gate = gate
        self._identified = identified
        self._settings = settings
        self._fix = fix
        self._stdin_name = stdin_name
        self._progress = progress
        self._outcome = Outcome()
        self._outcome.rules = list(rules)
        self._keeps_hidden = keeps_hidden or gate is not None
        self._shelf = Shelf(is_fixing=fix is not None, spool=spool)
        self._spools: TemporaryDirectory[str] | None = None
        self._sketches: list[Sketch] | None = None
        self._fingerprints: Fingerprints | None = None
        self._common: CommonLines | None = None
        self._units: dict[str, int] = {}
        self._numpy = False
        self._batch: list[tuple[_File, Document]] = []
        self._batch_bytes = 0
        self._bytes = 0
        self._orders: dict[str, int] = {}
        self._ignores: dict[str, list[str]] = {}
        self._paths: list[str] = []
        self._folders: list[str] = []

    def all(self, paths: Sequence[str]) -> Outcome:
        settings, outcome = self._settings, self._outcome
        found = list(
            discover(
                paths,
                include=settings.include,
                exclude=[*settings.exclude, *settings.extend_exclude],
                root=settings.root,
                force_exclude=settings.force_exclude,
                tracked=settings.tracked,
            )
        )
        named = set(paths)
        self._folders = [os.path.join(os.path.realpath(path), "") for path in paths if os.path.isdir(path)]
        chosen = []
        for item in found:
            if item.skipped:
                outcome.skipped[item.skipped] += 1
            elif self._gate is not None and self._gate.owns(item.path):
                outcome.skipped["the baseline"] += 1
            elif item.failed:
                outcome.failures.append(Failure(item.path, 0, item.failed))
            else:
                chosen.append((item.path, self._stdin_name if item.path == STANDARD_INPUT else item.path))
        return self._all(chosen, named)

    def copies(self, copies: Sequence[tuple[str, str]]) -> Outcome:
        """Lint files, each given by its path and by the name that it goes by."""
        return self._all(copies, {path for path, _ in copies})

    def _all(self, files: Sequence[tuple[str, str]], named: set[str]) -> Outcome:
        outcome = self._outcome
        self._paths = [path for path, _ in files]
        self._choose_numpy(sum(map(_size, files)))
        if self._fix is not None and self._fix.writes:
            for folder in {os.path.dirname(os.path.realpath(path)) for path, _ in files if path != STANDARD_INPUT}:
                clean(folder)
        self._orders = {name: order for order, (_, name) in enumerate(files)}
        if not self._in_processes(files, named):
            for path, name in files:
                self._file(path, name, is_named=path in named)
            self._flush()
        self._repeats()
        self._common_lines()
        outcome.diagnostics.sort(key=self._place)
        return outcome

    def _in_processes(self, files: Sequence[tuple[str, str]], named: set[str]) -> bool:
        """Lint the files in several processes; False when that is not worth it or not wanted."""
        if self._settings.jobs == 1 or len(files) < 2 or STANDARD_INPUT in (path for path, _ in files):
            return False
        if not self._settings.jobs and sum(map(_size, files)) < PARALLEL_WORTHWHILE:
            return False
        from . import jobs

        wanted = self._settings.jobs or jobs.cores()
        portions = jobs.divide([jobs.Item(path, name, self._orders[name]) for path, name in files], wanted)
        if wanted < 2 or len(portions) < 2:
            return False
        import tempfile

        self._spools = tempfile.TemporaryDirectory(prefix="corpus-lint-")
        keeps_hidden = self._gate is not None
        given = (self._settings, self._fix, named, self._numpy, self._identified, keeps_hidden, self._spools.name)
        for part in jobs.run(portions, min(wanted, len(portions)), make_worker, given):
            if isinstance(part, jobs.Dead):
                message = "the process that linted it was killed or crashed; lint it alone, or leave it out"
                self._outcome.failures.append(Failure(part.item.name, 0, message))
            else:
                self._take(part)
        return True

    def _take(self, part: Part) -> None:
        """Take over what another process has found."""
        before = len(self._shelf)
        self._outcome.add(part.outcome)
        self._shelf.extend(part.places)
        for sketch in part.sketches:
            self._fingerprinted.append(sketch.shifted(before))
        if part.common is not None:
            self._common = self._common or type(part.common)()
            self._common.extend(part.common)
        if self._progress is not None:
            self._bytes += sum(part.places.columns[2])
            self._progress(self._bytes)

    def part(self, items: Sequence[Item], named: set[str], *, numpy: bool) -> Part:
        """Lint files for another process, which compares documents."""
        self._numpy = numpy
        self._sketches = []
        for item in items:
            self._file(item.path, item.name, is_named=item.path in named)
        self._flush()
        self._outcome.rules = []
        from .jobs import Part

        return Part(self._outcome, self._sketches, self._common, self._shelf.places)

    def _file(self, path: str, name: str, *, is_named: bool) -> None:
        reader = Reader(
            path,
            name,
            fields=self._settings.fields or [self._settings.text_field],
            form=self._settings.format,
            keeps_input=self._fix is not None,
        )
        file = _File(path, reader)
        documents = 0
        try:
            for document in reader.documents():
                documents += document.record is not None or document.index == 0  # a long file is read in parts
                file.first = file.first or document
                self._batch.append((file, document))
                self._batch_bytes += len(document.data)
                if self._batch_bytes >= BATCH or len(self._batch) >= BATCH_DOCUMENTS:
                    self._flush()
        except BinaryError as error:
            if is_named:
                self._outcome.failures.append(Failure(name, 0, str(error)))
            else:
                self._outcome.skipped["binary"] += 1
            return
        except NoTextError as error:
            if is_named or not reader.is_doubtful:
                self._outcome.failures.append(Failure(name, 0, str(error)))
            else:
                self._outcome.skipped["without text fields"] += 1
            return
        except ReadError as error:
            self._outcome.failures.append(Failure(name, 0, str(error)))
            return
        if path == STANDARD_INPUT and self._fix is not None:
            self._outcome.standard_input = reader.read_again()
        self._outcome.names.append(name)
        self._outcome.documents += documents
        self._records(reader)
        self._source(file)
        if self._fix is not None:
            self._flush()
            self._rewrite(file, name)

    def _records(self, reader: Reader) -> None:
        """What is found about records that could not be read; where no rule tells of them they are failures."""
        try:
            self._report(self._engine.check_problems(reader.problems))
        except RuleError as error:
            self._outcome.failures.append(Failure(reader.source.name, 0, str(error)))
        told = len(reader.problems)
        if not self._engine.record_rules:
            told = min(told, RECORD_PROBLEMS)
            for document, reason in reader.problems[:told]:
                message = f"{reason}; repair or remove it"
                self._outcome.failures.append(Failure(reader.source.name, document.first_line, message))
        if reader.problem_count > told:
            line = reader.problems[told].document.first_line if told < len(reader.problems) else 0
            message = f"{reader.problem_count - told:,} more records could not be read"
            self._outcome.failures.append(Failure(reader.source.name, line, message))

    def _source(self, file: _File) -> None:
        """What is found about the file itself, once it has been read to its end."""
        if file.first is None:
            return
        try:
            found = self._engine.check_source(file.reader.source, file.first)
        except RuleError as error:
            self._outcome.failures.append(Failure(file.reader.source.name, 0, str(error)))
            return
        left: list[Result] = []
        for result in found:
            wanted = result.finding.fix
            if self._fix is None or wanted is None or not wanted.is_of_file or not self._counting([result]):
                left.append(result)
            elif wanted.applicability is Applicability.SAFE or self._fix.applicability is Applicability.UNSAFE:
                file.changes.append(result)
            else:
                left.append(result)
        self._report(left)

    def _choose_numpy(self, size: int) -> None:
        """Use numpy for so many bytes; of what is packed or comes from a pipe, that shows on the way only."""
        if not self._numpy and size >= NUMPY_WORTHWHILE:
            self._numpy = True
            # numpy's library for matrices, which nothing here uses, would start threads that wait busily.
            os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

    def _flush(self) -> None:
        batch, self._batch, self._batch_bytes = self._batch, [], 0
        if not batch:
            return
        self._choose_numpy(self._bytes)
        entries = self._count([document for _, document in batch]) if self._numpy else None
        results = self._check(batch)
        documents: list[Document] = []
        for file, document in batch:
            found = results.get(id(document), [])
            kept = document
            if self._fix is not None and not file.reader.is_read_only:
                kept, found = self._mend(file, document, found, self._fix)
            self._report(found)
            self._bytes += len(document.data)
            self._shelf.put(kept, file.reader)
            documents.append(kept)
        self._sketch(documents, entries)
        self._count_lines(documents)
        if self._progress is not None:
            self._progress(self._bytes)

    def _check(self, batch: Sequence[tuple[_File, Document]]) -> dict[int, list[Result]]:
        """The results by the identity of their documents; a rule that fails costs only its own document."""
        documents = [document for _, document in batch]
        try:
            results = self._engine.check(documents, numpy=self._numpy)
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
                    self._outcome.failures.append(Failure(name, document.first_line, message))
        grouped: dict[int, list[Result]] = {}
        for result in results:
            grouped.setdefault(id(result.document), []).append(result)
        return grouped

    def _mend(self, file: _File, document: Document, found: list[Result], fix: Fixing) -> tuple[Document, list[Result]]:
        """The document after fixing, and what is left; what was edited is remembered for the file."""
        from . import fixing

        found = self._counting(found)
        # What stands twice in a document is mended with the rest, and only unsafely.
        alone = fix.applicability is Applicability.UNSAFE and bool(self._engine.repeat_rules)

        def check(again: Document) -> list[Result]:
            if alone:
                return self._counting(self._engine.check_alone(again, numpy=self._numpy))
            return self._counting(self._engine.check([again]))

        try:
            fixed = fixing.fix_document(document, check, fix.applicability, None if alone else found)
        except (fixing.UnstableError, RuleError) as error:
            file.obstacles.append(str(error))
            return document, found
        if fixed.document is not document:
            file.reader.edit(document, fixed.document)
            file.mended.update(fixed.mended)
        if alone:
            # All documents are compared in the end, this one with itself among them.
            return fixed.document, self._counting(self._engine.check([fixed.document]))
        return fixed.document, fixed.left

    def _rewrite(self, file: _File, name: str) -> None:
        """Write the file anew when something in it was mended, or remember how it would be."""
        if file.obstacles:
            self._outcome.failures.append(Failure(name, 0, f"not fixed: {'; '.join(file.obstacles)}"))
            return
        if not file.reader.is_edited and not file.changes:
            return
        writes = self._fix is not None and self._fix.writes and file.path != STANDARD_INPUT
        before = after = b""
        try:
            fixes = [result.finding.fix for result in file.changes if result.finding.fix]
            line_end = next((fix.line_end for fix in fixes if fix.line_end), "")
            recode = any(fix.recode for fix in fixes)
            if writes:
                file.reader.rewrite(recode=recode, line_end=line_end)
            else:
                before, after = file.reader.rewritten(recode=recode, line_end=line_end)
        except (RewriteError, ReadError, OSError) as error:
            self._outcome.failures.append(Failure(name, 0, f"not fixed: {error}"))
            return
        self._outcome.mended.update(file.mended)
        self._outcome.mended.update(result.rule.code for result in file.changes)
        self._outcome.changes.append(Change(name, before, after, file.reader.source))

    def _counting(self, results: Sequence[Result]) -> list[Result]:
        """The results that count: sure enough, and not ignored in their file."""
        return [result for result in results if self._is_sure(result) and not self._is_ignored(result)]

    def _is_sure(self, result: Result) -> bool:
        confidence = result.finding.confidence or result.rule.confidence
        return self._settings.pedantic or confidence is Confidence.HIGH

    def _is_ignored(self, result: Result) -> bool:
        source = result.document.source
        if not self._settings.per_file_ignores or source is None:
            return False
        if source.name not in self._ignores:
            self._ignores[source.name] = [
                selector
                for glob, selectors in self._settings.per_file_ignores.items()
                if matches(source.name, [glob], self._settings.root)
                for selector in selectors
            ]
        return any(packs.matches(result.rule, selector) for selector in self._ignores[source.name])

    def _report(self, results: Sequence[Result]) -> None:
        for result in results:
            if self._is_ignored(result):
                continue
            is_sure = self._is_sure(result)
            self._outcome.held_back += not is_sure
            if is_sure or self._keeps_hidden:
                from .diagnostic import diagnose

                kept = self._outcome.diagnostics if is_sure else self._outcome.hidden
                kept.append(diagnose(result, identified=self._identified))

    def _count(self, documents: Sequence[Document]) -> tuple[str, NDArray[np.uint32]]:
        """Take the census of a batch in one go; the joined text and its table entries, which fingerprints need too."""
        from . import census, winnowing

        joined = "\n".join(document.text for document in documents)
        entries = winnowing.entries(joined)
        lengths = [len(document.text) for document in documents]
        for document, counted in zip(documents, census.count_many(entries, joined, lengths), strict=True):
            document.census = counted
        return joined, entries

    def _sketch(self, documents: Sequence[Document], counted: tuple[str, NDArray[np.uint32]] | None) -> None:
        if not self._engine.repeat_rules:
            return
        from . import winnowing

        first = len(self._shelf) - len(documents)
        if counted is None or self._fix is not None:
            self._fingerprinted.append(winnowing.sketch(documents, first, numpy=self._numpy))
        else:
            lengths = [len(document.text) for document in documents]
            self._fingerprinted.append(winnowing.sketch_entries(*counted, lengths, first))

    @property
    def _fingerprinted(self) -> Fingerprints | list[Sketch]:
        """What the sketches of documents are added to."""
        if self._sketches is not None:
            return self._sketches
        if self._fingerprints is None:
            from .fingerprints import Fingerprints

            self._fingerprints = Fingerprints()
        return self._fingerprints

    def _count_lines(self, documents: Sequence[Document]) -> None:
        if not self._engine.common_line_rules:
            return
        from .common_lines import CommonLines

        if self._common is None:
            self._common = CommonLines()
        for number, document in enumerate(documents, len(self._shelf) - len(documents)):
            # A long file is read in parts.
            name = "" if document.source is None or document.record is not None else document.source.name
            self._common.add(document, self._units.setdefault(name, number) if name else number)

    def _common_lines(self) -> None:
        if self._common is None:
            return
        try:
            for result in self._engine.check_common_lines(self._common, self._shelf.get):
                self._report([result])
        except (RuleError, OSError) as error:
            self._outcome.failures.append(Failure("common lines", 0, str(error)))

    def _repeats(self) -> None:
        table = self._fingerprints
        if table is None or not table.total:
            return
        load: Callable[[int], Document] = self._shelf.get
        known = 0
        root = os.path.join(os.path.realpath(self._settings.against), "")
        is_whole = any(root.startswith(folder) for folder in self._folders)
        if self._settings.against and not is_whole:
            load, known = self._hold_against(table)
        if not table.may_repeat:
            return
        from . import passages

        shortest = self._engine.shortest_passage
        try:
            # One at a time: each holds two whole documents.
            for repeat in passages.match(table, load, shortest=shortest, known=known):
                self._report(self._engine.check_repeats([repeat]))
        except (RuleError, OSError) as error:
            self._outcome.failures.append(Failure("repeated passages", 0, str(error)))

    def _hold_against(self, table: Fingerprints) -> tuple[Callable[[int], Document], int]:
        """Put the rest of the corpus before the documents; how to load all, and how many come before."""
        from .against import Corpus

        given = {os.path.realpath(path) for path in self._orders} | {os.path.realpath(path) for path in self._paths}
        held = Corpus(self._settings.against, self._settings).holding(table, given)
        known = len(held.sketch.sizes)
        table.hold_against(held.sketch)

        def load(number: int) -> Document:
            return held.load(number) if number < known else self._shelf.get(number - known)

        return load, known

    def _place(self, diagnostic: Diagnostic) -> tuple[int, int, int, str]:
        place = diagnostic.place
        return self._orders.get(place.filename, 0), place.line, place.column, diagnostic.code


def make_worker(
    settings: Settings,
    fix: Fixing | None,
    named: set[str],
    numpy: bool,
    identified: bool,
    keeps_hidden: bool,
    folder: str,
) -> Callable[[Sequence[Item]], Part]:
    """What lints portions in a process of its own; documents that cannot be read again go to files in ``folder``."""
    rules = packs.make(
        packs.load(settings.packs, settings.rule, deferred=True), settings.select, settings.ignore, settings.rules
    )

    engine = Engine(rules)
    kept = {"identified": identified, "keeps_hidden": keeps_hidden, "engine": engine}

    def lint(items: Sequence[Item]) -> Part:
        spool = os.path.join(folder, str(items[0].order))
        worker = _Run(rules, settings, fix, STANDARD_INPUT, None, None, spool=spool, **kept)  # type: ignore[arg-type]
        return worker.part(items, named, numpy=numpy)

    return lint


def _size(file: tuple[str, str]) -> int:
    """Bytes of a file, given by its path and its name; 0 for one that cannot be asked."""
    return os.path.getsize(file[0]) if os.path.isfile(file[0]) else 0
