"""Pieces of names and titles that a site has strewn over its text, so that copies of it are worthless."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Edit, Finding, Fix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus_lint.census import Census
    from corpus_lint.document import Document

NAME_PARTS = ("bai", "du", "zhi", "dao")
STREWN = (
    rf"(?:(?<=[\u4e00-\u9fff，。、；：])|^)(?:{'|'.join(NAME_PARTS)}|zhuan|shu|nei|rong|lai|zi|hui|da|copy|zd)"
    r"(?=[\u4e00-\u9fff])"
)
"""Parts of 百度知道, 专属, 内容, 来自 and 回答 in letters, each strewn between two characters."""
FEWEST_PARTS = 3
"""Different parts of the name that show what they are parts of."""

CHARACTER = r"[\u4e00-\u9fff](?:\([^()\n]{1,8}\))?"
"""A Han character, and the reading that a converter has written behind it."""
DOUBLED = rf"[的是，。？！,?!：“\"](?P<twice>(?P<once>(?:{CHARACTER}){{2,4}})(?P=once))(?=[\u4e00-\u9fff])"
"""Two to four characters twice in a row, where a clause or a noun begins, and no clause by themselves."""
FEWEST_DOUBLED = 4
FEWEST_TRADITIONAL = 10


def _stands_inside(part: str, text: str) -> bool:
    """Whether a part of a name may stand between two characters somewhere: told faster than by an expression."""
    at = text.find(part)
    while at >= 0:
        if "\u4e00" <= text[at + len(part) : at + len(part) + 1] <= "\u9fff" and not text[at - 1 : at].isascii():
            return True
        at = text.find(part, at + 1)
    return False


def name_parts(text: str) -> Iterator[Finding]:
    """The parts of the site's name between the characters of a text."""
    if sum(_stands_inside(part, text) for part in NAME_PARTS) < FEWEST_PARTS:
        return
    found = list(_name_parts().finditer(text))
    if len({match[0] for match in found}.intersection(NAME_PARTS)) < FEWEST_PARTS:
        return
    edits = tuple(Edit(*match.span(), "") for match in found)
    message = (
        f"parts of the site's name such as {found[0][0]} between the characters: the site spoils copies of its text so;"
        " remove them"
    )
    fix = Fix(f"remove {len(edits)} parts", edits, Applicability.UNSAFE)
    yield Finding(*found[0].span(), message, fix, occurrences=len(edits))


@cache
def _name_parts() -> re.Pattern[str]:
    return re.compile(STREWN, re.MULTILINE)


def may_have_doubled(census: Census) -> bool:
    """Whether a text is traditional Chinese, as the sites that do so write."""
    return census.traditional >= FEWEST_TRADITIONAL


def doubled_pieces(document: Document) -> Iterator[Finding]:
    """Pieces of the title, each twice in a row and every few sentences again, wherever a clause begins."""
    if not may_have_doubled(document.census):
        return
    found = [match for match in re.compile(DOUBLED).finditer(document.text) if _is_piece(match["once"])]
    times = Counter(match["once"] for match in found)
    again = [match for match in found if times[match["once"]] > 1]
    if len(found) < FEWEST_DOUBLED or len({match["once"] for match in again}) < 2:
        return
    edits = tuple(Edit(*match.span("twice"), "") for match in found)
    first = again[0]
    message = (
        f"pieces of a title such as {first['twice']} stand inside the sentences again and again: the site spoils "
        "copies of its text so; remove them"
    )
    fix = Fix(f"remove {len(edits)} pieces", edits, Applicability.UNSAFE)
    yield Finding(*first.span("twice"), message, fix, occurrences=len(edits))


def _is_piece(text: str) -> bool:
    """Whether it is no word that is doubled for its meaning or its sound: 一下一下, 哈哈哈哈."""
    return text[0] != "一" and len(set(text)) > 1
