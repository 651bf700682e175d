"""TXT010 emptied-phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lint.finding import Finding, Severity
from corpus_lint.rule import Bad, Good, LineRule, Trigger, literals

from ._emptied import emptied, pairs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus_lint.document import Line


class EmptiedPhrase(LineRule):
    """A phrase lacks the word that it is about, as when a filter cut it out.

    One prevents telephone fraud, not the telephone: 防范电信宣传, 预防电信，保护财物 and 电信警情 are what is left of
    防范电信诈骗宣传 when a site's filter takes 诈骗 out; 反专家 was 反诈骗专家, and 远离，珍爱生命 named a drug. The
    text then says nothing, or the opposite.

    What counts: a word for fighting something (防范, 预防, 打击), then a medium through which crime comes (电信, 网络,
    电话), then the end of the clause or a word for the campaign (宣传, 专项, 工作); a medium and a word for a police
    case or for the nature of a crime (电信的形式); 反 or 防 directly before what is taught against crime (专家, 知识);
    a slogan that names nothing. But for slogans, the document must name the crime elsewhere, with the same medium or
    the same prefix. What was cut is an inference, so there is no fix. Other words that a filter cuts, and phrases that
    are still possible (电信犯罪), are not found without a second copy of the text.
    """

    code = "TXT010"
    name = "emptied-phrase"
    severity = Severity.NOTE
    examples = (
        Bad("开展了以“⟦预防电信⟧，保护财物平安”为主题的活动。防电信诈骗，人人有责。"),
        Bad("发动员工加入⟦防范电信网络⟧宣传志愿者队伍，电信网络诈骗危害严重。"),
        Bad("在全市開展⟦防範電信⟧專項行動，⟦電信警情⟧持續攀升，電信詐騙的手段翻新。"),
        Bad("学习⟦电信的形式⟧、特点和危害，警方发出⟦电信预警⟧。要警惕电信诈骗。"),
        Bad("报警服务台设立⟦反专家⟧咨询席，向群众讲解⟦防知识⟧。大力开展反诈骗、防诈骗宣传。"),
        Bad("向来往顾客讲解⟦防知⟧\n\n识，增强群众的防诈骗意识。"),
        Bad("活动以“⟦远离，珍爱⟧生命”为主题，向学生宣传有关的法律。"),
        Good("防范电信诈骗宣传活动，打击电信犯罪，预防网络诈骗工作，防范电信网络新型违法犯罪。"),
        Good("做好防網絡、電信詐騙宣傳，防範網絡、電信詐騙，網絡詐騙多發。"),
        Good("防范电信宣传，电信案件由电信法庭审理。"),
        Good("运营商预防网络中断，遏制网络拥塞；网络诈骗另案处理。互联网骗局也是网络诈骗。"),
        Good("国防教育、消防知识、攻防技巧，违反宣传法规。反诈骗、防诈骗是大事。"),
        Good("他学会了远离，珍爱自己的人也就多了。"),
    )

    def make_triggers(self) -> tuple[Trigger, ...]:
        """A verb before a medium, a medium before a case, a prefix before what is taught; in both scripts."""
        return literals(sorted(pairs()))

    def check_line(self, line: Line) -> Iterable[Finding]:
        """The emptied phrases of a line."""
        for phrase in emptied(line):
            yield Finding(
                phrase.start,
                phrase.end,
                f"`{line.text[phrase.start : phrase.end]}` lacks what it is about"
                + ("" if phrase.kind == "slogan" else f": elsewhere the document names the crime with {phrase.word}")
                + "; a filter may have cut it out here",
            )
