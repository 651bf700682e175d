from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lint.document import Document
from corpus_lint.source import Source

KINDS = {"p": "prose", "c": "code", "f": "front matter", "t": "table", "h": "html"}


def kinds(text: str, form: str = "markdown") -> str:
    document = Document(text, source=Source("a.md", form=form))
    return "".join(document.markup.kind(start)[0] for start in document.line_starts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ntitle: x\n---\nprose", "fffp"),
        ("---\nprose\n\n---\nprose", "ppppp"),
        ("+++\na = 1\n+++\nprose", "fffp"),
        ("prose\n---\na: b\n---\n", "ppppp"),
        ("a\n```py\nx\n~~~\n```\nb", "pccccp"),
        ("a\n````\n```\n````\nb", "pcccp"),
        ("a\n```inline``` code\nb", "ppp"),
        ("> ```\n> x\n> ```\nb", "cccp"),
        ("1. a\n   ```\n   x\n   ```\nb", "pcccp"),
        ("a\n~~~\nnot closed\n\nb", "pcccc"),
        ("a\n\n| x | y |\n|---|:-:|\n| 1 | 2 |\nb", "pptttp"),
        ("x | y\n--|--\n1 | 2\n\nb", "tttpp"),
        ("a | b\nno rule", "pp"),
        ("a\n<div>\nx\n</div>\n\nb", "phhhpp"),
        ("<!-- a\n\nb -->\nc", "hhhp"),
        ("<pre>\n\nx\n</pre>\nc", "hhhhp"),
        ("a < b\n<3 you", "pp"),
        ("a\n\n    code\n\n    more\nb", "ppcccp"),
        ("- a\n\n    goes on\n", "pppp"),
        ("a\r\n```\r\nx\r\n```\r\nb", "pcccp"),
        ("", "p"),
    ],
)
def test_kinds(text: str, expected: str) -> None:
    assert kinds(text) == expected


def test_indented_paragraphs_are_no_code_in_plain_text() -> None:
    assert kinds("标题\n\n    春天的早晨。\n", "text") == "pppp"


@given(st.text("`~-|<>! \n\tab:=+/pre", max_size=60))
def test_any_text_has_an_answer(text: str) -> None:
    document = Document(text)
    for offset in range(len(text) + 1):
        assert document.markup.kind(offset) in KINDS.values()
        line = document.line_starts[document.line_at(offset)]
        if offset < len(text) and "\r" not in text:
            assert document.markup.kind(offset) == document.markup.kind(line)
