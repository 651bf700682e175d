"""The TXT rules: what their examples cannot say."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_lint import packs, testing
from corpus_lint.document import Document
from corpus_lint.duplication.passages import repeats
from corpus_lint.engine import Engine
from corpus_lint.finding import Confidence
from corpus_lint.rule import DocumentRule, LineRule, RegionRule, Rule
from corpus_lint_rules.txt import _words as words
from corpus_lint_rules.txt.cut_paragraph import CutParagraph
from corpus_lint_rules.txt.cut_word import CUT, WHOLE, CutWord
from corpus_lint_rules.txt.doubled_word import CHINESE, DoubledWord
from corpus_lint_rules.txt.numbering_gap import HAN_NUMERALS, NumberingGap
from corpus_lint_rules.txt.spaced_word import SpacedWord
from corpus_lint_rules.txt.stray_symbol import StraySymbol
from corpus_lint_rules.txt.unbalanced_mark import UnbalancedMark

SCREENED = [
    rule
    for rule in packs.load()
    if rule.code.startswith("TXT") and issubclass(rule, (LineRule, RegionRule, DocumentRule))
]
SENTENCES = [
    "会议强调，要进一步健全举报奖励制度。",
    "近年来，各成员单位坚决依法开展打击工作，取得了明显成效。",
    "他说：“我们要认真学习《方案》（试行）。”",
    "活动效果良好，群众反响热烈，共发放资料2000余份。",
    "全面落实责任，完善制度，加强检查。",
]
PARAGRAPHS = st.lists(
    st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=4).map("".join), min_size=2, max_size=6
).map("\n\n".join)


@pytest.mark.parametrize("rule", SCREENED, ids=[rule.code for rule in SCREENED])
@given(
    st.text(alphabet="的知识和诈骗电信防范，。、；“”《》（）「」□`'. \t\n\r　一二四123、.)-ab…更多未完", max_size=50)
)
@settings(max_examples=60, deadline=None)
def test_the_screen_hides_nothing(rule: type[Rule], text: str) -> None:
    screened, unscreened = (testing.find(rule, text, screened=screened) for screened in (True, False))
    assert [result.finding for result in screened] == [result.finding for result in unscreened]


PIECES = (
    "按照 關於 关于 ， , 。 、 都是 属于 以及 围绕 開展了 在范围 向 现将 总结 總結(jié) 下: 下： 实施 實施 罪 案件"
    " 通讯 诈 犯罪 上述 者 预 效果 取得 的 们 我们 我們 xx 镇 鎮 (zhèn) 开展 及时 防 反 知识 專家 诈骗 詐騙 电信"
    " 電信 网络 的形式 预警 防范 宣传 远离 珍爱 一、 加强 管理 根据 活动效果 通过 此次 打击 批 准 部 门 the 的犯罪"
)


@pytest.mark.parametrize("rule", SCREENED, ids=[rule.code for rule in SCREENED])
@given(st.lists(st.sampled_from([*PIECES.split(), " ", "\u3000", "\n", "\n\n"]), max_size=40).map("".join))
@settings(max_examples=60, deadline=None)
def test_the_screen_hides_nothing_of_words(rule: type[Rule], text: str) -> None:
    screened, unscreened = (testing.find(rule, text, screened=screened) for screened in (True, False))
    assert [result.finding for result in screened] == [result.finding for result in unscreened]


@pytest.mark.parametrize("word", CHINESE.split())
@given(text=PARAGRAPHS)
@settings(max_examples=2, deadline=None)
def test_doubled_words_are_made_single(word: str, text: str) -> None:
    whole = f"{text}\n\n我们的工作，{word}大家的工作，都要继续做下去。"
    assert testing.fix(DoubledWord, whole.replace(word + "大", 2 * word + "大")) == whole


@pytest.mark.parametrize("rule", SCREENED, ids=[rule.code for rule in SCREENED])
@given(text=PARAGRAPHS)
@settings(max_examples=20, deadline=None)
def test_whole_text_is_left_alone(rule: type[Rule], text: str) -> None:
    assert testing.find(rule, text) == []


@given(text=PARAGRAPHS, mark=st.sampled_from("`'’"))
@settings(max_examples=20, deadline=None)
def test_marks_behind_de_are_taken_out(text: str, mark: str) -> None:
    whole = text + "\n\n切实履行好担负的使命，确保成功。"
    assert testing.fix(StraySymbol, whole.replace("负的使", f"负的{mark}使")) == whole


@given(text=PARAGRAPHS)
@settings(max_examples=20, deadline=None)
def test_a_document_spaced_out_is_joined(text: str) -> None:
    spaced = "\n\n".join(" ".join(line) for line in text.split("\n\n"))
    fixed = testing.fix(SpacedWord, spaced)
    assert isinstance(fixed, str)
    assert fixed.replace(" ", "") == text
    assert "会 议" not in fixed


@given(text=PARAGRAPHS, gap=st.sampled_from(["\n\n", "\n\n　　", "\r\n\r\n"]))
@settings(max_examples=20, deadline=None)
def test_a_cut_sentence_is_joined(text: str, gap: str) -> None:
    whole = text + "\n\n在营业窗口放置宣传折页，对来往顾客耐心讲解知识，时刻提示群众注意防范。"
    newline = "\r\n" if "\r" in gap else "\n"
    whole = whole.replace("\n", newline)
    assert testing.fix(CutParagraph, whole.replace("讲解知识，", f"讲解知{gap}识，")) == whole


@given(text=PARAGRAPHS, place=st.sampled_from(["“我", "。”"]))
@settings(max_examples=20, deadline=None)
def test_a_turned_mark_is_turned_back(text: str, place: str) -> None:
    line = "他说：“我们要认真学习。”大家同意。"
    damaged = line.replace(place, place.translate(str.maketrans("“”", "”“")))
    assert testing.fix(UnbalancedMark, f"{text}\n\n{damaged}") == f"{text}\n\n{line}"


@given(st.lists(st.sampled_from("甲乙丙丁"), min_size=2, max_size=9), st.data())
@settings(max_examples=30, deadline=None)
def test_numbers_in_order_are_left_alone_and_a_lost_item_is_not(items: list[str], data: st.DataObject) -> None:
    lines = [f"（{number}）{item}" for number, item in zip(HAN_NUMERALS, items, strict=False)]
    assert testing.find(NumberingGap, "\n".join(lines)) == []
    if len(lines) > 2:
        lines.pop(data.draw(st.integers(1, len(lines) - 2)))
        assert len(testing.find(NumberingGap, "\n".join(lines))) == 1


def test_words_are_known_in_both_scripts() -> None:
    assert words.band("知识") == words.band("知識") == 0
    assert words.band("研判") is not None
    assert words.is_split("网络诈", "骗犯罪")
    assert words.is_split("網絡詐", "騙犯罪")
    assert not words.is_split("我们知道", "识别的方法")
    assert words.opens_only("研")
    assert not words.opens_only("究")


def test_a_cut_word_is_found_on_whichever_copy_lacks_it() -> None:
    cut = testing.unmark(CUT)[0]
    for texts in ((WHOLE, cut), (cut, WHOLE)):
        documents = [Document(text, index=index) for index, text in enumerate(texts)]
        results = Engine([CutWord()]).check_repeats(repeats(documents, 300))
        assert {texts[result.document.index] for result in results} == {cut}
        assert len(results) == 3


def test_a_doubled_full_stop_in_a_comment_is_told_with_less_confidence() -> None:
    def confidence(text: str) -> list[object]:
        engine = Engine(packs.make(packs.load(["corpus_lint_rules"]), ["TXT003"], [], {}))
        return [result.finding.confidence for result in engine.check([Document(text)])]

    comment = "真是晕死了，还能咋办。。看看这个材料用在哪个部位吧"
    assert confidence(comment) == [Confidence.MEDIUM]
    assert confidence(comment + "".join(SENTENCES) * 20) == [None]  # as the rule
    assert confidence("我们住在那里，，他也在。") == [None]
    assert confidence("不客气，祝您一切顺利。如有需要，请随时联系我。。") == [None]
