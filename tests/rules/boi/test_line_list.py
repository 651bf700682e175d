"""What stands in a list of sentences, comments or entries is one of them, and the list no page of a site."""

from __future__ import annotations

import pytest

from corpus_lint import packs
from corpus_lint.document import Document
from corpus_lint.engine import Engine
from corpus_lint.finding import Confidence
from corpus_lint_rules.boi._line_list import is_line_list

SENTENCES = [f"{who} {what} {number}." for number in range(20, 45) for who in ("He", "She", "The dog", "My aunt")
             for what in ("counted to", "came home with", "saw the house at number", "paid")]  # fmt: skip
COMMENTS = [f"{who}{what}{number}" for number in range(20, 45) for who in ("老张", "邻居家的孩子", "她", "我妈")
            for what in ("数到了", "昨天看见的灯有", "说门牌是", "只付了")]  # fmt: skip
PROMPTS = [
    "I forgot my password.", "You can log in here.", "Is that your username?", "He would not sign in.",
    "Was there a newsletter?", "They want us to subscribe.", "We read the comments first.", "Who logged out?",
]  # fmt: skip
MENU = ["Home", "News", "Sign in", "Search", "Contact us", "Privacy policy", "Back to top"]


def findings(lines: list[str]) -> list[Confidence | None]:
    engine = Engine(packs.make(packs.load(["corpus_lint_rules"]), ["BOI001", "BOI002"], [], {}))
    return [result.finding.confidence for result in engine.check([Document("\n".join(lines) + "\n")])]


@pytest.mark.parametrize("lines", [SENTENCES, COMMENTS])
def test_short_lines_of_a_list_are_told_with_less_confidence(lines: list[str]) -> None:
    text = [*lines[:200], "Got it", *lines[200:300], "Please wait.", *lines[300:], "没有了"]
    assert is_line_list(Document("\n".join(text)))
    assert Confidence.HIGH not in findings(text)


def test_a_copyright_line_in_a_list_is_the_sites() -> None:
    text = [*SENTENCES[:200], "Copyright © 2019 Example Inc. All rights reserved.", *SENTENCES[200:]]
    assert findings(text) == [Confidence.HIGH]


def test_a_list_that_speaks_of_passwords_is_no_page() -> None:
    text = [line for number, prompt in enumerate(PROMPTS) for line in (*SENTENCES[50 * number :][:50], prompt)]
    assert findings(text) == []


def test_a_menu_in_a_list_is_told() -> None:
    assert findings([*MENU, *SENTENCES])


def test_paragraphs_are_no_list() -> None:
    paragraphs = [line if number % 9 else " ".join(SENTENCES[:12]) for number, line in enumerate(SENTENCES)]
    assert not is_line_list(Document("\n".join(paragraphs)))
    assert not is_line_list(Document("\n\n".join(SENTENCES)))
    assert not is_line_list(Document("\n".join(SENTENCES[:100])))
