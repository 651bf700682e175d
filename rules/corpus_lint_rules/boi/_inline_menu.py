"""Menus that stand inside a line: an extractor has joined the items of a menu, and often the text behind them.

Such a line is cut into items at bullets, bars and wide spaces (in Han, kana and Hangul at every space). A stretch of
short items of which enough are listed words is a menu.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.folding import fold
from corpus_lint.named_tuple import NamedTuple

from . import _language as language
from . import _phrases as phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from corpus_lint.rule import Trigger

WORDS = (
    "首页",
    "首頁",
    "网站首页",
    "網站首頁",
    "关于我们",
    "關於我們",
    "联系我们",
    "聯繫我們",
    "聯絡我們",
    "登录",
    "登入",
    "登錄",
    "注册",
    "註冊",
    "新闻",
    "新聞",
    "新闻中心",
    "产品中心",
    "Home",
    "HOME",
    "Login",
    "Log in",
    "About Us",
    "About us",
    "ABOUT",
    "Contact",
    "Contact Us",
    "Skip to content",
    "ホーム",
    "お問い合わせ",
    "サイトマップ",
    "会社概要",
    "로그인",
    "회원가입",
    "Главная",
    "Контакты",
    "Войти",
)
"""Words one of which nearly every menu has."""
BULLETS = " \t\xa0\u3000•|｜·►▶»›>/"
"""What stands between the items of a menu."""
WIDE_BREAK = r"(?:[ \t\xa0\u3000]*[•|｜·►▶»›>/][ \t\xa0\u3000]*|[ \t\xa0\u3000]{2,}|\t)+"
LONGEST_ITEM = 10
LONGEST_LETTERS = 26
FEWEST_ITEMS = 6
FEWEST_LISTED = 4
FEWEST_SITE_WORDS = 2
HOME = ("首页", "首頁", "主页", "主頁")
BARS = "|｜"
LONGEST_HEADED = 6
"""Characters of an item behind the home page, whatever it says."""
LISTED_SHARE = 4
"""One item in so many is a listed word, at least."""
BULLETED = (3, 1, 12)
"""The same three of a stretch whose items have bullets: listed words, words of sites, share."""
BULLET = "•"


class Menu(NamedTuple):
    """A menu in a line, from its first listed word to its last; offsets count from the start of the line."""

    start: int
    end: int
    items: int
    listed: int


def triggers() -> list[Trigger]:
    """A word of a menu behind a bullet or a bar, or between wide spaces."""
    from corpus_lint.rule import literals

    return list(literals(_forms()))


def is_candidate(text: str) -> bool:
    """Whether a trigger fires on the line."""
    return _seen().search(text) is not None


def menus(text: str, words: Mapping[str, bool]) -> Iterator[Menu]:
    """The menus in a line.

    Args:
        text: the line.
        words: every listed word, folded, and whether only sites use it.
    """
    if (whole := _headed(text, words)) is not None:
        yield whole
        return
    items: list[tuple[int, int, bool | None]] = []
    for start, end in _items(text):
        item = text[start:end]
        folded = fold(item).text if len(item) <= 4 * LONGEST_LETTERS else ""
        if not folded or not _is_short(folded):
            yield from _judged(text, items)
            items = []
        else:
            items.append((start, end, words.get(language.bare(folded).rstrip(":"))))
    yield from _judged(text, items)


def _headed(text: str, words: Mapping[str, bool]) -> Menu | None:
    """The line as a menu, when the first of its items is the site's home page and all others are as short."""
    places = [(start, end) for start, end in _items(text) if text[start:end].strip(BULLETS)]
    if len(places) < FEWEST_ITEMS - 1 or not text[slice(*places[0])].endswith(HOME):
        return None
    items = [fold(text[start:end]).text for start, end in places]
    if not all(item and len(item) <= LONGEST_HEADED and _is_short(item) and item.isalpha() for item in items):
        return None
    listed = sum(language.bare(item) in words for item in items)
    if sum(map(text.count, BARS)) >= len(items) - 1:
        listed = len(items)  # between bars, nothing but a menu begins with the home page
    return Menu(places[0][0], places[-1][1], len(items), max(listed, 2))


def _judged(text: str, items: list[tuple[int, int, bool | None]]) -> Iterator[Menu]:
    while items and items[0][2] is None:
        items.pop(0)
    while items and items[-1][2] is None:
        items.pop()
    listed = [kind for *_, kind in items if kind is not None]
    if not items:
        return
    bullets = text.count(BULLET, items[0][0], items[-1][1])
    is_bulleted = 3 * bullets >= 2 * len(items)
    fewest_listed, fewest_site_words, share = (
        BULLETED if is_bulleted else (FEWEST_LISTED, FEWEST_SITE_WORDS, LISTED_SHARE)
    )
    if (
        len(items) >= FEWEST_ITEMS
        and len(listed) >= fewest_listed
        and sum(listed) >= fewest_site_words
        and share * len(listed) >= len(items)
    ):
        yield Menu(items[0][0], items[-1][1], len(items), len(listed))


def _items(text: str) -> Iterator[tuple[int, int]]:
    """Where the items of a line stand."""
    syllabic = sum(1 for c in text if c >= "\u2e80")
    breaks = r"[\s•|｜·►▶»›>/]+" if 3 * syllabic > len(text) else WIDE_BREAK
    start = 0
    for match in phrases.compiled(breaks).finditer(text):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _is_short(folded: str) -> bool:
    longest = LONGEST_LETTERS if max(folded) < "\u2e80" else LONGEST_ITEM
    return len(folded) <= longest and not any(mark in folded for mark in language.SENTENCE_MARKS + ",、:=<>{}")


@cache
def _forms() -> tuple[str, ...]:
    forms = []
    for word in WORDS:
        if word.endswith(HOME):
            forms += [f"{word} ", f"{word}　"]
        forms += [f"• {word}", f"| {word}", f"{word} |", f"  {word}  ", f"{word}   •", f"|{word}|", f"•{word}"]
    return tuple(forms)


@cache
def _seen() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _forms())))
