"""U+0085 as the line end that mainframes write, told from the byte of … in Windows-1252."""

from __future__ import annotations

from corpus_lint import expressions as re

NEXT_LINE = "\u0085"


def ends_lines(text: str) -> bool:
    """Whether the U+0085 of a text are line ends.

    There are more of them than of other line ends, no other C1 controls (all would be bytes of wrongly decoded text),
    and the text goes on right behind them, as it does not behind ….
    """
    number = text.count(NEXT_LINE)
    if number < 2 or number <= text.count("\n") + text.count("\r"):
        return False
    return re.search(r"[\x80-\x84\x86-\x9f]|\x85[ .,;:!?)\"'”’]", text) is None
