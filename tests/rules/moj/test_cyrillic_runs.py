"""MOJ009's search: what its quick look leaves out has no run."""

from __future__ import annotations

from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_lint_rules.moj import _cyrillic_runs as cyrillic_runs

WORDS = (
    *(
        "Привет",
        "всем,",
        "кто",
        "читает",
        "книгу",
        "—",
        "до",
        "конца.",
        "The",
        "end;",
        "всё",
        "было",
        "хорошо",
        "12",
        "№",
    ),
    "«наука»",
)
RIGHTS = tuple(cyrillic_runs.RIGHTS)
WRONGS = (None, *cyrillic_runs.WRONGS)


@settings(max_examples=150)
@given(
    st.lists(
        st.tuples(st.sampled_from(WORDS), st.sampled_from(WRONGS), st.sampled_from(RIGHTS)), min_size=1, max_size=8
    )
)
def test_a_quick_look_leaves_out_no_run(pieces: list[tuple[str, str | None, str]]) -> None:
    text = " ".join(
        word if wrong is None else word.encode(right, "replace").decode(wrong, "replace")
        for word, wrong, right in pieces
    )
    quick = list(cyrillic_runs.find(text))
    with mock.patch.object(cyrillic_runs, "_may_gain", return_value=True):
        assert list(cyrillic_runs.find(text)) == quick
