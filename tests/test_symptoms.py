"""Of a place that was read wrongly, only the rule speaks that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lint.document import Document
from corpus_lint.engine import Result
from corpus_lint.finding import Edit, Finding, Fix
from corpus_lint.rule import LineRule
from corpus_lint.symptoms import without_symptoms

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


class Cause(LineRule):
    code = "XYZ001"
    name = "cause"
    explains = True


class Symptom(LineRule):
    code = "XYZ002"
    name = "symptom"


class Run(LineRule):
    code = "XYZ003"
    name = "run"
    explains_of = ("XYZ002",)


TEXT = Document("abcdefghijklmnopqrstuvwxyz")


def left(*findings: tuple[type[LineRule], Finding]) -> list[int]:
    results = [Result(rule(), TEXT, finding) for rule, finding in findings]
    return [results.index(result) for result in without_symptoms(results)]


def test_what_another_finding_explains_is_dropped() -> None:
    cause = (Cause, Finding(2, 10, "read wrongly"))
    assert left(cause, (Symptom, Finding(2, 10, "lost"))) == [0]
    assert left(cause, (Symptom, Finding(5, 6, "lost")), (Symptom, Finding(9, 11, "stands out"))) == [0, 2]
    assert left((Symptom, Finding(5, 6, "lost"))) == [0]


def test_edits_explain_and_are_explained() -> None:
    """A finding that stands for several places is shown at the first, and its edits say where the others are."""
    fix = Fix("mend", (Edit(2, 4, "x"), Edit(12, 14, "y")))
    cause = (Cause, Finding(2, 4, "read wrongly", fix, occurrences=2))
    assert left(cause, (Symptom, Finding(13, 14, "lost"))) == [0]
    assert left(cause, (Symptom, Finding(3, 4, "odd", Fix("mend", (Edit(3, 4, ""), Edit(20, 21, "")))))) == [0, 1]


def test_the_longer_explanation_stays() -> None:
    assert left((Cause, Finding(2, 10, "UTF-8")), (Cause, Finding(4, 8, "out of step"))) == [0]
    assert left((Cause, Finding(2, 10, "UTF-8")), (Cause, Finding(2, 10, "GBK"))) == [0, 1]
    whole = Finding(4, 5, "a third of the document is lost", occurrences=40)
    assert left((Cause, Finding(2, 10, "UTF-8")), (Cause, whole)) == [0, 1]


def test_a_rule_may_explain_the_findings_of_a_few() -> None:
    run = (Run, Finding(2, 10, "menu"))
    assert left(run, (Symptom, Finding(3, 5, "item")), (Symptom, Finding(11, 12, "item"))) == [0, 2]
    assert left(run, (Run, Finding(3, 5, "menu"))) == [0, 1]
    assert left(run, (Cause, Finding(3, 5, "read wrongly"))) == [0, 1]


def test_a_misread_line_has_one_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Through the command: ENC003, ENC006 and MOJ005 keep quiet about a line that MOJ002 explains."""
    from corpus_lint.cli import main

    path = tmp_path / "line.txt"
    line = "图书馆的开放时间有变化，请大家留意门口张贴的通知。"
    text = f"早上八点，孩子们排着队走进教室。\n{line.encode().decode('gbk', 'replace')}\n他们从后面的小路绕到山顶。\n"
    path.write_text(text, "utf-8")
    assert main(["--isolated", "--output-format", "concise", str(path)]) == 1
    told = capsys.readouterr().out.splitlines()
    assert [part for row in told for part in row.split(" ") if part[:3] in ("ENC", "MOJ", "SCR")] == ["MOJ002"]
    assert main(["--isolated", "--select", "ENC003", "--output-format", "concise", str(path)]) == 1
    assert "ENC003" in capsys.readouterr().out
