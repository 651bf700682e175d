"""Damage and repair: text in one encoding, read as another, as a line and inside a clean line."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from corpus_lint import packs, testing
from corpus_lint.finding import Applicability, Confidence
from corpus_lint_rules.moj._codepages import DOUBLE, SINGLE, decode, encode, read_table
from corpus_lint_rules.moj._model import model

RULES = {rule.code: rule for rule in packs.load() if rule.code in {"MOJ002", "MOJ003", "MOJ004", "MOJ005", "MOJ009"}}
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
        ("MOJ002", "utf-8", "gbk", "pl", 40, 0.95),
        ("MOJ002", "utf-8", "gbk", "fr", 40, 0.9),
        ("MOJ002", "utf-8", "cp949", "pl", 40, 0.95),
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


@pytest.mark.parametrize("wrong", ["cp1252", "cp1250", "mac_roman", "cp437", "cp1251", "koi8-r", "cp866"])
@pytest.mark.parametrize("right", ["cp1251", "koi8-r", "cp866"])
def test_russian_in_one_code_page_read_in_another(right: str, wrong: str) -> None:
    if right == wrong:
        pytest.skip("nothing is misread")
    words = CLEAN["ru"].replace(",", "").split(" ")[:24]
    restored = 0
    for start in range(0, 24, 4):
        piece = " ".join(words[start : start + 4])
        damaged = "".join(bytes((b,)).decode(wrong, "ignore") or chr(b) for b in piece.encode(right))
        line = f"1. {damaged} - ok"
        restored += testing.fix(RULES["MOJ009"], line) == f"1. {piece} - ok"
        for result in testing.find(RULES["MOJ009"], line):
            fix = result.finding.fix
            if fix is not None and fix.applicability is Applicability.SAFE:
                assert all(edit.content in piece for edit in fix.edits)
    assert restored >= 3


@pytest.mark.parametrize("lost", [0, 1, 2, 3])
def test_gbk_one_byte_late_without_a_mark(lost: int) -> None:
    """Everything but the characters at the ends of the run comes back."""
    from corpus_lint_rules.moj._one_late import find

    text = CLEAN["zh"]
    for start in range(0, 280, 40):
        piece = text[start : start + 40]
        data = piece.encode("gbk")
        damaged, _ = read_late(data[:lost] + data[lost + 1 :])
        line = text[400:405] + damaged
        [run] = find(line)
        fixed = line[: run.start] + run.restored + line[run.end :]
        assert piece[3:-2] in fixed


def read_late(data: bytes) -> tuple[str, int]:
    """Bytes of GBK read as they come, U+FFFD for one that begins nothing; and how many of these there are."""
    table = read_table("gbk")
    found: list[str] = []
    at = 0
    while at < len(data):
        character = chr(data[at]) if data[at] < 0x80 else table.get(data[at : at + 2])
        found.append(character or "\ufffd")
        at += 2 if character and data[at] >= 0x80 else 1
    return "".join(found), found.count("\ufffd")


@pytest.mark.parametrize("start", range(0, 300, 30))
def test_gbk_read_as_utf_8_where_it_fits(start: int) -> None:
    """`Ŀ¼`: two bytes that happen to be UTF-8 became one letter, the others one each."""
    piece = CLEAN["zh"][start : start + 30]
    mixed = re.sub(
        rb"[\xc2-\xdf][\x80-\xbf]|[\x80-\xff]",
        lambda match: match[0] if len(match[0]) == 2 else match[0].decode("latin-1").encode(),
        piece.encode("gbk"),
    ).decode()
    assert testing.fix(RULES["MOJ003"], mixed) == piece


@pytest.mark.parametrize(
    "line",
    [
        "穿T恤去卡拉OK厅，A股和K线，用vim路径，上海Nanjing路。",
        "We met on Nanjing路, near the T恤 shop, and took an iPhone手机.",
        "Der Name 李 wird Li geschrieben; 茅 ist ein Zeichen, 猫 eine Katze.",
        "커피는 café에서, 파일은 API처럼 USB창에 둔다.",
    ],
)
def test_east_asian_characters_beside_latin_words_are_right(line: str) -> None:
    assert testing.find(RULES["MOJ002"], line, screened=False) == []


def test_a_damaged_word_in_a_document_of_damaged_words_is_restored_unseen() -> None:
    text = "Le caf茅 est ferm茅.\nLa fen锚tre du ch芒teau.\nIl va 脿 la gare.\n"
    fixes = [result.finding.fix for result in testing.find(RULES["MOJ002"], text)]
    assert [fix.applicability for fix in fixes if fix] == [Applicability.SAFE] * 3
    assert testing.fix(RULES["MOJ002"], text) == "Le café est fermé.\nLa fenêtre du château.\nIl va à la gare.\n"


@pytest.mark.parametrize(
    "text", ["中文编码的问题很常见，我们来看看它是怎么发生的。", "他们说这个地方的天气一直很好，欢迎你来。"]
)
def test_utf_8_that_lost_bytes_in_gbk_is_not_out_of_step(text: str) -> None:
    """Between two U+FFFD it can be read one byte late, too, and gives as little sense."""
    from corpus_lint_rules.moj.bytes_out_of_step import BytesOutOfStep

    assert testing.find(BytesOutOfStep, text.encode().decode("gbk", "replace")) == []


def test_what_is_shown_on_purpose_is_not_repaired() -> None:
    found = [r.finding for r in testing.find(RULES["MOJ002"].real(), "例如“中文”会变成“涓枃”，“你好”会变成“浣犲ソ”。")]
    assert {finding.confidence for finding in found} == {Confidence.MEDIUM}
    assert all(finding.fix is None or finding.fix.applicability is Applicability.UNSAFE for finding in found)


TIED = "3394\t0-EEBA\tEEBA\t\ueeba\t\ueeba\t15679\t.1988\t96.55504\t0712\t阝\t4"
"""What is a sign of more misreadings than are tried, of each as often."""


def test_what_is_tried_does_not_depend_on_the_seed_of_hashes() -> None:
    code = (
        "from corpus_lint import testing; from corpus_lint_rules.moj.double_byte_read_as_another import *;"
        f"print(len(testing.find(DoubleByteReadAsAnother, {TIED!r})))"
    )
    seeds = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "21", "22")
    }
    assert len(seeds) == 1


@pytest.mark.parametrize(
    ("right", "wrong", "text"),
    [
        ("iso8859-6", "latin-1", "يهيئ مستودع جديد ويعرض رسالة قصيرة عن آخر التغييرات في الملف."),
        ("cp720", "latin-1", "يهيئ مستودع جديد ويعرض رسالة قصيرة عن آخر التغييرات في الملف."),
        ("cp862", "cp437", "ניתן להתקין את התוכנה בעזרת הצעדים הבאים, ולאחר מכן להפעיל אותה"),
        ("mac_iceland", "cp1252", "Stelpan þýðir ensku öðru hverju, og svo fór hún að sofa í húsinu við ána."),
    ],
)
def test_a_rarer_code_page_is_not_taken_for_a_commoner_one(right: str, wrong: str, text: str) -> None:
    """Windows-1256, code page 866 and Mac OS Roman have other letters in the same places."""
    damaged = text.encode(right).decode(wrong)
    assert testing.fix(RULES["MOJ009"], damaged) == text


@pytest.mark.parametrize(
    "damaged",
    [
        # Russian in KOI8-R, made small afterwards: its letters are letters of Greek, too.
        "÷ ðïóìåäîéè ×åòóéñè ñúùëá åóôø ôáëöå áóéîèòïîîùê íåîåäöåò ëïîôåëóôá",
        # Korean in UTF-8, without the bytes that are controls.
        "êµ¬ì±ë ìŽë¯žì§ë¥Œ íìíë ë°©ë²ì ììëŽëë€ ê·žëŠ¬ê³ ì¬ì©í ì ìë ìì",
        # Russian in ISO-8859-5, made small afterwards: ь is a control then.
        "∫ﬁ›“’‡‚ÿ‡ﬁ“–‚ï ÿ◊ﬁ—‡–÷’›ÿ’ “ ‘‡„”ﬁÿ ‰ﬁ‡‹–‚ ÿ ·ﬁâ‡–›ÿ‚ï ‡’◊„€ï‚–‚",
        # Russian in ISO-8859-5 read as ISO-8859-2: ˇ is another byte in Windows-1250.
        "Заметили новые изменения в репозитории".encode("iso8859-5").decode("iso8859-2"),
        # Russian in Mac OS Cyrillic, whose я is Я of Windows-1251.
        "Уязвимости были найдены вчера".encode("mac_cyrillic").decode("cp1250", "replace"),
        # Arabic in ISO-8859-6, made small afterwards: letters of Hebrew, of which some only end words.
        "يهيئ مستودع جديد ويعرض رسالة قصيرة عن آخر التغييرات".encode("iso8859-6").decode("latin-1").lower(),
        # Ukrainian in KOI8-U read as ISO-8859-15, where Š is another byte than in Windows-1252.
        "Зараз будь ласка встановіть найпростіша конфігурація".encode("koi8-u").decode("iso8859-15"),
        # Ukrainian in KOI8-U, whose і is none of KOI8-R.
        "ďĂĹ ÎÁĘĐŇĎÓÔ¦ŰÁ ËĎÎĆ¦ÇŐŇÁĂ¦Ń, §§ ÍĎÖÎÁ ÚÍ¦ÎÉÔÉ Ő ĆÁĘĚ¦",
    ],
)
def test_words_that_no_language_has_are_not_written_safely(damaged: str) -> None:
    fixes = [result.finding.fix for result in testing.find(RULES["MOJ009"], damaged)]
    assert all(fix is None or fix.applicability is Applicability.UNSAFE for fix in fixes)


@pytest.mark.parametrize(
    "damaged",
    [
        # In the Turkish code page ı and İ are bytes; as strays of UTF-8 they would be two bytes each.
        "找出将数据包从用户发送到".encode("gbk").decode("cp1254"),
        # In ISO-8859-15 œ is another byte than in Windows-1252.
        "若使須可移，應將秦國去，對這個問題說".encode("gbk").decode("iso8859-15"),
        # In ISO-8859-2 ą, ľ and ť are other bytes than in Windows-1250.
        "与此类似使用户组管理员允许加入系统因为他在".encode("gbk").decode("iso8859-2"),
        # Half of 能 was lost: up to the next byte of ASCII all is out of step.
        "另一項配對分支的實用功能是它們可以綁定配對模式".encode("big5")
        .replace("能".encode("big5")[:1], b"")
        .decode("latin-1"),
        # Half of 文 was lost: the rest of the line is out of step, and a byte is left.
        "按市统计的人均年收入，为了说明多线程的基本知识（英".encode("gbk").decode("latin-1") + "Î£© 5",
    ],
)
def test_bytes_that_may_be_others_are_not_read_safely(damaged: str) -> None:
    fixes = [result.finding.fix for result in testing.find(RULES["MOJ003"], damaged)]
    assert fixes
    assert all(fix is None or fix.applicability is Applicability.UNSAFE for fix in fixes)
