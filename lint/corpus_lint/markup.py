"""Markup: which lines of a document are code, front matter, tables or HTML, and no running text.

Read off the text when it is first asked for, by the signs of Markdown (CommonMark 0.31 and GitHub's tables), which
people use in plain text files, too. Indented code is only known in Markdown files: elsewhere it is how paragraphs
begin.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from functools import cache
from typing import TYPE_CHECKING

from . import expressions as re
from .named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .document import Document

PROSE, CODE, FRONT_MATTER, TABLE, HTML = "prose", "code", "front matter", "table", "html"

BLOCKS = (
    "address|article|aside|base|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset"
    "|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem"
    "|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul"
    "|img|br|span|a|font|b|i|small|video|audio|source|svg|path|input|button|label"
)
"""Tags that begin a block of HTML (CommonMark 4.6, kind 6), and those that sites put on lines of their own."""


class _Signs(NamedTuple):
    fence: re.Pattern[str]
    rule: re.Pattern[str]
    html: re.Pattern[str]
    indented: re.Pattern[str]


@cache
def _signs() -> _Signs:
    # None is searched for from line to line: a sign that all their matches have is, and then its line is matched.
    return _Signs(
        fence=re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])?[ \t]*(`{3,}|~{3,})([^\n]*)"),
        rule=re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$", re.MULTILINE),
        html=re.compile(
            rf"<(?:(!--)|(script|pre|style|textarea)\b|/?(?:{BLOCKS})(?:[ \t/>]|$))", re.MULTILINE | re.IGNORECASE
        ),
        indented=re.compile(r"(?:(?<=\n\n)|\A)(?: {4}|\t)[^\n]*(?:\n+(?: {4}|\t)[^\n]*)*", re.MULTILINE),
    )


class Markup:
    """The stretches of a document that are no running text, in code points from 0, each of whole lines."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        # Most only ask for code, which nothing else displaces.
        self._code = _outermost([*_front_matter(document), *_code(document)])
        self._all: list[tuple[int, int, str]] | None = None

    def kind(self, offset: int) -> str:
        """What the line of an offset belongs to: `PROSE`, `CODE`, `FRONT_MATTER`, `TABLE` or `HTML`."""
        if self._all is None:
            self._all = _outermost([*self._code, *_html(self._text), *_tables(self._text)])
        return _kind(self._all, offset)

    def is_prose(self, offset: int) -> bool:
        """Whether the line of an offset is running text."""
        return self.kind(offset) == PROSE

    def in_code(self, offset: int) -> bool:
        """Whether the line of an offset is in a block of code, or in the front matter, which is code as well."""
        return _kind(self._code, offset) != PROSE


def _kind(stretches: list[tuple[int, int, str]], offset: int) -> str:
    number = bisect_right(stretches, offset, key=_start) - 1
    return stretches[number][2] if number >= 0 and offset < stretches[number][1] else PROSE


def _start(stretch: tuple[int, int, str]) -> int:
    return stretch[0]


def _outermost(stretches: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The stretches in order, each start, end and kind, without those that lie in or about an earlier one given."""
    taken: list[tuple[int, int, str]] = []
    for start, end, kind in stretches:
        number = bisect_right(taken, (start, end, kind))
        is_free = not number or taken[number - 1][1] <= start
        if is_free and (number == len(taken) or end <= taken[number][0]):
            insort(taken, (start, end, kind))
    return taken


def _front_matter(document: Document) -> Iterator[tuple[int, int, str]]:
    """Lines between --- (YAML) or +++ (TOML) at the very beginning."""
    text = document.text
    if not text.startswith(("---", "+++")) or (document.record is None and document.index):
        return
    match = re.compile(r"(---|\+\+\+)[ \t]*\r?\n(?:(?!\1)[^\n]*\n){0,200}?(?:\1|\.\.\.)[ \t]*(?:\r?\n|\Z)").match(text)
    if match and (":" in match[0] or "=" in match[0]):
        yield 0, match.end(), FRONT_MATTER


def _code(document: Document) -> Iterator[tuple[int, int, str]]:
    """Fenced blocks; one that is not closed goes on to the end. In Markdown files indented ones, too."""
    text = document.text
    ended = 0
    if "```" in text or "~~~" in text:
        fence, start = "", 0
        for match in _fences(text):
            sign, info = match[1], match[2]
            if not fence:
                if sign[0] == "~" or "`" not in info:
                    fence, start = sign, match.start()
            elif sign[0] == fence[0] and len(sign) >= len(fence) and not info.strip():
                ended = _line_end(text, match.end())
                yield start, ended, CODE
                fence = ""
        if fence:
            yield start, len(text), CODE
    if document.source is not None and document.source.form == "markdown" and ("\n\n    " in text or "\n\n\t" in text):
        for match in _signs().indented.finditer(text):
            if not _in_list(text, match.start()):
                yield match.start(), _line_end(text, match.end()), CODE


def _fences(text: str) -> Iterator[re.Match[str]]:
    """The lines that begin or end a block."""
    for start in sorted({*_lines_with("```", text), *_lines_with("~~~", text)}):
        match = _signs().fence.match(text, start)
        if match:
            yield match


def _in_list(text: str, offset: int) -> bool:
    """Whether what stands before is an item of a list, which indented lines continue."""
    before = text.rfind("\n\n", 0, max(offset - 2, 0)) + 2 if offset > 2 else 0
    block = text[max(before, 0) : offset].lstrip("\n")
    return bool(re.match(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]", block)) or block.startswith((" ", "\t"))


def _html(text: str) -> Iterator[tuple[int, int, str]]:
    """Blocks of HTML: up to a blank line; comments, scripts and preformatted text up to their end."""
    if "<" not in text:
        return
    position = 0
    for match in _signs().html.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        if start < position or text[start : match.start()] not in ("", " ", "  ", "   "):
            continue
        if match[1]:
            end = text.find("-->", match.end())
        elif match[2]:
            closing = re.compile(rf"</{match[2]}>", re.IGNORECASE).search(text, match.end())
            end = closing.end() if closing else -1
        else:
            blank = re.compile(r"\n[ \t\r]*(?:\n|\Z)").search(text, match.end())
            end = blank.start() if blank else len(text)
        position = _line_end(text, end) if end >= 0 else len(text)
        yield start, position, HTML


def _tables(text: str) -> Iterator[tuple[int, int, str]]:
    """Tables of GitHub's Markdown: a head, a rule below it, and lines with bars."""
    if "|" not in text or "-" not in text:
        return
    for start in _lines_with("|", text):
        head = text.rfind("\n", 0, max(start - 1, 0)) + 1
        if not start or "|" not in text[head:start] or not _signs().rule.match(text, start):
            continue
        end = _line_end(text, start)
        while end < len(text):
            after = _line_end(text, end)
            if "|" not in text[end:after]:
                break
            end = after
        yield head, end, TABLE


def _lines_with(sign: str, text: str) -> Iterator[int]:
    """Where the lines begin that have a sign."""
    at = text.find(sign)
    while at >= 0:
        yield text.rfind("\n", 0, at) + 1
        at = text.find(sign, _line_end(text, at))


def _line_end(text: str, offset: int) -> int:
    """Where the line of an offset ends, its line end included."""
    return text.find("\n", offset) + 1 or len(text)
