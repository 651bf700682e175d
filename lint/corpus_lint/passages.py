"""Passages: text that stands twice, in a document or in two, found by fingerprints and confirmed on the text.

`sketch` and `match` are pure: the one makes the fingerprints of some documents (`corpus_lint.winnowing`), the other
brings the fingerprints of all together. The table between them (`corpus_lint.fingerprints`) has three columns and may
lie on disk, parted by key: an engine that groups by key can take the place of that without a change here. A later copy
is compared with the first earlier ones, so ten thousand copies of a page are linear work and each points at the first.

What is found: any stretch of at least `GUARANTEED` folded characters, and of at least the least weight asked for,
that also stands in an earlier document (or earlier in the same one). What is not: anything shorter than a gram of
`corpus_lint.winnowing`, a copy that overlaps the first one, text that repeats within itself (a loop, the rows of a
table), and what so many documents share that it is boilerplate. Where the parts of a stretch stand in many documents
each, those compared are the first `PLACES` and the nearest that have a fingerprint of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from functools import partial
from heapq import merge
from typing import TYPE_CHECKING

from . import duplicates, loops
from .alignment import ALIKE_GAP, GAP, confirm, join, too_little
from .extension import alike
from .fingerprints import Fingerprints
from .folded_text import Passage, Stretch, Text, common_prefix, common_suffix, differences, weight
from .grouping import REACH, Hit, Hits, group
from .named_tuple import NamedTuple
from .repeats import Duplicate, Loop, Repeat, Span
from .winnowing import GUARANTEED, SHORT_GRAM, WINDOW, Sketch, documents_repeating, sketch, sketch_looked_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from .document import Document
    from .look_up import LookedUp
    from .loops import Round

__all__ = ["GUARANTEED", "Sketch", "match", "repeats", "sketch"]

SHORTEST = 300
"""Least weight of a passage: 100 Han characters, or 300 letters."""
COMMON = 10
"""A passage that more documents share is boilerplate, unless it is most of the document."""

EVIDENCE = 4
"""Fingerprints near each other that must lead to one place, at most, before its text is looked at."""

_AHEAD = 16
_KEPT = 40_000_000
"""Folded characters that are kept, at two bytes each where they are Han."""
_WHOLE = 4_000_000
"""Folded characters of which the documents are kept, too, at 12 bytes each."""
_WHOLES = 16
"""Such documents, at most."""


def repeats(
    documents: Sequence[Document], shortest: int | None = SHORTEST, *, numpy: bool = False
) -> Iterator[Repeat | Loop | Duplicate]:
    """What stands twice in and between a few documents; the arguments are those of `sketch` and `match`."""
    columns = sketch(documents, 0, numpy=numpy)
    return match([columns], documents.__getitem__, shortest=shortest) if columns.may_repeat else iter(())


def repeats_alone(
    documents: Sequence[Document], shortest: int | None, looked_up: LookedUp | None
) -> Iterator[Repeat | Loop | Duplicate]:
    """What stands twice in each of many documents, as if it were the only one; the arguments are those of `repeats`.

    ``looked_up`` is what `corpus_lint.census.take` gave for the documents; None where they are few.
    """
    if looked_up is None:
        for document in documents:
            yield from repeats([document], shortest)
        return
    columns = sketch_looked_up(looked_up, [len(document.text) for document in documents], 0)
    for number in documents_repeating(columns):
        yield from repeats([documents[number]], shortest, numpy=True)


def match(
    sketches: Iterable[Sketch] | Fingerprints,
    load: Callable[[int], Document],
    *,
    shortest: int | None = SHORTEST,
    common: int = COMMON,
    known: int = 0,
) -> Iterator[Repeat | Loop | Duplicate]:
    """Whole documents that stand twice, then, by document, its loops, its own repeats and those of earlier documents.

    Args:
        sketches: all sketches, in the order of their documents.
        load: gives a document by its number; each is asked for once or, when it is an earlier copy, seldom again.
        shortest: least weight of a repeat: a letter counts one, a Han character three; None for no repeats.
        common: a passage that more documents than this share is left out, unless it is most of the document.
        known: so many of the first documents are only there to be repeated: nothing is said of themselves.
    """
    table = sketches if isinstance(sketches, Fingerprints) else Fingerprints(sketches)
    same = {later: earlier for later, earlier in table.alike().items() if later >= known}
    copies: set[int] = set()
    for duplicate, parts in duplicates.confirmed(same, table.total, load, numpy=table.is_numpy):
        copies.update(parts)
        yield duplicate
    matcher = _Matcher(load, SHORTEST if shortest is None else shortest, numpy=table.is_numpy)
    runs = {number: starts for number, starts in table.runs().items() if number not in copies}
    columns, totals = table.shared(copies)
    for number, within, across in merge(
        group(columns, common, totals), [Hits(number, [], []) for number in runs], key=_document
    ):
        if number < known:
            continue
        rounds = matcher.rounds(number, runs.pop(number, []), within)
        yield from matcher.loops(number, rounds)
        if shortest is not None:
            yield from matcher.within(number, _outside(within, rounds))
            yield from matcher.across(number, across)


class _Matcher:
    """Makes repeats of hits; keeps the texts that it is likely to need again."""

    def __init__(self, load: Callable[[int], Document], shortest: int, *, numpy: bool) -> None:
        self._load = load
        self._numpy = numpy
        self._shortest = shortest
        # A stretch of that weight has the fewest fingerprints when it is Han alone: one of every window of grams.
        self._evidence = min(max(2, (shortest // 3 - SHORT_GRAM + 1) // WINDOW - 1), EVIDENCE)
        self._texts: OrderedDict[int, Text] = OrderedDict()
        self._kept = 0
        self._whole: dict[int, Text] = {}
        """Those whose documents are at hand, by last use."""

    def rounds(self, number: int, starts: Sequence[int], hits: Sequence[Hit]) -> list[Round]:
        """The loops of one document, in its folded text."""
        return loops.rounds(self._text(number).folded, starts, hits) if starts or hits else []

    def loops(self, number: int, rounds: Sequence[Round]) -> Iterator[Loop]:
        """The same on the text."""
        for one in rounds:
            found = loops.loop(self._text(number), one)
            if found is not None:
                yield found

    def within(self, number: int, hits: list[Hit]) -> list[Repeat]:
        """The repeats inside one document."""
        if not hits:
            return []
        text = self._text(number)
        return self._repeats(lambda: text, lambda _: text, hits)

    def across(self, number: int, hits: list[Hit]) -> list[Repeat]:
        """What a document repeats of earlier documents."""
        return self._repeats(lambda: self._text(number), self._text, hits)

    def _text(self, number: int) -> Text:
        text = self._texts.get(number)
        if text is None:
            text = self._texts[number] = Text(partial(self._load, number), numpy=self._numpy)
            self._kept += len(text.folded)
            while self._kept > _KEPT and len(self._texts) > 2:
                self._kept -= len(self._texts.popitem(last=False)[1].folded)
        else:
            self._texts.move_to_end(number)
        self._whole.pop(number, None)
        self._whole[number] = text
        while len(self._whole) > 2 and (
            len(self._whole) > _WHOLES or sum(len(one.folded) for one in self._whole.values()) > _WHOLE
        ):
            self._whole.pop(next(iter(self._whole))).lighten()
        return text

    def _repeats(self, load: Callable[[], Text], earlier: Callable[[int], Text], hits: list[Hit]) -> list[Repeat]:
        found: list[tuple[Passage, Text]] = []
        done = bytearray(len(hits))
        tried: dict[int, int] = {}
        later: Text | None = None
        for index in range(len(hits)):
            while not done[index]:
                places, far = _likely(hits, index, done, tried, self._evidence)
                if not places:
                    break
                later = later or load()
                passages: list[Passage] = []
                for place in places:
                    copy = earlier(place)
                    followed = _follow(hits, index, place, later, copy, self._shortest)
                    confirmed = confirm(later, copy, followed.stretches, self._shortest)
                    if place == places[0] or _length(confirmed) > _length(passages):
                        chosen, other, chain, passages = place, copy, followed, confirmed
                    if any(passage.end > far for passage in confirmed):
                        break
                tried[chosen] = chain.strayed if passages else chain.last
                ends = [(passage.start, passage.end) for passage in passages]
                for start, end in [*ends, chain.loop] if chain.loop else ends:
                    first, last = (bisect_left(hits, position, key=_position) for position in (start, end))
                    done[first:last] = b"\1" * (last - first)
                found += [(passage, other) for passage in passages]
        if later is None:
            return []
        return [_repeat(later, other, passage) for passage, other in _joined(later, _outermost(found))]


def _outside(hits: list[Hit], rounds: Sequence[Round]) -> list[Hit]:
    """The hits but those that lead from a loop into itself."""
    for one in rounds:
        hits = [hit for hit in hits if not (one.start <= hit.position < one.end and hit.places[0][1] >= one.start)]
    return hits


def _document(hits: Hits) -> int:
    return hits.document


def _outermost(found: list[tuple[Passage, Text]]) -> list[tuple[Passage, Text]]:
    """The passages in order, without those that are part of another."""
    found.sort(key=lambda pair: (pair[0].start, -pair[0].end))
    kept: list[tuple[Passage, Text]] = []
    for pair in found:
        if not kept or pair[0].end > kept[-1][0].end:
            kept.append(pair)
    return kept


def _joined(later: Text, found: list[tuple[Passage, Text]]) -> list[tuple[Passage, Text]]:
    """The passages, those that touch in both copies made one."""
    done: list[tuple[Passage, Text]] = []
    for passage, other in found:
        if done and done[-1][1] is other:
            joined = join(done[-1][0], passage)
            if joined is not None and (later is not other or joined.earlier_end <= joined.start):
                done[-1] = joined, other
                continue
        done.append((passage, other))
    return done


def _position(hit: Hit) -> int:
    return hit.position


def _length(passages: list[Passage]) -> int:
    return sum(passage.end - passage.start for passage in passages)


def _likely(
    hits: list[Hit], index: int, done: bytearray, tried: dict[int, int], evidence: int
) -> tuple[list[int], int]:
    """The places to try for the hits from ``index`` on, the one with most of them last, and how far they reach there.

    At least ``evidence`` fingerprints near each other must lead to a place before its text is looked at.
    Before it come earlier places with half as many at least: if one has as much of the passage, it is the first copy.
    """
    votes: dict[int, int] = {}
    far: dict[int, int] = {}
    end = hits[index].position
    for number in range(index, min(index + _AHEAD, len(hits))):
        hit = hits[number]
        if hit.position - end > REACH:
            break
        end = hit.position
        if not done[number]:
            for place, _ in hit.places:
                if tried.get(place, 0) <= index:
                    votes[place] = votes.get(place, 0) + 1
                    far[place] = end
    best = max(votes, key=lambda place: (votes[place], -place), default=None)
    if best is None or votes[best] < evidence:
        return [], 0
    return [place for place in sorted(votes) if place <= best and votes[place] >= max(evidence, votes[best] / 2)], far[
        best
    ]


class _Chain(NamedTuple):
    """Equal stretches from a hit on.

    Attributes:
        stretches: in order of both texts.
        last: the first hit behind them.
        strayed: the first hit that leads elsewhere in the earlier text; ``last`` when there is none.
        loop: from where to where the text is a loop.
    """

    stretches: list[Stretch]
    last: int
    strayed: int
    loop: tuple[int, int] | None = None


def _follow(hits: list[Hit], index: int, place: int, later: Text, earlier: Text, shortest: int) -> _Chain:
    """The equal stretches of the passage that begins near hit ``index`` and of its copy at ``place``."""
    stretches: list[Stretch] = []
    strayed = len(hits)
    end = earlier_end = 0
    for number in range(index, len(hits)):
        position = hits[number].position
        if stretches and position > end + REACH:
            return _Chain(stretches, number, min(strayed, number))
        at = next((at for known, at in hits[number].places if known == place), None)
        if at is None or position < end:
            continue
        stretch = _stretch(later, earlier, position, at, stretches) if at >= earlier_end else None
        if stretch is None or (stretches and _apart(later, earlier, stretches[-1], stretch)):
            if not too_little(later, stretches, shortest):
                strayed = min(strayed, number)
                continue
            stretches = []
            stretch = _stretch(later, earlier, position, at, stretches)
            if stretch is None:
                continue
        if later is earlier and not stretches:
            loop = _loop(later.folded, stretch, shortest)
            if loop:
                return _Chain([], number + 1, number + 1, loop)
        stretches.append(stretch)
        end, earlier_end = stretch.later + stretch.length, stretch.earlier + stretch.length
    return _Chain(stretches, len(hits), strayed)


def _apart(later: Text, earlier: Text, one: Stretch, other: Stretch) -> bool:
    """Whether what stands between two equal stretches is too much for one passage."""
    between = later.folded[one.later + one.length : other.later]
    copy = earlier.folded[one.earlier + one.length : other.earlier]
    gap = max(len(between), len(copy))
    if gap <= GAP or gap > ALIKE_GAP:
        return gap > GAP
    return not alike(between, copy)


def _stretch(later: Text, earlier: Text, position: int, at: int, before: list[Stretch]) -> Stretch | None:
    """All that is equal around the gram at ``position`` and ``at``, behind the stretches ``before``.

    None when the gram is not the same but in its hash. Copies in one text may touch, but not overlap.
    """
    end = earlier_end = 0
    if before:
        end, earlier_end = before[-1].later + before[-1].length, before[-1].earlier + before[-1].length
    same = later is earlier
    if same and before and at >= before[0].later:
        return None
    room = position - at if same else len(later.folded)
    back = common_suffix(later.folded, position, earlier.folded, at, min(position - end, at - earlier_end, room))
    if same:
        room = (before[0].later if before else position - back) - (at - back)
    length = back + common_prefix(later.folded, position, earlier.folded, at, room - back)
    least = min(SHORT_GRAM, position - at) if same else SHORT_GRAM
    return Stretch(position - back, at - back, length) if length >= least else None


def _loop(folded: str, stretch: Stretch, shortest: int) -> tuple[int, int] | None:
    """From where to where a text is a loop, if two copies touch that are too short to be passages."""
    period = stretch.later - stretch.earlier
    if stretch.length < period or weight(folded[stretch.earlier : stretch.later]) >= shortest:
        return None
    length = common_prefix(folded, stretch.later, folded, stretch.earlier, len(folded))
    return stretch.later, stretch.later + max(length - SHORT_GRAM, 0) + 1


def _repeat(later: Text, earlier: Text, passage: Passage) -> Repeat:
    folded = later.folded[passage.start : passage.end]
    return Repeat(
        Span(later.document, *later.span(passage.start, passage.end)),
        Span(earlier.document, *earlier.span(passage.earlier_start, passage.earlier_end)),
        len(folded),
        weight(folded),
        passage.similarity,
        differences(later, earlier, passage) if passage.similarity == 1 else (),
    )
