"""Loops: text that says the same again and again, found by fingerprints that come back at even distances.

A loop that comes round within a window of grams has one fingerprint twice in a row (`winnowing` keeps the
first and the last of such a run); a longer one has its fingerprints again and again. The text decides.
"""

from __future__ import annotations

from array import array
from itertools import pairwise
from typing import TYPE_CHECKING

from ..named_tuple import NamedTuple
from ..native import key_loops
from ..repeats import Loop
from .folded_text import common_prefix, common_suffix
from .winnowing import LONG_GRAM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .folded_text import Text
    from .winnowing import Sketch

COPIES = 3
"""From so many copies on a text is a loop; two of them are a passage that stands twice."""
_STOPS = "。！？!?；;…"


class Round(NamedTuple):
    """A stretch of folded text, ``start`` to ``end``, each character of which is the one ``period`` before it."""

    start: int
    end: int
    period: int

    @property
    def copies(self) -> int:
        """Whole copies in it."""
        return (self.end - self.start) // self.period


def runs(sketches: Iterable[Sketch]) -> Iterator[tuple[int, list[int]]]:
    """The documents in which neighbouring fingerprints are the same, by number, with where those begin."""
    for sketch in sketches:
        if len(sketch.keys) < 2:
            continue
        found: Iterable[tuple[int, int]]
        compiled = key_loops()
        if compiled is not None:
            places = array("I", compiled.neighbours(sketch.keys, sketch.documents))
            found = [(int(sketch.documents[place]), int(sketch.positions[place])) for place in places]
        elif sketch.is_much:
            import numpy as np

            keys, documents = np.asarray(sketch.keys), np.asarray(sketch.documents)
            equal = np.flatnonzero((keys[1:] == keys[:-1]) & (documents[1:] == documents[:-1]))
            found = zip(documents[equal].tolist(), np.asarray(sketch.positions)[equal].tolist(), strict=True)
        else:
            rows = zip(sketch.keys, sketch.documents, sketch.positions, strict=True)
            found = [(one[1], one[2]) for one, two in pairwise(rows) if one[:2] == two[:2]]
        grouped: dict[int, list[int]] = {}
        for number, position in found:
            grouped.setdefault(number, []).append(position)
        yield from grouped.items()


def rounds(folded: str, starts: Sequence[int], longer: Sequence[Round]) -> list[Round]:
    """The loops of a text, in order and without overlap.

    Args:
        folded: the folded text.
        starts: where a fingerprint stands that the next one equals.
        longer: what comes round less often, by its fingerprints.
    """
    found: list[Round] = []
    for position in starts:
        if not any(one.start <= position < one.end for one in found):
            period = _period(folded[position : position + LONG_GRAM])
            if period:
                found.append(_round(folded, position, position + period))
    for one in longer:
        inner = _period(folded[one.start : one.start + one.period])
        found.append(one._replace(period=inner) if inner else one)
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Round] = []
    for one in found:
        if one.copies >= COPIES and (not kept or one.start >= kept[-1].end - one.period):
            kept.append(one)
    return kept


def loop(text: Text, one: Round) -> Loop | None:
    """The loop on the text, from where a sentence or a line begins; None if too little is left of it."""
    start = _begin(text, one)
    copies = (one.end - start) // one.period
    if copies < COPIES:
        return None
    offsets = text.offsets
    end = start + copies * one.period
    # What the last copy has in common with the text behind is chance, unless the text is cut off there.
    is_cut = one.end > end and text.begins_line(one.end) and not _is_stopped(text, one.end)
    last = one.end if is_cut else end
    return Loop(
        text.document,
        offsets[start],
        offsets[start + one.period],
        offsets[start + one.period - 1] + 1,
        offsets[last - 1] + 1,
        copies,
        text.weight(start, start + one.period),
        is_cut,
    )


def _period(sample: str) -> int:
    """After how many characters a short text comes round again, at the latest after half of it; 0 if it does not."""
    period = (sample + sample).find(sample, 1)
    if period <= len(sample) // 2 and period < len(sample):
        return period
    for period in range(1, len(sample) // 2 + 1):
        if sample[period:] == sample[:-period]:
            return period
    return 0


def _round(folded: str, at: int, position: int) -> Round:
    """All that is the same around two places."""
    period = position - at
    back = common_suffix(folded, position, folded, at, at)
    length = common_prefix(folded, position, folded, at, len(folded))
    return Round(at - back, position + length, period)


def _begin(text: Text, one: Round) -> int:
    """Where the first copy begins: where a line does, else behind a stop, else behind any mark, else where it may."""
    offsets, raw = text.offsets, text.document.text
    best, best_rank = one.start, 0
    for place in range(one.start, min(one.start + one.period, one.end)):
        if place and offsets[place] - offsets[place - 1] <= 1:
            continue
        between = raw[offsets[place - 1] + 1 : offsets[place]] if place else "\n"
        if "\n" in between or "\r" in between:
            return place
        rank = 2 if any(mark in between for mark in _STOPS) else 1
        if rank > best_rank:
            best, best_rank = place, rank
    return best


def _is_stopped(text: Text, position: int) -> bool:
    """Whether a sentence ends before ``position``."""
    offsets, raw = text.offsets, text.document.text
    end = offsets[position] if position < len(offsets) else len(raw)
    return any(mark in _STOPS or mark == "." for mark in raw[offsets[position - 1] + 1 : end])
