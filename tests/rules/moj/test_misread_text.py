"""Damage and repair: text in one encoding, read as another, as a line and inside a clean line."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from corpus_lint import packs, testing
from corpus_lint.finding import Applicability
from corpus_lint_rules.moj._codepages import DOUBLE, SINGLE, decode, encode, read_table
from corpus_lint_rules.moj._model import model

RULES = {rule.code: rule for rule in packs.load() if rule.code in {"MOJ002", "MOJ003", "MOJ004", "MOJ005"}}
TEXTS = Path(__file__).parents[3] / "benchmarks" / "mojibake_texts.txt"


def paragraphs() -> dict[str, str]:
    rows = [row for row in TEXTS.read_text("utf-8").splitlines() if row and not row.startswith("#")]
    return {name.strip("[]"): text for name, text in zip(rows[::2], rows[1::2], strict=True)}


CLEAN = paragraphs()


@pytest.mark.parametrize("name", [*DOUBLE, *SINGLE])
def test_code_page_both_ways(name: str) -> None:
    for data, character in read_table(name).items():
        again = encode(character, name)
        assert again is not None
        assert decode(again, name) == character
        assert len(data) <= 2


def test_no_character_stands_for_a_byte_that_is_none_and_another() -> None:
    """0x85 begins nothing in Shift-JIS: together with 0xB1, which is ｱ alone, it is no second way to write it."""
    assert b"\x85\xb1" not in read_table("cp932")
    assert encode("ｱ\uf8f0", "cp932") == b"\xb1\xa0"


@pytest.mark.parametrize(
    ("code", "right", "wrong", "language", "length", "least"),
    [
        ("MOJ002", "utf-8", "gbk", "zh", 8, 0.95),
        ("MOJ002", "utf-8", "gbk", "ja", 8, 0.9),
        ("MOJ003", "gbk", "cp1252", "zh", 8, 0.99),
        ("MOJ003", "gbk", "cp1252", "zh", 40, 0.99),
        ("MOJ003", "big5", "cp1252", "hant", 40, 0.99),
        ("MOJ003", "gbk", "cp1251", "zh", 40, 0.99),
        ("MOJ003", "cp949", "cp1252", "ko", 40, 0.99),
        ("MOJ004", "cp949", "gbk", "ko", 40, 0.75),
    ],
)
def test_restored(code: str, right: str, wrong: str, language: str, length: int, least: float) -> None:
    """Where no byte is lost, nearly every run is restored exactly, and no safe fix is wrong."""
    chance = random.Random(1)
    text = CLEAN[language]
    restored = total = 0
    for number in range(24):
        start = chance.randrange(len(text) - length)
        piece = text[start : start + length]
        data = encode(piece, right)
        damaged = None if data is None else decode(data, wrong)
        if damaged is None or damaged == piece:
            continue
        inside = number % 2
        before, behind = (text[max(0, start - 10) : start], text[start + length :][:10]) if inside else ("", "")
        total += 1
        line = before + damaged + behind
        restored += testing.fix(RULES[code], line) == before + piece + behind
        for result in testing.find(RULES[code], line):
            fix = result.finding.fix
            if fix is not None and fix.applicability is Applicability.SAFE:
                assert all(edit.content in before + piece + behind for edit in fix.edits)
    assert total > 5
    assert restored >= least * total


@pytest.mark.parametrize("language", sorted(CLEAN))
def test_clean_text_is_left_alone(language: str) -> None:
    for rule in RULES.values():
        assert testing.find(rule, CLEAN[language], screened=False) == []


@pytest.mark.parametrize(
    ("clean", "right", "wrong"),
    [
        ("电信网络诈骗案件数量持续上升", "utf-8", "gbk"),
        ("帝高陽之苗裔兮，朕皇考曰伯庸", "gbk", "big5"),
        ("彼は昨日東京から帰ってきた", "cp932", "gbk"),
        ("그는 어제 서울에서 돌아왔습니다", "cp949", "gbk"),
    ],
)
def test_model_prefers_text_to_its_misreading(clean: str, right: str, wrong: str) -> None:
    data = encode(clean, right)
    assert data is not None
    table = read_table(wrong)
    damaged = decode(data, wrong) or "".join(table.get(data[i : i + 2], "\ufffd") for i in range(0, len(data), 2))
    assert model().cost(clean) + 3 * len(clean) < model().cost(damaged)


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("MOJ003", "¤ß§ø¤l·|¥¢¥h\xadì¨Óªº¼Ë¤l¡A±ß¤W¤E?I¥H«á¤£©ñ"),  # ?I was one character
        ("MOJ004", "신선ﾇﾑ ﾃ､ｼﾒｿﾍ ｰ惕ﾏﾀｻ ｽﾎｰﾔ ｻ� ｼ� ﾀﾖｴﾙ. ﾇﾒｸﾓｴﾏｴﾂ ｴﾃ ｰｰﾀｺ"),  # 惕 has two spellings in Shift-JIS
    ],
)
def test_what_nobody_knows_is_not_restored_unseen(code: str, line: str) -> None:
    fixes = [result.finding.fix for result in testing.find(RULES[code], line)]
    assert fixes
    assert not any(fix and fix.applicability is Applicability.SAFE for fix in fixes)
