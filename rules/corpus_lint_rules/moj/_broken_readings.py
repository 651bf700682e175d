"""What a converter broke itself while it wrote readings: half a reading, a reading whose character was lost, a bracket.

To be asked only of lines of a text whose injected readings are known, for all of this may be an author's elsewhere.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.named_tuple import NamedTuple

from ._readings import BLANK, LETTERS, SPELLING, TONE, one_syllable, readings_table, simplified

if TYPE_CHECKING:
    from collections.abc import Iterator
    from re import Match, Pattern


class Broken(NamedTuple):
    """A broken place from ``start`` to ``end``; ``content`` is what should stand there, ``what`` names it."""

    start: int
    end: int
    content: str
    what: str
    is_certain: bool = True


def broken_readings(line: str) -> Iterator[Broken]:
    """The broken places of a line of damaged text, in order."""
    for match in _broken().finditer(line):
        kind = match.lastgroup or ""
        before = line[: match.start()]
        if kind == "open":
            if _spells(match["open"], before[-1:]):
                yield Broken(match.start(), match.end(), "", "a reading without its closing bracket")
        elif kind == "bracket":
            if not _is_open(before):
                content = "（" if match[0][-1] == "）" else "("
                yield Broken(match.start(), match.start() + 1, content, "a lost bracket", is_certain=False)
        elif kind == "close":
            if not _is_open(before) and _spells(match["close"], before[-1:]):
                yield Broken(match.start(), match.end(), "", "a reading without its opening bracket")
        elif _is_syllable(match[kind]) and not _is_open(before):
            yield Broken(match.start(kind) - _blank(match, kind), match.end(), "", "the reading of a lost character")


@cache
def _broken() -> Pattern[str]:
    han, letters = "[\u4e00-\u9fff]", f"[{LETTERS}]{{2,6}}"
    return re.compile(
        rf"(?<={han})[(（]{BLANK}?(?P<open>{letters})(?={han}|[，。、；：])(?![^()（）]{{0,12}}[)）])"
        rf"|(?<={han})(?P<close>{letters}){BLANK}?[)）]"
        rf"|(?:\ufffd+[?？]*|[?？]*\ufffd+)[(（]?{BLANK}?(?P<lost>{letters}){BLANK}?[)）]"
        rf"|(?<=[。；，、：？！])\?(?P<bracket>[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}})[)）]"
    )


def _blank(match: Match[str], kind: str) -> int:
    """How many characters between the lost character and its reading belong to the reading: a bracket, a blank."""
    seen = match.string[match.start() : match.start(kind)]
    return len(seen) - len(seen.rstrip("(（ \t\u00a0\u3000"))


def _is_open(before: str) -> bool:
    """Whether a bracket was opened and not closed, readings aside."""
    before = one_syllable().sub("", before)
    return before.count("(") + before.count("（") > before.count(")") + before.count("）")


def _is_syllable(letters: str) -> bool:
    return letters.translate(SPELLING).translate(TONE) in readings_table()[1]


def _spells(letters: str, character: str) -> bool:
    """Whether the letters are a reading of the character."""
    toned, plain = readings_table()
    syllable = letters.translate(SPELLING)
    untoned = syllable.translate(TONE)
    is_toned = untoned != syllable.replace("ü", "v")
    owners = toned.get(syllable, "") if is_toned else plain.get(untoned, "")
    return character in owners or simplified(character) in owners
