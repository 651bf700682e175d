"""What kind of text a line is: prose, or code, a table, a heading, a list, a verse.

Everything is read off the raw text with cheap expressions, and only for candidates.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.document import LINE_END
from corpus_lint.named_tuple import NamedTuple
from corpus_lint.rule import Trigger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus_lint.document import Document, Line

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Han characters, for use inside a class."""

ENDING = frozenset("。！？!?…；;：:.”’」』）)》〉】〕］]\"'")
"""Marks with which a paragraph ends."""
PARAGRAPH, ENDED = 40, 0.8
"""A line of so many characters is a paragraph; such a share of them ends with a mark where sentences are whole."""
FEWEST, EXCEPTIONS = 2, 10
"""So many paragraphs show how a document ends them, and one in so many may be an exception."""
OTHER_LINE_ENDS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
"""Where `str.splitlines` ends a line besides the line feed."""
VERSE = 24
"""Characters that a line of verse has at most."""
NARROW, WIDE, SLACK = 40, 120, 4
"""Columns at which a document may be wrapped, and by how many its full lines differ."""
OUTLIERS, FULL, LEAST_FULL, OPEN = 50, 0.08, 3, 0.7
"""One line in so many may be longer; so many of the lines are full, and so many of these end inside a sentence."""


def before_han(*texts: str) -> list[Trigger]:
    """Triggers for each of the texts directly before a Han character, by the bytes with which most of these begin.

    They are literals, which cost the scan less than an expression does.
    """
    return [Trigger(text.encode() + bytes((lead,)), is_literal=True) for text in texts for lead in range(0xE4, 0xEA)]


class _Expressions(NamedTuple):
    fence: re.Pattern[str]
    code: re.Pattern[str]
    span: re.Pattern[str]
    heading: re.Pattern[str]
    wide: re.Pattern[str]


@cache
def expressions() -> _Expressions:
    """The expressions, compiled when first needed."""
    return _Expressions(
        fence=re.compile(r"[ \t>]*(?:```|~~~)"),
        code=re.compile(
            r"\s*(?:[|│┃├└┌]|//|/\*|\*/|<[a-zA-Z!/]|\{[%{]|\\[a-zA-Z]+[\[{]|[$>]\s"
            r"|(?:import|from|def|class|return|const|let|var)\s[\w ]+[=(:;]?)"
            r"|(?: {4}|\t)[ \t]*[!-~]|.*(?:[;{}]|=>|\\)\s*$"
        ),
        heading=re.compile(
            r"[\s\u3000]*(?:#{1,6}\s|[-*+•·●○■□◆▪>|=~]|\*\*|第\s?[一二三四五六七八九十百零〇\d]+\s?[章节條条节篇部卷回編编款項项]"
            r"|[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[①-⑳]|[【\[])"
        ),
        span=re.compile(
            r"`+[^`\n]+`+|\$[^$\n]+\$|</?[a-zA-Z][^>\n]*>|\]\([^)\n]*\)|(?:https?|ftp)://[!-~]+|\[\d+\]|［＃[^］\n]*］"
        ),
        wide=re.compile("[\u2e80-\U0010ffff]+"),
    )


def in_fence(document: Document, offset: int) -> bool:
    """Whether an offset of the document lies in a fenced block of Markdown."""
    global _last
    if _last is None or _last[0] is not document:
        starts = {*_lines_with("```", document.text), *_lines_with("~~~", document.text)}
        _last = (document, sorted(start for start in starts if expressions().fence.match(document.text, start)))
    return bisect_right(_last[1], offset) % 2 == 1


_last: tuple[Document, list[int]] | None = None


def _lines_with(sign: str, text: str) -> Iterator[int]:
    """Where the lines begin that have a sign: looking for it is faster than looking at every line."""
    at = text.find(sign)
    while at >= 0:
        yield text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        at = text.find(sign, end) if end >= 0 else -1


def is_code(line: str) -> bool:
    """Whether a line looks like program code, a command, a table row or markup."""
    return expressions().code.match(line) is not None


def blanked(line: str) -> str:
    """The line with inline code, formulas, tags, addresses and notes of Aozora Bunko replaced by as many spaces."""
    if not any(mark in line for mark in "`$<]:＃"):
        return line
    return expressions().span.sub(lambda match: " " * len(match[0]), line)


def is_heading(line: str) -> bool:
    """Whether a line looks like a heading, an item or a label: marked, numbered, or in bold."""
    return expressions().heading.match(line) is not None


def is_verse(line: Line, before: str, after: str) -> bool:
    """Whether a line and the one before are verse: short, and so are those around them."""
    around = [text for step in (-4, -3, -2, -1, 1, 2, 3, 4) if (text := line.neighbour(step)) and text.strip()]
    short = sum(len(text.strip()) <= VERSE for text in (*around, after))
    return len(before) <= VERSE and 2 * short > len(around) + 1


