"""Portions of a run: what lints some of its files by itself, here or in a process of its own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from . import expressions, packs
from .duplication import freight
from .engine import Engine
from .jobs import Item, Part
from .linting import Linter
from .named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from .config import Settings
    from .duplication.comparison import Taken
    from .mending import Fixing

LARGE = 1 << 25
"""Bytes of a file that is larger than a portion should be."""


class Task(NamedTuple):
    """What is to be done with portions.

    Attributes:
        settings: the configuration.
        fix: None finds only.
        named: paths that the user named.
        numpy: whether numpy is used from the beginning.
        identified: whether the findings' fingerprints are wanted.
        keeps_hidden: whether findings that are not sure enough are kept apart.
        folder: where documents go that cannot be read again.
        is_parted: whether the part of each file is to be known.
        is_lasting: whether another run is to compare the documents, with those of other runs.
        is_shared: whether what is large is handed over through files in the folder.
    """

    settings: Settings
    fix: Fixing | None
    named: set[str]
    numpy: bool
    identified: bool
    keeps_hidden: bool
    folder: str
    is_parted: bool
    is_lasting: bool = False
    is_shared: bool = False


def make_worker(task: Task, engine: Engine | None = None) -> Callable[[Sequence[Item]], Part]:
    """What lints portions; a process of its own makes its own engine."""
    settings = task.settings
    if engine is None:
        _, rules = packs.choose(settings)
        engine = Engine(rules)

    loading = freight.Loading(task.folder) if task.is_shared else None

    def taken(linter: Linter, *, rows: bool) -> Taken:
        found = linter.comparison.taken
        if loading is None:
            return found
        sketches, cargo = loading.put(found.sketches, rows=rows)
        return found._replace(sketches=sketches, freight=cargo)

    def lint(items: Sequence[Item]) -> Part:
        piece = items[0].piece
        number = f"{items[0].order}-{piece.number}" if piece else str(items[0].order)
        linter = Linter(
            engine,
            settings,
            fix=task.fix,
            identified=task.identified,
            keeps_hidden=task.keeps_hidden,
            spool=os.path.join(task.folder, number),
            keeps_texts=task.is_parted and piece is None and not is_large(items),
            is_lasting=task.is_lasting,
            numpy=task.numpy,
        )
        if piece is not None:
            end = linter.piece(items[0].path, items[0].name, piece)
            linter.flush()
            return Part(linter.outcome, taken(linter, rows=True), ends=[(items[0], end)])
        if task.is_parted:
            from .memory import parts

            reads = parts.lint(linter, items, task.named)
        else:
            reads = []
            for item in items:
                linter.file(item.path, item.name, is_named=item.path in task.named)
        linter.flush()
        expressions.keep()
        # What is kept of each file has its fingerprints.
        found = taken(linter, rows=not task.is_parted)
        return Part(linter.outcome, found, reads, linter.sieve.held_back if task.is_parted else {})

    return lint


def warm(engine: Engine) -> None:
    """Load what all processes need for much text, before they are forked: once, and into memory that they share."""
    from .document import Document
    from .duplication import duplicates, loops, winnowing

    document = Document("\n")
    engine.load()
    looked_up = engine.look_up([document])
    engine.check([document], looked_up)
    sketch = winnowing.sketch_looked_up(looked_up, [1], 0)
    duplicates.wholes(sketch)
    loops.runs([sketch])


def here(portions: Iterable[Sequence[Item]], task: Task, engine: Engine) -> Iterator[Part | Item]:
    """What becomes of portions in this process: a part, or a file that is too large for one."""
    lint = make_worker(task, engine)
    for portion in portions:
        yield portion[0] if is_large(portion) else lint(portion)


def is_large(portion: Sequence[Item]) -> bool:
    """Whether a portion is one large file."""
    return len(portion) == 1 and portion[0].size > LARGE
