"""TXT003 stray-symbol."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Confidence, Edit, Finding, Fix
from corpus_lint.named_tuple import NamedTuple
from corpus_lint.rule import Bad, Good, LineRule, Trigger, any_of, expression, literals

from ._layout import HAN, before_han, blanked, in_fence, is_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpus_lint.document import Document, Line

PAIRS = {"》": "《", "”": "“", "」": "「", "』": "『"}
"""Brackets for which a converter may have written □."""
BOXES = 3
"""A document with more □ has them for characters that are lost."""

KEPT = {
    "，。": "。",
    "、。": "。",
    "；。": "。",
    "：。": "。",
    "，；": "；",
    "、；": "；",
    "、，": "，",
    "，、": "，",
    "。、": "。",
}
"""Two marks that never stand side by side, and the one that a sentence would have."""

SLACK = 3
"""From so many doubled full stops (or commas) in a document on, they are the author's way of trailing off."""

COMMENT = 400
"""Characters, at most, of a comment or a message."""

QUOTED = 12
"""Characters that may stand between two quote marks or backticks that belong together."""


DOUBTFUL = ".‘"
"""Marks behind 的 that writers put there: at the end of a sentence, and before a quotation that nobody ended."""

SIGNS = "*#"
NO_WORD = "号號符省市县區区镇鎮乡鄉村校院局厂社店长女"
"""Characters that often stand behind a mask of one sign (在*县), and behind one that is spoken of (通配符*号)."""
MOST_COMMON = 1
"""The band of words that are split by a sign: of rarer ones chance makes some."""
FORMULA = r"[=+×÷<>|\\`{}$]|\d\s?[*#]|[*#]\s?\d|\]\("
"""What a line has in which such a sign is one of arithmetic, of code or of Markdown."""


class StraySymbol(LineRule):
    """A symbol stands where no writer would put it.

    Document mills insert a mark behind 的 here and there, so that a copy of a copy can be told: 提升能力的'一项,
    担负的`使命, 稳定的.运行. A writer puts a sign into a word to get past a filter (手*枪, 土#匪). Elsewhere editing
    leaves a doubled full stop (。。) or two marks of which one is too many (，。), a converter writes □ for a bracket
    that it cannot represent, and a combining accent stands alone, its letter lost. The words around are cut by the
    mark, and a model learns to repeat it.

    A doubled full stop in a comment or message that has no single one is of medium confidence: its author may trail
    off so.

    Left alone: code and quotations (的`print`函数, 的'关键'词), full stops of half-width text, a stop or an opening
    quote behind 的 in a text without another such mark (还是不错的.服务也可以), name dots, ellipses of any length
    (…… 。。。), dashes, marks of emphasis (！！ ？！), colons beside a name of a program (std：：vector), □ as a box to
    tick or a lost character.

    Removing an anti-copy mark or the second of two equal marks is safe: nobody wrote it. The rest is not: which of two
    marks was meant, and whether □ was a bracket, is an inference.
    """

    code = "TXT003"
    name = "stray-symbol"
    examples = (
        Bad("更是提升社会治理能力的⟦'⟧一项“强法治”之举。", "更是提升社会治理能力的一项“强法治”之举。"),
        Bad(
            "盡職盡責(zé)地履行好擔(dān)負(fù)的⟦`⟧使命,確保成功。",
            "盡職盡責(zé)地履行好擔(dān)負(fù)的使命,確保成功。",
        ),
        Bad(
            "他担负的⟦`⟧使命很重。\n为了维护网络安全稳定的⟦.⟧运行,实行实名制度。",
            "他担负的使命很重。\n为了维护网络安全稳定的运行,实行实名制度。",
        ),
        Good("早餐还是不错的.服务也可以，下次还会来，因为地方好找。"),
        Good("想要建立一种独家的‘关闭"),
        Bad("丰富的⟦`⟧内容，精彩的⟦`⟧演出，大家都很高兴。", "丰富的内容，精彩的演出，大家都很高兴。"),
        Bad("防范和打击犯罪的⟦’⟧通告等一批宣传册。", "防范和打击犯罪的通告等一批宣传册。"),
        Bad("未经授权，侵权必究。⟦。⟧", "未经授权，侵权必究。"),
        Bad("首先，⟦，⟧我们要明确目标、⟦、⟧任务。", "首先，我们要明确目标、任务。"),
        Bad("我们要认真学习⟦，。⟧然后总结。", "我们要认真学习。然后总结。"),
        Bad(
            "根据⟦□⟧全省“集中宣传月”活动实施方案》，积极开展活动。",
            "根据《全省“集中宣传月”活动实施方案》，积极开展活动。",
        ),
        Bad("队长把手⟦*⟧枪往桌上一拍，屋里静得能听见灯花爆裂。", "队长把手枪往桌上一拍，屋里静得能听见灯花爆裂。"),
        Good("面积是长*宽，总价是单价*数量，这是*重要*的，#话题#也一样，他在*县*村。"),
        Good("调用它的`print`函数，再看的`值`，都是代码的`x`。"),
        Good("他的'关键'词是的'目的'，变量的`名字`。"),
        Good("这是我们的.他们也来了.大家都很高兴.我们一起走.时间不早了."),
        Good("弗拉基米尔.利文说，这是他的.txt文件。"),
        Good("他想了很久。。。终于说：好吧！！真的？！……——"),
        Good("“该条规定的‘当事人之间就具有实用价值的科技成果实施转化订立的’技术转化合同，是指下列合同。”"),
        Good("真是李后主说的‘此间日中，只以眼泪洗面’矣。"),
        Good("推荐一些专业课( ̀⌄ ́)，(ง ͠° ͟ل͜ ͡°)ง"),
        Good("好的。。随便你。。我无所谓。。就这样吧。。"),
        Bad("le caf e⟦ ́⟧ est bon".replace("e⟦ ́⟧", "⟦\u0301⟧e")),
        Good("□同意　□不同意，《诗》曰：□□之子。《书》曰□。"),
        Good("使用 std：：vector 和 std：：string 来保存数据。"),
        Good("```\na的'一项\n```"),
        Good("tiếng Việt, crème brûlée, naïve"),
    )

    def make_triggers(self) -> tuple[Trigger, ...]:
        """A mark behind 的, two marks side by side, a box before a closing bracket, an accent behind no letter."""
        return (
            *literals(("的'", "的`", "的‘", "的’", "的´", "的＇", "的｀")),
            *literals(mark + mark for mark in "。，、；："),
            *literals(KEPT),
            *before_han("的.", ",,", ";;"),
            expression(r"[\xe4-\xe9][\x80-\xbf][\x80-\xbf][*#][\xe4-\xe9]", apart=True),
            expression(rf"□[^\n]*{any_of(PAIRS)}"),
            *(Trigger(before + lead, is_literal=True) for before in (b"\n", b" ") for lead in (b"\xcc", b"\xcd")),
        )

    def check_line(self, line: Line) -> Iterable[Finding]:
        """The stray symbols of a line."""
        found = [*_marks_after_de(line), *_doubled(line), *_boxes(line), *_accents(line.text), *_in_words(line)]
        if found and not in_fence(line.document, line.start) and not is_code(line.text):
            yield from found


