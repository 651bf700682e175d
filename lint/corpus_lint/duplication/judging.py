"""Judging: telling what all documents of a run show when they are compared."""

from __future__ import annotations

from ..engine import RuleError
from ..outcome import Failure, Outcome

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ..engine import Result
    from ..sieve import Sieve
    from .comparison import Comparison
    from .pairing import Rows
    from .standing import Standing

REPEATED = "repeated passages"
"""What a failure in the search for them is told of."""


def compare(
    comparison: Comparison,
    sieve: Sieve,
    outcome: Outcome,
    given: set[str],
    folders: Sequence[str],
    mend: Callable[[Iterable[Result]], Iterable[Result]] | None = None,
    *,
    processes: int = 1,
    standing: Standing | None = None,
) -> None:
    """Tell what is found about documents that are compared.

    Args:
        comparison: the documents.
        sieve: what decides which findings count.
        outcome: where failures are told.
        given: as in `Comparison.matching`.
        folders: likewise.
        mend: mends common lines in the files where that is wanted, and gives what is left.
        processes: how many processes may be used.
        standing: what an earlier run has found, and where this run's findings are put as well.
    """
    try:
        _match(comparison, sieve, outcome, given, folders, processes, standing)
    except (RuleError, OSError) as error:
        outcome.failures.append(Failure(REPEATED, 0, str(error)))
    common: Iterable[Result] = comparison.common_lines()
    try:
        for result in common if mend is None else mend(common):
            sieve.report([result])
    except (RuleError, OSError) as error:
        outcome.failures.append(Failure("common lines", 0, str(error)))


def _match(
    comparison: Comparison,
    sieve: Sieve,
    outcome: Outcome,
    given: set[str],
    folders: Sequence[str],
    processes: int,
    standing: Standing | None,
) -> None:
    """Tell what is found about text that stands twice."""
    matching = comparison.matching(given, folders)
    if matching is None:
        return
    for result in comparison.check(matching.duplicates()):
        sieve.report_pending(result)

    def judge(part: int) -> list[tuple[str, Outcome]]:
        every: list[tuple[str, Outcome]] = []
        own = sieve
        try:
            for repeat in matching.part(part):
                source = repeat.document.source
                name = source.name if source is not None else ""
                if not every or every[-1][0] != name:
                    every.append((name, Outcome()))
                    own = sieve.into(every[-1][1])
                for result in comparison.check([repeat]):
                    own.report_pending(result)
        except (RuleError, OSError) as error:
            every.append(("", Outcome()))
            every[-1][1].failures.append(Failure(REPEATED, 0, str(error)))
        return every

    def apart() -> None:
        matching.apart()
        comparison.apart()

    from .matching import LITTLE, LITTLE_ROWS, done

    def share(weights: Sequence[int], work: Callable[[int], list[Rows]]) -> Iterator[list[Rows]]:
        return done(weights, processes, work, little=LITTLE_ROWS)

    parts = matching.bring_together(share, processes, standing.wanted if standing is not None else None)
    weights = [matching.weight(part) for part in range(parts)]
    for every in done(weights, processes, judge, apart, little=LITTLE):
        for name, found in every:
            if standing is None or found.failures:
                outcome.add(found)
            else:
                standing.add(name, found)
        if any(found.failures for _, found in every):
            break
    if standing is not None:
        for found in standing.all():
            outcome.add(found)
