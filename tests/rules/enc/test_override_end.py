"""What ends a directional override goes only together with it."""

from corpus_lint.finding import Applicability
from corpus_lint.testing import find
from corpus_lint_rules.enc.invisible_character import InvisibleCharacter


def test_the_end_of_an_override_is_no_safe_fix() -> None:
    """Without its end the override would reach to the end of the line, and more would be shown the wrong way round."""
    found = find(InvisibleCharacter(), "温度在\u202e左右\u202c，再倒进去。\n")
    assert [each.finding.fix.applicability for each in found if each.finding.fix] == [Applicability.UNSAFE]


def test_an_end_without_an_override_goes() -> None:
    """It does nothing."""
    found = find(InvisibleCharacter(), "温度在\u202e左右。\n第二行\u202c，再倒进去。\n")
    kinds = [each.finding.fix.applicability for each in found if each.finding.fix]
    assert kinds == [Applicability.UNSAFE, Applicability.SAFE]
