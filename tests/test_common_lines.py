from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lint.document import Document
from corpus_lint.duplication import common_lines
from corpus_lint.duplication.common_lines import CommonLines
from corpus_lint.look_up import look_up

WORDS = [
    "首页",
    "新聞",
    "新闻",
    " 体育 ",
    "",
    "x",
    "ab",
    "（甲）",
    "ＡＢ",
    "汉(hàn)字",
    "𠀀𠀁",
    "长" * 41,
    "长" * 70,
    "\r",
    "a\u0301b",
]


def common(texts: list[str], fewest: int, *, numpy: bool = False, units: list[int] | None = None) -> object:
    documents = [Document(text, index=number) for number, text in enumerate(texts)]
    lines = CommonLines()
    lines.add(documents, units or range(len(documents)), look_up("\n".join(texts)) if numpy else None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(common_lines, "MANY_ROWS", 0 if numpy else 1_000_000)
        found = list(lines.find(documents.__getitem__, fewest, lambda text, documents, company: True))
    return [(document.index, lines) for document, lines in found]


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map("\n".join), min_size=1, max_size=8))
def test_numpy_and_plain_python_find_the_same(texts: list[str]) -> None:
    if any(text.strip() for text in texts):
        assert common(texts, 2, numpy=True) == common(texts, 2)


def test_lines_in_company_know_it() -> None:
    texts = [f"甲乙\n丙丁\n\n戊己\n第{number}句话很长很长。\n庚辛" for number in range(5)]
    (_, lines), *rest = common(texts, 5)  # type: ignore[misc]
    assert [(line.text, line.documents, line.company) for line in lines] == [
        ("甲乙", 5, 3),
        ("丙丁", 5, 3),
        ("戊己", 5, 3),
        ("庚辛", 5, 1),
    ]
    assert len(rest) == 4


def test_neighbours_that_differ_are_no_company() -> None:
    texts = [f"第{number}首\n李白\n春眠{number}" for number in range(6)]
    (_, lines), *_ = common(texts, 6)  # type: ignore[misc]
    assert [(line.text, line.company) for line in lines] == [("李白", 1)]


def test_a_file_in_parts_counts_once() -> None:
    texts = ["甲乙丙\n正文"] * 4
    assert common(texts, 2, numpy=False, units=[0, 0, 0, 0]) == []
    assert common(texts, 2, numpy=True, units=[0, 0, 3, 3]) != []


def test_marks_around_a_line_make_no_difference() -> None:
    (_, lines), *_ = common(["| 登录 |", "• 登录"], 2)  # type: ignore[misc]
    assert (lines[0].documents, lines[0].text) == (2, "| 登录 |")


def test_sentences_are_not_counted() -> None:
    assert common(["他走了。", "他走了。"], 2) == []


@pytest.mark.parametrize("numpy", [True, False])
def test_blank_lines_do_not_count(numpy: bool) -> None:
    texts = ["甲乙\n \n\u3000\n丙丁", "甲乙\n丙丁"]
    for _, lines in common(texts, 2, numpy=numpy):  # type: ignore[attr-defined]
        assert [line.company for line in lines] == [2, 2]


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(common_lines, "MOST_ROWS", 400)
    draw = random.Random(1)
    texts = ["共同的一行\n共同的二行\n" + "\n".join(f"行{draw.random()}" for _ in range(20)) for _ in range(60)]
    documents = [Document(text, index=number) for number, text in enumerate(texts)]
    lines = CommonLines()
    for number, document in enumerate(documents):
        lines.add([document], [number])
        assert len(lines._rows.keys) <= 440
    found = dict(lines.find(documents.__getitem__, 50, lambda text, documents, company: True))
    assert len(found) >= 50
