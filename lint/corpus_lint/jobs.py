"""Jobs: a run's files linted by several processes, with the same outcome as by one.

The files are divided into portions of about as many bytes, a long one into pieces where it can be cut
(`corpus_lint.pieces`). A process reads the files of a portion for itself and gives back what it found and what the
comparison across documents needs: fingerprints, short lines, where the documents are. Portions are taken in order,
whichever is ready first, so that nothing depends on the number of processes. A process that dies takes the pool with it
(``concurrent.futures`` notices, unlike ``multiprocessing.Pool``): the portions that were being worked on are then done
file by file, so that the file that kills is known by name.
"""

from __future__ import annotations

import os
import sys
from collections import deque

from .named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Future, ProcessPoolExecutor
    from typing import Any

    from .duplication.comparison import Taken
    from .memory.signature import Signature
    from .outcome import Outcome
    from .pieces import End, Piece

FORKS = sys.platform == "linux"
"""Whether processes begin with all that their parent has, and can be given what cannot be sent."""

LEAST = 1 << 19
"""Bytes of a portion, at least: sending results to and fro costs as much as linting some 100 KB."""

MOST = 1 << 24
PORTIONS = 4
"""A portion is so small a part of each process's share of what is left: at the end all are done at about one time."""

AHEAD = 2
"""Portions for each process that are begun and not done."""

WAITING = 16
"""Portions for each process, at most, that are begun or done before the first of them is taken, which may take long."""


class Item(NamedTuple):
    """A file to lint, or a piece of one.

    Attributes:
        path: where it is.
        name: what it is called.
        order: its number in the run.
        size: its bytes, as far as they are known.
        piece: which piece of the file; None for all of it.
    """

    path: str
    name: str
    order: int
    size: int = 0
    piece: Piece | None = None


class Read(NamedTuple):
    """A file of a part, and what of the part is the file's.

    Attributes:
        item: the file.
        signature: what tells that it is unchanged.
        content: the digest of its bytes; empty when they have changed meanwhile.
        begun: documents that were read.
        documents: likewise, as they are counted when the file could be read to its end.
        skipped: why it was left out, if it was.
        textless: why no field of texts was found, if it was left out for that.
        guessed: its fields of texts, if they were guessed.
    """

    item: Item
    signature: Signature
    content: bytes
    begun: int
    documents: int
    skipped: str
    textless: str
    guessed: str


class Part(NamedTuple):
    """What was made of a portion: what was found, and what the comparison of all documents needs.

    When each file's part is to be kept, ``reads`` are the files in order, and ``held_back`` is how many findings of a
    file are not sure enough. ``ends`` say of pieces what concerns their files as a whole.
    """

    outcome: Outcome
    taken: Taken
    reads: Sequence[Read] = ()
    held_back: Mapping[str, int] = {}
    ends: Sequence[tuple[Item, End]] = ()


class Dead(NamedTuple):
    """A file that killed the process that linted it."""

    item: Item


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def divide(
    items: Sequence[Item], jobs: int, cut: Callable[[Item, Callable[[int], int]], Iterable[Item]] | None = None
) -> Iterator[list[Item]]:
    """The files in portions, in order, of fewer and fewer bytes: what is taken last is done soon.

    Args:
        items: the files.
        jobs: how many processes.
        cut: gives the pieces of a file that can be cut, of any other none; it is given what says of how many bytes,
            about, a piece is to be that begins behind so many.
    """
    left = sum(item.size for item in items)
    portion: list[Item] = []
    room = 0
    for item in items:
        is_cut = False
        if cut is not None and item.size > _portion(left, jobs):
            for piece in cut(item, lambda passed, left=left: _portion(left - passed, jobs)):  # type: ignore[misc]
                if portion:
                    yield portion
                    portion, room = [], 0
                yield [piece]
                is_cut = True
        if not is_cut:
            if item.size > room:
                if portion:
                    yield portion
                portion, room = [], _portion(left, jobs)
            portion.append(item)
            room -= item.size
        left -= item.size
    if portion:
        yield portion


