"""Loops and duplicates, which are found on the way to passages: one finding each, and no copy."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from corpus_lint.duplication import folded_text, loops, winnowing
from corpus_lint.repeats import Duplicate, Loop
from tests.planted import SOURCE, check_true, find, find_all, prose


@given(SOURCE, st.integers(1, 60), st.booleans())
def test_a_loop_is_no_copy(random: random.Random, period: int, numpy: bool) -> None:
    loop = prose(random, period).replace("\n", "") * (2000 // period)
    text = f"{prose(random, 100)}\n{loop}\n{prose(random, 100)}"
    assert find([text], numpy=numpy) == []
    assert find([text, loop], numpy=numpy) == []


def test_touching_copies_do_not_overlap() -> None:
    passage = prose(random.Random(2), 100).replace("\n", "")
    found = find([passage * 2])
    assert [r.length for r in found] == [100]
    check_true(found[0])


@given(SOURCE, st.integers(1, 300), st.integers(3, 40), st.sampled_from([0.0, 1.0]), st.booleans())
def test_a_loop_is_one_finding(random: random.Random, period: int, copies: int, letters: float, numpy: bool) -> None:
    """With the count, whatever stands between its copies; none when the fingerprints cannot tell."""
    said = winnowing.fold(prose(random, period, letters))
    between = [random.choice(["", "，", "\n", "。\n", " "]) for _ in range(copies)]
    before, behind = (prose(random, 100) for _ in range(2))
    looped = "".join(said + mark for mark in between)
    found = [one for one in find_all([f"{before}。\n{looped}\n。{behind}"], numpy=numpy) if isinstance(one, Loop)]
    gram = winnowing.LONG_GRAM if letters else winnowing.SHORT_GRAM
    inner = loops._period(said)
    if inner or len(said) * (copies - 1) < gram + winnowing.WINDOW - 1:
        return
    assert [one.copies for one in found] == [copies]
    text = found[0].document.text
    assert winnowing.fold(text[found[0].start : found[0].end]) == said * copies
    assert winnowing.fold(text[found[0].start : found[0].first_end]) == said
    assert winnowing.fold(text[found[0].second : found[0].end]) == said * (copies - 1)
    assert found[0].weight == folded_text.weight(said)


@given(SOURCE, st.booleans())
def test_prose_has_no_loop_and_no_duplicate(random: random.Random, numpy: bool) -> None:
    assert find_all([prose(random, 2000, 0.3) for _ in range(3)], numpy=numpy) == []


@given(SOURCE, st.integers(winnowing.SHORT_GRAM, 300), st.integers(1, 6), st.booleans())
def test_a_duplicate_is_one_finding(random: random.Random, length: int, copies: int, numpy: bool) -> None:
    """And what it shares with others is not told again."""
    page = prose(random, length)
    others = [prose(random, length) for _ in range(3)]
    spaced = page.replace("，", "\n,")
    texts = [
        others[0],
        page,
        others[1],
        *[random.choice([page, spaced, f" {page}。"]) for _ in range(copies)],
        others[2],
    ]
    found = find_all(texts, numpy=numpy, shortest=48)
    told = [(one.document.index, one.earlier.index, one.is_identical) for one in found if isinstance(one, Duplicate)]
    assert told == [(n, 1, texts[n] == page) for n in range(3, 3 + copies)]
    assert len(found) == copies
