"""Which parts of a line are prose, and which are code, addresses, markup or references."""

from __future__ import annotations

from functools import cache

from corpus_lint import expressions as re

CODE = "\0"
"""Stands for every character that is not prose."""

HAN = "\u3400-\u4dbf\u4e00-\u9fff"

MAIL = r"[\w.+-]+@[\w-]+\.[\w.-]+"

OPAQUE = f"""
    (?:https?|ftp)://[^\\s{HAN}，。；、“”《》（）「」]* | www\\.[^\\s{HAN}，。；、“”《》（）「」]*
  | {MAIL}
  | (`+)(?:(?!\\1)[^\\n]){{1,80}}?\\1
  | !?\\[[^\\]\\n]*\\]\\([^)\\n]*\\) (?<=\\))
  | </?[A-Za-z][^<>\\n]{{0,400}}> | &\\#?\\w{{1,8}}; | \\{{[^{{}}\\n]{{0,200}}\\}}
  | \\$[^$\\n]{{1,200}}\\$ | \\\\[A-Za-z]+ | :[a-z_]+: | \\[\\^?\\d+\\]:?
  | \\b[\\w./\\\\-]+\\.(?:com|cn|net|org|html?|php|exe|txt|jpg|png|pdf|py|js)\\b
"""

REFERENCE = r"\[(?:[MJDCGNRSPZmjdcgnrspz]|DB|EB|CP)(?:/OL)?\]|\bdoi\b|ISBN|ISSN"
"""Marks the type of a document in a reference list."""

REFERENCE_SIGNS = ("[", "doi", "ISBN", "ISSN")
"""One of these is in each of them."""

NOT_PROSE = r"\s*(?:[|+>]|//|/\*|\*/|#!|\.\. |:[\w-]+:|[\[{<]|(?:tags|keywords|categories)\b)"
"""Beginnings of lines of tables, comments, directives and data."""

SHORT = 24
"""Characters between two grave accents up to which they are code."""


@cache
def _opaque() -> re.Pattern[str]:
    return re.compile(OPAQUE, re.VERBOSE)


@cache
def _opaque_but_mail() -> re.Pattern[str]:
    return re.compile(OPAQUE.replace(f"| {MAIL}", ""), re.VERBOSE)


@cache
def _sign() -> re.Pattern[str]:
    """What is in all that is opaque, addresses of mail left out."""
    return re.compile(
        r"://|www\.|`|\]\(|<|&|\{|\$|\\|:[a-z_]+:|\[\^?\d"
        r"|\.(?:com|cn|net|org|htm|php|exe|txt|jpg|png|pdf|py|js)"
    )


@cache
def _runs() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return re.compile(NOT_PROSE), re.compile(REFERENCE), re.compile(f"[{HAN}]+"), re.compile("[A-Za-z]+")


def prose(line: str) -> str | None:
    """A line with all but its prose replaced by `CODE`; None when it has no prose."""
    if not _is_prose(line):
        return None
    # An address of mail may begin at every letter: where there is none, none is tried.
    if "@" in line:
        return _opaque().sub(_hide, line)
    return _opaque_but_mail().sub(_hide, line) if _sign().search(line) else line


def _hide(match: re.Match[str]) -> str:
    if match[0][0] == "`" and len(match[0]) > SHORT and not re.search(r"[A-Za-z<>=/\[\]{}()]", match[0]):
        return match[0]  # marks that were strewn in, with prose between them
    return CODE * len(match[0])


def _is_prose(line: str) -> bool:
    not_prose, reference, han_runs, latin_runs = _runs()
    if not_prose.match(line) or (any(map(line.__contains__, REFERENCE_SIGNS)) and reference.search(line)):
        return False
    han = sum(map(len, han_runs.findall(line)))
    return han > 1 and 2 * han >= sum(map(len, latin_runs.findall(line)))