def at_most(items: Sequence[Item]) -> int:
    """How many portions there can be."""
    return 1 + 2 * sum(item.size for item in items) // LEAST


def _portion(left: int, jobs: int) -> int:
    """Bytes of the next portion, about, when so many are left."""
    return min(max(left // (jobs * PORTIONS), LEAST), MOST)


def run(
    portions: Iterable[list[Item]], jobs: int, make: Callable[..., Any], given: Sequence[Any]
) -> Iterator[Part | Dead]:
    """What became of the portions, in order.

    Args:
        portions: the files; they are asked for as they are needed.
        jobs: how many processes.
        make: called once in each process with ``given``; gives the function that lints a portion.
        given: what is sent to the processes, or what they have when they are forked.
    """
    from concurrent.futures import FIRST_COMPLETED, wait
    from concurrent.futures.process import BrokenProcessPool

    source = iter(portions)
    waiting = next(source, None)
    begun: deque[tuple[list[Item], Future[Part]]] = deque()
    pool = _pool(jobs, make, given)
    try:
        while waiting or begun:
            try:
                undone = [future for _, future in begun if not future.done()]
                while waiting and len(undone) < AHEAD * jobs and len(begun) < WAITING * jobs:
                    begun.append((waiting, pool.submit(_work, waiting)))
                    undone.append(begun[-1][1])
                    waiting = next(source, None)
                if not begun[0][1].done():
                    wait(undone, return_when=FIRST_COMPLETED)
                    continue
                part = begun[0][1].result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                suspects = [portion for portion, future in begun if not _is_done(future)]
                for portion, future in begun:
                    if portion in suspects:
                        yield from _one_by_one(portion, make, given)
                    else:
                        yield future.result()
                begun.clear()
                pool = _pool(jobs, make, given)
            else:
                begun.popleft()
                yield part
    finally:
        # When all is done the processes are gone at once, before others are forked.
        pool.shutdown(wait=not begun, cancel_futures=True)


def _one_by_one(portion: Sequence[Item], make: Callable[..., Any], given: Sequence[Any]) -> Iterator[Part | Dead]:
    """What becomes of files, some of which may kill the process that lints them."""
    from concurrent.futures.process import BrokenProcessPool

    pool = _pool(1, make, given)
    try:
        for item in portion:
            try:
                yield pool.submit(_work, [item]).result()
            except BrokenProcessPool:
                yield Dead(item)
                pool.shutdown(wait=False)
                pool = _pool(1, make, given)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _is_done(future: Future[Part]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _pool(jobs: int, make: Callable[..., Any], given: Sequence[Any]) -> ProcessPoolExecutor:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # Short lines are known by Python's own hash, which is to be the same in all processes: a forked one has its
    # parent's, of others the seed is given.
    method = "fork" if FORKS else "spawn"
    if not FORKS:
        os.environ.setdefault("PYTHONHASHSEED", "0")
    return ProcessPoolExecutor(jobs, multiprocessing.get_context(method), _begin, (make, tuple(given)))


_lint: Callable[[Sequence[Item]], Part] | None = None
"""What this process lints with; None in the process that was started by the user."""


def follow() -> None:
    """Leave interruptions to the process that has started this one, and end when it is dead."""
    from multiprocessing import connection, parent_process
    from threading import Thread

    from .ending import leave_to_parent

    leave_to_parent()
    parent = parent_process()
    if parent is None:
        return

    def end() -> None:
        # Killed, it cannot say that there is nothing more to do, and its processes would wait for ever.
        connection.wait([parent.sentinel])
        os._exit(1)

    Thread(target=end, daemon=True).start()


def _begin(make: Callable[..., Any], given: tuple[Any, ...]) -> None:
    import gc

    global _lint
    follow()
    # What the parent has made stays: to look through it for garbage would copy its memory.
    gc.freeze()
    _lint = make(*given)


def _work(portion: Sequence[Item]) -> Part:
    assert _lint is not None
    return _lint(portion)
