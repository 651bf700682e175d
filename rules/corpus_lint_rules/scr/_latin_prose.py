"""Full-width punctuation in sentences of Latin script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lint import expressions as re

from ._prose import OPAQUE
from ._punctuation import Mark

if TYPE_CHECKING:
    from collections.abc import Iterator

NARROW = {"，": ",", "。": ".", "；": ";", "：": ":", "？": "?", "！": "!", "．": "."}

ASIAN = "[\u1100-\u11ff\u3041-\u30ff\u3105-\u318f\u3400-\u9fff\uac00-\ud7af]"
SENTENCE = r"(?:(?>[A-Za-z]?[a-z]+(?:['’][a-z]*)?) ){2}[a-z]"
"""Three words in a row, as lists of names and terms seldom have. A word of a thousand letters is read once a letter."""

BESIDE = r"([，。；：？！．])(?<=[A-Za-z\d)”’\"'].)(?=([A-Za-z“‘\"'(])|\s|$)"


def marks(line: str) -> Iterator[Mark]:
    """The full-width marks behind words of a line that has sentences in Latin script and no Chinese."""
    if re.search(ASIAN, line) or not re.search(SENTENCE, line):
        return
    hidden = [match.span() for match in re.finditer(OPAQUE, line, re.VERBOSE)]
    for match in re.finditer(BESIDE, line):
        if not any(start <= match.start() < end for start, end in hidden):
            yield Mark(match.start(), match.end(), NARROW[match[1]] + (" " if match[2] else ""))


def marked_lines(text: str) -> Iterator[tuple[int, str, list[Mark]]]:
    """The lines of a text with such marks: where each begins, the line, and its marks."""
    start = 0
    for line in text.split("\n"):
        # Of text in two languages most lines with such a mark are Chinese, which `marks` sees at their first character.
        found = list(marks(line)) if not line.isascii() and any(map(line.__contains__, NARROW)) else []
        if found:
            yield start, line, found
        start += len(line) + 1