class _Expressions(NamedTuple):
    mark: re.Pattern[str]
    any_stop: re.Pattern[str]
    stop: re.Pattern[str]
    doubled: re.Pattern[str]
    mixed: re.Pattern[str]
    accent: re.Pattern[str]
    inside: re.Pattern[str]


@cache
def _expressions() -> _Expressions:
    return _Expressions(
        mark=re.compile(rf"的([`'‘’´＇｀.])(?=[{HAN}“《])"),
        any_stop=re.compile(rf"(?<=[{HAN}])[.](?=[{HAN}\s]|$)"),
        stop=re.compile(rf"(?<=[{HAN}])(?<!的)[.](?=[{HAN}])"),
        doubled=re.compile(
            rf"(?<![。，、；：])(?:。。|，，|、、|；；|(?<![A-Za-z])：：|：：(?![A-Za-z])|(?<=[{HAN}])(?:,,|;;)(?=[{HAN}]))(?![。，、；：])"
        ),
        mixed=re.compile(rf"(?<![。，、；：])(?:{'|'.join(KEPT)})(?![。，、；：])"),
        accent=re.compile(rf"(?:^|(?<=[\w，。、] )|(?<=[{HAN}]))[\u0300-\u036f]+(?= ?[{HAN}a-zA-Z])(?![^()]*\))"),
        inside=re.compile(rf"(?<=[{HAN}])[*#](?=[{HAN}])"),
    )


def _marks_after_de(line: Line) -> Iterator[Finding]:
    matches = list(_expressions().mark.finditer(line.text))
    if not matches:
        return
    if any(match[1] in DOUBTFUL for match in matches) and not _has_other_mark(line.document.text):
        matches = [match for match in matches if match[1] not in DOUBTFUL]
    if any(match[1] == "." for match in matches) and not _ends_sentences_otherwise(line):
        matches = [match for match in matches if match[1] != "."]
    for match in matches:
        mark, at = match[1], match.start(1)
        if mark in "`'‘’´＇｀" and _is_paired(line.text, at):
            continue
        text = f"的{mark}{line.text[match.end() : match.end() + 2]}"
        yield Finding(
            at,
            at + 1,
            f"the {mark} in 「{text}」 is a mark that a document mill inserted behind 的; remove it",
            Fix(f"remove the {mark}", (Edit(at, at + 1, ""),)),
        )


def _has_other_mark(text: str) -> bool:
    """Whether a mark stands behind 的 in the document that is nothing but a document mill's."""
    return any(match[1] not in DOUBTFUL for match in _expressions().mark.finditer(text))


