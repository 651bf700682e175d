"""What the driver of examples says of rules that are wrong, as whoever writes a first rule makes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from corpus_lint import packs
from corpus_lint.document import Line
from corpus_lint.finding import Edit, Finding, Fix
from corpus_lint.options import ConfigurationError
from corpus_lint.rule import Bad, Good, LineRule, expression, literal
from corpus_lint.testing import problems


class Right(LineRule):
    """Two letters that stand together."""

    code = "WRG001"
    name = "wrong"
    triggers = (literal("zz"),)
    examples = (Bad("a ⟦zz⟧", "a "), Good("z"))
    length = 2
    edits: Any = None

    def check_line(self, line: Line) -> Iterator[Finding]:
        at = line.text.find("zz")
        if at >= 0:
            yield Finding(at, at + self.length, "zz", Fix("x", self.edits or (Edit(at, at + 2, ""),)))


def test_a_right_one() -> None:
    assert problems(Right) == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"triggers": literal("zz")}, "`triggers` must be a tuple of triggers: behind a single one stands a comma"),
        ({"triggers": ("zz",)}, "`triggers` must be a tuple of triggers: behind a single one stands a comma"),
        ({"triggers": (expression("(zz"),)}, "trigger b'(zz': Missing close parenthesis"),
        ({"triggers": (literal("zz"), expression("z(?=z)"))}, "trigger b'z(?=z)': Zero-width assertions"),
        ({"examples": Bad("a ⟦zz⟧", "a ")}, "`examples` must be a tuple of Bad and Good: behind a single one stands a"),
        ({"examples": (Bad("a zz⟧"),)}, "a mark ⟧ that closes nothing"),
        ({"examples": (Bad("a ⟦zz"),)}, "a mark ⟦ that is not closed"),
        ({"severity": "warning"}, "`severity` must be a Severity"),
        ({"confidence": "high"}, "`confidence` must be a Confidence"),
        ({"length": 20}, "the finding from 2 to 22 goes beyond the text, which has 4 characters"),
        ({"length": -1}, "the finding from 2 to 1 ends before it begins"),
        ({"edits": Edit(2, 4, "")}, "the edits of a fix must be a tuple of Edit: behind a single one stands a comma"),
        ({"edits": (Edit(2, 4, "zzz"),)}, "the fixes of WRG001 do not come to rest"),
    ],
)
def test_what_is_wrong_is_told(wrong: dict[str, Any], told: str) -> None:
    rule = type("Wrong", (Right,), {"__doc__": Right.__doc__, **wrong})
    (first, *_) = problems(rule)
    assert told in first


def test_two_rules_of_one_name(monkeypatch: pytest.MonkeyPatch) -> None:
    other = type("Other", (Right,), {"__doc__": Right.__doc__, "code": "WRG002"})
    monkeypatch.setattr(packs, "_rules_of", lambda pack: [Right, other])
    with pytest.raises(ConfigurationError, match="two rules have the name wrong: WRG001 and WRG002"):
        packs.load(["any"])
