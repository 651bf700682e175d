from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpus_lint.document import Document
from corpus_lint.duplication import passages
from corpus_lint.engine import Engine
from corpus_lint.finding import Confidence
from corpus_lint_rules.dup.repeated_passage import RepeatedPassage
from corpus_lint_rules.dup.shared_passage import SharedPassage

if TYPE_CHECKING:
    from pathlib import Path

    from corpus_lint.finding import Finding
    from corpus_lint.repeats import Repeat, Span
    from corpus_lint.rule import RepeatRule

NOTE = (
    "去年三月，镇农技站与十二个村的种粮大户商定，把分散的农机登记造册，谁家先熟就先帮谁家收割。服务队不收定金，"
    "油料由村里垫付，秋后按亩结算；遇到连阴雨，烘干房昼夜不停，稻谷不出村就能入仓。几个月下来，误工的日子少了，"
    "邻里间的争执也少了，老人们说，这才像从前换工的样子。"
)
CODE = "".join(
    f"if (({name}[i] & mask) == 0) {{ {name}->next = &table[{name}.key]; return -{name}_error; }} // {name}\n"
    for name in ("left", "right", "upper", "lower", "first", "second", "third")
)
OTHER = (
    "渔港在冬天很静，只有修船的人敲打着木板。冰化的时候，第一条船出海，岸上的人数着桅杆，一直数到看不见为止。"
    "孩子们把贝壳排成一行，说这是回来的路；风把它们吹乱，他们又排一遍，谁也不着急。"
)


def found(rule: RepeatRule, *texts: str) -> list[Finding]:
    documents = [Document(text, index=number) for number, text in enumerate(texts)]
    repeats = passages.repeats(documents, rule.shortest_passage)
    return [result.finding for result in Engine([rule]).check_repeats(repeats)]


def lines(span: Span) -> tuple[int, int, int]:
    document = span.document
    return document.index, document.line_at(span.start) + 1, document.line_at(span.end - 1) + 1


def told(repeat: Repeat) -> tuple[tuple[int, int, int], tuple[int, int, int], float, tuple[str, ...]]:
    return lines(repeat.later), lines(repeat.earlier), round(repeat.similarity, 2), repeat.differs


@pytest.mark.parametrize("numpy", [False, True])
def test_the_seeds(seeds: list[Path], numpy: bool) -> None:
    documents = [Document(path.read_bytes().decode(), index=number) for number, path in enumerate(seeds)]
    repeats = list(passages.match([passages.sketch(documents, 0, numpy=numpy)], documents.__getitem__))
    other_spelling = ("script", "width", "readings")
    assert [told(repeat) for repeat in repeats] == [
        ((1, 67, 68), (1, 7, 8), 1.0, ()),
        ((1, 106, 108), (1, 10, 12), 1.0, ()),
        ((1, 10, 12), (0, 9, 13), 1.0, other_spelling),
        ((1, 106, 108), (0, 9, 13), 1.0, other_spelling),
        ((3, 3, 6), (1, 25, 29), 0.97, ()),
        ((3, 11, 11), (0, 69, 69), 0.8, ()),
    ]
    rules = RepeatedPassage(), SharedPassage()
    findings = [finding for repeat in repeats for rule in rules for finding in rule.check_repeat(repeat)]
    assert [finding.confidence for finding in findings] == [Confidence.HIGH] * 6


def test_messages() -> None:
    (finding,) = found(RepeatedPassage(), f"{NOTE}\n----\n{NOTE}\n")
    assert finding.message.startswith("these 117 characters repeat line 1;")
    changed = NOTE.replace("。服", "。\n服").replace("，", ",")
    (finding,) = found(RepeatedPassage(), f"{NOTE}\n----\n{changed}\n")
    assert finding.message.startswith("these 117 characters (lines 3 to 4) repeat line 1")
    (finding,) = found(SharedPassage(), f"甲\n{NOTE}{OTHER}", f"{NOTE}{OTHER}".replace("不停", "不歇"))
    assert "in an earlier document, line 2 (99 % the same);" in finding.message
    assert [place.start for place in finding.related] == [2]


def test_confidence() -> None:
    (finding,) = found(RepeatedPassage(), f"{CODE}\n{OTHER}\n{CODE}")
    assert finding.confidence is Confidence.MEDIUM
    (finding,) = found(SharedPassage(), NOTE, f"{NOTE}完")
    assert finding.confidence is Confidence.HIGH
    # A whole paragraph is no quotation; a piece of one may be.
    (finding,) = found(SharedPassage(), NOTE, f"{OTHER}\n{NOTE}\n{OTHER[::-1]}")
    assert finding.confidence is Confidence.HIGH
    (finding,) = found(SharedPassage(), NOTE, f"{OTHER}{NOTE}{OTHER[::-1]}")
    assert finding.confidence is Confidence.MEDIUM
    (finding,) = found(SharedPassage(), NOTE + OTHER, f"{OTHER[::-1]}{NOTE}{OTHER}{NOTE[::-1]}")
    assert finding.confidence is Confidence.HIGH


def test_what_repeats_by_design_is_less_certain() -> None:
    law = "".join(f"第{number}条　{OTHER[n * 9 : n * 9 + 9]}。\n" for n, number in enumerate("一二三四五"))
    for text in (
        f"{law}第六条　{NOTE}\n",
        f"```\n{NOTE}\n```\n",
        f"- {NOTE[:60]}\n- {NOTE[60:]}\n",
        f"Copyright 2020 {NOTE}",
        f"见[{NOTE[:40]}](https://example.org/{'a' * 300})",
    ):
        for finding in found(SharedPassage(), text, f"{OTHER}\n{OTHER[::-1]}\n{text}"):
            assert finding.confidence is Confidence.MEDIUM, text


def test_shortest() -> None:
    rule = RepeatedPassage()
    rule.options.shortest = 352
    assert not found(rule, f"{NOTE}\n----\n{NOTE}\n")
    rule.options.shortest = 351
    assert found(rule, f"{NOTE}\n----\n{NOTE}\n")
    rule.options.shortest = 150
    quoted = NOTE[:65]
    assert found(rule, f"{quoted}\n{OTHER}\n{quoted}\n")


def test_each_rule_sees_its_own() -> None:
    assert not found(RepeatedPassage(), NOTE, NOTE)
    assert not found(SharedPassage(), f"{NOTE}\n----\n{NOTE}\n")


def test_a_finding_says_how_like_the_copies_are() -> None:
    changed = NOTE.replace("误工", "誤工")
    texts = {
        "exact": NOTE,
        "folded": NOTE.replace("，", "。"),
        "near": NOTE.replace("邻里", "邻居"),
    }
    for kind, text in texts.items():
        for one in (
            *found(SharedPassage(), f"{NOTE}\n{OTHER}", text),
            *found(RepeatedPassage(), f"{NOTE}\n甲\n{text}"),
        ):
            assert one.likeness is not None
            assert (one.likeness.kind, one.likeness.similarity == 1) == (kind, kind != "near")
    (script,) = found(SharedPassage(), f"{NOTE}\n{OTHER}", changed)
    assert script.likeness is not None
    assert (script.likeness.kind, script.likeness.differs) == ("folded", ("script",))
