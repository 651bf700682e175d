"""Which parts of a line are prose, and which are code, addresses, markup or references."""

from __future__ import annotations

import re
from functools import cache

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


@cache
def _opaque() -> re.Pattern[str]:
    return re.compile(OPAQUE, re.VERBOSE)


def prose(line: str) -> str | None:
    """A line with all but its prose replaced by `CODE`; None when it has no prose."""
    return _opaque().sub(_hide, line) if _is_prose(line) else None


def _hide(match: re.Match[str]) -> str:
    if match[0][0] == "`" and len(match[0]) > SHORT and not re.search(r"[A-Za-z<>=/\[\]{}()]", match[0]):
        return match[0]  # marks that were strewn in, with prose between them
    return CODE * len(match[0])


def _is_prose(line: str) -> bool:
    if re.match(NOT_PROSE, line) or re.search(REFERENCE, line):
        return False
    han = len(re.findall(f"[{HAN}]", line))
    return han > 1 and 2 * han >= len(re.findall("[A-Za-z]", line))
