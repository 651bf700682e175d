"""What compiled loops say of UTF-8 is what Python says."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus_lint import native
from corpus_lint.decode import utf8
from corpus_lint.document import Document
from corpus_lint.line_ends import feeds
from corpus_lint.native import utf8_loops

if TYPE_CHECKING:
    from corpus_lint.native_loops import Utf8Loops

pytestmark = pytest.mark.skipif(utf8_loops() is None, reason="the compiled loops were not built")

PIECES = [
    "汉字很好看，" * 9,
    "The quick brown fox. " * 4,
    "\n",
    "あいう" * 20,
    "한국어 ",
    "é",
    "\xff",
    "Ж",
    "\uffff",
    "😀",
]
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=40)), max_size=30).map("".join)


def loops() -> Utf8Loops:
    found = utf8_loops()
    assert found is not None
    return found


ILL_FORMED = [
    b"\xed\xa0\x80",
    b"\xe0\x9f\xbf",
    b"\xc1\xbf",
    b"\x80",
    b"\xe4\xbd",
    b"\xf4\x90\x80\x80",
    b"\xff",
    b"\xc3(",
]


@settings(max_examples=500)
@given(
    texts, st.lists(st.tuples(st.sampled_from(ILL_FORMED) | st.binary(max_size=3), st.integers(0, 10**4)), max_size=2)
)
@example("汉" * 40 + "\n" + "x" * 40 + "é" * 3, [])
@example("汉" * 40, [(b"\xed\xa0\x80", 3)])
@example("汉" * 40, [(b"\xe0\x9f\xbf", 0)])
@example("汉" * 40, [(b"\xe4\xbd", 120)])
@example("abc" * 40, [(b"\xff", 120)])
def test_bytes_are_decoded_the_same(text: str, others: list[tuple[bytes, int]]) -> None:
    data = text.encode("utf-8", "surrogatepass")
    for other, place in others:
        data = data[:place] + other + data[place:]
    decoded = loops().decode(data)
    try:
        expected = data.decode()
    except UnicodeDecodeError:
        assert decoded is None
        return
    # The interpreter must have made it itself: texts are compared and searched by the form in which they are kept.
    assert decoded is None or (decoded, sys.getsizeof(decoded)) == (expected, sys.getsizeof(expected))
    greatest = max(expected, default="")
    assert (decoded is None) == ("\x7f" < greatest <= "\xff" or greatest > "\uffff")


def test_much_is_decoded_and_what_is_no_utf8_is_said() -> None:
    much = "汉字\n".encode() * native.SOME
    assert utf8(much) == much.decode()
    with pytest.raises(UnicodeDecodeError, match="position 7"):
        utf8(much[:7] + b"\xff" + much[7:])


@settings(max_examples=500)
@given(
    st.one_of(
        st.binary(max_size=12),
        st.text(st.sampled_from("a汉é😀\n"), max_size=80).map(str.encode),
        st.lists(
            st.sampled_from(
                [b"\x80", b"\xbf", b"\xc2", b"\xe0", b"\xed", b"\xf0", b"\xf4", b"\xa0", b"\x90", b"a", "汉".encode()]
            ),
            max_size=8,
        ).map(b"".join),
    )
)
def test_bytes_are_known_to_be_valid(data: bytes) -> None:
    try:
        data.decode()
        expected = True
    except UnicodeDecodeError:
        expected = False
    assert loops().is_valid(data) == expected


@settings(max_examples=300)
@given(st.text(st.sampled_from("a汉é😀\n"), max_size=900), st.integers(0, 900), st.integers(0, 900))
def test_characters_are_reached(text: str, start: int, characters: int) -> None:
    data, first = text.encode(), len(text[:start].encode())
    found = loops().reach(data, first, characters)
    assert data[first:found].decode() == text[start : start + characters]


@given(st.text(st.sampled_from("a汉é😀\n"), max_size=300), st.integers(0, 80), st.integers(0, 300))
def test_characters_are_counted(text: str, start: int, end: int) -> None:
    data, first, last = text.encode(), len(text[:start].encode()), len(text[:end].encode())
    assert loops().characters(data, first, last) == len(text[start:end])


def test_places_in_much_text_are_those_of_its_bytes() -> None:
    text = "a汉é😀\n" * native.SOME
    lines = list(Document(text).lines())
    places = [Document(text).offset_of_byte(line.byte_start) for line in lines[:: native.SOME // 8]]
    assert places == [line.start for line in lines[:: native.SOME // 8]]


@given(st.text(st.sampled_from("汉a\n 。\U0001f600"), max_size=300), st.integers(0, 80), st.integers(0, 300))
def test_line_feeds_are_counted(text: str, start: int, end: int) -> None:
    data = text.encode()
    assert loops().feeds(text, start, end) == text.count("\n", start, end)
    assert loops().feeds(data, start, end) == data.count(b"\n", start, end)


def test_line_feeds_of_much_and_of_little() -> None:
    for text in ("a\n汉\n", "a\n汉\n" * native.SOME):
        assert feeds(text) == feeds(text.encode()) == text.count("\n")
