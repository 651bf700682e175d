"""Misread text that is shown on purpose: as an example, in a text about encodings."""

from __future__ import annotations

NEAR = 100
"""Characters before and behind a damaged place in which words may say that it is shown on purpose."""
ABOUT = "乱码|亂碼|编码|編碼|文字化け|кодиров|(?i:mojibake|encoding|charset)"


def is_shown(text: str, start: int, end: int) -> bool:
    """Whether the damage is shown on purpose: in a line about encodings, or as inline code."""
    from corpus_lint import expressions as re

    near = text[max(0, start - NEAR) : end + NEAR]
    return bool(re.search(ABOUT, near)) or (text.count("`", 0, start) % 2 == 1 and "`" in text[end:])
