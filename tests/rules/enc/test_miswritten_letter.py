"""ENC012 beyond its examples."""

from __future__ import annotations

from corpus_lint.finding import Applicability
from corpus_lint.testing import find
from corpus_lint_rules.enc.miswritten_letter import MiswrittenLetter


def test_marks_on_no_letter_show_that_the_text_is_no_thai() -> None:
    """Russian read as Thai: a mark that stands twice is two letters."""
    damaged = "макс: 100 // ползунок в самом правом положении соответствует сотне".encode("cp1251").decode(
        "cp874", "replace"
    )
    fixes = [result.finding.fix for result in find(MiswrittenLetter, damaged)]
    assert fixes
    assert all(fix is not None and fix.applicability is Applicability.UNSAFE for fix in fixes)
