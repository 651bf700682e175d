"""ENC007 mixed-line-ends."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Edit, Finding, Fix
from corpus_lint.line_ends import LINE_END, LineEnds, count
from corpus_lint.rule import Bad, DocumentRule, Good, SourceRule

from ._mainframe import NEXT_LINE, ends_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpus_lint.census import Census
    from corpus_lint.document import Document
    from corpus_lint.source import Source

CALLED = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}
SEPARATORS = {"\u2028": "line separator", "\u2029": "paragraph separator", NEXT_LINE: "next line"}


@cache
def _line_end(*, but_lf: bool) -> re.Pattern[str]:
    """Any line end, or any that has a carriage return: these are found much faster where they are few."""
    pattern = LINE_END.decode()
    return re.compile(pattern.removesuffix(r"|\n") if but_lf else pattern)


@cache
def _separator() -> re.Pattern[str]:
    # A set that is repeated is searched for five times as fast when it begins with one that is not.
    return re.compile("[\u2028\u2029][\u2028\u2029]*")


class MixedLineEnds(SourceRule, DocumentRule):
    """Lines that end in different ways in one file, or in ways that most programs do not know.

    A file in which some lines end in CRLF (Windows) and others in LF was put together from several, or edited on
    several systems: lines that are equal are counted as different, a CR stays at the end of what a line reader gives,
    a diff shows changes that no one made. CR CR LF is what converting twice leaves, and reads as two line ends. A lone
    CR, U+2028 and U+2029 are line ends to some programs (JavaScript, Python's `splitlines`) and not to others, so that
    line numbers and JSON lines no longer agree; they come from word processors and web editors. So does U+0085 from
    mainframes, where it stands for most line ends; elsewhere it is the byte of … in Windows-1252, and the
    matter of `control-character`.

    There is one finding about CR and LF for a file (or the text of a record), and one for each line with other line
    ends. The fix writes the commonest line end of the file for all; a separator beside a line end is removed. It is
    safe, but for a file in which no line end has the majority.
    """

    code = "ENC007"
    name = "mixed-line-ends"
    asked_about = ("has_mixed_ends",)
    wants_some_of = ("odd_space", "control")
    examples = (
        Bad(b"one\r\ntwo\nthree\r\n", b"one\r\ntwo\r\nthree\r\n"),
        Bad("一\n二\n三\r四\n".encode(), "一\n二\n三\n四\n".encode()),
        Bad("春天\r\n夏天\n秋天\n".encode("utf-16"), "春天\n夏天\n秋天\n".encode("utf-16")),
        Bad(b"one\r\r\ntwo\r\r\n", b"one\r\ntwo\r\n"),
        Bad("甲⟦\r\n⟧乙\n丙\n丁", "甲\n乙\n丙\n丁"),
        Bad("甲⟦\u2028⟧乙\u2028丙\n⟦\u2029⟧丁", "甲\n乙\n丙\n丁"),
        Bad("EINS⟦\u0085⟧ZWEI\u0085DREI\u0085", "EINS\nZWEI\nDREI\n"),
        Good(b"one\r\ntwo\r\n"),
        Good(b"one\rtwo\r"),
        Good(b"one\n\ntwo"),
        Good("甲\r\n乙\r\n"),
        Good("wait\u0085 and see\u0085 well"),
    )

    def wants(self, census: Census) -> bool:
        """Whether there is a carriage return or a separator."""
        return census.odd_space > 0 or census.control > 1

    def check_source(self, source: Source) -> Iterable[Finding]:
        """One finding, about CR and LF in the whole file."""
        ends = source.line_ends
        if source.has_mixed_ends:
            is_exact = source.decoding.encoding == "utf-8" or source.decoding.exact
            fix = Fix(_does(ends), (), _applicability(ends), line_end=ends.commonest) if is_exact else None
            yield Finding(0, 0, _message(ends), fix, occurrences=max(1, ends.rest))

    def check(self, document: Document) -> Iterable[Finding]:
        """A finding for each line with other line ends; CR and LF of what is no file, or only a record of one."""
        text = document.text
        if "\r" in text and (document.source is None or document.record is not None):
            yield from _mixed(document)
        separators = _separators(text)
        if not separators:
            return
        line_end = count(document.data, document.text).commonest
        for _, group in groupby(separators, key=lambda match: document.line_at(match.start())):
            yield _unknown(text, list(group), line_end)


def _unknown(text: str, matches: list[re.Match[str]], line_end: str) -> Finding:
    """The finding about the separators of one line."""
    edits = []
    for match in matches:
        around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
        is_beside_line_end = "\n" in around or "\r" in around
        edits.append(Edit(match.start(), match.end(), "" if is_beside_line_end else line_end * len(match[0])))
    found = "".join(match[0] for match in matches)
    names = ", ".join(f"U+{ord(character):04X} {SEPARATORS[character]}" for character in dict.fromkeys(found))
    number = "a line end" if len(found) == 1 else f"{len(found)} line ends"
    does = "write an ordinary one" if len(found) == 1 else "write ordinary ones"
    message = f"{number} that many programs do not know ({names}): line numbers and lengths differ; {does}"
    first = matches[0]
    return Finding(first.start(), first.end(), message, Fix(does, tuple(edits)), occurrences=len(found))


def _mixed(document: Document) -> Iterator[Finding]:
    ends = count(document.data, document.text)
    if ends.kinds < 2 and not ends.doubled:
        return
    commonest = ends.commonest
    line_end = _line_end(but_lf=commonest == "\n")
    matches = [m for m in line_end.finditer(document.text) if m[0] != commonest]
    edits = tuple(Edit(m.start(), m.end(), commonest) for m in matches)
    fix = Fix(_does(ends), edits, _applicability(ends))
    yield Finding(matches[0].start(), matches[0].end(), _message(ends), fix, occurrences=len(matches))


def _applicability(ends: LineEnds) -> Applicability:
    return Applicability.SAFE if ends.rest * 2 < ends.total or ends.kinds == 1 else Applicability.UNSAFE


def _does(ends: LineEnds) -> str:
    return f"end every line in {CALLED[ends.commonest]}"


def _message(ends: LineEnds) -> str:
    numbers = [(ends.lf, "LF"), (ends.crlf, "CRLF"), (ends.cr, "CR"), (ends.doubled, "CR CR LF")]
    listed = ", ".join(f"{number:,} {name}" for number, name in sorted(numbers, reverse=True) if number)
    where = f"; they change in line {ends.change:,}" if ends.change else ""
    what = "line ends are mixed" if ends.kinds > 1 else "line ends are doubled"
    return f"{what} ({listed}{where}), so that equal lines count as different; {_does(ends)}"


def _separators(text: str) -> list[re.Match[str]]:
    """The line ends that most programs do not know, in order."""
    # Most texts with carriage returns have none of these, and one character is found faster than one of several.
    found = list(_separator().finditer(text)) if "\u2028" in text or "\u2029" in text else []
    if NEXT_LINE in text and ends_lines(text):
        found += re.finditer(NEXT_LINE, text)
        found.sort(key=lambda match: match.start())
    return found
