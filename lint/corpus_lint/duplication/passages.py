"""Passages: text that stands twice, in a document or in two, found by fingerprints and confirmed on the text.

`sketch` and `match` are pure: the one makes the fingerprints of some documents (`winnowing`), the other
brings the fingerprints of all together. The table between them (`fingerprints`) has three columns and may
lie on disk, parted by key: an engine that groups by key can take the place of that without a change here. A later copy
is compared with the first earlier ones, so ten thousand copies of a page are linear work and each points at the first.

What is found: any stretch of at least `GUARANTEED` folded characters, and of at least the least weight asked for,
that also stands in an earlier document (or earlier in the same one). What is not: anything shorter than a gram of
`winnowing`, a copy that overlaps the first one, text that repeats within itself (a loop, the rows of a
table), and what so many documents share that it is boilerplate. Where the parts of a stretch stand in many documents
each, those compared are the first `PLACES` and the nearest that have a fingerprint of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from functools import partial
from heapq import merge
from itertools import groupby, islice
from typing import TYPE_CHECKING

from ..named_tuple import NamedTuple
from . import chaining, duplicates, grouping, leads, loops
from .alignment import least_to_extend
from .fingerprints import Fingerprints
from .folded_text import Passage, Text, weight
from .leads import Lead, Leads
from .telling import told
from .winnowing import GUARANTEED, SHORT_GRAM, WINDOW, Sketch, documents_repeating, sketch, sketch_looked_up

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from ..document import Document
    from ..look_up import LookedUp
    from ..repeats import Duplicate, Loop, Repeat
    from .chaining import Chain
    from .fingerprints import Choose, Share
    from .grouping import Hits
    from .loops import Round
    from .pairing import Paired, Rows

__all__ = ["GUARANTEED", "Sketch", "match", "repeats", "sketch"]

SHORTEST = 300
"""Least weight of a passage: 100 Han characters, or 300 letters."""
COMMON = 10
"""A passage that more documents share is boilerplate, unless it is most of the document."""

EVIDENCE = 4
"""Fingerprints near each other that must lead to one place, at most, before its text is looked at."""

_LEADS = 1 << 14
"""Leads that are judged together, or hardly more."""
_KEPT = 40_000_000
"""Folded characters that are kept, at two bytes each where they are Han."""
_WHOLE = 4_000_000
"""Folded characters of which the documents are kept, too, at 12 bytes each."""


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
    matching = Matching(table, load, shortest, common, known)
    yield from matching.duplicates()
    for number in range(matching.bring_together()):
        yield from matching.part(number)


class Matching:
    """What stands twice among documents, in parts.

    When the duplicates are known and equal fingerprints have been brought together, one part of the documents after
    the other is judged, in any order and by any process.
    """

    def __init__(
        self,
        table: Fingerprints,
        load: Callable[[int], Document],
        shortest: int | None = SHORTEST,
        common: int = COMMON,
        known: int = 0,
        fields: Callable[[int], Sequence[Document]] | None = None,
    ) -> None:
        """The arguments are those of `match`, and ``fields``, which gives all documents of the record of one."""
        self._table = table
        self._load = load
        self._fields = fields or (lambda number: (load(number),))
        self._common = common
        self._known = known
        self._wants_repeats = shortest is not None
        self._matcher = _Matcher(table, load, SHORTEST if shortest is None else shortest)
        self._copies: set[int] = set()
        self._runs: dict[int, list[int]] = {}
        self._order: list[int] = []
        self._paired: Paired | None = None

    def duplicates(self) -> Iterator[Duplicate]:
        """The whole documents that stand twice; they take no part in the rest."""
        table = self._table
        texts = duplicates.Texts(table.total, self._load, self._fields)
        for duplicate, parts in duplicates.Confirming(table.alike(), texts, self._known, numpy=table.is_much):
            self._copies.update(parts)
            yield duplicate

    def bring_together(self, share: Share | None = None, processes: int = 1, choose: Choose | None = None) -> int:
        """Bring equal fingerprints together for so many processes; in how many parts of documents.

        Args:
            share: as for `Fingerprints.paired`; without it, everything is done here.
            processes: how many there are.
            choose: given the fingerprints and the number of documents, says which of these are to be judged in much
                text; of little text all are.
        """
        self._runs = {number: starts for number, starts in self._table.runs().items() if number not in self._copies}
        self._order = sorted(self._runs)
        if not self._table.is_much:
            return 1
        if not self._runs and not self._copies and self._table.are_unlike(self._matcher.evidence):
            return 0
        wanted = choose(self._table.columns, self._table.total) if choose is not None else None
        if wanted is not None:
            self._order = [number for number in self._order if wanted[number]]
        self._paired = self._table.paired(self._copies, self._common, share or _here, processes, wanted)
        self._table.folds.settle()
        return len(self._paired)

    def weight(self, number: int) -> int:
        """How much there is to judge in a part: bytes of pairs of fingerprints."""
        return 0 if self._paired is None else self._paired.weight(number)

    def apart(self) -> None:
        """Leave what other processes have as well as it is."""
        self._table.folds.apart()

    def part(self, number: int) -> Iterator[Repeat | Loop]:
        """What stands twice in the documents of a part: by document its loops, its own repeats, those of earlier ones.

        Raises:
            OSError: a file can no longer be read.
        """
        matcher = self._matcher
        for found in _together(found for found in self._leads(number) if found.document >= self._known):
            for one in matcher.judged(found, self._runs, wants_passages=self._wants_repeats):
                yield from matcher.told(one)
        self._table.folds.forget()

    def _leads(self, number: int) -> Iterator[Leads]:
        """The leads of a part's documents that have any, and those with neighbours that are equal, in order."""
        if self._paired is None:
            found = self._matcher.leads(grouping.hits(self._table.shared(self._copies), self._common))
            others: Iterable[int] = self._order
        else:
            found = self._matcher.leads_numpy(self._paired, number)
            documents = self._paired.documents(number)
            others = self._order[bisect_left(self._order, documents.start) : bisect_left(self._order, documents.stop)]
        alone = (Leads(document, [], [], []) for document in others)
        for _, ones in groupby(merge(found, alone, key=_document), _document):
            yield next(iter(ones))


