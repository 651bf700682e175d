"""Phrases that lack the word which they are about: what fights crime, and where it comes through."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import product
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.folding import fold
from corpus_lint.named_tuple import NamedTuple

from ._layout import HAN
from ._words import band

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


class Phrase(NamedTuple):
    """An emptied phrase in a line: of what kind, with what word, and where."""

    kind: str
    word: str
    start: int
    end: int


def pairs() -> set[str]:
    """Two words of every emptied phrase that stand side by side, or their first characters; in both scripts."""
    verbs, media = {verb[-1] for verb in VERBS.split()}, MEDIA.split()
    telecom = {medium[-1] for medium in TELECOM.split()}
    simplified = {
        *product(verbs, {medium[:2] for medium in media}),
        *product({medium[-1] for medium in media}, CASES.split("|")),
        *product(telecom, MATTERS.split("|")),
        *product(telecom, ["的"], {word[:2] for word in f"严重|{NATURE}".split("|")}),
        *product(PREFIXES, {word[0] for word in TEACHING.split("|")}),
        *product(SLOGANS.split(), "，,", CALLS.split()),
    }
    return {spelling for pair in simplified for spelling in _spellings("".join(pair))}


def emptied(line: Line) -> Iterator[Phrase]:
    """The emptied phrases of a line, where the document says what they lack; a slogan says enough."""
    folded = line.folded
    for phrase in (*_in_line(folded.text), *_at_end(line)):
        if phrase.kind == "prefix" and band(folded.text[max(0, phrase.start - 1) : phrase.start + 1]) is not None:
            continue
        if phrase.kind == "slogan" or _names_crime(line.document.text, phrase.kind, phrase.word):
            start, end = folded.span(phrase.start, phrase.end)
            yield phrase._replace(start=start, end=end)


def _spellings(text: str) -> Iterable[str]:
    """The text with every choice of simplified and traditional characters."""
    return map("".join, product(*(character + VARIANTS.get(character, "") for character in text)))


def _in_line(text: str) -> Iterator[Phrase]:
    for match in _phrase().finditer(text):
        kind = match.lastgroup or ""
        yield Phrase(kind, match[kind], match.start(), match.end(kind) if kind == "medium" else match.end())


def _at_end(line: Line) -> Iterator[Phrase]:
    """A prefix and half of what is taught, where the rest stands in the next line that is not empty."""
    text = line.folded.text
    if text[-2:-1] not in tuple(PREFIXES):
        return
    after = next((after for step in (1, 2, 3) if (after := line.neighbour(step)) is None or after.strip()), None)
    if after and text[-1] + fold(after[:8]).text[:1] in TEACHING.split("|"):
        yield Phrase("prefix", text[-2], len(text) - 2, len(text))


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
