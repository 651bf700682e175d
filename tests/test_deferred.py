from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lint import deferred, packs
from corpus_lint.census import Census
from corpus_lint.document import Document
from corpus_lint.engine import Engine
from corpus_lint.line_ends import LineEnds
from corpus_lint.rule import Rule, SourceRule
from corpus_lint.source import Decoding, Source

ASKED_BY_CENSUS = [rule for rule in packs.load() if rule.wants_some_of]
SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("0*.txt"))
counts = st.integers(0, 40) | st.integers(0, 5000)


@pytest.mark.parametrize("rule", ASKED_BY_CENSUS, ids=lambda rule: rule.code)
@given(found=st.lists(counts, min_size=len(Census._fields), max_size=len(Census._fields)))
def test_a_rule_wants_nothing_without_its_characters(rule: type[Rule], found: list[int]) -> None:
    census = Census(*found)._replace(**dict.fromkeys(rule.wants_some_of, 0))
    assert not rule().wants(census)


@pytest.mark.parametrize("rule", [rule for rule in packs.load() if issubclass(rule, SourceRule)], ids=lambda r: r.code)
def test_a_rule_says_nothing_of_a_file_that_it_is_not_asked_about(rule: type[SourceRule]) -> None:
    assert rule.asked_about
    for ends in (LineEnds(), LineEnds(lf=3, first="\n"), LineEnds(crlf=2, first="\r\n"), LineEnds(cr=1, first="\r")):
        plain = Source("plain.txt", line_ends=ends)
        assert not any(getattr(plain, name) for name in rule.asked_about)
        assert not list(rule().check_source(plain))


def test_stand_ins_find_what_the_rules_find(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORPUS_LINT_CACHE", str(tmp_path))
    rules = packs.make(packs.load())
    packs.load(deferred=True)
    stand_ins = packs.make(packs.load(deferred=True))
    assert sum(isinstance(rule, deferred.Deferred) for rule in stand_ins) > 50
    for path in SEEDS:
        document = Document(path.read_text("utf-8"))
        found, again = (Engine(made).check_alone(document) for made in (rules, stand_ins))
        assert found
        assert [(one.rule.code, one.finding) for one in again] == [(one.rule.code, one.finding) for one in found]
    marked = Source("a.txt", Decoding(bom=b"\xef\xbb\xbf"), line_ends=LineEnds(lf=3, crlf=1, first="\n", change=2))
    foreign = Source("b.txt", Decoding("gb18030"))
    for source in (marked, foreign):
        found, again = (Engine(made).check_source(source, Document("甲\n乙\n")) for made in (rules, stand_ins))
        assert found
        assert [(one.rule.code, one.finding) for one in again] == [(one.rule.code, one.finding) for one in found]


def test_stand_ins_count_common_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORPUS_LINT_CACHE", str(tmp_path))
    packs.load(deferred=True)
    (stand_in,) = (rule for rule in Engine(packs.make(packs.load(deferred=True))).common_line_rules)
    (rule,) = Engine(packs.make(packs.load())).common_line_rules
    assert isinstance(stand_in, deferred.Deferred)
    assert stand_in.fewest_documents == rule.fewest_documents
    assert stand_in.accepts("北方频道", 9, 3) == rule.accepts("北方频道", 9, 3) is True


def test_a_changed_rule_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORPUS_LINT_CACHE", str(tmp_path / "cache"))
    pack = tmp_path / "pack" / "family"
    pack.mkdir(parents=True)
    states = [deferred.stamp(str(tmp_path / "pack"))]
    for write in (
        lambda: (pack / "rule.py").write_text("one = 1"),
        lambda: (pack / "rule.py").write_text("one = 10"),
        lambda: (pack / "words.toml").write_text(""),
        lambda: (pack / "rule.py").rename(pack / "other.py"),
        lambda: os.utime(pack / "other.py", ns=(1, 1)),
        lambda: (pack / "__pycache__").mkdir() or states.pop(),  # type: ignore[func-returns-value]
    ):
        write()
        states.append(deferred.stamp(str(tmp_path / "pack")))
    assert len(set(states)) == len(states)
    assert deferred.recall(str(tmp_path / "pack")) is None


RULE = '''
from corpus_lint.rule import Bad, PatternRule

class Word(PatternRule):
    """A word."""

    code = "FRE001"
    name = "word"
    pattern = "word"
    message = "a word"
    examples = (Bad("⟦word⟧"),)
'''


@pytest.mark.parametrize("is_deferred", [True, False])
def test_what_is_installed_afresh_is_not_compiled_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_deferred: bool
) -> None:
    monkeypatch.setenv("CORPUS_LINT_CACHE", str(tmp_path / "cache"))
    monkeypatch.syspath_prepend(str(tmp_path))
    name = f"afresh_{is_deferred}".lower()
    monkeypatch.setattr(packs, "DEFAULT_PACKS", (name,))
    rule = tmp_path / name / "word.py"
    rule.parent.mkdir()
    (rule.parent / "__init__.py").touch()
    rule.write_text(RULE)

    def compiles() -> bool:
        told: list[str] = []
        Engine(packs.make(packs.load([name], deferred=is_deferred)), say=told.append)
        return bool(told)

    assert compiles()
    assert not compiles()
    os.utime(rule, ns=(10**18, 10**18))
    assert not compiles()
    assert not compiles()
    rule.write_text(RULE.replace("a word", "words"))
    assert compiles()
