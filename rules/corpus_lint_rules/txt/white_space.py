"""TXT006 white-space."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Confidence, Edit, Finding, Fix, Severity
from corpus_lint.named_tuple import NamedTuple
from corpus_lint.rule import Bad, Good, RegionRule, Trigger, expression

from ._layout import HAN, in_fence, is_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus_lint.document import Document, Line

SPACE = " \t\u3000\xa0"


class WhiteSpace(RegionRule):
    """White space stands where it means nothing: at line ends, as tabs inside sentences, as runs of blank lines.

    Copying from a page leaves it behind. It changes what counts as the same line, splits tokens, and fills a model's
    context with nothing; beyond that it is taste, so the confidence is low and every kind is reported once a document.

    What counts: three or more spaces, a tab, an ideographic or a no-break space at the end of a line; a tab between two
    words of Chinese prose; three or more blank lines in a row. Left alone: two spaces at a line end (a line break in
    Markdown), tables, code, indents.

    Removing white space at line ends is safe; the rest is not, for blank lines and tabs may be the author's layout.
    """

    code = "TXT006"
    name = "white-space"
    severity = Severity.NOTE
    confidence = Confidence.LOW
    examples = (
        Bad("第一段文字。⟦　　⟧\n第二段。   \n第三段。", "第一段文字。\n第二段。\n第三段。"),
        Bad("第一段。⟦\n\n\n\n⟧第二段。", "第一段。\n\n第二段。"),
        Bad("会议由市长⟦\t⟧主持，各单位负责人参加了会议。", "会议由市长主持，各单位负责人参加了会议。"),
        Good("第一行  \n第二行\n\n\n第三行"),
        Good("姓名\t年龄\t性别\n张三\t30\t男\n李四\t28\t\n"),
        Good("\t缩进的段落，第一行。\n```\na   \n\n\n\nb\t\n```"),
    )

    def make_triggers(self) -> tuple[Trigger, ...]:
        """White space before a line end, a tab between Han characters, three blank lines."""
        han = r"[\xe4-\xe9][\x80-\xbf][\x80-\xbf]"
        return (
            expression(r"(?:   |\t|　|\xc2\xa0) *\n", apart=True),
            expression(rf"{han}\t{han}", apart=True),
            expression(r"\n\n\n\n[^\n]", apart=True),
        )

    def check_lines(self, document: Document, lines: Sequence[Line]) -> Iterable[Finding]:
        """One finding for each kind of white space."""
        kinds: dict[str, list[Edit]] = {}
        for line in lines:
            for kind, edit in _in_line(line):
                if not in_fence(document, edit.start):
                    kinds.setdefault(kind, []).append(edit)
        for kind, edits in kinds.items():
            yield Finding(
                edits[0].start,
                edits[0].end,
                f"{kind} ({len(edits)} in the document)" if len(edits) > 1 else kind,
                Fix(
                    f"remove {'them' if len(edits) > 1 else 'it'}",
                    tuple(edits),
                    Applicability.SAFE if kind == TRAILING else Applicability.UNSAFE,
                ),
                occurrences=len(edits),
            )


TRAILING, TAB, BLANK = "white space at a line end", "a tab inside a sentence", "more than two blank lines in a row"


class _Expressions(NamedTuple):
    trailing: re.Pattern[str]
    tab: re.Pattern[str]


@cache
def _expressions() -> _Expressions:
    return _Expressions(
        trailing=re.compile(
            r"(?<=\S)(?: {3}|[\t\u3000\xa0])[ \t\u3000\xa0]*$|(?<=\S) {1,2}[\t\u3000\xa0][ \t\u3000\xa0]*$"
        ),
        tab=re.compile(rf"(?<=[{HAN}])\t(?=[{HAN}])"),
    )


def _is_behind_blank_lines(line: Line) -> bool:
    """Whether the three lines before are empty."""
    text, start = line.document.text, line.start
    before = text[max(0, start - 4) : start]
    if before.strip("\r\n"):
        return False
    return before == "\n\n\n\n" or all(line.neighbour(-step) == "" for step in (1, 2, 3))


def _in_line(line: Line) -> Iterator[tuple[str, Edit]]:
    text = line.text
    if text and text[-1] in SPACE and (match := _expressions().trailing.search(text)):
        is_of_table = "\t" in match[0] and "\t" in text[: match.start()].strip()
        if not is_of_table:  # empty cells
            yield TRAILING, Edit(line.start + match.start(), line.start + match.end(), "")
    if text.count("\t") == 1 and re.search("[，。；]", text) and not is_code(text):
        for match in _expressions().tab.finditer(text):
            yield TAB, Edit(line.start + match.start(), line.start + match.end(), "")
    if text and _is_behind_blank_lines(line):
        whole = line.document.text
        start = end = line.start
        while start and whole[start - 1] in "\r\n":
            start -= 1
        if start:
            newline = "\r\n" if whole.startswith("\r\n", start) else whole[start]
            yield BLANK, Edit(start, end, newline * 2)
