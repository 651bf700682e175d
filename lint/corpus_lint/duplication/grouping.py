"""Grouping: which fingerprints of a document stand elsewhere, too, and where.

This is the plain way for little text; `pairing` finds the same in much.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from ..named_tuple import NamedTuple
from .alignment import ALIKE_GAP
from .winnowing import LONG_GRAM, WINDOW

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .winnowing import Sketch

PLACES = 3
"""With how many of the first earlier documents that have a fingerprint a document is compared, besides the nearest."""
REACH = ALIKE_GAP + LONG_GRAM + WINDOW
"""Folded characters from one hit to the next of the same passage, at most."""
GRID = 2 * REACH
"""Hits lead to the same neighbourhood when their distances to their copies differ by less than half of this."""
LONGEST = 5000
"""Folded characters of one copy in a loop, at most."""


class Hit(NamedTuple):
    """A fingerprint of a document that stands elsewhere, too.

    ``places`` are documents and positions in them, best first. Where a document repeats itself, they have 0 for the
    first place in the document and 1 for the last before this.
    """

    position: int
    places: tuple[tuple[int, int], ...]


class Hits(NamedTuple):
    """What of a document stands earlier in itself (``within``) and in earlier documents (``across``), by position."""

    document: int
    within: list[Hit]
    across: list[Hit]


def hits(sketches: Sequence[Sketch], common: int) -> Iterator[Hits]:
    """The hits of every document that has any, in order of the documents.

    Args:
        sketches: all sketches, in order.
        common: fingerprints that more documents have than this are left out, but for documents that are made of such.
    """
    holders: dict[int, dict[int, tuple[int, int]]] = {}
    """For each key its documents in order, each with the first and (so far) the last position in it."""
    prints: list[tuple[int, int, int]] = []
    for sketch in sketches:
        prints += zip(sketch.keys, sketch.documents, sketch.positions, strict=True)
    shared_by = Counter(key for key, _ in {(key, document) for key, document, _ in prints})
    totals = Counter(document for _, document, _ in prints)
    frequent = Counter(document for key, document, _ in prints if shared_by[key] > common)
    within: dict[int, list[Hit]] = {}
    across: dict[int, list[Hit]] = {}
    for key, document, position in prints:
        places = holders.setdefault(key, {})
        known = places.get(document)
        if known is not None:
            first, last = known
            own = ((0, first),) if first == last else ((0, first), (1, last))
            within.setdefault(document, []).append(Hit(position, own))
        places[document] = (position if known is None else known[0], position)
        if len(places) > 1 and (shared_by[key] <= common or 2 * frequent[document] >= totals[document]):
            chosen = list(islice(places, min(PLACES, len(places) - 1)))
            if len(places) > PLACES + 1:
                chosen.append(next(islice(reversed(places), 1, None)))
            found = tuple((number, places[number][0]) for number in chosen)
            across.setdefault(document, []).append(Hit(position, found))
    for document in totals:
        if document in within or document in across:
            yield Hits(document, within.get(document, []), across.get(document, []))
