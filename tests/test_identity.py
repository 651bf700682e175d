"""A finding stays itself while its file changes elsewhere, and is not taken for another."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from corpus_lint.baseline import ALIKE, SAME
from corpus_lint.document import Document
from corpus_lint.engine import Engine, Result
from corpus_lint.identity import DIGITS, Identity, identify, likeness
from tests import pack

PARAGRAPH = (
    "在省委和省政府的统一部署下，各地各部门认真贯彻落实会议精神，结合本地实际制定了具体的工作方案。"
    "从检查的情况来看，大多数单位能够按照要求完成任务，但也有少数单位重视不够、措施不力，工作进展缓慢。"
    "根据xx省的安排，下一阶段要继续加大宣传力度，营造良好的社会氛围，确保各项任务按时完成并取得实效。"
)


def of(text: str, matched: str = "xx省", *, whole_line: bool = False) -> Identity:
    start = text.index(matched)
    return identify("PLH001", Document(text), start, start + len(matched), whole_line=whole_line)


def long_paragraph() -> str:
    sentences = [f"第{number}项工作的负责人应当在{number * 7 % 31}日以前提交书面报告。" for number in range(100)]
    return "".join(sentences[:50]) + PARAGRAPH + "".join(sentences[50:])


def test_it_is_two_strings_of_a_kind() -> None:
    identity = of(PARAGRAPH)
    assert re.fullmatch("[0-9a-f]{16}", identity.fingerprint)
    assert re.fullmatch("[aw][0-9a-f]{16}", identity.sketch)


def test_version_1_stays_what_it_is() -> None:
    """A contract: a change of these values breaks every baseline and needs a new version."""
    assert of(PARAGRAPH) == Identity("173200277ffdf3c3", "a31b383512cce6717")


def test_far_edits_do_not_change_it() -> None:
    text = long_paragraph()
    assert len(text) > 2000
    edited = "前言。" + text[100:].replace("第77项", "第七十七项").replace("书面报告。", "报告。", 3)
    assert of(edited).fingerprint == of(text).fingerprint


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text + "\n另起一段。\n",
        lambda text: "另起一段。\n" + text,
        lambda text: text.replace("根据xx省", "根 据 xx省"),
        lambda text: text.replace("根据", "根據").replace("安排，", "安排,"),
        lambda text: text.replace("据xx省", "据(jù)xx省"),
        lambda text: text.replace("\n", "\r\n"),
    ],
)
def test_what_does_not_count(change) -> None:  # type: ignore[no-untyped-def]
    text = f"上一段。\n{PARAGRAPH}\n下一段。\n"
    assert of(change(text)).fingerprint == of(text).fingerprint


def test_what_counts() -> None:
    one = of(PARAGRAPH).fingerprint
    assert of(PARAGRAPH.replace("xx省", "xx市"), "xx市").fingerprint[:8] != one[:8]
    assert of(PARAGRAPH.replace("缓慢", "很慢")).fingerprint[8:12] != one[8:12]
    assert of(PARAGRAPH.replace("缓慢", "很慢")).fingerprint[12:] == one[12:]
    assert of(PARAGRAPH.replace("加大", "加强")).fingerprint[12:] != one[12:]
    assert identify("PLH002", Document(PARAGRAPH), 96, 99).fingerprint[:8] != one[:8]


def test_short_sides_say_that_they_are_no_evidence() -> None:
    assert of("在xx省").fingerprint[8::4] == "00"
    assert "0" not in of(PARAGRAPH).fingerprint[8::4]


def test_places_are_told_apart(seeds: list[Path]) -> None:
    """Both sides edited is one place; the same words elsewhere in the same document are another."""
    chance = random.Random(7)
    near, far = [], []
    for path in seeds:
        text = path.read_text()
        for _ in range(40):
            at = chance.randrange(200, len(text) - 200)
            edited = text[: at - 6] + "甲乙丙丁戊己〇〇乡庚辛壬癸子丑" + text[at + 6 :]
            here = of(text[:at] + "〇〇乡" + text[at:], "〇〇乡")
            near.append(likeness(here.sketch, of(edited, "〇〇乡").sketch))
            other = chance.randrange(200, len(text) - 200)
            if abs(other - at) > 150:
                far.append(likeness(here.sketch, of(text[:other] + "〇〇乡" + text[other:], "〇〇乡").sketch))
    assert sum(value >= ALIKE for value in near) > 0.95 * len(near)
    assert sum(value >= ALIKE for value in far) < 0.02 * len(far), "some passages stand twice in the samples"


def test_a_finding_for_many_defects_is_its_line() -> None:
    readings = "網(wǎng)絡(luò)的發(fā)展對(duì)學(xué)習(xí)的影響(xiǎng)很大，" * 10
    whole = of(readings, "網(wǎng)", whole_line=True)
    half = of(readings.replace("(wǎng)", "", 3), "網(wǎng)", whole_line=True)
    assert whole.sketch[0] == "w"
    assert likeness(whole.sketch, half.sketch) == DIGITS


def test_a_long_text_is_known_by_itself() -> None:
    passage = PARAGRAPH * 2
    one, other = of(f"一。\n{passage}\n二。", passage), of(f"另外一篇。\n{passage}", passage)
    assert likeness(one.sketch, other.sketch) == DIGITS
    edited = passage.replace("少数单位", "个别单位", 1)
    changed = of(f"一。\n{edited}\n二。", edited)
    assert changed.fingerprint != one.fingerprint
    assert likeness(one.sketch, changed.sketch) >= SAME


def test_every_rule_of_the_pack_has_keys_that_tell() -> None:
    text = "a bad day and another bad night\nXX年 and XX年度\n\x05\x06\n"
    results: list[Result] = Engine([pack.Word(), pack.Pattern(), pack.Controls()]).check([Document(text)])
    identities = [identify(r.rule.code, r.document, r.finding.start, r.finding.end) for r in results]
    assert len(results) == 6
    assert len({identity.fingerprint for identity in identities}) == 6, "even of characters that folding drops"


def test_lone_surrogates_and_edges() -> None:
    identify("X", Document("\udcff\ud800x", errors="surrogatepass"), 0, 3)
    identify("X", Document(""), 0, 0)
    identify("X", Document("x" * 1_000_000), 500_000, 500_001)
    assert likeness("a" + "0" * 16, "a" + "0" * 16) == DIGITS
    assert likeness("a" + "0" * 16, "w" + "0" * 16) == 0
