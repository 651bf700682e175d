"""SCR001 on texts that are converted well, badly, and not at all."""

from __future__ import annotations

import pytest

from corpus_lint import testing
from corpus_lint.census import class_of
from corpus_lint.document import Document
from corpus_lint.tables import CharacterClass
from corpus_lint_rules.scr import _chinese_script as script
from corpus_lint_rules.scr._strays import Text
from corpus_lint_rules.scr.mixed_chinese_script import MixedChineseScript

SIMPLIFIED = (
    "会议之后，我们制定了防范措施，并对干部进行了培训。由于时间关系，其余的问题以后再讨论。\n"
    "他在平方公里的计算里出了错，皇后大道的志愿者联系了我们，规范的制作过程很复杂。\n"
    "采访结束后，记者从主机里取出了10万余条数据，这些数据对于研究云计算的人来说很重要。\n"
    "机制作出调整的时候，有力地遏制作用才会显现，面对面的交流比什么都好。"
)


def test_the_census_counts_all_that_may_be_left() -> None:
    """A traditional text that has no simplified character by the census is not searched for any."""
    assert {class_of(ord(character)) for character in script.sides().simplified} == {CharacterClass.SIMPLIFIED}


def findings(text: str) -> list[str]:
    return [result.finding.message for result in testing.find(MixedChineseScript, text)]


def convert(text: str, standard: str) -> str:
    import opencc

    return str(opencc.OpenCC(standard).convert(text))


def by_characters(text: str) -> str:
    """As a converter writes that knows no words and leaves what has two traditional forms."""
    forms = script.characters("STCharacters")
    return "".join(forms[c][0] if c in forms and len(forms[c]) == 1 else c for c in text)


@pytest.mark.parametrize("standard", ["s2t", "s2tw", "s2hk"])
def test_conversion_by_words_is_clean(standard: str) -> None:
    assert findings(convert(SIMPLIFIED, standard)) == []


def test_conversion_by_characters_is_found_and_repaired() -> None:
    damaged = by_characters(SIMPLIFIED)
    assert len(findings(damaged)) == 3
    repaired = testing.fix(MixedChineseScript, damaged)
    assert isinstance(repaired, str)
    for word in ("之後", "防範", "並對", "幹部", "由於", "關係", "其餘", "皇后", "公里", "志願", "主機裡", "遏制作用"):
        assert word in repaired
    assert testing.fix(MixedChineseScript, repaired) == repaired


def test_simplified_text_is_clean() -> None:
    assert findings(SIMPLIFIED) == []


@pytest.mark.parametrize(
    "text",
    [
        "由于國語的關係，我們以后說" + "カタカナとひらがなを使う" * 3,
        "由于國語의 關係 우리는 한국어를 사용합니다 以后" * 3,
        "子曰：學而時習之，不亦說乎？由于是也，其后有聞焉，豈不樂哉。",
        "由于",
        "",
    ],
)
def test_other_texts_are_left_alone(text: str) -> None:
    assert findings(text) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("這個問題很復雜，我們對此沒有辦法。", "復雜 → 複雜"),
        ("我們從這個人的頭發看出了問題，對嗎？", "頭發 → 頭髮"),
        ("他說這裡的風景很美，旅游的人們都這樣認為。", "旅游 → 旅遊"),
        ("问题是这样解決的，我们对此很满意，谢谢大家。", "決 → 决"),
    ],
)
def test_the_message_names_word_and_repair(text: str, wrong: str) -> None:
    assert [message.endswith(wrong) for message in findings(text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "我們從頭發展這個事業，這是機制作出的改變，對大家都好。",
        "這隻貓是一隻有三條腿的貓，牠們對這個很習慣。",
        "他們說，系所主任有關系所的說明對學生們很重要。",
        "書到用時方恨少，這個監製是校監制定的，對嗎？",
        "余先生和于小姐在這裡認識了范醫師，他們都姓沈，對吧？",
    ],
)
def test_words_that_only_look_left_over(text: str) -> None:
    assert findings(text) == []


def test_offsets_lead_back_through_readings() -> None:
    text = Text(Document("網(wǎng)絡(luò)的電(diàn)腦，國(guó)家"))
    assert text.text == "網絡的電腦，國家"
    assert [text.origin(at) for at in range(len(text.text))] == [0, 7, 13, 14, 21, 22, 23, 29]


def test_a_long_line_is_judged_in_linear_time() -> None:
    text = "由于這些關系，我們對于防范工作很重視。" * 4000
    (finding,) = testing.find(MixedChineseScript, text)
    assert finding.finding.occurrences == 4 * 4000


def test_the_word_lists_agree_with_opencc() -> None:
    proofs = script.proofs()
    forms = script.characters("STCharacters")
    for character, targets in proofs.forms.items():
        assert targets <= set(forms[character]), character
    for word in proofs.misconverted:
        simplified = script.simplify(word)
        hits = [hit for at in range(len(word)) for hit in script.covering(simplified, at)]
        assert hits, f"{word}: OpenCC knows no word {simplified}"


@pytest.mark.parametrize(
    ("right", "wrong", "before", "line", "behind"),
    [
        (
            "gb18030",
            "big5",
            "- 青芥末 20g，用于碗汁",
            "若您遵循本指南的制作流程而发现有问题或可以改进的流程，请提出 Issue 或 Pull request 。",
            "- 番茄用量为 1 个/人",
        ),
        (
            "utf-8",
            "gb18030",
            "这道菜存在一些补充做法，包括但不限于：",
            "7. 当锅中只剩 2mm 时， 转至中火再煮一会儿即可出锅",
            "- 胡椒粉 3.5-8 g",
        ),
    ],
)
def test_misread_text_is_of_neither_script(right: str, wrong: str, before: str, line: str, behind: str) -> None:
    """A wrong decoding makes rare characters of both scripts, which would make a short document a traditional one."""
    misread = line.encode(right).decode(wrong, "replace")
    document = Document(f"{before}\n{misread}\n{behind}")
    assert document.census.traditional > document.census.simplified
    assert findings(document.text) == []
