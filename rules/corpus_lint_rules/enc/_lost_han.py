"""Question marks where Chinese characters were lost: 买主把鱼搬上?头, 朱?基.

A question ends with its mark, so a lost character is told from a question by what stands before: a sentence that asks
nothing, or a mark behind which nobody ends a question. A text that asks with the half-width mark has questions that say
so (什么, 吗, 是否); one that lost characters has hardly any.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus_lint.document import Line

HAN = "\u4e00-\u9fff\u3400-\u4dbf"
LOST = rf"(?<=[{HAN}])\?(?=[{HAN}])|(?<=[，、；（《〈「『【])\?(?=[{HAN}])"
LOST_WORDS = rf"(?<=[{HAN}，、])\?{{4,}}(?=[，、])|(?<=[，、])\?{{4,}}(?=[{HAN}])"
OPENING = "，、；（《〈「『【"
"""Marks behind which no question ends."""
CLAUSE = rf"[{HAN}A-Za-z0-9、“”‘’《》]*$"
LONGEST_CLAUSE = 60
"""Characters before a mark in which it may be asked something."""
ASKS = (
    r"[吗嗎呢么麼谁誰哪啥甚咋几幾何怎岂豈吧嘛啊呀哈哦噢嘞]|什么|多少|是[否不]|[能可会有该应]否|不[是行好对]|没有?$|有没|难道|難道"
    r"|真的|请问|請問|问题|如果|想知道|(.)不\1|对不|好不|了$"
)
"""What a question has, or may be when it is asked in a dialogue."""
FEWEST = 3
"""Different places without a question from which on they are lost characters."""
PER_QUESTION = 4
"""Such places that there must be for each question with the same mark."""


def lost_characters(lines: Sequence[Line]) -> list[tuple[Line, int]]:
    """The lost characters of a document, each with its line and its place in that."""
    found: list[tuple[Line, int]] = []
    around: Counter[str] = Counter()
    asked = certain = 0
    for line in lines:
        text = line.text
        if "?" not in text or _speaks_of_marks().search(text):
            continue
        for match in _lost().finditer(text):
            at = match.start()
            clause = _clause().search(text, max(0, at - LONGEST_CLAUSE), at)
            if _chained().match(text, at):
                continue
            is_certain = text[at - 1] in OPENING
            if not is_certain and clause is not None and _asks().search(clause[0]):
                asked += 1
                continue
            found.append((line, at))
            certain += is_certain
            around[text[at - 1 : at + 2]] += 1
    is_same_again = any(count > 1 for count in around.values())
    enough = 2 if certain or is_same_again else FEWEST
    return found if len(found) >= max(enough, PER_QUESTION * asked) else []


def lost_words(text: str) -> list[tuple[int, int]]:
    """From where to where question marks stand beside a comma, behind which no question ends, for lost words."""
    if "????" not in text or _speaks_of_marks().search(text):
        return []
    found = []
    for match in re.finditer(LOST_WORDS, text):
        clause = _clause().search(text, max(0, match.start() - LONGEST_CLAUSE), match.start())
        if clause is None or not _asks().search(clause[0]):
            found.append(match.span())
    return found


@cache
def _lost() -> re.Pattern[str]:
    return re.compile(LOST)


@cache
def _chained() -> re.Pattern[str]:
    """A mark with a clause behind it that ends with one, too: questions follow one another, 自西来雨?其自东来雨?"""
    return re.compile(rf"\?[{HAN}]{{3,12}}\?")


@cache
def _clause() -> re.Pattern[str]:
    return re.compile(CLAUSE)


@cache
def _asks() -> re.Pattern[str]:
    return re.compile(ASKS)


@cache
def _speaks_of_marks() -> re.Pattern[str]:
    """A line whose other marks are half-width, too, or that is about addresses, patterns or marks."""
    return re.compile(rf"[{HAN}],[{HAN}]|[=&\\<>{{}}|$*]|https?:|[问問][号號]|通配|正则|参数|參數|字符|符[号號]")
