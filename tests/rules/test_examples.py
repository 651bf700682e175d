"""Every example of every built-in rule, screened and unscreened, found and fixed."""

from __future__ import annotations

from pathlib import Path

import pytest

import corpus_lint_rules
from corpus_lint import packs, testing
from corpus_lint.document import Document
from corpus_lint.engine import Engine
from corpus_lint.rule import Bad, Rule

RULES = packs.load()


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_examples(rule: type[Rule]) -> None:
    assert testing.problems(rule) == []


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_examples_are_found_in_files_of_windows(rule: type[Rule]) -> None:
    engine = Engine([rule()])

    def places(text: str) -> list[tuple[int, int]]:
        document = Document(text)
        return [document.position(result.finding.start) for result in engine.check([document])]

    for example in rule.examples:
        if isinstance(example.text, str) and "\n" in example.text and "\r" not in example.text:
            text, _ = testing.unmark(example.text)
            assert places(text.replace("\n", "\r\n")) == places(text), text


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_page(rule: type[Rule]) -> None:
    from corpus_lint.explain import page, summary

    assert summary(rule).endswith("."), "the summary is a sentence"
    assert "\n\n" in (rule.__doc__ or ""), "the page says more than its summary"
    assert rule.code in page(rule)


def test_modules_that_hold_no_rule_have_an_underscore() -> None:
    """The search for rules imports all others, at the first start and after every change."""
    holding = {rule.__module__ for rule in RULES}
    pack = Path(corpus_lint_rules.__path__[0])
    named = (".".join(path.relative_to(pack.parent).with_suffix("").parts) for path in pack.glob("*/[!_]*.py"))
    assert {name for name in named if not name.rpartition(".")[2].startswith("make_")} == holding


def test_screen_hides_nothing_in_the_seeds(seeds: list) -> None:
    documents = [Document(path.read_bytes().decode(), index=n) for n, path in enumerate(seeds)]
    rules = packs.make(RULES)
    screened, unscreened = Engine(rules).check(documents), Engine(rules, screened=False).check(documents)
    shown = [[(r.rule.code, r.document.index, r.finding) for r in results] for results in (screened, unscreened)]
    assert shown[0] == shown[1]


def test_screen_hides_nothing_when_examples_stand_together() -> None:
    """All examples in one document: neighbours must not change what the screen lets through."""
    lines = [
        testing.unmark(example.text)[0]
        for rule in RULES
        for example in rule.examples
        if isinstance(example, Bad) and isinstance(example.text, str)
    ]
    document = Document("\n".join(lines))
    rules = packs.make(RULES)
    screened, unscreened = Engine(rules).check([document]), Engine(rules, screened=False).check([document])
    assert [(r.rule.code, r.finding) for r in screened] == [(r.rule.code, r.finding) for r in unscreened]
