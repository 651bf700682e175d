"""Telling: the repeats that are told of, made of the passages that a text shares with others."""

from __future__ import annotations

from ..repeats import Repeat, Span
from .alignment import join
from .folded_text import Passage, Text, differences


def told(later: Text, found: list[tuple[Passage, Text]]) -> list[Repeat]:
    """The repeats of a text, in order, of the passages found, each with the text that has the earlier copy."""
    return [_repeat(later, other, passage) for passage, other in _joined(later, _outermost(found))]


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


def _repeat(later: Text, earlier: Text, passage: Passage) -> Repeat:
    size, similarity = passage.end - passage.start, passage.similarity
    documents = later.document, earlier.document

    def place() -> Span:
        return Span(documents[0], *later.span(passage.start, passage.end))

    def earlier_place() -> Span:
        return Span(documents[1], *earlier.span(passage.earlier_start, passage.earlier_end))

    def differ() -> tuple[str, ...]:
        return differences(later, earlier, passage) if similarity == 1 else ()

    says = later.weight(passage.start, passage.end)
    return Repeat(documents, size, says, similarity, place, earlier_place, differ)
