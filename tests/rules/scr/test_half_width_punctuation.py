"""SCR004: what its examples cannot say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lint import testing
from corpus_lint.finding import Confidence
from corpus_lint_rules.scr.half_width_punctuation import HalfWidthPunctuation

NARROW = str.maketrans("，；：！（）", ",;:!()")
CLAUSES = [
    "近期案件高发",
    "我们高度重视",
    "会议于10:30开始",
    "占3.5%",
    "共1,200人",
    "他在IBM工作",
    "《规定》已经印发",
    "“阻截”行动有效",
]
TEXT = st.lists(
    st.lists(st.sampled_from(CLAUSES), min_size=2, max_size=6).map(lambda parts: "，".join(parts) + "。"),
    min_size=1,
    max_size=4,
).map("\n".join)


@given(TEXT)
def test_fix_undoes_the_converter(text: str) -> None:
    damaged = "今天下午，情况如下：我们（大家）都到了；真好！很好。\n".translate(NARROW) + text.translate(NARROW)
    assert testing.fix(HalfWidthPunctuation, damaged) == "今天下午，情况如下：我们（大家）都到了；真好！很好。\n" + text


@given(TEXT)
def test_full_width_text_is_left_alone(text: str) -> None:
    assert testing.find(HalfWidthPunctuation, text) == []


@pytest.mark.parametrize("mark", [";", "; "])
def test_a_mark_before_a_quotation_is_seen(mark: str) -> None:
    text = f"今天下午，情况如下：大家都到了。她说{mark}“我们走吧。”"
    assert [result.finding.start for result in testing.find(HalfWidthPunctuation, text)] == [text.index(";")]


@given(st.text(alphabet='中文国家，。,;:?!()（） \n"`“”a1.', max_size=60))
def test_screen_and_rest(text: str) -> None:
    screened = testing.find(HalfWidthPunctuation, text)
    assert [r.finding for r in screened] == [
        r.finding for r in testing.find(HalfWidthPunctuation, text, screened=False)
    ]
    fixed = testing.fix(HalfWidthPunctuation, text)
    assert testing.fix(HalfWidthPunctuation, fixed) == fixed


@pytest.mark.parametrize("text", ["今天天气很好,我们去公园,大家都很高兴.", "他来了,我走了.\r\n她也来了,我没走."])
def test_style_of_a_document_is_an_option(text: str) -> None:
    (doubtful, *_) = testing.find(HalfWidthPunctuation, text)
    assert doubtful.finding.confidence is not None
    options = HalfWidthPunctuation.Options()
    options.always = True  # type: ignore[misc]
    (sure, *_) = testing.find(HalfWidthPunctuation(options), text)
    assert sure.finding.confidence is None


def test_rare_brackets_in_plain_text_are_doubtful() -> None:
    text = "工作总结(精选5篇)\n" + "近期，案件持续高发，我们高度重视，采取措施，成效明显。\n" * 20
    (result,) = testing.find(HalfWidthPunctuation, text)
    assert result.finding.confidence is Confidence.MEDIUM
    assert testing.fix(HalfWidthPunctuation, text).startswith("工作总结（精选5篇）\n")


def test_a_word_of_thousands_of_letters_is_soon_read() -> None:
    from time import process_time

    start = process_time()
    assert testing.find(HalfWidthPunctuation, "a" * 5_000 + "。\n") == []
    assert process_time() - start < 4


def test_the_message_names_the_mark_and_not_the_space_before_it() -> None:
    text = "怎么了 ? 昨天到今天都在做仪式 , 没接到你的电话呀。好，我们都来了，新年快乐！他说：“走吧。”"
    found = testing.find(HalfWidthPunctuation, text)
    assert [result.finding.message.split("(")[1][:3] for result in found] == ["? ,"]
