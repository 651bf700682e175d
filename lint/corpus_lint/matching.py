"""Matching: the parts of a comparison judged by several processes, with the same outcome as by one.

The processes are forked when everything that all of them need has been brought together, and share its memory. Where
there is no forking, or a process dies, the parts are judged here.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from .jobs import follow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future

    from .outcome import Outcome

LITTLE = 1 << 18
"""Weight of parts, in bytes of pairs of fingerprints, that are judged in less time than processes are forked in."""


def judged(
    weights: Sequence[int], processes: int, judge: Callable[[int], Outcome], apart: Callable[[], None]
) -> Iterator[Outcome]:
    """What becomes of each part, in order.

    Args:
        weights: how much there is to judge in each.
        processes: how many processes may be used.
        judge: gives what is found in a part; it must not fail.
        apart: called once in each process of its own, before it judges.
    """
    processes = min(processes, len(weights))
    done = 0
    if processes > 1 and sys.platform == "linux" and sum(weights) > LITTLE:
        for outcome in _apart(weights, processes, judge, apart):
            yield outcome
            done += 1
    for part in range(done, len(weights)):
        yield judge(part)


def _apart(
    weights: Sequence[int], processes: int, judge: Callable[[int], Outcome], apart: Callable[[], None]
) -> Iterator[Outcome]:
    """The same as long as no process dies."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    begun: dict[int, Future[Outcome]] = {}
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(processes, context, _begin, (judge, apart))
    try:
        # The heaviest first: at the end no process has much to do when the others have nothing.
        for part in sorted(range(len(weights)), key=weights.__getitem__, reverse=True):
            begun[part] = pool.submit(_work, part)
        for part in range(len(weights)):
            yield begun.pop(part).result()
    except BrokenProcessPool:
        return
    finally:
        pool.shutdown(cancel_futures=True)


_judge: Callable[[int], Outcome] | None = None
"""What this process judges parts with; None in the process that was started by the user."""


def _begin(judge: Callable[[int], Outcome], apart: Callable[[], None]) -> None:
    global _judge
    follow()
    apart()
    _judge = judge


def _work(part: int) -> Outcome:
    assert _judge is not None
    return _judge(part)
