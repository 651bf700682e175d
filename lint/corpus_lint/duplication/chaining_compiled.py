"""Chaining by compiled loops: what `chaining` finds in the leads of a text, where there is much text."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from .folded_text import Passage, Text
from .native_passages import chaining_loops

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from .folds import Folds
    from .leads import Lead
    from .leads_numpy import Table
    from .loops import Round


def passages(
    leads: Collection[Lead],
    number: int,
    rounds: Sequence[Round] | None,
    folds: Folds,
    texts: Callable[[int], Text],
    shortest: int,
) -> list[tuple[Passage, Text]] | None:
    """The passages that a document shares with others, each with the text that has the earlier copy.

    Args:
        leads: what `leads_numpy` gives.
        number: the document's number.
        rounds: its loops, where the leads are those within it; None where they lead to other documents.
        folds: the folded texts.
        texts: gives a document's text by its number.
        shortest: least weight of a passage.

    Returns:
        None where there are no compiled loops, or the texts are not together: then `chaining` finds them.
    """
    import numpy as np

    loops, codes = chaining_loops(), folds.whole
    own = folds.place(number)
    if loops is None or codes is None or own is None:
        return None
    if not leads:
        return []
    table = cast("Table", leads)
    if rounds:
        table = table.outside(rounds)
    is_one = rounds is not None
    places = table.places.tolist()

    def text(which: int) -> Text:
        return texts(number if is_one or which < 0 else places[which])

    def breaks(which: int) -> Sequence[int]:
        return text(which).breaks()

    columns = np.ascontiguousarray(table.columns)
    found = loops.passages(codes, columns, np.ascontiguousarray(table.bounds), own, breaks, is_one, shortest)
    return [(Passage(*row[:5]), text(row[5])) for row in found]
