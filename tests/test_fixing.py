from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lint.document import Document
from corpus_lint.engine import Engine
from corpus_lint.finding import Applicability, Edit, Finding, Fix
from corpus_lint.fixing import UnstableError, fix_document
from corpus_lint.rule import LineRule, Rule, literals
from corpus_lint.source import Decoding, Source
from tests import pack


def fixed(text: str, *rules: Rule, applicability: Applicability = Applicability.SAFE) -> str:
    engine = Engine(rules)
    return fix_document(Document(text), lambda again: engine.check([again]), applicability).document.text


def test_safe_fixes_alone_unless_unsafe_ones_are_asked_for() -> None:
    rules = (pack.Word(), pack.Controls())
    assert fixed("bad\x05", *rules) == "\x05"
    assert fixed("bad\x05", *rules, applicability=Applicability.UNSAFE) == ""


def test_passes_go_on_while_a_fix_reveals_another() -> None:
    assert fixed("babadd", pack.Word()) == ""


@given(st.text(st.sampled_from("bad\x05 中\n")))
def test_fixing_twice_changes_nothing(text: str) -> None:
    rules = (pack.Word(), pack.Controls())
    once = fixed(text, *rules, applicability=Applicability.UNSAFE)
    assert fixed(once, *rules, applicability=Applicability.UNSAFE) == once
    assert "bad" not in once


def replacing(name: str, old: str, new: str) -> LineRule:
    class Replace(LineRule):
        code = name
        triggers = literals([old])

        def check_line(self, line):  # type: ignore[no-untyped-def]
            at = line.text.find(old)
            if at >= 0:
                yield Finding(at, at + len(old), old, Fix("replace", (Edit(at, at + len(old), new),)))

    Replace.name = name.lower()
    return Replace()


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_what_breaks_a_line_breaks_it_as_the_text_does(line_end: str) -> None:
    text = line_end.join(("one", "two<br>three", "four", ""))
    assert fixed(text, replacing("AAA001", "<br>", "\n")) == line_end.join(("one", "two", "three", "four", ""))
    assert fixed(text, replacing("AAA001", "<br>", "\r\n")).count("\r\n") == 1 + 3 * (line_end == "\r\n")


def test_rules_that_undo_each_other_are_named() -> None:
    with pytest.raises(UnstableError, match="AAA001"):
        fixed("one", replacing("AAA001", "one", "two"), replacing("BBB001", "two", "one"))


def test_edits_of_one_pass_never_overlap() -> None:
    assert fixed("abcd", replacing("AAA001", "abc", "x"), replacing("BBB001", "bcd", "y")) == "xd"
    assert fixed("abcd", replacing("AAA001", "ab", "x"), replacing("BBB001", "cd", "y")) == "xy"


def test_a_fix_may_let_another_rule_find_more() -> None:
    class Beside(LineRule):
        """Finds x where no z stands, and mends the first only."""

        code = "BSD001"
        name = "beside"
        triggers = literals(["x"])

        def check_line(self, line):  # type: ignore[no-untyped-def]
            places = [at for at, character in enumerate(line.text) if character == "x"] if "z" not in line.text else []
            for number, at in enumerate(places):
                fix = Fix("drop", (Edit(at, at + 1, ""),)) if not number and len(places) > 2 else None
                yield Finding(at, at + 1, "x", fix)

    assert fixed("x x x z", Beside(), replacing("AAA001", "z", "")) == " x x "


def test_a_fix_that_makes_more_of_its_own_findings_is_refused() -> None:
    class Doubling(LineRule):
        code = "DBL001"
        name = "doubling"
        triggers = literals(["x", "y"])

        def check_line(self, line):  # type: ignore[no-untyped-def]
            for offset, character in enumerate(line.text):
                fix = Fix("double", (Edit(offset, offset + 1, "yy"),)) if character == "x" else None
                yield Finding(offset, offset + 1, character, fix)

    with pytest.raises(UnstableError, match="DBL001"):
        fixed("x", Doubling())


@pytest.mark.parametrize(
    ("decoding", "safe"),
    [
        (Decoding(), True),
        (Decoding("gb18030"), True),
        (Decoding("mac-roman", sure=False), False),
        (Decoding(known=False), False),
    ],
)
def test_no_fix_is_safe_in_text_that_was_guessed(decoding: Decoding, safe: bool) -> None:
    """Written back, it would be neither the bytes that were there nor those that were meant."""
    document = Document("a bad word", source=Source("a.txt", decoding))
    (result,) = Engine([pack.Word()]).check([document])
    assert result.finding.fix is not None
    assert (result.finding.fix.applicability is Applicability.SAFE) is safe
