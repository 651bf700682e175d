from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus_lint import packs, testing, user_rules
from corpus_lint.cli import main
from corpus_lint.document import Document
from corpus_lint.engine import Engine
from corpus_lint.options import ConfigurationError
from corpus_lint.rule import Bad, Rule
from tests import pack


def rule(**table: object) -> Rule:
    (made,) = user_rules.make([{"code": "OWN001", **table}], packs.load())
    return made()


def found(text: str, **table: object) -> list[str]:
    """What a rule finds, the same with and without its screen."""
    document = Document(text)
    made = rule(**table)
    results = [Engine([made], screened=screened).check([document]) for screened in (True, False)]
    spans = [[text[r.finding.start : r.finding.end] for r in part] for part in results]
    assert spans[0] == spans[1]
    return spans[0]


def test_a_pattern_is_searched_for_in_every_line() -> None:
    assert found("甲第三名\n乙\n第十名", pattern="第[一二三十]名") == ["第三名", "第十名"]
    assert found("aab\nxyz", pattern=r"(?<=a)b|\bxyz\b") == ["b", "xyz"]


@pytest.mark.parametrize("text", ["版权专有", "版權專有", "某某版權专有某某"])
def test_phrases_are_found_in_every_script_and_width(text: str) -> None:
    assert len(found(text, phrases=["版权专有"])) == 1
    assert found("ＡＢＣ网 abc網", phrases=["abc网"]) == ["ＡＢＣ网", "abc網"]
    assert found("LOG　 IN now", phrases=["log in"]) == ["LOG　 IN"]


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(?:第三方){e<=1}", "这是第二方的"),
        (r"(?V1)[[a-z]--[aeiou]]{3}", "xyz aei"),
        (r"(?a)\W", "é"),
        (r"^\w+$", "नमस्ते"),
        (r"\w\b。", "好。"),
        (r"\p{Han}{3}", "三个字"),
        (r"(?i)straße", "STRASSE Straße"),
        (r"x{2,3}", "xx"),
        (r"a\s\s*b", "a\u3000 b"),
        (r"(\w)\1\1", "哈哈哈"),
    ],
)
def test_the_screen_hides_nothing_of_what_the_regex_package_understands(pattern: str, text: str) -> None:
    assert found(text + "\n\n" + text, pattern=pattern)