class _Chained(NamedTuple):
    """A document's loops, and its chains within itself and with earlier ones."""

    document: int
    rounds: list[Round]
    within: list[Chain]
    across: list[Chain]


class _Judged(NamedTuple):
    """A document's loops, and its passages within itself and with earlier ones, each with the text of its copy."""

    document: int
    rounds: list[Round]
    within: list[tuple[Passage, Text]]
    across: list[tuple[Passage, Text]]


class _Matcher:
    """Makes repeats of hits; keeps the texts that it is likely to need again."""

    def __init__(self, table: Fingerprints, load: Callable[[int], Document], shortest: int) -> None:
        self._table = table
        self._load = load
        self._numpy = table.is_much
        self._shortest = shortest
        # A stretch of that weight has the fewest fingerprints when it is Han alone: one of every window of grams.
        self.evidence = min(max(2, (shortest // 3 - SHORT_GRAM + 1) // WINDOW - 1), EVIDENCE)
        """So many hits must lead to one neighbourhood."""
        self._texts: OrderedDict[int, Text] = OrderedDict()
        self._kept = 0
        self._whole: dict[int, Text] = {}
        """Those whose documents may be at hand, by last use."""
        self._whole_size = 0

    def leads(self, hits: Iterable[Hits]) -> Iterator[Leads]:
        """The leads of every document that has any, in order of the documents."""
        every = (leads.find(one, self._text, self._shortest, self.evidence) for one in hits)
        return (one for one in every if one.within or one.across or one.rounds)

    def leads_numpy(self, paired: Paired, number: int) -> Iterator[Leads]:
        """Likewise, of the documents of a range."""
        from . import leads_numpy

        pairs = paired.pairs(number, self.evidence)
        return leads_numpy.find(pairs, self._table.folds, self._load, self._shortest, self.evidence)

    def rounds(self, number: int, starts: Sequence[int], longer: Sequence[Round]) -> list[Round]:
        """The loops of one document, in its folded text."""
        return loops.rounds(self._text(number).folded, starts, longer) if starts or longer else []

    def told(self, judged: _Judged) -> Iterator[Repeat | Loop]:
        """What is told of a document: its loops, its own repeats, those of earlier documents."""
        number, rounds, within, across = judged
        for one in rounds:
            found = loops.loop(self._text(number), one)
            if found is not None:
                yield found
        for passages in (within, across):
            if passages:
                yield from told(self._text(number), passages)

    def judged(
        self, every: Sequence[Leads], runs: Mapping[int, Sequence[int]], *, wants_passages: bool
    ) -> Iterator[_Judged]:
        """The loops and the passages of some documents, but for what of their loops leads into themselves.

        Args:
            every: their leads.
            runs: of some of them what `rounds` begins with.
            wants_passages: whether more than the loops is wanted.
        """
        rounds = [self.rounds(one.document, runs.get(one.document, ()), one.rounds) for one in every]
        if not wants_passages:
            yield from (_Judged(one.document, found, [], []) for one, found in zip(every, rounds, strict=True))
            return
        compiled = [self._compiled(one, found) for one, found in zip(every, rounds, strict=True)]
        left = [row for row in zip(every, rounds, compiled, strict=True) if row[2] is None]
        rest = self._passages(list(self._grown([self._chained(one, found) for one, found, _ in left])))
        for known in compiled:
            yield next(rest) if known is None else known

    def _compiled(self, found: Leads, rounds: list[Round]) -> _Judged | None:
        """The passages of a document, where there are compiled loops that find them, and all that they need."""
        if not self._numpy:
            return None
        from . import chaining_compiled

        within, across = (
            chaining_compiled.passages(leads, found.document, rounds, self._table.folds, self._text, self._shortest)
            for leads, rounds in ((found.within, rounds), (found.across, None))
        )
        return None if within is None or across is None else _Judged(found.document, rounds, within, across)

    def _chained(self, found: Leads, rounds: list[Round]) -> _Chained:
        """The chains of one document."""
        number = found.document
        within: list[Chain] = []
        across: list[Chain] = []
        if found.within:
            text = self._text(number)
            leads = _once(text.folded, _outside(found.within, rounds), self._shortest)
            within = chaining.chains(text, lambda _: text, leads, self._shortest)
        if found.across:
            across = chaining.chains(self._text(number), self._text, found.across, self._shortest)
        return _Chained(number, rounds, within, across)

    def _grown(self, every: Sequence[_Chained]) -> Iterator[_Chained]:
        """The same, and how the chains go on at their ends where there is much text."""
        if not self._numpy:
            yield from every
            return
        from .growth_numpy import grown

        chains = [(one.document, one.document, chain) for one in every for chain in one.within]
        chains += [(one.document, chain.place, chain) for one in every for chain in one.across]
        done = grown(chains, self._table.folds, least_to_extend(self._shortest))
        across = iter(done[sum(len(one.within) for one in every) :])
        within = iter(done)
        for one in every:
            number, rounds = one.document, one.rounds
            yield _Chained(number, rounds, list(islice(within, len(one.within))), list(islice(across, len(one.across))))

    def _passages(self, every: Iterable[_Chained]) -> Iterator[_Judged]:
        """The passages that are in chains."""
        for number, rounds, within, across in every:
            text = self._text(number) if within or across else None
            yield _Judged(
                number,
                rounds,
                chaining.passages(text, _same(text), within, self._shortest) if text and within else [],
                chaining.passages(text, self._text, across, self._shortest) if text and across else [],
            )

    def _text(self, number: int) -> Text:
        text = self._texts.get(number)
        if text is None:
            folds = self._table.folds if self._numpy else None
            text = self._texts[number] = Text(partial(self._load, number), folds, number)
            self._kept += text.size
            while self._kept > _KEPT and len(self._texts) > 2:
                self._kept -= self._texts.popitem(last=False)[1].size
        else:
            self._texts.move_to_end(number)
        if self._whole.pop(number, None) is None:
            self._whole_size += text.size
        self._whole[number] = text
        while self._whole_size > _WHOLE and len(self._whole) > 2:
            oldest = self._whole.pop(next(iter(self._whole)))
            self._whole_size -= oldest.size
            oldest.lighten()
        return text


def _here(weights: Sequence[int], work: Callable[[int], list[Rows]]) -> Iterator[list[Rows]]:
    return map(work, range(len(weights)))


def _together(every: Iterable[Leads]) -> Iterator[list[Leads]]:
    """Some documents' leads at a time, which are judged together."""
    some: list[Leads] = []
    size = 0
    for one in every:
        some.append(one)
        size += len(one.within) + len(one.across) + 1
        if size >= _LEADS:
            yield some
            some, size = [], 0
    if some:
        yield some


def _same(text: Text | None) -> Callable[[int], Text]:
    """What gives a text whatever the number."""
    assert text is not None
    return lambda _: text


def _outside(leads: Collection[Lead], rounds: Sequence[Round]) -> Sequence[Lead]:
    """The leads but those from a loop into itself."""
    left = list(leads)
    for one in rounds:
        # They are in order.
        low, high = (bisect_left(left, place, key=_start) for place in (one.start, one.end))
        left[low:high] = [lead for lead in left[low:high] if lead.stretch.earlier < one.start]
    return left


def _once(folded: str, leads: Sequence[Lead], shortest: int) -> list[Lead]:
    """The leads but those in a loop of two: two copies that touch and are too short to be passages."""
    kept: list[Lead] = []
    end = 0
    for lead in leads:
        at, length = lead.stretch.earlier, lead.stretch.length
        if length >= lead.start - at and weight(folded[at : lead.start]) < shortest:
            end = max(end, lead.start + length - SHORT_GRAM)
        elif lead.start >= end:
            kept.append(lead)
    return kept


def _document(found: Leads) -> int:
    return found.document


def _start(lead: Lead) -> int:
    return lead.start
