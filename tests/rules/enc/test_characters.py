"""ENC004 and ENC006 beyond their examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lint.document import Document
from corpus_lint.engine import Engine
from corpus_lint.finding import Applicability
from corpus_lint.fixing import fix_document
from corpus_lint.testing import find
from corpus_lint_rules.enc.control_character import ControlCharacter
from corpus_lint_rules.enc.private_use_character import PrivateUseCharacter

if TYPE_CHECKING:
    from pathlib import Path

SAFE, UNSAFE = Applicability.SAFE, Applicability.UNSAFE


def fixed(text: str, applicability: Applicability) -> str:
    engine = Engine([ControlCharacter()])
    return fix_document(Document(text), lambda document: engine.check([document]), applicability).document.text


@pytest.mark.parametrize(
    ("text", "safe", "unsafe"),
    [
        ("中\0文", "中文", "中文"),
        ("foo\0bar", "foo\0bar", "foobar"),
        ("1\x00234", "1\x00234", "1234"),
        ("句号。\x03\x04", "句号。", "句号。"),
        ("e\x0ecient", "e\x0ecient", "efficient"),
        ("上\x0b下", "上\x0b下", "上\n下"),
        ("有\x08限", "有限", "有限"),
        ("teh\x08\x08\x08the", "teh\x08\x08\x08the", "tehthe"),
        ("部分\x1fとの", "部分との", "部分との"),
        ("a\x01b\x01c", "a\x01b\x01c", "a\tb\tc"),
        ("\x93引\x94", "\x93引\x94", "\x93引\x94"),
        ("\x1b[0m\x1b[38;5;12m蓝\x1b[m\x1b]0;标题\x07", "蓝", "蓝"),
        ("\x1bHello", "Hello", "Hello"),
    ],
)
def test_what_is_safe(text: str, safe: str, unsafe: str) -> None:
    assert fixed(text, SAFE) == safe
    assert fixed(text, UNSAFE) == unsafe


def test_one_finding_a_line_with_its_number() -> None:
    results = find(ControlCharacter, "甲\x02乙\x02丙\n丁\n戊\x7f己")
    assert [result.finding.occurrences for result in results] == [2, 1]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("UTF-16 read byte by byte".encode("utf-16-le").decode(), "UTF-16"),
        ("é\x80" * 60, "decoded with the wrong encoding"),
        ("中文里的很多字".encode().decode("latin-1") * 9, "decoded with the wrong encoding"),
        ("\x01\x02\x03\x04abc" * 20, "binary file"),
    ],
)
def test_no_text_is_one_finding_without_a_fix(text: str, word: str) -> None:
    (result,) = find(ControlCharacter, text)
    assert word in result.finding.message
    assert result.finding.fix is None


def test_padding_is_not_no_text() -> None:
    assert fixed("一段正文。" + "\0" * 400, SAFE) == "一段正文。"


def test_a_log_full_of_colours_is_text() -> None:
    assert fixed("\x1b[32mok\x1b[0m\n" * 200, SAFE) == "ok\n" * 200


@given(st.text(st.sampled_from("ab1中文 \n\0\x01\x07\x08\x0b\x0e\x13\x14\x15\x1b\x1c\x7f\x85\x93[0m_"), max_size=40))
def test_fixes_come_to_rest(text: str) -> None:
    once = fixed(text, UNSAFE)
    assert fixed(once, UNSAFE) == once
    visible = [character for character in fixed(text, SAFE) if character in "中文ab1"]
    for character in visible:
        assert character in text


def test_private_use_in_the_seeds(seeds: list[Path]) -> None:
    found = [
        (path.name[:3], document.position(result.finding.start)[0] + 1, document.text[result.finding.start])
        for path in seeds
        for document in [Document(path.read_text("utf-8"))]
        for result in find(PrivateUseCharacter, document.text)
    ]
    assert found == [("001", 40, "\ue4b2"), ("001", 111, "\ue848"), ("001", 151, "\ue21e"), ("001", 152, "\ue7fe")]


def test_private_use_is_counted_and_named() -> None:
    (result,) = find(PrivateUseCharacter, "图标" + "".join(map(chr, range(0xE100, 0xE108))))
    assert result.finding.occurrences == 8
    assert "U+E100 U+E101 U+E102 U+E103 U+E104 and 3 more" in result.finding.message
