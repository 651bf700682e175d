"""BOI012: a mark at the end of a text says where an answer stops."""

from __future__ import annotations

import pytest

from corpus_lint import packs
from corpus_lint.document import Document
from corpus_lint.engine import Engine
from corpus_lint.finding import Confidence


def confidences(text: str) -> list[Confidence | None]:
    engine = Engine(packs.make(packs.load(["corpus_lint_rules"]), ["BOI012"], [], {}))
    return [result.finding.confidence for result in engine.check([Document(text)])]


@pytest.mark.parametrize("text", ["Naya Raipur<|endoftext|>", "渔港很早就醒了。\n<|endoftext|>\n"])
def test_a_single_mark_at_the_end_is_of_medium_confidence(text: str) -> None:
    assert confidences(text) == [Confidence.MEDIUM]


@pytest.mark.parametrize("text", ["渔港<|endoftext|>很早就醒了。", "<|im_start|>user\n早市几点开门？<|im_end|>"])
def test_others_are_certain(text: str) -> None:
    assert Confidence.MEDIUM not in confidences(text)
