from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lint import deferred, packs
from corpus_lint.census import Census
from corpus_lint.document import Document
from corpus_lint.engine import Engine
from corpus_lint.rule import Rule

ASKED_BY_CENSUS = [rule for rule in packs.load() if rule.wants_some_of]
SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("0*.txt"))
counts = st.integers(0, 40) | st.integers(0, 5000)


@pytest.mark.parametrize("rule", ASKED_BY_CENSUS, ids=lambda rule: rule.code)
@given(found=st.lists(counts, min_size=len(Census._fields), max_size=len(Census._fields)))
def test_a_rule_wants_nothing_without_its_characters(rule: type[Rule], found: list[int]) -> None:
    census = Census(*found)._replace(**dict.fromkeys(rule.wants_some_of, 0))
    assert not rule().wants(census)


def test_stand_ins_find_what_the_rules_find(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORPUS_LINT_CACHE", str(tmp_path))
    rules = packs.make(packs.load())
    packs.load(deferred=True)
    stand_ins = packs.make(packs.load(deferred=True))
    assert sum(isinstance(rule, deferred.Deferred) for rule in stand_ins) > 30
    for path in SEEDS:
        document = Document(path.read_text("utf-8"))
        found, again = (Engine(made).check_alone(document) for made in (rules, stand_ins))
        assert found
        assert [(one.rule.code, one.finding) for one in again] == [(one.rule.code, one.finding) for one in found]
