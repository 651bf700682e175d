"""TXT005 unbalanced-mark."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Confidence, Edit, Finding, Fix
from corpus_lint.folding import reading_spans
from corpus_lint.named_tuple import NamedTuple
from corpus_lint.rule import Bad, Good, LineRule, Trigger, expression

from ._layout import HAN, blanked, in_fence, is_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpus_lint.document import Line

QUOTES = {"“": "”", "「": "」", "『": "』"}
BRACKETS = {"《": "》", "（": "）", "【": "】"}
FAR = 40
"""How many lines away the other half may stand: quotations go on over paragraphs, brackets over wrapped lines."""
FIRST, TWICE = "“《「", "“《「（"
"""Marks whose closing half is looked at when it is the first mark of a line, and when it stands twice in a row."""
ASIDE = 4
"""A bracket that opens so few characters before the end of a line is an aside that is never closed: （笑."""
NEAR = 8
"""Characters before a bracket that show whether it belongs to a list marker or an emoticon."""
LONGEST_TOKEN = 3
"""Characters of the lines around a mark that is an entry like them."""
SMALL = {ord("｢"): "「", ord("｣"): "」"}


class UnbalancedMark(LineRule):
    """A quotation mark or bracket is the wrong way round, or its other half is missing.

    ”防火墙” opens with the closing mark, “一封信“ closes with the opening one; a quotation begins with “ and never
    ends. A typist or a converter did it, or the text between the two was cut out. Whatever reads the text by its
    quotations (dialogue, titles of laws) goes wrong from there to the end of the document.

    A half is looked for in the lines around too: quotations over several paragraphs, each opened anew, brackets in
    wrapped lines and letters are whole. Left alone: list markers (`1）`, `a）`), emoticons, an aside such as （笑,
    inches and seconds (5”), teasers cut with an ellipsis, Markdown, formulas and code, straight quotes, „German“ and
    ”Swedish” quotation marks. A closing bracket is found only where it is the first mark of its line or follows
    another one of its kind.

    A mark that is the wrong way round can be turned; that is unsafe, for in a line with more than two marks another
    one may be wrong. What is missing is not made up.
    """

    code = "TXT005"
    name = "unbalanced-mark"
    examples = (
        Bad("联合各行各业编织网状⟦”⟧防火墙”。", "联合各行各业编织网状“防火墙”。"),
        Bad("以案为典型,借鉴⟦”⟧四平公安”模式，讲“法”。", "以案为典型,借鉴“四平公安”模式，讲“法”。"),
        Bad("发放“致家长的一封信⟦“⟧、“公告”。", "发放“致家长的一封信”、“公告”。"),
        Bad("目前采用的“防火墙”有确认域名等。⟦“⟧时间戳就是加入时间。\n用这样的方式，“便利”受到影响。"),
        Bad("根据⟦《⟧全省集中宣传月活动实施方案，积极开展活动。\n下一段"),
        Bad("全省集中宣传月⟦》⟧活动，积极开展《方案》活动。"),
        Bad("公司（以下简称甲方）与⟦（⟧以下简称乙方签订合同。\n第二条"),
        Bad("「你好」，他說，⟦「⟧再見。\n然後走了。"),
        Good("“我们走吧。\n“还是明天再走。”他说。"),
        Good("他说：“第一段。\n\n“第二段。\n\n第三段。”然后走了。"),
        Good("本办法（以下简称\n《办法》）自发布之日起\n施行。"),
        Good("要点如下：1）准备；2）执行；a）检查。\n（一)准备\n一）开始"),
        Good("笑死了_(:3」∠)_\n》》》漏洞描述《《《\n武漢肺炎》台灣織襪廠改產口罩\n》网架价格"),
        Good("（按：此詩見\n「說部」（卷四）。\n又見「集部」\n（卷五）。）"),
        Good("今天好开心：）谢谢～（笑\n没办法（逃"),
        Good("屏幕为5.5”，24”显示器"),
        Good("关于印发《全省集中宣传月活动实施方...\n下一条"),
        Good("„Guten Tag“, sagte er. Sie sagte: „Hallo“."),
        Good("Han sade: ”Hej” och gick."),
        Good("「どうしたんだ、ひどく？」［＃「ひどく？」」は底本では「ひどく？』」］と彼は考えた。"),
        Good("『\tO\n两国\tB-LOC\n关系\tO\n\n的\n」\n「\nて"),
        Bad("他接受了采访。\n\t此外，他还表示，⟦“⟧增长是手段而非目的。"),
        Good("在选择菜单里点-》插件-》项目工具，升级引擎。"),
        Good("`“` 与 `《` 是两个符号。\n```\nprint(“)\n```"),
        Good("“机卡一体”“机卡分离”，‘硬仗’，“他说‘好’。”"),
    )

    def make_triggers(self) -> tuple[Trigger, ...]:
        """The same shapes as `_is_unpaired` looks for."""
        pairs = {**QUOTES, **BRACKETS}
        closing = "|".join(pairs[mark] for mark in FIRST)
        return (
            *(expression(rf"{mark}{_none_of(pairs[mark])}*\n", apart=True) for mark in pairs),
            *(expression(rf"{pairs[mark]}{_none_of(mark + pairs[mark])}*{pairs[mark]}", apart=True) for mark in TWICE),
            expression(rf"“{_none_of('“”')}*“", apart=True),
            expression(rf"\n{_none_of(''.join((*FIRST, *(pairs[mark] for mark in FIRST))))}*(?:{closing})", apart=True),
        )

    def check_line(self, line: Line) -> Iterable[Finding]:
        """The marks of a line that have no other half, or are the wrong way round."""
        if not _is_unpaired(line.text) or _is_token(line):
            return
        found = [*_quotes(line), *_brackets(line)]
        if not found or is_code(line.text) or in_fence(line.document, line.start):
            return
        if "?" in line.text and reading_spans(line.text):
            # A shifted byte has swallowed the mark; the damage has a rule of its own.
            found = [finding for finding in found if finding.fix is not None]
        yield from found


class _Expressions(NamedTuple):
    unpaired: re.Pattern[str]
    label: re.Pattern[str]
    lying: re.Pattern[str]
    aside: re.Pattern[str]
    remark: re.Pattern[str]
    emoticon: re.Pattern[str]


@cache
def _expressions() -> _Expressions:
    pairs = {**QUOTES, **BRACKETS}
    first = "".join((*FIRST, *(pairs[mark] for mark in FIRST)))
    return _Expressions(
        unpaired=re.compile(
            "|".join(
                (
                    *(f"{pairs[mark]}[^{mark}{pairs[mark]}]*{pairs[mark]}" for mark in TWICE),
                    "“[^“”]*“",
                    f"^[^{first}]*[{''.join(pairs[mark] for mark in FIRST)}]",
                )
            )
        ),
        label=re.compile(r"(?:^|[\W_])[(（]?(?:[\d一二三四五六七八九十①-⑳]{1,3}|[a-zA-Z])\s*$"),
        lying=re.compile(r"」\s*[∠ㄥ]"),
        aside=re.compile(rf"[^）)]{{0,{ASIDE}}}\s*$"),
        remark=re.compile(r"[^，。；、,;）)】]*$"),
        emoticon=re.compile(r"[：:；;=^＾▽￣∀ω・´｀≧≦><_°╯]\s*$"),
    )


def _is_unpaired(text: str) -> bool:
    """Whether the screen lets the line through: so both always judge the same lines."""
    if any(text.rfind(mark) > text.rfind(closing) for pairs in (QUOTES, BRACKETS) for mark, closing in pairs.items()):
        return True
    return _expressions().unpaired.search(text) is not None


def _is_token(line: Line) -> bool:
    """Whether the mark stands alone in its line or column, in a list of tokens."""
    first, tab, _ = line.text.partition("\t")
    if len(first.strip()) != 1:
        return False
    beside = (line.neighbour(-1), line.neighbour(1))
    return bool(tab) or all(text is not None and 0 < len(text.strip()) <= LONGEST_TOKEN for text in beside)


def _none_of(characters: str) -> str:
    """An expression over bytes for any character but these (of three bytes each) and the line end."""
    tree: dict[int, dict[int, set[int]]] = {}
    for character in characters:
        first, second, third = character.encode()
        tree.setdefault(first, {}).setdefault(second, set()).add(third)
    parts = [_not_byte(tree)]
    for first, seconds in tree.items():
        parts.append(rf"\x{first:02x}{_not_byte(seconds)}")
        parts += [rf"\x{first:02x}\x{second:02x}{_not_byte(thirds)}" for second, thirds in seconds.items()]
    return f"(?:{'|'.join(parts)})"


def _not_byte(values: Iterable[int]) -> str:
    return "[^\\n" + "".join(f"\\x{value:02x}" for value in sorted(values)) + "]"


def _quotes(line: Line) -> Iterator[Finding]:
    text = _widened(blanked(line.text))
    if _expressions().lying.search(text):
        return
    for opening, closing in QUOTES.items():
        if opening not in text and closing not in text:
            continue
        places = [
            match.start()
            for match in re.finditer(f"[{opening}{closing}]", text)
            if not (match[0] == "”" and text[match.start() - 1 : match.start()].isdigit())
            and text[max(0, match.start() - 1) : match.end() + 1] not in (f"（{match[0]}）", f"({match[0]})")
        ]
        marks = [text[place] == opening for place in places]
        if all(is_open == (number % 2 == 0) for number, is_open in enumerate(marks)) and len(marks) % 2 == 0:
            continue
        if opening == "“" and ("„" in line.document.text or not re.search(f"[{HAN}]", text)):
            continue
        if _is_nested(marks) or (opening == "“" and text.count('"') % 2):
            continue
        turned = _turned(marks)
        if turned is not None and (turned or not _open_before(line, opening, closing)):
            at = places[turned]
            right = closing if marks[turned] else opening
            way = "an opening mark where the quotation ends" if marks[turned] else "a closing mark where it begins"
            yield Finding(
                at,
                at + 1,
                f"`{text[at]}` is the wrong way round: {way}; turn it",
                Fix(f"write `{right}`", (Edit(at, at + 1, right),), Applicability.UNSAFE),
            )
        elif len(marks) % 2:
            yield from _odd(line, text, places, marks, opening, closing)


def _alternate(marks: list[bool]) -> bool:
    return all(one != other for one, other in pairwise(marks))


def _is_nested(marks: list[bool]) -> bool:
    """Whether the marks are whole as brackets are: every closing one has its opening one."""
    depth = 0
    for is_open in marks:
        depth += 1 if is_open else -1
        if depth < 0:
            return False
    return depth == 0


def _turned(marks: list[bool]) -> int | None:
    """The one mark that must be turned for all to be pairs; None when it is none or more than one."""
    wrong = [number for number, is_open in enumerate(marks) if is_open != (number % 2 == 0)]
    return wrong[0] if len(wrong) == 1 and len(marks) % 2 == 0 else None


def _odd(line: Line, text: str, places: list[int], marks: list[bool], opening: str, closing: str) -> Iterator[Finding]:
    """The mark of an odd number that has no other half, when its place is certain."""
    if _alternate(marks):
        alone = 0 if not marks[0] else len(marks) - 1
    else:
        repeated = [n for n in range(len(marks) - 1) if marks[n] == marks[n + 1]]
        if len(repeated) != 1:
            return
        alone = repeated[0] if marks[repeated[0]] else repeated[0] + 1
    at = places[alone]
    is_last, is_first = alone == len(marks) - 1, alone == 0
    if marks[alone]:
        if is_last and (_closed_after(line, opening, closing) or _is_cut(text, at)):
            return
        yield Finding(at, at + 1, f"`{opening}` opens a quotation that never ends")
    else:
        if is_first and _open_before(line, opening, closing):
            return
        yield Finding(at, at + 1, f"`{closing}` ends a quotation that never began")


def _is_cut(text: str, at: int) -> bool:
    """Whether a teaser was cut with an ellipsis behind the mark."""
    return text.rstrip().endswith(("...", "…", "⋯", "..")) and len(text) - at < 60


def _open_before(line: Line, opening: str, closing: str) -> bool:
    """Whether the other half of a closing mark stands in a line before.

    The nearest mark is an opening one, or a line has one that nothing closes in it.
    """
    nearest = ""
    for text in _around(line, -1, opening + closing):
        if opening not in text and closing not in text:
            continue
        depth = 0
        for character in reversed(text):
            if character == opening:
                nearest = nearest or opening
                depth += 1
                if depth > 0:
                    return True
            elif character == closing:
                nearest = nearest or closing
                depth -= 1
        if nearest and opening == "“":
            # Quotations over paragraphs open more often than they close: only the nearest mark says something.
            return nearest == opening
    return False


def _closed_after(line: Line, opening: str, closing: str) -> bool:
    """Whether the other half of an opening mark stands in a line behind, or a new paragraph of the quotation does."""
    nearest = ""
    for text in _around(line, 1, opening + closing):
        depth = 0
        if not nearest and opening in QUOTES and text.lstrip(" \t\u3000\xa0>").startswith(opening):
            return True
        if opening not in text and closing not in text:
            continue
        for character in text:
            if character == closing:
                nearest = nearest or closing
                depth += 1
                if depth > 0:
                    return True
            elif character == opening:
                nearest = nearest or opening
                depth -= 1
        if nearest and opening == "“":
            return nearest == closing
    return False


def _around(line: Line, step: int, marks: str) -> Iterator[str]:
    """The lines before or behind, the nearest first; none when they have none of the marks."""
    index, starts = line.index, line.document.line_starts
    first, last = (index + 1, index + FAR) if step > 0 else (index - FAR, index - 1)
    end = starts[last + 1] if last + 1 < len(starts) else len(line.document.text)
    block = line.document.text[starts[max(0, first)] if first < len(starts) else end : end]
    if not any(map(_widened(block).__contains__, marks)):
        return
    for away in range(1, FAR + 1):
        number = index + step * away
        if not 0 <= number < len(starts):
            return
        yield _widened(line.document.line_text(number))


def _widened(text: str) -> str:
    return text.translate(SMALL) if "｢" in text or "｣" in text else text


def _brackets(line: Line) -> Iterator[Finding]:
    text = blanked(line.text)
    for opening, closing in BRACKETS.items():
        if opening not in text and closing not in text:
            continue
        row = text.replace("(", "（").replace(")", "）") if opening == "（" else text
        opened: list[int] = []
        for match in re.finditer(f"[{opening}{closing}]", row):
            at = match.start()
            if match[0] == opening:
                opened.append(at)
            elif opened:
                opened.pop()
            elif text[at] == closing and not _is_label(row, at) and not _open_before(line, opening, closing):
                yield Finding(at, at + 1, f"`{closing}` closes a bracket that was never opened")
        for at in opened:
            if text[at] == opening and not _is_loose(text, at) and not _closed_after(line, opening, closing):
                confidence = Confidence.MEDIUM if _expressions().remark.match(text, at + 1) else None
                yield Finding(at, at + 1, f"`{opening}` opens a bracket that is never closed", confidence=confidence)


def _is_label(text: str, at: int) -> bool:
    """Whether a closing bracket belongs to a list marker, an emoticon, a rule of signs or a headline (话题》标题)."""
    before = text[:at]
    if _is_rule(text, at) or (
        text[at] == "》"
        and (not before.strip("•·-\t\u3000 ") or before[-1] in " •\u3000-－" or not re.search("[，。]", text))
    ):
        return True
    return bool(_expressions().label.search(before) or _expressions().emoticon.search(before))


def _is_loose(text: str, at: int) -> bool:
    """Whether an opening bracket is an aside, an emoticon or a cut teaser, which nobody closes."""
    if _is_rule(text, at) or (text[at] == "（" and _expressions().aside.match(text, at + 1)):
        return True
    return bool(_expressions().emoticon.search(text[max(0, at - NEAR) : at])) or _is_cut(text, at)


def _is_rule(text: str, at: int) -> bool:
    """Whether the mark is one of a row: 》》》."""
    return text[at] in (text[at - 1 : at], text[at + 1 : at + 2])
