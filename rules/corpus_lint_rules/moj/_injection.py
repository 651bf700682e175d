"""Telling the readings that a converter wrote into a text from those of its author."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from ._readings import (
    clause_end,
    count_han,
    cut_short,
    everyday,
    is_han,
    reading_before,
    simplified,
    spells,
    word_in_brackets,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus_lint.document import Document

    from ._readings import Reading

RAREST = 0.005
"""Readings for each Han character below which a text is not taken for damaged (damaged pages have 0.037 to 0.226)."""
MANY = 8
"""How many readings are evidence enough on characters that are not known to be annotated."""
LIST = 20
"""Fewer readings than this, each of another character and outside sentences, may be a list of words to learn."""
GAP = 400
"""Han characters without any reading after which a new stretch of text begins (a damaged page has one in 4 to 27)."""


class Judge:
    """Tells the injected readings of a document from those of its author."""

    def __init__(self, document: Document, minimum: int) -> None:
        self.document = document
        self.text = document.text
        self.minimum = minimum

    def injected(self, readings: list[Reading]) -> list[Reading]:
        """The readings to remove, in order of their place."""
        removed: set[Reading] = set()
        known: set[tuple[str, str]] = set()
        left = readings
        while left:
            found = {reading for stretch in self.damaged(left) for reading in self.removable(stretch)}
            if not found:
                break
            removed |= found
            known |= {(reading.character, reading.syllable) for reading in found}
            left = [reading for reading in left if reading not in removed]
        if removed:
            for line in self.by_line(left):
                if all(r.is_listed or (r.character, r.syllable) in known for r in line) and self.is_consistent(line):
                    removed.update(line)
        return sorted(removed)

    def damaged(self, readings: list[Reading]) -> Iterator[list[Reading]]:
        """The stretches of text that are damaged, each as its readings; single lines where a whole stretch is not."""
        for lines in self.stretches(readings):
            stretch = [reading for line in lines for reading in line]
            if self.is_damaged(stretch):
                yield stretch
            elif len(lines) > 1:
                yield from filter(self.is_damaged, lines)

    def by_line(self, readings: list[Reading]) -> list[list[Reading]]:
        """The readings of each line that has any."""
        lines: defaultdict[int, list[Reading]] = defaultdict(list)
        for reading in readings:
            lines[self.document.line_at(reading.offset)].append(reading)
        return list(lines.values())

    def stretches(self, readings: list[Reading]) -> list[list[list[Reading]]]:
        """Lines with readings, as stretches in which no more than `GAP` Han characters are without a reading."""
        stretches: list[list[list[Reading]]] = []
        for line in self.by_line(readings):
            if stretches:
                between = stretches[-1][-1][-1].end, line[0].offset
                if between[1] - between[0] <= GAP or count_han(self.text[slice(*between)]) <= GAP:
                    stretches[-1].append(line)
                    continue
            stretches.append([line])
        return stretches

    def is_damaged(self, stretch: Sequence[Reading]) -> bool:
        """Whether a converter, not an author, wrote the readings of a stretch of text."""
        if len({reading.character for reading in stretch}) < self.minimum - 1:
            return False
        start, end = self.lines_of(stretch)
        text = self.text[start:end]
        share = len(stretch) / count_han(text)
        if share < RAREST:
            return False
        words = sum(1 for match in word_in_brackets().finditer(text) if spells(text, match))
        return self.is_converted(stretch, words, share) or (share <= 0.5 and self.is_scattered(stretch, words))

    def is_converted(self, stretch: Sequence[Reading], words: int, share: float) -> bool:
        """Whether the readings are those of a converter that annotates some characters wherever they stand.

        ``words`` is how many readings of whole words, an author's work, the stretch has; ``share`` is how many
        readings for each Han character.
        """
        evidence = [reading for reading in stretch if reading.is_evidence]
        number = len(evidence)
        if not number:
            return False
        wrong = sum(1 for reading in stretch if not reading.is_right and (reading.is_toned or reading.is_listed))
        others = words + sum(1 for reading in stretch if reading.is_explanation)
        if wrong > 0.05 * number or others > 0.15 * number or not self.is_consistent(evidence):
            return False
        distinct = len({reading.character for reading in evidence})
        repeats = number - distinct
        may_be_list = number < MANY or (number < LIST and repeats < 2)
        if may_be_list and self.in_sentences(evidence) < 0.3 * number:
            return False
        listed = [reading for reading in stretch if reading.is_listed]
        if sum(1 for reading in evidence if reading.is_listed) >= 0.6 * number and self.runs(listed) > 1:
            if distinct >= self.minimum - 1 and len({reading.character for reading in listed}) >= self.minimum:
                return True
            if distinct >= self.minimum - 1 and repeats >= 2:
                return True
        if share > 0.5:
            return False
        if number == len(stretch) and self.are_in_words(listed) and self.in_sentences(listed) == len(stretch):
            return distinct >= self.minimum - 1
        if distinct < self.minimum:
            return False
        return (number >= 5 and repeats >= max(3, 0.3 * number)) or (number >= MANY and distinct >= 5)

    def is_scattered(self, stretch: Sequence[Reading], words: int) -> bool:
        """Whether readings are strewn over the most frequent characters, 烟(yan)台市(shi), which nobody explains.

        With tone marks, as in teaching, the characters must also have their readings wherever they stand.
        """
        evidence = [reading for reading in stretch if reading.is_evidence or reading.is_plain]
        number = len(evidence)
        distinct = {reading.character for reading in evidence}
        others = words + sum(1 for reading in stretch if not reading.is_common)
        wrong = sum(1 for reading in stretch if not reading.is_right)
        frequent = sum(1 for reading in evidence if simplified(reading.character) in everyday()["common"])
        if (
            number < 5
            or len(distinct) < max(5, self.minimum)
            or wrong > 0.05 * number
            or others > 0.1 * number
            or frequent < 0.6 * number
            or self.inside_words(evidence) < 0.5 * number
        ):
            return False
        if not any(reading.is_toned for reading in evidence):
            return True
        return number >= 10 and number - len(distinct) >= 0.3 * number and self.is_consistent(evidence)

    def removable(self, stretch: Sequence[Reading]) -> Iterator[Reading]:
        """The readings of a damaged stretch without those that may be an author's own."""
        is_scattered = not any(reading.is_toned for reading in stretch)
        numbers = Counter(reading.character for reading in stretch)
        start, end = self.lines_of(stretch)
        text = self.text[start:end]
        for reading in stretch:
            if not reading.is_right:
                continue
            number = numbers[reading.character]
            is_whole = number >= 0.8 * text.count(reading.character)
            signs = reading.is_common + reading.is_one_sided + (number > 1)
            if reading.is_listed or is_scattered or (is_whole and signs >= 2):
                yield reading

    def lines_of(self, stretch: Sequence[Reading]) -> tuple[int, int]:
        """From the start of a stretch's first line to the end of its last."""
        starts = self.document.line_starts
        first, last = self.document.line_at(stretch[0].offset), self.document.line_at(stretch[-1].offset)
        return starts[first], starts[last + 1] if last + 1 < len(starts) else len(self.text)

    def is_consistent(self, readings: Sequence[Reading]) -> bool:
        """Whether at least nine in ten occurrences of the characters have their readings, in their lines' stretch."""
        start, end = self.lines_of(readings)
        characters = {reading.character for reading in readings}
        total = sum(self.text.count(character, start, end) for character in characters)
        cut = cut_short().search(self.text, max(start, end - 8), end)
        if cut and end == len(self.text) and cut[1] in characters:
            total -= 1
        return len(readings) >= 0.9 * total

    def inside_words(self, readings: Sequence[Reading]) -> int:
        """How many of the annotated characters have a Han character on both sides, readings aside."""
        return sum(1 for r in readings if self.is_han_before(r.offset) and is_han(self.text[r.end : r.end + 1]))

    def in_sentences(self, readings: Sequence[Reading]) -> int:
        """How many of the annotated characters stand in a clause, not in a list of words: among five or more."""
        number = 0
        for reading in readings:
            before = clause_end().split(self.text[max(0, reading.offset - 80) : reading.offset])[-1]
            behind = clause_end().split(self.text[reading.end : reading.end + 80], maxsplit=1)[0]
            number += count_han(before) + 1 + count_han(behind) >= 5
        return number

    def runs(self, readings: Sequence[Reading]) -> int:
        """In how many places the readings stand; those of neighbouring characters are one."""
        return 1 + sum(1 for one, other in pairwise(readings) if one.end != other.offset)

    def are_in_words(self, readings: Sequence[Reading]) -> bool:
        """Whether all the readings stand by twos or more: an author gives the reading of a word behind the word."""
        toned = [reading for reading in readings if reading.is_toned]
        beside = {r for one, other in pairwise(toned) if one.end == other.offset for r in (one, other)}
        return bool(toned) and len(beside) == len(readings)

    def is_han_before(self, offset: int) -> bool:
        """Whether a Han character stands before ``offset``, with or without its reading."""
        before = self.text[max(0, offset - 12) : offset]
        return is_han(before[-1:]) or reading_before().search(before) is not None
