"""TXT014 inserted-particle."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Edit, Finding, Fix, Severity
from corpus_lint.rule import Bad, Good, LineRule, literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus_lint.document import Line

CRIMES = (
    "诈骗 欺诈 诓骗 盗窃 盗抢 抢劫 抢夺 赌博 走私 洗钱 贪污 受贿 行贿 贿赂 贩毒 吸毒 涉毒 涉黑 拐卖 敲诈 勒索 传销 偷税"
    " 逃税 侵财 绑架 强奸 卖淫 嫖娼 假币 集资"
)
"""Crimes: each is one word with 犯罪 behind it."""
CLAUSE = "实施|从事|进行|参与|利用|通过|冒充|借助|以|涉嫌|教唆|用于|属于|是|所|(?:组织|领导|策划)$"
"""Words with which a clause begins that ends with 的: those who commit fraud, 实施诈骗的犯罪分子."""


class InsertedParticle(LineRule):
    """的 was inserted into a compound, as document mills do to tell copies apart.

    诈骗犯罪 is one word; 打击电信诈骗的犯罪, with a 的 in the middle, is written by no one. Mills change a copy
    so until it no longer counts as one. The compound is not found by a search any more, and a model learns the wrong
    grammar.

    What counts: a kind of crime, 的, and 犯罪. In 41 million characters of clean text that did not occur once. Left
    alone: a clause before 的 (实施诈骗的犯罪分子), and all other nouns, between which 的 may stand (土地的复垦). The
    fix removes it; it is unsafe, since the author may have written the sentence so.
    """

    code = "TXT014"
    name = "inserted-particle"
    severity = Severity.NOTE
    examples = (
        Bad("为坚决打击电信诈骗⟦的⟧犯罪，我们开展了宣传。", "为坚决打击电信诈骗犯罪，我们开展了宣传。"),
        Bad("有效提高師生對電信詐騙⟦的⟧犯罪的識別能力。", "有效提高師生對電信詐騙犯罪的識別能力。"),
        Bad("严厉惩治盗窃⟦的⟧犯罪，预防走私⟦的⟧犯罪。", "严厉惩治盗窃犯罪，预防走私犯罪。"),
        Good(
            "对利用手机实施电信诈骗的犯罪分子，以欺诈的犯罪手段，侵害他人的犯罪，刑法规定的犯罪，未成年人的犯罪记录。"
        ),
        Good("经审查后认为乙没有抢劫的犯罪事实，也没有盗窃的犯罪故意。"),
        Good("走私是犯罪，诈骗犯罪的危害，诈骗的手段，诈骗的。犯罪的人。"),
    )

    triggers = (literal("的犯罪"),)

    def check_line(self, line: Line) -> Iterable[Finding]:
        """The particles of a line."""
        folded = line.folded
        for match in _compound().finditer(folded.text):
            clause = re.search("[^,。;:!?、“”《》]*$", folded.text[: match.start()])
            if (clause and re.search(CLAUSE, clause[0])) or "的犯罪" not in line.text:
                continue
            start, end = folded.span(*match.span("de"))
            yield Finding(
                start,
                end,
                f"的 stands inside the word {match['crime']}犯罪; a document mill inserted it",
                Fix("remove the 的", (Edit(start, end, ""),), Applicability.UNSAFE),
            )


@cache
def _compound() -> re.Pattern[str]:
    return re.compile(rf"(?P<crime>{'|'.join(CRIMES.split())})(?P<de>的)犯罪(?!事实|嫌疑|故意|行为|构成|证据|记录)")