def test_the_fix_replaces_removes_or_deletes_the_line() -> None:
    assert testing.fix(rule(pattern="(..)网站", fix=r"\1", safe=True), "某某网站好") == "某某好"
    assert testing.fix(rule(phrases=["求月票"], fix=""), "结束，求月票") == "结束，"
    whole = rule(**{"phrases": ["求月票"], "whole-line": True, "fix": ""})
    assert testing.fix(whole, "一\n【求月票】\n二") == "一\n二"
    assert testing.fix(whole, "一\n求月票！") == "一"
    assert testing.fix(whole, "他求月票") == "他求月票"


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"code": "own1"}, "`code` must be two to five capital letters and three digits"),
        ({"patern": "x"}, "unknown key `patern`; did you mean `pattern`?"),
        ({}, "give either `pattern` or `phrases`"),
        ({"pattern": "x", "phrases": ["x"]}, "give either `pattern` or `phrases`"),
        ({"pattern": "(x"}, "no regular expression"),
        ({"pattern": "x*"}, "matches the empty string"),
        ({"pattern": "x|"}, "matches the empty string"),
        ({"pattern": "x", "examples": ["y"]}, "matches nothing in its own example 'y'"),
        ({"pattern": "x", "examples": ["x⟧"]}, "`examples` has a mark ⟧ that closes nothing, in 'x⟧'"),
        ({"pattern": "x+", "examples": ["a⟦x⟧x"]}, "in the example 'a⟦x⟧x' the pattern matches ['xx']"),
        ({"pattern": "x", "clean": ["xx"]}, "in which it should find nothing"),
        ({"pattern": "x", "fix": r"\3"}, "`fix` names the group `3`, which the pattern does not have"),
        ({"phrases": ["。"]}, "has no letter or digit"),
        ({"pattern": "x", "severity": "fatal"}, '`severity` must be one of "note", "warning", "error", not "fatal"'),
        ({"code": "BOI001", "pattern": "x"}, "`BOI001` is another rule's"),
        ({"name": "site-furniture", "pattern": "x"}, "`site-furniture` is another rule's"),
        ({"pattern": "(?:a|aa)+$", "examples": ["a" * 40 + "!"]}, "takes longer than"),
    ],
)
def test_what_is_wrong_is_said_when_it_is_loaded(table: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        user_rules.make([{"code": "OWN001", **table}], packs.load())
    assert message in str(caught.value)
    assert str(caught.value).startswith("rule ")


def run(capture: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(arguments)
    captured = capture.readouterr()
    return status, captured.out, captured.err


def test_a_rule_of_the_configuration_is_a_rule_like_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("corpus-lint.toml").write_text(
        '[[rule]]\ncode = "OWN001"\nphrases = ["求月票"]\nmessage = "{match}: begging"\nseverity = "note"\n'
        'fix = ""\nexamples = ["⟦求月票⟧"]\n'
    )
    Path("a.txt").write_text("他说：求月票。\n")
    status, out, _ = run(capsys, "--output-format", "concise", "--select", "OWN", "a.txt")
    assert status == 1
    assert "a.txt:1:4: OWN001" in out
    assert "求月票: begging" in out
    assert "OWN001  own-own001" in run(capsys, "--list-rules")[1]
    assert "求月票" in run(capsys, "--explain", "OWN001")[1]
    assert run(capsys, "--ignore", "OWN001", "a.txt")[0] == 0
    assert run(capsys, "--fix", "--unsafe-fixes", "--select", "OWN", "a.txt")[0] == 0
    assert Path("a.txt").read_text() == "他说：。\n"


def test_an_expression_that_blows_up_is_stopped_and_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("corpus-lint.toml").write_text('[[rule]]\ncode = "OWN001"\npattern = "zzz|(?:a|aa)+$"\n')
    Path("a.txt").write_text("好\nzzz" + "a" * 40 + "!\n")
    status, _, err = run(capsys, "--select", "OWN", "a.txt")
    assert status == 2
    assert "rule OWN001: its expression takes longer than 1 s for line 2 of 44 characters" in err
    assert "report this" not in err


def test_without_rules_of_ones_own_nothing_is_imported() -> None:
    import subprocess
    import sys

    code = (
        "import sys, corpus_lint.cli; corpus_lint.cli.main(['--list-rules']);"
        "sys.exit('corpus_lint.user_rules' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_the_rules_in_the_documentation_load() -> None:
    import tomllib

    page = (Path(__file__).parent.parent / "docs/own-rules.md").read_text()
    tables = tomllib.loads(page.partition("```toml\n")[2].partition("```")[0])["rule"]
    first, second = (made() for made in user_rules.make(tables, packs.load()))
    assert testing.fix(first, "正文。\n更多内容请上某某网！\n") == "正文。\n"
    assert testing.fix(second, "共5公斤公斤。") == "共5公斤。"


def test_the_pack_in_the_documentation_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (Path(__file__).parent.parent / "docs/own-rules.md").read_text("utf-8").partition("## In Python")[2]
    module, check = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (tmp_path / "my_rules").mkdir()
    (tmp_path / "my_rules" / "__init__.py").write_text(module, "utf-8")
    (tmp_path / "corpus-lint.toml").write_text(page.partition("```toml\n")[2].partition("```")[0], "utf-8")
    (tmp_path / "a.txt").write_text("One [[check this]]two [[three.\n根据xx省的部署\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    exec(check, {})
    assert main(["--fix", "a.txt"]) == 1
    assert "PLH001" in capsys.readouterr().out
    assert (tmp_path / "a.txt").read_text("utf-8") == "One two [[three.\n根据xx省的部署\n"


@pytest.mark.parametrize(
    ("fixed", "problem"),
    [
        (None, "it says nothing of a fix, and the fix gives 'a  word'"),
        ("a word", "the fix gives 'a  word', and 'a word' is to come of it"),
    ],
)
def test_what_is_wrong_with_an_example_is_said(fixed: str | None, problem: str) -> None:
    example = type("Example", (pack.Word,), {"__doc__": pack.Word.__doc__, "examples": (Bad("a ⟦bad⟧ word", fixed),)})
    assert [said.partition(": ")[2] for said in testing.problems(example)] == [problem]


def test_thousands_of_phrases_are_searched_for_one_by_one() -> None:
    phrases = [f"某某{number}号文件" for number in range(3000)] + ["文件 目录", "a(b)c"]
    text = "见某某7号文件。\n某某2999號文件、文件　目錄"
    assert found(text, phrases=phrases) == ["某某7号文件", "某某2999號文件", "文件　目錄"]
    assert found("A(b)C，漢(hàn)語a（b）c", phrases=phrases) == ["A(b)C", "a（b）c"]


def test_of_phrases_that_overlap_the_first_is_found() -> None:
    assert found("甲乙丙丁", phrases=["乙丙丁", "甲乙", "丙丁"]) == ["甲乙", "丙丁"]
    assert found("甲乙丙", phrases=["甲乙", "甲乙丙"]) == ["甲乙"]
    assert found("甲\n【甲】\n甲乙", phrases=["甲"], **{"whole-line": True}) == ["甲", "【甲】"]


def test_phrases_are_looked_for_in_every_line() -> None:
    """A character that is rare elsewhere may stand in every line of the corpus that the phrases are for."""
    from corpus_lint.screening.screen import EVERYWHERE, _part

    (made,) = user_rules.make([{"code": "OWN001", "message": "x", "phrases": ["龘龘广告"]}], packs.load())
    assert {_part(trigger) for trigger in made().make_triggers()} == {(EVERYWHERE, "")}
