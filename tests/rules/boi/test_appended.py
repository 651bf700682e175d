"""What a site wrote behind the author's sentences, in one line with them."""

from __future__ import annotations

import pytest

from corpus_lint.testing import find, fix
from corpus_lint_rules.boi.legal_or_source_line import LegalOrSourceLine
from corpus_lint_rules.boi.site_furniture import SiteFurniture

TEXT = "村口的老磨坊还在，只是水车早就不转了，木轮上长满了青苔。"
RUSSIAN = "В тот год яблок было столько, что ветки ломались до земли."


@pytest.mark.parametrize(
    "notice", ["转载请注明出处：柿子网。", "未经许可不得转载。", "本文来源于网络，版权归原作者所有。"]
)
def test_the_authors_sentences_stay(notice: str) -> None:
    assert fix(LegalOrSourceLine, f"{TEXT}{notice}\n") == f"{TEXT}\n"
    (found,) = find(LegalOrSourceLine, f"{TEXT}{notice}\n")
    assert (found.finding.start, found.finding.end) == (len(TEXT), len(TEXT + notice))


def test_in_other_languages() -> None:
    assert fix(SiteFurniture, f"{RUSSIAN} Все права защищены.\n") == f"{RUSSIAN}\n"


@pytest.mark.parametrize(
    "line",
    [
        "声明：本站部分内容来自网络，由网友自行上传。如有侵权请联系删除。",
        "Orchard News Inc. All rights reserved. © 2019",
        "图片来自网络。未经许可不得转载。",
    ],
)
def test_a_notice_of_several_sentences_goes_as_a_whole(line: str) -> None:
    for rule in (LegalOrSourceLine, SiteFurniture):
        assert all(found.finding.start == 0 for found in find(rule, f"{line}\n"))
