"""A whole sentence in the other Chinese script, which nothing marks as another's words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re

from ._chinese_script import characters, simplify

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST = 3
"""Characters of a script that a line needs to be of it."""
RATIO = 4
"""So many times as frequent as those of the other script they are in a line of it."""
LONG = 12
"""Characters of a sentence that is no heading, no name and no label."""
ALIKE = 0.6
"""Share of a line's characters that a line beside it must have to say the same in the other script."""
BESIDE = 3
"""Lines before and behind in which the nearest one that is not empty is looked for."""

HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"
QUOTED = (
    r"《[^》\n]*》|〈[^〉\n]*〉|「[^」\n]*」|『[^』\n]*』|“[^”\n]*”|\"[^\"\n]*\"|\[[^\]\n]*\]|（[^）\n]*）|\([^)\n]*\)"
)
NO_PROSE = r"\s*[>|#\-*+•·“‘「『《【\[(（\d@—]|[^\n]*[：:]\s*[“「『]|[^\n]{1,12}[：:]"
"""How lines of others begin: quotations, items, comments with their writer's name."""
SPOKEN = "[的了们們这這个個吗嗎呢吧很是在都就也]"
"""Words of modern grammar: without them it may be an old text."""
ABOUT = "[简簡][体體化]|[繁正异異]体|[繁正異]體|[ぁ-ゖァ-ヺ]"
ENDS = "。！？!?…；"


def strays(
    text: str, start: int, end: int, own: frozenset[str], other: frozenset[str], *, to_simplified: bool
) -> Iterator[int]:
    """Where the characters of the other script stand in a line from ``start`` to ``end`` that is a stray sentence.

    It must be a sentence of today's language between sentences of the document's own script, and none of both may say
    the same: then the text is in two languages. ``to_simplified`` says that its own script is simplified.
    """
    line = text[start:end].rstrip("\r \u3000")
    if len(line) < LONG or line[-1] not in ENDS or _expression(NO_PROSE).match(line):
        return
    rest = _expression(QUOTED).sub("", line)
    few = sum(map(other.__contains__, rest))
    if few < LEAST or not _expression(SPOKEN).search(rest) or _expression(ABOUT).search(line):
        return
    beside = [found for found in (_before(text, start), _behind(text, end)) if found]
    if beside[:1] and beside[0][-1] in "：:":
        return
    if not any(_is_own(found, own, other) for found in beside) or any(_is_other(found, own, other) for found in beside):
        return
    said = set(_expression(HAN).findall(simplify(line)))
    if any(len(said & set(found)) >= ALIKE * len(said) for found in beside):
        return
    quoted = [match.span() for match in _expression(QUOTED).finditer(line)]
    for at, character in enumerate(line):
        is_strange = character in other or (to_simplified and _is_traditional(character))
        if is_strange and not any(first <= at < last and few < last - first for first, last in quoted):
            yield start + at


def _is_own(line: str, own: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a line is a sentence of the document's own script."""
    many, few = sum(map(own.__contains__, line)), sum(map(other.__contains__, line))
    return (
        len(line) >= LONG
        and many >= LEAST
        and many >= RATIO * few
        and _expression("[，。、！？；]").search(line) is not None
    )


def _is_other(line: str, own: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a line is of the other script, its quotations aside."""
    rest = _expression(QUOTED).sub("", line)
    many, few = sum(map(own.__contains__, rest)), sum(map(other.__contains__, rest))
    return few >= LEAST and few * RATIO > many


def _is_traditional(character: str) -> bool:
    """Whether a character is the traditional form of one other; 於 is, save in a name."""
    return character == "於" or (
        len(characters("TSCharacters").get(character, ())) == 1 and simplify(character) != character
    )


def _before(text: str, start: int) -> str:
    lines = text[max(0, start - 4000) : max(0, start - 1)].split("\n")[-BESIDE:]
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


def _behind(text: str, end: int) -> str:
    lines = text[end + 1 : end + 4001].split("\n")[:BESIDE]
    return next((line.strip() for line in lines if line.strip()), "")


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
