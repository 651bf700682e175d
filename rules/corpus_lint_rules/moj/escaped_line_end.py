r"""MOJ010: line ends that are written out, as \n."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Edit, Finding, Fix
from corpus_lint.rule import Bad, Good, RegionRule, expression, literals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus_lint.document import Document, Line

ENDS = "。！？…；：，、”’」』）》】.!?;:,)>*"
"""Marks behind which a line ends."""
FEWEST = 2
"""So many line ends must be written out where nothing but a line end can be meant."""
SIGN = r"\\[nr]"
END = r"(?:\\r)?\\n|\\r(?!\\n)"
STRONG = rf"(?<=[{re.escape(ENDS)}\u3000-\u9fff\uac00-\ud7af])(?:[ \u3000]*(?:{END}))+(?![a-z\"'`’”%|)\]}}\\/,;.])"
r"""A line end behind a mark or a Han character, and before no small letter, which may belong to it: \neq."""
ABOUT = (
    r"换行|換行|转义|轉義|反斜[杠线]|正则|回车|字符串|改行|エスケープ|줄바꿈"
    r"|(?i:newline|line ?feed|carriage|escape|backslash|regex|printf|string literal|nouvelle ligne|zeilenumbruch)"
    r"|перенос\w* строк"
)
CODE = (
    r"\\[nrt][\"'`]|[\"'`(]\\[nr]|\b(?:printf|print|echo|puts|format|split|join|replace|write)\b ?\(|[{};] *$"
    r"|==|=>|->|&&|\b(?:echo|printf)(?: -[en]+)* [\"']|\\[nr](?:[\"'])? *>{1,2} *[~/.\w]"
    r"|^\s*(?:[|$>#]|//|\d+:)|\\(?:begin|frac|alpha|cdot|text|left|right|x[0-9a-f]{2}|[sSdDwW][+*])"
)
SHOWN = 24


class EscapedLineEnd(RegionRule):
    r"""Line ends are written out: `习俗。\n\n人们` where the text should go on in a new line.

    Text was escaped once more than it was read, as when JSON is put into JSON. Paragraphs run together, the words
    around the sign are joined with it, and a model learns to write `\n` for a new line.

    Found are `\n`, `\r\n` and `\r` behind a sentence's mark or a Han character, when a document has at least two of
    them in its prose; in lines that have one, also those between letters.

    Left alone: code, strings, patterns, formulas and paths (`C:\new`, `\neq`), `inline code`, and text that speaks of
    line ends, escapes or patterns.

    The fix breaks the line there; it is unsafe, for a program may still read the escapes.
    """

    code = "MOJ010"
    name = "escaped-line-end"
    whole_lines = True
    examples = (
        Bad(
            "有的地方还有这样的习俗。⟦\\n\\n⟧人们在这一天理发。\\n已经有几百年了。",
            "有的地方还有这样的习俗。\n\n人们在这一天理发。\n已经有几百年了。",
        ),
        Bad(
            "The ferry left at six.⟦\\r\\n\\r\\n⟧Nobody complained, because\\nEveryone had been late.",
            "The ferry left at six.\n\nNobody complained, because\nEveryone had been late.",
        ),
        Bad("题目：春天⟦\\n⟧作者：佚名\\n春天来了，花开了。", "题目：春天\n作者：佚名\n春天来了，花开了。"),
        Bad(
            'See it.⟦\\n⟧He wrote \\"a\\", \\"b\\" and \\"c\\" there.\\nThen he left.',
            'See it.\nHe wrote \\"a\\", \\"b\\" and \\"c\\" there.\nThen he left.',
        ),
        Good("请用 `\\n` 表示换行，段落之间写两个。\\n\\n这样就可以了。"),
        Good('printf("你好。\\n\\n");\nputs("完成。\\n再见。\\n");'),
        Good("文件在 D:\\资料\\n1 和 C:\\new 里，公式 a \\neq b、\\nu、\\nabla 见下。"),
        Good("他说：“再见。”\n然后走了。只有一处：他走了。\\n完"),
        Good(
            'echo -e "Linux is great.\\nI love Linux.\\nNo mention." > /home/file1.txt\necho -e "Yes.\\nNo." >> a.txt'
        ),
        Good("kai\\ to\\ do/gma, ta\\ th\\n yuxh\\n mh\\ to\\ me/xris a)\\n ou)=n pagw=sin|"),
        Good("```\n第一行。\\n\\n第二行。\\n\n```"),
    )
    triggers = (
        expression(r"[\x80-\xbf]\\[nr]", apart=True),
        *literals(f"{mark}\\{letter}" for mark in ENDS if mark.isascii() for letter in "nr"),
        *literals(("\\n\\n", "\\r\\n")),
    )

    def check_lines(self, document: Document, lines: Sequence[Line]) -> Iterable[Finding]:
        """One finding a line, on its first line end that is written out."""
        found = [(line, places) for line in lines if "\\" in line.text and (places := _places(line))]
        number = sum(len(re.findall(SIGN, line.text[start:end])) for line, places in found for start, end in places)
        if number < FEWEST:
            return
        # What the whole document is about is asked last, for that takes longest.
        found = [(line, places) for line, places in found if not _expression(CODE).search(line.text)]
        found = [(line, places) for line, places in found if not document.markup.in_code(line.start)]
        if not found or _expression(ABOUT).search(document.text) or _is_accented(document.text):
            return
        for line, places in found:
            edits = tuple(_edits(line, places))
            seen = line.text[places[0][0] : places[0][1]][:SHOWN]
            yield Finding(
                line.start + places[0][0],
                line.start + places[0][1],
                f"`{seen}` is a line end that was escaped once too often: the lines run together; break them there",
                Fix(f"break the line in {len(edits)} places", edits, Applicability.UNSAFE),
                occurrences=len(edits),
            )


def _is_accented(text: str) -> bool:
    """Whether most backslashes stand elsewhere: they are accents, as Greek has them in Beta Code, or commands."""
    return len(re.findall(r"\\[^nrtu\"'\\/]", text)) > len(re.findall(r"\\[nrt]", text))


def _places(line: Line) -> list[tuple[int, int]]:
    """Where line ends are written out in a line for certain."""
    if "`" in line.text:
        return []
    return [match.span() for match in _expression(STRONG).finditer(line.text)]


def _edits(line: Line, places: Sequence[tuple[int, int]]) -> Iterator[Edit]:
    """The edits for these places, and for others between two letters of which the second is a capital."""
    others = [match.span() for match in _expression(rf"(?<=[a-z])(?<!\\[nr])(?:{END})(?=[A-Z])").finditer(line.text)]
    for start, end in sorted({*places, *others}):
        breaks = len(re.findall(END, line.text[start:end]))
        yield Edit(line.start + start, line.start + end, "\n" * breaks)


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
