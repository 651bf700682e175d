"""A run: from paths to diagnostics and fixed files. It reads, checks, gates and fixes; it prints nothing."""

from __future__ import annotations

import os
from itertools import chain, islice

from . import expressions, jobs, packs
from .discover import STANDARD_INPUT, discover
from .duplication.judging import compare
from .engine import Engine
from .finding import Applicability
from .jobs import Item
from .linting import Linter
from .options import ConfigurationError
from .outcome import Failure, Outcome, affected
from .taking import Taking

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from .config import Settings
    from .diagnostic import Diagnostic
    from .duplication.shelf import Places
    from .duplication.standing import Standing
    from .gate import Gate
    from .jobs import Part
    from .memory.results import Results
    from .mending import Fixing
    from .rule import Rule
    from .scratch import Scratch

PARALLEL_WORTHWHILE = 8_000_000
"""Bytes of files from which several processes are worth their start."""
CACHE_WORTHWHILE = 1_000_000
"""Bytes of files from which results are kept and looked up: less is linted in the same time."""


def run(
    paths: Sequence[str],
    settings: Settings,
    *,
    fix: Fixing | None = None,
    stdin_name: str = STANDARD_INPUT,
    progress: Callable[[int], None] | None = None,
    gate: Gate | None = None,
    identified: bool = True,
    reports: Iterable[str] = (),
) -> Outcome:
    """Lint the paths, and fix them when asked to.

    Args:
        paths: files, folders, or ``-``.
        settings: the configuration.
        fix: None finds only.
        stdin_name: what standard input is called.
        progress: as for `Run`.
        gate: what the findings are held against.
        identified: whether the findings' fingerprints are wanted; a gate wants them anyway.
        reports: files that reports are written to. They quote the corpus, and are left out when they lie in it.

    Raises:
        ConfigurationError: the rules cannot be made as configured, or the gate's file or revision cannot be used.
    """
    classes, rules = packs.choose(settings)
    lint = Run(rules, settings, fix, progress, gate, identified=identified or gate is not None)
    lint.files(lint.choose(paths, stdin_name, reports), set(paths))
    conclude(lint.outcome, settings, classes, gate)
    expressions.keep()
    return lint.outcome


def conclude(outcome: Outcome, settings: Settings, classes: Sequence[type[Rule]], gate: Gate | None) -> None:
    """Hold what was found against the gate, and say whether it fails the run.

    Args:
        outcome: what was found, and the rules that were used.
        settings: the configuration.
        classes: all rules that there are.
        gate: what the findings are held against.

    Raises:
        ConfigurationError: the gate's file or revision cannot be used.
    """
    rules = outcome.rules
    outcome.fail_unread()
    if gate is not None:

        def relint(copies: Sequence[tuple[str, str]]) -> list[Diagnostic]:
            again = Run(rules, settings, None, None, gate)
            again.files(copies, {path for path, _ in copies})
            return again.outcome.diagnostics

        gate.apply(outcome, {rule.code for rule in rules}, {rule.code for rule in classes}, relint)
    outcome.affected = affected(outcome.diagnostics)
    if outcome.diagnostics or settings.max_share:
        from .gate import fails, make_budgets

        outcome.budgets = make_budgets(outcome, settings)
        outcome.fails = fails(outcome, settings)


