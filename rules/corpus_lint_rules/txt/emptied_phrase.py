"""TXT010 emptied-phrase."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import product
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Finding, Severity
from corpus_lint.folding import fold
from corpus_lint.named_tuple import NamedTuple
from corpus_lint.rule import Bad, Good, LineRule, Trigger, literals

from .layout import HAN
from .words import band

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpus_lint.document import Line

VERBS = "防范 预防 谨防 防控 打击 遏制 严打 抵制 防"
"""What one does to something bad."""
MEDIA = "电信 电信网络 通讯 通讯网络 通信 网络 互联网 电话 短信"
"""Through what the bad thing comes; nothing bad by themselves."""
CAMPAIGNS = "的?(?:宣传|教育|专项|工作|知识|意识|活动|技巧|能力|协作|机制|行动|志愿|防线|氛围)"
"""Words for what is done about it, which nobody prevents."""
CASES = "警情|发案"
"""Words for what came of it."""
TELECOM = "电信 电信网络 通讯网络"
"""Media of which nobody would say more than that they carry something."""
MATTERS = "案件|预警|分子|团伙|嫌疑人|受害人|受害者|被害人"
"""Words for what came of it that other media may have by themselves."""
NATURE = "形式|手段|特点|危害|手法|种类|类型|伎俩|套路"
"""What one tells of a crime."""
PREFIXES = "反防"
"""What is written before the bad thing: 反诈骗专家, 防诈骗知识."""
TEACHING = "专家|知识|技能|手册|海报|讲座|课堂|大使|咨询|妙招|常识|标语|折页"
"""What is written behind it."""
SLOGANS = "远离 抵制 拒绝 杜绝 根除 预防 防范 警惕"
"""Verbs with which slogans begin."""
CALLS = "珍爱 珍惜 关爱 热爱 崇尚 守护 拥抱 共建 共创 共享 平安 快乐"
"""Words with which they go on."""
HARM = "诈骗|欺诈|诈|骗|犯罪|违法|暴力|赌博|色情|谣言|贷|欺凌|诽谤|病毒|攻击"
"""Bad things that come through the media."""
VARIANTS = dict(
    zip(
        "范击电络网讯联话发骗专识讲课询标页传远离绝惧关爱热护拥创乐别严种类团伙",
        "範擊電絡網訊聯話發騙專識講課詢標頁傳遠離絕懼關愛熱護擁創樂別嚴種類團夥",
        strict=True,
    )
)
"""Traditional forms of the characters that the triggers have."""


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
        verbs, media = {verb[-1] for verb in VERBS.split()}, MEDIA.split()
        telecom = {medium[-1] for medium in TELECOM.split()}
        pairs = {
            *product(verbs, {medium[:2] for medium in media}),
            *product({medium[-1] for medium in media}, CASES.split("|")),
            *product(telecom, MATTERS.split("|")),
            *product(telecom, ["的"], {word[:2] for word in f"严重|{NATURE}".split("|")}),
            *product(PREFIXES, {word[0] for word in TEACHING.split("|")}),
            *product(SLOGANS.split(), "，,", CALLS.split()),
        }
        return literals(sorted({spelling for pair in pairs for spelling in _spellings("".join(pair))}))

    def check_line(self, line: Line) -> Iterable[Finding]:
        """The emptied phrases of a line."""
        folded = line.folded
        for kind, word, start, end in (*_in_line(folded.text), *_at_end(line)):
            if kind == "prefix" and band(folded.text[max(0, start - 1) : start + 1]) is not None:
                continue
            if kind != "slogan" and not _names_crime(line.document.text, kind, word):
                continue
            start, end = folded.span(start, end)
            yield Finding(
                start,
                end,
                f"`{line.text[start:end]}` lacks what it is about"
                + ("" if kind == "slogan" else f": elsewhere the document names the crime with {word}")
                + "; a filter may have cut it out here",
            )


def _spellings(text: str) -> Iterable[str]:
    """The text with every choice of simplified and traditional characters."""
    return map("".join, product(*(character + VARIANTS.get(character, "") for character in text)))


class _Phrase(NamedTuple):
    kind: str
    word: str
    start: int
    end: int


def _in_line(text: str) -> Iterator[_Phrase]:
    for match in _phrase().finditer(text):
        kind = match.lastgroup or ""
        yield _Phrase(kind, match[kind], match.start(), match.end(kind) if kind == "medium" else match.end())


def _at_end(line: Line) -> Iterator[_Phrase]:
    """A prefix and half of what is taught, where the rest stands in the next line that is not empty."""
    text = line.folded.text
    if text[-2:-1] not in tuple(PREFIXES):
        return
    after = next((after for step in (1, 2, 3) if (after := line.neighbour(step)) is None or after.strip()), None)
    if after and text[-1] + fold(after[:8]).text[:1] in TEACHING.split("|"):
        yield _Phrase("prefix", text[-2], len(text) - 2, len(text))


@lru_cache(maxsize=1)
def _folded(text: str) -> str:
    return fold(text).text


def _names_crime(text: str, kind: str, word: str) -> bool:
    """Whether the document names a crime with the medium or the prefix."""
    between = "[^,。;]{0,6}?" if kind == "prefix" else "(?:网络)?"
    return re.search(f"{word}{between}(?:{HARM})", _folded(text)) is not None


@cache
def _phrase() -> re.Pattern[str]:
    media = "|".join(sorted(MEDIA.split(), key=len, reverse=True))
    telecom = "|".join(sorted(TELECOM.split(), key=len, reverse=True))
    return re.compile(
        rf"(?:{'|'.join(VERBS.split())})(?P<medium>{media})(?=[,。;:“”]|{CAMPAIGNS})"
        rf"|(?P<way>{media})(?:{CASES})"
        rf"|(?P<telecom>{telecom})(?:{MATTERS}|的(?:严重)?(?:{NATURE}))"
        rf"|(?P<prefix>[{PREFIXES}])(?:{TEACHING})"
        rf"|(?P<slogan>(?<![{HAN}])(?:{'|'.join(SLOGANS.split())}),(?:{'|'.join(CALLS.split())}))"
    )
