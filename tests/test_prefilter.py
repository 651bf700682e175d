from __future__ import annotations

import pytest
import regex
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corpus_lint import prefilter
from corpus_lint.document import Document
from corpus_lint.engine import Engine
from corpus_lint.rule import PatternRule


def found(pattern: str, text: str, *, screened: bool = True) -> list[str]:
    class Rule(PatternRule):
        code, name, message = "OWN001", "own", "found"

    Rule.pattern = pattern
    results = Engine([Rule()], screened=screened).check([Document(text)])
    return [text[result.finding.start : result.finding.end] for result in results]


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"\Aab", "ab c"),
        (r"ab\Z", "c ab"),
        (r"(?-m:^ab$)", "ab"),
        (r"a[\b]b", "a\bb"),
        (r"ab{,2}", "abb"),
        (r"a\W", "a①"),
        (r"a\S", "a\u180e"),
        (r"a[^\s]", "a\x1c"),
        (r"[^\W\d]a", "e\u0301a"),
        (r"a\w", "a\u203f"),
        (r"\p{Han}a", "\U00030000a"),
        (r"(?i)istanbul", "İSTANBUL"),
        (r"(?i)(?P<city>istanbul)", "İSTANBUL"),
        (r"(?i)[a-z]stanbul", "İSTANBUL"),
        (r"ab(?i)cd", "abCD"),
        (r"(?i)\u10d0", "\u1c90"),
        (r"(?i)т", "\u1c84"),
        (r"(?i)\p{Lu}a", "Ba"),
        (r"\{a|\[\[b", "{a [[b"),
    ],
)
def test_the_screen_of_an_expression_hides_nothing(pattern: str, text: str) -> None:
    document = f"x\r\n{text}\n\n{text}"
    assert found(pattern, document, screened=False)
    assert found(pattern, document) == found(pattern, document, screened=False)


def test_what_is_read_alike_is_screened_for_as_it_stands() -> None:
    for pattern in (r"第[一二三十]名", r"(?<=a)b|xyz$", r"\{\{name\}\}", r"(?-i:a)(?#b)"):
        assert prefilter.widened(pattern) == pattern


ATOMS = ("a", "i", "é", "т", "一", ".", "^", "$", "[a-z]", "[^a一]", r"[^\s]", r"[\w-]", r"[\bа-я]")
ESCAPES = (*("\\" + letter for letter in "wWsSdDbBAZhv"), r"\p{L}", r"\P{Han}", r"\{")
LETTERS = "aAiIıİéÉтТᲅ一\U00030000①\u0301\u203f\u180e\x1c\x08 \t5٣{-\r\n\u2028"


@st.composite
def expressions(draw: st.DrawFn) -> str:
    part = st.sampled_from((*ATOMS, *ESCAPES)).flatmap(
        lambda atom: st.sampled_from(("", "", "+", "?", "{2}", "{,2}", "++")).map(lambda many: atom + many)
    )
    groups = ("{}", "{}", "(?:{})", "({})", "(?={})", "(?!{})", "(?<!{})", "(?P<i>{})", "(?i:{})", "((?i){})")
    around = st.sampled_from(groups)
    parts = draw(st.lists(st.tuples(around, part), min_size=1, max_size=4))
    flags = draw(st.sampled_from(("", "", "(?i)", "(?s)", "(?x)")))
    return flags + draw(st.sampled_from(("", "|"))).join(form.format(part) for form, part in parts)


@settings(deadline=None, max_examples=60)
@given(expressions(), st.text(LETTERS, min_size=1, max_size=12))
def test_the_screen_of_any_expression_hides_nothing(pattern: str, text: str) -> None:
    try:
        regex.compile(pattern)
    except regex.error:
        assume(False)
    assert found(pattern, text) == found(pattern, text, screened=False)
