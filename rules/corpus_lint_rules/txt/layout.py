"""What kind of text a line is: prose, or code, a table, a heading, a list, a verse.

Everything is read off the raw text with cheap expressions, and only for candidates.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from corpus_lint.document import Document

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Han characters, for use inside a class."""

SENTENCE_END = "。！？!?…；;：:"
CLOSING = "”’」』）)》〉】〕］]\"'"


class _Expressions(NamedTuple):
    fence: re.Pattern[str]
    code: re.Pattern[str]
    span: re.Pattern[str]


@cache
def expressions() -> _Expressions:
    """The expressions, compiled when first needed."""
    return _Expressions(
        fence=re.compile(r"^[ \t>]*(?:```|~~~)", re.MULTILINE),
        code=re.compile(
            r"\s*(?:\||//|/\*|\*/|<[a-zA-Z!/]|\{[%{]|\\[a-zA-Z]+[\[{]|[$>]\s"
            r"|(?:import|from|def|class|return|const|let|var)\s[\w ]+[=(:;]?)"
            r"|(?: {4}|\t)[ \t]*[!-~]|.*(?:[;{}]|=>|\\)\s*$"
        ),
        span=re.compile(r"`+[^`\n]+`+|\$[^$\n]+\$|</?[a-zA-Z][^>\n]*>|\]\([^)\n]*\)|(?:https?|ftp)://[!-~]+|\[\d+\]"),
    )


def in_fence(document: Document, offset: int) -> bool:
    """Whether an offset of the document lies in a fenced block of Markdown."""
    global _last
    if "```" not in document.text and "~~~" not in document.text:
        return False
    if _last is None or _last[0] is not document:
        _last = (document, [match.start() for match in expressions().fence.finditer(document.text)])
    return bisect_right(_last[1], offset) % 2 == 1


_last: tuple[Document, list[int]] | None = None


def is_code(line: str) -> bool:
    """Whether a line looks like program code, a command, a table row or markup."""
    return expressions().code.match(line) is not None


def blanked(line: str) -> str:
    """The line with inline code, formulas, tags and addresses replaced by as many spaces."""
    return expressions().span.sub(lambda match: " " * len(match[0]), line)
