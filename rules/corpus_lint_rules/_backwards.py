"""Text in the order in which it stands on the screen, from left to right: Hebrew and Arabic are backwards then."""

from __future__ import annotations

from functools import cache

from corpus_lint import expressions as re

LEFT_TO_RIGHT = r"[0-9A-Za-z]+(?:[-.,:/@%'’ ]?[0-9A-Za-z]+)*"
MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


def turned_round(text: str) -> str:
    """The text from its end to its beginning, with the brackets mirrored, and numbers and Latin words as they were."""
    return _left_to_right().sub(lambda match: match[0][::-1], text[::-1].translate(MIRRORED))


@cache
def _left_to_right() -> re.Pattern[str]:
    return re.compile(LEFT_TO_RIGHT)
