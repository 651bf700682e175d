from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lint.finding import Edit
from corpus_lint.formats.json_literal import JsonField, locate, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = st.text(st.sampled_from('ab中𠮷"\\/\n\t\x01é\u2028\ud800'), max_size=20)
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(TEXT, VALUE, max_size=4), TEXT, st.booleans(), st.sampled_from([None, 1]), st.data())
def test_only_the_literal_changes(
    others: dict[str, object], text: str, ascii_only: bool, indent: int | None, data: st.DataObject
) -> None:
    record = {**others, "text": text, "z": 1.0}
    line = json.dumps(record, ensure_ascii=ascii_only, indent=indent).replace("\n", " ")
    start, end = locate(line, ("text",))
    literal = JsonField(1, ("text",), line)
    a, b = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    content = data.draw(TEXT)
    edited = literal.edited([Edit(a, b, content)], text[:a] + content + text[b:])
    new = line[:start] + edited.raw + line[end:]
    assert json.loads(new) == {**record, "text": text[:a] + content + text[b:]}
    assert edited.raw.startswith(literal.raw[: literal.raw_offset(a)])
    assert edited.raw.endswith(literal.raw[literal.raw_offset(b) :])


@pytest.mark.parametrize(
    ("raw", "content", "written"),
    [
        ("\\u4e2d bad", "文", "\\u6587"),
        ("plain bad", "文", "文"),
        ("中 \\u4e2d bad", "文", "文"),
        ("中 bad", "\ud800", "\\ud800"),
    ],
)
def test_new_text_is_escaped_as_the_literal_is(raw: str, content: str, written: str) -> None:
    assert JsonField(1, ("text",), f'{{"text": "{raw}"}}').inserted(content) == written


def test_columns_are_those_of_the_raw_line() -> None:
    line = '{"id": 1, "text": "a\\u4e2d\\ud842\\udfb7b\\n"}'
    start = locate(line, ("text",))[0]
    literal = JsonField(1, ("text",), line)
    assert [line[start + literal.raw_offset(offset)] for offset in range(4)] == ["a", "\\", "\\", "b"]


def test_of_a_key_that_stands_twice_the_last_counts() -> None:
    line = '{"text": "one", "text": "two"}'
    start, end = locate(line, ("text",))
    assert line[start:end] == "two" == json.loads(line)["text"]


def strings(value: object, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield steps, value
    elif isinstance(value, (dict, list)):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from strings(inner, (*steps, key))


@given(VALUE, st.booleans(), st.sampled_from([None, 1]))
def test_every_string_is_found(value: object, ascii_only: bool, indent: int | None) -> None:
    record = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    for steps, text in strings(value):
        start, end = locate(record, steps)
        assert json.loads(f'"{record[start:end]}"') == text


@given(VALUE)
def test_a_star_is_every_key(value: object) -> None:
    for steps, text in strings(value):
        depth = sum(isinstance(step, str) for step in steps)
        for star in ("*", "*[]"):
            assert (steps, text) in list(texts(value, ".".join([star] * depth)))
    assert list(texts({"*": "a", "b": "c"}, "*")) == [(("*",), "a")], "a key that is a star"
    assert list(texts({"a": "b", "a[]": "c"}, "a[]")) == [(("a[]",), "c")]
    assert list(texts({"a": {"b": ["c"]}}, "a[].b[*]")) == [(("a", "b", 0), "c")]
    assert not list(texts({"a": "b"}, "[]"))
