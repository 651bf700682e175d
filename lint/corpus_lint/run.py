"""A run: from paths to diagnostics and fixed files. It reads, checks, gates and fixes; it prints nothing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from . import expressions, packs
from .discover import STANDARD_INPUT, discover
from .engine import Engine, RuleError
from .linting import Linter
from .outcome import Failure
from .rewrite import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from tempfile import TemporaryDirectory

    from .config import Settings
    from .diagnostic import Diagnostic
    from .gate import Gate
    from .jobs import Item, Part
    from .mending import Fixing
    from .outcome import Outcome
    from .rule import Rule

PARALLEL_WORTHWHILE = 8_000_000
"""Bytes of files from which several processes are worth their start."""


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
    lint = _Run(rules, settings, fix, progress, gate, identified=identified or gate is not None)
    outcome = lint.paths(paths, stdin_name)
    if gate is not None:

        def relint(copies: Sequence[tuple[str, str]]) -> list[Diagnostic]:
            return _Run(rules, settings, None, None, gate).files(copies, {path for path, _ in copies}).diagnostics

        gate.apply(outcome, {rule.code for rule in rules}, {rule.code for rule in classes}, relint)
    outcome.affected = len({(d.place.filename, d.record, d.field) for d in outcome.diagnostics})
    if outcome.diagnostics or settings.max_share:
        from .gate import fails, make_budgets

        outcome.budgets = make_budgets(outcome, settings, classes)
        outcome.fails = fails(outcome, settings)
    expressions.keep()
    return outcome


class _Run:
    def __init__(
        self,
        rules: Sequence[Rule],
        settings: Settings,
        fix: Fixing | None,
        progress: Callable[[int], None] | None,
        gate: Gate | None,
        *,
        identified: bool = True,
    ) -> None:
        self._settings = settings
        self._fix = fix
        self._gate = gate
        self._identified = identified
        self._linter = Linter(
            Engine(rules), settings, fix=fix, progress=progress, identified=identified, keeps_hidden=gate is not None
        )
        self._outcome = self._linter.outcome
        self._outcome.rules = list(rules)
        self._folders: list[str] = []
        self._spools: TemporaryDirectory[str] | None = None

    def paths(self, paths: Sequence[str], stdin_name: str) -> Outcome:
        """Lint what is found under the paths."""
        settings, outcome = self._settings, self._outcome
        found = discover(
            paths,
            include=settings.include,
            exclude=[*settings.exclude, *settings.extend_exclude],
            root=settings.root,
            force_exclude=settings.force_exclude,
            tracked=settings.tracked,
        )
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
                chosen.append((item.path, stdin_name if item.path == STANDARD_INPUT else item.path))
        return self.files(chosen, set(paths))

    def files(self, files: Sequence[tuple[str, str]], named: set[str]) -> Outcome:
        """Lint files, each given by its path and by the name that it goes by; those named must be texts."""
        outcome, linter = self._outcome, self._linter
        size = sum(map(_size, files))
        numpy = linter.choose_numpy(size)
        if self._fix is not None and self._fix.writes:
            for folder in {os.path.dirname(os.path.realpath(path)) for path, _ in files if path != STANDARD_INPUT}:
                clean(folder)
        orders = {name: order for order, (_, name) in enumerate(files)}
        if not self._in_processes(files, named, orders, size, numpy=numpy):
            for path, name in files:
                linter.file(path, name, is_named=path in named)
            linter.flush()
        self._compare(files)

        def place(diagnostic: Diagnostic) -> tuple[int, int, int, str]:
            found = diagnostic.place
            return orders.get(found.filename, 0), found.line, found.column, diagnostic.code

        outcome.diagnostics.sort(key=place)
        return outcome

    def _in_processes(
        self, files: Sequence[tuple[str, str]], named: set[str], orders: dict[str, int], size: int, *, numpy: bool
    ) -> bool:
        """Lint the files in several processes; False when that is not worth it or not wanted."""
        settings = self._settings
        if settings.jobs == 1 or len(files) < 2 or STANDARD_INPUT in (path for path, _ in files):
            return False
        if not settings.jobs and size < PARALLEL_WORTHWHILE:
            return False
        from . import jobs

        wanted = settings.jobs or jobs.cores()
        portions = jobs.divide([jobs.Item(path, name, orders[name]) for path, name in files], wanted)
        if wanted < 2 or len(portions) < 2:
            return False
        import tempfile

        keeps_hidden = self._gate is not None
        # Documents that cannot be read again lie in this folder until all have been compared.
        self._spools = tempfile.TemporaryDirectory(prefix="corpus-lint-")
        given = (settings, self._fix, named, numpy, self._identified, keeps_hidden, self._spools.name)
        for part in jobs.run(portions, min(wanted, len(portions)), make_worker, given):
            if isinstance(part, jobs.Dead):
                message = "the process that linted it was killed or crashed; lint it alone, or leave it out"
                self._outcome.failures.append(Failure(part.item.name, 0, message))
            else:
                self._outcome.add(part.outcome)
                self._linter.comparison.take(part.taken)
                self._linter.passed(sum(part.taken.places.columns[2]))
        return True

    def _compare(self, files: Sequence[tuple[str, str]]) -> None:
        comparison, sieve = self._linter.comparison, self._linter.sieve
        given = {os.path.realpath(place) for file in files for place in file}
        for subject, results in (
            ("repeated passages", comparison.repeats(given, self._folders)),
            ("common lines", comparison.common_lines()),
        ):
            try:
                for result in results:
                    sieve.report([result])
            except (RuleError, OSError) as error:
                self._outcome.failures.append(Failure(subject, 0, str(error)))


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
    from .jobs import Part

    rules = packs.make(
        packs.load(settings.packs, settings.rule, deferred=True), settings.select, settings.ignore, settings.rules
    )
    engine = Engine(rules)

    def lint(items: Sequence[Item]) -> Part:
        spool = os.path.join(folder, str(items[0].order))
        linter = Linter(
            engine, settings, fix=fix, identified=identified, keeps_hidden=keeps_hidden, spool=spool, numpy=numpy
        )
        for item in items:
            linter.file(item.path, item.name, is_named=item.path in named)
        linter.flush()
        expressions.keep()
        return Part(linter.outcome, linter.comparison.taken)

    return lint


def _size(file: tuple[str, str]) -> int:
    """Bytes of a file, given by its path and its name; 0 for one that cannot be asked."""
    return os.path.getsize(file[0]) if os.path.isfile(file[0]) else 0
