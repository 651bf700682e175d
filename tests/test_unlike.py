"""Text of which no fingerprint stands twice, or no gram, has no repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from corpus_lint.document import Document
from corpus_lint.duplication import comparison, passages, winnowing
from corpus_lint.duplication.unlike import FIRST_SYLLABLE, GRAM, LETTERS, are_unlike, have_no_gram_twice
from tests.shell import Workshop

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PASSAGE = "".join(map(chr, range(0x4E00, 0x4E00 + 150)))
ALPHABET = "the quick brown fox jumps over a lazy dog and runs on into hills behind us"
PIECES = [
    PASSAGE,
    PASSAGE[:40] + "，" + PASSAGE[40:],
    "a" * 90,
    "短",
    "wàng(wang)\n",
    "0123456789" * 9,
    ALPHABET,
    PASSAGE[70:] + "。",
]


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=3).map("".join), max_size=3))
def test_what_is_unlike_has_no_repeats(texts: list[str]) -> None:
    documents = [Document(text, index=number) for number, text in enumerate(texts)]
    found = list(passages.repeats(documents)) if documents else []
    if are_unlike(texts) or have_no_gram_twice(texts):
        assert not found


def test_grams() -> None:
    assert (GRAM, LETTERS) == (winnowing.SHORT_GRAM, winnowing.LONG_GRAM)
    assert ord(FIRST_SYLLABLE) == winnowing.FIRST_SYLLABIC
    assert have_no_gram_twice(["", "短", PASSAGE, PASSAGE[:15]])
    assert not have_no_gram_twice([PASSAGE, PASSAGE[:8] + "，" + PASSAGE[8:16]])
    letters = "".join(filter(str.isalpha, ALPHABET))
    assert have_no_gram_twice([ALPHABET, letters[:31] + "，zebras", PASSAGE])
    assert not have_no_gram_twice([ALPHABET, PASSAGE, letters[:20] + "，" + letters[20:32]])
    assert have_no_gram_twice([PASSAGE + ALPHABET, letters[:31] + PASSAGE[:15]])
    assert not have_no_gram_twice([PASSAGE + ALPHABET, letters[:32] + PASSAGE[:15]])


@given(st.lists(st.sampled_from([*PIECES, "a", "短"]), max_size=6).map("".join))
def test_what_is_unlike_has_no_fingerprint_twice(text: str) -> None:
    if have_no_gram_twice([text]):
        assert are_unlike([text])
        assert not passages.sketch([Document(text)], 0, numpy=False).may_repeat


def test_little_text_waits(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    shop = Workshop(tmp_path, capsys, monkeypatch)
    shop.write("corpus-lint.toml", "")
    for number in range(9):
        shop.write(f"{number}.txt", f"导航 首页\n{PIECES[number % 3]}第{number}页\n登录 注册\n")
    shop.write("loop.txt", "".join(map(chr, range(0x5200, 0x5214))) * 5)
    arguments = (".", "--output-format", "json", "--pedantic", "-j", "1")
    little = shop.run(*arguments)
    assert "DUP" in little[1]
    monkeypatch.setattr(comparison, "LITTLE", 0)
    assert shop.run(*arguments) == little
    monkeypatch.setattr(comparison, "LITTLE", 300)
    assert shop.run(*arguments) == little
