"""SCR006 mistaken-sign."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Edit, Finding, Fix
from corpus_lint.rule import Bad, Good, LineRule, Trigger, literals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpus_lint.document import Line

COUNTED = (
    "年月日号號时時点點分秒个個人名元万萬亿億千百亩畝尾只隻头頭条條件张張页頁章岁歲次倍米吨噸斤克升度层層楼樓世周厘毫"
    "平立公英余餘多"
)
"""What stands behind a number in Chinese."""
UNITED = "个個些种種般样樣张張次切定点點直起位名条條项項件"
"""What stands behind 一, and at the beginning of nothing that a dash sets apart."""
BEFORE = "这這那每同唯统統第某任另有是的了在把为為用做成出进進和与與从從到给給以像如十"
"""What stands before 一 inside a clause."""
DASH = "—"
"""What a scanner takes for 一, and the other way round."""
DIGITS = {"O": "0", "l": "1", "I": "1"}
"""The digits for which letters are taken."""


class MistakenSign(LineRule):
    """A sign that looks like the right one stands in its place, as a scanner reads it.

    `2O19年`, `l00人`, `3一5天`, `这—点`: who recognises the characters of a printed page takes a zero for a letter, a
    dash for 一 and 一 for a dash. The number or the word is then unknown to whoever counts or searches.

    What counts: the letters O, l and I in a number that has a digit and a counted thing or a per cent sign behind it
    (no O at its beginning, no l or I at its end: `O2分子`, `5l水`); 一 between digits, which a number in figures never
    has; one dash before a counted thing (个, 种, 些), inside a clause or at its beginning, not at that of a line or an
    item. Left alone: codes and names (`A3O年`), double dashes, code.

    The fix puts the right sign back. It is unsafe, since the scanner may have misread more of the number than that.
    """

    code = "SCR006"
    name = "mistaken-sign"
    examples = (
        Bad(
            "我们在⟦2O19⟧年开会，共有⟦l00⟧人参加，每亩放养⟦3OO⟧尾。", "我们在2019年开会，共有100人参加，每亩放养300尾。"
        ),
        Bad("浓度为3%⟦一⟧5%，浸泡3⟦一⟧5天。", "浓度为3%—5%，浸泡3—5天。"),
        Bad("这⟦—⟧点很重要，⟦—⟧张纸要荡两次，统⟦—⟧起来，第⟦—⟧章。", "这一点很重要，一张纸要荡两次，统一起来，第一章。"),
        Good("O2分子由两个氧原子组成，O3层在高空，H2O分子有两个氢原子，5l水，型号A3O年产百万。"),
        Good("他想了很久——一个人，两件事——终于开口。北京—上海，甲—乙两地，1—3天。"),
        Good("抬头在“我的—个人信息—我的发票”里面。"),
        Good("材料：\n—个人简历\n—项目名称；—条件和位置"),
        Good("他把系统装到了I386个人计算机上。见 Insert%20Delete%20O%28RandomizedSet，%20O%20年。"),
        Good("三一五晚会，十一二岁，2020年一季度，第1、一号，GPT4o年费。"),
        Good("```\nx = 2O年\n```"),
    )

    def make_triggers(self) -> tuple[Trigger, ...]:
        """A digit beside what is no digit, and a dash before a counted thing."""
        return literals(
            (
                *(digit + "O" for digit in "0123456789"),
                *(letter + digit for letter in "lI" for digit in "0123456789"),
                *(sign + "一" for sign in "0123456789%％"),
                *(DASH + thing for thing in UNITED),
                *(before + DASH for before in "唯第"),
            )
        )

    def check_line(self, line: Line) -> Iterable[Finding]:
        """The mistaken signs of a line."""
        if line.document.markup.in_code(line.start):
            return
        for start, end, right in sorted(_mistaken(line.text)):
            seen = line.text[start:end]
            message = f"`{seen}` stands where `{right}` belongs, as a scanner reads it; put it right"
            fix = Fix(f"write `{right}`", (Edit(start, end, right),), Applicability.UNSAFE)
            yield Finding(start, end, message, fix)


def _mistaken(text: str) -> Iterator[tuple[int, int, str]]:
    """From where to where signs are wrong, and what is right."""
    for match in _number().finditer(text):
        yield *match.span(), "".join(DIGITS.get(sign, sign) for sign in match[0])
    for match in _range().finditer(text):
        yield *match.span(), DASH
    for match in _one().finditer(text):
        yield *match.span(), "一"


@cache
def _number() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![A-Za-z0-9._/#&=+%-])(?!I[2-6]86[^0-9])(?=[OlI]*[0-9])(?=[0-9]*[OlI])(?:[lI](?=[0O]|[0-9OlI][0-9O])|(?=[0-9]))[0-9OlI]*[0-9O]"
        rf"(?=[{COUNTED}％]|%(?![0-9A-Fa-f]{{2}}))"
    )


@cache
def _range() -> re.Pattern[str]:
    return re.compile("(?:(?<=[0-9])|(?<=[0-9][%％]))一(?=[0-9])")


@cache
def _one() -> re.Pattern[str]:
    # A second dash soon behind it makes a pair: 我的—个人信息—我的发票.
    inside = rf"(?<=[{BEFORE}，。、“（]){DASH}(?=[{UNITED}])(?![^，。；：！？{DASH}]{{1,8}}{DASH})"
    return re.compile(rf"{inside}|(?<=[唯第]){DASH}(?=[\u4e00-\u9fff])")
