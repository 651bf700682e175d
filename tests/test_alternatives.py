"""Expressions that are compiled as one match where they matched one by one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_lint.rule import Trigger
from corpus_lint.screening.alternatives import MOST, together
from corpus_lint.screening.database import TRIGGER_BITS, TRIGGER_MASK, Database

PATTERNS = (
    *(rb"\n[^\n]{0,2}(?:%s)[^\n]{0,2}\n" % word for word in (b"ab", b"b", b"a\\.", b"b|ca")),
    *(rb"[a-c](?:%s)" % word for word in (b"a", b"bc", b"\\n")),
    *(rb"(?:%s){2}" % word for word in (b"a", b"b")),
    *(rb"a(?:%s)c|b" % word for word in (b"a", b"b")),
    rb"\((?:a)b",
    rb"[a(?:](?:b)c",
    rb"(?:a(?:b)?)c",
    b"ab",
)
triggers = st.builds(Trigger, st.sampled_from(PATTERNS), caseless=st.booleans())
owned = st.lists(st.tuples(triggers, st.tuples(st.integers(0, 1), st.integers(0, 2))), min_size=1, max_size=30)


def matches(some: list[tuple[Trigger, tuple[int, int]]], data: bytes) -> set[tuple[int, tuple[int, int]]]:
    hits: list[int] = []
    Database.of([trigger for trigger, _ in some]).scan(data, hits)
    return {(hit >> TRIGGER_BITS, some[hit & TRIGGER_MASK][1]) for hit in hits}


@settings(max_examples=60, deadline=None)
@given(owned, st.text("abcA(.\n", max_size=30))
def test_the_same_is_found(some: list[tuple[Trigger, tuple[int, int]]], text: str) -> None:
    assert matches(list(together(some)), text.encode()) == matches(some, text.encode())


@pytest.mark.parametrize("number", [1, 2, MOST, MOST + 1])
def test_expressions_with_one_frame_become_few(number: int) -> None:
    words = [Trigger(rb"\n(?:word%d)\n" % one) for one in range(number)]
    assert len(list(together((word, (0, 0)) for word in words))) == -(-number // MOST)
    assert len(list(together((word, (0, one)) for one, word in enumerate(words)))) == number


def test_what_is_repeated_stays_alone() -> None:
    some = [(Trigger(rb"(?:%s){2}" % word), (0, 0)) for word in (b"a", b"b")]
    assert list(together(some)) == some
