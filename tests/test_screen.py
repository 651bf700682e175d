"""Which triggers are looked for where: what every match of one has, and the lines that have it."""

import re
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus_lint import packs
from corpus_lint.document import Document, Line
from corpus_lint.engine import Engine
from corpus_lint.finding import Finding
from corpus_lint.look_up import LookedUp, _look_up_numpy, look_up, marking
from corpus_lint.progress import Progress
from corpus_lint.rule import SHORT_LINE, LineRule, Trigger, expression, literal
from corpus_lint.screening.excerpts import CROWDED, excerpt, lines, short_lines
from corpus_lint.screening.rarity import needed, rank
from corpus_lint.screening.requirements import crosses_lines, parts_of
from corpus_lint.screening.screen import Screen

EXPRESSIONS = sorted(
    {
        trigger.pattern
        for rule in packs.make(packs.load())
        for trigger in rule.make_triggers()
        if not trigger.is_literal and not trigger.in_short_lines and not trigger.is_apart and needed(trigger)
    }
)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_match_has_one_of_the_characters_that_it_is_said_to_need(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(EXPRESSIONS))
    match = data.draw(st.from_regex(re.compile(pattern), fullmatch=True))
    assert {*match.decode("utf-8", "ignore")} & {*needed(Trigger(pattern))}
    assert b"\n" not in match[1:-1]


@pytest.mark.parametrize(
    ("trigger", "characters"),
    [
        (literal("的囬長"), "囬"),
        (literal("转载，see – more"), "–"),
        (literal("转载，see more"), "s"),
        (literal("转载"), ""),
        (literal("長\n"), "長"),
        (literal("長\n長"), ""),
        (expression(r"[a-z]\xe5\x9b\xac"), "囬"),
        (expression(r"[a-c]\d"), "abc"),
        (expression(r"[a-c]?\d"), "0123456789"),
        (expression(r"(?:囬|長)?\d"), "0123456789"),
        (expression(r"(?:囬|長)\d"), "囬長"),
        (expression(r"(?:ｗ|Ｗ)+"), "Ｗｗ"),
        (expression(r"(?:ｗ|w)+"), "wｗ"),
        (expression(r"(?:ｗ|的)+"), ""),
        (expression(r"\xee\x80[\x80\x81]"), "\ue000\ue001"),
        (expression(r"#[^a]{2}#"), ""),
        (expression(r"\x{41}b"), ""),
        (expression(r"#[^a\n]{2}#\n"), "#"),
    ],
)
def test_what_a_trigger_needs(trigger: Trigger, characters: str) -> None:
    assert needed(trigger) == characters


@pytest.mark.parametrize(
    ("pattern", "crosses"),
    [
        (rb"\n[^\n]{2}a\n", False),
        (rb"(?:\n|b)a(?:b|\n)", False),
        (rb"[^x]a[^x]", False),
        (rb"a[^x]a", True),
        (rb"\n\na", True),
        (rb"(?:\n){2}a", True),
        (rb"a(?:b\nc|d)", True),
        (rb"a\sb", True),
        (rb"a.b", False),
    ],
)
def test_expressions_across_line_ends_are_known(pattern: bytes, *, crosses: bool) -> None:
    assert crosses_lines(parts_of(pattern)) == crosses


def test_marks_of_chinese_prose_and_its_characters_have_no_rank() -> None:
    assert all(rank(character) == 0 for character in "的一，。“”\n\t")
    assert all(rank(character) for character in "aZ #囬éカ\ue000\u200b")


LINE = st.sampled_from(["", "短", "a" * 60, "长" * 80, "长" * 81, "b" * 500, "é" * 3, "普通" * 400, "長い" * 30])


def ways(text: str) -> list[LookedUp]:
    """The text looked up compiled, where it can be, and by numpy."""
    return [look_up(text, marking(SETS)), _look_up_numpy(text, marking(SETS))]


