"""A document that is misread as a whole: short lines count by what the others prove."""

from __future__ import annotations

import pytest

from corpus_lint import testing
from corpus_lint.document import Document
from corpus_lint.engine import Engine
from corpus_lint.rule import Rule
from corpus_lint_rules.moj.double_byte_read_as_another import DoubleByteReadAsAnother
from corpus_lint_rules.moj.double_byte_read_as_single_byte import DoubleByteReadAsSingleByte
from corpus_lint_rules.moj.utf8_read_as_double_byte import Utf8ReadAsDoubleByte

CHINESE = "公安机关提醒广大群众，接到陌生电话的时候不要急着转账。"
KOREAN = "그는 어제 서울에서 돌아왔습니다. 오늘은 집에서 쉬고 있어요."
WAYS = [
    (DoubleByteReadAsSingleByte, "gbk", "cp1252", CHINESE, ("搜索", "返回首页", "上一篇")),
    (DoubleByteReadAsSingleByte, "cp949", "cp1252", KOREAN, ("검색", "메뉴", "사회")),
    (DoubleByteReadAsAnother, "cp949", "gbk", KOREAN, ("로그인", "개인정보", "회사소개")),
    (Utf8ReadAsDoubleByte, "utf-8", "gbk", "关于我们联系我们登录网站", ("网站", "栏目", "首页")),
]


def lines_found(rule: Rule, text: str) -> list[int]:
    document = Document(text)
    return sorted(document.line_at(result.finding.start) for result in Engine([rule]).check([document]))


def misread(text: str, right: str, wrong: str) -> str:
    return text.encode(right).decode(wrong)


@pytest.mark.parametrize(("kind", "right", "wrong", "proof", "short"), WAYS)
def test_short_lines_of_a_misread_document(
    kind: type[Rule], right: str, wrong: str, proof: str, short: tuple[str, ...]
) -> None:
    text = "\n".join(misread(line, right, wrong) for line in (short[0], proof, *short[1:]))
    assert lines_found(kind(), text) == list(range(len(short) + 1))


def test_they_are_left_alone_where_most_is_as_it_should_be() -> None:
    strange = misread(CHINESE, "gbk", "cp1252")
    short = misread("搜索", "gbk", "cp1252")
    icelandic = "Þegar ég sá hana í fyrsta sinn á ströndinni við þorpið, þá vissi ég að hún væri á förum.\n" * 12
    found = lines_found(DoubleByteReadAsSingleByte(), f"{icelandic}{strange}\n{short}\n")
    assert 12 in found
    assert 13 not in found


def test_other_text_in_a_misread_document_is_no_part_of_it() -> None:
    strange = misread(CHINESE, "gbk", "cp1252")
    others = ("Où êtes-vous allés ?", "Ça coûte 10 £ »", "año, niño", "naïve façade", "电信网络", "ÄÖÜ", "«»")
    text = "\n".join((strange, *others))
    assert lines_found(DoubleByteReadAsSingleByte(), text) == [0]
    assert testing.problems(DoubleByteReadAsSingleByte) == []
