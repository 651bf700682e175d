from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lint.document import NUMPY_LENGTH, Document
from corpus_lint.finding import Edit
from corpus_lint.folding import fold

TEXT = st.text(st.sampled_from("ab中𠮷é\n\r\x0b\u2028\x85\ud800"), max_size=40)


@given(TEXT)
def test_lines_end_at_line_ends_and_nowhere_else(text: str) -> None:
    document = Document(text)
    lines = list(document.lines())
    assert [line.text for line in lines] == re.split("\r\n|\n|\r", text)
    for line in lines:
        assert text[line.start : line.start + len(line.text)] == line.text
        assert document.data[line.byte_start :].decode("utf-8", "surrogatepass").startswith(line.text)


@given(TEXT, st.data())
def test_positions_are_those_of_the_text(text: str, data: st.DataObject) -> None:
    document = Document(text)
    offset = data.draw(st.integers(0, len(text)))
    line, column = document.position(offset)
    assert document.line_starts[line] + column == offset
    byte = len(text[:offset].encode("utf-8", "surrogatepass"))
    assert document.offset_of_byte(byte) == offset


@given(st.lists(st.sampled_from(["甲乙", "a", "😀", "\ud800", "\n", "\r\n", "\u2028", ""])))
def test_lines_are_the_same_with_numpy(parts: list[str]) -> None:
    pytest.importorskip("numpy")
    text = "".join(parts)
    long = text + "字" * NUMPY_LENGTH
    assert Document(long).line_starts == Document(text).line_starts


def test_edits_make_a_new_document() -> None:
    document = Document("一二三四").edited([Edit(0, 1, ""), Edit(2, 3, "３３")])
    assert document.text == "二３３四"


def test_folding_is_one_spelling_for_script_width_case_spaces_and_readings() -> None:
    spellings = ["版权所有ABC：", "版權所有ＡＢＣ:", "版 權 所 有 abc：", "版權(quán)所有\u200bAbc："]
    assert {fold(text).text for text in spellings} == {"版权所有abc:"}


@given(st.text(st.sampled_from("網(wǎng)絡luò（xué）Ａa \u200b，。𠮷ﬁ")))
def test_folded_characters_know_where_they_come_from(text: str) -> None:
    for passage in (False, True):
        folded = fold(text, passage=passage)
        assert len(folded.text) == len(folded.offsets)
        assert [*folded.offsets] == sorted(set(folded.offsets))
        for character, offset in zip(folded.text, folded.offsets, strict=True):
            assert fold(text[offset]).text == character


@given(st.text(alphabet="a\r\n", max_size=12))
def test_a_line_has_no_line_end(text: str) -> None:
    document = Document(text)
    bounds = [*document.line_starts, len(text)]
    expected = [text[start:end].rstrip("\r\n") for start, end in pairwise(bounds)]
    assert [document.line_text(index) for index in range(len(document.line_starts))] == expected
    assert document.line_text(-1) == ""
