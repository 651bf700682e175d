"""What the rules of this family make of the seeds, held to labels that were made by hand, byte by byte."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus_lint import packs
from corpus_lint.document import Document
from corpus_lint.engine import Engine
from corpus_lint.finding import Applicability, Confidence
from corpus_lint.fixing import fix_document

if TYPE_CHECKING:
    from corpus_lint.engine import Result

SHIFTED = "001_649a0ba415cd0a1d.txt"
SHIFTS = (
    # Line, column, what stands there, and what stood there before a byte was lost; None where nobody can know.
    (19, 66, "?!秾W(xué)", "。《學"),
    (27, 80, "?cái)鄥R", "斷匯"),
    (30, 146, "?qū)Ψ絽R", "對方匯"),
    (39, 70, "?shù)哪康?", "的目的"),
    (40, 63, "??头\ue4b2娫捦ㄟ^", "常客服電話通過"),
    (42, 93, "?qū)Ψ教峁┑馁~", "對方提供的賬"),
    (46, 229, "?,F(xiàn)", "。現"),
    (74, 208, "?shù)氖褂谩?BR>", "的使用。\n"),
    (83, 212, "?qū)W", "學"),
    (92, 186, "?yàn)榻M", "為組"),
    (98, 79, "?cè)丝?", None),
    (111, 100, "?qū)ふ曳\ue848?wù)", "尋找服務"),
    (117, 64, "?yàn)榫W(wǎng)", "為網"),
    (120, 807, "?!疤芈逡聊抉R", "。“特洛伊木馬"),
    (131, 96, "?fù)芴枴毕到y(tǒng)", "撥號”系統"),
    (137, 13, "?wù)劸W(wǎng)", "談網"),
    (137, 45, "??茖W(xué)", "專科學"),
    (138, 38, "??茖W(xué)", "專科學"),
    (151, 127, "?shù)孛窬\ue21e_", "地民警開"),
    (152, 91, "?。\ue7fe薄扒Ю镅郏ǜC", "取)”“千里眼(窩"),
    (152, 184, "?!胺婪锻ㄓ嵲p", "。“防范通訊詐"),
)
LEFT = {(152, 91)}
"""Of 取 the first byte is lost, and 住 would do as well: the finding says what it may have been."""
READING = r"(?<=[\u4e00-\u9fff])[(（] ?[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6} ?[)）]"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(packs.make([rule for rule in packs.load() if rule.code.startswith("MOJ")]))


def certain(engine: Engine, document: Document) -> list[Result]:
    results = engine.check([document])
    return [r for r in results if (r.finding.confidence or r.rule.confidence) is Confidence.HIGH]


def fixed(engine: Engine, text: str, applicability: Applicability) -> str:
    return fix_document(Document(text), lambda document: certain(engine, document), applicability).document.text


def test_every_shift_is_found(engine: Engine, seeds: list[Path]) -> None:
    """21 of 21, each by one finding that covers its damage, and no other."""
    [path] = [seed for seed in seeds if seed.name == SHIFTED]
    document = Document(path.read_text("utf-8"))
    found = [r.finding for r in certain(engine, document) if r.rule.code == "MOJ005"]
    assert len(found) == len(SHIFTS) == 21
    for finding, (line, column, damaged, _) in zip(found, SHIFTS, strict=True):
        start = document.line_starts[line - 1] + column - 1
        assert document.text.startswith(damaged, start)
        assert finding.start < start + len(damaged)
        assert start < finding.end


@pytest.mark.parametrize("applicability", list(Applicability))
def test_what_is_restored_is_right_and_nothing_else_is_changed(
    engine: Engine, seeds: list[Path], applicability: Applicability
) -> None:
    """19 of the 20 that can be known, 14 of them by --fix; every reading is gone, all else is as it was."""
    for path in seeds:
        text = path.read_text("utf-8")
        after = fixed(engine, text, applicability)
        if path.name != SHIFTED:
            assert after == text, path.name
            continue
        before = text.split("\n")
        lines = after.replace("的使用。\n", "的使用。\0").split("\n")
        restored = 0
        for number, (line, mended) in enumerate(zip(before, lines, strict=True), 1):
            possible = [line]
            for at, column, damaged, right in reversed(SHIFTS):
                if at == number:
                    head = slice(column - 1), slice(column - 1 + len(damaged), None)
                    ways = {damaged} | ({right.replace("\n", "\0")} if right and (at, column) not in LEFT else set())
                    possible = [one[head[0]] + way + one[head[1]] for one in possible for way in sorted(ways)]
            expected = {re.sub(READING, "", one): one for one in possible}
            assert mended in expected, number
            restored += sum(r is not None and d not in expected[mended] for a, _, d, r in SHIFTS if a == number)
        assert restored == (19 if applicability is Applicability.UNSAFE else 14)