class Run:
    """Files linted by some rules, in one process or in several, and their documents compared.

    Attributes:
        outcome: what was found and done.
    """

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
        """Nothing is read yet.

        Args:
            rules: what to look for.
            settings: the configuration.
            fix: None finds only.
            progress: called now and then with the number of bytes read; if it can ``say`` something, it is told what
                else takes seconds.
            gate: what the findings are to be held against.
            identified: whether the findings' fingerprints are wanted.
        """
        self._settings = settings
        self._fix = fix
        self._gate = gate
        self._identified = identified
        self._rules = rules
        self._progress = progress
        self._say: Callable[[str], None] | None = getattr(progress, "say", None)
        self.outcome = Outcome()
        self.outcome.rules = list(rules)
        self._folders: list[str] = []
        self._spools: Scratch | None = None
        self._standing: Standing | None = None

    def choose(
        self, paths: Sequence[str], stdin_name: str = STANDARD_INPUT, reports: Iterable[str] = ()
    ) -> list[tuple[str, str]]:
        """The files under the paths, each with the name that it goes by; what is left out is told in the outcome.

        Raises:
            ConfigurationError: the folder that they are to be held against is not there.
        """
        settings, outcome = self._settings, self.outcome
        if settings.against and not os.path.isdir(settings.against):
            raise ConfigurationError(f"against: {settings.against} is no folder; name that of the whole corpus")
        own = set(map(os.path.realpath, reports))
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
            elif own and os.path.realpath(item.path) in own:
                outcome.skipped["a report"] += 1
            elif item.failed:
                outcome.failures.append(Failure(item.path, 0, item.failed))
            else:
                chosen.append((item.path, stdin_name if item.path == STANDARD_INPUT else item.path))
        return chosen

    def files(self, files: Sequence[tuple[str, str]], named: set[str]) -> None:
        """Lint files, each given by its path and by the name that it goes by; those named must be texts."""
        items = [Item(path, name, order, _size(path)) for order, (path, name) in enumerate(files)]
        size = sum(item.size for item in items)
        results = None
        if self._fix is None and self._settings.cache and size >= CACHE_WORTHWHILE:
            from .memory.results import look_up

            results = look_up(self._settings, items, named, self._identified, self._gate is not None)
        found = self._lint(items, named, size) if results is None else self._look_up(results, items, named, size)
        self.outcome.add(found)
        self.outcome.standard_input = found.standard_input

    def apart(self, files: Sequence[tuple[str, str]], named: set[str], folder: str, texts: str) -> Places:
        """Lint files as `files` does, but leave the comparison of documents to another run.

        Args:
            files: path and name of each.
            named: paths that the user named.
            folder: where the other run will find what it needs for that.
            texts: a folder there, for documents that cannot be read again from their files.

        Returns:
            Where the documents are.
        """
        from .portions import Task, make_worker

        items = [Item(path, name, order, _size(path)) for order, (path, name) in enumerate(files)]
        engine = Engine(self._rules, say=self._say)
        linter = Linter(engine, self._settings, progress=self._progress, numpy=True, folder=folder)
        task = Task(
            self._settings,
            fix=None,
            named=named,
            numpy=True,
            identified=True,
            keeps_hidden=True,
            folder=texts,
            is_parted=False,
            is_lasting=True,
        )
        taking = Taking(linter, named)
        processes, portions = self._divided([items], taking)
        parts: Iterable[Part | jobs.Dead]
        if processes < 2:
            parts = map(make_worker(task, engine), portions)
        else:
            parts = jobs.run(portions, processes, make_worker, (task,))
        for part in parts:
            taking.take(part)
        self.outcome.add(linter.outcome)
        return linter.comparison.save()

    def _look_up(self, results: Results, items: Sequence[Item], named: set[str], size: int) -> Outcome:
        # With what the rest of the corpus has, the outcome depends on files that nobody has looked up.
        is_alone = not self._settings.against
        found: Outcome | None = None
        try:
            found = results.whole() if is_alone else None
            found = found or self._lint(items, named, size, results)
        finally:
            results.finish(found if is_alone else None, self._standing if is_alone else None)
        return found

    def _lint(self, items: Sequence[Item], named: set[str], size: int, results: Results | None = None) -> Outcome:
        engine, keeps_hidden = Engine(self._rules, say=self._say), self._gate is not None
        linter = Linter(
            engine,
            self._settings,
            fix=self._fix,
            progress=self._progress,
            identified=self._identified,
            keeps_hidden=keeps_hidden,
        )
        numpy = linter.choose_numpy(size)
        if self._fix is not None and self._fix.writes:
            from .writing import clean

            for folder in {
                os.path.dirname(os.path.realpath(item.path)) for item in items if item.path != STANDARD_INPUT
            }:
                clean(folder)
        taking = Taking(linter, named, results)
        processes, portions = self._divided([items] if results is None else results.unknown(), taking)
        is_alone = processes < 2
        if results is None and is_alone:
            for item in items:
                linter.file(item.path, item.name, is_named=item.path in named)
            linter.flush()
        else:
            from .duplication import freight
            from .duplication.standing import Standing
            from .ending import heed_requests
            from .portions import Task, here, make_worker, warm
            from .scratch import Scratch

            heed_requests()
            # Documents that cannot be read again lie in this folder until all have been compared.
            self._spools = Scratch()
            task = Task(
                self._settings,
                self._fix,
                named,
                numpy,
                self._identified,
                keeps_hidden,
                self._spools.name,
                is_parted=results is not None,
                is_shared=not is_alone and freight.IS_POSSIBLE,
            )
            if task.is_shared:
                linter.comparison.share(self._spools.name)
            parts: Iterable[Part | jobs.Dead | Item]
            if is_alone:
                parts = here(portions, task, engine)
            else:
                if jobs.FORKS and numpy:
                    warm(engine)
                parts = jobs.run(portions, processes, make_worker, (task, engine) if jobs.FORKS else (task,))
            for part in parts if results is None else results.merged(parts, linter.reader, numpy=numpy):
                taking.take(part)
            if results is not None and not self._settings.against:
                self._standing = Standing(taking.files, results.earlier())
        self._compare(linter, items)
        put_in_order(linter.outcome, [item.name for item in items])
        return linter.outcome

    def _processes(self, items: Sequence[Item]) -> int:
        """In how many processes files are to be linted."""
        wanted = self._settings.jobs
        if wanted == 1 or any(item.path == STANDARD_INPUT for item in items):
            return 1
        if not wanted and sum(item.size for item in items) < PARALLEL_WORTHWHILE:
            return 1
        wanted = wanted or jobs.cores()
        return min(wanted, jobs.at_most(items))

    def _divided(self, stretches: Sequence[Sequence[Item]], taking: Taking) -> tuple[int, Iterable[list[Item]]]:
        """In how many processes files are to be linted, and in which portions."""
        processes = self._processes([item for stretch in stretches for item in stretch])
        cut = taking.cut if processes > 1 and self._fix is None else None
        divided = (portion for stretch in stretches for portion in jobs.divide(stretch, processes, cut))
        # Whether there are several shows only when they are made.
        first = list(islice(divided, 2))
        return processes if len(first) > 1 else 1, chain(first, divided)

    def _compare(self, linter: Linter, items: Sequence[Item]) -> None:
        places = {place for item in items for place in (item.path, item.name)} if self._settings.against else set()
        mend = None
        if self._fix is not None and self._fix.applicability is Applicability.UNSAFE:
            from .second_look import SecondLook

            paths = {item.name: item.path for item in items}
            mend = SecondLook(linter, paths, writes=self._fix.writes).mend
        given = {os.path.realpath(place) for place in places}
        processes = self._processes(items)
        compare(
            linter.comparison,
            linter.sieve,
            linter.outcome,
            given,
            self._folders,
            mend,
            processes=processes,
            standing=self._standing,
        )


def put_in_order(outcome: Outcome, names: Sequence[str]) -> None:
    """Sort what was found by file, in the order of the names, and by place."""
    orders = {name: order for order, name in enumerate(names)}

    def place(diagnostic: Diagnostic) -> tuple[int, int, int, str]:
        found = diagnostic.place
        return orders.get(found.filename, 0), found.line, found.column, diagnostic.code

    outcome.diagnostics.sort(key=place)
    outcome.hidden.sort(key=place)
    outcome.changes.sort(key=lambda change: orders.get(change.filename, 0))
    outcome.textless.sort(key=lambda failure: orders.get(failure.filename, 0))
    outcome.failures.sort(key=lambda failure: orders.get(failure.filename, len(orders)))


def _size(path: str) -> int:
    """Bytes of a file; 0 for one that cannot be asked."""
    try:
        status = os.stat(path)
    except OSError:
        return 0
    return status.st_size if status.st_mode & 0o170000 == 0o100000 else 0
