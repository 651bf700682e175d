"""The compiled loops that find passages give what numpy and plain Python give."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corpus_lint.document import Document
from corpus_lint.duplication import alignment, extension, folds, side_by_side
from corpus_lint.duplication.distant_document import DistantDocument
from corpus_lint.duplication.folded_text import Text
from corpus_lint.duplication.folds import Folds
from corpus_lint.duplication.native_passages import passage_loops
from corpus_lint.duplication.winnowing import sketch

if TYPE_CHECKING:
    from corpus_lint.duplication.native_loops import PassageLoops

pytestmark = pytest.mark.skipif(passage_loops() is None, reason="the compiled loops were not built")

PIECES = [
    "汉字很好看",
    "今天天气",
    "abc",
    "the quick brown fox",
    "的",
    "x",
    "abcdefghij",
    "2024",
    "是" * 9,
    "あいう",
    "q" * 12,
]
folded = st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join)
MODULES = (alignment, extension, folds, side_by_side)


def loops() -> PassageLoops:
    found = passage_loops()
    assert found is not None
    return found


def without() -> pytest.MonkeyPatch:
    """Do without the compiled loops, until it is undone."""
    patched = pytest.MonkeyPatch()
    for module in MODULES:
        patched.setattr(module, "passage_loops", lambda: None)
    return patched


def two_texts(one: str, other: str) -> Folds:
    kept = Folds()
    kept.add(0, (one + other).encode("utf-16-le"), [len(one), len(other)])
    return kept


@settings(max_examples=300)
@given(folded, folded)
def test_texts_are_followed_the_same(one: str, other: str) -> None:
    found = loops().followed(one, other)
    with patch.object(extension, "passage_loops", lambda: None):
        assert found == extension._followed(one, other)


def test_texts_with_characters_beyond_16_bits_are_not_followed() -> None:
    assert loops().followed("𠮷汉字很好看", "𠮷汉字很好看") is None
    assert extension._followed("𠮷汉字很好看", "𠮷汉字很好看") == [(0, 0, 6)]


@settings(max_examples=300)
@given(folded, folded, st.data())
def test_what_is_equal_goes_as_far(one: str, other: str, data: st.DataObject) -> None:
    kept = two_texts(one, other)
    here, there = data.draw(st.integers(0, len(one))), data.draw(st.integers(0, len(other)))
    for way in (1, -1):
        room = min(here, there) if way < 0 else min(len(one) - here, len(other) - there)
        columns = np.array([here]), np.array([len(one) + there]), np.array([room])
        found = side_by_side.equal_extent(np, kept, *columns, way)
        same = side_by_side.are_equal(np, kept, *columns, 64) if way > 0 else None
        patched = without()
        assert found.tolist() == side_by_side.equal_extent(np, kept, *columns, way).tolist()
        if same is not None:
            assert same.tolist() == side_by_side.are_equal(np, kept, *columns, 64).tolist()
        patched.undo()


@settings(max_examples=300)
@given(st.one_of(folded, st.text(max_size=40)), st.integers(1, 60))
def test_text_that_repeats_itself_is_known(text: str, times: int) -> None:
    text *= times
    one = Text(lambda: Document(text))
    found = alignment.self_similar(one, 0, len(one.folded))
    patched = without()
    assert found == alignment.self_similar(one, 0, len(one.folded))
    patched.undo()


@settings(max_examples=200)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=6))
def test_lines_begin_at_the_same_places_and_texts_are_the_same(texts: list[str]) -> None:
    assume(any(texts))
    documents = [Document(text) for text in texts]
    taken = sketch(documents, 0, numpy=True)
    assume(taken.texts is not None)
    kept = Folds()
    assert taken.texts is not None
    kept.add(0, taken.texts, taken.sizes)
    kept.mark(0, taken.marks)
    for number in range(len(texts)):
        breaks, text, offsets = kept.breaks(number), kept.text(number), kept.offsets(number)
        patched = without()
        others = kept.breaks(number)
        assert kept.text(number) == text
        other_offsets = kept.offsets(number)
        patched.undo()
        assert offsets is not None
        assert other_offsets is not None
        assert offsets.tolist() == other_offsets.tolist()
        assert (breaks is None) == (others is None)
        assert breaks is None or others is None or breaks.tolist() == others.tolist()


def test_what_is_outside_is_an_error() -> None:
    codes = np.zeros(4, np.uint16)
    one, far = np.array([0]), np.array([9])
    with pytest.raises(ValueError, match="not among the characters"):
        loops().extents(codes, one, far, one, one)
    with pytest.raises(ValueError, match="not of one length"):
        loops().extents(codes, one, far, one, np.array([1, 1]))
    with pytest.raises(ValueError, match="not in the text"):
        loops().repeats("abc", 0, 4)


@settings(max_examples=200)
@given(st.text(st.sampled_from("汉a\n 。\U0001f600"), max_size=80))
def test_places_are_counted_the_same(text: str) -> None:
    taken = sketch([Document(text)], 0, numpy=True)
    kept = Folds()
    assume(taken.texts is not None)
    assert taken.texts is not None
    kept.add(0, taken.texts, taken.sizes)
    kept.mark(0, taken.marks)
    one = Text(lambda: Document(text), kept, 0)
    assert [one.offset(number) for number in range(len(one.folded))] == list(one.offsets)
    with pytest.raises(ValueError, match="not so many"):
        loops().place(np.zeros(4, np.uint8), 0)


@settings(max_examples=300)
@given(st.text(st.sampled_from("a汉é😀\n\r."), max_size=300), st.lists(st.integers(0, 310), max_size=8), st.booleans())
def test_a_document_that_is_read_again_is_the_same(text: str, places: list[int], broken: bool) -> None:
    data = text.encode() + b"\xff" * broken
    document = Document(data.decode("utf-8", "surrogateescape"), data=data, errors="surrogateescape")
    again = DistantDocument(lambda: data, lambda ask: ask())
    for one, other in pairwise(places):
        place = min(one, len(document.text))
        assert again.piece(one, other) == document.piece(one, other)
        assert again.position(place) == document.position(place)
        assert again.line_at(place) == document.line_at(place)
    assert again.text == document.text
