"""Standing: what an earlier run has found by comparing documents, and what of it still stands.

What is found in a document depends on its text, on the earlier documents that have fingerprints of its own, and on how
many documents have each of these. So when some files have changed, only such documents are judged anew as have a
fingerprint in common with what the changed files say or said, each with all others of its file; what was found in the
others stands, and is where it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from .fingerprints import Columns

_SEEN_BITS = 20
"""Lower bits of a key by which keys are picked out that may be wanted; their table stays in the processor's cache."""


class Earlier:
    """What an earlier run has found, and how its files differ from those of this run."""

    def __init__(self, found: Mapping[str, Any], changed: Collection[str], lost: Sequence[bytes]) -> None:
        """An earlier run that had the files that both have in the same order.

        Args:
            found: by file, what `Standing.plain` gave.
            changed: files of this run that it did not have, or not so.
            lost: the keys of its files that this run does not have, or not so: 32 bits each.
        """
        self.found = found
        self.changed = changed
        self.lost = lost


class Standing:
    """What is found by comparing the documents of some files, by the file of the document that was judged."""

    def __init__(self, files: Sequence[tuple[str, int]], earlier: Earlier | None) -> None:
        """Nothing is found yet.

        Args:
            files: the names of the files, or of pieces of files, in order, each with the number of its documents.
            earlier: None when there is no earlier run.
        """
        self._files = files
        self._earlier = earlier
        self._kept: set[str] = set()
        self._found: dict[str, Outcome] = {}

    def wanted(self, columns: Callable[[], Columns], total: int) -> NDArray[np.bool_] | None:
        """Which documents are to be judged; None for all.

        Args:
            columns: gives the keys of all fingerprints and the documents that have them, some at a time.
            total: how many documents there are.
        """
        if self._earlier is None or total != sum(number for _, number in self._files):
            return None
        import numpy as np

        names = [name for name, _ in self._files]
        file_of = np.repeat(np.arange(len(names)), [number for _, number in self._files])
        judged = np.array([name in self._earlier.changed for name in names], np.bool_)
        is_new = judged[file_of]
        some = [np.frombuffer(keys, np.uint32) for keys in self._earlier.lost]
        some += [keys[is_new[documents]] for keys, documents in columns()]
        wanted = np.unique(np.concatenate([np.empty(0, np.uint32), *some]))
        low = np.uint32((1 << _SEEN_BITS) - 1)
        seen = np.zeros(1 << _SEEN_BITS, np.bool_)
        seen[wanted & low] = True
        for keys, documents in columns():
            rows = np.flatnonzero(seen[keys & low])
            judged[file_of[documents[rows[np.isin(keys[rows], wanted)]]]] = True
        self._kept = {name for name, is_judged in zip(names, judged.tolist(), strict=True) if not is_judged}
        return judged[file_of]

    def add(self, name: str, found: Outcome) -> None:
        """Add what was found in a document of that file."""
        self._found.setdefault(name, Outcome()).add(found)

    def all(self) -> Iterator[Outcome]:
        """What was found now or still stands, in order of the files."""
        # A file that was read in pieces is there with each of them.
        for name in dict.fromkeys(name for name, _ in self._files):
            if name in self._found:
                yield self._found[name]
            elif name in self._kept and self._earlier is not None and name in self._earlier.found:
                yield _outcome(self._earlier.found[name])

    def plain(self) -> dict[str, Any]:
        """The same by file, as what can be written down."""
        from ..memory.plain import plain

        earlier = self._earlier.found if self._earlier is not None else {}
        kept = {name: found for name, found in earlier.items() if name in self._kept}
        for name, found in self._found.items():
            diagnostics, hidden = (list(map(plain, some)) for some in (found.diagnostics, found.hidden))
            kept[name] = diagnostics, hidden, found.held_back
        return kept


def _outcome(plain: Any) -> Outcome:
    from ..memory.plain import diagnostic

    outcome = Outcome()
    diagnostics, hidden, outcome.held_back = plain
    outcome.diagnostics = list(map(diagnostic, diagnostics))
    outcome.hidden = list(map(diagnostic, hidden))
    return outcome
