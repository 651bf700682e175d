"""How much of a passage is prose, which nobody writes twice, and how much repeats by its nature.

Code, tables, bulleted descriptions of parameters, addresses of pages, licences and the articles of laws stand in many
places on purpose: a maintainer who is told of them learns nothing. Said twice of a corpus, they are reported with less
confidence; how that was measured is in docs/precision/dup.md.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.folding import reading

if TYPE_CHECKING:
    from corpus_lint.document import Document
    from corpus_lint.repeats import Span

CODE_MARKS = frozenset("{}()[];=<>_\"'/\\|$#*:`+&")
CODE = 0.08
"""From so many marks a letter on, text is code, a table or markup."""
AROUND = 4000
"""Characters on each side of a passage in which the articles of a law are looked for."""
ARTICLES = 3
"""From so many articles on, a text is a law."""
_LETTERS_OF_LICENCES = "rR版"
"""One of these is in every phrase of a licence."""
_LICENCES = (
    "copyright",
    "licence under",
    "licenced under",
    "license under",
    "licensed under",
    "all rights reserved",
    "redistribut",
    "without warrant",
    "版权所有",
    "版權所有",
)
_TICKS = ("```", "~~~")
"""One of these is in a fence, wherever its line begins,"""
_BARS = ("----", "....")
"""or its line begins with one of these."""
_ASCII_MARKS = bytes(code for code in range(128) if not chr(code).isalnum())
_CODE_MARKS = "".join(CODE_MARKS).encode()
_ARTICLE_SIGNS = ("条", "條", "§", "Art", "Sec", "Статья", "Điều")
_FIRST_SYLLABIC = "\u2e80"
"""The alphabets are below this character."""


@cache
def _fence() -> re.Pattern[str]:
    return re.compile(r"^[ \t>]*(?:```|~~~)|^(?:----+|\.\.\.\.)$", re.MULTILINE)


@lru_cache(maxsize=1)
def _fences(document: Document) -> list[int]:
    """Where the fences of a document stand."""
    text = document.text
    found = {0} if text.startswith(_BARS) and _fence().match(text) else set()
    # A search for plain text is much faster than one for the beginning of a line.
    for sign in (*_TICKS, *("\n" + bar for bar in _BARS)):
        at = text.find(sign)
        while at >= 0:
            line = text.rfind("\n", 0, at + 1) + 1
            if _fence().match(text, line):
                found.add(line)
            following = text.find("\n", at + 1)
            at = text.find(sign, following) if following >= 0 else -1
    return sorted(found)


@cache
def _addresses() -> re.Pattern[str]:
    return re.compile(r"https?://[^\s\u3000-\u9fff]+|\]\([^)\s]*\)|<[^<>\n]*>")


@cache
def _structured() -> re.Pattern[str]:
    """The beginning of a line that is no prose: a bullet, a row, a key, a quoted line of mail, an article."""
    return re.compile(
        r"[ \t\u3000]*(?:[-*+•·|>$]|[0-9a-zA-Z_.-]+[ \t]*[=:][ \t]|[a-z]\)|"
        r"第[ \t]*[〇零一二三四五六七八九十百千\d]+[ \t]*[条條款项項]|§|Art(?:icle|\.)?[ \t]*\d)"
    )


@cache
def _article() -> re.Pattern[str]:
    return re.compile(
        r"^[ \t\u3000\xa0#*]*(?:第[ \t]*[〇零一二三四五六七八九十百千\d]+[ \t]*[条條]|§+[ \t]*\d|"
        r"(?:Art(?:icle|ikel|ículo|\.)?|Section|Sec\.|Статья|Điều)[ \t]*\d)",
        re.MULTILINE,
    )


@cache
def _letters() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+")


@cache
def _syllabic() -> re.Pattern[str]:
    return re.compile(f"[{_FIRST_SYLLABIC}-\U0010ffff]+")


def weight(text: str) -> int:
    """How much a text says, as the engine counts: a letter or digit one, a Han, kana or Hangul character three."""
    if text.isascii():
        return len(text.encode().translate(None, _ASCII_MARKS))
    letters = "".join(_letters().findall(text))
    return len(letters) + 2 * sum(map(len, _syllabic().findall(letters)))


def is_code(text: str, letters: int) -> bool:
    """Whether a text that says so much is code, a table or markup."""
    # Each of the marks is one byte, and no part of another character.
    data = text.encode("utf-8", "surrogatepass")
    return len(data) - len(data.translate(None, _CODE_MARKS)) >= CODE * letters


def is_prose(span: Span, least: float) -> bool:
    """Whether so much of the passage, as weight, is prose."""
    text = span.document.piece(span.start, span.end)
    # A search for one character is so fast that expressions wait for it.
    if not text.isascii() and ("(" in text or "（" in text):
        text = reading().sub("", text)
    if "://" in text or "](" in text or "<" in text:
        text = _addresses().sub(" ", text)
    if _is_licence(text):
        return False
    said = [0, 0]
    in_other = False
    has_fences = any(sign in text for sign in (*_TICKS, *_BARS))
    for line in text.splitlines():
        if has_fences and _fence().match(line):
            in_other = not in_other
        elif not _structured().match(line) and not _is_indented_code(line):
            says = weight(line)
            said[in_other] += 0 if is_code(line, says) else says
            if not has_fences and said[0] >= least:
                break
    # What is between fences is code; where most passages begin need not be asked.
    if min(said) < least <= max(said):
        return said[bisect_left(_fences(span.document), span.start) % 2] >= least
    return min(said) >= least


def _is_licence(text: str) -> bool:
    """Whether a text has a phrase of a licence."""
    if not any(letter in text for letter in _LETTERS_OF_LICENCES):
        return False
    # Several times as fast as an expression that knows no case.
    small = text.lower()
    return any(phrase in small for phrase in _LICENCES)


def is_law(span: Span) -> bool:
    """Whether the passage is among the articles of a law, which other laws have, too."""
    text = span.document.piece(max(span.start - AROUND, 0), span.end + AROUND)
    if sum(map(text.count, _ARTICLE_SIGNS)) < ARTICLES:
        return False
    return sum(1 for _ in zip(_article().finditer(text), range(ARTICLES), strict=False)) == ARTICLES


def is_whole(span: Span) -> bool:
    """Whether the passage begins where a line begins and ends where one ends, but for marks and spaces."""
    text = span.document.text
    start = max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start)) + 1
    end = min((at for mark in "\n\r" if (at := text.find(mark, span.end)) >= 0), default=len(text))
    rest = text[start : span.start] + text[span.end : end]
    return not any(map(str.isalnum, rest))


def _is_indented_code(line: str) -> bool:
    """Whether a line is set in as a listing is, and in an alphabet: Han prose is set in, too."""
    return line.startswith(("    ", "\t")) and max(line) < _FIRST_SYLLABIC
