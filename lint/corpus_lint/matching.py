"""Matching: the parts of a comparison judged by several processes, with the same outcome as by one.

The processes are forked when everything that all of them need has been brought together, and share its memory. Where
there is no forking, or a process dies, the parts are judged here.
"""

from __future__ import annotations

import sys
from collections import deque
from typing import TYPE_CHECKING

from .jobs import follow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from .outcome import Outcome

AHEAD = 2
"""Parts for each process that are begun before the first of them is taken: results wait in memory."""


def judged(parts: int, processes: int, judge: Callable[[int], Outcome], apart: Callable[[], None]) -> Iterator[Outcome]:
    """What becomes of each part, in order.

    Args:
        parts: how many there are.
        processes: how many processes may be used.
        judge: gives what is found in a part; it must not fail.
        apart: called once in each process of its own, before it judges.
    """
    processes = min(processes, parts)
    done = 0
    if processes > 1 and sys.platform == "linux":
        for outcome in _apart(parts, processes, judge, apart):
            yield outcome
            done += 1
    for part in range(done, parts):
        yield judge(part)


def _apart(parts: int, processes: int, judge: Callable[[int], Outcome], apart: Callable[[], None]) -> Iterator[Outcome]:
    """The same as long as no process dies."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    begun: deque[Future[Outcome]] = deque()
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(processes, context, _begin, (judge, apart))
    try:
        waiting = iter(range(parts))
        for part in waiting:
            begun.append(pool.submit(_work, part))
            if len(begun) == AHEAD * processes:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()
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
