"""Taking over what has become of portions: of files, of pieces of long files, and of those that killed a process."""

from __future__ import annotations

import time

from .jobs import Dead, Part, Read
from .outcome import Failure
from .splicing import CHANGED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .jobs import Item
    from .linting import Linter
    from .memory.results import Results
    from .memory.signature import Signature
    from .pieces import End


class Taking:
    """Puts what was made of portions, which come in order, into a linter."""

    def __init__(self, linter: Linter, named: set[str], results: Results | None = None) -> None:
        """Nothing has been taken.

        Args:
            linter: what everything is put into.
            named: paths that the user named.
            results: what is to know of the files that were linted.
        """
        self._linter = linter
        self._named = named
        self._results = results
        self._ends: list[End] = []
        """Those of the file that is in pieces now."""
        self.files: list[tuple[str, int]] = []
        """The names of the files in order, each with the number of its documents."""
        self._killers: set[int] = set()
        self._signed: dict[int, tuple[int, Signature]] = {}

    def cut(self, item: Item, size: Callable[[int], int]) -> Iterator[Item]:
        """The pieces of a file; none when it cannot be cut, or not be read: who lints it will tell.

        ``size`` says of how many bytes, about, a piece is to be that begins behind so many.
        """
        from .memory.signature import sign

        self._signed[item.order] = time.time_ns(), sign(item.path)
        try:
            for piece in self._linter.cut(item.path, item.name, size):
                yield item._replace(piece=piece)
        except OSError:
            return

    def take(self, part: Part | Dead | Item) -> None:
        """Take over what has become of a portion; a file that nothing was made of is linted."""
        if isinstance(part, Dead):
            self._dead(part.item)
        elif isinstance(part, Part):
            self._linter.outcome.add(part.outcome)
            self._linter.comparison.take(part.taken)
            self._count(part)
            self._linter.passed(part.taken.size)
            for item, end in part.ends:
                self._piece(item, end)
        elif self._results is not None:
            from .memory import parts

            reads = parts.lint(self._linter, [part], self._named)
            self._results.read(reads)
            self._linter.flush()
            self.files += [(read.item.name, read.begun) for read in reads]

    def _count(self, part: Part) -> None:
        """Count the documents of each file of a part."""
        if part.reads:
            self.files += [(read.item.name, read.begun) for read in part.reads]
        elif part.ends:
            places = part.taken.places
            self.files.append((part.ends[0][0].name, len(places.columns[0]) if places is not None else 0))
        else:
            self.files += [(reader.source.name, number) for number, reader in part.taken.promised]

    def _dead(self, item: Item) -> None:
        if item.order not in self._killers:
            message = "the process that linted it was killed or crashed; lint it alone, or leave it out"
            self._linter.outcome.failures.append(Failure(item.name, 0, message))
        self._killers.add(item.order)

    def _piece(self, item: Item, end: End) -> None:
        """Take over what a piece shows of its file, which is concluded when it is the last."""
        if not end.piece.number:
            self._ends = []
        self._ends.append(end)
        if not end.piece.is_last or item.order in self._killers:
            return
        from .memory.signature import digest, sign

        began, signature = self._signed[item.order]
        if sign(item.path) == signature:
            self._linter.rejoined(item.path, item.name, self._ends, is_named=item.path in self._named)
        else:
            self._linter.outcome.failures.append(Failure(item.name, 0, CHANGED))
        if self._results is not None:
            content = digest(item.path)
            is_same = sign(item.path) == signature
            self._results.read([Read(item, signature.trusted(began), content if is_same else b"", 0, 0, "", "", "")])
