"""Make text for the benchmarks where none is given: sentences from word lists, clean by construction.

A made text repeats its words and nothing longer. It is easier than real prose, which has what looks like damage and
is none, and passages that it shares: give a folder of such to ``benchmarks/throughput.py --text``.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CHINESE, ENGLISH = (line.split() for line in Path(__file__).with_name("words.txt").read_text("utf-8").splitlines())


def paragraphs(language: str, size: int, seed: int = 1) -> Iterator[str]:
    """Paragraphs of about ``size`` bytes of UTF-8 in all, in ``zh`` or ``en``; the same ones for the same seed."""
    chance = random.Random(seed)
    made = 0
    while made < size:
        text = "".join(_sentence(chance, language) for _ in range(chance.randint(3, 8))) + "\n"
        made += len(text.encode())
        yield text


def _sentence(chance: random.Random, language: str) -> str:
    """Ten to twenty words by chance: so many that no dozen of them stands twice."""
    number = chance.randint(10, 20)
    if language == "zh":
        words = chance.choices(CHINESE, k=number)
        return "的".join(words[:4]) + "，" + "".join(words[4:]) + "。"
    return " ".join(chance.choices(ENGLISH, k=number)).capitalize() + ". "
