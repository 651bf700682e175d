"""Injected readings: what the rule's examples cannot say."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_lint import testing
from corpus_lint_rules.moj import _readings
from corpus_lint_rules.moj.injected_reading import InjectedReading

ANNOTATED = {
    character: reading
    for reading, characters in _readings.read_table("annotated.txt").items()
    for character in characters
    if (character, reading) != ("長", "cháng")
}

SCHOOL = """新學期開學以來，我校認真落實上級會議精神，組織全體教師學習有關文件。
各班主任利用班會時間，向學生講解網絡安全知識，並要求家長簽收告家長書。
(一)加強領導，明確責任。由校長負總責，成立工作小組(名單見附件)。
下一階段，學校將繼續開展形式多樣的活動，進一步提高師生的防範意識。"""
FARM = """本縣地處山區，農業以茶葉和水果為主。近年來，農民組織起來，發展鄉村旅遊。
項目總投資三千萬元，其中財政補貼一千萬元(含省級配套)，其餘由企業自籌。
據統計，去年全縣接待遊客二十萬人次，帶動就業八百餘人，農產品銷售額比上年增長兩成。"""
CLINIC = """患者入院後經過檢查，醫生認為病情穩定，可以繼續使用原來的藥物。
護理人員應當每四小時測量一次體溫，並將數據記錄在案(格式見表2)。
如果發現異常，要及時報告值班醫師，不得自行調整用量(mg)。
出院時，護士向家屬說明注意事項，並約定下次門診的時間。"""
COMPANY = """公司成立於二〇〇三年，是一家專業從事環保設備研發、生產和銷售的高新技術企業。
產品已經通過ISO9001質量管理體系認證，遠銷二十多個國家和地區。
我們擁有先進的檢測儀器和一支經驗豐富的技術團隊，能夠為客戶提供完整的解決方案。
歡迎新老客戶來電垂詢，或訪問我們的網站(www)了解詳情。"""
STORY = """那天晚上，他開著車從城裡回來，遠遠看見路邊站著一個人。
他把車停下，問那人要到哪裡去。那人沒說話，只是指了指前面的村子。
後來他對別人說起這件事，總覺得像做了一場夢：那個村子，二十年前就已經沒有人住了。
誰也不知道他說的是不是實話，大家聽過也就算了。"""
DOCUMENTS = (SCHOOL, FARM, CLINIC, COMPANY, STORY)
SENTENCES = [sentence for text in DOCUMENTS for sentence in re.findall(r"[^。\n]+。", text)]

STYLES = ("{}({})", "{}（{}）", "{}({} )", "{}( {})")


def inject(text: str, style: str = "{}({})", *, toned: bool = True) -> str:
    """What the converter does: every occurrence of an annotated character gets its reading."""
    return "".join(
        style.format(c, ANNOTATED[c] if toned else ANNOTATED[c].translate(_readings.TONE)) if c in ANNOTATED else c
        for c in text
    )


def occurrences(text: str) -> int:
    return sum(result.finding.occurrences for result in testing.find(InjectedReading, text))


@pytest.mark.parametrize("text", DOCUMENTS, ids=["school", "farm", "clinic", "company", "story"])
@pytest.mark.parametrize("toned", [True, False])
@pytest.mark.parametrize("style", STYLES)
def test_whole_documents_are_restored(text: str, style: str, toned: bool) -> None:
    damaged = inject(text, style, toned=toned)
    assert occurrences(damaged) == sum(c in ANNOTATED for c in text)
    assert testing.fix(InjectedReading, damaged) == text


def test_every_line_with_readings_has_one_finding() -> None:
    damaged = inject(SCHOOL)
    results = testing.find(InjectedReading, damaged)
    assert len(results) == 4
    for result, line in zip(results, damaged.split("\n"), strict=True):
        found = damaged[result.finding.start : result.finding.end]
        assert found in line
        assert found[0] in ANNOTATED
        assert found.endswith(")")
        assert result.finding.occurrences == len(result.finding.fix.edits) == sum(c in ANNOTATED for c in line)


def test_a_damaged_article_among_clean_ones_is_found_and_nothing_else() -> None:
    """A file of many articles, or of one article a line, is not judged by its average."""
    text = "\n".join((FARM, inject(SCHOOL), CLINIC, COMPANY))
    assert testing.fix(InjectedReading, text) == "\n".join((FARM, SCHOOL, CLINIC, COMPANY))
    lines = [line for pair in zip(FARM.split("\n"), SCHOOL.split("\n"), strict=False) for line in pair]
    mixed = "\n".join(inject(line) if number % 2 else line for number, line in enumerate(lines))
    assert testing.fix(InjectedReading, mixed) == "\n".join(lines)


def test_a_text_that_is_cut_inside_a_reading_is_found() -> None:
    assert occurrences("我們要認(rèn)真學(xué)習(xí)會(huì)議精神，加強網絡(luò)安全，提高認(rè") == 5


def test_an_author_who_explains_a_character_once_is_left_alone() -> None:
    text = FARM + SCHOOL
    for character in "學認網實項農":
        text = text.replace(character, f"{character}({ANNOTATED[character]})", 1)
    assert occurrences(text) == 0


def test_a_page_for_learners_is_left_alone_whatever_part_of_it_is_seen() -> None:
    words = ["我(wǒ)", "們(men)", "學(xué)校(xiào)", "很(hěn)", "會(huì)議(yì)", "時(shí)間(jiān)", "網站(wǎngzhàn)"]
    text = "，".join("".join(order) for order in product(words, repeat=2))
    for start in range(0, len(text) - 60, 13):
        assert occurrences(text[start : start + 60]) == 0


def test_trigger_matches_every_syllable() -> None:
    """The syllables of the data, toned or of at least two letters, in every style."""
    toned, bare, plain = (re.compile(trigger.pattern) for trigger in InjectedReading.triggers)
    for reading in _readings.readings_table()[0]:
        untoned = reading.translate(_readings.TONE)
        if not re.fullmatch(f"[{_readings.LETTERS}]{{2,6}}", reading) or not re.search("[aeiouv]", untoned):
            continue  # ê̄, m̀, hng and the like: interjections
        for style in STYLES:
            if untoned != reading.replace("ü", "v"):
                assert toned.search(style.format("字", reading).encode()), reading
                assert bare.search(f"字{reading}字".encode()), reading
                assert bare.search(f"字{reading}，".encode()), reading
            assert plain.search(style.format("字", untoned).encode()), untoned


def test_readings_without_brackets() -> None:
    """A later step has taken the brackets away; what an author writes so are all words, or words to be explained."""
    text = re.sub(r"\(([^()\u4e00-\u9fff]+)\)", r"\1", inject(FARM))
    assert testing.fix(InjectedReading, text) == FARM
    assert occurrences("他在café里点了一杯拿铁，又去看Pokémon。學校的wǎng很快，網站慢。") == 0
    assert occurrences("漁yú人rén在zài港gǎng口kǒu等děng船chuán，天tiān黑hēi了le。") == 0


def test_readings_of_known_characters() -> None:
    by_reading, by_syllable = _readings.readings_table()
    assert "網" in by_reading["wǎng"]
    assert "长" in by_reading["zhǎng"]
    assert "长" in by_reading["cháng"]
    assert "綠" in by_syllable["lv"]
    for character, reading in ANNOTATED.items():
        assert character in by_reading[reading]


sentences = st.lists(st.sampled_from(SENTENCES), min_size=4, max_size=12, unique=True).map("\n".join)


@settings(deadline=None)
@given(text=sentences, style=st.sampled_from(STYLES), toned=st.booleans())
def test_injecting_and_fixing_gives_the_clean_text(text: str, style: str, toned: bool) -> None:
    damaged = inject(text, style, toned=toned)
    characters = [c for c in text if c in ANNOTATED]
    if len(characters) >= 8 and len(set(characters)) >= 6:
        assert testing.fix(InjectedReading, damaged) == text


glosses = ["仉(zhǎng)", "燕(yàn)子", "网(wǎng)络(luò)", "市(shi)", "的(de)", "長(cháng)", "漢語(Hànyǔ)", "和(he)"]
syllables = st.sampled_from(["wǎng", "xué", "deng", "fā", "guò", "we"])
pieces = st.one_of(
    st.sampled_from([inject(sentence) for sentence in SENTENCES]),
    st.sampled_from(SENTENCES),
    st.sampled_from(glosses),
    st.builds("{}({})".format, st.sampled_from("網學校我仉燈发過為"), syllables),
    st.sampled_from(["\n", "，", "\n\n", "(一)", "?shù)哪康?。"]),
)


@settings(deadline=None)
@given(st.lists(pieces, max_size=60).map("".join))
def test_a_second_run_finds_nothing(text: str) -> None:
    fixed = text
    for result in reversed(testing.find(InjectedReading, text)):
        for edit in reversed(result.finding.fix.edits):
            assert "\u4e00" <= fixed[edit.start - 1] <= "\u9fff"
            assert not re.search("[\u4e00-\u9fff]", fixed[edit.start : edit.end])
            fixed = fixed[: edit.start] + fixed[edit.end :]
    assert testing.find(InjectedReading, fixed) == []
    assert re.sub("[^\u4e00-\u9fff]", "", fixed) == re.sub("[^\u4e00-\u9fff]", "", text)


@settings(deadline=None)
@given(st.lists(pieces, max_size=30).map("".join))
def test_the_screen_hides_nothing(text: str) -> None:
    screened, unscreened = (testing.find(InjectedReading, text, screened=flag) for flag in (True, False))
    assert [result.finding for result in screened] == [result.finding for result in unscreened]


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(DOCUMENTS), st.sampled_from(["{}({}", "{}{})", "{}（{}", "{} {})"]), st.integers(0, 30))
def test_readings_that_the_converter_broke_are_removed_too(text: str, style: str, which: int) -> None:
    """One reading in a damaged text without one of its brackets: the text comes back, or the place is left alone."""
    places = [place for place, c in enumerate(text) if c in ANNOTATED]
    place = places[which % len(places)]
    broken = style.format(text[place], ANNOTATED[text[place]])
    damaged = inject(text[:place]) + broken + inject(text[place + 1 :])
    assert testing.fix(InjectedReading, damaged) in (text, text[:place] + broken + text[place + 1 :])


def test_broken_readings_in_clean_text_are_left_alone() -> None:
    text = SCHOOL + "\n不\ufffd\ufffdhuan)，。?1）加強網wǎng)絡\n" + FARM
    assert testing.find(InjectedReading, text) == []


def test_the_reading_of_a_lost_character_is_removed() -> None:
    damaged = inject(SCHOOL).replace("(一)", "不\ufffd\ufffdhuan)")
    assert testing.fix(InjectedReading, damaged) == SCHOOL.replace("(一)", "不\ufffd\ufffd")
