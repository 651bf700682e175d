"""Copies planted into generated text, and what is found of them."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from corpus_lint.document import Document
from corpus_lint.duplication import extension, folded_text, passages, winnowing
from corpus_lint.repeats import Duplicate, Loop, Repeat

if TYPE_CHECKING:
    from collections.abc import Sequence


HAN = [chr(code) for code in range(0x4E00, 0x4E00 + 6000)]
MARKS = "，。；：、！？"
SHORTEST = 200
SOURCE = st.integers(0, 2**32).map(random.Random)


def folds_to_itself(character: str) -> bool:
    return winnowing.fold(character) == character


PLAIN = [character for character in HAN if folds_to_itself(character)]
PAIRS = [(character, folded) for character in HAN if (folded := winnowing.fold(character)) != character]


def prose(random: random.Random, length: int, letters: float = 0.0) -> str:
    """Text of so many letters and Han characters, in lines, with punctuation."""
    parts: list[str] = []
    count = 0
    while count < length:
        if random.random() < letters:
            word = "".join(random.choices("abcdefghijklmnopqrstuvwxyz", k=min(random.randint(1, 9), length - count)))
            parts.append(f" {word} ")
            count += len(word)
        else:
            parts.append(random.choice(PLAIN))
            count += 1
        roll = random.random()
        if roll < 0.08:
            parts.append(random.choice(MARKS))
        elif roll < 0.1:
            parts.append("\n")
    return "".join(parts)


def find(texts: Sequence[str], *, numpy: bool = False, shortest: int = SHORTEST) -> list[Repeat]:
    """The passages that stand twice, without loops and duplicates."""
    return [one for one in find_all(texts, numpy=numpy, shortest=shortest) if isinstance(one, Repeat)]


def find_all(texts: Sequence[str], *, numpy: bool = False, shortest: int = SHORTEST) -> list[Repeat | Loop | Duplicate]:
    documents = [Document(text, index=number) for number, text in enumerate(texts)]
    sketches = [
        winnowing.sketch(documents[start : start + 2], start, numpy=numpy) for start in range(0, len(documents), 2)
    ]
    return list(passages.match(sketches, documents.__getitem__, shortest=shortest))


def places(repeats: Sequence[Repeat]) -> list[tuple[int, int, int, int, int, int]]:
    return [
        (r.later.document.index, r.later.start, r.later.end, r.earlier.document.index, r.earlier.start, r.earlier.end)
        for r in repeats
    ]


def covers(repeat: Repeat, later: tuple[int, int], earlier: tuple[int, int], slack: int = 0) -> bool:
    return (
        repeat.later.start <= later[0] + slack
        and later[1] - slack <= repeat.later.end
        and repeat.earlier.start <= earlier[0] + slack
        and earlier[1] - slack <= repeat.earlier.end
    )


def check_true(repeat: Repeat, shortest: int = SHORTEST) -> None:
    """What is reported is so."""
    later, earlier = repeat.later, repeat.earlier
    one, other = (winnowing.fold(span.document.text[span.start : span.end]) for span in (later, earlier))
    assert len(one) == repeat.length
    assert folded_text.weight(one) == repeat.weight >= shortest
    if repeat.similarity == 1:
        assert one == other
    else:
        from rapidfuzz.distance import Indel

        assert extension.SIMILAR <= repeat.similarity <= Indel.normalized_similarity(one, other) + 1e-9
        assert one != other
    if later.document is earlier.document:
        assert earlier.end <= later.start
    else:
        assert earlier.document.index < later.document.index
