"""TXT010 emptied-phrase."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from corpus_lint.finding import Confidence, Finding, Severity
from corpus_lint.folding import fold
from corpus_lint.rule import Bad, Good, LineRule, Trigger, literals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus_lint.document import Line

VERBS = "防范 预防 谨防 防控 打击 遏制 严打 抵制 防"
"""What one does to something bad."""
MEDIA = "电信 电信网络 通讯 通讯网络 通信 网络 互联网 电话 短信"
"""Through what the bad thing comes; nothing bad by themselves."""
CAMPAIGNS = "的?(?:宣传|教育|专项|工作|知识|意识|活动|技巧|能力|协作|机制|行动|志愿|防线|氛围)"
"""Words for what is done about it, which nobody prevents."""
CASES = "警情|发案|案件|骗局"
"""Words for what came of it."""
HARM = "诈骗|欺诈|诈|骗|犯罪|违法|暴力|赌博|色情|谣言|贷|欺凌|诽谤|病毒|攻击"
"""Bad things that come through the media."""
VARIANTS = dict(zip("范击电络网讯联话发骗", "範擊電絡網訊聯話發騙", strict=True))
"""Traditional forms of the characters that the triggers have."""


class EmptiedPhrase(LineRule):
    """A phrase lacks the word that it is about, as when a filter cut it out.

    One prevents telephone fraud, not the telephone: 防范电信宣传, 预防电信，保护财物 and 电信警情 are what is left of
    防范电信诈骗宣传 when a site's filter takes 诈骗 out. The text then says nothing, or the opposite.

    What counts: a word for fighting something (防范, 预防, 打击), then a medium through which crime comes (电信, 网络,
    电话), then the end of the clause or a word for the campaign (宣传, 专项, 工作); or a medium and a word for a police
    case. Besides, the document must name the crime with the medium elsewhere (电信诈骗). That it was meant here
    too is an inference: the confidence is medium, and there is no fix. Other words that a filter cuts, and other
    sentences, are not found without a second copy of the text.
    """

    code = "TXT010"
    name = "emptied-phrase"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    examples = (
        Bad("开展了以“⟦预防电信⟧，保护财物平安”为主题的活动。防电信诈骗，人人有责。"),
        Bad("发动员工加入⟦防范电信网络⟧宣传志愿者队伍，电信网络诈骗危害严重。"),
        Bad("在全市開展⟦防范電信⟧專項行動，⟦電信警情⟧持續攀升，電信詐騙的手段翻新。"),
        Good("防范电信诈骗宣传活动，打击电信犯罪，预防网络诈骗工作，防范电信网络新型违法犯罪。"),
        Good("做好防網絡、電信詐騙宣傳，防範網絡、電信詐騙，網絡詐騙多發。"),
        Good("防范电信宣传，电信案件由电信法庭审理。"),
        Good("运营商预防网络中断，遏制网络拥塞；网络诈骗另案处理。"),
    )

    def make_triggers(self) -> tuple[Trigger, ...]:
        """A verb before a medium, a medium before a case; the characters in both scripts."""
        verbs, media = {verb[-1] for verb in VERBS.split()}, MEDIA.split()
        pairs = {
            *product(verbs, {medium[:2] for medium in media}),
            *product({medium[-1] for medium in media}, CASES.split("|")),
        }
        return literals(sorted({spelling for pair in pairs for spelling in _spellings("".join(pair))}))

    def check_line(self, line: Line) -> Iterable[Finding]:
        """The emptied phrases of a line."""
        folded = line.folded
        for match in _phrase().finditer(folded.text):
            medium = match["medium"] or match["way"]
            if not re.search(f"{medium}(?:网络)?(?:{HARM})", fold(line.document.text).text):
                continue
            start, end = folded.span(match.start(), match.end("medium") if match["medium"] else match.end())
            yield Finding(
                start,
                end,
                f"`{line.text[start:end]}` lacks what it is about: elsewhere the document names the crime with {medium}"
                "; a filter may have cut it out here",
            )


def _spellings(text: str) -> Iterable[str]:
    """The text with every choice of simplified and traditional characters."""
    return map("".join, product(*(character + VARIANTS.get(character, "") for character in text)))


@cache
def _phrase() -> re.Pattern[str]:
    media = "|".join(sorted(MEDIA.split(), key=len, reverse=True))
    return re.compile(
        rf"(?:{'|'.join(VERBS.split())})(?P<medium>{media})(?=[,。;:“”]|{CAMPAIGNS})"
        rf"|(?P<way>{media})(?:{CASES})"
    )
