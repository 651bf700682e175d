"""The compiled loops that make passages of leads give what plain Python gives."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings

from corpus_lint.document import Document
from corpus_lint.duplication import (
    alignment,
    chaining,
    chaining_compiled,
    extension,
    grouping,
    loops,
    pairing,
    passages,
    winnowing,
)
from corpus_lint.duplication import leads as leads_plain
from corpus_lint.duplication.folded_text import Passage, Stretch, Text, common_prefix, common_suffix, evidence
from corpus_lint.duplication.folds import Folds
from corpus_lint.duplication.leads import ALONE, Lead
from corpus_lint.duplication.leads_numpy import Table
from corpus_lint.duplication.native_passages import chaining_loops
from corpus_lint.duplication.winnowing import SHORT_GRAM, sketch
from tests.planted import SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(chaining_loops() is None, reason="the compiled loops were not built")

WORDS = ["天气很好", "汉", "the quick ", "abc ", "我们去看海", "x", "今天。", "、", " ", "letters and ", "(", "漢字"]


def piece(source: random.Random) -> str:
    """Some lines of words, or of characters."""
    lines = []
    for _ in range(source.randint(1, 4)):
        size = source.choice((source.randint(1, 30), source.randint(1, 120)))
        if source.random() < 0.1:
            lines += [f"第{row}组组长一名，组员六名" for row in range(size)]
        elif source.random() < 0.5:
            lines.append("".join(source.choices(WORDS, k=size)))
        else:
            lines.append("".join(chr(source.randint(0x4E00, 0x4E00 + 600)) for _ in range(3 * size)))
    return "\n".join(lines) + source.choice(("\n", "\n\n", "", " "))


def edited(source: random.Random, text: str) -> str:
    """A text with some of its characters others, left out or doubled."""
    share = source.choice((0.0, 0.0, 0.02, 0.1, 0.3))
    return "".join(
        character if source.random() >= share else source.choice(("", "改", "z", "\n", 2 * character))
        for character in text
    )


def texts_of(source: random.Random, number: int) -> list[str]:
    """Texts that share pieces, more or less as they are."""
    pieces = [piece(source) for _ in range(6)]
    return [
        "".join(edited(source, one) for one in source.choices(pieces, k=source.randint(1, 7))) for _ in range(number)
    ]


def kept(texts: list[str]) -> tuple[Folds, list[Text]]:
    """Texts, and what is known of all."""
    documents = [Document(text) for text in texts]
    taken = sketch(documents, 0, numpy=True)
    folds = Folds()
    assert taken.texts is not None
    folds.add(0, taken.texts, taken.sizes)
    folds.mark(0, taken.marks)
    return folds, [Text(lambda one=one: one, folds, number) for number, one in enumerate(documents)]  # type: ignore[misc]


def stretches(later: str, earlier: str, *, is_one: bool) -> Iterator[Stretch]:
    """All that is equal of two texts and long enough, or of one and earlier in it."""
    grams: dict[str, list[int]] = {}
    for at in range(len(earlier) - SHORT_GRAM + 1):
        grams.setdefault(earlier[at : at + SHORT_GRAM], []).append(at)
    found = set()
    for position in range(len(later) - SHORT_GRAM + 1):
        for at in grams.get(later[position : position + SHORT_GRAM], ())[:6]:
            if is_one and at >= position:
                continue
            back = common_suffix(later, position, earlier, at, len(later))
            length = back + common_prefix(later, position, earlier, at, len(later))
            found.add(Stretch(position - back, at - back, length))
    yield from found


def lead(source: random.Random, text: str, place: int, stretch: Stretch, shortest: int) -> Lead:
    start, _, length = stretch
    says = min(evidence(text[start : start + min(length, shortest)]), shortest)
    group = ALONE if says >= shortest and source.random() < 0.2 else place
    return Lead(start, place, stretch, says, group)


def table(leads: list[Lead], texts: list[int], folds: Folds) -> Table:
    """Leads to some of the texts, as the tables of much text."""
    rows = [(one.start, one.place, one.stretch.earlier, one.stretch.length, one.says, one.group) for one in leads]
    bounds = np.stack(folds.places(np.array(texts, np.int64)), 1)
    found = Table(np.array(rows, np.int64).reshape(-1, 6).T, np.arange(len(texts)), bounds)
    assert list(found) == leads
    return found


def listed(found: list[tuple[Passage, Text]], texts: list[Text]) -> list[tuple[Passage, int]]:
    return [(passage, texts.index(text)) for passage, text in found]


@given(SOURCE)
@settings(max_examples=400, deadline=None)
def test_what_texts_share_is_the_same(source: random.Random) -> None:
    folds, texts = kept(texts_of(source, source.randint(2, 5)))
    shortest = source.choice((60, 100, 200, 300))
    number = len(texts) - 1
    later = texts[number]
    leads = sorted(
        lead(source, later.folded, place, stretch, shortest)
        for place in range(number)
        for stretch in stretches(later.folded, texts[place].folded, is_one=False)
    )
    chains = chaining.chains(later, texts.__getitem__, leads, shortest)
    expected = chaining.passages(later, texts.__getitem__, chains, shortest)
    found = chaining_compiled.passages(
        table(leads, [*range(number)], folds), number, None, folds, texts.__getitem__, shortest
    )
    assert found is not None
    assert listed(found, texts) == listed(expected, texts)


@given(SOURCE)
@settings(max_examples=400, deadline=None)
def test_what_a_text_says_twice_is_the_same(source: random.Random) -> None:
    folds, texts = kept(["\n".join(texts_of(source, 2)), "other"])
    shortest = source.choice((60, 100, 200, 300))
    text = texts[0]
    leads = sorted(
        lead(source, text.folded, source.randint(0, 1), stretch, shortest)
        for stretch in stretches(text.folded, text.folded, is_one=True)
    )
    once = passages._once(text.folded, leads, shortest)
    expected = chaining.passages(text, lambda _: text, chaining.chains(text, lambda _: text, once, shortest), shortest)
    found = chaining_compiled.passages(table(leads, [0, 0], folds), 0, [], folds, texts.__getitem__, shortest)
    assert found is not None
    assert listed(found, texts) == listed(expected, texts)


def test_what_is_outside_is_an_error() -> None:
    folds, texts = kept(["汉字很好看" * 30, "汉字很好看" * 30])
    with pytest.raises(ValueError, match="not among the characters"):
        chaining_compiled.passages(
            table([Lead(0, 0, Stretch(0, 9, 150), 300)], [0], folds), 1, None, folds, texts.__getitem__, 300
        )


def test_lines_that_are_no_lines_are_an_error() -> None:
    loops = chaining_loops()
    assert loops is not None
    codes, leads = np.full(400, 0x4E00, np.uint16), np.array([[0], [0], [0], [200], [300], [0]])
    places, own = np.array([[0, 200]]), (200, 200)
    for breaks in ([], [3], [0, 201]):
        lines = np.array(breaks, np.uint32)
        with pytest.raises(ValueError, match="outside of a text"):
            loops.passages(codes, leads, places, own, lambda _, lines=lines: lines, False, 300)  # type: ignore[misc]
    with pytest.raises(KeyError):
        loops.passages(codes, leads, places, own, {}.__getitem__, False, 300)


def test_numbers_are_those_of_python() -> None:
    """Each that has a name in C has it in Python, too."""
    modules = alignment, chaining, extension, grouping, leads_plain, loops, pairing, winnowing
    own = {"SAMPLE", "RUN", "SLOTS", "AHEAD", "ALONE", "OWN"}
    compared = 0
    for name in ("_following.h", "_aligning.h", "_leads.c"):
        source = Path(alignment.__file__).with_name(name).read_text()
        for constant, value in re.findall(r"^#define ([A-Z_]+) (\S.*)$", source, re.MULTILINE):
            if constant not in own:
                known = {getattr(module, constant) for module in modules if hasattr(module, constant)}
                assert known == {eval(value, {"ALIKE_GAP": grouping.ALIKE_GAP})}, constant
                compared += 1
    assert compared > 15
