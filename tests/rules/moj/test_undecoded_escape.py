"""MOJ008 beyond its examples: escaping and decoding, and where escapes are meant."""

from __future__ import annotations

import quopri
from urllib.parse import quote

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corpus_lint.document import Document
from corpus_lint.engine import Engine
from corpus_lint.source import Source
from corpus_lint.testing import find, fix
from corpus_lint_rules.moj.undecoded_escape import UndecodedEscape

SENTENCES = (
    "春天来了，院子里的桃花开得很好看。",
    "公司於二〇〇三年成立，專門研究環保設備。",
    "昨日は友だちと一緒に映画を見に行きました。",
    "어제는 친구와 함께 영화를 보러 갔습니다.",
    "Вчера вечером мы долго гуляли по набережной.",
)
words = st.text(st.sampled_from("春天来了院子里的桃花开得很好看公司於年成立"), min_size=2, max_size=8)
sentences = st.sampled_from(SENTENCES)


def escaped(text: str, how: str) -> str:
    if how in ("\\u", "%u", "u"):
        return "".join(f"{how}{ord(character):04x}" for character in text)
    if how == "&#":
        return "".join(f"&#{ord(character)};" for character in text)
    if how == "&#x":
        return "".join(f"&amp;#x{ord(character):X};" for character in text)
    if how == "\\x":
        return "".join(f"\\x{byte:02x}" for byte in text.encode())
    if how == "%":
        return quote(text)
    if how == "=":
        return "".join(f"={byte:02X}" for byte in text.encode())
    return text.encode("utf-7").decode("ascii")


HOW = ["\\u", "%u", "u", "&#", "&#x", "\\x", "%", "=", "utf-7"]


@settings(deadline=None)
@given(sentences, sentences, words, st.sampled_from(HOW))
def test_an_escaped_word_in_prose_is_decoded(before: str, behind: str, word: str, how: str) -> None:
    text = f"{before}{' ' if how == '%' else ''}{escaped(word, how)}{' ' if how == '%' else ''}{behind}"
    assert fix(UndecodedEscape, text) == text.replace(escaped(word, how), word)


@settings(deadline=None)
@given(st.lists(sentences, min_size=2, max_size=6).map("".join))
def test_quoted_printable_is_decoded_with_its_broken_lines(text: str) -> None:
    encoded = quopri.encodestring(text.encode()).decode("ascii")
    assert fix(UndecodedEscape, f"正文：\n{encoded}\n") == f"正文：\n{text}\n"


@settings(deadline=None)
@given(st.text(st.sampled_from("ab&;#x1nbsp%E4=+-\\u中文 `<>\n"), max_size=60))
def test_fixing_comes_to_rest_and_the_screen_hides_nothing(text: str) -> None:
    assume("\r" not in text)
    screened, unscreened = (find(UndecodedEscape, text, screened=flag) for flag in (True, False))
    assert [result.finding for result in screened] == [result.finding for result in unscreened]
    once = fix(UndecodedEscape, text)
    assert fix(UndecodedEscape, once) == once


@pytest.mark.parametrize("how", HOW)
def test_code_is_left_alone(how: str) -> None:
    word = escaped("春天来了", how)
    for text in (f"```\n春天 {word} 桃花\n```", f"写成 `{word}` 的春天", f"春天的转义写法是 {word}", f'x = "{word}"'):
        assert find(UndecodedEscape, text) == []


@pytest.mark.parametrize(
    ("name", "confidences"), [("a.txt", [None]), ("a.md", ["medium"]), ("a.html", []), ("a.xml", [])]
)
def test_what_a_file_is_decides(name: str, confidences: list[str | None]) -> None:
    results = Engine([UndecodedEscape()]).check([Document("春天&nbsp;来了", source=Source(name))])
    found = [result.finding.confidence for result in results]
    assert [confidence.value if confidence else None for confidence in found] == confidences


def test_links_of_pages_are_left_alone() -> None:
    url = "https://zh.wikipedia.org/wiki/" + quote("春天")
    for text in (f"见{url}。", f"[春天]({url})", f"春天/{quote('桃花')}.html", f"春天?q={quote('桃花')}&amp;p=1"):
        assert find(UndecodedEscape, text) == []
