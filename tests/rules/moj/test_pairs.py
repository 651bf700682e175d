"""The search for misread runs: what its quick look leaves out has no run that counts."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_lint_rules.moj._codepages import decode, encode
from corpus_lint_rules.moj._pairs import (
    DOUBLE_AS_DOUBLE,
    DOUBLE_AS_SINGLE,
    UTF_8_AS_DOUBLE,
    Misreading,
    may_gain,
    search,
)

MISREADINGS = (*UTF_8_AS_DOUBLE, *DOUBLE_AS_DOUBLE, *DOUBLE_AS_SINGLE)
WORDS = (
    "電信網路",
    "它们向东",
    "昨日東京から",
    "어제 서울에서",
    "魑魅魍魎",
    "It’s",
    "caf茅",
    "?",
    "�",
    " 12 ",
    "สวัสดี",
    "“…”",
)


def damaged(word: str, misreading: Misreading | None) -> str:
    data = None if misreading is None else encode(word, misreading.right)
    read = None if data is None or misreading is None else decode(data, misreading.wrong)
    return word if read is None else read


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from((None, *MISREADINGS))), min_size=1, max_size=5),
    st.sampled_from(MISREADINGS),
    st.data(),
)
def test_a_quick_look_denies_no_gain(
    pieces: list[tuple[str, Misreading | None]], misreading: Misreading, data: st.DataObject
) -> None:
    text = "".join(damaged(*piece) for piece in pieces)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = search(text, start, end, misreading)
    assert found is None or may_gain(text, start, end, misreading, found.gain)
