"""Which parts of a document are prose, and which are code, addresses, markup or references."""

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

FENCE = r"[ \t>]*(?:```|~~~)"


@cache
def _opaque() -> re.Pattern[str]:
    return re.compile(OPAQUE, re.VERBOSE)


def prose(text: str) -> list[str | None]:
    """Each line of a text with everything but prose replaced by `CODE`; None for a line that has no prose."""
    lines: list[str | None] = []
    fence = ""
    is_head = text.startswith("---\n")
    for number, line in enumerate(text.split("\n")):
        if is_head:
            is_head = number == 0 or line.rstrip() not in ("---", "...")
            lines.append(None)
            continue
        mark = re.match(FENCE, line)
        if mark:
            sign = mark[0].strip(" \t>")[:3]
            fence = "" if fence == sign else fence or sign
            lines.append(None)
        elif fence or not _is_prose(line):
            lines.append(None)
        else:
            lines.append(_opaque().sub(_hide, line))
    return lines


def _hide(match: re.Match[str]) -> str:
    if match[0][0] == "`" and len(match[0]) > SHORT and not re.search(r"[A-Za-z<>=/\[\]{}()]", match[0]):
        return match[0]  # marks that were strewn in, with prose between them
    return CODE * len(match[0])


def _is_prose(line: str) -> bool:
    if re.match(NOT_PROSE, line) or re.search(REFERENCE, line):
        return False
    han = len(re.findall(f"[{HAN}]", line))
    return han > 1 and 2 * han >= len(re.findall("[A-Za-z]", line))
