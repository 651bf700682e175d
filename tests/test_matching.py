"""Ranges of documents judged by several processes: the same outcome as by one, also when a process dies."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import pytest

from corpus_lint.document import Document
from corpus_lint.duplication import pairing, passages, winnowing
from corpus_lint.duplication.fingerprints import Fingerprints
from corpus_lint.duplication.folds import Folds
from corpus_lint.duplication.matching import done
from corpus_lint.outcome import Failure, Outcome
from corpus_lint.repeats import Repeat

HAN = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]


def outcomes(processes: int, dies: bool = False, rows: int = 1000) -> tuple[int, list[Failure]]:
    """In how many parts documents with copies are judged, and what is found."""
    chance = random.Random(3)
    parts = ["".join(chance.choices(HAN, k=200)) for _ in range(6)]
    texts = ["\n".join(("".join(chance.choices(HAN, k=300)), *chance.sample(parts, 2))) for _ in range(12)]
    texts.append(texts[3])
    documents = [Document(text, index=number) for number, text in enumerate(texts)]
    table = Fingerprints(rows=rows)
    table.folds = Folds(kept=100)
    for number, document in enumerate(documents):
        sketch = winnowing.sketch([document], number, numpy=True)
        # Some texts are not there, as those that an earlier run has read, and are folded again.
        table.append(sketch if number % 3 else sketch._replace(texts=None, marks=()))
    pairs = passages.Matching(table, documents.__getitem__)
    assert len(list(pairs.duplicates())) == 1
    parent = os.getpid()

    def judge(part: int) -> Outcome:
        if dies and part == 2 and os.getpid() != parent:
            os._exit(9)
        outcome = Outcome()
        for found in pairs.part(part):
            assert isinstance(found, Repeat)
            outcome.failures.append(Failure(repr(found.earlier[1:]), found.document.index, repr(found.later[1:])))
        return outcome

    def share(weights: Sequence[int], work: Callable[[int], list[pairing.Rows]]) -> Iterator[list[pairing.Rows]]:
        return done(weights, processes, work, little=0)

    number = pairs.bring_together(share)
    weights = [pairs.weight(part) for part in range(number)]
    every = list(done(weights, processes, judge, pairs.apart, little=0))
    return number, [failure for outcome in every for failure in outcome.failures]


@pytest.mark.parametrize("dies", [False, True])
def test_several_processes(monkeypatch: pytest.MonkeyPatch, dies: bool) -> None:
    monkeypatch.setattr(pairing, "RANGE", 100)
    together, found = outcomes(1)
    assert together == 1  # ranges with few pairs are one
    monkeypatch.setattr(pairing, "FEW", 0)
    number, expected = outcomes(1)
    assert number > 3
    assert len(expected) > 6
    assert found == expected
    assert outcomes(2, dies=dies) == (number, expected)
    # Rows on disk are brought together by several processes, too.
    assert outcomes(2, dies=dies, rows=50) == (number, expected)
    monkeypatch.setattr(pairing, "RANGE", 1 << 19)
    assert outcomes(1) == (1, expected)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are not forked there")
def test_each_part_is_judged_apart() -> None:
    own = os.getpid()

    def judge(part: int) -> Outcome:
        outcome = Outcome()
        outcome.documents = int(os.getpid() != own)
        return outcome

    found = done([2] * 3, 2, judge, partial(int), little=5)
    assert [outcome.documents for outcome in found] == [1, 1, 1]
