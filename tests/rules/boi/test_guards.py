"""What stands around a line, however its document's lines end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lint.document import Document
from corpus_lint.finding import Confidence
from corpus_lint_rules.boi import _guards as guards


@given(st.text(st.sampled_from("ab字\n\r"), max_size=24), st.integers(0, 4), st.integers(0, 4))
def test_neighbours_are_those_of_the_document(text: str, before: int, after: int) -> None:
    for line in Document(text).lines():
        steps = (*range(-before, 0), *range(1, after + 1))
        expected = [other for step in steps if (other := line.neighbour(step)) is not None]
        assert guards.neighbours(line, before, after) == expected


@pytest.mark.parametrize("mark", "-*+>●○◦▪■◆")
def test_an_item_of_a_list_is_doubtful(mark: str) -> None:
    (line,) = Document(f"{mark} 服务条款").lines()
    assert guards.lowered(Confidence.HIGH, line) is Confidence.MEDIUM
