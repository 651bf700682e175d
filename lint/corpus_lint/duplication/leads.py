"""Leads: equal stretches of two texts that may belong to a passage, found from fingerprints that stand in both.

Most grams that two texts share are phrases. A hit is looked at on the text when it is one of some that lead to the same
neighbourhood of the same text; what is equal around it is a lead when the equal stretches of such a neighbourhood say a
third of what a passage must. This is the plain way for little text; `leads_numpy` finds the same in much.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..named_tuple import NamedTuple
from .folded_text import Stretch, common_prefix, common_suffix, evidence
from .grouping import GRID, LONGEST, REACH
from .loops import COPIES, Round
from .winnowing import LONG_GRAM, SHORT_GRAM, WINDOW

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from .folded_text import Text
    from .grouping import Hit, Hits

SLACK = LONG_GRAM + 2 * (SHORT_GRAM + WINDOW - 1)
"""Folded characters of a loop, at most, before its first and behind its last hit."""


ALONE = -1


class Lead(NamedTuple):
    """All that is equal around a place in a document and one in ``place``; inside a document 0 or 1 for the slot.

    ``says`` is what it says for a passage, or the least that one must. Leads of different groups are in no chain
    together; one that is `ALONE` says enough for a chain, and no other can be in that.
    """

    start: int
    place: int
    stretch: Stretch
    says: int
    group: int = 0


class Leads(NamedTuple):
    """The leads of a document, in order, and its stretches that come round again and again."""

    document: int
    within: Collection[Lead]
    across: Collection[Lead]
    rounds: list[Round]


def find(hits: Hits, text: Callable[[int], Text], shortest: int, evidence: int) -> Leads:
    """The leads of one document.

    Args:
        hits: what of it stands elsewhere.
        text: gives a document's text by its number.
        shortest: least weight of a passage.
        evidence: so many hits must lead to one neighbourhood.
    """
    number = hits.document
    across = _leads(_near(hits.across, evidence), number, text, shortest)
    within = _leads(_near(hits.within, evidence), number, lambda _: text(number), shortest)
    return Leads(number, within, across, _rounds(hits.within, number, text))


def _near(hits: Sequence[Hit], evidence: int) -> list[Hit]:
    """The hits with those of their places to which enough hits lead."""
    rows = [(place, hit.position - at, hit.position, hit.position, 1) for hit in hits for place, at in hit.places]
    kept = iter(_heavy(rows, evidence))
    chosen = [hit._replace(places=tuple([place for place in hit.places if next(kept)])) for hit in hits]
    return [hit for hit in chosen if hit.places]


def _heavy(rows: Sequence[tuple[int, int, int, int, int]], least: int) -> list[bool]:
    """Which rows are in a neighbourhood of that weight: of place, distance, start, end and weight, by start."""
    kept = [False] * len(rows)
    for shift in (0, REACH):
        ends: dict[tuple[int, int], int] = {}
        chains: dict[tuple[int, int], list[int]] = {}
        done: list[list[int]] = []
        for number, (place, distance, start, end, _) in enumerate(rows):
            key = place, (distance + shift) // GRID
            if key not in chains or start - ends[key] > REACH:
                chains[key] = []
                done.append(chains[key])
            chains[key].append(number)
            ends[key] = end
        for chain in done:
            if sum(rows[number][4] for number in chain) >= least:
                for number in chain:
                    kept[number] = True
    return kept


def _leads(hits: Sequence[Hit], number: int, text: Callable[[int], Text], shortest: int) -> list[Lead]:
    if not hits:
        return []
    later = text(number).folded
    last: dict[tuple[int, int], Stretch] = {}
    found: set[tuple[int, int, Stretch]] = set()
    for position, places in hits:
        for place, at in places:
            known = last.get((place, position - at))
            if known is None or position >= known.later + known.length:
                earlier = text(place).folded
                back = common_suffix(later, position, earlier, at, position)
                length = back + common_prefix(later, position, earlier, at, len(later))
                known = last[place, position - at] = Stretch(position - back, at - back, length)
                if length >= SHORT_GRAM:
                    found.add((known.later, place, known))
    leads = [
        Lead(start, place, stretch, min(evidence(later[start : start + min(stretch.length, shortest)]), shortest))
        for start, place, stretch in sorted(found)
    ]
    rows = [(place, start - at, start, start + length, says) for start, place, (_, at, length), says, _ in leads]
    return [lead for lead, is_heavy in zip(leads, _heavy(rows, shortest), strict=True) if is_heavy]


def _rounds(hits: Sequence[Hit], number: int, text: Callable[[int], Text]) -> list[Round]:
    """The stretches of which each character is the one a certain distance before it, three times over at least."""
    spans: dict[int, tuple[int, int]] = {}
    for hit in hits:
        period = hit.position - hit.places[-1][1]
        spans[period] = (spans.get(period, (hit.position, 0))[0], hit.position)
    found: set[Round] = set()
    for hit in hits:
        at = hit.places[-1][1]
        period = hit.position - at
        first, last = spans[period]
        if period > LONGEST or last - first < (COPIES - 1) * period - SLACK:
            continue
        folded = text(number).folded
        back = common_suffix(folded, hit.position, folded, at, at)
        end = hit.position + common_prefix(folded, hit.position, folded, at, len(folded))
        one = Round(at - back, end, period)
        if one.copies >= COPIES:
            found.add(one)
    return sorted(found)
