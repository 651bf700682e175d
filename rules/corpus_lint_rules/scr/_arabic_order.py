"""In which order a line of Arabic presentation forms stands: as it is read, or as it stands on the screen, backwards.

Each form says by itself whether its letter joins the one before and the one behind, so that neighbours agree in one
order only: an initial form has a medial or final one behind it when the line stands as it is read.

Source: Unicode's character data (the tags ``<initial>``, ``<medial>``, ``<final>`` and ``<isolated>``).
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CLEAR = 4
"""How many times as often neighbours must contradict one order as they do the other."""
JOINS = {"<isolated>": (False, False), "<initial>": (False, True), "<medial>": (True, True), "<final>": (True, False)}
"""Whether the letter of a form joins the one before it and the one behind it, as it is read."""


class Order(Enum):
    """The order in which the letters of a line stand."""

    READ = "as it is read"
    BACKWARDS = "backwards"
    UNKNOWN = "not known"


def orders(lines: Mapping[int, str]) -> dict[int, Order]:
    """The order of each of some lines of a document; of one that does not show it, the order of all together."""
    shown = {key: _contradictions(line) for key, line in lines.items()}
    read, backwards = (sum(numbers) for numbers in zip(*shown.values(), strict=True)) if shown else (0, 0)
    return {key: _order(*(own if any(own) else (read, backwards))) for key, own in shown.items()}


def _order(read: int, backwards: int) -> Order:
    """The order that is left when so many neighbours contradict each."""
    if read * CLEAR < backwards:
        return Order.READ
    return Order.BACKWARDS if backwards * CLEAR < read else Order.UNKNOWN


def _contradictions(line: str) -> tuple[int, int]:
    """How many neighbours in a line contradict the order of reading, and how many contradict the opposite one."""
    read = backwards = 0
    letters = [joins for joins in map(_joins, f" {line} ") if joins != ()]
    for one, other in pairwise(letters):
        if one and other:
            read += one[1] != other[0]
            backwards += one[0] != other[1]
    return read, backwards


@lru_cache(maxsize=1024)
def _joins(character: str) -> tuple[bool, bool] | tuple[()] | None:
    """How a character joins its neighbours; nothing for a mark, which stands on a letter; None for what may join."""
    from unicodedata import combining, decomposition

    if combining(character):
        return ()
    tag = decomposition(character).partition(" ")[0]
    if tag in JOINS and "\ufb50" <= character <= "\ufefc":
        return JOINS[tag]
    return None if "\u0620" <= character <= "\u06d3" else (False, False)