def _is_paired(text: str, at: int) -> bool:
    """Whether a quote mark or backtick has its other half in the line.

    Another mark behind 的 is a half only where the two enclose a short quotation without punctuation.
    """
    if text[at] == "‘" and re.search("^[^‘]*’", text[at + 1 :]):
        return True
    if text[at] == "’" and re.search("‘[^’]*$", text[:at]):
        return True
    marks = next(group for group in ("`´｀", "'‘’＇") if text[at] in group)
    for place, character in enumerate(text):
        if character not in marks or place == at:
            continue
        between = text[min(at, place) + 1 : max(at, place)]
        if text[place - 1] != "的" or (len(between) <= QUOTED and not re.search("[，。；,;]", between)):
            return True
    return False


def _ends_sentences_otherwise(line: Line) -> bool:
    """Whether the text ends its sentences with 。, so that a full stop between Han characters is no end."""
    if not re.search("[，。,]", line.text) or len(_expressions().any_stop.findall(line.text)) > 1:
        return False
    text = line.document.text
    stops = sum(1 for _ in _expressions().stop.finditer(text))
    return not stops or sum(map(text.count, "。！？")) > 4 * stops


def _in_words(line: Line) -> Iterator[Finding]:
    """A sign inside a word of two characters, which no formula and no emphasis explains."""
    text = line.text
    places = [match.start() for match in _expressions().inside.finditer(text)]
    if not places or re.search(FORMULA, text) or not re.search("[，。！？：“]", text):
        return
    from ._words import band

    words = {at: text[at - 1] + text[at + 1] for at in places}
    bands = [band(word) for word in words.values()]
    if len(places) < sum(map(text.count, SIGNS)) or None in bands or max(filter(None, bands), default=0) > MOST_COMMON:
        return  # emphasis, and a mask beside a word
    for at, word in words.items():
        is_product = band(text[at - 2 : at]) is not None and band(text[at + 1 : at + 3]) is not None
        if is_product or word[1] in NO_WORD:
            continue
        yield Finding(
            at,
            at + 1,
            f"`{text[at]}` stands inside the word {word}, as it is put there to get past a filter; remove it",
            Fix(f"remove the {text[at]}", (Edit(at, at + 1, ""),), Applicability.UNSAFE),
        )


def _doubled(line: Line) -> Iterator[Finding]:
    text = line.text
    for match in _expressions().doubled.finditer(text):
        mark, at = match[0][0], match.start() + 1
        if _trails_off(line.document, mark):
            continue
        yield Finding(
            at,
            at + 1,
            f"`{match[0]}`: the mark is doubled; one of the two is too many",
            Fix(f"remove the second `{mark}`", (Edit(at, at + 1, ""),)),
            confidence=Confidence.MEDIUM if mark == "。" and _is_comment(line.document) else None,
        )
    for match in _expressions().mixed.finditer(text):
        kept = KEPT[match[0]]
        yield Finding(
            match.start(),
            match.end(),
            f"`{match[0]}`: two marks stand side by side that never do; a sentence has one of them",
            Fix(f"keep the `{kept}`", (Edit(match.start(), match.end(), kept),), Applicability.UNSAFE),
        )


def _is_comment(document: Document) -> bool:
    """Whether a text is short and ends no sentence with one full stop: that with two may be how its author writes."""
    return len(document.text) < COMMENT and re.search("(?<!。)。(?!。)", document.text) is None


def _trails_off(document: Document, mark: str) -> bool:
    """Whether the author writes runs of the mark on purpose, as in talk."""
    return mark in "。，" and (3 * mark in document.text or document.text.count(2 * mark) >= SLACK)


def _boxes(line: Line) -> Iterator[Finding]:
    """A □ before a closing bracket that has no opening one."""
    text = line.text
    boxes = list(re.finditer("(?<!□)□(?![□，。、；])", text)) if "□" in text else []
    if not boxes or line.document.text.count("□") > BOXES:
        return
    for match in boxes:
        at = _unopened(text, match.end())
        if at is not None:
            opening = PAIRS[text[at]]
            yield Finding(
                match.start(),
                match.end(),
                f"□ stands for a lost `{opening}`: the `{text[at]}` behind it has no opening mark",
                Fix(f"write `{opening}`", (Edit(match.start(), match.end(), opening),), Applicability.UNSAFE),
            )


def _unopened(text: str, start: int) -> int | None:
    """The first closing mark behind ``start`` that has no opening one, there or before; None when □ comes first."""
    depths = {
        closing: max(0, text[:start].count(mark) - text[:start].count(closing)) for closing, mark in PAIRS.items()
    }
    opening = {mark: closing for closing, mark in PAIRS.items()}
    for at in range(start, len(text)):
        character = text[at]
        if character == "□":
            return None
        if character in opening:
            depths[opening[character]] += 1
        elif character in PAIRS:
            if not depths[character]:
                return at if at > start else None
            depths[character] -= 1
    return None


def _accents(text: str) -> Iterator[Finding]:
    for match in _expressions().accent.finditer(blanked(text)):
        yield Finding(
            match.start(),
            match.end(),
            f"a combining accent (U+{ord(match[0][0]):04X}) stands without its letter, as broken extraction leaves it",
            confidence=Confidence.MEDIUM,
        )
