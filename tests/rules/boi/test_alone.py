"""A line of the site without any text around it may be all that a record says."""

from __future__ import annotations

import pytest

from corpus_lint.finding import Applicability, Confidence
from corpus_lint.testing import find
from corpus_lint_rules.boi.site_furniture import SiteFurniture

LINES = (
    "좋아요!",
    "(C)1990–1995",
    "打开美团外卖APP",
    "Categories: Furniture, Human Activity",
)


@pytest.mark.parametrize("line", LINES)
def test_alone_it_is_less_certain_and_not_deleted_safely(line: str) -> None:
    (alone,) = find(SiteFurniture, f"\n{line}\n")
    assert alone.finding.confidence is Confidence.MEDIUM
    assert alone.finding.fix is not None
    assert alone.finding.fix.applicability is Applicability.UNSAFE
    (beside,) = find(SiteFurniture, f"Text.\n{line}\n")
    assert beside.finding.confidence is Confidence.HIGH
