"""What of a document is no text: characters that no one writes side by side, as a wrong decoding leaves them.

They are of both scripts, simplified and traditional, and say nothing of the text around them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lint.document import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

WINDOW = 8
"""Characters beyond ASCII, in a row but for ASCII, that are judged together."""
STRANGE = 15.0
"""Bits a character from which they are no text: text costs 5 to 10, lists of rare names 13, misread text 16 to 29."""
MOST = 20_000
"""Characters of a document that is judged as a whole; of a longer one a few lines decide nothing."""


def readable(document: Document) -> Document:
    """The document with spaces in the place of what is no text; itself if all is, or if it is long."""
    text = document.text
    if len(text) > MOST:
        return document
    spans = list(misread(text))
    if not spans:
        return document
    parts: list[str] = []
    done = 0
    for start, end in spans:
        parts += [text[done:start], " " * (end - start)]
        done = end
    return Document("".join((*parts, text[done:])))


def misread(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text that are none, in order, no line break among them."""
    from ..moj._model import model

    bits = model().bits
    start = 0
    for line in text.split("\n"):
        places = [at for at, character in enumerate(line) if character > "\x7f"]
        costs = [bits(line[at - 1] if at else " ", line[at]) for at in places]
        end = 0
        for first in range(len(costs) - WINDOW + 1):
            if sum(costs[first : first + WINDOW]) >= STRANGE * WINDOW:
                begin = max(end, places[first])
                end = places[first + WINDOW - 1] + 1
                yield start + begin, start + end
        start += len(line) + 1
