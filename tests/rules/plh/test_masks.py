from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus_lint import testing
from corpus_lint.document import Document
from corpus_lint.finding import Confidence, Severity
from corpus_lint_rules.plh.blank_field import BlankField
from corpus_lint_rules.plh.filler_text import FillerText
from corpus_lint_rules.plh.masked_date_or_number import MaskedDateOrNumber
from corpus_lint_rules.plh.masked_name import MaskedName
from corpus_lint_rules.plh.template_residue import TemplateResidue

RULES = [MaskedName, MaskedDateOrNumber, TemplateResidue, FillerText, BlankField]


def found(rule, text):
    return [text[r.finding.start : r.finding.end] for r in testing.find(rule, text)]


def confidences(rule, text):
    return {r.finding.confidence for r in testing.find(rule, text)}


@pytest.mark.parametrize("mask", ["xx", "XX", "xX", "xxx", "ｘｘ", "ＸＸ", "××", "╳╳", "хх", "ХХ"])
@pytest.mark.parametrize(
    "slot", ["省", "縣", "县", "区", "鎮", "街道", "公司", "老師", "同志", "派出所", "反詐中心", "职业技术学院", "一中"]
)
def test_every_sign_before_every_slot(mask, slot):
    assert found(MaskedName, f"根据{mask}{slot}的通知") == [mask + slot]


@pytest.mark.parametrize("mask", ["**", "＊＊", "##", "＃＃", "○○", "◯◯", "□□", "某某"])
@pytest.mark.parametrize("slot", ["省", "公司", "学校", "老師"])
def test_other_signs(mask, slot):
    assert found(MaskedName, f"根据{mask}{slot}的通知") == [mask + slot]


@pytest.mark.parametrize(
    "date",
    [
        "20xx年",
        "20XX年x月x日",
        "２０ｘｘ年",
        "xx月xx日",
        "××××年×月×日",
        "20**年*月**日",
        "*月**日",
        "199x年",
        "xx年x月",
        "3月x日",
    ],
)
def test_dates(date):
    assert found(MaskedDateOrNumber, f"我局于{date}召开会议") == [date]
    assert confidences(MaskedDateOrNumber, f"我局于{date}召开会议") == {Confidence.HIGH}


@pytest.mark.parametrize(
    "text",
    [
        "设有x名学生参加，每人x元",
        "若x个苹果共15元，求x",
        "令x为未知数，则x元",
        "长为3×5米的xx染色体",
        "XXL码、XXIV章、XX世纪",
        "0xxx日志 foo_xx公司 a.xx公司 http://xx公司",
        "手机138****1234",
        "二○○八年，二〇一○年○月",
        "**省份**和**学校**",
        "#北京##上海市#",
        "## 桥镇",
        "缺字：□□村□人",
    ],
)
def test_traps(text):
    assert found(MaskedName, text) == found(MaskedDateOrNumber, text) == []


def test_one_x_needs_company():
    alone = "本店共有x个座位。"
    assert confidences(MaskedDateOrNumber, alone) == {Confidence.MEDIUM}
    assert confidences(MaskedDateOrNumber, "20xx年x月x日开业。" + alone) == {Confidence.HIGH}
    assert found(MaskedDateOrNumber, "解方程x+1=2。函数y=x，不等式x>1。\n" + alone) == []


@pytest.mark.parametrize(
    "text",
    [
        "“你从xx市来？”他问道。\n“不是。”她说。\n“那是xx市吗？”我问：“说吧。”\n他笑道：“好。”",
        "原告张三诉被告李四，××市人民法院判决书，审判员王五。",
        "第一条 为了管理。\n第二条 ××市人民政府。\n第三条 本法。",
        "比如xx公司和××学校。",
        "文号格式为××市。",
    ],
)
def test_where_masks_are_the_authors_own(text):
    results = testing.find(MaskedName, text)
    assert results
    assert {(r.finding.confidence, r.finding.severity) for r in results} == {(Confidence.MEDIUM, Severity.NOTE)}


def test_a_contract_is_no_statute():
    text = "甲方和乙方约定：\n第一条 甲方将xx市xx区的房屋出租给乙方。\n第二条 租期\n自20xx年x月x日起。\n第三条 租金"
    assert confidences(MaskedName, text) == confidences(MaskedDateOrNumber, text) == {Confidence.HIGH}


def test_spans_map_back_through_readings():
    text = "根據(jù)xx區(qū)教育局關(guān)于xx街(jiē)道(dào)的通知,20xx年(nián)x月(yuè)x日(rì)"
    assert found(MaskedName, text) == ["xx區", "xx街(jiē)道"]
    assert found(MaskedDateOrNumber, text) == ["20xx年(nián)x月(yuè)x日"]


def test_a_repeated_name_is_known_without_its_slot():
    assert found(MaskedName, "在##桥镇，与##桥各企业") == ["##桥镇", "##桥"]
    assert found(MaskedName, "在##东镇，与##桥各企业") == ["##东镇"]


def test_seeds(seeds):
    counts = {}
    for path in seeds:
        document = Document(path.read_bytes().decode())
        for rule in RULES:
            results = testing.find(rule, document.text)
            counts[path.name[:3], rule.code] = len(results)
            assert all(r.finding.confidence in (None, Confidence.HIGH) for r in results)
    assert {key: value for key, value in counts.items() if value} == {
        ("000", "PLH001"): 3,
        ("001", "PLH001"): 13,
        ("001", "PLH002"): 7,
        ("001", "PLH005"): 1,
        ("002", "PLH001"): 10,
        ("002", "PLH002"): 9,
        ("003", "PLH001"): 13,
        ("003", "PLH002"): 16,
    }


SIGNS = [
    *"xXｘ×*＊#□○〇某 0129年月日号省市縣公司学校同志老师余个万元%第届次：:上午()（）〔〕【】的、，。\n`{}$[]_测试a",
    "20xx年",
    "x月x日",
    "xx省",
    "**市",
    "##桥镇",
    "某某",
    "組長：\n",
    "姓名：",
    "____",
    "{{a}}",
    "[Your Name]",
    "%s",
    "TODO: a",
    "电话：",
    "此处填写",
]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(SIGNS), max_size=24).map("".join))
@example("組長：\n____次")
def test_screen_and_overlap(text):
    spans = []
    for rule in RULES:
        screened = [(r.finding.start, r.finding.end) for r in testing.find(rule, text)]
        assert screened == [(r.finding.start, r.finding.end) for r in testing.find(rule, text, screened=False)], (
            rule.code
        )
        if rule in RULES[:2]:
            spans += screened
    spans.sort()
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
