from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_lint import census, packs, testing
from corpus_lint.document import Document
from corpus_lint.engine import Engine, RuleError
from corpus_lint.finding import Finding
from corpus_lint.rule import SHORT_LINE, LineRule, Rule, Trigger, expression, literals
from corpus_lint.screening.screen import FOREIGN_LINES, RARE_LINES
from tests import pack

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus_lint.document import Line

TEXT = st.lists(st.sampled_from([*"badX Ｘ年省\n\r\x05𠮷\ud800é(網c#*1", "长" * 78]), max_size=60).map("".join)


@pytest.mark.parametrize("rule", list(packs._rules_of("tests.pack")), ids=lambda rule: rule.code)
def test_examples_of_the_test_pack(rule: type[Rule]) -> None:
    assert testing.problems(rule) == []


class ShortLine(LineRule):
    """A short line has a frequent character, which is looked for in short lines only."""

    code = "TST006"
    name = "short-line"
    triggers = (literals(["d"])[0]._replace(in_short_lines=True),)

    def check_line(self, line: Line) -> Iterable[Finding]:
        if "d" in line.text and len(line.text.encode("utf-8", "surrogatepass")) <= SHORT_LINE:
            yield Finding(0, len(line.text), "short")


class RareCharacter(LineRule):
    """A line has characters that few texts have."""

    code = "TST007"
    name = "rare-character"
    triggers = (*literals(["é", "年網"]), expression(r"\xe7\xb6\xb2[a-z]"))

    def check_line(self, line: Line) -> Iterable[Finding]:
        for match in re.finditer("é|年網|網[a-z]", line.text):
            yield Finding(match.start(), match.end(), "rare")


class ForeignSign(LineRule):
    """A line has signs that Chinese prose does without."""

    code = "TST008"
    name = "foreign-sign"
    triggers = (expression(r"[#*]\d"), literals(["d c"])[0])

    def check_line(self, line: Line) -> Iterable[Finding]:
        for match in re.finditer(r"[#*]\d|d c", line.text):
            yield Finding(match.start(), match.end(), "foreign")


@settings(max_examples=300, deadline=None)
@given(st.lists(TEXT, max_size=5))
def test_screen_hides_nothing(texts: list[str]) -> None:
    documents = [Document(text, index=index) for index, text in enumerate(texts)]
    rules = [pack.Word(), pack.Pattern(), pack.Controls(), ShortLine(), RareCharacter(), ForeignSign()]
    engine = Engine(rules)
    ways = [engine.check(documents), engine.check(documents, engine.look_up(documents))]
    unscreened, *screened = [
        [(r.rule.code, r.document.index, r.finding) for r in results]
        for results in (Engine(rules, screened=False).check(documents), *ways)
    ]
    assert screened == [unscreened, unscreened]


def test_the_screen_for_rare_lines_is_loaded_when_one_comes() -> None:
    _, engine = (Engine([RareCharacter(), ForeignSign(), pack.Word()]) for _ in range(2))  # the first compiles
    late = {FOREIGN_LINES, RARE_LINES}
    assert engine.check([Document("普通的文字。")]) == []
    assert not late & engine._screen._loaded.keys()
    assert len(engine.check([Document("普通的é")])) == 1
    assert late & engine._screen._loaded.keys() == {RARE_LINES}
    assert len(engine.check([Document("普通的#1")])) == 1
    assert late <= engine._screen._loaded.keys()


def test_readings_open_every_line() -> None:
    """網(wǎng)絡(luò) cuts words to pieces, so a text with readings is checked whole."""

    class Folding(LineRule):
        code = "TST009"
        name = "folding"
        triggers = literals(["网络"])

        def check_line(self, line):  # type: ignore[no-untyped-def]
            from corpus_lint.finding import Finding

            at = line.folded.text.find("网络")
            if at >= 0:
                yield Finding(*line.folded.span(at, at + 2), "found")

    results = Engine([Folding()]).check([Document("一\n在網(wǎng)絡(luò)上\n")])
    assert [(r.finding.start, r.finding.end) for r in results] == [(3, 11)]


def test_a_failing_rule_is_named() -> None:
    class Failing(LineRule):
        code = "TST008"
        name = "failing"
        triggers = literals(["x"])

        def check_line(self, line):  # type: ignore[no-untyped-def]
            raise RuntimeError("no")

    with pytest.raises(RuleError, match="TST008 failed: RuntimeError: no"):
        Engine([Failing()]).check([Document("x")])


def test_an_expression_that_hyperscan_cannot_run_screens_nothing_away() -> None:
    class Back(pack.Pattern):
        code = "TST007"
        pattern = r"(?<=(?:ab)+)c\K(\w)\1{2,}+"

        def make_triggers(self):  # type: ignore[no-untyped-def]
            return (Trigger(rb"(?P<broken", prefilter=True),)

    engine = Engine([Back()])
    assert engine.check([Document("ababcxxx\n\nabcyyyy")])


def test_triggers_of_bytes_refuse_what_would_mean_something_else() -> None:
    with pytest.raises(ValueError, match="outside ASCII"):
        expression("[省市]")
    with pytest.raises(ValueError, match="outside ASCII"):
        expression("省+")
    assert expression("(?:省|市)x{2}").pattern == "(?:省|市)x{2}".encode()


@given(st.text())
def test_census_counts_every_character_once(text: str) -> None:
    assert sum(census.count(text)) == len(text)


def test_census_knows_both_sides() -> None:
    counted = census.count("網絡网络 后里 アハ 한글 \ue000\x05\ufffd abc𠮷")
    assert (counted.traditional, counted.simplified) == (2, 2)
    assert (counted.kana, counted.hangul, counted.private_use, counted.control) == (2, 2, 1, 1)
    assert (counted.replacement, counted.letter, counted.han) == (1, 3, 3)


@given(st.lists(st.text(st.sampled_from("網网后a한ア\ue000\x05𠮷\U000f0000😀\n"), max_size=70), min_size=1, max_size=6))
def test_census_of_much_text_is_that_of_little(texts: list[str]) -> None:
    from corpus_lint.look_up import look_up

    joined = "\n".join(texts)
    counted = census.count_many(look_up(joined), [len(text) for text in texts])
    assert counted == [census.count(text) for text in texts]


def test_triggers_beyond_16_bits_are_told_apart() -> None:
    from corpus_lint.rule import literal
    from corpus_lint.screening.database import TRIGGER_BITS, TRIGGER_MASK, Database

    hits: list[int] = []
    Database.of([literal("甲"), literal("乙")], 70_000).scan("甲乙".encode(), hits)
    assert [(hit >> TRIGGER_BITS, hit & TRIGGER_MASK) for hit in hits] == [(3, 70_000), (6, 70_001)]