SETS = ("", "a", "長é")


@given(st.lists(LINE, max_size=30))
def test_short_lines_are_picked_out_alike_and_found_again(texts: list[str]) -> None:
    text = "\n".join(texts)
    data = f"\n{text}\n".encode()
    plain = short_lines(data)
    for looked_up in ways(text):
        short = lines(data, looked_up).short
        assert (short is None) == (plain is None)
        if plain is None or short is None:
            continue
        picked, alike = excerpt(data, plain), excerpt(data, short)
        assert picked.data == alike.data
        assert picked.data.split(b"\n")[1:-1] == [one.encode() for one in texts if 0 < len(one.encode()) <= SHORT_LINE]
        ends = range(2, len(picked.data))
        placed = picked.place([at << 3 | at % 8 for at in ends], 3)
        assert placed == alike.place([at << 3 | at % 8 for at in ends], 3)
        assert [one % 8 for one in placed] == [at % 8 for at in ends]
        for at, original in zip(ends, placed, strict=True):
            assert data[: original >> 3].endswith(picked.data[at - 2 : at])


@given(st.lists(LINE, min_size=1, max_size=30), st.sampled_from(["\n", "\r", "\r\n"]))
def test_lines_with_characters_are_those_that_have_one(texts: list[str], end: str) -> None:
    text = end.join(texts)
    data = f"\n{text}\n".encode().replace(b"\r", b"\n")
    for looked_up in ways(text):
        for members, stretches in zip(SETS, lines(data, looked_up).marked, strict=True):
            chosen = [one for one in "".join(data[start:end].decode() for start, end in stretches).split("\n") if one]
            many = looked_up.lines is None and sum(map(text.count, members)) * CROWDED > len(text)
            assert chosen == [one for one in texts if one and (many or {*one} & {*members})]


class NearTheEnds(LineRule):
    """A literal counts near the ends of its line only."""

    code = "XXX001"
    name = "near-the-ends"
    triggers = (
        Trigger("头".encode(), is_literal=True, head=4),
        Trigger("尾".encode(), is_literal=True, tail=4, in_short_lines=True),
        Trigger("都".encode(), is_literal=True, head=3, tail=0),
    )

    def check_line(self, line: Line) -> Iterable[Finding]:
        """One a line."""
        yield Finding(0, len(line.text), "found")


@pytest.mark.parametrize(
    ("line", "is_seen"),
    [
        ("头", True),
        ("ab头cdefgh", True),
        ("一a头", True),
        ("一ab头", False),
        ("尾", True),
        ("abcdefgh尾一a", True),
        ("abcdefgh尾一ab", False),
        ("一都", True),
        ("一a都", False),
        ("一都b", False),
        ("x" * 9 + "都头" + "头头", False),
        ("头" + "x" * 99_999, True),
        ("x" * 99_999 + "尾", False),
    ],
)
def test_a_literal_near_an_end_of_its_line(line: str, *, is_seen: bool) -> None:
    for text in (line, f"\n{line}\n", f"x头都尾xyz\r\n{line}\r\n另一行"):
        found = Screen([NearTheEnds()]).scan([Document(text)])
        lines = [each.text.rstrip("\r") for one in found for each, _ in one.lines]
        assert (line in lines) == is_seen


def test_who_waits_for_the_compiler_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORPUS_LINT_CACHE", str(tmp_path))
    rules = [rule for rule in packs.make(packs.load()) if rule.code == "PLH001"]
    told: list[str] = []
    for _ in range(2):
        Engine(rules, say=told.append)
    assert len(told) == 1


def test_progress_takes_its_line_away() -> None:
    stream = StringIO()
    progress = Progress(stream)
    progress.clear()
    assert stream.getvalue() == ""
    progress.say("Compiling")
    progress.clear()
    assert stream.getvalue().split("\r")[1:] == ["Compiling\x1b[K", "\x1b[K"]
