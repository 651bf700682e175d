"""ENC003 replacement-character."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Finding, Severity
from corpus_lint.rule import Bad, DocumentRule, Good

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus_lint.census import Census
    from corpus_lint.document import Document

SOLID = 10
"""One character in so many: then the text was decoded wrongly as a whole."""
MANY = 20
"""Replacement characters of which a text must have so many for that."""
EMOJI = 4
"""So many in a row, and nothing else on the line: bytes of emoji or pictures."""

_QUOTED = frozenset(("''", '""', "``", "()", "[]", "“”", "‘’", "（）", "「」", "『』", "<>"))
_ABOUT_LITERALS = ("fffd", "replacement char", "替换字符", "替換字元", "置換文字", "de remplacement", "setzungszeichen")
"""What `_ABOUT` cannot match without, in small letters: looking for them is fifty times as fast."""
_ABOUT = r"(?i)u\\?\+?fffd|replacement char|替换字符|替換字元|置換文字|caractère de remplacement|ersetzungszeichen"


@cache
def _runs() -> re.Pattern[str]:
    return re.compile("\ufffd\ufffd*")  # so the first is searched for as a fixed string


class ReplacementCharacter(DocumentRule):
    """A replacement character (`�`, U+FFFD): bytes were lost here when the text was decoded.

    A decoder puts it where bytes are no character of the encoding that it was told, and the bytes are gone: the text
    has a hole, often with a misread neighbour. What is known of the cause is said: a text cut to a length in bytes, a
    letter or apostrophe of Windows-1252, bytes of emoji, a character of a double-byte encoding, or a whole text decoded
    with the wrong encoding, which is one finding.

    Left alone is text about the character: quoted, or named in the document.

    There is no fix: what stood there is not known, and deleting would hide the hole. Decode the source anew.
    """

    code = "ENC003"
    name = "replacement-character"
    wants_some_of = ("replacement",)
    whole_lines = True
    examples = (
        Bad("舴艋也闻钲鼓闹，倒载接⟦\ufffd⟧奈蓿\ufffd都休却。"),
        Bad("美媒：特朗普一年内募集⟦\ufffd⟧\n催泪！大鹅爱上石雕“伴⟦\ufffd\ufffd⟧..."),
        Bad("Il a mang⟦\ufffd⟧ \ufffd Orl\ufffdans"),
        Bad("I don⟦\ufffd⟧t know"),
        Bad("登船路线抢先看\n⟦\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd⟧\n入口"),
        Bad("⟦\ufffd⟧\ufffd\u04b2\ufffd" + "\ufffd\ufffd\u04b2\ufffd" * 8),
        Good('    print("\ufffd")\n打印 😀 \ufffd 😏'),
        Good("The decoder writes U+FFFD (\ufffd) for each.\nLike \ufffd this."),
        Good("□ 和 ? 是别的事"),
    )

    def wants(self, census: Census) -> bool:
        """Whether there is any."""
        return census.replacement > 0

    def check(self, document: Document) -> Iterable[Finding]:
        """One finding a line; one in all when the text is full of them."""
        text = document.text
        matches = list(_runs().finditer(text))
        if not matches or any(_is_quoted(text, match) for match in matches) or _is_about(document):
            return
        number = document.census.replacement
        if number >= MANY and number * SOLID >= len(text):
            message = (
                f"{number:,} of {len(text):,} characters are replacement characters (U+FFFD): the text was decoded "
                "with the wrong encoding, and its bytes are lost; decode the source anew, or drop the document"
            )
            start = matches[0].start()
            yield Finding(start, start + 1, message, occurrences=number, severity=Severity.ERROR)
            return
        for index, group in groupby(matches, key=lambda match: document.line_at(match.start())):
            yield _finding(document.line_text(index), document.line_starts[index], list(group))


def _is_about(document: Document) -> bool:
    """Whether the document names the character."""
    data = document.data.lower()
    return any(name.encode() in data for name in _ABOUT_LITERALS) and re.search(_ABOUT, document.text) is not None


def _is_quoted(text: str, match: re.Match[str]) -> bool:
    """Whether one character stands alone in quotes: the text is about it."""
    start, end = match.span()
    return end - start == 1 and text[start - 1 : start] + text[end : end + 1] in _QUOTED


def _finding(line: str, start: int, matches: list[re.Match[str]]) -> Finding:
    number = sum(len(match[0]) for match in matches)
    first = matches[0]
    causes = dict.fromkeys(_cause(line, match.start() - start, match.end() - start) for match in matches)
    cause = next(iter(causes)) if len(causes) == 1 else _UNKNOWN
    what = "a replacement character" if number == 1 else f"{number} replacement characters"
    message = f"{what} (U+FFFD): {cause}; restore the line from the source"
    return Finding(first.start(), first.end(), message, occurrences=number)


_UNKNOWN = "bytes were lost here when the text was decoded"


def _cause(line: str, start: int, end: int) -> str:
    """What is known of how the bytes at ``start`` of the line were lost."""
    before, after = line[:start], line[end:]
    if not before.strip() and not after.strip() and end - start >= EMOJI:
        return "bytes of emoji or pictures that the decoder did not know"
    if end - start == 1 and before.strip() and re.fullmatch(r"\s*(?:\.{2,}|…+)?\W{0,2}\s*", after):
        return "the text was cut to a length in bytes, in the middle of a character"
    left, right = before[-1:], after[:1]
    if end - start == 1 and left.isascii() and left.isalpha():
        if re.match(r"(?:s|t|d|m|re|ve|ll)\b", after):
            return "an apostrophe of Windows-1252 that was decoded as UTF-8"
        return "a letter or sign of Windows-1252 or another single-byte encoding that was decoded as UTF-8"
    if any("\u2e80" <= character <= "\ud7ff" for character in (left, right) if character):
        return "bytes of a character were lost or damaged before the text was decoded"
    return _UNKNOWN
