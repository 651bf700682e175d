"""Chaining: from the equal stretches that a text shares with others to the passages that it shares with them.

Stretches that follow each other in both texts are a chain, which is judged on the text (`alignment`). Of
what several texts have, the one that has most of it is told of, the earliest where they have as much.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from typing import TYPE_CHECKING

from ..named_tuple import NamedTuple
from .alignment import ALIKE_GAP, GAP, Growth, confirm, self_similar, too_little
from .extension import alike
from .folded_text import Passage, Stretch, Text
from .grouping import REACH
from .leads import ALONE
from .winnowing import SHORT_GRAM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from .leads import Lead

RIVAL = 0.8
"""A text is a rival for a passage if it has as much of the longest chain in equal stretches."""
MANY = 8
"""When so many chains overlap, the text may be a loop or a table, of which everything is like everything."""


class Chain(NamedTuple):
    """Equal stretches of the text and the one at ``place``, in the order of both and without overlap.

    Attributes:
        place: as for a lead.
        stretches: what is equal.
        start: where it begins in the later text.
        end: where it ends there.
        size: equal characters.
        growth: how it goes on at its ends, where that is known.
    """

    place: int
    stretches: list[Stretch]
    start: int
    end: int
    size: int
    growth: Growth | None = None

    @classmethod
    def of(cls, place: int, stretches: list[Stretch]) -> Chain:
        """The chain of some stretches."""
        size = 0
        for stretch in stretches:
            size += stretch.length
        last = stretches[-1]
        return cls(place, stretches, stretches[0].later, last.later + last.length, size)


def chains(later: Text, earlier: Callable[[int], Text], leads: Iterable[Lead], shortest: int) -> list[Chain]:
    """The chains of a text, by start.

    Args:
        later: the text.
        earlier: gives the text of a place; ``later`` itself for what the text repeats of itself.
        leads: what is equal, in order.
        shortest: least weight of a passage.
    """
    by_place: defaultdict[int, defaultdict[int, list[Lead]]] = defaultdict(lambda: defaultdict(list))
    found: list[Chain] = []
    for lead in leads:
        start, place, stretch, _, group = lead
        if group == ALONE:
            found.append(Chain(place, [stretch], start, start + stretch.length, stretch.length))
        else:
            by_place[place][group].append(lead)
    for place, groups in by_place.items():
        other = earlier(place)
        for group_leads in groups.values():
            found += _chains(later, other, place, group_leads, shortest)
    found.sort(key=_order)
    return found


def passages(
    later: Text, earlier: Callable[[int], Text], chains: Sequence[Chain], shortest: int
) -> list[tuple[Passage, Text]]:
    """The passages that a text shares with others, in any order, each with the text that has the earlier copy.

    Args:
        later: the text.
        earlier: as for `chains`.
        chains: what that gives.
        shortest: least weight of a passage.
    """
    found = _Found([], [], [])
    cluster: list[Chain] = []
    end = 0
    for chain in chains:
        if chain.start >= end:
            _choose(later, earlier, cluster, shortest, found)
            cluster = []
        cluster.append(chain)
        end = max(end, chain.end)
    _choose(later, earlier, cluster, shortest, found)
    return found.passages


class _Found(NamedTuple):
    """Passages, each with the text that has the earlier copy; where they start and end in the later text, in order."""

    passages: list[tuple[Passage, Text]]
    starts: list[int]
    ends: list[int]

    def add(self, passage: Passage, text: Text) -> None:
        """One more."""
        self.passages.append((passage, text))
        insort(self.starts, passage.start)
        insort(self.ends, passage.end)

    def behind(self, start: int) -> list[tuple[int, int]]:
        """From where to where those are that end behind a place."""
        if not self.ends or self.ends[-1] <= start:
            return []
        return [(one.start, one.end) for one, _ in self.passages if one.end > start]

    def room(self, start: int, end: int, size: int) -> tuple[int, int]:
        """From where to where nothing is found around two places of a text of that size."""
        before, behind = bisect_right(self.ends, start), bisect_left(self.starts, end)
        return self.ends[before - 1] if before else 0, self.starts[behind] if behind < len(self.starts) else size


def _order(chain: Chain) -> tuple[int, int, int]:
    return chain.start, chain.place, chain.stretches[0].earlier


def _choose(
    later: Text,
    earlier: Callable[[int], Text],
    pending: list[Chain],
    shortest: int,
    found: _Found,
) -> None:
    """Add the passages of chains that overlap to those ``found``: what is longest, then what is left of the others."""
    if pending:
        pending = _left(later, pending, found.behind(pending[0].start), shortest)
    while pending:
        best, rivals = pending[0], pending
        if len(pending) > 1:
            best = min(pending, key=_size)
            rivals = sorted([chain for chain in pending if _is_rival(chain, best)], key=_place)
        chosen: list[Passage] = []
        used, other, most = best, later, 0.0
        for chain in rivals:
            low, high = found.room(chain.start, chain.end, len(later.folded))
            if chain.growth is not None and chain.growth.is_too_little(low, high):
                continue
            copy = earlier(chain.place)
            confirmed = confirm(later, copy, chain.stretches, shortest, low, high, chain.growth)
            if confirmed and (same := _same(confirmed)) > most:
                chosen, other, used, most = confirmed, copy, chain, same
        pending = [chain for chain in pending if chain is not used] if len(pending) > 1 else []
        for passage in chosen:
            found.add(passage, other)
        done = [(passage.start, passage.end) for passage in chosen]
        if len(pending) > MANY and not done and self_similar(later, best.start, best.end):
            done = [(best.start, best.end)]
        pending = _left(later, pending, done, shortest)


def _size(chain: Chain) -> tuple[int, int]:
    return -chain.size, chain.place


def _place(chain: Chain) -> int:
    return chain.place


def _is_rival(chain: Chain, best: Chain) -> bool:
    if chain.place > best.place or chain.size < RIVAL * best.size:
        return False
    return chain.start < best.end and chain.end > best.start


def _left(later: Text, chains: list[Chain], done: Sequence[tuple[int, int]], shortest: int) -> list[Chain]:
    """What of chains is left without some ranges of the text and says enough."""
    if not done or not chains:
        return chains
    first, last = min(done)[0], max([end for _, end in done])
    left: list[Chain] = []
    for chain in chains:
        if chain.end <= first or chain.start >= last:
            left.append(chain)
            continue
        for rest in _outside(chain.stretches, done):
            if rest is chain.stretches:
                left.append(chain)
            elif not too_little(later, rest, shortest):
                left.append(Chain.of(chain.place, rest))
    return left


def _same(passages: Sequence[Passage]) -> float:
    """How much of passages is the same in their copies."""
    same = 0.0
    for passage in passages:
        # Added up as compiled loops do; `sum` rounds otherwise.
        same += passage.similarity * (passage.end - passage.start)
    return same


def _outside(stretches: list[Stretch], done: Sequence[tuple[int, int]]) -> list[list[Stretch]]:
    """What is left of a chain without some ranges of the text: the parts of it before, between and behind them."""
    parts = [stretches]
    for start, end in done:
        cut: list[list[Stretch]] = []
        for part in parts:
            if part[-1].later + part[-1].length <= start or part[0].later >= end:
                cut.append(part)
                continue
            before = [_to(one, start) for one in part if one.later < start]
            behind = [_from(one, end) for one in part if one.later + one.length > end]
            cut += [kept for side in (before, behind) if (kept := [one for one in side if one.length >= SHORT_GRAM])]
        parts = cut
    return parts


def _to(stretch: Stretch, end: int) -> Stretch:
    """The part of a stretch before ``end``."""
    length = end - stretch.later
    return stretch if length >= stretch.length else Stretch(stretch.later, stretch.earlier, length)


def _from(stretch: Stretch, start: int) -> Stretch:
    """The part of a stretch from ``start`` on."""
    skipped = start - stretch.later
    if skipped <= 0:
        return stretch
    return Stretch(stretch.later + skipped, stretch.earlier + skipped, stretch.length - skipped)


def _chains(later: Text, earlier: Text, place: int, leads: list[Lead], shortest: int) -> list[Chain]:
    """The leads to one place in chains; those that say too little are left out."""
    found: list[Chain] = []
    is_one = later is earlier
    while leads:
        chain: list[Stretch] = []
        others: list[Lead] = []
        cut: list[Stretch] = []
        begin = end = copy_end = size = said = 0
        for number, lead in enumerate(leads):
            start, _, stretch, says, _ = lead
            _, copy, length = stretch
            skipped = 0
            if not chain:
                begin = start
            else:
                if start > end + REACH:
                    others += leads[number:]
                    break
                gap = copy - copy_end
                if gap > ALIKE_GAP or length + gap < SHORT_GRAM:
                    others.append(lead)
                    continue
                # Only what lies behind the others in both texts.
                if end > start or gap < 0:
                    skipped = max(end - start, -gap)
            left, least = length - skipped, SHORT_GRAM
            if is_one:
                # Copies in one text may touch, but not overlap.
                if left > (room := begin - copy - skipped):
                    left = room
                if least > start - copy:
                    least = start - copy
            if left < least or (chain and _apart(later, earlier, (end, copy_end), (start + skipped, copy + skipped))):
                if chain:
                    others.append(lead)
                continue
            if left < length:
                stretch = Stretch(start + skipped, copy + skipped, left)
                cut.append(stretch)
            else:
                said += says
            chain.append(stretch)
            size += left
            end, copy_end = start + skipped + left, copy + skipped + left
        if chain and (said >= shortest or _is_enough(later, cut, size, shortest, said)):
            found.append(Chain(place, chain, begin, end, size))
        leads = others
    return found


def _apart(later: Text, earlier: Text, ends: tuple[int, int], starts: tuple[int, int]) -> bool:
    """Whether what stands between two places of both texts, and two others, is too much for one passage."""
    (end, copy_end), (start, copy) = ends, starts
    gap = max(start - end, copy - copy_end)
    if gap <= GAP or gap > ALIKE_GAP:
        return gap > GAP
    return not alike(later.folded[end:start], earlier.folded[copy_end:copy])


def _is_enough(later: Text, stretches: list[Stretch], size: int, shortest: int, said: int) -> bool:
    """Whether stretches say as much as a chain must, with so much that others say, when all of them have ``size``."""
    if not 2 * size < shortest <= 9 * size:
        return 2 * size >= shortest
    return said + sum([later.evidence(one.later, one.later + one.length) for one in stretches]) >= shortest
