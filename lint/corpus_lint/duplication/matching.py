"""Matching: the parts of a comparison done by several processes, with the same outcome as by one.

The processes are forked when everything that all of them need is there, and share its memory. Where there is no
forking, or a process dies, the parts are done here.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, TypeVar

from ..jobs import follow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future

LITTLE = 1 << 18
"""Weight of parts, in bytes of pairs of fingerprints, that are judged in less time than processes are forked in."""
LITTLE_ROWS = 1 << 23
"""Likewise, in bytes of rows of fingerprints, of which equal ones are brought together."""

T = TypeVar("T")


def done(
    weights: Sequence[int],
    processes: int,
    work: Callable[[int], T],
    apart: Callable[[], None] | None = None,
    *,
    little: int,
) -> Iterator[T]:
    """What becomes of each part, in order.

    Args:
        weights: how much there is to do in each.
        processes: how many processes may be used.
        work: does a part.
        apart: called once in each process of its own, before it does any.
        little: of so much in all parts together, all is done here.
    """
    processes = min(processes, len(weights))
    number = 0
    if processes > 1 and sys.platform == "linux" and sum(weights) > little:
        for one in _apart(weights, processes, work, apart):
            yield one
            number += 1
    for part in range(number, len(weights)):
        yield work(part)


def _apart(
    weights: Sequence[int], processes: int, work: Callable[[int], T], apart: Callable[[], None] | None
) -> Iterator[T]:
    """The same as long as no process dies."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    begun: dict[int, Future[T]] = {}
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(processes, context, _begin, (work, apart))
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


_do: Callable[[int], Any] | None = None
"""What this process does parts with; None in the process that was started by the user."""


def _begin(work: Callable[[int], Any], apart: Callable[[], None] | None) -> None:
    global _do
    follow()
    if apart is not None:
        apart()
    _do = work


def _work(part: int) -> Any:
    assert _do is not None
    return _do(part)
