"""SCR002: what its examples cannot say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lint import testing
from corpus_lint_rules.scr._lookalikes import latin, radicals
from corpus_lint_rules.scr.homoglyph import Homoglyph

CYRILLIC = {target: double for double, target in latin().items() if "\u0430" <= double <= "\u044f"}


@given(st.sampled_from(["password", "account", "payment", "escrow", "corporate"]), st.data())
def test_a_double_inside_a_word_is_undone(word: str, data: st.DataObject) -> None:
    places = [at for at, letter in enumerate(word) if letter in CYRILLIC]
    at = data.draw(st.sampled_from(places))
    damaged = f"Please check your {word[:at]}{CYRILLIC[word[at]]}{word[at + 1 :]} now."
    assert testing.fix(Homoglyph, damaged) == f"Please check your {word} now."


@pytest.mark.parametrize(("double", "letter"), [("а", "a"), ("ο", "o"), ("Ϲ", "C"), ("Ꭺ", "A"), ("Ι", "I")])
def test_table_of_letters(double: str, letter: str) -> None:
    assert latin()[double] == letter


def test_table_of_radicals() -> None:
    table = radicals()
    assert [table[radical] for radical in "⼀⻓⻅⻣⽤"] == ["一", "长", "见", "骨", "用"]
    assert "⻌" not in table  # a part of characters


@given(st.text(alphabet="аoсxyАBЕ abΑοα中エ作ｗ\U0001d41a", max_size=30))
def test_screen_and_rest(text: str) -> None:
    screened = testing.find(Homoglyph, text)
    assert [r.finding for r in screened] == [r.finding for r in testing.find(Homoglyph, text, screened=False)]
    fixed = testing.fix(Homoglyph, text)
    assert testing.fix(Homoglyph, fixed) == fixed
