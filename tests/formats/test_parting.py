"""A long plain text in parts: where they end."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_lint.formats import parting
from corpus_lint.formats.parting import parts

TOKENS = [b"a", b"word ", "汉字。".encode(), b"\n", b"\n\n", b"\r\n", b"\r", b"\r\n\r\n", b"x" * 40]


def chunks(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


@pytest.fixture(autouse=True, scope="module")
def _short_lines():  # type: ignore[no-untyped-def]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parting, "LONGEST_LINE", 96)
        patch.setattr(parting, "PIECE", 48)
        patch.setattr(parting, "LAST_PART", 16)
        yield


@given(
    st.lists(st.sampled_from(TOKENS), max_size=200).map(b"".join),
    st.sampled_from([7, 64, 96, 200]),
    st.lists(st.integers(1, 300), min_size=1, max_size=3),
)
@settings(max_examples=300)
def test_parts(data: bytes, segment: int, sizes: list[int]) -> None:
    found = list(parts(chunks(data, sizes[0]), segment))
    assert b"".join(found) == data
    # However it is read, and from the end of any part on.
    assert all(list(parts(chunks(data, size), segment)) == found for size in sizes)
    for number in range(len(found)):
        assert list(parts(chunks(b"".join(found[number:]), sizes[-1]), segment)) == found[number:]
    for before, after in pairwise(found):
        assert not (before.endswith(b"\r") and after.startswith(b"\n"))
        if not before.endswith((b"\n", b"\r")):
            assert len(before) <= parting.PIECE
        elif len(before) > segment:
            assert not any(sign in before[:-2] for sign in (b"\n", b"\r"))


def test_behind_an_edit_the_parts_are_the_same() -> None:
    chance = random.Random(1)
    lines = ["".join(chance.choices("春天的早晨公园里有许多人", k=chance.randrange(5, 40))) for _ in range(20_000)]
    data = "\n".join(lines).encode()
    found = list(parts(chunks(data, 1 << 15), 1 << 15))
    again = list(parts(chunks("今天。\n".encode() + data, 1 << 15), 1 << 15))
    assert len(found) > 30
    assert len(set(found) & set(again)) >= len(found) - 2


def test_a_part_ends_with_a_paragraph() -> None:
    data = b"\n\n".join([b"one line\nanother\nthe last"] * 1000)
    assert all(part.endswith(b"the last\n\n") for part in list(parts(chunks(data, 999), 4096))[:-1])
