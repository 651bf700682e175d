"""TXT007 numbering-gap."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Confidence, Finding, Severity
from corpus_lint.named_tuple import NamedTuple
from corpus_lint.rule import Bad, Good, RegionRule, Trigger, expression

from ._layout import in_fence, is_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus_lint.document import Document, Line

HAN_NUMERALS = "一二三四五六七八九十"
DIGITS = "123456789"
STYLES = (("（", "）"), ("(", ")"), ("", "、"), ("", "．"), ("", "."), ("", "）"))
"""What stands around a list number."""
HEADING = "、一"
"""The form of the headings of a report."""
FIRST_JUDGED = 4
"""The first number before which two others show that headings are counted."""
OTHERWISE = r"{0}\s*[、．.,，:：)）\]】是要则]|[第其（(]\s*{0}"
"""Ways in which the missing number may stand there all the same."""
CHOICE = r"(?:[（(][1-9一二三四五六七八九十][）)][\s、，,和]*){2,}"
"""Several numbers and nothing else: an answer that names items, and no item."""
INDENT = " \t\u3000\xa0"


class NumberingGap(RegionRule):
    """The numbers of a list jump, repeat or start again between two items that stand together.

    （四） is followed by （六）, or 2、 by 1、 with no line between: an item, or the heading of a new list, was lost
    when pages were put together. What is missing is not known, so there is no fix. Blank lines do not count. With text
    between, a new list may have been introduced; there only headings are compared that count 一、二、 from the first
    on: one is missing when the next has the number after that, and the missing number is missing between them.

    Left alone: lists that a program numbers (Markdown's 1. 1. 1. and items that start again at 1.), nested lists
    with another indent or another form of number, lists that an item introduces with a colon, answers that name items
    ((1)(3)), rankings that count down, years, decimals and versions, tables and code.
    """

    code = "TXT007"
    name = "numbering-gap"
    severity = Severity.NOTE
    examples = (
        Bad("（三）在营业大厅播放视频；\n（四）张贴宣传海报；\n⟦（六）⟧进农村宣传。"),
        Bad("　　(一)领导重视。\n　　(二)层层发动。\n　　⟦(一)⟧提高认识。"),
        Bad("1、加强领导。\n2、健全制度。\n\n⟦1、⟧学校网站由专人管理。"),
        Bad("一、工作回顾\n二、主要成效\n⟦四、⟧下一步打算"),
        Bad(
            "一、总体要求\n坚持以防为主，落实责任。\n二、组织领导\n三月三十一日成立领导小组。\n⟦四、⟧保障措施\n县财政安排经费。",
        ),
        Good("一、要求\n坚持以防为主。\n二、领导\n成立小组。\n 三 、任务\n做好工作。\n四、保障\n县财政安排经费。"),
        Good("（一）准备；\n（二）执行。\n第六条 办法如下：\n（一）检查；"),
        Good("1. 苹果\n1. 香蕉\n2. 梨\n\n1. 新的列表"),
        Good("对以下四种交通方式进行排名。\n4.空运\n3.火车运输\n2.公路运输\n1.船舶运输"),
        Good("2、结论\n　　1、小结\n（二）甲\n(一)乙"),
        Good("八、其他\n九、附则\n十、施行\n十一、解释"),
        Good("（一）不准入考者有三。\n（一）命名不必另起文墨。\n一、所举官吏\n一、所举官有因奸纳赂"),
        Good("（三）降雨量、蒸发量、墒情；（四）大中型水库的水位；\n（五）水功能区的水质。"),
        Good("（一）办公室\n（一）办公室\n不变\n(2) Planning\n(2) Planning\n(3) Control"),
        Good("(1) 化简；\n(2) 讨论如下:\n\n(1) 当 a 为正时，成立。"),
        Good("(1)(3)\n(1)(2)(3)\n(2)(3)"),
        Good("1.5 版\n3.0 版\n5、其他"),
    )

    def make_triggers(self) -> tuple[Trigger, ...]:
        """A number, and on the next line one that does not follow it, in the same form."""
        gap = r"\n(?:\n| |\t|　|\xc2\xa0){0,12}"
        found = []
        for before, after in STYLES:
            for numerals in (HAN_NUMERALS, DIGITS):
                if after in ".．" and numerals != DIGITS:
                    continue
                left, right = re.escape(before), re.escape(after)
                pairs = "|".join(
                    f"{one}{right}[^\\n]*{gap}{left}(?:{'|'.join(numerals.replace(follower, ''))}){right}"
                    for one, follower in zip(numerals, f"{numerals[1:]}-", strict=True)
                )
                found.append(expression(f"{left}(?:{pairs})", apart=True))
        late = "|".join(HAN_NUMERALS[FIRST_JUDGED - 1 :])
        found.append(expression(rf"\n(?: |\t|　|\xc2\xa0){{0,12}}(?:{late})、", apart=True))
        return tuple(found)

    def check_lines(self, document: Document, lines: Sequence[Line]) -> Iterable[Finding]:
        """The numbers of lines that do not follow that of the line before, and of headings that follow no other."""
        for line in lines:
            found = [*self._beside(line)] or [*self._heading(line)]
            yield from (finding.shifted(line.start) for finding in found)

    @staticmethod
    def _heading(line: Line) -> Iterable[Finding]:
        """The number of a heading, if the one before it is missing."""
        item = _item(line.text)
        if item is None or item.form != HEADING or item.number < FIRST_JUDGED:
            return
        before = [
            found for found in _headings(line.document) if found.end <= line.start and found.indent == item.indent
        ]
        numbers = [found.number for found in before]
        known = numbers[-(item.number - 2) :]
        if known != list(range(1, item.number - 1)):
            return
        missing = HAN_NUMERALS[item.number - 2]
        if re.search(OTHERWISE.format(missing), line.document.text[before[-1].end : line.start]):
            return
        if is_code(line.text) or in_fence(line.document, line.start):
            return
        start = len(item.indent)
        yield Finding(
            start,
            start + len(item.text),
            f"the headings jump from {before[-1].text} to {item.text}: {missing}、 is missing between them",
        )

    @staticmethod
    def _beside(line: Line) -> Iterable[Finding]:
        """The number of the line, if it does not follow that of the line before."""
        item = _item(line.text)
        if item is None:
            return
        before = next((text for step in (-1, -2, -3) if (text := line.neighbour(step)) is None or text.strip()), None)
        last = None if before is None else _item(before)
        if last is None or (last.form, last.indent) != (item.form, item.indent) or item.number == last.number + 1:
            return
        if before is not None and before.strip() == line.text.strip():
            return  # A table that was taken apart, with the same in both columns.
        if item.form == ".0" and item.number <= last.number:
            return  # Markdown numbers the items itself.
        if item.number == 1 and before is not None and before.rstrip().endswith((":", "：")):
            return  # The item before introduces a list of its own.
        if item.number == last.number - 1 and _is_countdown(line, item):
            return
        if item.form.endswith("一") and item.number == last.number == 1:
            return  # Old memorials begin every item with 一.
        if before is not None and item.number > 1 and _number(item, item.number - 1) in before:
            return  # The item before stands in the same line as the one before that.
        if is_code(line.text) or in_fence(line.document, line.start):
            return
        lost = item.number - last.number - 1
        if lost > 0:
            what = (
                f"jumps from {last.text} to {item.text}: {'an item is' if lost == 1 else f'{lost} items are'} missing"
            )
        elif lost == -1:
            what = f"has {item.text} twice"
        else:
            what = f"goes from {last.text} back to {item.text} with nothing between: a heading may be missing"
        start = len(item.indent)
        # A selection from a longer list keeps its numbers.
        confidence = Confidence.MEDIUM if lost > 1 else None
        yield Finding(start, start + len(item.text), f"the numbering {what}", confidence=confidence)


def _number(item: _Item, number: int) -> str:
    """Another number in the form of an item's."""
    numeral = HAN_NUMERALS[number - 1] if item.form.endswith("一") else str(number)
    return f"{item.form[:-2] if len(item.form) == 3 else ''}{numeral}{item.form[-2]}"


def _is_countdown(line: Line, item: _Item) -> bool:
    """Whether the numbers around the line go down, as places of a ranking do."""
    texts = (line.neighbour(step) for step in range(-6, 7))
    items = [found for text in texts if text is not None and (found := _item(text)) is not None]
    numbers = [found.number for found in items if (found.form[-1], found.indent) == (item.form[-1], item.indent)]
    return len(numbers) > 2 and all(one == other + 1 for one, other in pairwise(numbers))


class _Item(NamedTuple):
    indent: str
    text: str
    form: str
    number: int


class _Heading(NamedTuple):
    indent: str
    text: str
    number: int
    end: int


def _headings(document: Document) -> list[_Heading]:
    """The numbered headings of a document; remembered for the last."""
    global _last
    if _last is None or _last[0] is not document:
        found = [
            _Heading(match[1], match[2], HAN_NUMERALS.index(match[2][0]) + 1, match.end() - 1)
            for match in _heading_at_line_start().finditer(f"\n{document.text}")
        ]
        _last = (document, found)
    return _last[1]


_last: tuple[Document, list[_Heading]] | None = None


@cache
def _heading_at_line_start() -> re.Pattern[str]:
    return re.compile(rf"\n([{INDENT}]*)([{HAN_NUMERALS}]、)")


@cache
def _expression() -> re.Pattern[str]:
    number = rf"(?P<han>[{HAN_NUMERALS}])|(?P<digit>[1-9])"
    return re.compile(
        rf"(?P<indent>[{INDENT}]*)(?P<text>(?P<left>[（(]?)(?:{number})(?P<right>[)）、.．](?![\da-zA-Z])))"
    )


def _item(text: str) -> _Item | None:
    """The list number that a line begins with."""
    match = _expression().match(text)
    if match is None or (match["left"], match["right"]) not in STYLES or not text[match.end() :].strip():
        return None
    if re.compile(CHOICE).fullmatch(text, match.start("left")):
        return None
    if match["digit"]:
        number, kind = int(match["digit"]), "0"
    else:
        number, kind = HAN_NUMERALS.index(match["han"]) + 1, "一"
    if match["right"] in ".．" and kind != "0":
        return None
    return _Item(match["indent"], match["text"], f"{match['left']}{match['right']}{kind}", number)