def ends_sentences(document: Document) -> bool:
    """Whether nearly all long lines of the document's prose end with a sentence's mark; remembered for the last."""
    global _ends
    if _ends is None or _ends[0] is not document:
        # Addresses and code have no marks of Chinese.
        long = [text for text in _paragraphs(document) if "，" in text or "。" in text or "," in text]
        ended = sum(text[-1] in ENDING for text in long)
        _ends = (document, ended >= ENDED * len(long))
    return _ends[1]


_ends: tuple[Document, bool] | None = None


def always_ends_sentences(document: Document) -> bool:
    """Whether all but a few paragraphs of the document end with a mark, so that one that does not is an exception.

    Paragraphs are long lines with more than one sentence; where they are few, long lines with a comma count, too.
    """
    global _ended
    if _ended is None or _ended[0] is not document:
        long = _paragraphs(document)
        prose = [text for text in long if text.find("。", 0, -2) >= 0]
        if len(prose) < EXCEPTIONS:
            prose += [text for text in long if "，" in text and text.find("。", 0, -2) < 0]
        ended = sum(text[-1] in ENDING for text in prose)
        _ended = (document, ended >= FEWEST and len(prose) - ended <= max(1, len(prose) // EXCEPTIONS))
    return _ended[1]


_ended: tuple[Document, bool] | None = None


def _long_lines(document: Document) -> list[tuple[str, str]]:
    """The long lines of the document, each with what parts it from the rest, if anything does.

    That is an empty line, or the end of the document. Lines end where Python's ``splitlines`` ends them. Remembered for
    the last document.
    """
    global _long
    if _long is None or _long[0] is not document:
        text = document.text
        pieces = [*(text.splitlines() if _has_other_line_ends(document) else text.split("\n")), ""]
        lines = [
            (piece, "\n" if not (after := pieces[behind]) or after.isspace() else "")
            for behind, piece in enumerate(pieces, 1)
            if len(piece) >= PARAGRAPH
        ]
        _long = (document, lines)
    return _long[1]


_long: tuple[Document, list[tuple[str, str]]] | None = None


def _has_other_line_ends(document: Document) -> bool:
    """Whether the text has line ends besides the line feed; all but the form feed are of two classes of the census."""
    census = document.census
    some = OTHER_LINE_ENDS if census.control or census.odd_space else "\f"
    return any(map(document.text.__contains__, some))


def _paragraphs(document: Document) -> list[str]:
    """The long lines of the document, without white space at their ends."""
    lines = [line.rstrip() for line, _ in _long_lines(document)]
    return [line for line in lines if len(line) >= PARAGRAPH]


def has_empty_lines(document: Document) -> bool:
    """Whether lines of the document are parted by empty ones; remembered for the last one."""
    global _empty
    if _empty is None or _empty[0] is not document:
        text = document.text
        _empty = (document, "\n\n" in (text.replace("\r", "") if "\r" in text else text))
    return _empty[1]


_empty: tuple[Document, bool] | None = None


def parts_by_empty_lines(document: Document) -> bool:
    """Whether paragraphs of the document are parted by empty lines as a rule, so that other line ends mean nothing."""
    global _parted
    if _parted is None or _parted[0] is not document:
        lines = _long_lines(document) if has_empty_lines(document) else ()
        behind = [gap for line, gap in lines if len(line.strip()) >= PARAGRAPH]
        _parted = (document, 2 * (len(behind) - behind.count("")) > len(behind))
    return _parted[1]


_parted: tuple[Document, bool] | None = None


class Wrapping(NamedTuple):
    """The width at which a document's lines are wrapped, in columns, and the numbers of the lines that are full."""

    width: int
    full: frozenset[int]


def wrapping(document: Document) -> Wrapping | None:
    """How the document is wrapped; None when its lines are paragraphs.

    A wrapped document has many lines of nearly its greatest width, and most of them end inside a sentence.
    """
    text = document.text
    lines = [line.rstrip() for line in (re.split(LINE_END, text) if "\r" in text else text.split("\n"))]
    lengths = sorted(filter(None, map(len, lines)))
    if not lengths:
        return None
    # A line is at least as wide as it is long, and at most twice.
    place = -1 - len(lengths) // OUTLIERS
    if lengths[place] > WIDE or 2 * lengths[place] < NARROW:
        return None
    widths = list(map(columns, lines))
    width = sorted(filter(None, widths))[place]
    if not NARROW <= width <= WIDE:
        return None
    full = [number for number, own in enumerate(widths) if width - SLACK <= own <= width + SLACK]
    open_ended = sum(lines[number][-1] not in "。！？；：" for number in full)
    if len(full) < max(LEAST_FULL, len(lengths) * FULL) or open_ended < OPEN * len(full):
        return None
    return Wrapping(width, frozenset(number for number in full if number + 1 < len(lines)))


def columns(text: str) -> int:
    """How wide a text is: two columns for a Han character or another wide sign."""
    return len(text) if text.isascii() else len(text) + sum(map(len, expressions().wide.findall(text)))
