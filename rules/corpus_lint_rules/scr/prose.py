"""Which parts of a document are prose, and which are code, addresses, markup or references."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "\0"
"""Stands for every character that is not prose."""

HAN = "\u3400-\u4dbf\u4e00-\u9fff"

OPAQUE = f"""
    (?:https?|ftp)://[^\\s{HAN}，。；、“”《》（）「」]* | www\\.[^\\s{HAN}，。；、“”《》（）「」]*
  | [\\w.+-]+@[\\w-]+\\.[\\w.-]+
  | (`+)(?:(?!\\1)[^\\n]){{1,80}}?\\1
  | !?\\[[^\\]\\n]*\\]\\([^)\\n]*\\) (?<=\\))
  | </?[A-Za-z][^<>\\n]{{0,400}}> | &\\#?\\w{{1,8}}; | \\{{[^{{}}\\n]{{0,200}}\\}}
  | \\$[^$\\n]{{1,200}}\\$ | \\\\[A-Za-z]+ | :[a-z_]+: | \\[\\^?\\d+\\]:?
  | \\b[\\w./\\\\-]+\\.(?:com|cn|net|org|html?|php|exe|txt|jpg|png|pdf|py|js)\\b
"""

REFERENCE = r"\[(?:[MJDCGNRSPZmjdcgnrspz]|DB|EB|CP)(?:/OL)?\]|\bdoi\b|ISBN|ISSN"
"""Marks the type of a document in a reference list."""

NOT_PROSE = r"\s*(?:[|+>]|//|/\*|\*/|#!|\.\. |:[\w-]+:|[\[{<]|(?:tags|keywords|categories)\b)"
"""Beginnings of lines of tables, comments, directives and data."""

SHORT = 24
"""Characters between two grave accents up to which they are code."""

FENCE = r"^[ \t>]*(```|~~~)"


@cache
def _opaque() -> re.Pattern[str]:
    return re.compile(OPAQUE, re.VERBOSE)


class Prose:
    """Tells which parts of the lines of a text are prose."""

    def __init__(self, text: str) -> None:
        self._blocks = list(_blocks(text))
        self._ends = [end for _, end in self._blocks]

    def of(self, start: int, line: str) -> str | None:
        """The line that begins at an offset, all but its prose replaced by `CODE`; None when it has no prose."""
        block = bisect_right(self._ends, start)
        if block < len(self._blocks) and self._blocks[block][0] <= start:
            return None
        return _opaque().sub(_hide, line) if _is_prose(line) else None


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """From where to where blocks of code and the head of a page go."""
    head = re.match(r"---\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", text, re.DOTALL)
    if head:
        yield 0, head.end()
    sign, opened = "", 0
    for match in re.finditer(FENCE, text, re.MULTILINE) if "```" in text or "~~~" in text else ():
        if not sign:
            sign, opened = match[1], match.start()
        elif sign == match[1]:
            yield opened, match.end()
            sign = ""
    if sign:
        yield opened, len(text)


def _hide(match: re.Match[str]) -> str:
    if match[0][0] == "`" and len(match[0]) > SHORT and not re.search(r"[A-Za-z<>=/\[\]{}()]", match[0]):
        return match[0]  # marks that were strewn in, with prose between them
    return CODE * len(match[0])


def _is_prose(line: str) -> bool:
    if re.match(NOT_PROSE, line) or re.search(REFERENCE, line):
        return False
    han = len(re.findall(f"[{HAN}]", line))
    return han > 1 and 2 * han >= len(re.findall("[A-Za-z]", line))
