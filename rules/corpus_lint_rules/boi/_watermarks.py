"""What a novel site wrote into the lines of a book: a phrase of its own in brackets, or as the last sentence.

Disguised addresses are in `_addresses`; here the address is written plainly, and its place tells whose it is: no
writer puts one in brackets behind a comma, where it belongs to no name.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ._phrases import Group

GROUPS = ("maker", "novel-site")
"""Groups of phrases that stand inside lines, too."""
FEWEST = 8
"""Characters of the author's that are in a line beside what the site wrote into it."""
LONGEST = 80
DOMAIN = r"(?:https?://)?(?:www\.|wap\.|m\.)?[a-z0-9-]{2,}(?:\.[a-z0-9-]+)*\.(?:com|net|org|cc|cn|la|info|me|xyz|top|tw|co)(?![a-z0-9])"
BEHIND = "，。！？”…、；"
"""Marks behind which a bracket with an address belongs to no name."""
CLOSING = "”」』"
"""What closes a speech, into the end of which a site may have written."""


class Watermark(NamedTuple):
    """What is not the author's, from ``start`` to ``end`` in its line; ``is_clear`` when it names an address."""

    start: int
    end: int
    is_clear: bool


def literals() -> Iterator[str]:
    """Texts of which one is in every line with an address in brackets behind a mark."""
    for mark in "，。”":
        for bracket in "(（【[":
            for head in ("www.", "m.", "wap.", "http"):
                yield mark + bracket + head


def watermarks(text: str, match: Callable[[str], Group | None]) -> Iterator[Watermark]:
    """The places in a line, from left to right; ``match`` tells the group of a whole line."""
    found = [*_in_brackets(text, match), *_last_sentence(text, match)]
    taken = sum(one.end - one.start for one in found)
    if len(text) - taken >= FEWEST:
        yield from found


def is_mixed(text: str, match: Callable[[str], Group | None]) -> bool:
    """Whether a line that is a phrase of the site begins with a sentence that is none: it may be the author's."""
    first = _first_sentence().match(text)
    return first is not None and first.end() < len(text.rstrip()) and not _is_of_site(first[0], match)


def _in_brackets(text: str, match: Callable[[str], Group | None]) -> Iterator[Watermark]:
    for bracket in _brackets().finditer(text):
        inside = bracket[bracket.lastindex or 1].strip()
        address = _address().search(inside)
        if address is not None and address[0] == inside:
            before, after = text[: bracket.start()][-1:], text[bracket.end() :][:1]
            if before and before in BEHIND and "\u4e00" <= after <= "\u9fff":
                yield Watermark(*bracket.span(), is_clear=True)
        elif _is_of_site(inside, match):
            yield Watermark(*bracket.span(), is_clear=address is not None)


def _last_sentence(text: str, match: Callable[[str], Group | None]) -> Iterator[Watermark]:
    end = len(text.rstrip().rstrip(CLOSING))
    start = max(text.rfind(mark, 0, max(end - 1, 0)) for mark in "。！？”…") + 1
    if 0 < start < end - 3 and end - start <= LONGEST and text[start] not in "，、；：":
        sentence = text[start:end]
        if "）" not in sentence and ")" not in sentence and _is_of_site(sentence, match):
            yield Watermark(start, end, is_clear=_address().search(sentence) is not None)


def _is_of_site(text: str, match: Callable[[str], Group | None]) -> bool:
    group = match(text) if len(text) <= LONGEST else None
    return group is not None and group.name in GROUPS


@cache
def _brackets() -> re.Pattern[str]:
    return re.compile(rf"[(（【\[]([^()（）【】\[\]]{{4,{LONGEST}}})[)）】\]]|～([^～]{{4,40}})～")


@cache
def _first_sentence() -> re.Pattern[str]:
    return re.compile("[^。！？!?”]*[。！？!?”]+")


@cache
def _address() -> re.Pattern[str]:
    return re.compile(DOMAIN, re.IGNORECASE)
